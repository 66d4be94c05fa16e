"""Finds the times a text names, each as a closed interval of days, or half open, or unresolved.

`find_dates` is an outward contract. Whole named periods are kept ("this month" is the whole month), weeks run Monday to Sunday, and nothing
relative is resolved without a document date: the one given, or else the one the document states of itself.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from witnessmark.text.date_rules import UNRESOLVED, Context, Rule
from witnessmark.text.date_table import RULES
from witnessmark.text.gregorian import as_date
from witnessmark.text.periods import Period, Unit, shifted
from witnessmark.text.segmentation import find_dateline, stated_date


class _Match(NamedTuple):
    start: int
    end: int
    found: re.Match[str]
    rule: Rule


class _Time(NamedTuple):
    start: int
    end: int
    period: Period


_FROM = re.compile(r"\b(?:between|from)\s+(?:the\s+)?\Z", re.IGNORECASE)
_TO = re.compile(r"\s*(?:-|–|—|\bto\b|\band\b|\buntil\b|\btill\b|\bthrough\b)\s*(?:the\s+)?", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+(?:the\s+)?", re.IGNORECASE)
_BOUND = re.compile(
    r"\b(?:(?P<since>(?:ever\s+)?since|from(?=\s[^.]{0,40}\Z))|(?P<until>until|till|up\s+to|through|by|no\s+later\s+than|as\s+late\s+as)"
    r"|(?P<before>before|prior\s+to|ahead\s+of)|(?P<after>(?<!day\s)(?<!soon\s)(?<!shortly\s)after))\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
_ONWARDS = re.compile(r"\s+(?:onwards?|on\b(?!\s+\w)|and\s+(?:after|beyond|later))", re.IGNORECASE)
_LOOK_BACK = 24


def find_dates(
    text: str, published: str | dt.date | None = None, *, open_ends: bool = False
) -> list[tuple[int, int, str | None, str | None]]:
    """Each expression as start, end, earliest and latest day (ISO, both included; None is open or cannot be known).

    `published` is the document's date; without it the date the document states of itself is used. "Since 2013" is open towards the
    end, "before May" towards the beginning; without `open_ends` the period named is given and the bounding word left out.
    Raises ValueError where `published` is a string but no ISO date.
    """
    document_date = as_date(published) or _own_date(text)
    times = _joined(text, _resolved(text, document_date))
    if open_ends:
        times = [_bounded(text, time, times[index - 1].end if index else 0) for index, time in enumerate(times)]
    return [(time.start, time.end, _iso(time.period.earliest), _iso(time.period.latest)) for time in times]


def _own_date(text: str) -> dt.date | None:
    stated = stated_date(text)
    return dt.date.fromisoformat(stated[2]) if stated else None


def _iso(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None


def _matches(text: str) -> list[_Match]:
    """The longest expression at each place, earlier rules first among equals."""
    found = [_Match(m.start(), m.end(), m, rule) for pattern, rule in RULES for m in pattern.finditer(text)]
    return sorted(found, key=lambda match: (match.start, -match.end))


def _resolved(text: str, published: dt.date | None) -> list[_Time]:
    times: list[_Time] = []
    context = Context(text, published, None, None)
    dateline = find_dateline(text, published)
    for match in _matches(text):
        if times and match.start < times[-1].end:
            continue
        period = match.rule(match.found, context)
        if period is None or match.end == match.start:
            continue
        times.append(_Time(match.start, match.end, period))
        in_dateline = dateline is not None and match.start < dateline.end
        if period is not UNRESOLVED and not in_dateline:
            context = _following(context, period, text[match.start : match.end])
    return times


def _following(context: Context, period: Period, words: str) -> Context:
    """What later expressions may refer to; a quarter of another year is a comparison, not what the report is about."""
    quarter = context.quarter
    if period.unit is Unit.QUARTER and re.search(r"ago|earlier|last year|correspond|compar|(?:19|20)\d\d period", words) is None:
        quarter = period
    return context._replace(anchor=period, quarter=quarter)


def _joined(text: str, times: list[_Time]) -> list[_Time]:
    """The times with "from 2011 to 2015" and "between May and July" made one stretch."""
    joined: list[_Time] = []
    for time in times:
        pair = _stretch(text, joined[-1], time) if joined else None
        if pair is not None:
            joined[-1] = pair
        else:
            joined.append(time)
    return joined


def _stretch(text: str, first: _Time, second: _Time) -> _Time | None:
    between = text[first.end : second.start]
    if len(between) > 12 or _TO.fullmatch(between) is None:
        return None
    opened = _FROM.search(text, max(0, first.start - _LOOK_BACK), first.start)
    if opened is None and _AND.fullmatch(between):
        return None
    start, end = first.period, second.period
    if start.earliest is None or end.latest is None:
        return None
    if opened and start.earliest > end.latest:
        start = _year_earlier(start, end)
    if start.earliest is None or start.earliest > end.latest or (start.unit is Unit.DAY) != (end.unit is Unit.DAY):
        return None
    return _Time(opened.start() if opened else first.start, second.end, Period(start.earliest, end.latest, Unit.STRETCH))


def _year_earlier(start: Period, end: Period) -> Period:
    """In "from May to July 2013" the first month is of the year the second one states."""
    if start.earliest is None or end.latest is None or start.unit is Unit.YEAR:
        return start
    moved = shifted(start, Unit.YEAR, end.latest.year - start.earliest.year)
    return moved if moved is not None else start


def _bounded(text: str, time: _Time, floor: int) -> _Time:
    """The half-open interval where a word before (or "onwards" after) makes it one."""
    period = time.period
    found = _BOUND.search(text, max(floor, time.start - _LOOK_BACK), time.start)
    onwards = _ONWARDS.match(text, time.end)
    if onwards is not None and period is not UNRESOLVED:
        start = found.start() if found is not None and found["since"] else time.start
        return _Time(start, onwards.end(), period._replace(latest=None))
    if found is None or (found["since"] or "").casefold() == "from":
        return time
    if period.earliest is None or period.latest is None:
        return time._replace(start=found.start())
    return _Time(found.start(), time.end, _opened(found, period.earliest, period.latest))


def _opened(found: re.Match[str], earliest: dt.date, latest: dt.date) -> Period:
    one_day = dt.timedelta(days=1)
    if found["since"]:
        return Period(earliest, None, Unit.STRETCH)
    if found["until"]:
        return Period(None, latest, Unit.STRETCH)
    if found["before"]:
        return Period(None, earliest - one_day, Unit.STRETCH)
    return Period(latest + one_day, None, Unit.STRETCH)
