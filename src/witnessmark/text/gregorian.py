"""Months, weekdays and days of the Gregorian calendar as English writes them, and the full dates made of them.

Only what names one day is here (month names, the orders day-month-year and month-day-year, two-digit years); periods and relative
expressions are in `dates`. Nothing reads a clock.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

MONTHS: dict[str, int] = {
    **dict.fromkeys(("january", "jan"), 1),
    **dict.fromkeys(("february", "feb"), 2),
    **dict.fromkeys(("march", "mar"), 3),
    **dict.fromkeys(("april", "apr"), 4),
    "may": 5,
    **dict.fromkeys(("june", "jun"), 6),
    **dict.fromkeys(("july", "jul"), 7),
    **dict.fromkeys(("august", "aug"), 8),
    **dict.fromkeys(("september", "sept", "sep"), 9),
    **dict.fromkeys(("october", "oct"), 10),
    **dict.fromkeys(("november", "nov"), 11),
    **dict.fromkeys(("december", "dec"), 12),
}
WEEKDAYS: dict[str, int] = {
    **dict.fromkeys(("monday", "mon"), 0),
    **dict.fromkeys(("tuesday", "tues", "tue"), 1),
    **dict.fromkeys(("wednesday", "wednes", "wed"), 2),
    **dict.fromkeys(("thursday", "thurs", "thur", "thu"), 3),
    **dict.fromkeys(("friday", "fri"), 4),
    **dict.fromkeys(("saturday", "sat"), 5),
    **dict.fromkeys(("sunday", "sun"), 6),
}

MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?)"
)
WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues?|wed|thurs?|thu|fri|sat|sun)\b\.?)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])"
YEAR = r"(?:1[5-9]\d\d|20\d\d)"
SHORT_YEAR = r"(?:['’]?\d\d)"

FULL_DATE = re.compile(
    rf"(?<![\w-])(?:{WEEKDAY},?\s+)?(?:the\s+)?(?:"
    rf"(?P<iso_year>{YEAR})-(?P<iso_month>0[1-9]|1[0-2])-(?P<iso_day>0[1-9]|[12]\d|3[01])(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?"
    rf"|(?P<day1>{DAY})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?(?P<month1>{MONTH}),?[\s-]+(?P<year1>{YEAR}|{SHORT_YEAR})"
    rf"|(?P<month2>{MONTH})[\s-]+(?P<day2>{DAY})(?:st|nd|rd|th)?(?:,\s*|\s+)(?P<year2>{YEAR})"
    rf")(?![\w-]|[:.]\d)",
    re.IGNORECASE,
)
"""A day with its year, in words or ISO; the weekday before it is part of the expression."""

LATEST_SHORT_YEAR = 40
"""Two-digit years up to this one are read as 20yy, later ones as 19yy: wire copy of the 1980s is common, of the 2040s impossible."""


def as_date(value: str | dt.date | None) -> dt.date | None:
    """A document date given as an ISO string or a date; None stays None. Raises ValueError where it is no ISO date of the years 1000 to 9990."""
    if value is None:
        return None
    try:
        date = dt.date.fromisoformat(value[:10]) if isinstance(value, str) else dt.date(value.year, value.month, value.day)
    except ValueError:
        raise ValueError(f"the document date {value!r} is not an ISO date; write it as in 2017-05-16") from None
    if not 1000 <= date.year <= 9990:
        raise ValueError(f"the document date {value!r} is outside the years 1000 to 9990; was another one meant?")
    return date


def month_number(word: str) -> int:
    """1 to 12 for a month's name or abbreviation as `MONTH` matches it."""
    return MONTHS[word.casefold().rstrip(".")]


def full_year(digits: str) -> int:
    """The year a two- or four-digit figure stands for."""
    number = int(digits.lstrip("'’"))
    if number > 99:
        return number
    return number + (2000 if number <= LATEST_SHORT_YEAR else 1900)


def day_of(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None where there is no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def full_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, dt.date]]:
    """Every full date between the offsets: start, end and the day."""
    for found in FULL_DATE.finditer(text, start, len(text) if end is None else end):
        day = day_in(found)
        if day is not None:
            yield found.start(), found.end(), day


def day_in(found: re.Match[str]) -> dt.date | None:
    """The day of a match of `FULL_DATE`, or None where there is no such day."""
    part = found.groupdict()
    if part["iso_year"]:
        return day_of(int(part["iso_year"]), int(part["iso_month"]), int(part["iso_day"]))
    order = "1" if part["day1"] else "2"
    return day_of(full_year(part["year" + order]), month_number(part["month" + order]), int(part["day" + order]))
