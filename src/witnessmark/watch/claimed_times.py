"""Times as captions, cameras and witnesses state them, read as intervals: a day is the whole day, a minute the whole minute, and what states no time zone is widened to every zone there is."""

from __future__ import annotations

import datetime as dt
import re

from witnessmark.errors import UsageError
from witnessmark.model.sheet import Moments

WESTERNMOST, EASTERNMOST = dt.timedelta(hours=-12), dt.timedelta(hours=14)
"""The offsets from UTC that are in use anywhere (IANA time zone database)."""
TO = ".."
_ZONE = re.compile(r"([+-])(\d{2}):?(\d{2})|Z|UTC")
_TIME = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})(?:[T ](?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?)?\s*(?P<zone>Z|UTC|[+-]\d{2}:?\d{2})?"
)


def zone_of(text: str) -> dt.timedelta:
    """An offset from UTC ("+03:00", "Z"). Raises UsageError."""
    found = _ZONE.fullmatch(text.strip())
    offset = dt.timedelta()
    if found is not None and found[1]:
        offset = dt.timedelta(hours=int(found[2]), minutes=int(found[3])) * (-1 if found[1] == "-" else 1)
    if found is None or not WESTERNMOST <= offset <= EASTERNMOST:
        raise UsageError(f"{text!r} is no time zone. Write its distance from UTC, such as +03:00, -02:00 or Z.")
    return offset


def interval_of(text: str, zone: str | None = None) -> Moments:
    """The interval that a stated time is: "2031-03-04", "2031-03-04 10:15+02:00", or two of them with ".." between.

    `zone` is the offset of whatever states none itself; None takes every zone for possible.

    Raises:
        UsageError: it is no such time, or ends before it begins.
    """
    first, _, last = text.partition(TO)
    last = last or first
    if _one(last, zone or "Z").end < _one(first, zone or "Z").start:
        raise UsageError(f"{text!r} ends before it begins.")
    return Moments(_one(first, zone).start, _one(last, zone).end)


def states_zone(text: str) -> bool:
    """Whether each time in the text states its own zone."""
    return all((found := _TIME.fullmatch(part.strip())) is not None and found["zone"] for part in text.split(TO))


def _one(text: str, zone: str | None) -> Moments:
    found = _TIME.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError  # noqa: TRY301 -- said once, below, for every way of being no time
        clock = dt.time(int(found["hour"] or 0), int(found["minute"] or 0), int(found["second"] or 0))
        start = dt.datetime.combine(dt.date.fromisoformat(found["day"]), clock)
    except ValueError:
        raise UsageError(
            f"{text.strip()!r} is no time. Write 2031-03-04 for a day, 2031-03-04T10:15+02:00 for a minute, and two with {TO} between for an interval."
        ) from None
    length = (
        dt.timedelta(days=1) if found["hour"] is None else dt.timedelta(minutes=1) if found["second"] is None else dt.timedelta(seconds=1)
    )
    stated = found["zone"] or zone
    east, west = (zone_of(stated), zone_of(stated)) if stated else (EASTERNMOST, WESTERNMOST)
    try:
        return Moments((start - east).replace(tzinfo=dt.UTC), (start + length - west).replace(tzinfo=dt.UTC))
    except OverflowError:
        raise UsageError(f"{text.strip()!r} lies outside the calendar.") from None
