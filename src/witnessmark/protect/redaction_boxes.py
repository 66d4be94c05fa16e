"""Boxes that do not tell what they hide: padded beyond the letters and grown to steps of width that many words share.

A box drawn tightly around a name gives its width in pixels, which for a known typeface is nearly the name itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""

PADDING = 0.25
"""Share of the line's height left around the letters, for serifs, accents and blurred edges."""
LEADING = 1.3
"""Height of a line's box by that of the middle word: a word with ascender and descender stands a quarter higher than one with neither."""
STEP = 4.0
"""Widths are multiples of the line's height by this: about eight letters, so that most names of people fall into two classes."""


def one_for_each_line(rectangles: Iterable[Rectangle]) -> list[Rectangle]:
    """The rectangles of words or letters joined into one for each line they stand on, in the order given."""
    lines: list[Rectangle] = []
    for left, top, right, bottom in rectangles:
        if right <= left or bottom <= top:
            continue
        last = lines[-1] if lines else None
        if last is not None and min(bottom, last[3]) - max(top, last[1]) > 0.3 * min(bottom - top, last[3] - last[1]):
            lines[-1] = (min(left, last[0]), min(top, last[1]), max(right, last[2]), max(bottom, last[3]))
        else:
            lines.append((left, top, right, bottom))
    return lines


def joined_where_they_meet(rectangles: Iterable[Rectangle]) -> list[Rectangle]:
    """The rectangles with those that overlap made one: a word found in the text layer and seen in the picture is one word."""
    apart: list[Rectangle] = []
    for new in rectangles:
        meeting = [old for old in apart if new[0] < old[2] and old[0] < new[2] and new[1] < old[3] and old[1] < new[3]]
        corners = [new, *meeting]
        apart = [old for old in apart if old not in meeting]
        apart.append((min(c[0] for c in corners), min(c[1] for c in corners), max(c[2] for c in corners), max(c[3] for c in corners)))
    return apart


def line_height(rectangles: Iterable[Rectangle]) -> float:
    """The height of a box on one line of a page with these words: above most of them, so that a name without a descender gets no lower box."""
    heights = sorted(bottom - top for _, top, _, bottom in rectangles if bottom > top)
    return LEADING * max(heights[len(heights) // 2], 6.0) if heights else 12.0


def grown(rectangle: Rectangle, size: tuple[int, int], line: float) -> Rectangle:
    """The rectangle to black out: padded, its height whole lines of `line_height`, its width whole steps, kept on a page of `size` pixels."""
    left, top, right, bottom = rectangle
    height = math.ceil((bottom - top) / line) * line
    step, padding = STEP * height, PADDING * height
    width = math.ceil((right - left + 2 * padding) / step) * step
    across, down = (left + right) / 2, (top + bottom) / 2
    start = min(max(0.0, across - width / 2), max(0.0, size[0] - width))
    reach = height / 2 + padding / 2
    return (start, max(0.0, down - reach), min(float(size[0]), start + width), min(float(size[1]), down + reach))


def black_out(picture: Image, rectangle: Rectangle, shown: str | None) -> None:
    """Overwrite the pixels; `shown` is written on the box where it fits and the built-in typeface has its letters."""
    from PIL import ImageDraw

    left, top, right, bottom = (math.floor(rectangle[0]), math.floor(rectangle[1]), math.ceil(rectangle[2]), math.ceil(rectangle[3]))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((left, top, right, bottom), fill=(0, 0, 0))
    if shown and shown.isascii():
        size = (bottom - top) * 0.6
        width = draw.textlength(shown, font_size=size)
        size *= min(1.0, (right - left) * 0.9 / max(width, 1.0))
        draw.text(((left + right) / 2, (top + bottom) / 2), shown, fill=(255, 255, 255), anchor="mm", font_size=size)
