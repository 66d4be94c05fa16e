"""Floors under the quality of reading: raised when it gets better, never lowered quietly.

The model case and the scorer lie beside the project, not in it; without them these tests are skipped. The corpus is the
project's own; its test part is frozen by hash, and nobody who writes rules
opens its texts (bench/README.md says when its totals were looked at).
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import floors
import pytest

from witnessmark.case.case import open_case
from witnessmark.case.exporting import export
from witnessmark.case.intake import Given
from witnessmark.case.pipeline import build

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "tools" / "score_claims.py"
MODEL_CASE = SHARED / "cases" / "sednaya-briefing"

needs_shared = pytest.mark.skipif(not SCORER.exists(), reason="the scorer and the model case are not beside this checkout")


def score(gold: Path, article: Path, claims: Path) -> dict[str, float]:
    """The scorer's figures by name: found, gold, predicted, wrong spans, and each field's share of right values in percent."""
    done = subprocess.run(
        [sys.executable, str(SCORER), "case", str(gold), str(article), str(claims)], capture_output=True, text=True, check=True
    )
    counts = re.search(r"claims predicted (\d+), gold (\d+), found (\d+);.*not equal to the text: (\d+)", done.stdout)
    assert counts, done.stdout
    fields = {name: float(value) for name, value in re.findall(r"(\w+) (\d+)(?: \(\d+/\d+\)|  |$)", done.stdout.splitlines()[-1])}
    return {"predicted": int(counts[1]), "gold": int(counts[2]), "found": int(counts[3]), "wrong spans": int(counts[4]), **fields}


def claims_of(evidence: Path, published: str | None, folder: Path) -> Path:
    """The claims of a folder of evidence, as a whole case gives them out."""
    build(evidence, folder / "case", Given(published=published))
    with open_case(folder / "case") as case:
        export(case, "claims-jsonl", folder / "claims.jsonl")
    return folder / "claims.jsonl"


@needs_shared
def test_the_model_case_is_read_as_well_as_its_floors_say(tmp_path: Path) -> None:
    claims = claims_of(MODEL_CASE / "evidence", "2017-05-16", tmp_path)
    figures = score(MODEL_CASE / "gold.json", MODEL_CASE / "evidence" / "article.txt", claims)
    assert figures["found"] >= 15
    assert figures["predicted"] <= 2 * figures["gold"]
    assert figures["wrong spans"] == 0
    assert figures["speaker"] >= 95
    assert figures["stance"] >= 95
    assert figures["answers"] == 100


@pytest.mark.parametrize("name", list(floors.SETS))
def test_a_set_is_read_as_well_as_its_floors_say(name: str) -> None:
    path, _ = floors.SETS[name]
    if not path.exists():
        pytest.skip(f"{path.name} is not beside this checkout")
    assert floors.floors_of(name), "a set without floors is no gate"
    assert list(floors.beneath(name, floors.measured(name))) == []


def test_the_floors_were_set_on_this_exam() -> None:
    assert json.loads(floors.FLOORS.read_text(encoding="utf-8"))["exam"] == floors.exam_hash()


def test_a_figure_under_its_floor_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floors, "floors_of", lambda _: {"recall": 0.8, "victims too exact": 0.01})
    assert list(floors.beneath("set", {"recall": 0.79, "victims too exact": 0.0})) == ["set: recall is 79.0, its floor 80.0"]
    assert list(floors.beneath("set", {"victims too exact": 0.02})) == [
        "set: recall is -inf, its floor 80.0",
        "set: victims too exact is 2.0, its floor 1.0",
    ]


def test_updating_raises_floors_and_lowers_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floors, "floors_of", lambda _: {"recall": 0.8, "precision": 0.5, "victims too exact": 0.01})
    assert floors.raised("set", {"recall": 0.7, "precision": 0.6, "victims too exact": 0.2}) == {
        "recall": 0.8,
        "precision": 0.595,
        "victims too exact": 0.01,
    }


@pytest.mark.parametrize(("part", "documents"), [("test", 39), ("blind", 18)])
def test_the_frozen_parts_of_the_corpus_are_what_they_were(part: str, documents: int) -> None:
    folder = ROOT / "corpus" / part
    lines = (folder / "SHA256SUMS").read_text(encoding="ascii").split("\n")
    frozen = {name.strip(" *"): sha256 for sha256, _, name in (line.partition(" ") for line in lines if line)}
    assert len(frozen) >= documents
    for name, sha256 in frozen.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == sha256, name
