"""Chance for synthetic lists that is the same in every process, version of Python and of numpy.

Only the raw bits of PCG64 are used, whose stream numpy promises to keep; what a draw makes of them stands here.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

import numpy as np

T = TypeVar("T")
BLOCK = 1 << 14


class Weighted(Generic[T]):
    """Options with their weights, summed once so that a draw is a search."""

    def __init__(self, options: Sequence[T], weights: Sequence[float]) -> None:
        self.options = tuple(options)
        self.sums = tuple(accumulate(weights))

    @classmethod
    def ranked(cls, options: Sequence[T], skew: float) -> Weighted[T]:
        """The first the likeliest: weight 1 / rank ** skew (Zipf)."""
        return cls(options, [(rank + 1) ** -skew for rank in range(len(options))])


class Dice:
    """Uniform numbers from a seed and the part of the work they are for, drawn in blocks, since one at a time is slow.

    A part ends in no 0, which numpy would take for no number at all.
    """

    def __init__(self, seed: int, *part: int) -> None:
        self._next = self._stream(np.random.PCG64([seed, *part])).__next__

    @staticmethod
    def _stream(bits: np.random.PCG64) -> Iterator[float]:
        while True:
            yield from ((bits.random_raw(BLOCK) >> np.uint64(11)) * 2.0**-53).tolist()

    def chance(self, rate: float) -> bool:
        """True at this rate."""
        return self._next() < rate

    def below(self, end: int) -> int:
        """A whole number from 0 to `end`, itself left out."""
        return int(self._next() * end)

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both among them."""
        return low + int(self._next() * (high - low + 1))

    def one(self, options: Sequence[T]) -> T:
        """One of these, all alike likely."""
        return options[int(self._next() * len(options))]

    def of(self, weighted: Weighted[T]) -> T:
        """One of these by their weights."""
        return weighted.options[min(bisect(weighted.sums, self._next() * weighted.sums[-1]), len(weighted.options) - 1)]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The same in another order (Fisher and Yates)."""
        out = list(items)
        for last in range(len(out) - 1, 0, -1):
            at = self.below(last + 1)
            out[last], out[at] = out[at], out[last]
        return out
