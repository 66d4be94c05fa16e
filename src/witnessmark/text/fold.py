"""Folds a text for comparison and search, and remembers where every folded character came from.

Arabic loses harakat and tatweel and has its alef, ya and ta marbuta forms made one; Latin loses case and diacritics; typographic apostrophes
and hyphens become plain. A match in the folded text is shown in the original through `offsets`: law 4 needs the exact characters.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple


class Folded(NamedTuple):
    """`offsets[i]` is where the i-th folded character came from; one more entry at the end holds the length of the original."""

    text: str
    offsets: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that folded to `start`..`end`; marks dropped after its last letter belong to it."""
        if end <= start:
            return self.offsets[start], self.offsets[start]
        stop = end
        while stop < len(self.text) and self.offsets[stop] == self.offsets[end - 1]:
            stop += 1
        return self.offsets[start], self.offsets[stop]


_SAME = {
    **dict.fromkeys("آأإٱٲٳ", "ا"),
    **dict.fromkeys("ىیئ", "ي"),
    "ؤ": "و",
    "ة": "ه",
    "ک": "ك",
    **dict.fromkeys("‘’ʼʻʿʾ`´ˈ′", "'"),
    **dict.fromkeys("‐‑‒–—", "-"),
    "ı": "i",
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "\xa0": " ",
    "\u202f": " ",
}
_DROPPED = frozenset("ـ\u200b\u200c\u200d\u200e\u200f\u061c\ufeff\xad\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def fold(text: str) -> Folded:
    """The folded text with the map back to the offsets of `text`."""
    characters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        for folded in fold_character(character):
            characters.append(folded)
            offsets.append(offset)
    offsets.append(len(text))
    return Folded("".join(characters), tuple(offsets))


def folded(text: str) -> str:
    """The folded text alone."""
    return "".join(map(fold_character, text))


@lru_cache(maxsize=4096)
def fold_character(character: str) -> str:
    """What one character folds to: usually one character, none for a mark that is dropped, several for a ligature."""
    if "0" <= character <= "9" or "a" <= character <= "z" or character == " ":
        return character
    if character in _DROPPED:
        return ""
    plain = unicodedata.normalize("NFKD", _SAME.get(character, character).casefold()).casefold()  # ℌ becomes H only when it is taken apart
    if unicodedata.category(character) == "No" or " " in plain.strip():
        plain = f" {plain} "  # a footnote's number is no part of its word, nor is a phrase written as one sign (ﷺ)
    return "".join(_fold_part(part) for part in plain)


def _fold_part(part: str) -> str:
    if unicodedata.combining(part) or part in _DROPPED:
        return ""
    if unicodedata.category(part) == "Nd":
        return str(unicodedata.digit(part))
    return _SAME.get(part, part)
