"""The verb evaluate and the explanations of claims, as a person types them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ANNOTATED = """title = "The mill"
genre = "wire news"
published = "2024-05-08"
+++
[c1.who|The mayor] [c1.cue|said] [c1.says|soldiers killed two men at the mill].
+++
[c1]
speaker = "The mayor"
stance = "asserts"
kind = "factual"
certainty = "certain"
form = "indirect"
act = "killing"
victims = [{text = "two men", min = 2, max = 2, harm = "killed"}]
"""


def witnessmark(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "witnessmark", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_a_folder_of_annotated_documents_is_measured_in_a_table_or_as_json(tmp_path: Path) -> None:
    (tmp_path / "mill.ann").write_text(ANNOTATED, encoding="utf-8")
    shown = witnessmark("evaluate", "--corpus", tmp_path, "--by-genre")
    assert shown.returncode == 0, shown.stderr
    assert f"{tmp_path}: 1 document" in shown.stdout
    assert f"{tmp_path}, wire news: 1 document" in shown.stdout
    (table,) = json.loads(witnessmark("evaluate", "--corpus", tmp_path, "--json").stdout)
    figures = {figure["name"]: figure["value"] for figure in table["figures"]}
    assert figures["claims found"] == 1.0
    assert figures["victims, recall of (min, max, per)"] == 1.0


def test_nothing_to_measure_on_is_an_error_with_the_way_on() -> None:
    done = witnessmark("evaluate")
    assert done.returncode == 2
    assert "--corpus corpus/dev" in done.stderr


def test_a_set_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{not json\n", encoding="utf-8")
    done = witnessmark("evaluate", "--dates", broken)
    assert done.returncode == 9
    assert str(broken) in done.stderr


def test_claims_are_explained_on_the_screen_and_as_json(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("The mayor said that soldiers had killed two men.", encoding="utf-8")
    shown = witnessmark("claims", text, "--explain")
    assert "list of acts: “kill”" in shown.stdout
    (line,) = witnessmark("claims", text, "--explain", "--json").stdout.splitlines()
    reasons = {reason["field"]: reason for reason in json.loads(line)["reasons"]}
    assert reasons["act"]["words"]["text"] == "killed"


def test_rules_alone_leave_no_confidence(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("The mayor said that soldiers had killed two men.", encoding="utf-8")
    (line,) = witnessmark("claims", text, "--rules-only", "--json").stdout.splitlines()
    assert json.loads(line)["confidence"] is None
