"""Where the words of a query stand in a text: the characters to light up, of the original and not of a folded copy.

It looks the way the full-text index does, over the same words, so that what was found is also what is lit. What stands behind NOT is never lit.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from witnessmark.text.query import Near, Node, Term
from witnessmark.text.words import FoldedText


class Occurrence(NamedTuple):
    """Words `first` to `last` of a text (both included) are the query's term number `term`."""

    first: int
    last: int
    term: int


def terms_of(node: Node) -> Iterator[Term]:
    """The terms that a text must or may hold, from left to right; none of those it must not."""
    match node:
        case Term():
            yield node
        case Near(left, right):
            yield from (left, right)
        case _:
            for part in node.parts:
                yield from terms_of(part)


def occurrences(node: Node, text: FoldedText) -> list[Occurrence]:
    """Where the terms of a query stand, in order."""
    places = _Places(text.words, {reading[0] for term in terms_of(node) for reading in term.readings})
    found: set[Occurrence] = set()
    count = 0
    for part in _flat(node):
        if isinstance(part, Near):
            left = [Occurrence(first, last, count) for first, last in places.of(part.left)]
            right = [Occurrence(first, last, count + 1) for first, last in places.of(part.right)]
            found.update(_near(left, right, part.within), _near(right, left, part.within))
            count += 2
        else:
            found.update(Occurrence(first, last, count) for first, last in places.of(part))
            count += 1
    return sorted(found)


def _flat(node: Node) -> Iterator[Term | Near]:
    if isinstance(node, Term | Near):
        yield node
        return
    for part in node.parts:
        yield from _flat(part)


def _near(some: Sequence[Occurrence], others: Sequence[Occurrence], within: int) -> Iterator[Occurrence]:
    """Those of `some` that have one of `others` with at most `within` words between; as in FTS5, the two may overlap."""
    firsts, lasts = sorted(other.first for other in others), sorted(other.last for other in others)
    for one in some:
        after, before = bisect_left(firsts, one.first), bisect_right(firsts, one.first) - 1
        follows = after < len(firsts) and firsts[after] - one.last - 1 <= within
        precedes = before >= 0 and one.first - lasts[before] - 1 <= within
        if follows or precedes:
            yield one


class _Places:
    """The places in a text of the words that any term begins with, gathered once for all terms."""

    def __init__(self, words: Sequence[str], wanted: Collection[str]) -> None:
        self._words = words
        self._at: dict[str, list[int]] = defaultdict(list)
        for index, word in enumerate(words):
            if word in wanted:
                self._at[word].append(index)

    def of(self, term: Term) -> Iterator[tuple[int, int]]:
        """First and last word of each place of a term, in any of its readings."""
        for reading in term.readings:
            *start, end = reading
            for index in self._beginning_with(reading[0], begun=term.prefix and not start):
                if self._goes_on(index, start, end, begun=term.prefix):
                    yield index, index + len(start)

    def _beginning_with(self, word: str, *, begun: bool) -> list[int]:
        if not begun:
            return self._at.get(word, [])
        return [index for index, known in enumerate(self._words) if known.startswith(word)]

    def _goes_on(self, index: int, start: Sequence[str], end: str, *, begun: bool) -> bool:
        last = index + len(start)
        if last >= len(self._words) or any(self._words[index + n] != word for n, word in enumerate(start)):
            return False
        return self._words[last].startswith(end) if begun else self._words[last] == end
