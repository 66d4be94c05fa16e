from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from witnessmark.engines.child import ChildDiedError, ChildError, LimitedChild
from witnessmark.engines.limits import Limits
from witnessmark.engines.local import Job, processors, run_ordered

LIMITS = Limits(cpu_seconds=5, wall_seconds=30)


def open_child() -> LimitedChild:
    return LimitedChild("engines_targets:act", LIMITS, modules=(str(Path(__file__).parent),))


def test_answers_come_in_the_order_of_the_jobs_whatever_each_takes() -> None:
    jobs = [Job(b"sleep 0.4"), Job(b"echo second"), Job(b"sleep 0.1"), Job(b"echo fourth")]
    assert list(run_ordered(jobs, open_child, 2)) == [b"woke", b"second", b"woke", b"fourth"]


def test_a_job_that_kills_its_child_costs_only_its_own_answer() -> None:
    answers = list(run_ordered([Job(b"echo a"), Job(b"exit 1"), Job(b"echo b")], open_child, 1))
    assert answers[0] == b"a"
    assert isinstance(answers[1], ChildDiedError)
    assert answers[2] == b"b"


def test_a_job_may_have_its_own_time() -> None:
    (answer,) = run_ordered([Job(b"sleep 60", wall_seconds=0.3)], open_child, 1)
    assert isinstance(answer, ChildError)
    assert "0.3 s" in str(answer)


def test_jobs_are_taken_only_as_far_as_they_are_needed() -> None:
    taken = 0

    def jobs() -> Iterator[Job]:
        nonlocal taken
        while True:
            taken += 1
            yield Job(b"echo x")

    answers = run_ordered(jobs(), open_child, 2)
    assert next(answers) == b"x"
    assert taken <= 4
    answers.close()  # type: ignore[attr-defined]  # a generator has it, the Iterator it is declared as has not


def test_a_caller_who_stops_does_not_wait_for_the_jobs_at_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    began = time.monotonic()
    answers = run_ordered([Job(b"echo x"), Job(b"sleep 25"), Job(b"sleep 25"), Job(b"sleep 25")], open_child, 1)
    assert next(answers) == b"x"
    answers.close()  # type: ignore[attr-defined]  # a generator has it, the Iterator it is declared as has not
    assert time.monotonic() - began < 20
    assert list(tmp_path.iterdir()) == []


def test_no_job_needs_no_child() -> None:
    assert list(run_ordered([], open_child)) == []


def test_there_is_at_least_one_processor() -> None:
    assert processors() >= 1
