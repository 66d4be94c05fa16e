"""A writer killed at any moment: what it acknowledged is there and whole, the rest is as if it had never begun."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import case_crashes as crashes
import pytest

from witnessmark.case.case import create_case, open_case
from witnessmark.case.intake import Given, add
from witnessmark.store import queries

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a matter of POSIX")


@pytest.mark.parametrize("large", [crashes.EACH, crashes.TOGETHER], ids=["each file synced", "groups synced"])
def test_an_add_killed_at_random_moments_loses_nothing_it_acknowledged(tmp_path: Path, large: int) -> None:
    evidence, case = tmp_path / "evidence", tmp_path / "case"
    crashes.lay_evidence(evidence, 300)
    create_case(case)
    moments, killed, acknowledged = random.Random(7), 0, set[str]()  # noqa: S311 -- moments, not secrets
    for _ in range(4):
        alive, said = crashes.killed_at_random(case, evidence, group=10, after=moments.uniform(0.0, 0.3), large=large)
        killed, acknowledged = killed + alive, acknowledged | said
        assert not list(crashes.faults_after(case, acknowledged))
    assert killed >= 2
    assert not list(crashes.faults_after_rerun(case, evidence))


@pytest.mark.skipif(not crashes.can_trace(), reason="strace is not here, or may not inject")
@pytest.mark.parametrize(
    ("call", "nth", "large"),
    [
        *(
            (call, nth, crashes.EACH)
            for call, nth in (("fsync", 3), ("fsync", 9), ("fsync", 17), ("fsync", 26), ("rename", 2), ("rename", 14))
        ),
        *((call, nth, crashes.TOGETHER) for call, nth in (("fsync", 2), ("fsync", 7), ("rename", 6), ("write", 9), ("write", 21))),
    ],
)
def test_an_add_killed_at_a_step_to_the_disk_loses_nothing_it_acknowledged(tmp_path: Path, call: str, nth: int, large: int) -> None:
    evidence, case = tmp_path / "evidence", tmp_path / "case"
    crashes.lay_evidence(evidence, 24)
    create_case(case)
    killed, acknowledged = crashes.killed_at_call(case, evidence, call, nth, group=8, large=large)
    assert killed
    assert not list(crashes.faults_after(case, acknowledged))
    assert not list(crashes.faults_after_rerun(case, evidence))


def test_a_database_left_behind_by_a_crash_catches_up_with_the_log(tmp_path: Path) -> None:
    case, note = tmp_path / "case", tmp_path / "note.txt"
    note.write_text("a note")
    create_case(case)
    old = (case / "case.db").read_bytes()
    with open_case(case, write="test") as opened:
        add(opened, [note], Given())
    for leftover in case.glob("case.db*"):
        leftover.unlink()
    (case / "case.db").write_bytes(old)
    with open_case(case) as opened, opened.asking() as connection:
        assert len(queries.items(connection)) == 1
