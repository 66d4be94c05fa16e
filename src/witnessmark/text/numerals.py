"""Number words and figures: the value written at a place in a text, as "1,234", "twenty-three", "two dozen", "half a million" write it.

Only reading is here; whether a numeral counts people is decided by `numbers`. Works in capitals too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL: dict[str, int] = {word: value for value, word in enumerate(_UNITS.split())} | {
    word: 10 * value for value, word in enumerate(_TENS.split(), start=2)
}
SCALES: dict[str, int] = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12}

_SMALL = "|".join(sorted(SMALL, key=len, reverse=True))
_SCALE = "|".join(SCALES)
_NUMERAL_PATTERN = (
    r"(?:(?P<digits>\d{1,3}(?:[,٬]\d{3}){1,3}(?!\d)|\d{1,3}(?:[\u00a0\u202f]\d{3}){1,3}(?!\d)|\d{1,3} \d00(?![\d,]|\.\d)|\d{1,9}(?:\.\d{1,3})?)(?!\d|[.,]\d)"
    rf"|(?P<half>half\s+an?\s+(?={_SCALE}))"
    rf"|(?P<word>(?:{_SMALL})\b)"
    rf"|(?P<article>an?\s+(?=(?:{_SCALE})\b))"
    rf"|(?P<bare>(?={_SCALE})\b)"
    r")"
)
_NUMERAL = re.compile(_NUMERAL_PATTERN, re.IGNORECASE)
_STANDING_NUMERAL = re.compile(r"(?<![\w.,/:’'#+-])(?=[\da-z])" + _NUMERAL_PATTERN, re.IGNORECASE)
_NEXT_WORD = re.compile(rf"(?P<joint>[\s-]+(?:and\s+(?P<a_half>a\s+half\s+)?)?)(?P<word>{_SMALL}|{_SCALE})\b", re.IGNORECASE)
_LEADING_SCALE = re.compile(rf"(?:{_SCALE})\b", re.IGNORECASE)


class Numeral(NamedTuple):
    """A value written from `start` to `end`; `scale` is the last hundred, thousand, ... in it, 1 where there is none."""

    start: int
    end: int
    value: float
    scale: int
    in_digits: bool


def numerals(text: str) -> Iterator[Numeral]:
    """Every number written in figures or words, in order."""
    position = 0
    while (found := _STANDING_NUMERAL.search(text, position)) is not None:
        numeral = _read(text, found)
        if numeral is not None:
            yield numeral
        position = max(found.end(), numeral.end if numeral else 0, found.start() + 1)


def numeral_at(text: str, start: int) -> Numeral | None:
    """The number that begins exactly at `start`, or None."""
    found = _NUMERAL.match(text, start)
    return None if found is None else _read(text, found)


def _read(text: str, found: re.Match[str]) -> Numeral | None:
    if found["digits"]:
        return _read_figures(text, found)
    reader = _WordReader()
    end = found.end()
    if found["word"]:
        reader.add(found["word"].casefold())
    else:
        scale = _LEADING_SCALE.match(text, end)
        if scale is None:
            return None
        reader.current = 0.5 if found["half"] else 1
        reader.add(scale[0].casefold())
        end = scale.end()
    while (following := _NEXT_WORD.match(text, end)) is not None:
        word, joint = following["word"].casefold(), following["joint"]
        if following["a_half"]:
            reader.current += 0.5
        elif not reader.accepts(word, joined_by_and="and" in joint.casefold()):
            break
        reader.add(word)
        end = following.end()
    return Numeral(found.start(), end, reader.total + reader.current, reader.scale, in_digits=False)


def _read_figures(text: str, found: re.Match[str]) -> Numeral:
    value = float(re.sub(r"[,٬\s]", "", found["digits"]))
    end, scale = found.end(), 1
    following = _NEXT_WORD.match(text, end)
    if following is not None and following["word"].casefold() in SCALES and following["joint"].isspace():
        scale = SCALES[following["word"].casefold()]
        value, end = value * scale, following.end()
    return Numeral(found.start(), end, value, scale, in_digits=scale == 1)


class _WordReader:
    """Adds number words up as English says them: "two hundred thousand and four" is (2 x 100) x 1000 + 4."""

    def __init__(self) -> None:
        self.total: float = 0
        self.current: float = 0
        self.scale = 1
        self.last_was_scale = False

    def accepts(self, word: str, *, joined_by_and: bool) -> bool:
        if word in SCALES:
            return not joined_by_and and (not self.last_was_scale or SCALES[word] > self.scale or self.scale == 1)
        value = SMALL[word]
        if self.last_was_scale:
            return self.scale != 12 and value < self.scale
        return not joined_by_and and self.current % 100 in range(20, 100, 10) and 0 < value < 10

    def add(self, word: str) -> None:
        if word in SCALES:
            self.scale = SCALES[word]
            self.current = (self.current or 1) * self.scale
            if self.scale >= 1000:
                self.total, self.current = self.total + self.current, 0
            self.last_was_scale = True
        else:
            self.current += SMALL[word]
            self.last_was_scale = False
