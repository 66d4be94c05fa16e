"""Finds counts as intervals: "at least 13", "as many as 50 detainees a day", "between 300 and 450", "dozens".

A vague number stays a range with an open end, "about" marks it approximate, and nothing is made sharper than it was written. What is a
number but counts nobody (years, clock times, ages, percentages, money, lengths, articles of law, telephone numbers) is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from witnessmark.model.claim import Per
from witnessmark.text.numerals import Numeral, numeral_at, numerals
from witnessmark.text.uncounted import uncounted_stretches


class Count(NamedTuple):
    """A count written from `start` to `end` (with its bound and rate); the numeral itself is at `number_start` to `number_end`.

    `min` and `max` are included; None is open. `per` is the period of a rate, None for a plain count.
    """

    start: int
    end: int
    min: int | None
    max: int | None
    per: Per | None
    approximate: bool
    number_start: int
    number_end: int


_VAGUE_SCALES = {"dozen": 24, "hundred": 200, "thousand": 2000, "million": 2_000_000}
_VAGUE = re.compile(
    r"(?<![\w-])(?:(?P<tens>tens|dozens|hundreds)\s+of\s+(?P<tens_of>thousands|millions)"
    r"|(?:several|a\s+few|few|many|some)\s+(?P<several>dozens?|hundreds?|thousands?|millions?)"
    r"|(?P<plural>dozens|hundreds|thousands|millions)"
    r"|(?P<scores>scores)(?=\s+(?:of|were|more|have|had|dead|killed|wounded|injured|missing|arrested|detained|others)\b))(?![\w-])",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"(?<![\w-])both(?=\s+(?:of\s+)?(?:(?:the|his|her|my|our|their)\s+)?(?:\w{2,}s|men|women|children)\s+(?!and\b))", re.IGNORECASE
)
_LEAST = r"at\s+least|no\s+(?:fewer|less)\s+than|not\s+(?:fewer|less)\s+than|a\s+minimum\s+of|as\s+few\s+as|upwards?\s+of"
_MOST = r"as\s+many\s+as|(?<!add\s)(?<!adds\s)(?<!added\s)up\s+to|no\s+more\s+than|not\s+more\s+than|at\s+most|at\s+the\s+most|a\s+maximum\s+of|as\s+much\s+as|not\s+(?:above|over)|no\s+higher\s+than|never\s+(?:more\s+than|above|over)"
_MORE = r"(?<!no\s)(?<!not\s)(?<!never\s)more\s+than|(?<!not\s)(?<!never\s)over|(?<!not\s)(?<!never\s)above|in\s+excess\s+of|>|exceed(?:s|ed|ing)?|well\s+over"
_FEWER = r"(?<!no\s)(?<!not\s)(?:fewer|less)\s+than|under|below"
_ABOUT = r"about|around|roughly|approximately|approx\.?|some|(?:an\s+)?estimated|an?\s+reported|nearly|almost|close\s+to|circa|ca?\.|just\s+(?:over|under)|~"
_BEFORE = re.compile(
    rf"(?<![\w-])(?:(?P<least>{_LEAST})|(?P<most>{_MOST})|(?P<about>{_ABOUT})|(?P<more>{_MORE})|(?P<fewer>{_FEWER})|(?P<between>between))\s*\Z",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?P<least>(?:\s+(?:people|persons|men|women|children|dead|bodies|of\s+them))?\s+or\s+more\b|\s*\+(?!\d)|-plus\b|\s+at\s+least\b|\s+and\s+counting\b|,?\s+(?:perhaps|maybe|possibly|probably|if\s+not)\s+more\b)|(?P<most>\s+or\s+(?:fewer|less)\b(?!\s+than)|\s+at\s+(?:the\s+)?most\b)|(?P<about>\s+or\s+so\b|-odd\b)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s*[-–—]\s*|\s+to\s+|\s+or\s+", re.IGNORECASE)
_AT_MOST_BESIDE = re.compile(rf",?\s+(?:and|but|or)\s+(?:(?:perhaps|possibly|maybe|probably)\s+)?(?:{_MOST})\s+", re.IGNORECASE)
"""A second bound beside a first: "at least 30 *and perhaps as many as* 45"."""
_FURTHER = re.compile(
    r"(?:\s+of\s+(?:them|these|those|us))?,?\s+(?:or\s+)?(?:maybe|perhaps|possibly|or\s+even)\s+(?:even\s+|as\s+many\s+as\s+)?",
    re.IGNORECASE,
)
"""What widens a number right after it: "five or six, *maybe* seven"."""
_PASSED = re.compile(r"\b(?:pass(?:es|ed)?|top(?:s|ped)?|surpass(?:es|ed)?)\s+\Z", re.IGNORECASE)
_LEAST_PASSED = 100
"""Numbers that are passed as marks are passed; fewer are passed as people are on a road."""
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:rose|risen|rise|grew|grown|fell|fallen|fall|dropped|increased|increase|decreased|went|climbed|raised|revised|declined|reduced|up|down)"
    r"\s+(?:\w+\s+){0,2}?from\s+\Z",
    re.IGNORECASE,
)
_PERIOD = "hour|day|night|week|month|year"
_RATE = re.compile(
    rf"(?:\s+(?!and\b|or\b|in\b|on\b|at\b|who\b|were\b|was\b|are\b|of\s+them\b)[^\W\d_][\w'’-]*){{0,3}}?"
    rf"\s+(?:(?:a|an|per|each|every)\s+(?P<period>{_PERIOD})(?!\s+(?:ago|earlier|later|before|after|old|in\b))|(?P<adverb>daily|nightly|weekly|hourly|monthly|annually|yearly))\b",
    re.IGNORECASE,
)
_UNDERGONE_RATE = re.compile(
    rf"(?:\s+of)?(?:\s+(?!who\b|that\b|which\b)[^\W\d_][\w'’-]*){{0,2}}?"
    r"\s+(?:(?:are|were|was|is)\s+(?:being\s+)?)?(?:killed|shot|taken|executed|hanged|murdered|arrested|detained|abducted|buried|wounded|die|dies|died|dying|disappear)"
    r"(?:\s+(?:(?:of|from)\s+\w+|away|out|dead))?"
    rf"\s+(?:(?:per|each|every)\s+(?P<period>{_PERIOD})|(?P<adverb>daily|nightly|weekly|hourly|monthly))\b",
    re.IGNORECASE,
)
"""A rate behind what happens to those counted: "three children *die of hunger daily*", "dozens *were killed every day*"."""
_EVERY = re.compile(rf"\b(?:every|each)\s+(?P<period>{_PERIOD})\s[^.,;:!?\d]{{0,40}}\Z", re.IGNORECASE)
_ADVERBS = {
    "daily": Per.DAY,
    "nightly": Per.NIGHT,
    "weekly": Per.WEEK,
    "hourly": Per.HOUR,
    "monthly": Per.MONTH,
    "annually": Per.YEAR,
    "yearly": Per.YEAR,
}
_NOT_ONE = re.compile(r"\s*(?:another|can|could|should|may|might|must|would|thing|time|side|hand|who|which|that|is|day)\b", re.IGNORECASE)
_ONLY_ONE = re.compile(
    r"(?<=\bonly\sone)\s+(?:death|person|man|woman|child|boy|girl|civilian|prisoner|body|victim|casualty|fatality)\b", re.IGNORECASE
)
_NO_BEFORE = re.compile(r"\b(?:no|any|every|this|that|which|each|the|another|only|some)\s+\Z", re.IGNORECASE)
_COMPOUND = re.compile(r"-(?!plus\b|odd\b)[^\W\d_]", re.IGNORECASE)

_LOOK_BACK = 40
_BOUND_WORDS = 3
"""At most this many bound expressions before one number ("at least an estimated 300" has two)."""


class _Bounds(NamedTuple):
    start: int
    least: bool = False
    most: bool = False
    more: bool = False
    fewer: bool = False
    about: bool = False
    between: bool = False


def find_counts(text: str) -> tuple[Count, ...]:
    """The counts of a text in order, without overlap."""
    written = list(numerals(text))
    blocked = uncounted_stretches(text, [(numeral.start, numeral.end) for numeral in written])
    starts = [start for start, _ in blocked]
    candidates = [count for found in _VAGUE.finditer(text) if (count := _vague_count(text, found))]
    candidates += [
        Count(f.start(), f.end(), 2, 2, None, approximate=False, number_start=f.start(), number_end=f.end()) for f in _BOTH.finditer(text)
    ]
    position = 0
    for numeral in written:
        if numeral.start < position or _is_blocked(blocked, starts, numeral) or not _counts(text, numeral):
            continue
        count = _count_from(text, numeral)
        if count is not None:
            candidates.append(count)
            position = count.number_end
    return _without_overlap(candidates)


def _is_blocked(blocked: list[tuple[int, int]], starts: list[int], numeral: Numeral) -> bool:
    index = bisect_right(starts, numeral.start) - 1
    return index >= 0 and blocked[index][1] > numeral.start


def _counts(text: str, numeral: Numeral) -> bool:
    if numeral.value != int(numeral.value) or _COMPOUND.match(text, numeral.end):
        return False
    written = text[numeral.start : numeral.end].casefold()
    if written in {"hundred", "thousand", "million", "billion", "dozen"}:
        return False
    if written == "one":
        before = text[max(0, numeral.start - 10) : numeral.start]
        if _ONLY_ONE.match(text, numeral.end):
            return True
        return _NOT_ONE.match(text, numeral.end) is None and _NO_BEFORE.search(before) is None
    return True


def _count_from(text: str, numeral: Numeral) -> Count | None:
    bounds = _bounds_before(text, numeral.start)
    low, high, number_end = _interval(text, numeral, bounds)
    further = _further(text, number_end, high) if bounds == _Bounds(numeral.start) or bounds.about else None
    if further is not None:
        high, number_end = int(further.value), further.end
    if low >= _LEAST_PASSED and _PASSED.search(text, max(0, bounds.start - _LOOK_BACK), bounds.start):
        bounds = bounds._replace(more=True)
    minimum, maximum = _bounded(low, high, bounds)
    other = _upper_bound(text, number_end) if bounds.least or bounds.more else None
    if other is not None and minimum is not None and other.value >= minimum:
        maximum, number_end = int(other.value), other.end
    end, about = number_end, bounds.about
    after = _AFTER.match(text, end)
    if after is not None and other is None:
        end, about = after.end(), about or after["about"] is not None
        minimum, maximum = (low, None) if after["least"] else (None, high) if after["most"] else (minimum, maximum)
    end, per = _rate_after(text, end)
    per = per or _rate_before(text, bounds.start)
    return Count(bounds.start, end, minimum, maximum, per, about, numeral.start, number_end)


def _upper_bound(text: str, end: int) -> Numeral | None:
    """The number of an upper bound that follows a lower one right away."""
    joint = _AT_MOST_BESIDE.match(text, end)
    return numeral_at(text, joint.end()) if joint is not None else None


def _further(text: str, end: int, high: int) -> Numeral | None:
    """The number that widens one before it, not far above it."""
    joint = _FURTHER.match(text, end)
    other = numeral_at(text, joint.end()) if joint is not None else None
    return other if other is not None and high < other.value <= 3 * high and other.value == int(other.value) else None


def _bounds_before(text: str, start: int) -> _Bounds:
    bounds = _Bounds(start)
    for _ in range(_BOUND_WORDS):
        found = _BEFORE.search(text, max(0, bounds.start - _LOOK_BACK), bounds.start)
        if found is None:
            break
        kind = found.lastgroup or ""
        bounds = bounds._replace(start=found.start(), **{kind: True})
    return bounds


def _interval(text: str, numeral: Numeral, bounds: _Bounds) -> tuple[int, int, int]:
    low = int(numeral.value)
    joint = (_AND if bounds.between else _RANGE).match(text, numeral.end)
    other = numeral_at(text, joint.end()) if joint is not None else None
    if joint is None or other is None or other.value != int(other.value) or _COMPOUND.match(text, other.end):
        return low, low, numeral.end
    if _CHANGE.search(text, max(0, numeral.start - _LOOK_BACK), numeral.start):
        return low, low, numeral.end
    high = int(other.value)
    if other.scale > numeral.scale == 1 and low * other.scale < high:
        low *= other.scale
    adjacent = joint[0].strip().casefold() != "or" or high - low <= max(2, low)
    return (low, high, other.end) if low < high and adjacent else (int(numeral.value), int(numeral.value), numeral.end)


def _bounded(low: int, high: int, bounds: _Bounds) -> tuple[int | None, int | None]:
    if bounds.most:
        return None, high
    if bounds.fewer:
        return None, high - 1
    if bounds.least:
        return low, None
    if bounds.more:
        return high + 1, None
    return low, high


def _rate_before(text: str, start: int) -> Per | None:
    """The period named before a number in its clause: "*every night* they took out three or four"."""
    found = _EVERY.search(text, max(0, start - 2 * _LOOK_BACK), start)
    return Per(found["period"].casefold()) if found is not None else None


def _rate_after(text: str, end: int) -> tuple[int, Per | None]:
    found = _RATE.match(text, end)
    if found is None:
        undergone = _UNDERGONE_RATE.match(text, end)
        return end, _period_of(undergone) if undergone is not None else None
    return found.end(), _period_of(found)


def _period_of(found: re.Match[str]) -> Per:
    return Per(found["period"].casefold()) if found["period"] else _ADVERBS[found["adverb"].casefold()]


def _vague_count(text: str, found: re.Match[str]) -> Count | None:
    least = _least_of(found)
    bounds = _bounds_before(text, found.start())
    end, per = _rate_after(text, found.end())
    upper_only = bounds.most or bounds.fewer
    return Count(bounds.start, end, None if upper_only else least, None, per, bounds.about, found.start(), found.end())


def _least_of(found: re.Match[str]) -> int:
    if found["scores"]:
        return 40
    if found["tens_of"]:
        tens = {"tens": 20, "dozens": 24, "hundreds": 200}[found["tens"].casefold()]
        return tens * (1000 if found["tens_of"].casefold() == "thousands" else 1_000_000)
    return _VAGUE_SCALES[(found["several"] or found["plural"]).casefold().removesuffix("s")]


def _without_overlap(candidates: list[Count]) -> tuple[Count, ...]:
    kept: list[Count] = []
    for count in sorted(candidates, key=lambda one: (one.start, -one.end)):
        if not kept or count.start >= kept[-1].end:
            kept.append(count)
    return tuple(kept)
