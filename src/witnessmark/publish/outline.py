"""Turns lines on the plane into short SVG paths: cut to the frame, laid on a grid of half a pixel, repeated and straight points dropped.

The grid is the same for every line, so two countries keep one border however their rings begin. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

Point = tuple[float, float]
Cell = tuple[int, int]

OVER = 12.0
"""Pixels by which shapes reach past the frame, so that its edge never shows as a border."""


def filled(rings: Iterable[list[Point]], width: float, height: float, grid: float) -> str:
    """The rings as one path in units of `grid` pixels, to be filled even-odd."""
    parts = []
    for ring in rings:
        cells = _cells(_clipped(ring, width, height), grid)
        if len(cells) > 2:
            parts.append(_path(cells) + "z")
    return "".join(parts)


def stroked(lines: Iterable[list[Point]], width: float, height: float, grid: float) -> str:
    """The lines as one path, kept where they touch the frame."""
    parts = []
    for line in lines:
        for piece in _inside(line, width, height):
            cells = _cells(piece, grid)
            if len(cells) > 1:
                parts.append(_path(cells))
    return "".join(parts)


def _path(cells: list[Cell]) -> str:
    """A move and relative steps, written as shortly as SVG allows."""
    (x, y), *rest = cells
    parts = [f"M{x} {y}"]
    letter = "l"
    for at, (to_x, to_y) in enumerate(rest):
        parts.append(f"{letter if at == 0 else '' if to_x < x else ' '}{to_x - x}{'' if to_y < y else ' '}{to_y - y}")
        x, y = to_x, to_y
    return "".join(parts)


def _cells(line: list[Point], grid: float) -> list[Cell]:
    """The line on the grid, without repeated points and without those on a straight stretch."""
    found: list[Cell] = []
    for x, y in line:
        cell = round(x / grid), round(y / grid)
        if found and found[-1] == cell:
            continue
        if len(found) > 1 and _straight(found[-2], found[-1], cell):
            found[-1] = cell
        else:
            found.append(cell)
    return found


def _straight(one: Cell, two: Cell, three: Cell) -> bool:
    right, up = two[0] - one[0], two[1] - one[1]
    on_right, on_up = three[0] - two[0], three[1] - two[1]
    return right * on_up == up * on_right and right * on_right + up * on_up > 0


def _clipped(ring: list[Point], width: float, height: float) -> list[Point]:
    """The ring cut to the frame (Sutherland and Hodgman, 1974): one edge of the frame after the other."""
    for axis, limit, keeps_less in ((0, -OVER, False), (0, width + OVER, True), (1, -OVER, False), (1, height + OVER, True)):
        if not ring:
            return []
        ring = list(_cut(ring, axis, limit, keeps_less=keeps_less))
    return ring


def _cut(ring: list[Point], axis: int, limit: float, *, keeps_less: bool) -> Iterator[Point]:
    before = ring[-1]
    was_in = (before[axis] <= limit) == keeps_less
    for point in ring:
        is_in = (point[axis] <= limit) == keeps_less
        if is_in != was_in:
            share = (limit - before[axis]) / (point[axis] - before[axis])
            yield before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])
        if is_in:
            yield point
        before, was_in = point, is_in


def _inside(line: list[Point], width: float, height: float) -> Iterator[list[Point]]:
    """The stretches of a line whose segments touch the frame."""
    piece: list[Point] = []
    for before, point in pairwise(line):
        if _touches(before, point, width, height):
            if not piece:
                piece = [before]
            piece.append(point)
        elif piece:
            yield piece
            piece = []
    if piece:
        yield piece


def _touches(one: Point, other: Point, width: float, height: float) -> bool:
    """Whether the box about a segment meets the frame; a segment longer than the frame is not drawn (the far side of the globe)."""
    left, right = sorted((one[0], other[0]))
    top, bottom = sorted((one[1], other[1]))
    return left <= width + OVER and right >= -OVER and top <= height + OVER and bottom >= -OVER and max(right - left, bottom - top) < width
