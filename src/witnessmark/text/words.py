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
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate, chain
from typing import NamedTuple

from witnessmark.text.fold import Folded, fold, fold_character

_UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u0f40-\u0fbc\u1000-\u103f\u1780-\u17d3\u2e80-\u2fd5\u3005-\u3007\u3041-\u3096\u309d-\u30fa\u30fc-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uaa60-\uaa7f\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
"""Letters and marks of scripts that put no spaces between words, as the inside of a character class (Unicode 15 blocks, without their digits and stops)."""

_MARKED_BLOCKS = ((0x0900, 0x0E00), (0x0F00, 0x1000), (0x1700, 0x1D00), (0xA800, 0xAC00), (0x11000, 0x11A00))
"""Where vowel signs stand that folding keeps, and that `\\w` does not take for part of a word."""

_BLOCK = re.compile(r".{1,600}\S*", re.DOTALL)
"""Stretches that end before white space, so that no word and no mark on a letter is parted; short, for one is cut again for each place that is shown."""
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


def words_by_block(text: str) -> list[list[str]]:
    """The words of a text, block by block; together they are `words_in(text)`, since no word reaches from one block into the next."""
    return [words_in(block.group()) for block in _BLOCK.finditer(text)]


class FoldedText:
    """The words of a text and, for those that are asked for, where in it they stand. Only blocks that hold one of those are cut again."""

    def __init__(self, text: str, words: list[str] | None = None, counts: Sequence[int] | None = None) -> None:
        """Cut `text`; or take its words, and how many there are in each block, from where they were kept."""
        if words is None or counts is None:
            by_block = words_by_block(text)
            words, counts = list(chain.from_iterable(by_block)), [len(block) for block in by_block]
        self.words = words
        self._text = text
        self._blocks = [block.span() for block in _BLOCK.finditer(text)]
        self._firsts = list(accumulate(counts, initial=0))
        self._cut = lru_cache(maxsize=64)(self._cut_block)

    def word(self, index: int) -> Word:
        """The `index`-th word with its place in the text."""
        block = bisect_right(self._firsts, index) - 1
        cut, places = self._cut(block)
        word, first, last = places[index - self._firsts[block]]
        start, end = cut.original(first, last)
        shift = self._blocks[block][0]
        return Word(word, shift + start, shift + end)

    def _cut_block(self, block: int) -> tuple[Folded, list[tuple[str, int, int]]]:
        start, end = self._blocks[block]
        cut = fold(self._text[start:end])
        return cut, [part for match in _pattern().finditer(cut.text) for part in _parts(match.group(), match.start())]


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
