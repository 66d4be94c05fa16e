"""What a date cell is read with and what comes of it: the order and calendar the list states, and an interval of days or the reason there is none."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

import msgspec

from witnessmark.link.calendars import YEARS, Calendar, calendar_of, span_of
from witnessmark.link.records import DateSpan
from witnessmark.text.gregorian import LATEST_SHORT_YEAR, full_year


class DateOrder(StrEnum):
    """The order in which a list writes a date in figures."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"
    YEAR_FIRST = "year-first"


class DateStyle(msgspec.Struct, frozen=True, kw_only=True):
    """How a list writes its dates. `order` is None where nobody said; `day_zero` is the day that Excel's day numbers are counted from."""

    order: DateOrder | None = None
    calendar: Calendar = Calendar.GREGORIAN
    day_zero: dt.date = dt.date(1899, 12, 30)
    of_birth: bool = False


class DateReading(NamedTuple):
    """The interval, None where the cell cannot be used; and what a person should know of it, None where it is plain.

    The words hold no value of the cell, so that one fault of a thousand rows is one fault.
    """

    span: DateSpan | None
    problem: str | None = None


NO_SUCH_DAY = "There is no such day in the calendar."
NO_YEAR = "It is not shown which figure, if any, is a year."
CENTURY_UNKNOWN = "The year has two figures, and a birth may be of either century."
TWO_FIGURES = "The year has two figures; it was read as the nearest to our time."


def dated(style: DateStyle, year: str, month: int | None, day: int | None, *, of: Calendar | None = None) -> DateReading:
    """The day, month or year whose year is written with these figures. `of` is the calendar that the cell itself shows, above what the list says."""
    short = len(year) <= 2
    if short and style.of_birth and int(year) <= LATEST_SHORT_YEAR:
        return DateReading(None, CENTURY_UNKNOWN)
    number = _full(int(year), of or style.calendar) if short else int(year)
    kind = calendar_of(number, of or style.calendar)
    if kind is None:
        return DateReading(None, _wrong_year(number, of or style.calendar))
    span = span_of(kind, number, month, day)
    if span is None:
        return DateReading(None, NO_SUCH_DAY)
    return DateReading(span, TWO_FIGURES if short else None)


def either(readings: list[DateReading]) -> DateReading:
    """One reading of several possible ones: the interval that holds all that are days at all; the first one's fault where none is."""
    spans = list(dict.fromkeys(reading.span for reading in readings if reading.span))
    if not spans:
        return readings[0]
    if len(spans) == 1:
        return next(reading for reading in readings if reading.span)
    whole = DateSpan(min(span.earliest for span in spans), max(span.latest for span in spans))
    return DateReading(
        whole,
        "It is not shown which figure is the day and which the month; the interval holds all it may mean. If the list keeps to one order, state date_order in the mapping.",
    )


def _full(short: int, kind: Calendar) -> int:
    return 1400 + short if kind is Calendar.HIJRI else full_year(f"{short:02}")


def _wrong_year(year: int, stated: Calendar) -> str:
    other = calendar_of(year, Calendar.BY_YEAR)
    if other is None or stated is Calendar.BY_YEAR:
        years = " or ".join(f"{known[0]} to {known[-1]} ({kind})" for kind, known in YEARS.items() if stated in {kind, Calendar.BY_YEAR})
        return f"The year is not within {years}."
    return (
        f'The year looks {other} where a {stated} one is expected. If the list mixes calendars, state calendar = "by-year" in the mapping.'
    )
