"""Redacted text: written anew from the document's text, with a mark of one fixed width for whatever is taken out.

The mark is as long for a name of three letters as for one of thirty, and two marks side by side become one, so that counting them tells nothing.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

import msgspec

from witnessmark.protect.redaction import Target
from witnessmark.protect.spellings import occurrences
from witnessmark.text.masking import COVER

MARK = COVER * 5
_COVERED = re.compile(f"{COVER}+")


class Cut(msgspec.Struct, frozen=True, order=True):
    """Characters `start` to `end` of the text make room for `shown`."""

    start: int
    end: int
    shown: str = MARK


def cuts_of(text: str, targets: Sequence[Target]) -> tuple[list[Cut], list[int]]:
    """The cuts for all targets that name words, none overlapping, and how often each target was found."""
    cuts: list[Cut] = []
    found: list[int] = []
    for target in targets:
        places = occurrences(text, target.words)
        found.append(len(places))
        cuts += [Cut(start, end, f"[{target.shown}]" if target.shown else MARK) for start, end in places]
    return merged(text, cuts), found


def cuts_of_covered(text: str) -> list[Cut]:
    """A cut for each name under seal: the case covers it letter by letter, and how long a name is tells who may bear it."""
    return [Cut(*found.span()) for found in _COVERED.finditer(text)]


def merged(text: str, cuts: Sequence[Cut]) -> list[Cut]:
    """The same cuts in order; those that overlap, or have only spaces between them and show nothing, made one."""
    whole: list[Cut] = []
    for cut in sorted(cuts):
        last = whole[-1] if whole else None
        if last is not None and (cut.start < last.end or (last.shown == cut.shown and not text[last.end : cut.start].strip())):
            whole[-1] = Cut(last.start, max(last.end, cut.end), last.shown if last.shown == cut.shown or cut.end <= last.end else MARK)
        else:
            whole.append(cut)
    return whole


def written(text: str, cuts: Sequence[Cut]) -> str:
    """The text with each cut made; `cuts` as from `merged`."""
    pieces: list[str] = []
    place = 0
    for cut in cuts:
        pieces += [text[place : cut.start], cut.shown]
        place = cut.end
    return "".join([*pieces, text[place:]])


def as_page(text: str, language: str | None) -> str:
    """Redacted text as one plain HTML page, its line breaks kept, readable from right to left where its script is."""
    return (
        f'<!DOCTYPE html>\n<html lang="{html.escape(language or "und")}">\n<head><meta charset="utf-8"><title>Redacted copy</title></head>\n'
        f'<body><pre dir="auto" style="white-space: pre-wrap">{html.escape(text)}</pre></body>\n</html>\n'
    )
