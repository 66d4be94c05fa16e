"""When it is said to have happened, when it was said, and by when it is due.

A date inside a proposition dates the event (or, in a demand or pledge, says when it is due); a date in the same sentence outside every content dates
the saying. A date is never carried from one sentence to the next: the reader of the claim would take it for something the speaker said.
"""

from __future__ import annotations

from typing import NamedTuple

from witnessmark.claims.attributions import Attribution
from witnessmark.model.claim import Interval, Stance

FORWARD = frozenset({Stance.DEMANDS, Stance.PLEDGES})


class Dated(NamedTuple):
    """An expression of time and the days it may mean."""

    start: int
    end: int
    earliest: str | None
    latest: str | None


def time_of(text: str, stance: Stance, dates: list[Dated]) -> tuple[Interval | None, Interval | None]:
    """The event's time and the due time of a proposition, from the dates inside it."""
    if not dates:
        return None, None
    chosen = next((date for date in dates if date.earliest or date.latest), dates[0])
    interval = _interval(text, chosen)
    return (None, interval) if stance in FORWARD else (interval, None)


def time_said(text: str, attribution: Attribution, contents: list[tuple[int, int]], dates: list[Dated]) -> Interval | None:
    """The time of the saying: of the dates of its sentence, the one nearest the cue that stands in nobody's content."""
    cue = attribution.cue_extent[0][0]
    outside = [d for d in dates if not any(s < d.end and d.start < e for s, e in contents)]
    if not outside:
        return None
    return _interval(text, min(outside, key=lambda date: (date.earliest is None and date.latest is None, abs(date.start - cue))))


def _interval(text: str, date: Dated) -> Interval:
    return Interval(date.earliest, date.latest, date.start, date.end, text[date.start : date.end])
