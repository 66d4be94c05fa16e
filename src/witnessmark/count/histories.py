"""Linked people by the lists they stand on and the labels they carry (place, period, age, sex), any of which may be missing; and one capture table for each stratum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from witnessmark.count.table import CaptureTable
from witnessmark.errors import UsageError

Labels = tuple[str | None, ...]
"""One label a dimension, None where it is not known."""
Stratum = tuple[str, ...]
"""One label a dimension, all known."""


class CaptureHistory(msgspec.Struct, frozen=True):
    """One linked person: `on` has bit `j` set where they stand on list `j`; `labels` are in the order of the dimensions, None where none is known."""

    on: int
    labels: Labels


class LabelledTable(msgspec.Struct, frozen=True):
    """People counted by their lists and labels; only what occurs is held, in a fixed order."""

    lists: tuple[str, ...]
    dimensions: tuple[str, ...]
    cells: tuple[tuple[CaptureHistory, int], ...]

    @classmethod
    def of(cls, lists: Iterable[str], dimensions: Iterable[str], people: Iterable[CaptureHistory]) -> LabelledTable:
        """A table of people; those on no list are not counted.

        Raises:
            UsageError: a person has more or fewer labels than there are dimensions, or stands on a list there is not.
        """
        names, kinds = tuple(lists), tuple(dimensions)
        counted: Counter[CaptureHistory] = Counter()
        for number, person in enumerate(people, start=1):
            if len(person.labels) != len(kinds):
                raise UsageError(f"Person {number} has {len(person.labels)} labels for {len(kinds)} dimensions ({', '.join(kinds)}).")
            if not 0 <= person.on < 1 << len(names):
                raise UsageError(f"Person {number} has the history {person.on}, which names a list beyond the {len(names)} there are.")
            counted[person] += 1
        return cls.from_counts(names, kinds, counted)

    @classmethod
    def from_counts(cls, lists: tuple[str, ...], dimensions: tuple[str, ...], counted: Counter[CaptureHistory]) -> LabelledTable:
        """A table of counts by history and labels."""
        held = ((person, n) for person, n in counted.items() if person.on and n)
        return cls(lists, dimensions, tuple(sorted(held, key=_in_order)))

    @property
    def documented(self) -> int:
        """How many people there are."""
        return sum(n for _, n in self.cells)

    @property
    def incomplete(self) -> int:
        """How many people lack a label."""
        return sum(n for person, n in self.cells if None in person.labels)

    def values(self, dimension: int) -> tuple[str, ...]:
        """Every label that occurs in a dimension, in order."""
        return tuple(sorted({label for person, _ in self.cells if (label := person.labels[dimension]) is not None}))

    def strata(self) -> dict[Stratum, CaptureTable]:
        """One capture table for each combination of labels that occurs, of the people who lack none."""
        counted: dict[Stratum, list[tuple[int, int]]] = {}
        for person, n in self.cells:
            known = tuple(label for label in person.labels if label is not None)
            if len(known) == len(self.dimensions):
                counted.setdefault(known, []).append((person.on, n))
        return {stratum: CaptureTable.from_histories(self.lists, counted[stratum]) for stratum in sorted(counted)}


def _in_order(cell: tuple[CaptureHistory, int]) -> tuple[int, tuple[tuple[bool, str], ...]]:
    return cell[0].on, tuple((label is None, label or "") for label in cell[0].labels)
