"""The geometry of an interval timeline: days to horizontal places, claims to rows. Pure; the template only draws it.

A stated interval is a bar, a single day a tick, an open end an arrow to the edge, the day of the statement an open
ring. A claim whose event has no stated date is a row of the lane "date not stated": it is never given one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from witnessmark.publish.citation import Citation

WIDTH = 960
LEFT = 330
RIGHT = 24
TOP = 34
ROW = 26
BAND = 30
MOST_TICKS = 8

_STEPS_IN_MONTHS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000)
_STEPS_IN_DAYS = (1, 2, 7, 14)


class Dated(msgspec.Struct, frozen=True):
    """One claim to draw: when the event is said to have been (either end None where open) and the statement's days."""

    citation: Citation
    label: str
    words: str
    earliest: date | None
    latest: date | None
    said_from: date | None
    said_to: date | None
    answering: bool

    @property
    def has_event_date(self) -> bool:
        """Whether any end of the event's interval is stated."""
        return self.earliest is not None or self.latest is not None

    @property
    def has_any_date(self) -> bool:
        """Whether anything at all is known of when it happened or was said."""
        return self.has_event_date or self.said_from is not None or self.said_to is not None


class Bar(msgspec.Struct, frozen=True):
    """The event's interval from `x` over `width`; `day` where it is one day, the arrows where an end is open."""

    x: float
    width: float
    day: bool
    open_left: bool
    open_right: bool


class ChartRow(msgspec.Struct, frozen=True):
    """A claim at height `y`."""

    citation: Citation
    label: str
    words: str
    y: float
    bar: Bar | None
    said: Bar | None
    answering: bool


class Tick(msgspec.Struct, frozen=True):
    """A labelled date on the axis."""

    x: float
    label: str


class Drawing(msgspec.Struct, frozen=True):
    """Everything the template draws, in its own units."""

    width: int
    height: int
    left: int
    right: int
    top: int
    ticks: tuple[Tick, ...]
    rows: tuple[ChartRow, ...]
    lane_y: float | None


class Scale(msgspec.Struct, frozen=True):
    """Days on the horizontal axis, `first` at the left edge and `last` at the right."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Where a day stands."""
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(LEFT + share * (WIDTH - RIGHT - LEFT), 1)

    def ticks(self) -> tuple[Tick, ...]:
        """At most `MOST_TICKS` dates on round days, months or years."""
        for step in _STEPS_IN_DAYS:
            if (self.last - self.first).days / step <= MOST_TICKS:
                days = range(self.first.toordinal(), self.last.toordinal() + 1, step)
                return tuple(Tick(self.x(day), day.isoformat()) for day in map(date.fromordinal, days))
        months = _months(self.last) - _months(self.first)
        step = next((each for each in _STEPS_IN_MONTHS if months / each <= MOST_TICKS), _STEPS_IN_MONTHS[-1])
        return tuple(Tick(self.x(day), _month_label(day, step)) for day in self._round_months(step))

    def _round_months(self, step: int) -> Iterator[date]:
        for month in range(-(-_months(self.first) // step) * step, _months(self.last) + 1, step):
            if month >= 12 and (day := date(month // 12, month % 12 + 1, 1)) >= self.first:
                yield day


def scale_of(claims: list[Dated]) -> Scale | None:
    """The axis that holds every date of `claims`, a little wider; None where not one date is stated."""
    days = [day for each in claims for day in (each.earliest, each.latest, each.said_from, each.said_to) if day is not None]
    if not days:
        return None
    first, last = min(days), max(days)
    margin = max((last - first).days // 40, 1)
    return Scale(_shifted(first, -margin), _shifted(last, margin))


def draw(claims: list[Dated], scale: Scale) -> Drawing:
    """The rows of `claims` in their order: those with an event date first, then the lane of those without."""
    dated = [each for each in claims if each.has_event_date]
    undated = [each for each in claims if not each.has_event_date]
    rows = [_row(each, TOP + ROW * place + ROW / 2, scale) for place, each in enumerate(dated)]
    lane_y = TOP + ROW * len(dated) if undated else None
    if lane_y is not None:
        rows += [_row(each, lane_y + BAND + ROW * place + ROW / 2, scale) for place, each in enumerate(undated)]
    height = TOP + ROW * len(claims) + (BAND if undated else 0) + 10
    return Drawing(WIDTH, height, LEFT, WIDTH - RIGHT, TOP, scale.ticks(), tuple(rows), lane_y)


def _row(claim: Dated, y: float, scale: Scale) -> ChartRow:
    event = _bar(claim.earliest, claim.latest, scale)
    said = _bar(claim.said_from, claim.said_to, scale)
    return ChartRow(claim.citation, claim.label, claim.words, y, event, said, claim.answering)


def _bar(earliest: date | None, latest: date | None, scale: Scale) -> Bar | None:
    if earliest is None and latest is None:
        return None
    start, end = scale.x(earliest or scale.first), scale.x(latest or scale.last)
    width = round(max(end - start, 0), 1)
    return Bar(start, width, earliest == latest, earliest is None, latest is None)


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month_label(day: date, step: int) -> str:
    return str(day.year) if step >= 12 else f"{day.year}-{day.month:02}"


def _shifted(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))
