"""What must not change an estimate, and what must come back from a table made without noise."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.count.published_tables import KOSOVO, UK_5

from witnessmark.count import CaptureTable, Estimate, estimate

NAMES = ("a", "b", "c", "d", "e")
METHODS = [("loglinear", {"resamples": 0}), ("decomposable", {}), ("chao", {})]


def _relabelled(table: CaptureTable, order: list[int]) -> CaptureTable:
    """The same people, list `order[j]` now in place `j`."""
    moved = ((sum((history >> old & 1) << new for new, old in enumerate(order)), n) for history, n in enumerate(table.counts))
    return CaptureTable.from_histories((table.lists[old] for old in order), moved)


def _figures(found: Estimate) -> tuple[float, ...] | None:
    return None if found.total is None or found.interval is None else (found.total, found.interval.low, found.interval.high)


def _independent(total: int, reach: list[float]) -> CaptureTable:
    """Counts as independent lists would have them on average, rounded to people."""

    def share(history: tuple[int, ...]) -> float:
        p = 1.0
        for on, chance in zip(history, reach, strict=True):
            p *= chance if on else 1 - chance
        return p

    cells = (
        (sum(on << j for j, on in enumerate(history)), round(total * share(history))) for history in product((0, 1), repeat=len(reach))
    )
    return CaptureTable.from_histories(NAMES[: len(reach)], ((history, n) for history, n in cells if history))


@pytest.mark.parametrize(("method", "parameters"), METHODS)
@pytest.mark.parametrize("table", [KOSOVO, UK_5], ids=["Kosovo", "United Kingdom"])
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_the_order_of_the_lists_changes_no_estimate(
    table: CaptureTable, method: str, parameters: dict[str, Any], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(table.lists))))

    assert _figures(estimate(_relabelled(table, order), method, **parameters)) == pytest.approx(
        _figures(estimate(table, method, **parameters))
    )


@settings(max_examples=25, deadline=None)
@given(counts=st.lists(st.integers(1, 300), min_size=15, max_size=15), order=st.permutations(range(4)))
def test_the_order_of_the_lists_changes_no_log_linear_fit_of_any_table(counts: list[int], order: list[int]) -> None:
    table = CaptureTable.from_histories(NAMES[:4], enumerate(counts, start=1))
    place = {old: new for new, old in enumerate(order)}
    model = ",".join("".join(str(j + 1) for j in sorted(place[old] for old in generator)) for generator in ((0, 1, 2), (0, 3), (2, 3)))

    here, there = estimate(table, "loglinear", model="[123,14,34]"), estimate(_relabelled(table, order), "loglinear", model=model)

    assert (here.refused is None) == (there.refused is None)
    if here.total is not None:
        assert _figures(there) == pytest.approx(_figures(here), rel=1e-4)


@settings(max_examples=20, deadline=None)
@given(total=st.integers(20_000, 100_000), reach=st.lists(st.floats(0.1, 0.6), min_size=3, max_size=5))
def test_a_table_of_independent_lists_gives_back_the_total_it_was_made_of(total: int, reach: list[float]) -> None:
    table = _independent(total, reach)
    named = estimate(table, "loglinear", model="[]")
    stepwise = estimate(table, "loglinear", resamples=0)

    for found in (named, stepwise, estimate(table, "chao")):
        assert found.interval is not None
        assert found.interval.low <= total <= found.interval.high
        assert found.total == pytest.approx(total, rel=0.01)
    assert stepwise.diagnostics[0].detail.startswith(str(named.parameters["model"]))


@settings(max_examples=15, deadline=None)
@given(total=st.integers(2_000, 9_000), reach=st.lists(st.floats(0.2, 0.6), min_size=3, max_size=4))
def test_averaging_over_graphs_holds_the_total_of_independent_lists(total: int, reach: list[float]) -> None:
    found = estimate(_independent(total, reach), "decomposable")

    assert found.interval is not None
    assert found.interval.low <= total <= found.interval.high


@settings(max_examples=30, deadline=None)
@given(counts=st.lists(st.integers(0, 40), min_size=7, max_size=7), method=st.sampled_from(METHODS))
def test_an_interval_holds_the_total_and_no_less_than_is_documented(counts: list[int], method: tuple[str, dict[str, Any]]) -> None:
    table = CaptureTable.from_histories(NAMES[:3], enumerate(counts, start=1))
    found = estimate(table, method[0], **method[1])

    assert (found.refused is None) == (found.total is not None) == (found.interval is not None)
    if found.total is not None and found.interval is not None:
        assert table.documented <= found.interval.low <= found.total <= found.interval.high


def test_the_same_seed_gives_the_same_bootstrap_and_another_seed_another() -> None:
    once, again, other = (estimate(KOSOVO, "loglinear", seed=seed, resamples=100, intervals="bootstrap") for seed in (1, 1, 2))

    assert _figures(once) == _figures(again)
    assert _figures(once) != _figures(other)


def test_draws_over_graphs_are_of_the_same_posterior_and_follow_the_seed() -> None:
    found, other = estimate(KOSOVO, "decomposable", seed=3), estimate(KOSOVO, "decomposable", seed=4)

    assert sorted(found.draws)[len(found.draws) // 2] == pytest.approx(found.total, rel=0.02)
    assert found.draws == estimate(KOSOVO, "decomposable", seed=3).draws
    assert found.draws != other.draws
    assert found.total == other.total


@pytest.mark.parametrize(
    ("method", "parameters"), [*METHODS, ("loglinear", {"model": "[34,12]"}), ("loglinear", {"resamples": 100, "intervals": "bootstrap"})]
)
def test_what_an_estimate_says_of_itself_is_all_it_takes_to_get_it_again(method: str, parameters: dict[str, Any]) -> None:
    found = estimate(KOSOVO, method, seed=5, level=0.9, **parameters)

    assert estimate(KOSOVO, method, seed=5, level=found.level, **found.parameters) == found
