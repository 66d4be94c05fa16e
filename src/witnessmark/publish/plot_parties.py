"""Who is said to have had which part in what: parties on the left, what they are said to have had a part in on the right, a line for each part. Pure geometry.

A broken line means that somebody denies it; how thick a line is says nothing about how true it is, so all are alike.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from witnessmark.publish.plot import Box, Group, Layout, Mark, Plot, Shape, Words, fitting

ROW = 34
TOP = 30
BOX = 24
PAD = 8


class Strand(msgspec.Struct, frozen=True):
    """One line from a party to what it is said to have had a part in, each a key and a name; `kind` colours it, `words` are for who cannot see it."""

    party: tuple[str, str]
    target: tuple[str, str]
    kind: str
    denied: bool
    words: str


def draw_parties(strands: Sequence[Strand], layout: Layout) -> Plot:
    """The drawing; both columns in the order in which their names first come, the right one nearest to what it is tied to."""
    left = list(dict.fromkeys(strand.party for strand in strands))
    places = {name: at for at, name in enumerate(left)}
    tied = {
        name: [places[strand.party] for strand in strands if strand.target == name] for name in dict.fromkeys(s.target for s in strands)
    }
    right = sorted(tied, key=lambda name: sum(tied[name]) / len(tied[name]))
    height = TOP + ROW * max(len(left), len(right))
    width = int(layout.width * (0.36 if layout.above else 0.32))
    left_y, right_y = _heights(left, height), _heights(right, height)
    groups = [_strand(each, left_y[each.party], right_y[each.target], width, layout) for each in strands]
    groups += [_name(name, y, 0, width) for (_, name), y in left_y.items()]
    groups += [_name(name, y, layout.width - width, width) for (_, name), y in right_y.items()]
    heads: tuple[Mark, ...] = (
        Words(0, 14, "Who", "tick"),
        Words(layout.width - width, 14, "In what" if layout.above else "In what, or helping whom", "tick"),
    )
    return Plot(layout.width, height + 6, (Group(None, heads), *groups))


def _heights(names: Sequence[tuple[str, str]], height: int) -> dict[tuple[str, str], float]:
    """The middles of the names, spread over the height there is."""
    step = (height - TOP) / len(names)
    return {name: round(TOP + step * (at + 0.5), 1) for at, name in enumerate(names)}


def _name(name: str, y: float, x: float, width: int) -> Group:
    return Group(None, (Box(x, y - BOX / 2, width, BOX, "party"), Words(x + PAD, y + 5, fitting(name, width - 3 * PAD), "name")))


def _strand(strand: Strand, y: float, to_y: float, width: int, layout: Layout) -> Group:
    start, end = width, layout.width - width
    middle = (start + end) / 2
    path = f"M{start} {y}C{middle} {y} {middle} {to_y} {end} {to_y}"
    return Group(strand.words, (Shape(path, f"strand {strand.kind}{' denied' if strand.denied else ''}"),))
