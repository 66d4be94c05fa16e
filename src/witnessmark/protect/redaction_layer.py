"""The letters of a PDF page's text layer with the pixels each stands on, for blacking them out in the page's picture."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

Rectangle = tuple[float, float, float, float]


def words_of_layer(page: Any, positions: Any) -> Iterator[tuple[str, Rectangle]]:  # noqa: ANN401 -- pypdfium2 publishes no types
    """Each character of the layer and its rectangle; `positions` turns points of the page into pixels of its picture, rotation and crop included."""
    import pypdfium2

    layer = page.get_textpage()
    try:
        raw: str = layer.get_text_range()
        unit = 0
        for character in raw:
            index = pypdfium2.raw.FPDFText_GetCharIndexFromTextIndex(layer, ctypes.c_int(unit))
            unit += len(character.encode("utf-16-le", "surrogatepass")) // 2
            if 0 <= index < layer.count_chars() and not character.isspace():
                yield character, _in_pixels(layer.get_charbox(index, loose=True), positions)
            else:
                yield character, (0.0, 0.0, 0.0, 0.0)
    finally:
        layer.close()


def _in_pixels(points: tuple[float, float, float, float], positions: Any) -> Rectangle:  # noqa: ANN401 -- pypdfium2 publishes no types
    left, bottom, right, top = points
    corners = [positions.to_bitmap(x, y) for x in (left, right) for y in (bottom, top)]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return (min(across), min(down), max(across), max(down))
