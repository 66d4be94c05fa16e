"""No small cell of what is published can be worked out from what stands beside it."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.count.suppression import Labels, Suppressed, suppress_small_cells
from witnessmark.errors import UsageError

TABLE: dict[tuple[str, ...], int] = {
    ("north", "2013"): 40,
    ("north", "2014"): 3,
    ("south", "2013"): 25,
    ("south", "2014"): 30,
    ("east", "2013"): 12,
    ("east", "2014"): 18,
}


def test_small_cells_are_left_out_and_none_beside() -> None:
    found = suppress_small_cells(TABLE)

    assert found.small == (("north", "2014"),)
    assert found.cells["north", "2014"] is None
    assert found.cells["south", "2014"] == 30
    assert found.cells[None, None] == 128


def test_a_cell_alone_in_its_row_and_column_takes_neighbours_with_it() -> None:
    found = suppress_small_cells(TABLE)

    assert set(found.secondary) == {("north", "2013"), ("east", "2014"), ("east", "2013")}


def test_a_table_without_small_cells_is_published_whole() -> None:
    found = suppress_small_cells({("north",): 10, ("south",): 20, ("east",): 0})

    assert found.cells == {("north",): 10, ("south",): 20, ("east",): 0, (None,): 30}


def test_a_small_total_is_suppressed_too() -> None:
    found = suppress_small_cells({("north", "2013"): 2, ("south", "2013"): 50, ("south", "2014"): 60})

    assert found.cells["north", None] is None
    assert found.cells["north", "2013"] is None


def test_a_single_small_stratum_leaves_nothing_published() -> None:
    assert set(suppress_small_cells({("north",): 3}).cells.values()) == {None}


@pytest.mark.parametrize(
    ("counts", "below"), [({}, 5), ({("a",): 1, ("a", "b"): 2}, 5), ({("a",): 1}, 1)], ids=["none", "lengths", "below"]
)
def test_what_cannot_be_published_so_is_refused(counts: dict[tuple[str, ...], int], below: int) -> None:
    with pytest.raises(UsageError):
        suppress_small_cells(counts, below=below)


def possible(found: Suppressed, rows: tuple[str, ...], columns: tuple[str, ...], most: int) -> dict[Labels, set[int]]:
    """Values of each suppressed cell in all tables of up to `most` people a cell that agree with what is published: by trying them all."""
    inner = list(product(rows, columns))
    ranges = [range(1, most + 1) if found.cells[cell] is None else (found.cells[cell] or 0,) for cell in inner]
    seen: dict[Labels, set[int]] = {cell: set() for cell in inner if found.cells[cell] is None}
    for values in product(*ranges):
        table = dict(zip(inner, values, strict=True))
        sums: dict[Labels, int] = {(row, None): sum(table[row, column] for column in columns) for row in rows}
        sums |= {(None, column): sum(table[row, column] for row in rows) for column in columns}
        sums[None, None] = sum(values)
        if all(found.cells[labels] in {None, total} for labels, total in sums.items()):
            for cell, values_of in seen.items():
                values_of.add(table[cell])  # type: ignore[index]
    return seen


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=4, max_size=4))
def test_whoever_tries_every_table_that_agrees_finds_no_suppressed_cell(people: list[int]) -> None:
    rows, columns = ("r", "s"), ("x", "y")
    found = suppress_small_cells(dict(zip(product(rows, columns), people, strict=True)), below=3)

    for cell, values in possible(found, rows, columns, 14).items():
        assert len(values) >= 3, (cell, values)
