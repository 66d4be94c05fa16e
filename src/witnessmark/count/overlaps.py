"""How lists overlap: sizes, who two have in common, who is on exactly which, and what that says of the lists. No estimate, so it needs no three lists and can always be shown."""

from __future__ import annotations

import msgspec

from witnessmark.count.checks import list_warnings, overlap
from witnessmark.count.table import CaptureTable
from witnessmark.count.terms import members, pairs
from witnessmark.model.estimate import Diagnostic


class ListSize(msgspec.Struct, frozen=True):
    """A list: how many people it holds, and how many of them stand on no other."""

    name: str
    people: int
    alone: int


class PairOverlap(msgspec.Struct, frozen=True):
    """Two lists: how many people stand on both, and what share of the first and of the second that is (None where the list holds no one)."""

    first: str
    second: str
    people: int
    share_of_first: float | None
    share_of_second: float | None


class Intersection(msgspec.Struct, frozen=True):
    """How many people stand on all of these lists and on no other: a column of an UpSet plot (Lex and others, IEEE TVCG 20, 2014)."""

    lists: tuple[str, ...]
    people: int


class Overlaps(msgspec.Struct, frozen=True):
    """Everything that is to be seen of a capture table without an estimate; `intersections` are those that hold anyone, the largest first."""

    documented: int
    sizes: tuple[ListSize, ...]
    pairs: tuple[PairOverlap, ...]
    intersections: tuple[Intersection, ...]
    warnings: tuple[Diagnostic, ...]


def describe_overlaps(table: CaptureTable) -> Overlaps:
    """The overlaps of any lists, however few."""
    sizes = table.sizes()
    held = [(history, n) for history, n in enumerate(table.counts) if n]
    return Overlaps(
        documented=table.documented,
        sizes=tuple(ListSize(name, sizes[j], table.counts[1 << j]) for j, name in enumerate(table.lists)),
        pairs=tuple(_pair(table, sizes, pair) for pair in pairs(len(table.lists))),
        intersections=tuple(
            Intersection(tuple(table.lists[j] for j in members(history)), n)
            for history, n in sorted(held, key=lambda cell: (-cell[1], cell[0]))
        ),
        warnings=list_warnings(table),
    )


def _pair(table: CaptureTable, sizes: tuple[int, ...], pair: int) -> PairOverlap:
    i, j = members(pair)
    shared = overlap(table, pair)
    share = [shared / sizes[k] if sizes[k] else None for k in (i, j)]
    return PairOverlap(table.lists[i], table.lists[j], shared, *share)
