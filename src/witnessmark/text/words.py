"""What a word is to search: cut from the folded text, the same for what is looked for and for what is looked in.

The database is given words between spaces and cuts nothing itself, so that every build of SQLite finds the same. A letter of a script
written without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese, Tibetan) is a word of its own: a longer stretch is then found as neighbouring
words, wherever it begins. An apostrophe inside a word is left out (Sana'a is found as Sanaa), an English "'s" is cut off, and one
letter before an apostrophe stands alone (l'armée).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache, lru_cache
from typing import NamedTuple

from witnessmark.text.fold import Folded, fold, fold_character

_UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u0f40-\u0fbc\u1000-\u103f\u1780-\u17d3\u2e80-\u2fd5\u3005-\u3007\u3041-\u3096\u309d-\u30fa\u30fc-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uaa60-\uaa7f\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
"""Letters and marks of scripts that put no spaces between words, as the inside of a character class (Unicode 15 blocks, without their digits and stops)."""

_MARKED_BLOCKS = ((0x0900, 0x0E00), (0x0F00, 0x1000), (0x1700, 0x1D00), (0xA800, 0xAC00), (0x11000, 0x11A00))
"""Where vowel signs stand that folding keeps, and that `\\w` does not take for part of a word."""

_CHUNK = re.compile(r".{1,400}\S*", re.DOTALL)
"""Stretches that end before white space, so that no mark is parted from its letter. Short, for each that is mapped back is folded again."""
_POSSESSIVE = re.compile(r"'[sS]\Z")


class Word(NamedTuple):
    """A folded word, and the code points of the text from `start` to `end` that it was folded from."""

    text: str
    start: int
    end: int


def words_in(text: str) -> list[str]:
    """The folded words of a text, in order."""
    plain = _folded_quickly(text).casefold()
    found: list[str] = _pattern().findall(plain)
    if "'" not in plain:
        return found
    return [part for word in found for part in ([word] if "'" not in word else (part for part, _, _ in _parts(word, 0)))]


class FoldedText:
    """The words of a text and, for those that are asked for, where in the text they stand. Long texts are mapped back in parts only."""

    def __init__(self, text: str) -> None:
        """Fold and cut `text`."""
        self._text = text
        self._starts: list[int] = []
        self._folded_starts: list[int] = []
        pieces, length = [], 0
        for chunk in _CHUNK.finditer(text):
            self._starts.append(chunk.start())
            self._folded_starts.append(length)
            pieces.append(_folded_quickly(chunk.group()))
            length += len(pieces[-1])
        self._ends = [*self._starts[1:], len(text)]
        plain = "".join(pieces)
        if "'" in plain:
            parts = [part for match in _pattern().finditer(plain) for part in _parts(match.group(), match.start())]
            self.words, self._places = [word for word, _, _ in parts], [(start, end) for _, start, end in parts]
        else:
            self.words = [word.casefold() for word in _pattern().findall(plain)]
            self._places = [match.span() for match in _pattern().finditer(plain)]
        self._chunk = lru_cache(maxsize=64)(self._fold_chunk)

    def word(self, index: int) -> Word:
        """The `index`-th word with its place in the text."""
        start, end = self._places[index]
        return Word(self.words[index], self._original(start, end)[0], self._original(end - 1, end)[1])

    def _original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the text that folded to `start`..`end`, where it begins and ends in one part."""
        index = bisect_right(self._folded_starts, start) - 1
        base, shift = self._starts[index], self._folded_starts[index]
        found = self._chunk(index).original(start - shift, min(end - shift, len(self._chunk(index).text)))
        return base + found[0], base + found[1]

    def _fold_chunk(self, index: int) -> Folded:
        return fold(self._text[self._starts[index] : self._ends[index]])


def _parts(found: str, start: int) -> list[tuple[str, int, int]]:
    """The words of one match with their places in the folded text: one, or two where a single letter stands before an apostrophe."""
    if "'" not in found:
        return [(found.casefold(), start, start + len(found))]
    parts = []
    head, _, tail = found.partition("'")
    if len(head) == 1 and len(tail) > 1:
        parts = [(head.casefold(), start, start + 1)]
        found, start = tail, start + 2
    found = _POSSESSIVE.sub("", found)
    return [*parts, (found.replace("'", "").casefold(), start, start + len(found))]


def _folded_quickly(text: str) -> str:
    """`folded(text)`, letter by letter through a table."""
    return text.lower().replace("`", "'") if text.isascii() else text.translate(_FOLDING)


class _Folding(dict[int, str]):
    """What each letter folds to, asked once of each; no more are kept than texts in earnest have."""

    most = 20_000

    def __missing__(self, code: int) -> str:
        found = fold_character(chr(code))
        if len(self) < self.most:
            self[code] = found
        return found


_FOLDING = _Folding()


@cache
def _pattern() -> re.Pattern[str]:
    """One letter of an unspaced script, or letters, digits and vowel signs together, with apostrophes inside."""
    inside = rf"(?:[^\W_{_UNSPACED}]++|[{_marks()}]++)++"
    return re.compile(rf"[{_UNSPACED}]|{inside}(?:'{inside})*+")


def _marks() -> str:
    unspaced = re.compile(f"[{_UNSPACED}]")
    kept = (chr(code) for block in _MARKED_BLOCKS for code in range(*block))
    return "".join(c for c in kept if unicodedata.category(c)[0] == "M" and not unicodedata.combining(c) and not unspaced.match(c))
