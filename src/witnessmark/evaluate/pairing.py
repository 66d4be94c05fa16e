"""Pairing: which claim that was read is which claim of the gold, by the words of their contents.

A span counts as its set of words, so marks at its edges never matter. Gold and read claims are matched one to one, the best overlap first,
and never below an F of one half.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

WORD = re.compile(r"\w+")
LEAST = 0.5

Extent = tuple[int, int]
Words = frozenset[int]


class WordPlaces:
    """Where the words of a text stand."""

    def __init__(self, text: str) -> None:
        found = [(m.start(), m.end()) for m in WORD.finditer(text)]
        self._starts = [start for start, _ in found]
        self._ends = [end for _, end in found]

    def of(self, extents: Iterable[Extent]) -> Words:
        """The numbers of the words that share a character with the extents."""
        return frozenset(i for start, end in extents for i in range(bisect_right(self._ends, start), bisect_left(self._starts, end)))


def overlap(one: Words, other: Words) -> float:
    """The F of two sets of words; 1 where both are empty."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0


def pairs(gold: Sequence[Words], read: Sequence[Words]) -> dict[int, int]:
    """The read claim of each gold claim that has one."""
    candidates = sorted(
        ((overlap(g, r), i, j) for i, g in enumerate(gold) for j, r in enumerate(read) if g & r), key=lambda c: (-c[0], c[1], c[2])
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for score, i, j in candidates:
        if score >= LEAST and i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return found
