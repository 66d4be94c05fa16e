"""A second process: its answer, and that none is no harm and leaves nothing behind."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from witnessmark.engines.second import Second

ANSWERS = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read().upper())"
ENDS_BADLY = "import sys; sys.stdout.buffer.write(b'half an ans'); sys.exit(1)"
SLOW = "import sys, time; sys.stdin.buffer.read(); time.sleep(600)"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return tmp_path / "second_program.py"


def test_it_answers_its_one_question_however_long(program: Path) -> None:
    program.write_text(ANSWERS)
    with Second("second_program") as second:
        second.ask(b"abc" * 100_000)
        assert second.answer() == b"ABC" * 100_000


def test_one_that_was_not_asked_gives_no_answer(program: Path) -> None:
    program.write_text(ANSWERS)
    with Second("second_program") as second:
        assert second.answer() is None


def test_one_that_ends_badly_gives_no_answer_even_where_it_wrote_half_of_one(program: Path) -> None:
    program.write_text(ENDS_BADLY)
    with Second("second_program") as second:
        second.ask(b"question" * 100_000)
        assert second.answer() is None


def test_one_that_cannot_be_started_gives_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with Second("second_program") as second:
        second.ask(b"question")
        assert second.answer() is None


def test_one_that_is_still_at_work_is_ended_and_what_it_laid_down_removed(program: Path) -> None:
    program.write_text(SLOW)
    with Second("second_program") as second:
        (second.folder / "working-copy").write_text("x")
        second.ask(b"question")
    assert not second.folder.exists()


def test_who_waits_is_told_so_now_and_then(program: Path) -> None:
    program.write_text("import sys, time; sys.stdin.buffer.read(); time.sleep(1.2); print('done')")
    told: list[int] = []
    with Second("second_program") as second:
        second.ask(b"")
        assert second.answer(lambda: told.append(1)) == b"done\n"
    assert told
