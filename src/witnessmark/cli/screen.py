"""A stretch of evidence on a terminal: broken between words at the terminal's width, with spans dressed for their roles."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from witnessmark.cli.printing import plain, styled


class Lit(NamedTuple):
    """Characters from `start` to `end` of a text, and the role they are shown in."""

    start: int
    end: int
    role: str


def lit_lines(text: str, start: int, end: int, lit: Sequence[Lit], width: int) -> Iterator[str]:
    """Lines of `text[start:end]` at most `width` columns wide; where spans overlap, the first of `lit` shows."""
    at = start
    for line in text[start:end].splitlines(keepends=True):
        for first, last in _broken("".join(line.splitlines()), width):
            yield "".join(_runs(text, at + first, at + last, lit))
        at += len(line)


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: none for a mark that sits on a letter, two for a wide letter."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in {"W", "F"} else 1 for c in text)


def _broken(line: str, width: int) -> Iterator[tuple[int, int]]:
    first = at = used = 0
    for is_space, group in groupby(line, key=str.isspace):
        word = "".join(group)
        if used + columns(word) > width and not is_space and at > first:
            yield first, at
            first, used = at, 0
        at += len(word)
        used += columns(word)
    yield first, at


def _runs(text: str, start: int, end: int, lit: Sequence[Lit]) -> Iterator[str]:
    edges = sorted({start, end, *(edge for span in lit for edge in (span.start, span.end) if start < edge < end)})
    for first, last in pairwise(edges):
        role = next((span.role for span in lit if span.start <= first and last <= span.end), None)
        yield styled(text[first:last], role) if role else plain(text[first:last])
