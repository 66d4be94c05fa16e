"""How far the total could lie if some people were harder to reach by every list."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import check_grad

from witnessmark.count.estimate import estimate
from witnessmark.count.hard_to_reach import _loss, hard_to_reach, sentence_on
from witnessmark.count.side_by_side import compare_methods
from witnessmark.count.table import CaptureTable


def drawn(people: int, chances: list[float], *, harder: float = 1.0, seed: int = 3) -> CaptureTable:
    """A table of people of whom half are so many times as hard to reach by every list."""
    rng = np.random.default_rng(seed)
    each = np.tile(chances, (people, 1))
    each[: people // 2] /= harder
    listed = rng.random(each.shape) < each
    counted = np.bincount(listed @ (1 << np.arange(len(chances))), minlength=1 << len(chances))
    return CaptureTable.from_histories("ABCDEF"[: len(chances)], enumerate(counted.tolist()))


def test_the_slope_is_that_of_the_likelihood() -> None:
    table = drawn(900, [0.4, 0.3, 0.2, 0.3])
    on, counts = table.design().astype(float), np.array(table.counts, dtype=float)
    counts[0] = 250
    at = np.random.default_rng(1).normal(-0.5, 0.5, 9)
    assert check_grad(lambda x: _loss(x, on, counts)[0], lambda x: _loss(x, on, counts)[1], at) < 1e-2


def test_lists_of_people_who_differ_fit_totals_far_above_what_lists_that_are_independent_would_say() -> None:
    table = drawn(2000, [0.5, 0.4, 0.3, 0.4], harder=4)
    independent = estimate(table, "loglinear", model="[1,2,3,4]")
    found = hard_to_reach(table)
    assert found is not None
    assert found.high is not None
    assert independent.interval is not None
    assert independent.interval.high < 2000
    assert found.low <= 2000 <= found.high


def test_lists_that_hardly_overlap_bound_the_total_from_below_only() -> None:
    table = CaptureTable.from_histories("ABC", [(1, 60), (2, 50), (4, 40), (3, 1), (5, 1), (6, 0), (7, 0)])
    found = hard_to_reach(table)
    assert found is not None
    assert found.high is None
    assert "from below only" in sentence_on(table)


def test_long_lists_of_people_who_are_alike_bound_it_closely() -> None:
    table = drawn(3000, [0.6, 0.5, 0.7, 0.6, 0.5])
    found = hard_to_reach(table)
    assert found is not None
    assert found.high is not None
    assert 2900 < found.low <= 3000 <= found.high < 3600


def test_the_same_table_gives_the_same() -> None:
    table = drawn(900, [0.4, 0.3, 0.2, 0.3])
    assert hard_to_reach(table) == hard_to_reach(table)


@pytest.mark.parametrize("lists", [1, 2])
def test_of_fewer_than_three_lists_nothing_is_said(lists: int) -> None:
    table = drawn(200, [0.4] * lists)
    assert hard_to_reach(table) is None
    assert not sentence_on(table)


def test_it_stands_after_the_verdict_with_the_other_settings_and_not_without() -> None:
    table = drawn(900, [0.4, 0.3, 0.2, 0.3])
    told = compare_methods(table, methods=["chao"])
    assert told.sentence.endswith(sentence_on(table))
    assert "harder to reach" not in compare_methods(table, methods=["chao"], sensitivity=False).sentence
