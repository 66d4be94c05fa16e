"""The time axis: days to horizontal places, long stretches of which nothing is stated cut short and marked as cut. Pure.

A case may speak of one week in 2017 and of one day in 2026. On an even axis each would be a speck; here each stretch of stated dates keeps a
width in proportion, and what lies between is a narrow band that says from when to when nothing is stated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

BREAK = 34.0
"""Pixels of a stretch that is cut short."""

NARROWEST = 72.0
"""Pixels of the narrowest stretch: room for one date."""

APART = 70.0
"""Pixels between the middles of two dates, so that neither is written over the other."""

SHORTEST_BREAK = 60
"""Days from which an empty stretch may be cut."""

SHARE_OF_ALL = 6
"""An empty stretch is cut where it is more than this fraction of the whole."""

TICK_WIDTH = 84
"""Pixels a date under the axis needs."""

_STEPS_IN_DAYS = (1, 2, 7, 14)
_STEPS_IN_MONTHS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000)

Days = tuple[date, date]


class Tick(msgspec.Struct, frozen=True):
    """A labelled date on the axis."""

    x: float
    label: str


class Stretch(msgspec.Struct, frozen=True):
    """Days from `first` to `last`, drawn from `left` to `right`."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """Where a day of the stretch lies."""
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return self.left + share * (self.right - self.left)


class Gap(msgspec.Struct, frozen=True):
    """Days after `after` and before `before` of which nothing is stated, drawn as a band at `x` of `BREAK` pixels."""

    after: date
    before: date
    x: float


class Axis(msgspec.Struct, frozen=True):
    """Stretches of stated days from left to right, and the gaps between them."""

    stretches: tuple[Stretch, ...]
    gaps: tuple[Gap, ...]

    def x(self, day: date) -> float:
        """Where a day lies; a day in a gap lies at its nearer edge, one outside at the axis's end."""
        for stretch in self.stretches:
            if day <= stretch.last:
                return round(stretch.x(max(day, stretch.first)), 1)
        return round(self.stretches[-1].right, 1)

    def ticks(self) -> tuple[Tick, ...]:
        """Round dates: of each stretch the one nearest its middle, and others where there is room for their words."""
        of_each = [list(_ticks(stretch)) for stretch in self.stretches]
        found = [
            min(ticks, key=lambda tick, middle=(stretch.left + stretch.right) / 2: abs(tick.x - middle))  # type: ignore[misc] # bound at once
            for stretch, ticks in zip(self.stretches, of_each, strict=True)
        ]
        for tick in (tick for ticks in of_each for tick in ticks):
            if all(abs(tick.x - other.x) >= APART for other in found):
                found.append(tick)
        return tuple(sorted(found, key=lambda tick: tick.x))


def axis_of(stated: Iterable[Days], left: float, right: float) -> Axis | None:
    """The axis that holds every stated interval of days between these pixels; None where there is none."""
    groups = _groups(sorted(stated))
    if not groups:
        return None
    room = right - left - BREAK * (len(groups) - 1)
    widths = _widths([(last - first).days + 1 for first, last in groups], room)
    stretches: list[Stretch] = []
    gaps: list[Gap] = []
    at = left
    for (first, last), width in zip(groups, widths, strict=True):
        if stretches:
            gaps.append(Gap(_unpadded(stretches[-1].last, -1), _unpadded(first, 1), at))
            at += BREAK
        stretches.append(Stretch(first, last, at, at + width))
        at += width
    return Axis(tuple(stretches), tuple(gaps))


def _groups(stated: list[Days]) -> list[Days]:
    """The stretches that are stated, each a little wider, parted where the empty days between are many."""
    if not stated:
        return []
    whole = (max(last for _, last in stated) - stated[0][0]).days
    longest = max(SHORTEST_BREAK, whole // SHARE_OF_ALL)
    groups: list[list[date]] = []
    for first, last in stated:
        if groups and (first - groups[-1][1]).days <= longest:
            groups[-1][1] = max(groups[-1][1], last)
        else:
            groups.append([first, last])
    return [(_shifted(first, -PADDING), _shifted(last, PADDING)) for first, last in groups]


PADDING = 1
"""Days before the first and after the last of a stretch, so that a mark never lies on its edge."""


def _unpadded(day: date, direction: int) -> date:
    return _shifted(day, direction * PADDING)


def _widths(days: list[int], room: float) -> list[float]:
    """Widths in proportion to the days, none under the narrowest (unless there is no room even for that)."""
    least = min(NARROWEST, room / len(days))
    free = room - least * len(days)
    return [least + free * each / sum(days) for each in days]


def _ticks(stretch: Stretch) -> Iterator[Tick]:
    most = max(int((stretch.right - stretch.left) / TICK_WIDTH), 1)
    found = list(_round_days(stretch, most)) or list(_round_months(stretch, most))
    if not found:
        middle = stretch.first + (stretch.last - stretch.first) / 2
        found = [(middle, middle.isoformat())]
    yield from (Tick(round(stretch.x(day), 1), label) for day, label in found)


def _round_days(stretch: Stretch, most: int) -> Iterator[tuple[date, str]]:
    number = (stretch.last - stretch.first).days + 1
    step = next((each for each in _STEPS_IN_DAYS if number / each <= most), None)
    if step is None and number <= _STEPS_IN_DAYS[-1]:
        step = number
    if step is not None:
        first = stretch.first.toordinal() + (PADDING if number > 2 * PADDING else 0)
        yield from ((day, day.isoformat()) for day in map(date.fromordinal, range(first, stretch.last.toordinal() + 1, step)))


def _round_months(stretch: Stretch, most: int) -> Iterator[tuple[date, str]]:
    first, last = _months(stretch.first), _months(stretch.last)
    step = next((each for each in _STEPS_IN_MONTHS if (last - first) / each <= most), _STEPS_IN_MONTHS[-1])
    for month in range(-(-first // step) * step, last + 1, step):
        if month >= 12 and (day := date(month // 12, month % 12 + 1, 1)) >= stretch.first:
            yield day, str(day.year) if step >= 12 else f"{day.year}-{day.month:02}"


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1


def _shifted(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))
