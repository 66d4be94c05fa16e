"""Which cells of a table of people by stratum are left out of what is published, so that no small one can be worked out from its neighbours and the totals.

A cell of one to `below - 1` people is suppressed, and so is a total that is so small. Whoever knows the rest can still reckon: what they can learn of a suppressed cell is the range
of values that agree with every published cell and total, a linear program (Fischetti & Salazar, Journal of the American Statistical Association 95, 2000). Where that range
spans fewer than `below` people, further cells are suppressed, smallest first, until it does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import product

import msgspec
import numpy as np
from numpy.typing import NDArray

from witnessmark.errors import UsageError

BELOW = 5
"""The usual least number of people in a published cell."""
Labels = tuple[str | None, ...]
"""One label a dimension; None stands for all of them together."""

Floats = NDArray[np.float64]
SLACK = 1e-6


class Suppressed(msgspec.Struct, frozen=True):
    """A table as it may be published: people by labels, totals included (None in place of a label), and None for what is suppressed.

    `small` are suppressed for being small, `secondary` to protect those; neither is to be published as such.
    """

    cells: dict[Labels, int | None]
    small: tuple[Labels, ...]
    secondary: tuple[Labels, ...]


def suppress_small_cells(counts: Mapping[tuple[str, ...], int], *, below: int = BELOW) -> Suppressed:
    """The table of these strata and of every total over them, without what is small or would give it away. Strata without anyone are published as 0.

    Raises:
        UsageError: there are no strata, their labels are not of one length, or `below` is under 2.
    """
    if below < 2:
        raise UsageError(f"below={below!r} suppresses nothing; 5 is usual.")
    if len({len(labels) for labels in counts}) != 1:
        raise UsageError("There are no strata to publish, or they do not have one label for each dimension.")
    table = _Table(counts, below)
    small = [labels for labels, n in table.people.items() if 0 < n < below]
    hidden = dict.fromkeys(small)
    waiting = list(small)
    # what is suppressed later can only widen what is possible for the earlier, so each is looked at once
    while waiting:
        cell = waiting.pop()
        while not table.protected(cell, hidden):
            further = table.next_to_hide(hidden)
            hidden[further] = None
            waiting.append(further)
    published = {labels: None if labels in hidden else n for labels, n in table.people.items()}
    return Suppressed(published, tuple(small), tuple(cell for cell in hidden if cell not in small))


class _Table:
    """Cells and totals, and which of them add up to which."""

    def __init__(self, counts: Mapping[tuple[str, ...], int], below: int) -> None:
        self._below = below
        dimensions = len(next(iter(counts)))
        values = [sorted({labels[k] for labels in counts}) for k in range(dimensions)]
        self.people: dict[Labels, int] = dict.fromkeys(product(*((*known, None) for known in values)), 0)
        for labels, n in counts.items():
            for total in product(*((label, None) for label in labels)):
                self.people[total] += n
        self._sums = [
            (total, [(*total[:k], label, *total[k + 1 :]) for label in values[k]])
            for total in self.people
            for k in range(dimensions)
            if total[k] is None
        ]

    def protected(self, cell: Labels, hidden: Mapping[Labels, None]) -> bool:
        """Whether what is published leaves open at least `below` people more or fewer in this cell."""
        from scipy.optimize import linprog

        place = {labels: k for k, labels in enumerate(hidden)}
        rows, known = self._equations(place)
        goal = np.zeros(len(place))
        goal[place[cell]] = 1.0
        # whoever reads a suppressed cell knows that someone is in it, since cells without anyone are published
        least, most = (linprog(sign * goal, A_eq=rows, b_eq=known, bounds=(1, None), method="highs") for sign in (1, -1))
        unbounded = most.status == 3
        return unbounded or bool(-most.fun - least.fun >= self._below - SLACK)

    def next_to_hide(self, hidden: Mapping[Labels, None]) -> Labels:
        """The published one that joins most sums in which a hidden one stands alone; else one beside any hidden one; of these a stratum before a total, and the smallest."""
        sums = [{total, *parts} for total, parts in self._sums]
        touched = [some for some in sums if any(labels in hidden for labels in some)]
        alone = [some for some in touched if sum(labels in hidden for labels in some) == 1]
        joined = self._joined(alone, hidden) or self._joined(touched, hidden) or self._joined(sums, hidden)
        return min(joined, key=lambda labels: (-joined[labels], *self._smallest_first(labels)))

    def _joined(self, sums: list[set[Labels]], hidden: Mapping[Labels, None]) -> Counter[Labels]:
        return Counter(labels for some in sums for labels in some if self.people[labels] and labels not in hidden)

    def _smallest_first(self, labels: Labels) -> tuple[int, int, tuple[str, ...]]:
        return sum(label is None for label in labels), self.people[labels], tuple(label or "" for label in labels)

    def _equations(self, place: Mapping[Labels, int]) -> tuple[Floats | None, Floats | None]:
        rows, known = [], []
        for total, parts in self._sums:
            terms = [(total, -1.0), *((part, 1.0) for part in parts)]
            if any(labels in place for labels, _ in terms):
                row = np.zeros(len(place))
                for labels, sign in terms:
                    if labels in place:
                        row[place[labels]] += sign
                rows.append(row)
                known.append(-sum(sign * self.people[labels] for labels, sign in terms if labels not in place))
        return (np.array(rows), np.array(known)) if rows else (None, None)
