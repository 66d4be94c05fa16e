"""The geometry of an interval timeline: rows of stated intervals above a lane of when things were said. Pure; the template only draws it.

A stated interval is a bar, a single day a stroke. An end that is not stated fades away from the one that is: nothing is drawn where nothing
was said. What is dated only by the day of the statement is in the lane "date not stated" and is never given one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

import msgspec

from witnessmark.publish.axis import Axis, Days, Gap, Tick, axis_of
from witnessmark.publish.citation import Citation

BAND = 30
"""Pixels above the lane of what has no date."""

FADE = (12, 12, 12, 12)
"""Pixels of the pieces by which an open end fades, the darkest next to the end that is stated."""

SAYINGS_APART = 24
"""Pixels within which statements are counted as one ring of their lane."""

SAID_LANE = 56
"""Pixels of the lane of statements."""


class Layout(NamedTuple):
    """Measures of a drawing in pixels; `above` where a row's words stand above its bar instead of before it."""

    width: int
    left: int
    right: int
    top: int
    row: int
    above: bool


WIDE = Layout(960, 330, 24, 34, 26, above=False)
NARROW = Layout(420, 8, 12, 34, 46, above=True)
"""For a phone: as wide as one, with words that can be read there."""


class Dated(msgspec.Struct, frozen=True):
    """One claim: when the event is said to have been (either end None where open), and the days of the statement."""

    earliest: date | None
    latest: date | None
    said_from: date | None
    said_to: date | None
    answering: bool
    approximate: bool = False

    @property
    def has_event_date(self) -> bool:
        """Whether any end of the event's interval is stated."""
        return self.earliest is not None or self.latest is not None

    @property
    def has_any_date(self) -> bool:
        """Whether anything at all is known of when it happened or was said."""
        return self.has_event_date or self.said_from is not None or self.said_to is not None

    def stated(self) -> Iterator[Days]:
        """The intervals of days that are stated, an open one as its known end."""
        for first, last in ((self.earliest, self.latest), (self.said_from, self.said_to)):
            if known := [day for day in (first, last) if day is not None]:
                yield min(known), max(known)


class Entry(msgspec.Struct, frozen=True):
    """What one row shows: one claim, or the claims of one incident laid over each other; `anchor` is where it leads."""

    citation: Citation
    anchor: str
    number: str
    label: str
    words: str
    dated: tuple[Dated, ...]

    @property
    def has_event_date(self) -> bool:
        """Whether any of its claims dates the event."""
        return any(each.has_event_date for each in self.dated)


class Bar(msgspec.Struct, frozen=True):
    """An interval from `x` over `width`; `day` where it is one day. `fades` are the pieces of open ends (x, width, step from 1)."""

    x: float
    width: float
    day: bool
    answering: bool
    approximate: bool
    fades: tuple[tuple[float, float, int], ...]


class Strokes(msgspec.Struct, frozen=True):
    """The single days of a row as one path: a row may hold hundreds."""

    path: str
    answering: bool
    approximate: bool


class ChartRow(msgspec.Struct, frozen=True):
    """An entry at height `y` (the middle of its bars; its words at `text_y`)."""

    citation: Citation
    anchor: str
    number: str
    label: str
    words: str
    y: float
    text_y: float
    bars: tuple[Bar, ...]
    strokes: tuple[Strokes, ...]
    said: tuple[tuple[float, float], ...]


class Saying(msgspec.Struct, frozen=True):
    """How many claims were said on the days about `x`."""

    x: float
    number: int
    words: str


class Drawing(msgspec.Struct, frozen=True):
    """Everything the template draws, in its own units."""

    width: int
    height: int
    left: int
    right: int
    top: int
    above: bool
    ticks: tuple[Tick, ...]
    gaps: tuple[Gap, ...]
    rows: tuple[ChartRow, ...]
    lane_y: float | None
    said_y: float | None
    sayings: tuple[Saying, ...]


def stated_days(entries: Iterable[Entry]) -> list[Days]:
    """Every interval any of them states: what an axis must hold."""
    return [days for entry in entries for dated in entry.dated for days in dated.stated()]


def draw(entries: list[Entry], stated: list[Days], layout: Layout) -> Drawing:
    """The entries in their order: those that date the event first, then the lane of those that do not, then when things were said.

    `stated` are the days of the whole timeline, so that all its figures have one axis. Raises ValueError where nothing is stated.
    """
    axis = axis_of(stated, layout.left, layout.width - layout.right)
    if axis is None:
        raise ValueError("a timeline without a single date cannot be drawn")
    dated = [each for each in entries if each.has_event_date]
    undated = [each for each in entries if not each.has_event_date]
    lane_y = layout.top + layout.row * len(dated) if undated else None
    rows = [_row(each, layout.top + layout.row * place, axis, layout) for place, each in enumerate(dated)]
    if lane_y is not None:
        rows += [_row(each, lane_y + BAND + layout.row * place, axis, layout) for place, each in enumerate(undated)]
    bottom = layout.top + layout.row * len(entries) + (BAND if undated else 0)
    sayings = _sayings(entries, axis)
    return Drawing(
        width=layout.width,
        height=bottom + (SAID_LANE if sayings else 10),
        left=layout.left,
        right=layout.width - layout.right,
        top=layout.top,
        above=layout.above,
        ticks=axis.ticks(),
        gaps=axis.gaps,
        rows=tuple(rows),
        lane_y=lane_y,
        said_y=bottom + 22 if sayings else None,
        sayings=sayings,
    )


def _row(entry: Entry, top: float, axis: Axis, layout: Layout) -> ChartRow:
    y = top + (layout.row - 12 if layout.above else layout.row / 2)
    said = {(axis.x(first), axis.x(last)) for each in entry.dated for first, last in _said(each)}
    bars = tuple(dict.fromkeys(_bar(each, axis, layout) for each in entry.dated if each.has_event_date))
    return ChartRow(
        citation=entry.citation,
        anchor=entry.anchor,
        number=entry.number,
        label=entry.label,
        words=entry.words,
        y=y,
        text_y=top + 16 if layout.above else y + 5,
        bars=bars,
        strokes=tuple(_strokes(bars, y)),
        said=tuple(sorted((x, round(to_x - x, 1)) for x, to_x in said)),
    )


def _strokes(bars: tuple[Bar, ...], y: float) -> Iterator[Strokes]:
    """A path for each way the days of a row are drawn; days closer than half a stroke are one."""
    kinds: dict[tuple[bool, bool], dict[int, float]] = {}
    for bar in bars:
        if bar.day:
            kinds.setdefault((bar.answering, bar.approximate), {}).setdefault(round(bar.x / 2), bar.x)
    for (answering, approximate), places in sorted(kinds.items()):
        yield Strokes("".join(f"M{x:g} {y - 9:g}v18" for x in places.values()), answering, approximate)


def _said(dated: Dated) -> Iterator[Days]:
    known = [day for day in (dated.said_from, dated.said_to) if day is not None]
    if known:
        yield min(known), max(known)


def _bar(dated: Dated, axis: Axis, layout: Layout) -> Bar:
    known = [day for day in (dated.earliest, dated.latest) if day is not None]
    start, end = axis.x(min(known)), axis.x(max(known))
    fades: list[tuple[float, float, int]] = []
    if dated.earliest is None:
        fades += _fading(start, -1, layout.left)
    if dated.latest is None:
        fades += _fading(end, 1, layout.width - layout.right)
    one_day = min(known) == max(known)
    return Bar(start, round(end - start, 1), one_day, dated.answering, dated.approximate, tuple(fades))


def _fading(x: float, direction: int, edge: float) -> Iterator[tuple[float, float, int]]:
    """Pieces from `x` to one side, none past the edge."""
    for step, width in enumerate(FADE, start=1):
        to = min(x + width, edge) if direction > 0 else max(x - width, edge)
        if to != x:
            yield round(min(x, to), 1), round(abs(to - x), 1), step
        x = to


def _sayings(entries: list[Entry], axis: Axis) -> tuple[Saying, ...]:
    """Statements by the day they were made on, those that fall on one pixel together."""
    days: dict[int, list[date]] = {}
    for entry in entries:
        for dated in entry.dated:
            for first, _ in _said(dated):
                days.setdefault(round(axis.x(first) / SAYINGS_APART), []).append(first)
    return tuple(Saying(axis.x(min(found)), len(found), _from_to(found)) for _, found in sorted(days.items()))


def _from_to(days: list[date]) -> str:
    first, last = min(days).isoformat(), max(days).isoformat()
    return first if first == last else f"{first} to {last}"
