"""When it is said to have happened, when it was said, and by when it is due.

A date inside a proposition dates the event (or, in a demand or pledge, says when it is due); a date in the same sentence outside every content dates
the saying. A date is never carried from one sentence to the next: the reader of the claim would take it for something the speaker said.
"""

from __future__ import annotations

from typing import NamedTuple

from witnessmark.claims.attributions import Attribution
from witnessmark.model.claim import Interval, Stance

FORWARD = frozenset({Stance.DEMANDS, Stance.PLEDGES})

CLAUSES = frozenset({"relcl"})
"""Clauses that tell of somebody; "in a report published on 3 May" still says when it was said."""


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
    """The time of the saying: of the dates of its sentence, the one nearest the cue that stands in nobody's content.

    A date in a clause of its own ("a woman whose son was arrested in 2014 said") tells of that clause and not of the saying.
    """
    cue = attribution.cue_extent[0][0]
    outside = [d for d in dates if not any(s < d.end and d.start < e for s, e in contents) and not _in_other_clause(attribution, d)]
    if not outside:
        return None
    return _interval(text, min(outside, key=lambda date: (date.earliest is None and date.latest is None, abs(date.start - cue))))


def _in_other_clause(attribution: Attribution, date: Dated) -> bool:
    """Whether the way up from the date passes another clause, or the name of the speaker, before it reaches the saying."""
    if attribution.mention is not None and attribution.mention[0] <= date.start < attribution.mention[1]:
        return True
    tokens = attribution.parsed.tokens_between(date.start, date.end)
    if not tokens:
        return False
    inside = {token.i for token in tokens}
    token = next((t for t in tokens if t.head.i not in inside or t.head == t), tokens[0])
    while token not in {attribution.anchor, token.head}:
        if token.dep_ in CLAUSES:
            return True
        token = token.head
    return False


def _interval(text: str, date: Dated) -> Interval:
    return Interval(date.earliest, date.latest, date.start, date.end, text[date.start : date.end])
