"""The database drawn once more in a second process: the same verdicts as in the first, whatever becomes of that process."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from witnessmark.case import drawing_aside
from witnessmark.case.verifying import verify_case
from witnessmark.engines.second import Second
from witnessmark.model.verdict import Check, Verdict

CHANGES = {
    "nothing": "SELECT 1",
    "a row": "UPDATE claim SET status = 'accepted' WHERE number = 1",
    "text that is no UTF-8": "UPDATE receipt SET body = CAST(x'ff' || body AS TEXT)",
    "a row more": "INSERT INTO vocabulary (padded) VALUES (' nothing ')",
    "no findings": "DELETE FROM incident",
    "another layout": "PRAGMA user_version = 77",
}


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[bytes | None]:
    """What second processes answered; every case is worth one."""
    given: list[bytes | None] = []
    answer = Second.answer

    def noted(second: Second, *waiting: object) -> bytes | None:
        given.append(answer(second))
        return given[-1]

    monkeypatch.setattr(drawing_aside, "WORTH_BYTES", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(Second, "answer", noted)
    return given


def of_database(case: Path) -> list[Check]:
    return [check for check in verify_case(case) if check.subject == "case.db"]


@pytest.mark.parametrize("statement", CHANGES.values(), ids=CHANGES.keys())
def test_the_second_process_finds_what_the_first_would(
    case: Path, answers: list[bytes | None], monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    with closing(sqlite3.connect(case / "case.db")) as connection, connection:
        connection.execute(statement)
    aside = of_database(case)
    assert len(answers) == 1
    assert answers[0] is not None
    monkeypatch.setattr(drawing_aside, "WORTH_BYTES", 10**9)
    assert aside == of_database(case)
    assert len(answers) == 1
    assert (aside[0].verdict is Verdict.PASS) is (statement == CHANGES["nothing"])


def test_a_second_process_that_gives_no_answer_leaves_the_work_to_the_first(
    case: Path, answers: list[bytes | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing_aside, "_PROGRAM", "no_such_program")
    assert [check.verdict for check in of_database(case)] == [Verdict.PASS]
    assert answers == [None]


def test_damaged_logs_are_not_compared_in_a_second_process_either(case: Path, answers: list[bytes | None]) -> None:
    records = next((case / "records" / "analysis").iterdir())
    records.write_bytes(records.read_bytes()[:-20])
    assert [check.verdict for check in of_database(case)] == [Verdict.NOT_CHECKED]
    assert answers[0] is not None


def test_a_verify_that_is_not_read_to_its_end_leaves_no_process_behind(case: Path, answers: list[bytes | None]) -> None:
    started: list[Second] = []
    begin = Second.__enter__

    def noted(second: Second) -> Second:
        started.append(second)
        return begin(second)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Second, "__enter__", noted)
        checks = verify_case(case)
        next(checks)
        checks.close()  # type: ignore[attr-defined]  # a generator
    assert not started[0].folder.exists()
    assert answers == []


def test_verifying_a_plain_case_loads_no_database_library_in_the_process_that_hashes() -> None:
    asked = "import sys, witnessmark.case.verifying, witnessmark.cli.looking; print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
