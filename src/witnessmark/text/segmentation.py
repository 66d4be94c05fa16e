"""Cuts a document into passages: title, headings, paragraphs, list items, credit lines.

Blank lines decide first. Inside a block of lines, a line break is a paragraph's end only where the next word would still have
fitted on the line (so it was no hard wrap) and the line ends like a paragraph; a bullet or an indent starts a passage anyway. A
dateline is left out of the paragraph it opens, because it is nobody's statement; `find_dateline` and `stated_date` keep what it says.
"""

from __future__ import annotations

import itertools
import re
from enum import StrEnum
from typing import NamedTuple

from witnessmark.text.datelines import Dateline, dateline_at, find_dateline, stated_date

__all__ = ["Dateline", "Passage", "PassageKind", "find_dateline", "paragraph_bounds", "segment", "stated_date"]


class PassageKind(StrEnum):
    """What part of a document a passage is. Statements are looked for in paragraphs and lists; a title repeats them in short."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    CREDIT = "credit"


class Passage(NamedTuple):
    """Code points `start` to `end` of the document, without white space or dateline around them."""

    start: int
    end: int
    kind: PassageKind


WIDEST_WRAP = 120
"""Longer lines than this were not wrapped by hand or by a mail program: each is a paragraph of its own."""
LONGEST_HEADING = 150
SHORT_LINE = 0.6
"""A line below this share of the wrap width that is followed by a capital ends a passage even without a full stop (titles, headings)."""

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]*(\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]|\Z)")
_TERMINAL = re.compile(r"[.!?…:;؟۔。][\"'”’»›)\]\d\u200f]*\Z")
_BULLET = re.compile(r"(?:[-*•‣◦▪●·–]|\((?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})\)|(?:\d{1,3}|[a-z]|[ivx]{2,5})[.)])[ \t]+(?=\S)")
_MARKDOWN_HEADING = re.compile(r"#{1,6}[ \t]+\S")
_NAME_WORD = r"(?:[^\W\d_a-z][\w.'’\-]*|and|of|the|for|in|de|von|van|bin|al|el|with|&|\||,|/)"
_MADE = (
    r"(?:additional |further )?(?:reporting|writing|editing|edited|written|compiled|contributed|translat(?:ed|ion)|produced"
    r"|photograph(?:s|ed|y)?|photos?|images?|pictures?|video|graphics?)"
)
_CREDIT = re.compile(
    rf"[-–—(\[*_\s]*(?:{_MADE}\s*(?:by\b|:|/|credit)|photo credit|credits?\s*:|source\s*:|copyright\b|©|\(c\)\s|all rights reserved)"
    r"|(?:AP|AFP|EPA|Reuters|Getty)\s?(?:photo|images?)\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(rf"(?:by|BY|By):?\s+(?:{_NAME_WORD}[ \t,]*){{1,14}}\Z")
_LONGEST_CREDIT = 300


class _Line(NamedTuple):
    start: int
    end: int
    indent: int


def segment(text: str) -> tuple[Passage, ...]:
    """The passages of a document in order; they never overlap, and what is between them is white space, or a dateline."""
    passages: list[Passage] = []
    bounds = paragraph_bounds(text)
    for start, end in bounds:
        kind = _kind_of(text, start, end, first=not passages and len(bounds) > 1)
        if kind is PassageKind.PARAGRAPH:
            dateline = dateline_at(text, start)
            if dateline is not None and dateline.end < end:
                passages.append(Passage(dateline.end, end, kind))
                continue
        passages.append(Passage(start, end, kind))
    return tuple(passages)


def paragraph_bounds(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of every paragraph-like stretch, datelines included, trimmed of white space."""
    bounds: list[tuple[int, int]] = []
    for block in _blocks(text):
        width = max(line.end - line.start + line.indent for line in block)
        unwrapped = _is_one_paragraph_a_line(text, block)
        start, end = block[0].start, block[0].end
        for before, line in itertools.pairwise(block):
            if unwrapped or _ends_before(text, before, line, width):
                bounds.append((start, end))
                start = line.start
            end = line.end
        bounds.append((start, end))
    return tuple(bounds)


def _blocks(text: str) -> list[list[_Line]]:
    blocks: list[list[_Line]] = []
    block: list[_Line] = []
    for found in _LINE.finditer(text):
        raw = text[found.start() : found.start(1)]
        stripped = raw.strip("\ufeff \t\xa0\u200b\u2002\u2003\u3000")
        content = stripped.strip()
        if content:
            indent = len(raw) - len(raw.lstrip())
            start = found.start() + raw.index(content)
            block.append(_Line(start, start + len(content), indent))
        if block and (not content or found[1] == "\x0c"):
            blocks.append(block)
            block = []
        if found.end() == len(text):
            break
    if block:
        blocks.append(block)
    return blocks


def _is_one_paragraph_a_line(text: str, block: list[_Line]) -> bool:
    """Hard wraps fall inside sentences nine times in ten; where half the lines end in a full stop, nothing was wrapped."""
    breaks = len(block) - 1
    if breaks < 2 or any(text[line.start].islower() for line in block):
        return False
    return 2 * sum(_is_terminal(text, line) for line in block[:-1]) >= breaks


def _ends_before(text: str, line: _Line, following: _Line, width: int) -> bool:
    if _BULLET.match(text, following.start, following.end):
        return True
    if width > WIDEST_WRAP:
        return True
    if following.indent > line.indent and following.indent - line.indent < 12 and _is_terminal(text, line):
        return True
    length = line.end - line.start + line.indent
    first_word = _first_word_length(text, following)
    if length + 1 + first_word > width:
        return False
    if _is_terminal(text, line):
        return not text[following.start].islower()
    return length < SHORT_LINE * width and not text[following.start].islower() and _BULLET.match(text, line.start, line.end) is None


def _first_word_length(text: str, line: _Line) -> int:
    end = line.start
    while end < line.end and not text[end].isspace():
        end += 1
    return end - line.start


def _is_terminal(text: str, line: _Line) -> bool:
    return _TERMINAL.search(text, max(line.start, line.end - 8), line.end) is not None


def _kind_of(text: str, start: int, end: int, *, first: bool) -> PassageKind:
    if _BULLET.match(text, start, end):
        return PassageKind.LIST
    if _is_credit(text, start, end):
        return PassageKind.CREDIT
    if _MARKDOWN_HEADING.match(text, start, end):
        return PassageKind.TITLE if first else PassageKind.HEADING
    last = text[end - 1]
    if end - start > LONGEST_HEADING or text[start].islower() or last in ".…:;,؛۔" or dateline_at(text, start) is not None:
        return PassageKind.PARAGRAPH
    if first:
        return PassageKind.TITLE
    return PassageKind.PARAGRAPH if last in "!?؟\"”’»'" else PassageKind.HEADING


def _is_credit(text: str, start: int, end: int) -> bool:
    if end - start > _LONGEST_CREDIT:
        return False
    return _CREDIT.match(text, start, end) is not None or _BYLINE.match(text, start, end) is not None
