"""What is read is recorded soon, in few records, and before a person's Ctrl-C ends the work."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from witnessmark.case.case import create_case, open_case
from witnessmark.case.claiming import documents_waiting, read_claims
from witnessmark.case.committing import COMMIT_CHARACTERS, COMMIT_ITEMS, COMMIT_SECONDS, in_commits
from witnessmark.case.intake import Given, add
from witnessmark.case.reading import items_waiting, read_items
from witnessmark.case.telling import Tell


def batches(results: Iterator[int], *, characters: int = 1, seconds: float = 0.0) -> list[int]:
    """How large each batch is where a look at the clock takes so many seconds."""
    ticks = count(0.0, seconds)
    return [len(batch) for batch in in_commits(results, lambda _: characters, clock=lambda: next(ticks))]


def test_many_small_results_that_come_quickly_are_recorded_together() -> None:
    assert batches(iter(range(2 * COMMIT_ITEMS + 3))) == [COMMIT_ITEMS, COMMIT_ITEMS, 3]


def test_a_result_that_comes_late_is_recorded_at_once_with_those_at_hand() -> None:
    assert batches(iter(range(3)), seconds=COMMIT_SECONDS) == [1, 1, 1]
    assert batches(iter(range(4)), seconds=COMMIT_SECONDS / 2) == [2, 2]


def test_long_texts_do_not_pile_up() -> None:
    assert batches(iter(range(3)), characters=COMMIT_CHARACTERS) == [2, 1]


def test_what_is_at_hand_is_given_out_before_an_interruption_goes_on() -> None:
    def stopped() -> Iterator[int]:
        yield from range(3)
        raise KeyboardInterrupt

    given = in_commits(stopped(), lambda _: 1)
    assert next(given) == [0, 1, 2]
    with pytest.raises(KeyboardInterrupt):
        next(given)


def stopped_at(done: int) -> Tell:
    """Told where work stands, as a terminal is; presses Ctrl-C when so much is done."""

    def tell(line: str) -> None:
        if line.startswith(f"{done} of "):
            raise KeyboardInterrupt

    return tell


def test_stopping_keeps_every_item_and_every_claim_that_was_read(tmp_path: Path) -> None:
    evidence = tmp_path / "evidence"
    evidence.mkdir()
    for number in range(6):
        (evidence / f"{number}.txt").write_text(f"Envoy Ana Brecht said that guards killed {number + 2} prisoners.", encoding="utf-8")
    create_case(tmp_path / "case")
    with open_case(tmp_path / "case", write="test") as case:
        add(case, [evidence], Given())
        with pytest.raises(KeyboardInterrupt):
            read_items(case, tell=stopped_at(5))
        assert items_waiting(case) == 2
        assert read_items(case).done == 2
        with pytest.raises(KeyboardInterrupt):
            read_claims(case, tell=stopped_at(3))
        assert len(documents_waiting(case)) == 4
        assert read_claims(case).done == 4
