"""Methods stand side by side: none is singled out, and where they disagree that is the verdict."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from tests.count.published_tables import ARTIFICIAL_3

from witnessmark.count import CaptureTable, Estimate
from witnessmark.count.gates import Gates
from witnessmark.count.overlaps import describe_overlaps
from witnessmark.count.side_by_side import SideBySide, compare, compare_methods
from witnessmark.model.counting import Intersection, ListSize, PairOverlap
from witnessmark.model.estimate import Interval

INDEPENDENT = CaptureTable.from_histories("ABC", enumerate((0, 147, 147, 63, 147, 63, 63, 27)))
"""A thousand people, each on each of three lists with the chance of 0.3; 657 documented."""
QUICK: dict[str, dict[str, Any]] = {
    "lcmcr": {"gates": Gates(rhat=2, ess=10, between=100, median_error=1, end_error=10), "most_sweeps": 4_000},
    "loglinear": {"resamples": 0},
}


@pytest.fixture(scope="module")
def independent() -> SideBySide:
    return compare_methods(INDEPENDENT, parameters=QUICK)


def given(low: float, high: float, *, lower_bound: bool = False) -> Estimate:
    return Estimate(
        documented=100,
        total=(low + high) / 2,
        interval=Interval(low, high),
        level=0.95,
        method="any/1",
        assumption="Any.",
        lower_bound=lower_bound,
    )


def test_every_method_stands_with_its_assumption_and_its_interval(independent: SideBySide) -> None:
    assert list(independent.estimates) == ["lcmcr", "loglinear", "decomposable", "chao"]
    assert set(independent.assumptions) == set(independent.estimates)
    assert all(found.total is not None and found.interval is not None for found in independent.estimates.values())
    assert independent.documented == 657


def test_methods_that_agree_get_an_interval_that_holds_each_of_theirs(independent: SideBySide) -> None:
    assert independent.verdict == "agree"
    assert independent.interval is not None
    for method in ("lcmcr", "loglinear", "decomposable"):
        interval = independent.estimates[method].interval
        assert interval is not None
        assert independent.interval.low <= interval.low < interval.high <= independent.interval.high
    assert "At least 657 people are documented." in independent.sentence
    assert "agreement is no proof" in independent.sentence


def test_each_setting_is_run_otherwise_and_its_shift_told(independent: SideBySide) -> None:
    runs = {(run.method, run.setting): run for run in independent.sensitivity}

    assert {("lcmcr", "K = 5"), ("lcmcr", "a = 5, b = 1"), ("decomposable", "delta = 1"), ("decomposable", "most_unseen = 657000")} <= set(
        runs
    )
    for run in independent.sensitivity:
        base = independent.estimates[run.method].total
        assert base is not None
        assert run.estimate.total is not None
        assert run.shift == pytest.approx(run.estimate.total / base - 1)


def test_a_setting_that_moves_a_total_far_is_named_in_the_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def stand_in(_table: CaptureTable, method: str, *, delta: float = 0.1, K: int = 10, **_: object) -> Estimate:  # noqa: N803 (the paper's name)
        if K == 20:
            return msgspec.structs.replace(given(0, 0), total=None, interval=None, refused="Not settled.")
        return given(400, 600) if delta == 1 else given(1050, 1250) if K == 5 else given(1000, 1200)

    monkeypatch.setattr("witnessmark.count.side_by_side.estimate", stand_in)
    found = compare_methods(INDEPENDENT)

    assert "move a total by more than 10%: decomposable with delta = 1 -55%." in found.sentence
    assert "With other settings there is no estimate: lcmcr with K = 20." in found.sentence
    assert "K = 5" not in found.sentence


def test_methods_whose_intervals_do_not_meet_leave_the_total_undetermined() -> None:
    (apart,) = compare({"one": given(1000, 1200), "two": given(1500, 1800)})

    assert not apart.agree
    assert apart.detail == "The interval of one (1,000 to 1,200) lies below that of two (1,500 to 1,800)."


def test_methods_that_disagree_give_no_headline(monkeypatch: pytest.MonkeyPatch) -> None:
    ends = {"lcmcr": (900.0, 1000.0), "loglinear": (1500.0, 1700.0), "decomposable": (950.0, 1600.0), "chao": (800.0, 900.0)}

    def stand_in(_table: CaptureTable, method: str, **_: object) -> Estimate:
        return given(*ends[method], lower_bound=method == "chao")

    monkeypatch.setattr("witnessmark.count.side_by_side.estimate", stand_in)
    found = compare_methods(INDEPENDENT, sensitivity=False)

    assert found.verdict == "disagree"
    assert found.interval is None
    assert "these lists do not determine the total" in found.sentence
    assert [one.agree for one in found.comparisons] == [False, True, True, True, True, True]


@pytest.mark.parametrize(
    ("bound", "agree"), [((500, 700), True), ((900, 1100), True), ((1300, 1500), False)], ids=["far below", "meets", "exceeds"]
)
@pytest.mark.parametrize("first", [True, False], ids=["bound first", "bound second"])
def test_a_lower_bound_disagrees_only_where_it_exceeds(bound: tuple[float, float], agree: bool, first: bool) -> None:  # noqa: FBT001
    pair = {"chao": given(*bound, lower_bound=True), "other": given(1000, 1200)}
    (found,) = compare(pair if first else dict(reversed(pair.items())))

    assert found.agree is agree


def test_fewer_than_three_lists_get_their_overlaps_and_no_estimate() -> None:
    found = compare_methods(CaptureTable.from_histories("AB", enumerate((0, 30, 40, 10))))

    assert found.verdict == "no estimate"
    assert found.refused is not None
    assert "at least three are needed" in found.refused
    assert found.interval is None
    assert found.sensitivity == ()
    assert found.assumptions == {}
    assert found.overlaps.pairs == (PairOverlap("A", "B", 10, 0.25, 0.2),)


def test_lists_that_cannot_tell_dependence_leave_the_bound_at_most() -> None:
    found = compare_methods(ARTIFICIAL_3, parameters=QUICK)

    assert found.verdict == "no estimate"
    assert found.interval is None
    assert found.estimates["decomposable"].refused is not None


def test_side_by_side_can_be_written_down_and_read_again(independent: SideBySide) -> None:
    assert msgspec.json.decode(msgspec.json.encode(independent), type=SideBySide) == independent


def test_overlaps_hold_sizes_pairs_and_exclusive_intersections() -> None:
    found = describe_overlaps(CaptureTable.from_histories("ABC", enumerate((0, 30, 40, 10, 0, 5, 0, 2))))

    assert found.documented == 87
    assert found.sizes == (ListSize("A", 47, 30), ListSize("B", 52, 40), ListSize("C", 7, 0))
    assert found.pairs[1] == PairOverlap("A", "C", 7, 7 / 47, 1.0)
    assert found.intersections[0] == Intersection(("B",), 40)
    assert [one.people for one in found.intersections] == [40, 30, 10, 5, 2]
    assert sum(one.people for one in found.intersections) == found.documented
    assert [warning.name for warning in found.warnings] == ["list within another"]


def test_an_empty_list_has_overlaps_without_shares() -> None:
    found = describe_overlaps(CaptureTable.from_histories("AB", [(1, 3)]))

    assert found.pairs == (PairOverlap("A", "B", 0, 0.0, None),)
