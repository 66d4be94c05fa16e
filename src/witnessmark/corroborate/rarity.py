"""How rare a word is in one case: what nearly all its documents name tells no two of its happenings apart.

Counts go by powers of two, so that one more document changes the weight of few words, and only what holds one of those has to be compared again.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable

from witnessmark.corroborate.words import Weights


class Rarity:
    """The words of a case's documents, each with how many of them have it."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._documents = 0
        self._numbers: dict[str, int] = {}

    def number(self, word: str) -> int:
        """A number for the word, from 1, the same as long as this lives."""
        return self._numbers.setdefault(word, len(self._numbers) + 1)

    def change(self, gone: Iterable[Collection[str]], come: Iterable[Collection[str]]) -> frozenset[str] | None:
        """Take out and put in the words of documents. The words that weigh otherwise than before; None where all of them may."""
        size = _step(self._documents)
        before: dict[str, int] = {}
        for words, sign in [*((words, -1) for words in gone), *((words, 1) for words in come)]:
            self._documents += sign
            for word in words:
                before.setdefault(word, self._counts[word])
                self._counts[word] += sign
        if _step(self._documents) != size:
            return None
        return frozenset(word for word, count in before.items() if _step(count) != _step(self._counts[word]))

    def of(self, word: str) -> float:
        """From 1 for a word of one document to 0 for one of all."""
        return 1 - _step(self._counts[word]) / max(_step(self._documents), LEAST_SIZE)

    def is_followed(self, word: str) -> bool:
        """Whether so few documents have the word that it is worth comparing them for it."""
        return _step(self._counts[word]) <= MOST_FOLLOWED

    def weigh(self, words: Weights) -> Weights:
        """The words with their weight in this case; those of all its documents are left out."""
        return {word: weight * rarity for word, weight in words.items() if (rarity := self.of(word)) > 0}


LEAST_SIZE = 5
"""A case counts for at least so many documents, as a power of two: in one of three, a word that all have may still be rare."""
MOST_FOLLOWED = 5
"""Two to this power: some thirty documents (up to 45, since counts go by powers of two)."""


def _step(count: int) -> int:
    return round(math.log2(count)) if count > 0 else 0
