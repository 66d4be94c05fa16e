"""An UpSet plot: how many people stand on exactly which lists (Lex and others, IEEE TVCG 20, 2014). Pure geometry.

A column for each overlap, the largest first: a bar over a dot for every list that holds these people. Overlaps that may not be shown are not drawn.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from witnessmark.publish.plot import Box, Disc, Group, Layout, Line, Mark, Plot, Scale, Words, fitting

BARS = 150
TOP = 26
MATRIX_ROW = 28
SIZES = 110
"""Pixels of the bars of list sizes."""
COLUMN = 34
COLUMN_NARROW = 27
GAP = 26


class ShownList(msgspec.Struct, frozen=True):
    """A list, and how many people it holds; None where that is not shown."""

    name: str
    people: int | None


class ShownOverlap(msgspec.Struct, frozen=True):
    """The places of the lists these people stand on, in the order of the lists, and how many they are."""

    on: tuple[int, ...]
    people: int


def columns_in(layout: Layout) -> int:
    """How many overlaps a drawing has room for."""
    return int((layout.width - _left(layout) - 10) / (COLUMN_NARROW if layout.above else COLUMN))


def draw_overlaps(lists: Sequence[ShownList], overlaps: Sequence[ShownOverlap], layout: Layout) -> Plot | None:
    """The largest overlaps that there is room for; None where there is none to draw."""
    drawn = overlaps[: columns_in(layout)]
    if not drawn:
        return None
    base = TOP + BARS
    tallest = max(each.people for each in drawn)
    groups = [_list(one, base + GAP + MATRIX_ROW * place, lists, layout) for place, one in enumerate(lists)]
    groups.append(Group(None, (Line(_left(layout), base, layout.width - 10, base, "base"),)))
    groups += [_overlap(one, place, tallest, lists, layout) for place, one in enumerate(drawn)]
    return Plot(layout.width, base + GAP + MATRIX_ROW * len(lists) + 4, tuple(groups))


def _left(layout: Layout) -> int:
    return 112 if layout.above else 330


def _list(one: ShownList, top: float, lists: Sequence[ShownList], layout: Layout) -> Group:
    y = top + MATRIX_ROW / 2
    people = f"{one.people:,}" if one.people is not None else "not shown"
    told = f"{one.name}: {people}" if one.people is None else f"{one.name}: {people} people"
    marks: list[Mark] = [Line(0, top, layout.width, top, "grid")]
    if layout.above:
        marks.append(Words(0, y + 5, fitting(one.name, _left(layout) - 12), "label"))
    else:
        most = max((each.people or 0 for each in lists), default=0)
        scale = Scale(0, max(most, 1), 0, SIZES)
        start = _left(layout) - 14 - SIZES
        marks.append(Words(start - 62, y + 5, fitting(one.name, start - 62), "label", "end"))
        marks.append(Words(start - 8, y + 5, people, "figures", "end"))
        if one.people is not None:
            marks.append(Box(start, y - 7, max(scale.x(one.people), 1), 14, "bar"))
    return Group(told, tuple(marks))


def _overlap(one: ShownOverlap, place: int, tallest: int, lists: Sequence[ShownList], layout: Layout) -> Group:
    step = COLUMN_NARROW if layout.above else COLUMN
    x = _left(layout) + step * (place + 0.5)
    base = TOP + BARS
    height = max(round(one.people / tallest * BARS, 1), 1)
    marks: list[Mark] = [
        Box(x - 9, round(base - height, 1), 18, height, "bar"),
        Words(x, round(base - height - 6, 1), _short(one.people), "figures small", "middle"),
    ]
    places = [base + GAP + MATRIX_ROW * (at + 0.5) for at in range(len(lists))]
    if len(one.on) > 1:
        marks.append(Line(x, places[one.on[0]], x, places[one.on[-1]], "stem"))
    marks += [Disc(x, y, 6 if at in one.on else 2.5, "on" if at in one.on else "off") for at, y in enumerate(places)]
    names = " and ".join(lists[at].name for at in one.on)
    return Group(f"only on {names}: {one.people:,} people", tuple(marks))


def _short(people: int) -> str:
    """A number that fits over a bar: exact below ten thousand."""
    return (
        f"{people:,}"
        if people < 1_000
        else f"{people}"
        if people < 10_000
        else f"{people / 1000:.0f}k"
        if people < 1_000_000
        else f"{people / 1e6:.1f}m"
    )
