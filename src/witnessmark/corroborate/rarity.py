"""How rare a word is in one case: what nearly all its documents name tells no two of its happenings apart.

Counts go by powers of two, so that one more document changes the weight of few words, and only what holds one of those has to be compared again. Words are numbered, since a case of
ten thousand documents has millions of them to compare; what is counted stands in arrays by these numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from witnessmark.corroborate.words import Weights
from witnessmark.corroborate.words import rarity as rarity_at_large

Numbers = npt.NDArray[np.int32]
"""Numbers of words."""


class Rarity:
    """The words of a case's documents, each with how many of them have it."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._codes: dict[str, int] = {}
        self._documents = 0
        self._counts = np.zeros(1, dtype=np.int64)
        self._at_large = np.zeros(1)
        self.weights = np.zeros(1)
        """The weight of each word in this case by its number."""

    def number(self, word: str) -> int:
        """A number for the word, from 1, the same as long as this lives."""
        return self._numbers.setdefault(word, len(self._numbers) + 1)

    def code(self, stated: str) -> int:
        """A number for an act, a place or a figure, from 1, the same as long as this lives."""
        return self._codes.setdefault(stated, len(self._codes) + 1)

    def numbers(self, words: Iterable[str]) -> Numbers:
        """The numbers of words."""
        return np.fromiter(map(self.number, words), dtype=np.int32)

    def change(self, gone: Iterable[Numbers], come: Iterable[Numbers]) -> Numbers | None:
        """Take out and put in the words of documents. The words that weigh otherwise than before; None where all of them may."""
        self._make_room()
        size, moved = _step(self._documents), [np.zeros(0, dtype=np.int32)]
        before = self._counts.copy()
        for words, sign in [*((words, -1) for words in gone), *((words, 1) for words in come)]:
            self._documents += sign
            self._counts[words] += sign
            moved.append(words)
        touched = np.unique(np.concatenate(moved))
        changed = _step(self._documents) != size
        self._weigh(np.arange(len(self.weights)) if changed else touched)
        return None if changed else touched[_steps(before[touched]) != _steps(self._counts[touched])]

    def _make_room(self) -> None:
        known, size = len(self._counts), len(self._numbers) + 1
        if size > known:
            new = np.zeros(size - known)
            self._counts = np.concatenate([self._counts, new.astype(np.int64)])
            self._at_large = np.concatenate([self._at_large, new])
            self.weights = np.concatenate([self.weights, new])
            for word, number in reversed(self._numbers.items()):
                if number < known:
                    break
                self._at_large[number] = self.weights[number] = rarity_at_large(word)

    def _weigh(self, words: npt.NDArray[np.int64] | Numbers) -> None:
        rarity = 1 - _steps(self._counts[words]) / max(_step(self._documents), LEAST_SIZE)
        self.weights[words] = np.where(rarity > 0, self._at_large[words] * rarity, 0.0)

    def steps(self) -> tuple[int, dict[str, int]]:
        """In how many documents each word stands, by powers of two, before it that of all documents."""
        steps = _steps(self._counts).astype(int).tolist()
        return _step(self._documents), {word: steps[number] for word, number in self._numbers.items() if number < len(steps)}

    def moved_since(self, size: int, steps: Mapping[str, int]) -> Numbers | None:
        """The words that weigh otherwise than when these were the steps; None where all of them may."""
        now, each = self.steps()
        if now != size:
            return None
        return np.array([self._numbers[word] for word, step in each.items() if steps.get(word, 0) != step], dtype=np.int32)

    def followed(self) -> npt.NDArray[np.bool_]:
        """By number, whether so few documents have a word that it is worth comparing them for it."""
        return np.asarray((_steps(self._counts) <= MOST_FOLLOWED) & (self._counts > 0), dtype=bool)

    def weigh(self, words: Iterable[str]) -> Weights:
        """The words with their weight in this case; those of all its documents are left out."""
        found = ((word, self._numbers.get(word, 0)) for word in words)
        weighed = ((word, float(self.weights[number]) if number else rarity_at_large(word)) for word, number in found)
        return {word: weight for word, weight in weighed if weight > 0}


LEAST_SIZE = 5
"""A case counts for at least so many documents, as a power of two: in one of three, a word that all have may still be rare."""
MOST_FOLLOWED = 5
"""Two to this power: some thirty documents (up to 45, since counts go by powers of two)."""


def _step(count: int) -> int:
    return round(math.log2(count)) if count > 0 else 0


def _steps(counts: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    return np.rint(np.log2(np.maximum(counts, 1)))
