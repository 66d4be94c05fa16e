from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.count.published_tables import ARTIFICIAL_3, KOSOVO, UK_6

from witnessmark.count import CaptureTable, estimate
from witnessmark.count.checks import identifiable, list_warnings, refusal, unidentifiable
from witnessmark.count.existence import exists, fit_existing
from witnessmark.count.gates import Gates
from witnessmark.count.observable import observe
from witnessmark.count.terms import closure, pairs
from witnessmark.errors import UsageError

ARTIFICIAL = np.array(ARTIFICIAL_3.counts, dtype=np.float64)


def _table(**counts: int) -> CaptureTable:
    """Histories by the letters of their lists: `ab=3` for three people on lists a and b."""
    lists = sorted({letter for history in counts for letter in history})
    return CaptureTable.from_mapping(lists, {tuple(history): n for history, n in counts.items()})


@pytest.mark.parametrize(
    ("generators", "ident", "exist"),
    [(pairs(3), False, True), ((0b011,), True, False), ((0b101, 0b110), True, True)],
    ids=["all pairs", "1 2", "1 3, 2 3"],
)
def test_the_three_models_of_the_artificial_table_fail_as_published(generators: tuple[int, ...], ident: bool, exist: bool) -> None:  # noqa: FBT001
    cells = observe(ARTIFICIAL, 3, closure(generators, 3))

    assert identifiable(3, cells.kept, cells.empty) is ident
    assert exists(cells.design, cells.counts) is exist


def test_an_overlap_without_anyone_takes_its_cells_and_parameter_out_of_the_fit() -> None:
    cells = observe(ARTIFICIAL, 3, closure((0b101,), 3))

    assert cells.empty == (0b101,)
    assert sorted(cells.histories) == [0b001, 0b010, 0b011, 0b100, 0b110]
    assert cells.kept == (0b001, 0b010, 0b100)


def test_an_interaction_within_an_empty_one_is_gone_with_it() -> None:
    cells = observe(ARTIFICIAL, 3, closure((0b111,), 3))

    assert cells.empty == (0b101, 0b110)


def test_a_model_without_finite_estimate_is_refused_in_words_that_name_it() -> None:
    found = estimate(ARTIFICIAL_3, method="loglinear", model="[12]")

    assert found.total is None
    assert found.refused is not None
    assert "[12,3] has no finite estimate" in found.refused


def test_the_saturated_model_is_refused_as_not_identifiable() -> None:
    found = estimate(KOSOVO, method="loglinear", model="[1234]")

    assert found.refused is not None
    assert "16 parameters" in found.refused
    assert "only 15" in found.refused


def test_a_fit_that_only_looks_as_if_it_had_arrived_is_none() -> None:
    counts = np.array([0, 0, 33, 0, 57, 1, 31, 2, 17, 0, 7, 0, 17, 0, 22, 0], dtype=np.float64)
    cells = observe(counts, 4, closure((0b0111,), 4))

    assert not exists(cells.design, cells.counts)
    assert fit_existing(cells.design, cells.counts) is None


@pytest.mark.parametrize("method", ["lcmcr", "loglinear", "decomposable", "chao"])
def test_two_lists_are_refused_by_every_method(method: str) -> None:
    pytest.importorskip("witnessmark.count.lcmcr") if method == "lcmcr" else None
    found = estimate(_table(a=40, b=30, ab=12), method=method)

    assert found.total is None
    assert found.documented == 82
    assert found.refused is not None
    assert "at least three" in found.refused


def test_a_third_list_with_no_one_on_it_does_not_make_three() -> None:
    table = CaptureTable.from_histories(("a", "b", "c"), [(0b01, 40), (0b10, 30), (0b11, 12)])

    assert "2 lists hold anyone (a, b)" in (refusal(table) or "")
    assert [d.name for d in list_warnings(table)] == ["empty list"]


def test_lists_with_no_one_at_all_are_refused() -> None:
    assert "no one" in (refusal(CaptureTable.from_histories(("a", "b", "c"), [])) or "")


def test_three_lists_that_overlap_two_by_two_are_identifiable_without_anyone_on_all_three() -> None:
    assert unidentifiable(_table(a=9, b=9, c=9, ab=2, ac=2, bc=2)) is None
    assert unidentifiable(_table(a=9, b=9, c=9, ab=2, ac=2)) is not None
    assert unidentifiable(KOSOVO) is None


def test_pairs_of_lists_with_no_one_in_common_are_named() -> None:
    details = [d.detail for d in list_warnings(UK_6) if d.name == "empty overlap"]

    assert [detail.split(" have")[0] for detail in details] == ["LA and GP", "LA and NCA"]


def test_a_list_within_another_is_named_as_perhaps_drawn_from_it() -> None:
    warnings = list_warnings(_table(a=100, ab=30, b=1, abc=10, ac=20, c=30))

    assert [(d.name, d.kept) for d in warnings] == [("list within another", False)]
    assert warnings[0].detail.startswith("40 of the 41 people on b stand on a too")


def test_two_lists_nearly_alike_are_named_as_perhaps_copied() -> None:
    warnings = list_warnings(_table(a=3, ab=90, b=4, abc=10, bc=1, c=30))

    assert [d.name for d in warnings] == ["lists alike"]
    assert "may be merged or copied" in warnings[0].detail


def test_warnings_of_the_lists_come_with_every_estimate() -> None:
    for method in ("chao", "decomposable"):
        assert any(
            d.name == "list within another" for d in estimate(_table(a=100, ab=30, b=1, abc=10, ac=20, c=30), method=method).diagnostics
        )


METHODS = ["lcmcr", "loglinear", "decomposable", "chao"]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (_table(a=30, b=40, ab=10), "2 lists hold anyone (a, b)"),
        (CaptureTable.from_histories(("a", "b", "c"), []), "The lists hold no one"),
    ],
    ids=["two lists", "no one"],
)
def test_every_method_refuses_what_cannot_be_counted_in_the_same_words(table: CaptureTable, words: str) -> None:
    reasons = {estimate(table, method=method).refused for method in METHODS}

    assert len(reasons) == 1
    assert words in (reasons.pop() or "")


@pytest.mark.parametrize("method", METHODS)
def test_a_list_without_anyone_changes_no_estimate(method: str) -> None:
    three = _table(a=60, b=50, c=40, ab=20, ac=12, bc=14, abc=6)
    four = CaptureTable.from_histories(("a", "none", "b", "c"), [((h & 1) | (h & 6) << 1, n) for h, n in enumerate(three.counts)])
    ways: dict[str, dict[str, Any]] = {"lcmcr": {"gates": ANY, "most_sweeps": 4_000}, "loglinear": {"resamples": 0}}
    parameters = ways.get(method, {})
    plain, with_empty = (estimate(table, method=method, **parameters) for table in (three, four))

    assert plain.total is not None
    assert (plain.total, plain.interval) == (with_empty.total, with_empty.interval)
    assert [warning.detail for warning in with_empty.diagnostics if warning.name == "empty list"] == ["none holds no one; it is left out."]


ANY = Gates(rhat=9, ess=1, between=1000, median_error=9, end_error=99)


@pytest.mark.parametrize("count", ["", "0"], ids=["empty", "zero"])
def test_the_line_of_those_on_no_list_may_stand_there_without_a_count(tmp_path: Path, count: str) -> None:
    (tmp_path / "lists.csv").write_text(f"a,b,c,count\n0,0,0,{count}\n1,0,0,7\n", encoding="utf-8")
    assert CaptureTable.read_csv(tmp_path / "lists.csv").documented == 7


def test_a_count_of_those_on_no_list_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lists.csv").write_text("a,b,c,count\n1,0,0,7\n0,0,0,5\n", encoding="utf-8")
    with pytest.raises(UsageError, match="line 3 counts '5' people who stand on no list"):
        CaptureTable.read_csv(tmp_path / "lists.csv")


def test_where_only_a_bound_can_be_had_it_says_what_it_supposes() -> None:
    told = [
        d.detail for d in estimate(_table(a=90, b=90, c=90, ab=20, ac=20), method="chao").diagnostics if d.name == "independence not seen"
    ]
    assert len(told) == 1
    assert "is no bound" in told[0]
    assert not [d for d in estimate(KOSOVO, method="chao").diagnostics if d.name == "independence not seen"]
