"""Covers exact positions in running text, character for character: degrees beyond the first decimal, grid references, plus codes.

What a claim's place gives is made coarse by `coarse.py`; a document's own words may give a position besides. A single decimal number is left alone, since
nothing tells it from a price: a position is a pair. Three-word addresses and street addresses are not recognised.
"""

from __future__ import annotations

import re

from witnessmark.text.masking import COVER

_DECIMAL = r"[-+−]?\d{1,3}[.,]\d{3,}\s*[°º]?\s*"
_LATIN_SEXAGESIMAL = r"\d{1,3}\s*[°º]\s*\d{1,2}(?:[.,]\d+)?\s*['’′]\s*(?:\d{1,2}(?:[.,]\d+)?\s*(?:[\"”″]|''))?\s*[NSEWнсвз]?"
_PAIR = re.compile(rf"(?<![\w.]){_DECIMAL}[NS]?\s*[\s,;/|]\s*{_DECIMAL}[EW]?(?![\w])", re.IGNORECASE)
_DEGREES = re.compile(_LATIN_SEXAGESIMAL, re.IGNORECASE)
_GRID = re.compile(r"(?<!\w)\d{1,2}[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?\d{2,5}\s?\d{2,5}(?!\w)")
_PLUS_CODE = re.compile(r"(?<!\w)[2-9CFGHJMPQRVWX]{4,8}\+[2-9CFGHJMPQRVWX]{2,3}(?!\w)")
_BEYOND_FIRST_DECIMAL = re.compile(r"(?<=[.,]\d)\d+")
_AFTER_DEGREES = re.compile(r"(?<=[°º]).*", re.DOTALL)


class ExactPositions:
    """A cover of exact positions."""

    def cover(self, text: str) -> str:
        """`text` with every exact position in it coarse; its length does not change."""
        text = _PAIR.sub(lambda found: _BEYOND_FIRST_DECIMAL.sub(_blocks, found.group()), text)
        text = _DEGREES.sub(lambda found: _AFTER_DEGREES.sub(lambda rest: re.sub(r"\d", COVER, rest.group()), found.group()), text)
        text = _GRID.sub(lambda found: found.group()[:2] + re.sub(r"\w", COVER, found.group()[2:]), text)
        return _PLUS_CODE.sub(lambda found: found.group()[:2] + re.sub(r"[^+]", COVER, found.group()[2:]), text)


def _blocks(found: re.Match[str]) -> str:
    return COVER * len(found.group())
