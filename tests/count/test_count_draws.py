"""Every method hands on draws that say what its interval says, so that strata add up and linkages mix whatever the method."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.count.published_tables import KOSOVO, UK_5

from witnessmark.count import CaptureTable, Estimate, estimate
from witnessmark.count.gates import Gates
from witnessmark.count.pooling import pool_linkages, sum_strata

THREE = CaptureTable.from_histories("ABC", enumerate((0, 60, 50, 20, 40, 12, 14, 6)))
QUICK = {"gates": Gates(rhat=2, ess=10, between=100, median_error=1, end_error=10), "most_sweeps": 20_000}
WAYS: dict[str, tuple[str, dict[str, Any]]] = {
    "latent classes": ("lcmcr", QUICK),
    "named": ("loglinear", {"model": "[12,13]"}),
    "stepwise": ("loglinear", {"resamples": 0}),
    "stepwise, resampled": ("loglinear", {"resamples": 200, "intervals": "bootstrap"}),
    "decomposable": ("decomposable", {}),
    "chao": ("chao", {}),
}


@cache
def found(way: str, table: str = "KOSOVO", seed: int = 1) -> Estimate:
    method, parameters = WAYS[way]
    return estimate({"KOSOVO": KOSOVO, "UK": UK_5, "THREE": THREE}[table], method=method, seed=seed, **parameters)


def ends(estimate: Estimate) -> tuple[float, float, float]:
    assert estimate.total is not None
    assert estimate.interval is not None
    return estimate.interval.low, estimate.total, estimate.interval.high


@pytest.mark.parametrize("table", ["KOSOVO", "THREE"])
@pytest.mark.parametrize("way", WAYS)
def test_the_draws_have_the_interval_and_the_middle_of_the_estimate(way: str, table: str) -> None:
    one = found(way, table)
    low, median, high = np.quantile(one.draws, [0.025, 0.5, 0.975])

    assert len(one.draws) >= 500
    assert min(one.draws) >= one.documented
    assert low == pytest.approx(ends(one)[0], rel=0.02)
    assert median == pytest.approx(ends(one)[1], rel=0.05)
    assert high == pytest.approx(ends(one)[2], rel=0.05)


@pytest.mark.parametrize("way", [way for way in WAYS if way != "latent classes"])
def test_draws_follow_the_seed(way: str) -> None:
    again = estimate(KOSOVO, method=WAYS[way][0], seed=1, **WAYS[way][1])

    assert again.draws == found(way).draws
    assert found(way, seed=2).draws != found(way).draws


def test_resamples_without_a_finite_total_leave_no_draws() -> None:
    table = CaptureTable.from_histories("abc", enumerate((0, 50, 60, 2, 55, 1, 1, 0)))
    one = estimate(table, method="loglinear", intervals="bootstrap", resamples=300)
    unbounded = next(check.value for check in one.diagnostics if check.name == "resamples without a finite total")

    assert unbounded is not None
    assert unbounded > 0
    assert one.draws == ()


@pytest.mark.parametrize("way", WAYS)
def test_strata_of_any_method_add_up_as_a_sum_of_their_draws_does(way: str) -> None:
    first, second = found(way), found(way, "THREE")
    whole = sum_strata({"north": first, "south": second})
    rng = np.random.default_rng(99)
    expected = np.quantile(rng.choice(first.draws, 200_000) + rng.choice(second.draws, 200_000), [0.025, 0.5, 0.975])

    assert ends(whole) == pytest.approx(tuple(expected), rel=0.02)


def test_a_sum_of_lower_bounds_is_a_lower_bound_and_says_so() -> None:
    whole = sum_strata({"north": found("chao"), "south": found("decomposable", "THREE")})

    assert found("chao").lower_bound
    assert whole.lower_bound
    assert whole.assumption.startswith("A lower bound, not an estimate of the total")
    assert not sum_strata({"north": found("stepwise"), "south": found("decomposable")}).lower_bound
    assert pool_linkages([found("chao"), found("chao", "THREE")]).lower_bound


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["stepwise", "decomposable", "chao", "named"]), st.sampled_from(["KOSOVO", "THREE"])),
        min_size=2,
        max_size=5,
    )
)
def test_pooled_linkages_are_at_least_as_uncertain_as_they_are_on_average(parts: list[tuple[str, str]]) -> None:
    linkages = [found(way, table) for way, table in parts]
    pooled = pool_linkages(linkages)

    # of variances this is a theorem, of the ends of intervals it is not
    average = float(np.mean([np.var(one.draws) for one in linkages]))
    assert np.var(pooled.draws) >= 0.85 * average


@pytest.mark.parametrize("way", WAYS)
def test_linkages_that_hardly_differ_pool_to_an_interval_at_least_as_wide_as_theirs(way: str) -> None:
    low, _, high = zip(*(ends(found(way, "THREE", seed)) for seed in (1, 2)), strict=True)
    pooled = ends(pool_linkages([found(way, "THREE", seed) for seed in (1, 2)]))

    assert pooled[2] - pooled[0] >= 0.95 * float(np.mean(np.array(high) - np.array(low)))
