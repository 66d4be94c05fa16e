"""Over a few simulated populations intervals hold the truth where a method's assumptions hold, and where every list misses the same people none does. `bench/count_coverage.py` is the long form."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from witnessmark.count import CaptureTable, Estimate, estimate
from witnessmark.count.gates import Gates
from witnessmark.evaluate.coverage import Coverage, measure

POPULATIONS = 12
WAYS: dict[str, tuple[str, dict[str, Any]]] = {
    "stepwise": ("loglinear", {"resamples": 0}),
    "decomposable": ("decomposable", {}),
    "chao": ("chao", {}),
}
LAX = {"gates": Gates(rhat=1.1, ess=100, between=10, median_error=0.03, end_error=0.1), "most_sweeps": 8_000}


def by(method: str, parameters: dict[str, Any], table: CaptureTable, seed: int) -> Estimate:
    return estimate(table, method, seed=seed, **parameters)


def coverage(way: str, kind: str, populations: int = POPULATIONS) -> Coverage:
    method, parameters = {**WAYS, "latent classes": ("lcmcr", LAX)}[way]
    (found,) = measure({way: partial(by, method, parameters)}, kind, populations)
    return found


@pytest.mark.parametrize(
    ("way", "kind"),
    [(way, "independent") for way in WAYS] + [("stepwise", "dependent pair"), ("decomposable", "dependent pair")],
)
def test_intervals_hold_the_truth_where_the_assumption_does(way: str, kind: str) -> None:
    found = coverage(way, kind)

    assert found.refused <= 2
    # at a true coverage of 90 % nine or more of twelve hold it in all but 3 % of such sets
    assert found.covered >= 9 - found.refused
    assert 0.9 < sorted(found.ratios)[len(found.ratios) // 2] < 1.1


def test_latent_classes_hold_the_truth_of_independent_lists() -> None:
    found = coverage("latent classes", "independent", 3)

    assert found.covered >= 2 - found.refused


@pytest.mark.parametrize("way", WAYS)
def test_people_whom_every_list_misses_are_missed_by_every_method(way: str) -> None:
    found = coverage(way, "two groups")

    assert found.covered <= 3
    assert 0.6 < sorted(found.ratios)[len(found.ratios) // 2] < 0.9
