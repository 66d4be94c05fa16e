"""`status` fits a screen, reads well in a pipe, and lets nothing foreign command the terminal."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from witnessmark.case.case import open_case
from witnessmark.case.deciding import decide
from witnessmark.case.intake import Given, add

ESCAPE = "\x1b["


def status(case: Path, *options: str, before: tuple[str, ...] = (), **environment: str) -> str:
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR", "TERM"}}
    done = subprocess.run(
        [sys.executable, "-m", "witnessmark", *before, "status", str(case), *options],
        capture_output=True,
        text=True,
        check=True,
        env=kept | environment,
    )
    return done.stdout


def test_a_case_fits_a_screen_of_24_lines_and_says_what_to_do(case: Path) -> None:
    shown = status(case)
    assert len(shown.splitlines()) <= 23
    for words in (
        "3 items",
        "Waits for a command: nothing",
        f"witnessmark review {case}",
        "Not read or only in part: 1",
        "Dossier: up to date",
    ):
        assert words in shown
    assert re.search(r"^    I\d broken\.pdf: The PDF is damaged", shown, re.MULTILINE)


def test_no_colour_goes_through_a_pipe_unless_it_is_asked_for(case: Path) -> None:
    assert ESCAPE not in status(case)
    assert ESCAPE not in status(case, TERM="dumb")
    assert ESCAPE not in status(case, NO_COLOR="1", FORCE_COLOR="1")
    assert ESCAPE in status(case, FORCE_COLOR="1")
    assert ESCAPE in status(case, before=("--color", "always"))
    assert ESCAPE not in status(case, before=("--color", "never"), FORCE_COLOR="1")


def test_no_meaning_is_carried_by_colour_alone(case: Path) -> None:
    coloured = status(case, before=("--color", "always"))
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == status(case)


def test_json_keeps_its_old_keys_and_carries_everything(case: Path) -> None:
    summary = json.loads(status(case, "--json"))
    assert {
        "title", "case", "items", "documents", "waiting", "claims", "checked", "denials", "incidents", "says", "denies", "unread", "warnings", "dossier", "writer"
    } <= set(summary)  # fmt: skip
    assert summary["unread"][0]["next"]
    assert {"kinds", "sources", "languages", "machine", "person", "behind", "statuses"} <= set(summary)


def test_all_leaves_nothing_out(case: Path, tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}.bin").write_bytes(b"\0\1\2" * (number + 40))
    with open_case(case, write="test") as opened:
        add(opened, [tmp_path / f"{number}.bin" for number in range(6)], Given())
    subprocess.run([sys.executable, "-m", "witnessmark", "read", str(case)], check=True, capture_output=True)
    assert "and 5 more: witnessmark status" in status(case)
    whole = status(case, "--all")
    assert "more: witnessmark status" not in whole
    assert all(f" {number}.bin: " in whole for number in range(6))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows allows no such names")
def test_the_name_of_a_file_cannot_command_the_terminal(case: Path, tmp_path: Path) -> None:
    (tmp_path / "x\x1b[2Jy\u202e.bin").write_bytes(b"\0\1\2" * 40)
    with open_case(case, write="test") as opened:
        add(opened, [tmp_path / "x\x1b[2Jy\u202e.bin"], Given())
    subprocess.run([sys.executable, "-m", "witnessmark", "read", str(case)], check=True, capture_output=True)
    shown = status(case, "--all", before=("--color", "always"))
    assert ESCAPE + "2J" not in shown
    assert "\u202e" not in shown


def test_all_lists_items_and_decisions_each_on_a_line(case: Path) -> None:
    with open_case(case, write="test") as opened:
        decide(opened, "I1", "protection", "sealed", why="names\na guard")
    assert "Decisions:" not in status(case)
    whole = status(case, "--all")
    assert re.search(r"^    I\d statement\.txt: text, English, published 2031-05-16, \d+ claims", whole, re.MULTILINE)
    assert re.search(r"^    decision-1 I1 protection=sealed · why: names a guard · by \S+, \d{4}-", whole, re.MULTILINE)
    summary = json.loads(status(case, "--json"))
    assert len(summary["all_items"]) == 3
    assert summary["decisions"][0]["value"] == "sealed"


def test_publishing_says_what_the_dossier_lacks_and_status_does_not_call_it_up_to_date(case: Path) -> None:
    def publish(*options: str) -> str:
        command = [sys.executable, "-m", "witnessmark", "publish", str(case), *options]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert "then publish again" not in publish()
    with open_case(case, write="test") as opened:
        decide(opened, "C1", "stance", "doubts", why="read again")
    assert f"since the last weighing. Run `witnessmark weigh {case}`, then publish again." in publish()
    assert [lack["next"] for lack in json.loads(publish("--json"))["lacks"]] == [f"witnessmark weigh {case}"]
    shown = status(case)
    assert "up to date" not in shown
    assert f"Dossier: behind by what waits for a command  witnessmark publish {case}" in shown


def test_a_plain_case_says_with_all_that_it_is_not_encrypted(case: Path) -> None:
    assert status(case).splitlines()[0].endswith(", not encrypted")
    assert "on an encrypted disk" not in status(case)
    said = status(case, "--all")
    assert (
        "Not encrypted: whoever has the folder reads all that is in it, and in members.db who works on it. Keep it on an encrypted disk."
        in said
    )
    summary = json.loads(status(case, "--json"))
    assert (summary["encrypted"], summary["public_key"]) == (False, None)
