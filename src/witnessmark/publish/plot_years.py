"""Documented people by year as columns; a year whose number may not be shown is an empty outline, which says that there is one. Pure geometry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from witnessmark.publish.plot import Box, Group, Layout, Line, Mark, Plot, Scale, Words, scale_of

TOP = 24
HEIGHT = 190
LEFT = 64
FOOT = 30
WIDEST = 56
LABEL = 46
"""Pixels a year under its column needs."""
RUNG = 45
"""Pixels between two numbers up the side."""
OUTLINE = 16
"""The height of a column that is not shown: the same whatever it holds."""
LONGEST_GAP = 60
"""Years without anyone up to which each keeps its place."""


class ShownYear(msgspec.Struct, frozen=True):
    """A year and its people: None where that is not shown. `year` is None for those whose year is not known."""

    year: str | None
    people: int | None


def draw_years(years: Sequence[ShownYear], layout: Layout) -> Plot | None:
    """A column for each year from the first to the last, then those of no known year; None where no number is to be shown, or all are of one year."""
    held = [each.people for each in years if each.people]
    columns = list(_in_a_row(years))
    if not held or len(columns) == 1:
        return None
    up = scale_of([0, *held], TOP + HEIGHT, TOP)
    right = layout.width - 10
    step = round(min((right - LEFT) / len(columns), WIDEST), 2)
    base = TOP + HEIGHT
    groups = [Group(None, tuple(_rungs(up, right)))]
    every = max(int(-(-LABEL // step)), 1)
    groups += [_column(each, LEFT + step * (at + 0.5), step, up, labelled=not at % every) for at, each in enumerate(columns)]
    groups.append(Group(None, (Line(LEFT, base, right, base, "base"),)))
    return Plot(layout.width, base + FOOT, tuple(groups))


def _in_a_row(years: Sequence[ShownYear]) -> Iterator[ShownYear]:
    """Years in order, those without anyone in their places, and those of no known year last."""
    known = {each.year: each for each in years if each.year is not None}
    if all(year.isdigit() for year in known) and known:
        first, last = min(map(int, known)), max(map(int, known))
        if last - first <= LONGEST_GAP + len(known):
            yield from (known.get(str(year), ShownYear(str(year), 0)) for year in range(first, last + 1))
            known = {}
    yield from (known[year] for year in sorted(known))
    yield from (each for each in years if each.year is None and each.people != 0)


def _rungs(up: Scale, right: float) -> Iterator[Mark]:
    for y, label in up.ticks(RUNG):
        yield Line(LEFT, y, right, y, "grid")
        yield Words(LEFT - 8, y + 5, label, "tick", "end")


def _column(each: ShownYear, x: float, step: float, up: Scale, *, labelled: bool) -> Group:
    base = TOP + HEIGHT
    name = each.year or "not known"
    width = round(step * 0.72, 1)
    marks: list[Mark] = []
    if each.people is None:
        marks.append(Box(round(x - width / 2, 1), base - OUTLINE, width, OUTLINE, "unshown"))
    elif each.people:
        top = up.x(each.people)
        marks.append(Box(round(x - width / 2, 1), top, width, round(base - top, 1), "bar" if each.year else "bar unknown"))
    if labelled or each.year is None:
        marks.append(Words(round(x, 1), base + 20, name, "tick", "middle" if each.year else "end" if step < LABEL else "middle"))
    return Group(f"{name}: {'not shown' if each.people is None else f'{each.people:,}'}", tuple(marks))
