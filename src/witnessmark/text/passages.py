"""The stretches of a text to show for a query, with the characters to light up in them. Offsets are code points of the original."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from witnessmark.model.span import Span
from witnessmark.text.finding import Occurrence, occurrences
from witnessmark.text.query import Node
from witnessmark.text.words import FoldedText

MOST_PASSAGES = 3
"""Stretches shown of one document."""
WIDEST = 30
"""Words between the first and the last place that one passage shows."""
AROUND = 90
"""Characters shown before and after them, less what it takes to begin and end between words."""
MOST_WEIGHED = 2000
"""Places that are looked at for the best passages; a word that stands more often is common anyway."""


class Passage(msgspec.Struct, frozen=True):
    """Characters `start` to `end` of a document, exactly as they stand there, and the spans inside that the query found."""

    start: int
    end: int
    text: str
    lit: tuple[Span, ...]


def passages_of_spans(query: Node | None, spans: Sequence[Span]) -> tuple[Passage, ...]:
    """Each span whole, lit where the query is found in it."""
    return tuple(Passage(span.start, span.end, span.text, _lit_in(query, span)) for span in spans)


def is_found_in(query: Node, text: str) -> bool:
    """Whether any word of the query that is not excluded stands in the text."""
    return bool(occurrences(query, FoldedText(text)))


def best_passages(query: Node, text: str, cut: FoldedText) -> tuple[tuple[Passage, ...], int]:
    """The stretches of a text that hold most different words of the query, in the order of the text, and at how many places they stand in all."""
    found = occurrences(query, cut)
    passages: list[Passage] = []
    for first, last in _best_runs(found[:MOST_WEIGHED]):
        lit = _spans(text, cut, found[first : last + 1], 0)
        start, end = _widened(text, lit[0].start, lit[-1].end)
        if all(end <= other.start or start >= other.end for other in passages):
            passages.append(Passage(start, end, text[start:end], lit))
    return tuple(sorted(passages, key=lambda passage: passage.start)), len(found)


def _lit_in(query: Node | None, span: Span) -> tuple[Span, ...]:
    if query is None:
        return ()
    cut = FoldedText(span.text)
    return _spans(span.text, cut, occurrences(query, cut), span.start)


def _spans(text: str, cut: FoldedText, found: Sequence[Occurrence], shift: int) -> tuple[Span, ...]:
    """The characters of these occurrences, those that overlap in one."""
    spans: list[Span] = []
    for occurrence in found:
        start, end = cut.word(occurrence.first).start, cut.word(occurrence.last).end
        if spans and start < spans[-1].end - shift:
            start, end = spans[-1].start - shift, max(end, spans[-1].end - shift)
            spans.pop()
        spans.append(Span(start + shift, end + shift, text[start:end]))
    return tuple(spans)


def _best_runs(found: Sequence[Occurrence]) -> list[tuple[int, int]]:
    """Runs of neighbouring occurrences, those with most different terms first, then those with most places, then the earlier."""
    runs: list[tuple[int, int, int, int]] = []
    last = 0
    for first, occurrence in enumerate(found):
        last = max(last, first)
        while last + 1 < len(found) and found[last + 1].last - occurrence.first <= WIDEST:
            last += 1
        terms = len({other.term for other in found[first : last + 1]})
        runs.append((-terms, first - last, first, last))
    chosen: list[tuple[int, int]] = []
    for _, _, first, last in sorted(runs):
        if all(last < begun or first > ended for begun, ended in chosen):
            chosen.append((first, last))
        if len(chosen) == MOST_PASSAGES:
            break
    return chosen


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch with some characters around it, inside its paragraph, beginning and ending between words where there are any."""
    before, after = text[max(start - AROUND, 0) : start], text[end : end + AROUND]
    before, after = before.rpartition("\n\n")[2], after.partition("\n\n")[0]
    if len(before) == AROUND:
        before = before.partition(" ")[2] or before
    if len(after) == AROUND:
        after = after.rpartition(" ")[0] or after
    return start - len(before.lstrip()), end + len(after.rstrip())
