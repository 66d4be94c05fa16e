"""Strata are estimated apart and added up by draws; labels that are missing are imputed, and strata without an estimate are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from witnessmark.count import CaptureTable, Estimate, estimate
from witnessmark.count.estimate import METHODS
from witnessmark.count.histories import CaptureHistory, LabelledTable, Labels
from witnessmark.count.imputation import impute
from witnessmark.count.jobs import Job
from witnessmark.count.strata import estimate_linked_strata, estimate_strata, fill_linkages
from witnessmark.errors import UsageError
from witnessmark.model.counting import StratifiedEstimate

LISTS, DIMENSIONS = ("a", "b", "c"), ("place", "period")


def chosen(table: CaptureTable, seed: int, level: float) -> Estimate:
    return estimate(table, "decomposable", seed=seed, level=level)


def listed(rng: np.random.Generator, people: int, labels: Labels, reach: float = 0.3) -> list[CaptureHistory]:
    on = (rng.random((people, len(LISTS))) < reach) @ (1 << np.arange(len(LISTS)))
    return [CaptureHistory(int(history), labels) for history in on if history]


def two_places(seed: int = 1, *, lost: float = 0.0) -> LabelledTable:
    """600 people in the north and 300 in the south, of whom some have lost the label of their place."""
    rng = np.random.default_rng(seed)
    people = [*listed(rng, 600, ("north", "2013")), *listed(rng, 300, ("south", "2013"), 0.4)]
    kept = [p if rng.random() >= lost else CaptureHistory(p.on, (None, p.labels[1])) for p in people]
    return LabelledTable.of(LISTS, DIMENSIONS, kept)


def ends(found: StratifiedEstimate) -> tuple[float, float, float]:
    assert found.total.total is not None
    assert found.total.interval is not None
    return found.total.interval.low, found.total.total, found.total.interval.high


def test_people_are_counted_into_one_table_for_each_stratum() -> None:
    people = [CaptureHistory(1, ("north", "2013"))] * 3 + [CaptureHistory(3, ("south", "2013")), CaptureHistory(0, ("south", "2013"))]
    table = LabelledTable.of(LISTS, DIMENSIONS, [*people, CaptureHistory(1, (None, "2013"))])

    assert table.documented == 5
    assert table.incomplete == 1
    assert table.strata() == {
        ("north", "2013"): CaptureTable.from_histories(LISTS, [(1, 3)]),
        ("south", "2013"): CaptureTable.from_histories(LISTS, [(3, 1)]),
    }


@pytest.mark.parametrize(
    ("person", "words"),
    [(CaptureHistory(1, ("north",)), "Person 1 has 1 labels for 2 dimensions"), (CaptureHistory(8, ("north", "2013")), "history 8")],
    ids=["labels", "lists"],
)
def test_a_person_who_does_not_fit_the_table_is_named(person: CaptureHistory, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        LabelledTable.of(LISTS, DIMENSIONS, [person])


def test_imputed_tables_keep_everyone_and_every_label_that_was_known() -> None:
    table = two_places(lost=0.3)
    known = {(person, n) for person, n in table.cells if None not in person.labels}
    for filled in impute(table, seed=3):
        counts = dict(filled.cells)
        assert filled.incomplete == 0
        assert filled.documented == table.documented
        assert all(counts[person] >= n for person, n in known)
        for on in range(1, 8):
            assert sum(n for p, n in filled.cells if p.on == on) == sum(n for p, n in table.cells if p.on == on)


def test_a_label_is_imputed_from_people_on_the_same_lists_with_the_same_other_labels() -> None:
    people = []
    for on, place, period in ((1, "north", "2013"), (1, "south", "2014"), (2, "south", "2013"), (2, "north", "2014")):
        people += [CaptureHistory(on, (place, period))] * 300 + [CaptureHistory(on, (None, period))] * 100
    table = LabelledTable.of(LISTS, DIMENSIONS, people)
    for filled in impute(table):
        counts = dict(filled.cells)
        assert min(counts[CaptureHistory(on, labels)] for on, labels in [(1, ("north", "2013")), (2, ("south", "2013"))]) >= 390
        assert min(counts[CaptureHistory(on, labels)] for on, labels in [(1, ("south", "2014")), (2, ("north", "2014"))]) >= 390


def test_imputations_vary_as_much_as_the_known_labels_leave_open() -> None:
    people = [CaptureHistory(1, ("north", "x"))] * 30 + [CaptureHistory(1, ("south", "x"))] * 10 + [CaptureHistory(1, (None, "x"))] * 40
    table = LabelledTable.of(LISTS, DIMENSIONS, people)
    north = [dict(filled.cells)[CaptureHistory(1, ("north", "x"))] - 30 for filled in impute(table, imputations=400)]
    # Beta-binomial: 40 draws at a chance known from 40 people and one of the prior
    chance, prior = 30.75 / 41, 41
    variance = 40 * chance * (1 - chance) * (prior + 40) / (prior + 1)

    assert np.mean(north) == pytest.approx(40 * chance, abs=1.0)
    assert np.var(north) == pytest.approx(variance, rel=0.35)


def test_the_same_seed_imputes_alike_and_another_differently() -> None:
    table = two_places(lost=0.3)

    assert impute(table, seed=4) == impute(table, seed=4)
    assert impute(table, seed=4) != impute(table, seed=5)


def test_a_table_without_gaps_is_not_imputed() -> None:
    assert impute(two_places()) == (two_places(),)


def test_too_few_imputations_and_a_dimension_no_one_has_a_label_in_are_refused() -> None:
    with pytest.raises(UsageError, match="take 10 at the least"):
        estimate_strata(two_places(lost=0.3), imputations=5)
    with pytest.raises(UsageError, match="No one has a label for period"):
        impute(LabelledTable.of(LISTS, DIMENSIONS, [CaptureHistory(1, ("north", None))]))


def test_over_linkages_missing_labels_are_filled_in_once_for_each_and_both_widen_the_total() -> None:
    linkages = [two_places(lost=0.3)] * 20
    found = estimate_linked_strata(two_places(lost=0.3), fill_linkages(linkages, seed=1), method="decomposable")
    sure = estimate_linked_strata(two_places(), [two_places()] * 20, method="decomposable")

    assert [one.labels for one in found.strata] == [("north", "2013"), ("south", "2013")]
    assert all(one.fewest < one.most for one in found.strata)
    assert all(one.fewest == one.most for one in sure.strata)
    assert found.total.interval is not None
    assert found.total.interval.low <= 900 <= found.total.interval.high


def test_strata_add_up_to_a_total_that_holds_the_truth() -> None:
    found = estimate_strata(two_places(), method=chosen)

    assert [one.labels for one in found.strata] == [("north", "2013"), ("south", "2013")]
    assert found.total.documented == two_places().documented
    assert ends(found)[0] < 900 < ends(found)[2]
    assert not found.total.lower_bound
    assert found.note == "Each of 2 strata has an estimate."


def test_missing_labels_are_imputed_and_said_to_be() -> None:
    table = two_places(lost=0.3)
    found = estimate_strata(table, method=chosen)
    whole = estimate_strata(two_places(), method=chosen)

    assert ends(found)[0] < 900 < ends(found)[2]
    assert ends(found)[1] == pytest.approx(ends(whole)[1], rel=0.08)
    assert found.total.documented == table.documented
    assert f"Of {table.incomplete} of the {table.documented} documented people a label is missing; it was filled in 10 times." in found.note
    assert "Labels that are missing are taken" in found.total.assumption
    for one in found.strata:
        assert one.documented <= one.fewest < one.most


def test_a_stratum_without_an_estimate_is_kept_and_counts_with_its_documented_people_alone() -> None:
    few = [CaptureHistory(1, ("east", "2013"))] * 7 + [CaptureHistory(2, ("east", "2013"))] * 4
    people = [person for person, n in two_places().cells for _ in range(n)]
    found = estimate_strata(LabelledTable.of(LISTS, DIMENSIONS, people + few), method=chosen)
    without = estimate_strata(two_places(), method=chosen)
    east = found.strata[0]

    assert east.labels == ("east", "2013")
    assert east.estimate.refused is not None
    assert east.estimate.total is None
    assert east.documented == 11
    assert ends(found) == pytest.approx([end + 11 for end in ends(without)], rel=0.01)
    assert found.total.lower_bound
    assert found.total.assumption.startswith("A lower bound")
    assert found.note.startswith("1 of 3 strata have no estimate and enter the total with their documented people alone")
    assert "east, 2013 (11 documented)" in found.note


def test_where_no_stratum_has_an_estimate_the_total_has_none() -> None:
    few = [CaptureHistory(1, ("east", "2013"))] * 7 + [CaptureHistory(2, ("west", "2013"))] * 4
    found = estimate_strata(LabelledTable.of(LISTS, DIMENSIONS, few), method=chosen)

    assert found.total.total is None
    assert found.total.refused is not None
    assert found.total.documented == 11
    assert found.note.startswith("None of 2 strata has an estimate")


def test_no_people_are_no_strata() -> None:
    with pytest.raises(UsageError, match="no one on any list"):
        estimate_strata(LabelledTable.of(LISTS, DIMENSIONS, []), method=chosen)


def test_strata_over_linkages_can_be_estimated_by_every_method_each_with_its_refusals() -> None:
    few = [CaptureHistory(1, ("east", "2013"))] * 7 + [CaptureHistory(2, ("east", "2013"))] * 4
    people = [person for person, n in two_places().cells for _ in range(n)]
    table = LabelledTable.of(LISTS, DIMENSIONS, people + few)
    for method in METHODS:
        jobs: list[Job] = []

        def over(function: Callable[[Job], Estimate], asked: Sequence[Job], jobs: list[Job] = jobs) -> list[Estimate]:
            jobs.extend(asked)
            return [function(job) for job in asked]

        found = estimate_linked_strata(table, [table] * 10, method=method, over=over)
        refused = [one.labels[0] for one in found.strata if one.estimate.refused is not None]
        assert refused == ["east"], method
        assert found.total.lower_bound
        assert found.total.interval is not None
        assert found.total.interval.low <= 911 <= found.total.interval.high or method == "chao"
        assert len(jobs) == 3, "each different table once"


def test_a_stratum_over_linkages_tells_how_many_of_them_kept_each_check() -> None:
    found = estimate_linked_strata(two_places(), [two_places(seed) for seed in range(10)], method="chao")
    checks = {check.name: check.detail for check in found.strata[0].estimate.diagnostics}
    assert "kept in 10 of 10 linkages" in checks["on two lists"]
