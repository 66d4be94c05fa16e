"""Intervals under each other on one scale: of methods, of strata, of thresholds. Pure geometry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from witnessmark.model.estimate import Interval
from witnessmark.publish.plot import Group, Layout, Line, Mark, Plot, Scale, Shape, Words, axis, fitting, scale_of

TOP = 34
ROW = 34
ROW_ABOVE = 62
FOOT = 34
ARROW = 9


class IntervalRow(msgspec.Struct, frozen=True):
    """One interval: its label before it, its figures after it. `documented` is marked where it differs from row to row; `bound` is of a number the truth is at least."""

    label: str
    figures: str
    interval: Interval | None = None
    middle: float | None = None
    documented: float | None = None
    bound: bool = False

    def values(self) -> Iterator[float]:
        """Every number it puts on the scale."""
        yield from (value for value in (self.middle, self.documented) if value is not None)
        yield from (self.interval.low, self.interval.high) if self.interval is not None else ()


def draw_intervals(rows: Sequence[IntervalRow], minimum: float | None, layout: Layout) -> Plot | None:
    """The rows in their order, and a line at the documented minimum where there is one for all; None where no number is to be drawn."""
    values = [value for row in rows for value in row.values()] + ([] if minimum is None else [minimum])
    if not values:
        return None
    scale = scale_of(values, layout.left, layout.width - layout.right)
    height = ROW_ABOVE if layout.above else ROW
    bottom = TOP + height * len(rows)
    groups = [axis(scale, TOP, bottom)]
    if minimum is not None:
        groups.append(minimum_line(minimum, scale, TOP, bottom))
    groups += [_row(row, TOP + height * place, scale, layout) for place, row in enumerate(rows)]
    return Plot(layout.width, bottom + (FOOT if minimum is not None else 10), tuple(groups))


def minimum_line(minimum: float, scale: Scale, top: float, bottom: float) -> Group:
    """The documented minimum, across all rows."""
    x = scale.x(minimum)
    near_end = x > (scale.left + scale.right) / 2
    words = Words(x, bottom + 22, f"documented minimum {minimum:,.0f}", "minimum", "end" if near_end else "start")
    return Group(f"documented minimum: {minimum:,.0f}", (Line(x, top, x, bottom + 8, "minimum"), words))


def _row(row: IntervalRow, top: float, scale: Scale, layout: Layout) -> Group:
    y = top + (ROW_ABOVE - 12 if layout.above else ROW / 2)
    marks: list[Mark] = list(labels(row.label, row.figures, top, y, layout))
    if row.interval is not None:
        marks += _reach(row.interval, y, scale, bound=row.bound)
    if row.middle is not None and row.interval is not None:
        x = scale.x(row.middle)
        marks.append(Shape(f"M{x:g} {y - 6:g}l6 6l-6 6l-6-6z", "middle"))
    if row.documented is not None:
        x = scale.x(row.documented)
        marks.append(Shape(f"M{x - 4:g} {y - 4:g}h8v8h-8z", "documented"))
    return Group(f"{row.label}: {row.figures}", tuple(marks))


def labels(label: str, figures: str, top: float, y: float, layout: Layout) -> Iterator[Words]:
    """A row's label and figures, before and after it or above it."""
    if layout.above:
        room = layout.width - layout.left
        yield Words(layout.left, top + 16, fitting(label, room), "label")
        yield Words(layout.left, top + 33, fitting(figures, room), "figures")
    else:
        yield Words(layout.left - 14, y + 5, fitting(label, layout.left - 14), "label", "end")
        yield Words(layout.width - layout.right + 14, y + 5, fitting(figures, layout.right - 14), "figures")


def _reach(interval: Interval, y: float, scale: Scale, *, bound: bool) -> Iterator[Mark]:
    """A bar from end to end; of a bound, an open one that points on."""
    low, high = scale.x(interval.low), scale.x(interval.high)
    kind = " bound" if bound else ""
    yield Line(low, y, max(high, low + 1), y, f"reach{kind}")
    yield Line(low, y - 8, low, y + 8, f"cap{kind}")
    if bound:
        yield Shape(f"M{high:g} {y - 6:g}l{ARROW} 6l-{ARROW} 6", f"cap{kind}")
    else:
        yield Line(high, y - 8, high, y + 8, f"cap{kind}")
