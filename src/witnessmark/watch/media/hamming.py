"""Searching packed hashes by the bits in which they differ: multi-index hashing (Norouzi, Punjani & Fleet 2012, "Fast Search in Hamming Space with Multi-Index Hashing").

A hash is cut into pieces of 16 bits, each with a table. Two hashes of 256 bits that differ in at most 47 differ in at most 2 bits of some piece, so that only hashes
are compared which share a piece but for so many bits. Nothing within the radius is missed.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

import numpy as np
import numpy.typing as npt

_PIECE = 16

Packed = npt.NDArray[np.uint8]
Rows = npt.NDArray[np.int64]


def distances(one: Packed, others: Packed) -> npt.NDArray[np.int64]:
    """In how many bits packed hashes differ, over the last axis."""
    return np.asarray(np.bitwise_count(one ^ others).sum(axis=-1, dtype=np.int64))


class HashIndex:
    """Hashes (N x bytes, an even number of bytes) in which those near to a given one are found."""

    def __init__(self, hashes: Packed) -> None:
        self._hashes = np.ascontiguousarray(hashes)
        pieces = self._hashes.view("<u2").reshape(len(hashes), hashes.shape[1] * 8 // _PIECE)
        self._rows = [np.argsort(piece, kind="stable").astype(np.int32) for piece in pieces.T]
        self._starts = [np.searchsorted(piece[rows], np.arange(2**_PIECE + 1)) for piece, rows in zip(pieces.T, self._rows, strict=True)]

    def near(self, wanted: Packed, radius: int) -> tuple[Rows, Rows]:
        """The rows of all hashes that differ from `wanted` in at most `radius` bits, in their order, and in how many they differ."""
        found = [self._of_piece(place, int(piece), radius // len(self._rows)) for place, piece in enumerate(wanted.view("<u2"))]
        rows = np.concatenate(found) if found else np.zeros(0, dtype=np.int32)
        differing = distances(wanted, self._hashes[rows])
        rows, first = np.unique(rows[differing <= radius], return_index=True)
        return rows.astype(np.int64), differing[differing <= radius][first]

    def _of_piece(self, place: int, piece: int, radius: int) -> npt.NDArray[np.int32]:
        """Rows whose piece at a place differs in at most `radius` bits, by looking up every such piece."""
        starts, keys = self._starts[place], _within(radius) ^ piece
        first, last = starts[keys], starts[keys + 1]
        lengths = last - first
        at = np.arange(lengths.sum()) + np.repeat(first - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths)
        return np.asarray(self._rows[place][at])


@lru_cache(maxsize=_PIECE)
def _within(radius: int) -> npt.NDArray[np.int64]:
    """All pieces with at most so many bits set."""
    return np.array([sum(1 << bit for bit in bits) for count in range(radius + 1) for bits in combinations(range(_PIECE), count)])
