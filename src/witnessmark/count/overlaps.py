"""How lists overlap: sizes, who two have in common, who is on exactly which, and what that says of the lists. No estimate, so it needs no three lists and can always be shown."""

from __future__ import annotations

from witnessmark.count.checks import list_warnings, overlap
from witnessmark.count.table import CaptureTable
from witnessmark.count.terms import members, pairs
from witnessmark.model.counting import Intersection, ListSize, Overlaps, PairOverlap


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
