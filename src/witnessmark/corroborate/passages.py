"""Passages that one document shares word for word with an older one.

Texts are compared by runs of `SHINGLE` words, all of them (Broder 1997, "On the resemblance and containment of documents", without the sampling, which
ten thousand documents do not need). A passage is tied to the oldest document that has it, so a thousand copies of one article give a thousand ties and
not half a million. Words are compared folded; a passage must be as long as `LEAST_WORDS`, with room for a few changed words inside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from witnessmark.corroborate.documents import PlacedDocument
from witnessmark.model.span import Span
from witnessmark.text.fold import folded

SHINGLE = 5
"""Words of a run: shorter ones are shared by texts that have nothing to do with each other."""
LEAST_WORDS = 12
"""Shared words that make a passage; set phrases of the trade ("spoke on condition of anonymity because") have fewer."""
MOST_CHANGED = 6
"""Words between two shared runs that still belong to one passage."""

_WORD = re.compile(r"\w+")
_PRIME = np.uint64(0x9E3779B97F4A7C15)

Words = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]


class SharedPassage(msgspec.Struct, frozen=True):
    """Characters of `item` that stand, but for a few words, in the older document `of`."""

    item: str
    span: Span
    of: str
    of_span: Span
    words: int


class _Cut:
    """One document cut into words: where each stands, and a hash of the run that begins at it."""

    __slots__ = ("document", "ends", "runs", "starts")

    def __init__(self, document: PlacedDocument, vocabulary: dict[str, int]) -> None:
        found = [(match.start(), match.end(), match.group()) for match in _WORD.finditer(document.text)]
        self.document = document
        self.starts: Words = np.array([start for start, _, _ in found], dtype=np.int64)
        self.ends: Words = np.array([end for _, end, _ in found], dtype=np.int64)
        self.runs = _runs(np.array([_number(word, vocabulary) for _, _, word in found], dtype=np.uint64))

    def span(self, first: int, last: int) -> Span:
        """The characters from one word to another, both included."""
        return Span.of(self.document.text, int(self.starts[first]), int(self.ends[last]))


def _number(word: str, vocabulary: dict[str, int]) -> int:
    known = vocabulary.get(word)
    if known is None:
        known = vocabulary[word] = vocabulary.setdefault("\0" + folded(word), len(vocabulary) + 1)
    return known


def _runs(words: Hashes) -> Hashes:
    """A hash of each run of `SHINGLE` words; overflow is meant."""
    count = max(len(words) - SHINGLE + 1, 0)
    hashed = np.zeros(count, dtype=np.uint64)
    for offset in range(SHINGLE):
        hashed = (hashed ^ words[offset : offset + count]) * _PRIME
        hashed ^= hashed >> np.uint64(29)
    return hashed


class PassageIndex:
    """The oldest holder of every run of words. `extended` gives the index with more documents in it and leaves this one as it is."""

    def __init__(self, documents: Iterable[PlacedDocument]) -> None:
        self._vocabulary: dict[str, int] = {}
        self._cuts: list[_Cut] = []
        self._runs: Hashes = np.zeros(0, dtype=np.uint64)
        self._holders: npt.NDArray[np.int32] = np.zeros(0, dtype=np.int32)
        self._places: npt.NDArray[np.int32] = np.zeros(0, dtype=np.int32)
        self._passages: dict[str, tuple[SharedPassage, ...]] = {}
        self._take_in(documents)

    def passages(self) -> dict[str, tuple[SharedPassage, ...]]:
        """By item, the passages it shares with older documents, in the order of its text; items that share none are left out."""
        return self._passages

    def extended(self, documents: Sequence[PlacedDocument]) -> PassageIndex:
        """With `documents` in it as well: what it holds does not hang on the order in which they came."""
        wider = PassageIndex(())
        wider._vocabulary, wider._cuts = self._vocabulary, list(self._cuts)
        wider._runs, wider._holders, wider._places = self._runs, self._holders, self._places
        wider._passages = dict(self._passages)
        wider._take_in(documents)
        return wider

    def _take_in(self, documents: Iterable[PlacedDocument]) -> None:
        first_new = len(self._cuts)
        self._cuts += [_Cut(document, self._vocabulary) for document in documents]
        new = self._cuts[first_new:]
        if not new:
            return
        moved = self._add_runs(first_new)
        touched = set(range(first_new, len(self._cuts)))
        if len(moved):
            touched |= {n for n, cut in enumerate(self._cuts[:first_new]) if np.isin(cut.runs, moved).any()}
        for n in touched:
            found = tuple(self._shared_by(n))
            item = self._cuts[n].document.item
            if found:
                self._passages[item] = found
            else:
                self._passages.pop(item, None)

    def _add_runs(self, first_new: int) -> Hashes:
        """Put in the runs of the new documents; those runs whose oldest holder is another than before."""
        runs, holders, places = self._oldest_of(first_new)
        at = np.searchsorted(self._runs, runs)
        known = np.zeros(len(runs), dtype=bool)
        inside = at < len(self._runs)
        known[inside] = self._runs[at[inside]] == runs[inside]
        older = [n for n in np.flatnonzero(known) if self._age(holders[n]) < self._age(self._holders[at[n]])]
        moved = runs[older]
        if older:
            self._holders, self._places = self._holders.copy(), self._places.copy()
            self._holders[at[older]], self._places[at[older]] = holders[older], places[older]
        self._runs = np.insert(self._runs, at[~known], runs[~known])
        self._holders = np.insert(self._holders, at[~known], holders[~known])
        self._places = np.insert(self._places, at[~known], places[~known])
        return moved

    def _oldest_of(self, first_new: int) -> tuple[Hashes, npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """The runs of the new documents in order, each once, with the oldest of these documents that has it and where."""
        new = self._cuts[first_new:]
        runs = np.concatenate([cut.runs for cut in new])
        holders = np.concatenate([np.full(len(cut.runs), first_new + n, dtype=np.int32) for n, cut in enumerate(new)])
        places = np.concatenate([np.arange(len(cut.runs), dtype=np.int32) for cut in new])
        ages = np.empty(len(new), dtype=np.int32)
        ages[sorted(range(len(new)), key=lambda n: new[n].document.age)] = np.arange(len(new), dtype=np.int32)
        order = np.lexsort((places, ages[holders - first_new], runs))
        runs, holders, places = runs[order], holders[order], places[order]
        first = np.ones(len(runs), dtype=bool)
        first[1:] = runs[1:] != runs[:-1]
        return runs[first], holders[first], places[first]

    def _age(self, n: int) -> tuple[int, bool, int, str]:
        return self._cuts[n].document.age

    def _shared_by(self, n: int) -> Iterator[SharedPassage]:
        cut = self._cuts[n]
        at = np.searchsorted(self._runs, cut.runs)
        holders, places = self._holders[at], self._places[at]
        taken = np.flatnonzero(holders != n)
        if not len(taken):
            return
        shift = places[taken] - taken
        breaks = (
            (np.diff(taken) > MOST_CHANGED + SHINGLE)
            | (holders[taken][1:] != holders[taken][:-1])
            | (np.abs(np.diff(shift)) > MOST_CHANGED)
        )
        for stretch in np.split(taken, np.flatnonzero(breaks) + 1):
            yield from self._passage(cut, stretch, holders, places)

    def _passage(
        self, cut: _Cut, stretch: npt.NDArray[Any], holders: npt.NDArray[Any], places: npt.NDArray[Any]
    ) -> Iterator[SharedPassage]:
        first, last = int(stretch[0]), int(stretch[-1])
        shared = int(np.minimum(np.diff(stretch, append=last + SHINGLE), SHINGLE).sum())
        if shared < LEAST_WORDS:
            return
        holder = self._cuts[int(holders[first])]
        begins, ends = int(places[stretch].min()), int(places[stretch].max()) + SHINGLE - 1
        yield SharedPassage(cut.document.item, cut.span(first, last + SHINGLE - 1), holder.document.item, holder.span(begins, ends), shared)
