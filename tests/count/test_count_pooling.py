"""Totals over strata and over linkages are put together by draws, and what has no estimate is never left out in silence."""

from __future__ import annotations

import numpy as np
import pytest
from msgspec.structs import replace

from witnessmark.count.pooling import least_kept, pool_linkages, sum_strata
from witnessmark.errors import UsageError
from witnessmark.model.estimate import Chains, Diagnostic, Estimate, Interval


def drawn(mean: float, spread: float, seed: int, documented: int = 100) -> Estimate:
    draws = np.random.default_rng(seed).normal(mean, spread, 4000)
    return Estimate(
        documented=documented,
        total=float(np.median(draws)),
        interval=Interval(*np.quantile(draws, [0.025, 0.975]).tolist()),
        level=0.95,
        method="normal/1",
        assumption="Totals are normal.",
        draws=tuple(draws.tolist()),
    )


REFUSED = Estimate(
    documented=40, total=None, interval=None, level=0.95, method="normal/1", assumption="Totals are normal.", refused="Too few."
)


def width(estimate: Estimate) -> float:
    assert estimate.interval is not None
    return estimate.interval.high - estimate.interval.low


def test_strata_add_up_in_their_totals_and_in_their_variances() -> None:
    whole = sum_strata({"north": drawn(1000, 30, 1), "south": drawn(2000, 40, 2)})
    assert whole.documented == 200
    assert whole.total == pytest.approx(3000, abs=5)
    assert width(whole) == pytest.approx(2 * 1.96 * 50, rel=0.06)


def test_strata_that_were_drawn_alike_are_still_taken_to_be_independent() -> None:
    north = drawn(1000, 30, 1)
    assert width(sum_strata({"north": north, "south": north})) == pytest.approx(2 * 1.96 * 30 * 2**0.5, rel=0.06)


def test_a_stratum_without_an_estimate_leaves_the_sum_without_one_and_is_named() -> None:
    whole = sum_strata({"north": drawn(1000, 30, 1), "east": REFUSED})
    assert whole.total is None
    assert whole.interval is None
    assert whole.documented == 140
    assert whole.refused is not None
    assert "1 of 2 strata" in whole.refused
    assert "east: at least 40 documented. Too few." in whole.refused


def test_linkages_that_disagree_give_an_interval_that_holds_them_all() -> None:
    low, high = drawn(1000, 10, 1, documented=110), drawn(1500, 10, 2, documented=90)
    pooled = pool_linkages([low, high])
    assert pooled.interval is not None
    assert pooled.documented == 90
    assert pooled.interval.low == pytest.approx(984, abs=4)
    assert pooled.interval.high == pytest.approx(1516, abs=4)
    assert next(check.value for check in pooled.diagnostics if check.name == "uncertainty from linkage") == pytest.approx(1, abs=0.01)


def test_linkages_that_agree_give_the_interval_each_of_them_gives() -> None:
    pooled = pool_linkages([drawn(1000, 10, seed) for seed in range(20)])
    assert width(pooled) == pytest.approx(2 * 1.96 * 10, rel=0.06)
    assert next(check.value for check in pooled.diagnostics if check.name == "uncertainty from linkage") == pytest.approx(0, abs=0.01)


def test_a_few_linkages_without_an_estimate_are_left_out_and_said_to_be() -> None:
    pooled = pool_linkages([*(drawn(1000, 10, seed) for seed in range(19)), REFUSED])
    assert pooled.total == pytest.approx(1000, abs=2)
    assert pooled.documented == 40
    assert pooled.diagnostics[0].detail == "1 of 20 linkages have no estimate and are left out."


def test_many_linkages_without_an_estimate_leave_none() -> None:
    pooled = pool_linkages([drawn(1000, 10, 1), REFUSED, REFUSED])
    assert pooled.total is None
    assert pooled.refused == "No estimate: 2 of 3 plausible linkages of these lists have none; the first says: Too few."


def test_the_same_seed_pools_alike() -> None:
    linkages = [drawn(1000, 10, 1), drawn(1100, 10, 2)]
    assert pool_linkages(linkages, seed=4) == pool_linkages(linkages, seed=4)
    assert pool_linkages(linkages, seed=4).draws != pool_linkages(linkages, seed=5).draws


def test_a_pooled_total_is_never_under_what_is_documented() -> None:
    whole = sum_strata({"north": drawn(100, 10, 1, documented=100)})
    assert whole.total is not None
    assert whole.interval is not None
    assert whole.total >= 100
    assert whole.interval.low >= 100


def test_an_estimate_without_draws_cannot_be_pooled_and_is_named() -> None:
    with pytest.raises(UsageError, match=r"south: normal/1 gives an estimate without draws"):
        sum_strata({"north": drawn(1000, 30, 1), "south": replace(drawn(1000, 30, 1), draws=())})


def test_nothing_to_pool_is_an_error() -> None:
    with pytest.raises(UsageError, match="nothing to put together"):
        sum_strata({})
    with pytest.raises(UsageError, match="nothing to put together"):
        pool_linkages([])


def chained(total: float, rhat: float | None, refused: str | None = None) -> Estimate:
    part = replace(drawn(total, 50, 1), chains=Chains(((1, 2),), 20, 1, rhat, 400.0, 1.0))
    return part if refused is None else replace(part, total=None, interval=None, draws=(), refused=refused)


def test_of_pooled_linkages_the_chains_are_kept_that_agree_least() -> None:
    parts = [chained(1000, 1.001), chained(1000, 1.009), chained(1000, 1.002)] * 7
    assert pool_linkages(parts).chains == parts[1].chains
    assert pool_linkages([*parts, chained(1000, 1.0, refused="not settled")]).chains == chained(1000, 1.0).chains
    assert pool_linkages([*parts, chained(1000, None)]).chains == chained(1000, None).chains
    assert pool_linkages([drawn(1000, 50, 1)]).chains is None


def test_checks_of_the_lists_are_not_pooled_as_one_and_others_count_linkages() -> None:
    apart = [Diagnostic("empty overlap", 0.0, 1.0, kept=False, detail=f"{pair} have no one in common.") for pair in ("a and b", "b and c")]
    twice = Diagnostic("on two lists", 7.0, 1.0, kept=True, detail="People on just two lists.")
    parts = [replace(drawn(1000, 50, 1), diagnostics=(*apart, twice))] * 3
    (only,) = least_kept([*parts, drawn(1000, 50, 1)])
    assert only.name == "on two lists"
    assert only.detail.endswith("kept in 3 of 3 linkages that came to it.")
    assert least_kept(parts)[0].detail.endswith("kept in 3 of 3 linkages.")
