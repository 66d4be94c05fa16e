"""Stated dates as days that can be counted: "2017" and "2017-05" are dates too, of which only the year or month is known.

A vague date excludes what certainly lies outside it and supports nothing that needs the day.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from witnessmark.model.claim import Interval

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ].*)?)?)?", re.DOTALL)


class Days(NamedTuple):
    """First and last possible day, both included, as proleptic Gregorian ordinals; None where it is open or not known."""

    first: int | None
    last: int | None

    @property
    def day(self) -> int | None:
        """The day, where it is one day and no more than that."""
        return self.first if self.first == self.last else None

    def overlaps(self, other: Days) -> bool:
        """Whether both can be the same time; an open or unknown end excludes nothing."""
        starts_before = self.first is None or other.last is None or self.first <= other.last
        return starts_before and (other.first is None or self.last is None or other.first <= self.last)


UNKNOWN = Days(None, None)


@lru_cache(maxsize=65536)
def days_of(stated: str | None) -> Days:
    """The days an ISO date, month, year or time can mean; unknown for None and for what is no date."""
    found = _ISO.fullmatch(stated.strip()) if stated else None
    if found is None:
        return UNKNOWN
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        return UNKNOWN
    last = first if day else date(first.year, month or 12, calendar.monthrange(first.year, month or 12)[1])
    return Days(first.toordinal(), last.toordinal())


def days_of_interval(interval: Interval | None) -> Days:
    """From the first day the interval's start can mean to the last its end can."""
    return Days(days_of(interval.earliest).first, days_of(interval.latest).last) if interval else UNKNOWN
