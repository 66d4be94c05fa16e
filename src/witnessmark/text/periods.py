"""Named stretches of the calendar as closed intervals of days: weeks (Monday to Sunday), months, quarters, seasons, years, decades.

A period knows its unit, so that "a year earlier" than a quarter is a quarter. Seasons are the meteorological ones of the northern half of the
earth, in which the news this reads is mostly dated; a winter belongs to the year it ends in unless it is named by the year it begins in.
"""

from __future__ import annotations

import calendar
import datetime as dt
from enum import Enum
from typing import NamedTuple


class Unit(Enum):
    """What kind of stretch a period is."""

    DAY = "day"
    WEEK = "week"
    WEEKEND = "weekend"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    STRETCH = "stretch"


class Period(NamedTuple):
    """Days `earliest` to `latest`, both included; None is open."""

    earliest: dt.date | None
    latest: dt.date | None
    unit: Unit


_MONTHS_IN = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF: 6, Unit.YEAR: 12, Unit.DECADE: 120, Unit.CENTURY: 1200, Unit.SEASON: 12}
_SEASON_STARTS = {"winter": 12, "spring": 3, "summer": 6, "autumn": 9, "fall": 9}


def day(date: dt.date) -> Period:
    """One day."""
    return Period(date, date, Unit.DAY)


def week_of(date: dt.date) -> Period:
    """The week, Monday to Sunday, that holds the day."""
    monday = date - dt.timedelta(days=date.weekday())
    return Period(monday, monday + dt.timedelta(days=6), Unit.WEEK)


def weekend_of(date: dt.date) -> Period:
    """Saturday and Sunday of the week that holds the day."""
    saturday = date + dt.timedelta(days=5 - date.weekday())
    return Period(saturday, saturday + dt.timedelta(days=1), Unit.WEEKEND)


def months(year_number: int, first: int, count: int, unit: Unit) -> Period | None:
    """`count` whole months from month `first` (1 to 12, or beyond into later years); None outside the years 1 to 9999."""
    start, stop = year_number * 12 + first - 1, year_number * 12 + first - 1 + count
    if start < 12 or stop > 9999 * 12:
        return None
    last_year, last_month = divmod(stop - 1, 12)
    earliest = dt.date(start // 12, start % 12 + 1, 1)
    return Period(earliest, dt.date(last_year, last_month + 1, calendar.monthrange(last_year, last_month + 1)[1]), unit)


def month(year_number: int, number: int) -> Period | None:
    """A calendar month."""
    return months(year_number, number, 1, Unit.MONTH)


def quarter(year_number: int, number: int) -> Period | None:
    """A calendar quarter, 1 to 4."""
    return months(year_number, 3 * number - 2, 3, Unit.QUARTER)


def half(year_number: int, number: int) -> Period | None:
    """A calendar half-year, 1 or 2."""
    return months(year_number, 6 * number - 5, 6, Unit.HALF)


def year(number: int) -> Period | None:
    """A calendar year."""
    return months(number, 1, 12, Unit.YEAR)


def decade(first: int) -> Period | None:
    """Ten years from `first`."""
    return months(first, 1, 120, Unit.DECADE)


def century(number: int) -> Period | None:
    """The 20th century as the years 1900 to 1999, as it is said."""
    return months(100 * (number - 1), 1, 1200, Unit.CENTURY)


def season(year_number: int, name: str) -> Period | None:
    """Three months; the winter of a year begins in its December."""
    return months(year_number, _SEASON_STARTS[name], 3, Unit.SEASON)


def of_unit(unit: Unit, date: dt.date) -> Period | None:
    """The period of that unit that holds the day."""
    whole: dict[Unit, Period | None] = {
        Unit.DAY: day(date),
        Unit.WEEK: week_of(date),
        Unit.WEEKEND: weekend_of(date),
        Unit.MONTH: month(date.year, date.month),
        Unit.QUARTER: quarter(date.year, (date.month + 2) // 3),
        Unit.DECADE: decade(date.year // 10 * 10),
        Unit.CENTURY: century(date.year // 100 + 1),
    }
    return whole[unit] if unit in whole else year(date.year)


def shifted(period: Period, unit: Unit, count: int) -> Period | None:
    """The like period `count` units later (earlier where negative); days move by days, months and longer by the calendar."""
    if period.earliest is None or period.latest is None:
        return None
    if unit in {Unit.DAY, Unit.WEEK, Unit.WEEKEND}:
        days = dt.timedelta(days=count * (1 if unit is Unit.DAY else 7))
        try:
            return Period(period.earliest + days, period.latest + days, period.unit)
        except OverflowError:
            return None
    moved = _MONTHS_IN.get(unit, 12) * count
    if period.unit in {Unit.DAY, Unit.WEEK, Unit.WEEKEND, Unit.STRETCH}:
        start, end = add_months(period.earliest, moved), add_months(period.latest, moved)
        return Period(start, end, period.unit) if start and end else None
    length = (period.latest.year - period.earliest.year) * 12 + period.latest.month - period.earliest.month + 1
    return months(period.earliest.year, period.earliest.month + moved, length, period.unit)


def add_months(date: dt.date, count: int) -> dt.date | None:
    """The same day of a later or earlier month, or its last day where it is shorter; None outside the years 1 to 9999."""
    year_number, index = divmod(date.year * 12 + date.month - 1 + count, 12)
    if not 1 <= year_number <= 9999:
        return None
    return dt.date(year_number, index + 1, min(date.day, calendar.monthrange(year_number, index + 1)[1]))
