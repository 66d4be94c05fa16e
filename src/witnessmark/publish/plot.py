"""What a statistical drawing is made of: boxes, lines, discs, shapes and words at places worked out before; the template only writes them down. Pure.

Counts of people are laid on an even scale, never a logarithmic one, from zero unless all of it lies in the upper half.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

import msgspec

TICK_WIDTH = 90
"""Pixels a number under the axis needs."""

LETTER = 7.2
"""Pixels a character takes at most, on average, in the drawings' type."""

_STEPS = (1, 2, 5, 10)


class Layout(NamedTuple):
    """Measures of a drawing in pixels; `above` where a row's words stand above what is drawn instead of before and after it."""

    width: int
    left: int
    right: int
    above: bool


WIDE = Layout(960, 250, 236, above=False)
NARROW = Layout(420, 10, 14, above=True)
"""For a phone."""


class Box(msgspec.Struct, frozen=True, tag_field="mark", tag="box"):
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float
    kind: str


class Line(msgspec.Struct, frozen=True, tag_field="mark", tag="line"):
    """A straight line."""

    x: float
    y: float
    to_x: float
    to_y: float
    kind: str


class Disc(msgspec.Struct, frozen=True, tag_field="mark", tag="disc"):
    """A disc about its middle."""

    x: float
    y: float
    radius: float
    kind: str


class Shape(msgspec.Struct, frozen=True, tag_field="mark", tag="shape"):
    """Any outline, as an SVG path."""

    path: str
    kind: str


class Words(msgspec.Struct, frozen=True, tag_field="mark", tag="words"):
    """A line of words from, about or up to `x`."""

    x: float
    y: float
    text: str
    kind: str
    anchor: Literal["start", "middle", "end"] = "start"


Mark = Box | Line | Disc | Shape | Words


class Group(msgspec.Struct, frozen=True):
    """Marks that are one thing, and what a screen reader says of it; None where they are furniture."""

    words: str | None
    marks: tuple[Mark, ...]


class Plot(msgspec.Struct, frozen=True):
    """Everything the template draws, in pixels."""

    width: int
    height: float
    groups: tuple[Group, ...]


class Scale(msgspec.Struct, frozen=True):
    """Numbers of people between two pixels."""

    low: float
    high: float
    left: float
    right: float

    def x(self, value: float) -> float:
        """Where a number lies; beyond an end, at it."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(self.left + share * (self.right - self.left), 1)

    def ticks(self, room: float = TICK_WIDTH) -> Iterator[tuple[float, str]]:
        """Round numbers and where they lie, each with this many pixels of room."""
        step = _step(self.high - self.low, max(int(abs(self.right - self.left) / room), 1))
        for at in range(math.ceil(self.low / step), math.floor(self.high / step) + 1):
            yield self.x(at * step), f"{at * step:,}"


def scale_of(values: Iterable[float], left: float, right: float) -> Scale:
    """A scale that holds all these numbers with a little room, from zero where the least is under half of the greatest."""
    held = list(values)
    least, most = min(held), max(held)
    high = most + (most - least if least > most / 2 else most) * 0.04
    step = _step(high - least, 8) if most > least else 1
    low = 0 if least <= most / 2 else max(math.floor((least - (most - least) * 0.08) / step) * step, 0)
    return Scale(low, max(high, low + 1), left, right)


def _step(span: float, most: int) -> int:
    """A round number of people that fits into `span` at most `most` times; at least one."""
    rough = max(span / most, 1)
    power = 10 ** math.floor(math.log10(rough))
    return next(int(power * each) for each in _STEPS if power * each >= rough)


def axis(scale: Scale, top: float, bottom: float) -> Group:
    """The scale above a drawing, with a line down from each number."""
    marks: list[Mark] = []
    for x, label in scale.ticks():
        anchor: Literal["start", "middle", "end"] = "end" if x > scale.right - 20 else "start" if x < scale.left + 6 else "middle"
        marks += [Line(x, top, x, bottom, "grid"), Words(x, top - 8, label, "tick", anchor)]
    return Group(None, tuple(marks))


def fitting(text: str, pixels: float) -> str:
    """As much of a label as there is room for."""
    most = max(int(pixels / LETTER), 4)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
