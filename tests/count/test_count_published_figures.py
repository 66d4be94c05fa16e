"""The published figures on the published tables, whose cells stand in `published_tables`."""

import pytest
from tests.count.published_tables import ARTIFICIAL_3, KOSOVO, NETHERLANDS_5, NETHERLANDS_6, UK_5, UK_6

from witnessmark.count import CaptureTable, Estimate, estimate


def _value(found: Estimate, name: str) -> float | None:
    return next(diagnostic.value for diagnostic in found.diagnostics if diagnostic.name == name)


def _ends(found: Estimate) -> tuple[float, float]:
    assert found.interval is not None
    return found.interval.low, found.interval.high


@pytest.mark.parametrize(
    ("model", "total", "bic"), [("[123,14,34]", 10356.52, 203.03), ("[123,134]", 12740.97, 203.11), ("[134,12,23]", 18393.31, 203.96)]
)
def test_log_linear_models_of_kosovo_give_the_published_totals_and_bic(model: str, total: float, bic: float) -> None:
    found = estimate(KOSOVO, method="loglinear", model=model)

    assert found.documented == 4400
    assert found.total == pytest.approx(total, abs=0.01)
    assert _value(found, "BIC") == pytest.approx(bic, abs=0.005)


def test_the_published_model_of_kosovo_has_its_published_standard_error_and_profile_interval() -> None:
    found = estimate(KOSOVO, method="loglinear", model="[123,14,34]")

    assert found.standard_error == pytest.approx(785.90, abs=0.01)
    assert _ends(found) == pytest.approx((8994, 12110), abs=1)


@pytest.mark.parametrize(
    ("table", "total", "low", "high"), [(UK_6, 11417.99, 9977, 13146), (UK_5, 11312.99, 9884, 13027)], ids=["six lists", "five lists"]
)
def test_stepwise_gives_the_published_totals_and_intervals_of_the_united_kingdom(
    table: CaptureTable, total: float, low: float, high: float
) -> None:
    found = estimate(table, method="loglinear", resamples=0)

    assert found.total == pytest.approx(total, abs=0.01)
    assert _ends(found) == pytest.approx((low, high), abs=1)


@pytest.mark.parametrize(("table", "total"), [(NETHERLANDS_6, 111139), (NETHERLANDS_5, 121522)], ids=["six lists", "five lists"])
def test_stepwise_gives_the_published_totals_of_the_netherlands(table: CaptureTable, total: float) -> None:
    assert estimate(table, method="loglinear", resamples=0).total == pytest.approx(total, abs=1)


def test_averaging_over_graphs_gives_the_published_posterior_of_kosovo() -> None:
    found = estimate(KOSOVO, method="decomposable", delta=1 / 16, most_unseen=20_000)

    assert found.total == 12595
    assert _ends(found) == (9827, 16543)
    assert _value(found, "graph [123,134]") == pytest.approx(0.9855, abs=0.0001)


@pytest.mark.parametrize(("delta", "median"), [(1 / 2, 11323), (1, 4617)])
def test_averaging_over_graphs_moves_with_delta_as_published(delta: float, median: float) -> None:
    assert estimate(KOSOVO, method="decomposable", delta=delta, most_unseen=20_000).total == median


def test_the_prior_of_the_graphs_is_flagged_where_it_makes_the_total() -> None:
    found = estimate(KOSOVO, method="decomposable", delta=1.0)

    assert [d.name for d in found.diagnostics if not d.kept] == ["probability of the complete graph"]


@pytest.mark.parametrize("method", ["loglinear", "decomposable", "lcmcr"])
def test_lists_of_which_no_three_overlap_are_refused_with_the_reason(method: str) -> None:
    if method == "lcmcr":
        pytest.importorskip("witnessmark.count.lcmcr")
    found = estimate(ARTIFICIAL_3, method=method)

    assert found.total is None
    assert found.interval is None
    assert found.documented == 96
    assert found.refused is not None
    assert "not identifiable" in found.refused
    assert "A with B" in found.refused


def test_the_bootstrap_interval_of_the_united_kingdom_is_shown_and_wider() -> None:
    found = estimate(UK_5, method="loglinear", resamples=200)
    asked = estimate(UK_5, method="loglinear", resamples=200, intervals="bootstrap")
    ratio = next(d for d in found.diagnostics if d.name.startswith("width of the bootstrap"))

    low, high = _ends(asked)
    assert low < 9884
    assert high > 13027
    assert not ratio.kept
    assert f"{high:,.0f}" in ratio.detail
