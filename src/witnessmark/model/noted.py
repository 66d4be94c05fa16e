"""What is noted of a photograph or film when it is taken in: when, where and with what it is said to have been made. A claim like any other, held against the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from witnessmark.model.decision import Decision

ON, AT, WITH = "taken_on", "taken_at", "taken_with"
"""Fields of a decision on an item: "2031-04-02" or "2031-04-01 to 2031-04-03"; a place by its name or "33.665, 36.329"; a device in words. The reason says who says so."""
NOTED = (ON, AT, WITH)
NONE = "none"
TO = " to "
_DEGREES = re.compile(r"\s*([+-]?\d{1,2}(?:\.\d+)?)\s*,\s*([+-]?\d{1,3}(?:\.\d+)?)\s*")


class Noted(msgspec.Struct, frozen=True):
    """One thing noted, and `why` it was: who says so."""

    field: str
    value: str
    why: str


def noted_on_record(decided: Mapping[str, Decision]) -> tuple[Noted, ...]:
    """What decisions (the newest of each field) note of an item."""
    return tuple(_noted(decided))


def _noted(decided: Mapping[str, Decision]) -> Iterator[Noted]:
    for field in NOTED:
        decision = decided.get(field)
        if decision is not None and decision.value != NONE:
            yield Noted(field, decision.value, decision.why)


def days_noted(value: str) -> tuple[str, str]:
    """The first and last day of a value of `taken_on`. Raises ValueError where it states none."""
    first, _, last = value.partition(TO)
    days = date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
    if days[1] < days[0]:
        raise ValueError(value)
    return days[0].isoformat(), days[1].isoformat()


def degrees_noted(value: str) -> tuple[float, float] | None:
    """Latitude and longitude of a value of `taken_at`; None where it is a name."""
    match = _DEGREES.fullmatch(value)
    if match is None:
        return None
    latitude, longitude = float(match[1]), float(match[2])
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None
