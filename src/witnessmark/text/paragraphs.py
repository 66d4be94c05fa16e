"""Where the paragraphs of a text begin and end."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

LONGEST_PARAGRAPH = 1200
"""Characters of a paragraph that are looked at around a place; an article on one line must not make all its claims alike."""
_BREAK = re.compile(r"\n[ \t]*\n")


def paragraph_of(text: str, at: int) -> tuple[int, int]:
    """The paragraph around a place (code points), or as much of it as is looked at."""
    breaks = _breaks(text)
    found = bisect_right(breaks, at)
    first = breaks[found - 1] if found else 0
    last = breaks[found] if found < len(breaks) else len(text)
    return max(first, at - LONGEST_PARAGRAPH // 2), min(last, at + LONGEST_PARAGRAPH // 2)


def paragraphs_before(text: str, at: int) -> int:
    """How many paragraphs end before a place."""
    return bisect_right(_breaks(text), at)


@lru_cache(maxsize=256)
def _breaks(text: str) -> tuple[int, ...]:
    return tuple(match.end() for match in _BREAK.finditer(text))
