"""Which pictures are worth comparing keypoint by keypoint: those that have many descriptions in common, found without comparing all with all.

Of each description a few words are made, each of some of its bits; two descriptions of one place agree in one word or other though some bits differ (locality-sensitive hashing, Gionis, Indyk & Motwani 1999).
A word that many pictures have says nothing and is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from witnessmark.watch.media.keypoints import BITS, Keypoints

WORDS, WORD_BITS = 3, 40
MOST_HOLDERS = 24
"""Pictures that may have a word in common for it to count, mirror images counted apart."""
LEAST_VOTES = 3
"""Words that two pictures must have in common: 99 in 100 of those that match do when three quarters of one were cut off, and 2 or 3 in 100 of others."""
_ORDER = (np.arange(BITS) * 37) % BITS
"""Bits far apart in a description go into one word."""

Pairs = npt.NDArray[np.int64]


def candidate_pairs(pictures: Sequence[Keypoints]) -> tuple[Pairs, Pairs]:
    """Pairs of rows (lesser first) that may be one picture, and those where the second may be a mirror image; each in order."""
    count = len(pictures)
    owners = np.concatenate([np.repeat(np.arange(count), [len(one) for one in pictures])] * 2)
    owners[len(owners) // 2 :] += count
    if not len(owners):
        return np.zeros((0, 2), dtype=np.int64), np.zeros((0, 2), dtype=np.int64)
    bits = np.concatenate([one.bits for one in (*pictures, *(each.mirrored() for each in pictures))])
    codes = np.concatenate([_pairs_of_word(owners, _words(bits, place), count) for place in range(WORDS)])
    codes, votes = np.unique(codes, return_counts=True)
    pairs = np.stack(np.divmod(codes[votes >= LEAST_VOTES], 2 * count), axis=1)
    mirrored = pairs[:, 1] >= count
    return pairs[~mirrored], pairs[mirrored] - [0, count]


def _words(bits: npt.NDArray[np.uint8], place: int) -> Pairs:
    chosen = np.unpackbits(bits, axis=1)[:, _ORDER[place * WORD_BITS : (place + 1) * WORD_BITS]]
    return np.asarray(chosen.astype(np.int64) @ (1 << np.arange(WORD_BITS, dtype=np.int64)))


def _pairs_of_word(owners: Pairs, words: Pairs, count: int) -> Pairs:
    """The pairs that share a word, as lesser row * 2 * count + other, once for each word; a row of `count` or more is a mirror image, and only ever the second."""
    held = np.unique(words * (2 * count) + owners)
    words, owners = np.divmod(held, 2 * count)
    starts = np.flatnonzero(np.concatenate([[True], words[1:] != words[:-1]]))
    sizes = np.diff(np.append(starts, len(words)))
    kept = np.repeat(sizes <= MOST_HOLDERS, sizes)
    words, owners = words[kept], owners[kept]
    found = []
    for apart in range(1, min(MOST_HOLDERS, len(words))):
        same = words[apart:] == words[:-apart]
        if not same.any():
            break
        first, second = owners[:-apart][same], owners[apart:][same]
        wanted = (first < count) & (first < second % count)
        found.append(first[wanted] * (2 * count) + second[wanted])
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)
