"""No small cell of what is published can be worked out from what stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.errors import UsageError
from witnessmark.protect import small_cells
from witnessmark.protect.small_cells import Sum, hidden_cells

Labels = tuple[str | None, ...]

TABLE: dict[tuple[str, ...], int] = {
    ("north", "2013"): 40,
    ("north", "2014"): 3,
    ("south", "2013"): 25,
    ("south", "2014"): 30,
    ("east", "2013"): 12,
    ("east", "2014"): 18,
}


def with_totals(counts: Mapping[tuple[str, ...], int]) -> tuple[dict[Labels, int], list[Sum[Labels]]]:
    """A table with every total over it: None stands for all labels of a dimension together."""
    values = [sorted({labels[k] for labels in counts}) for k in range(len(next(iter(counts))))]
    people: dict[Labels, int] = dict.fromkeys(product(*((*known, None) for known in values)), 0)
    for labels, n in counts.items():
        for total in product(*((label, None) for label in labels)):
            people[total] += n
    sums = [
        Sum(total, [(*total[:k], label, *total[k + 1 :]) for label in values[k]])
        for total in people
        for k in range(len(values))
        if total[k] is None
    ]
    return people, sums


def hidden_of(counts: Mapping[tuple[str, ...], int], below: int = 5) -> frozenset[Labels]:
    return hidden_cells(*with_totals(counts), below=below)


def test_a_cell_alone_in_its_row_and_column_takes_neighbours_with_it() -> None:
    assert hidden_of(TABLE) == {("north", "2014"), ("north", "2013"), ("east", "2014"), ("east", "2013")}


def test_a_table_without_small_cells_is_published_whole() -> None:
    assert not hidden_of({("north",): 10, ("south",): 20, ("east",): 0})


def test_a_small_total_is_left_out_too() -> None:
    found = hidden_of({("north", "2013"): 2, ("south", "2013"): 50, ("south", "2014"): 60})

    assert {("north", None), ("north", "2013")} <= found


def test_a_single_small_stratum_leaves_nothing_published() -> None:
    assert hidden_of({("north",): 3}) == {("north",), (None,)}


def test_no_more_is_hidden_than_the_small_cells_need() -> None:
    """The 5 beside the 1 is hidden first and is not enough; with the 7 hidden too it is not needed."""
    people = {"all": 63, "a": 1, "b": 5, "c": 7, "d": 50}

    assert hidden_cells(people, [Sum("all", ["a", "b", "c", "d"])], known=["all"]) == {"a", "c"}


def test_a_total_known_from_elsewhere_stays_and_its_cells_go_instead() -> None:
    people = {"all": 60, "north": 3, "south": 20, "east": 37}
    sums = [Sum("all", ["north", "south", "east"])]

    assert hidden_cells(people, sums, known=["all"]) == {"north", "south"}
    assert hidden_cells({"all": 7, "north": 3, "south": 4}, [Sum("all", ["north", "south"])], known=["all"]) == {"north", "south"}


def test_what_is_never_published_protects_and_is_not_told() -> None:
    people = {"2013": 30, "north": 3, "south": 20, "elsewhere": 7}
    sums = [Sum("2013", ["north", "south", "elsewhere"])]

    assert hidden_cells(people, sums, unpublished=["elsewhere"]) == {"north"}


def test_without_the_means_to_reckon_a_table_with_a_small_cell_keeps_all_of_it_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(small_cells, "_can_reckon", lambda: False)

    assert hidden_of(TABLE) == set(with_totals(TABLE)[0])
    assert not hidden_of({("north",): 10, ("south",): 20})


def test_a_least_number_that_hides_nothing_is_refused() -> None:
    with pytest.raises(UsageError):
        hidden_cells({"a": 1}, [], below=1)


def possible(
    counts: Mapping[tuple[str, ...], int], hidden: frozenset[Labels], rows: tuple[str, ...], columns: tuple[str, ...], most: int
) -> dict[Labels, set[int]]:
    """Values of each small cell in all tables of up to `most` people a cell that agree with what is published: by trying them all."""
    published = {labels: n for labels, n in with_totals(counts)[0].items() if labels not in hidden}
    inner: list[Labels] = list(product(rows, columns))
    small = with_totals(counts)[0]
    ranges = [(published[cell],) if cell in published else range(1, most + 1) for cell in inner]
    seen: dict[Labels, set[int]] = {cell: set() for cell in inner if cell in hidden and small[cell] < 3}
    for values in product(*ranges):
        table = dict(zip(inner, values, strict=True))
        sums: dict[Labels, int] = {(row, None): sum(table[row, column] for column in columns) for row in rows}
        sums |= {(None, column): sum(table[row, column] for row in rows) for column in columns}
        sums[None, None] = sum(values)
        if all(published.get(labels, total) == total for labels, total in sums.items()):
            for cell, values_of in seen.items():
                values_of.add(table[cell])
    return seen


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=4, max_size=4))
def test_whoever_tries_every_table_that_agrees_finds_no_small_cell(people: list[int]) -> None:
    rows, columns = ("r", "s"), ("x", "y")
    counts: dict[tuple[str, ...], int] = dict(zip(product(rows, columns), people, strict=True))

    for cell, values in possible(counts, hidden_of(counts, below=3), rows, columns, 14).items():
        assert len(values) >= 3, (cell, values)


OVERLAPS = {"a": 30, "b": 25, "c": 28, "ab": 12, "ac": 2, "bc": 9, "abc": 11}
"""People on exactly these of three lists."""


def test_whoever_tries_every_table_that_agrees_finds_no_small_overlap_though_the_sizes_of_the_lists_are_known() -> None:
    sizes = {f"on {name}": sum(n for cell, n in OVERLAPS.items() if name in cell) for name in "abc"}
    sums = [
        Sum("all", list(OVERLAPS)),
        *(Sum(f"on {name}", [cell for cell in OVERLAPS if name in cell]) for name in "abc"),
    ]

    hidden = hidden_cells({**OVERLAPS, **sizes, "all": sum(OVERLAPS.values())}, sums, known=[*sizes, "all"])

    agreeing = [
        table
        for ac, abc, ab in product(range(1, 46), range(1, 23), range(1, 46))
        if (table := _completed(ac, abc, ab)) is not None and all(table[cell] == n for cell, n in OVERLAPS.items() if cell not in hidden)
    ]
    assert "ac" in hidden
    assert len({table["ac"] for table in agreeing}) >= 5


def _completed(ac: int, abc: int, ab: int) -> dict[str, int] | None:
    """The one table with these overlaps, the sizes of the lists and the whole as known; None where there is none."""
    bc = 55 + 57 + 50 - sum(OVERLAPS.values()) - ab - ac - 2 * abc
    alone = {"a": 55 - ab - ac - abc, "b": 57 - ab - bc - abc, "c": 50 - ac - bc - abc}
    table = {**alone, "ab": ab, "ac": ac, "bc": bc, "abc": abc}
    return table if min(table.values()) >= 0 else None
