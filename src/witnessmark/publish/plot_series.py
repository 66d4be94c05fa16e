"""Brightness of polygons by date as discs joined by lines: the site's in full, those of comparison ground thin. Pure geometry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from witnessmark.publish.plot import Disc, Group, Layout, Line, Mark, Plot, Scale, Words, fitting, scale_of

TOP, HEIGHT, FOOT = 24, 200, 34
LEFT = 56
RUNG = 45
LABEL = 96


class Series(msgspec.Struct, frozen=True):
    """A polygon's values by day; `own` is the site's."""

    name: str
    values: tuple[tuple[dt.date, float], ...]
    own: bool


def draw_series(series: Sequence[Series], layout: Layout) -> Plot | None:
    """The series over one axis of time; None where there are not two days."""
    days = sorted({day for each in series for day, _ in each.values})
    if len(days) < 2:
        return None
    up = scale_of([value for each in series for _, value in each.values], TOP + HEIGHT, TOP)
    beside = 0 if layout.above else 150
    across = Scale(days[0].toordinal(), days[-1].toordinal(), LEFT + 10, layout.width - 24 - beside)
    groups = [Group(None, tuple(_frame(up, across, days, layout)))]
    groups += [_line(each, up, across, words=not layout.above) for each in sorted(series, key=lambda each: each.own)]
    return Plot(layout.width, TOP + HEIGHT + FOOT, tuple(groups))


def _frame(up: Scale, across: Scale, days: Sequence[dt.date], layout: Layout) -> list[Mark]:
    marks: list[Mark] = []
    for y, label in up.ticks(RUNG):
        marks += [Line(LEFT, y, across.right + 10, y, "grid"), Words(LEFT - 8, y + 5, label, "tick", "end")]
    last = -LABEL * 2.0
    for day in days:
        x = across.x(day.toordinal())
        marks.append(Line(x, TOP + HEIGHT, x, TOP + HEIGHT + 6, "base"))
        if x - last >= LABEL:
            near_end = x > layout.width - LABEL / 2
            marks.append(Words(x, TOP + HEIGHT + 24, day.isoformat(), "tick", "end" if near_end else "middle"))
            last = x
    return marks


def _line(series: Series, up: Scale, across: Scale, *, words: bool) -> Group:
    points = [(across.x(day.toordinal()), up.x(value)) for day, value in sorted(series.values)]
    kind = "strand" if series.own else "strand did"
    marks: list[Mark] = [Line(x, y, u, v, kind) for (x, y), (u, v) in pairwise(points)]
    marks += [Disc(x, y, 5 if series.own else 3.5, "documented" if series.own else "off") for x, y in points]
    if words:
        marks.append(Words(points[-1][0] + 12, points[-1][1] + 5, fitting(series.name, 130), "figures"))
    told = ", ".join(f"{day.isoformat()}: {value:,.1f}" for day, value in sorted(series.values))
    return Group(f"{series.name}: {told}", tuple(marks))
