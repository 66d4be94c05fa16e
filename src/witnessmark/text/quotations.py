"""Finds quotations by their marks in the raw text, so that a direct quotation is known before any parser guesses.

Each paragraph is read on its own; a quotation left open at its end goes on only where the next paragraph re-opens with the same mark,
which is how print sets a speech of several paragraphs. So a lost mark costs one paragraph at most. Marks inside a quotation belong to it.
Single marks are quotation marks only where they stand like ones; otherwise they are apostrophes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

from witnessmark.text.segmentation import paragraph_bounds


class Quotation(NamedTuple):
    """Offsets with the marks (`start`, `end`) and without (`inner_start`, `inner_end`); not `closed` where the end mark is missing."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool


class _Mark(NamedTuple):
    start: int
    end: int
    text: str


_MARKS = re.compile(r"``|''|[\"“”„‟«»‹›「」『』‘’‚'＂]")
_PAIRS = {"“": "”", "«": "»", "‹": "›", "「": "」", "『": "』", "``": "''"}
_STRONG_BEFORE_CLOSE = ".,!?…;؟،"
_ELIDED = re.compile(r"(?:em|tis|twas|til|cause|round|n|\d\ds?)\b", re.IGNORECASE)


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """The outermost quotations of a document, in order and without overlap."""
    bounds = paragraph_bounds(text)
    found: list[Quotation] = []
    for index, (start, end) in enumerate(bounds):
        next_start = bounds[index + 1][0] if index + 1 < len(bounds) else len(text)
        for quotation in _Paragraph(text, start, end, text[next_start : next_start + 2]).quotations():
            if found and _continues(text, found[-1], quotation, start):
                found[-1] = found[-1]._replace(end=quotation.end, inner_end=quotation.inner_end, closed=quotation.closed)
            else:
                found.append(quotation)
    return tuple(found)


def _continues(text: str, open_one: Quotation, quotation: Quotation, paragraph_start: int) -> bool:
    if open_one.closed or quotation.start != paragraph_start:
        return False
    if text[open_one.end : paragraph_start].strip("\ufeff \t\xa0\u200b").strip():
        return False
    return text[open_one.start : open_one.inner_start] == text[quotation.start : quotation.inner_start]


class _Paragraph:
    """The marks of one paragraph, and for each where its quotation would close; every table is filled in one pass, so time is linear."""

    def __init__(self, text: str, start: int, end: int, next_opening: str) -> None:
        self.text, self.start, self.end = text, start, end
        self.next_opening = next_opening
        self.marks = [_Mark(m.start(), m.end(), m[0]) for m in _MARKS.finditer(text, start, end)]
        self.nested = _matched_pairs(self.marks)
        self.next_close = self._next_indexes(self._closes_double)
        self.next_single = self._next_indexes(self._closes_single)
        self.next_strong_single = self._next_indexes(self._closes_single_strongly)
        self.places_of = _places_by_text(self.marks)

    def quotations(self) -> list[Quotation]:
        found: list[Quotation] = []
        index = 0
        while index < len(self.marks):
            mark = self.marks[index]
            close = self._closing_index(index) if self._opens(mark) else None
            if close is not None:
                end_mark = self.marks[close]
                if end_mark.start > mark.end:
                    found.append(Quotation(mark.start, end_mark.end, mark.end, end_mark.start, closed=True))
                index = close + 1
            elif self._opens(mark) and self._may_stay_open(mark):
                found.append(Quotation(mark.start, self.end, mark.end, self.end, closed=False))
                break
            else:
                index += 1
        return found

    def _before(self, mark: _Mark) -> str:
        return self.text[mark.start - 1] if mark.start > self.start else " "

    def _after(self, mark: _Mark) -> str:
        return self.text[mark.end] if mark.end < self.end else " "

    def _opens(self, mark: _Mark) -> bool:
        if mark.end >= self.end:
            return False
        before, after = self._before(mark), self._after(mark)
        if mark.text in _PAIRS or mark.text in "„‟":
            return True
        if mark.text in {'"', "＂", "''"}:
            return self._opens_straight(before, after)
        if mark.text in "‘'‚":
            return not before.isalnum() and not after.isspace() and _ELIDED.match(self.text, mark.end, self.end) is None
        if mark.text in "”»":
            return (
                not before.isalnum()
                and before not in _STRONG_BEFORE_CLOSE
                and not after.isspace()
                and (after.isalnum() or mark.text == "”")
            )
        return False

    def _opens_straight(self, before: str, after: str) -> bool:
        return not after.isspace() and not (before.isalnum() and (after.isalnum() or before.isdigit()))

    def _closing_index(self, index: int) -> int | None:
        mark = self.marks[index]
        if mark.text in _PAIRS:
            return self._closing_of_pair(index)
        if mark.text in "„‟":
            return self._first(index, "“", "”")
        if mark.text in {'"', "＂", "''"}:
            return self.next_close[index + 1]
        if mark.text in "‘'‚":
            strong, weak = self.next_strong_single[index + 1], self.next_single[index + 1]
            return self._closing_single(index, strong, weak)
        return self._first(index, *("“”" if mark.text == "”" else "«"))

    def _closing_of_pair(self, index: int) -> int | None:
        mark = self.marks[index]
        matched = self.nested.get(index)
        if matched is not None or self._reopens_next(mark):
            return matched
        flat = self._first(index, _PAIRS[mark.text])
        if flat is None and mark.text == "“":
            return self._first(index, '"')
        return flat

    def _closing_single(self, index: int, strong: int | None, weak: int | None) -> int | None:
        if strong is None or weak is None or strong == weak:
            return weak
        reopened = any(self._opens(mark) for mark in self.marks[index + 1 : min(strong, index + 12)] if mark.text == self.marks[index].text)
        return weak if reopened or not self._is_possessive(self.marks[weak]) else strong

    def _is_possessive(self, mark: _Mark) -> bool:
        """Whether this could be "the detainees' cells": an s before it, a word in small letters after it."""
        rest = self.text[mark.end : mark.end + 2]
        return self._before(mark) in "sS" and len(rest) == 2 and rest[0] == " " and rest[1].islower()

    def _may_stay_open(self, mark: _Mark) -> bool:
        if mark.text in {"‘", "'", "‚", "”", "»"}:
            return mark.start == self.start and self._reopens_next(mark)
        return True

    def _reopens_next(self, mark: _Mark) -> bool:
        return self.next_opening.startswith(mark.text)

    def _first(self, index: int, *texts: str) -> int | None:
        found = []
        for text in texts:
            places = self.places_of.get(text, [])
            position = bisect_right(places, index)
            if position < len(places):
                found.append(places[position])
        return min(found, default=None)

    def _closes_double(self, mark: _Mark) -> bool:
        if mark.text not in {'"', "＂", "''"}:
            return False
        return not self._after(mark).isalnum() or not self._before(mark).isspace()

    def _closes_single(self, mark: _Mark) -> bool:
        return mark.text in {"'", "’", "‘"} and not self._before(mark).isspace() and not self._after(mark).isalnum()

    def _closes_single_strongly(self, mark: _Mark) -> bool:
        return self._closes_single(mark) and self._before(mark) in _STRONG_BEFORE_CLOSE

    def _next_indexes(self, wanted: Callable[[_Mark], bool]) -> list[int | None]:
        """For each index, the first mark at or after it that is wanted; one entry more than there are marks."""
        following: list[int | None] = [None] * (len(self.marks) + 1)
        for index in range(len(self.marks) - 1, -1, -1):
            following[index] = index if wanted(self.marks[index]) else following[index + 1]
        return following


def _matched_pairs(marks: list[_Mark]) -> dict[int, int]:
    """Opening mark to closing mark, by index, for the families whose two marks differ and may nest."""
    matched: dict[int, int] = {}
    open_marks: dict[str, list[int]] = {}
    for index, mark in enumerate(marks):
        if mark.text in _PAIRS:
            open_marks.setdefault(_PAIRS[mark.text], []).append(index)
        elif open_marks.get(mark.text):
            matched[open_marks[mark.text].pop()] = index
    return matched


def _places_by_text(marks: list[_Mark]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for index, mark in enumerate(marks):
        places.setdefault(mark.text, []).append(index)
    return places
