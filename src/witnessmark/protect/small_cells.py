"""Which counts of people are left out of what is published, so that no small one can be worked out from its neighbours and the totals.

A count of one to `below - 1` people is left out, whether it is a cell or a total. Whoever knows the rest can still reckon: what they can learn of it is the range of values that
agree with every published cell and total, a linear program (Fischetti & Salazar, Journal of the American Statistical Association 95, 2000). Where that range spans
fewer than `below` people, further counts are left out, smallest first, until it does; then those that turn out not to be needed are shown after all. It lies here because drafts and public dossiers pass through it alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from witnessmark.errors import UsageError

BELOW = 5
"""The usual least number of people in a published cell."""

Key = TypeVar("Key", bound=Hashable)
Floats = NDArray[np.float64]
SLACK = 1e-6
MOST_TRIED = 80
"""Hidden counts up to which each is tried without: a second of work; of more, nearly all are small."""


class Sum(NamedTuple, Generic[Key]):
    """A total and the cells it adds up; a total may itself be part of another."""

    total: Key
    parts: Sequence[Key]


def small_cells(people: Mapping[Key, int], below: int = BELOW) -> list[Key]:
    """The counts that are too small to be published whatever stands beside them."""
    return [key for key, n in people.items() if 0 < n < below]


def hidden_cells(
    people: Mapping[Key, int],
    sums: Sequence[Sum[Key]],
    *,
    known: Collection[Key] = (),
    unpublished: Collection[Key] = (),
    below: int = BELOW,
) -> frozenset[Key]:
    """The counts that are not to be published: what is small, and what would give it away. Cells without anyone are published as 0.

    Where scipy is missing nothing can be reckoned, and a table that has a small cell keeps back all it can.

    Args:
        people: every cell and every total, by name.
        sums: which of them add up to which.
        known: counts that are published elsewhere, and so cannot be hidden unless they are small themselves.
        unpublished: counts that are never published, and that a reader does not know to hold anyone.
        below: the least number of people in a published cell.

    Raises:
        UsageError: `below` is under 2.
    """
    if below < 2:
        raise UsageError(f"below={below!r} hides nothing; {BELOW} is usual.")
    return frozenset(_Audit(people, sums, frozenset(known), frozenset(unpublished), below).hide())


class _Audit(Generic[Key]):
    """What somebody can work out of what is hidden so far, and what to hide next."""

    def __init__(
        self, people: Mapping[Key, int], sums: Sequence[Sum[Key]], known: frozenset[Key], unpublished: frozenset[Key], below: int
    ) -> None:
        self._people, self._sums, self._below = people, sums, below
        self._known, self._unpublished = known, unpublished
        self._totals = {some.total for some in sums}
        self._order = {key: at for at, key in enumerate(people)}
        self._reckons = _can_reckon()
        self.low, self.high = self._as_it_is()

    def hide(self) -> set[Key]:
        """All that has to be hidden, without what is never published."""
        small = [key for key in small_cells(self._people, self._below) if key not in self._unpublished]
        if not small:
            return set()
        hidden = dict.fromkeys([*small, *sorted(self._unpublished, key=self._order.__getitem__)])
        # what is hidden later can only widen what is possible for the earlier, so each is looked at once
        for cell in small:
            while not self._protected(cell, hidden) and (further := self._next(hidden)) is not None:
                hidden[further] = None
        return self._spared(hidden, small).keys() - self._unpublished

    def _spared(self, hidden: Mapping[Key, None], small: Sequence[Key]) -> Mapping[Key, None]:
        """What is hidden without what no small cell needs, tried from the largest on."""
        further = [key for key in hidden if key not in small and key not in self._unpublished]
        if not self._reckons or len(hidden) > MOST_TRIED:
            return hidden
        needed = [cell for cell in small if self._protected(cell, hidden)]
        for cell in sorted(further, key=lambda key: (-self._people[key], self._order[key])):
            without = {key: None for key in hidden if key != cell}
            self.low, self.high = self._as_it_is()
            if all(self._protected(each, without) for each in needed):
                hidden = without
        return hidden

    def _as_it_is(self) -> tuple[dict[Key, float], dict[Key, float]]:
        """The least and the most each cell is known to be able to hold, before anything was looked for."""
        people = {key: float(n) for key, n in self._people.items()}
        return people, dict(people)

    def _protected(self, cell: Key, hidden: Mapping[Key, None]) -> bool:
        """Whether what is published leaves open at least `below` people more or fewer in this cell."""
        return self._reckons and (self._is_wide(cell) or self._widen(cell, hidden))

    def _is_wide(self, cell: Key) -> bool:
        return self.high[cell] - self.low[cell] >= self._below - SLACK

    def _widen(self, cell: Key, hidden: Mapping[Key, None]) -> bool:
        """Look for the least and the most a cell may hold; every table found on the way shows what other cells may hold."""
        from scipy.optimize import linprog

        place = {key: at for at, key in enumerate(hidden)}
        rows, known = self._equations(place)
        goal = np.zeros(len(place))
        goal[place[cell]] = 1.0
        # whoever reads a hidden cell knows that someone is in it, since cells without anyone are published
        bounds = [(0 if key in self._unpublished else 1, None) for key in place]
        for sign in (1, -1):
            found = linprog(sign * goal, A_eq=rows, b_eq=known, bounds=bounds, method="highs")
            if found.status == 3:  # without bound
                return True
            if found.x is None:  # sums that do not add up say nothing of what may be shown
                return False
            for key, value in zip(place, found.x, strict=True):
                self.low[key], self.high[key] = min(self.low[key], value), max(self.high[key], value)
        return self._is_wide(cell)

    def _next(self, hidden: Mapping[Key, None]) -> Key | None:
        """The published count that joins most sums in which a hidden one stands alone; else one beside any hidden one; of these a cell before a total, and the smallest."""
        sums = [{some.total, *some.parts} for some in self._sums]
        touched = [some for some in sums if any(key in hidden for key in some)]
        alone = [some for some in touched if sum(key in hidden for key in some) == 1]
        joined = self._joined(alone, hidden) or self._joined(touched, hidden) or self._joined(sums, hidden)
        if not joined:
            return None
        return min(joined, key=lambda key: (-joined[key], key in self._totals, self._people[key], self._order[key]))

    def _joined(self, sums: list[set[Key]], hidden: Mapping[Key, None]) -> Counter[Key]:
        return Counter(key for some in sums for key in some if self._people[key] and key not in hidden and key not in self._known)

    def _equations(self, place: Mapping[Key, int]) -> tuple[Floats | None, Floats | None]:
        rows, values = [], []
        for some in self._sums:
            terms = [(some.total, -1.0), *((part, 1.0) for part in some.parts)]
            if any(key in place for key, _ in terms):
                row = np.zeros(len(place))
                for key, sign in terms:
                    if key in place:
                        row[place[key]] += sign
                rows.append(row)
                values.append(-sum(sign * self._people[key] for key, sign in terms if key not in place))
        return (np.array(rows), np.array(values)) if rows else (None, None)


def _can_reckon() -> bool:
    from importlib.util import find_spec

    return find_spec("scipy") is not None
