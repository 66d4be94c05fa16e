"""How far two spellings of a word are apart, and which words are near enough to be offered for one another.

Names of places and people reach a case through several transliterations (Seydnaya, Sednaya, Saydnaya), so near words are offered, never silently
taken. The distance is that of Damerau and Levenshtein in its restricted form: letters left out, put in, exchanged, and neighbours swapped.
"""

from __future__ import annotations

from collections.abc import Iterable

MOST_COMPARED = 300
"""Candidates, of those that share most trigrams, whose letters are compared one by one."""
MOST_NEAR = 8
"""Near words that are searched instead of one."""


def distance_allowed(word: str) -> int:
    """How many letters may differ: in a short word one already makes another word, most transliterations of a longer one need two."""
    return 0 if len(word) < 3 or word.isdigit() else 1 if len(word) < 7 else 2


def nearest(word: str, candidates: Iterable[str]) -> list[str]:
    """Those of the candidates that are near to `word`, nearest first, without the word itself."""
    allowed, own = distance_allowed(word), trigrams(word)
    others = {candidate for candidate in candidates if candidate != word and abs(len(candidate) - len(word)) <= allowed}
    shared = {candidate: _likeness(own, trigrams(candidate)) for candidate in others}
    compared = sorted(others, key=lambda candidate: (-shared[candidate], candidate))[:MOST_COMPARED]
    measured = [(edit_distance(word, candidate), -shared[candidate], candidate) for candidate in compared]
    return [candidate for distance, _, candidate in sorted(measured) if distance <= allowed][:MOST_NEAR]


def trigrams(word: str) -> frozenset[str]:
    """Every three neighbouring letters, with a space before the first and after the last."""
    padded = f" {word} "
    return frozenset(padded[start : start + 3] for start in range(len(padded) - 2))


def edit_distance(one: str, other: str) -> int:
    """Letters left out, put in, exchanged or swapped with their neighbour (once each) to make one word of the other."""
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, against in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        before_last, last = last, row
    return last[-1]


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)
