"""Dates written in figures alone: day, month and year in some order, month and year, a year, or a day number of Excel's."""

from __future__ import annotations

import datetime as dt
import re

from witnessmark.link.calendars import Calendar
from witnessmark.link.dated import NO_YEAR, DateOrder, DateReading, DateStyle, dated, either
from witnessmark.link.records import DateSpan

SERIAL = "A day number of Excel was read as the day it stands for."
_UNKNOWN = r"0{1,2}|[x?]{1,2}|--"
_JOINT = r"\s*(?P<joint{0}>[-/.\\،,\s])\s*"
_THREE = re.compile(
    rf"(?P<one>\d{{1,4}}|{_UNKNOWN}){_JOINT.format(1)}(?P<two>\d{{1,2}}|{_UNKNOWN}){_JOINT.format(2)}(?P<three>\d{{1,4}}|{_UNKNOWN})"
)
_MONTH_YEAR = re.compile(rf"(?P<month>\d{{1,2}}|{_UNKNOWN}){_JOINT.format(1)}(?P<year>\d{{4}})")
_YEAR_MONTH = re.compile(rf"(?P<year>\d{{4}}){_JOINT.format(1)}(?P<month>\d{{1,2}}|{_UNKNOWN})")
_TWO = re.compile(rf"\d{{1,2}}{_JOINT.format(1)}\d{{1,2}}")
_YEAR = re.compile(r"(?:(?:in|year|the year|en|born|ne|nee|عام|سنه|في|مواليد)\s+)?(\d{4})(?:\.0)?")
_COMPACT = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_SERIALS = range(7_306, 73_416)
"""1920 to 2100, where day numbers cannot be mistaken for years."""

_ORDERS = {DateOrder.DAY_FIRST: (2, 1, 0), DateOrder.MONTH_FIRST: (2, 0, 1), DateOrder.YEAR_FIRST: (0, 1, 2)}
"""Where year, month and day stand in each order."""


def read_figures(text: str, style: DateStyle, kind: Calendar | None = None) -> DateReading | None:
    """The date in a folded text; None where it is not figures alone. `kind` is the calendar that the cell itself names."""
    three = _THREE.fullmatch(text)
    if three:
        return _three(three, style, kind)
    for pattern in (_MONTH_YEAR, _YEAR_MONTH):
        found = pattern.fullmatch(text)
        if found:
            return dated(style, found["year"], _known(found["month"]), None, of=kind)
    year = _YEAR.fullmatch(text)
    if year:
        return dated(style, year[1], None, None, of=kind)
    if _TWO.fullmatch(text):
        return DateReading(None, NO_YEAR)
    return _unjoined(text, style)


def _three(found: re.Match[str], style: DateStyle, kind: Calendar | None) -> DateReading:
    figures = (found["one"], found["two"], found["three"])
    orders = _possible(figures, style.order, dotted=found["joint1"] == "." == found["joint2"])
    readings = [dated(style, figures[year], *_day_of_month(figures[month], figures[day]), of=kind) for year, month, day in orders]
    return either(readings) if readings else DateReading(None, NO_YEAR)


def _possible(figures: tuple[str, str, str], stated: DateOrder | None, *, dotted: bool) -> list[tuple[int, int, int]]:
    """The orders in which these figures can stand: a year of four figures shows its place, points stand between day, month and year in this order, and who leaves the month open leaves the day open, too."""
    if len(figures[0]) > 2:
        orders = [DateOrder.YEAR_FIRST]
    elif len(figures[2]) > 2 and stated is DateOrder.YEAR_FIRST:
        orders = [DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST]
    elif stated is not None:
        orders = [stated]
    elif dotted:
        orders = [DateOrder.DAY_FIRST]
    else:
        orders = [DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST, *([DateOrder.YEAR_FIRST] if len(figures[2]) <= 2 else [])]
    places = [_ORDERS[order] for order in orders if figures[_ORDERS[order][0]].isdigit()]
    sensible = [(year, month, day) for year, month, day in places if _known(figures[month]) or not _known(figures[day])]
    return sensible or places


def _day_of_month(month: str, day: str) -> tuple[int | None, int | None]:
    """Month and day, None where noughts or crosses stand for them; without a month the day says nothing."""
    number = _known(month)
    return number, _known(day) if number is not None else None


def _known(figures: str) -> int | None:
    return (int(figures) or None) if figures.isdigit() else None


def _unjoined(text: str, style: DateStyle) -> DateReading | None:
    compact = _COMPACT.fullmatch(text)
    if compact:
        return dated(style, compact[1], int(compact[2]), int(compact[3]))
    serial = _SERIAL.fullmatch(text)
    if serial is None or int(serial[1]) not in _SERIALS:
        return None
    day = style.day_zero + dt.timedelta(days=int(serial[1]))
    return DateReading(DateSpan(day, day), SERIAL)
