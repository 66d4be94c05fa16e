"""What each chain of a sampler drew, under each other on one scale: chains that came to one place look alike, whatever colours are to be seen. Pure geometry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from statistics import median
from typing import NamedTuple

import msgspec

from witnessmark.publish.plot import Box, Group, Layout, Line, Mark, Plot, Scale, Shape, Words, scale_of

TOP = 30
TRACE = 76
GAP = 20
GAP_ABOVE = 34
FOOT = 30
NUMBERS = 74
"""Pixels to the left of a trace for the numbers of its scale."""
RUNG = 24
MOST = 8
"""Chains drawn."""
CUT = 0.005
"""The share of all values at either end that lies beyond the scale, and is drawn at its edge: one leap of a chain would else flatten all the rest."""


class Traces(msgspec.Struct, frozen=True):
    """Totals each chain drew, from its start on, `apart` sweeps from one to the next, of which the first `dropped` were not counted. Without an estimate there is no middle to be told."""

    chains: tuple[tuple[int, ...], ...]
    apart: int
    dropped: int
    estimated: bool


class _Scales(NamedTuple):
    """Of people upwards, and of sweeps to the right."""

    people: Scale
    sweeps: Scale


def draw_chains(traces: Traces, layout: Layout) -> Plot:
    """A row for each chain, all with the same scale of people upwards and of sweeps to the right."""
    shown = traces.chains[:MOST]
    left, right = _sides(layout)
    sweeps = scale_of([0, traces.apart * max(len(shown[0]) - 1, 1)], left, right)
    sweeps = msgspec.structs.replace(sweeps, high=traces.apart * max(len(shown[0]) - 1, 1))
    row = TRACE + (GAP_ABOVE if layout.above else GAP)
    first = TOP + (GAP_ABOVE if layout.above else 0)
    bottom = first + row * (len(shown) - 1) + TRACE
    groups = [_under(sweeps, bottom, left, right)]
    people = scale_of(_within(shown), bottom, bottom - TRACE)
    for place in range(len(shown)):
        top = first + row * place
        up = msgspec.structs.replace(people, left=top + TRACE, right=top)
        groups.append(_chain(place + 1, traces, _Scales(up, sweeps), layout))
    return Plot(layout.width, bottom + FOOT, tuple(groups))


def _within(chains: Sequence[Sequence[int]]) -> list[int]:
    """All values but the few farthest out."""
    values = sorted(chain.from_iterable(chains))
    cut = int(len(values) * CUT)
    return values[cut : len(values) - cut]


def _sides(layout: Layout) -> tuple[float, float]:
    if layout.above:
        return layout.left + NUMBERS, layout.width - layout.right
    return layout.left, layout.width - layout.right


def _chain(number: int, traces: Traces, scales: _Scales, layout: Layout) -> Group:
    up, sweeps = scales
    bottom, top = up.left, up.right
    values = traces.chains[number - 1]
    counted = values[traces.dropped :]
    figures = f"middle {median(counted):,.0f}" if traces.estimated and counted else ""
    edge = sweeps.x(traces.apart * traces.dropped)
    marks: list[Mark] = [Box(sweeps.left, top, round(edge - sweeps.left, 1), bottom - top, "dropped")]
    for y, label in up.ticks(RUNG):
        marks += [Line(sweeps.left, y, sweeps.right, y, "grid"), Words(sweeps.left - 8, y + 5, label, "tick", "end")]
    path = "L".join(f"{sweeps.x(traces.apart * at):g} {up.x(value):g}" for at, value in enumerate(values))
    marks.append(Shape(f"M{path}", "trace"))
    if number == 1:
        marks.append(Words(sweeps.left + 6, top - 8, "not counted", "tick"))
    marks += _labels(number, figures, top, layout)
    return Group(f"chain {number}{': ' if figures else ''}{figures}", tuple(marks))


def _labels(number: int, figures: str, top: float, layout: Layout) -> Iterator[Words]:
    if layout.above:
        yield Words(layout.left, top - 8, f"chain {number}", "label")
        yield Words(layout.width - layout.right, top - 8, figures, "figures", "end")
    else:
        y = top + TRACE / 2 + 5
        yield Words(layout.left - NUMBERS - 14, y, f"chain {number}", "label", "end")
        yield Words(layout.width - layout.right + 14, y, figures, "figures")


def _under(sweeps: Scale, bottom: float, left: float, right: float) -> Group:
    marks: list[Mark] = [Line(left, bottom, right, bottom, "base"), Words(left - 8, bottom + 20, "sweeps", "tick", "end")]
    marks += [Words(x, bottom + 20, label, "tick", "end" if x > right - 26 else "middle") for x, label in sweeps.ticks()]
    return Group(None, tuple(marks))
