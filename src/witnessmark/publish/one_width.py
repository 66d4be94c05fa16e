"""Covers of one width in whatever leaves the case, and every place of a text told anew.

Inside a case a name is covered letter by letter, so that every offset still holds. In public that would tell how long the name is, and in how many
words: often enough to know it by. Here each covered stretch becomes a mark of one width, stretches with only blanks between them become one, and spans, anchors
and alignments are moved along, so that a quote is still what its text says at its place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from enum import Enum
from typing import TypeVar, cast

import msgspec

from witnessmark.model.claim import OriginalSpan
from witnessmark.model.document import Document, Translation
from witnessmark.model.incident import Tie
from witnessmark.model.view import CaseView, ReadClaim
from witnessmark.text.masking import COVER

MARK = COVER * 5
_STRETCH = re.compile(f"{COVER}+(?:[ \\t\\u00a0]+{COVER}+)*")

T = TypeVar("T")


class OneWidth:
    """A covered text with marks of one width, as `text`, and where each place of the covered text (in code points) is in it."""

    def __init__(self, covered: str) -> None:
        stretches = [found.span() for found in _STRETCH.finditer(covered)]
        self.text = _STRETCH.sub(MARK, covered)
        self._starts = [start for start, _ in stretches]
        self._ends = [end for _, end in stretches]
        self._shifts = [0]
        for start, end in stretches:
            self._shifts.append(self._shifts[-1] + len(MARK) - (end - start))

    def start(self, at: int) -> int:
        """Where what began at `at` begins; at its mark's beginning where that was covered."""
        place = bisect_right(self._starts, at)
        if place and at < self._ends[place - 1]:
            return self._starts[place - 1] + self._shifts[place - 1]
        return at + self._shifts[place]

    def end(self, at: int) -> int:
        """Where what ended before `at` ends; at its mark's end where that was covered."""
        last = self.start(at - 1) if at else -1
        return last + (len(MARK) if self._is_covered(at - 1) else 1)

    def _is_covered(self, at: int) -> bool:
        place = bisect_right(self._starts, at)
        return bool(place) and at < self._ends[place - 1]


def in_one_width(view: CaseView) -> CaseView:
    """The view with every cover in it of one width."""
    places: dict[str, OneWidth] = {}
    for held in view.items:
        if held.document is not None:
            places[held.document.id] = places[held.item.id] = OneWidth(held.document.text)
    return _narrowed(view, places, None)


def _narrowed(value: T, places: Mapping[str, OneWidth], here: OneWidth | None) -> T:
    """`here` is the text that offsets in `value` count in, None where they count in none."""
    return cast("T", _anything(value, places, here))  # every branch gives back the type it was given


def _anything(value: object, places: Mapping[str, OneWidth], here: OneWidth | None) -> object:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return _STRETCH.sub(MARK, value) if COVER in value else value
    if isinstance(value, tuple):
        return tuple(_anything(each, places, here) for each in value)
    if isinstance(value, dict):
        return {_anything(key, places, here): _anything(each, places, here) for key, each in value.items()}
    return _struct(value, places, here) if isinstance(value, msgspec.Struct) else value


def _struct(value: msgspec.Struct, places: Mapping[str, OneWidth], here: OneWidth | None) -> msgspec.Struct:
    if isinstance(value, Translation):
        return _translation(value, places, here)
    if isinstance(value, Tie):
        span = _narrowed(value.span, places, places.get(value.item))
        return msgspec.structs.replace(value, span=span, of_span=_narrowed(value.of_span, places, places.get(value.of_item or "")))
    inside = _text_of(value, places) or here
    changed: dict[str, object] = {}
    for name in value.__struct_fields__:
        before = getattr(value, name)
        after = _anything(before, places, inside)
        if after != before:
            changed[name] = after
    changed |= _moved(value, inside)
    return msgspec.structs.replace(value, **changed) if changed else value


def _text_of(value: msgspec.Struct, places: Mapping[str, OneWidth]) -> OneWidth | None:
    """The text that a noun says its offsets count in."""
    if isinstance(value, Document):
        return places.get(value.id)
    return places.get(value.document) if isinstance(value, ReadClaim | OriginalSpan) else None


def _moved(value: msgspec.Struct, here: OneWidth | None) -> dict[str, object]:
    """New offsets of a span, and the characters that stand there now."""
    start, end, text = (getattr(value, name, None) for name in ("start", "end", "text"))
    if here is None or not isinstance(start, int) or not isinstance(end, int):
        return {}
    place: dict[str, object] = {"start": here.start(start), "end": here.end(end)}
    if isinstance(text, str) and len(text) == end - start:
        place["text"] = here.text[here.start(start) : here.end(end)]
    return place


def _translation(made: Translation, places: Mapping[str, OneWidth], here: OneWidth | None) -> Translation:
    """A translation's paragraphs, in its own text and in its original's; that text's hash is for whoever shows both."""
    original = places.get(made.document or "")
    aligned = _narrowed(made.aligned, places, here)
    if original is not None:
        aligned = tuple(
            msgspec.structs.replace(pair, original_start=original.start(pair.original_start), original_end=original.end(pair.original_end))
            for pair in aligned
        )
    return msgspec.structs.replace(made, aligned=aligned)
