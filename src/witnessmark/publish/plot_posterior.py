"""Where the draws of each method lie, one above the other on one scale, with the ends of each interval and the documented minimum. Pure geometry."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from witnessmark.model.estimate import Interval
from witnessmark.publish.plot import Group, Layout, Line, Mark, Plot, Scale, Shape, axis, scale_of
from witnessmark.publish.plot_rows import FOOT, TOP, labels, minimum_line

BINS = 64
HUMP = 58
ROW = 84
ROW_ABOVE = 112
BEYOND = 1.1
"""How far past the highest end of an interval the scale goes; the share of draws beyond is told in the table."""


class Draws(msgspec.Struct, frozen=True):
    """The draws of one method, its interval and how both read in words."""

    label: str
    figures: str
    draws: tuple[float, ...]
    interval: Interval
    bound: bool = False


class Bins(msgspec.Struct, frozen=True):
    """What share of a method's draws lies in each of equal steps from `low` to `high`, and what share beyond."""

    low: float
    high: float
    shares: tuple[float, ...]
    beyond: float

    @property
    def step(self) -> float:
        """People a bin is wide."""
        return (self.high - self.low) / len(self.shares)


def reach_of(methods: Sequence[Draws], minimum: float) -> tuple[float, float]:
    """The numbers the scale has to hold: the minimum and every interval, with a little beyond."""
    return minimum, BEYOND * max(each.interval.high for each in methods)


def binned(draws: Sequence[float], low: float, high: float, bins: int = BINS) -> Bins:
    """The draws by equal steps; those under `low` are in the first."""
    counts = [0] * bins
    beyond = 0
    for value in draws:
        place = int((value - low) / (high - low) * bins)
        if place >= bins and value > high:
            beyond += 1
        else:
            counts[min(max(place, 0), bins - 1)] += 1
    return Bins(low, high, tuple(count / len(draws) for count in counts), beyond / len(draws))


def draw_posterior(methods: Sequence[Draws], minimum: float, layout: Layout) -> Plot:
    """A hump for each method, each to its own height."""
    scale = scale_of(reach_of(methods, minimum), layout.left, layout.width - layout.right)
    row = ROW_ABOVE if layout.above else ROW
    bottom = TOP + row * len(methods)
    groups = [axis(scale, TOP, bottom), minimum_line(minimum, scale, TOP, bottom)]
    groups += [_method(each, TOP + row * place, row, scale, layout) for place, each in enumerate(methods)]
    return Plot(layout.width, bottom + FOOT, tuple(groups))


def _method(method: Draws, top: float, row: int, scale: Scale, layout: Layout) -> Group:
    base = top + row - 8
    bound = " bound" if method.bound else ""
    marks: list[Mark] = [Shape(_outline(method, base, scale), f"hump{bound}")]
    for end in (method.interval.low, method.interval.high):
        x = scale.x(end)
        marks.append(Line(x, round(base - HUMP * 0.6, 1), x, base + 5, f"cap{bound}"))
    marks.append(Line(scale.left, base, scale.right, base, "base"))
    marks += labels(method.label, method.figures, top, base - HUMP / 3, layout)
    return Group(f"{method.label}: {method.figures}", tuple(marks))


def _outline(method: Draws, base: float, scale: Scale) -> str:
    bins = binned(method.draws, scale.low, scale.high)
    peak = max(bins.shares) or 1
    width = (scale.right - scale.left) / len(bins.shares)
    steps = "".join(f"V{base - share / peak * HUMP:.1f}h{width:g}" for share in bins.shares)
    return f"M{scale.left:g} {base:g}{steps}V{base:g}z"
