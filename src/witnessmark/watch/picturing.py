"""Pictures of a site: every scene at one scale, north up, the site in the middle; and the annotated figure of two.

Pixels are not smoothed or sharpened. Brightness is stretched between the 1st and 99th percentile of what is seen of the part shown, alike in all bands and in each scene by itself, so that a scene
is never darker or brighter than another for its sensor alone; it is no measure of anything.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from witnessmark.model.watching import Ring, SceneFacts
from witnessmark.watch.facts import day_of
from witnessmark.watch.georeference import DEGREES, Georeference, projected
from witnessmark.watch.grounds import georeference_of, middle_of_ring
from witnessmark.watch.scene import Scene

SIDE = 360
"""Pixels of a picture's side."""
AROUND = 1.3
"""A picture shows this many times half the site's extent to each side."""
SMALLEST = 40.0
"""Metres to each side of the middle, at the least."""
STRETCH = (1.0, 99.0)
RED_GREEN_BLUE = (0.66, 0.56, 0.48)
"""Micrometres."""
MARK = (214, 0, 138)
_EDGE, _LABEL, _FOOT, _GAP, _SIZE = 10, 34, 68, 12, 14


class View(msgspec.Struct, frozen=True):
    """What a picture shows: a square around the middle of a site, by its half side in metres."""

    georeference: Georeference
    half: float

    @property
    def metres_a_pixel(self) -> float:
        """Of the picture, not of the scene."""
        return 2 * self.half / SIDE


def view_of(ring: Ring) -> View:
    """The view all scenes of a site are shown in."""
    longitude, latitude = middle_of_ring(ring)
    crs = f"+proj=aeqd +lat_0={latitude:.9f} +lon_0={longitude:.9f} +datum=WGS84 +units=m"
    xs, ys = projected(DEGREES, crs, [x for x, _ in ring], [y for _, y in ring])
    half = max(max(map(abs, (*xs, *ys))) * AROUND, SMALLEST)
    step = 2 * half / SIDE
    return View(Georeference((step, 0.0, -half, 0.0, -step, half), crs), half)


def picture(scene: Scene, view: View) -> bytes:
    """The scene in this view, as PNG; transparent where it shows nothing."""
    return png_of(drawn(scene, view))


def drawn(scene: Scene, view: View) -> NDArray[np.uint8]:
    """The scene in this view, `(rows, columns, 4)`: red, green, blue and what is seen."""
    laid = np.stack([_laid(scene.pixels[band], scene, view) for band in _three(scene)])
    seen = _laid(scene.valid.astype(np.float32), scene, view) > 0.5
    out = np.zeros((SIDE, SIDE, 4), dtype=np.uint8)
    if seen.any():
        low, high = np.percentile(laid[:, seen], STRETCH)
        out[..., :3] = np.clip((laid - low) / max(float(high - low), 1e-6) * 255, 0, 255).transpose(1, 2, 0)
    out[..., 3] = np.where(seen, 255, 0)
    return out


def where_changed(mask: NDArray[np.bool_], scene: Scene, view: View) -> bytes:
    """The pixels of a mask on the scene's grid, in this view, as PNG that is transparent elsewhere."""
    marked = _laid(mask.astype(np.float32), scene, view) > 0.5
    out = np.zeros((SIDE, SIDE, 4), dtype=np.uint8)
    out[marked] = (*MARK, 150)
    return png_of(out)


def figure(before: NDArray[np.uint8], after: NDArray[np.uint8], facts: Sequence[SceneFacts], rings: Sequence[Ring], view: View) -> bytes:
    """Both pictures side by side with dates, credits, the first ring (the site) and others in outline, a scale bar and a north arrow, as PNG."""
    from PIL import Image, ImageDraw

    width, height = 2 * SIDE + _GAP + 2 * _EDGE, _LABEL + SIDE + _FOOT
    canvas = Image.new("RGB", (width, height), "white")
    draw: Any = ImageDraw.Draw(canvas)
    font = _font()
    for place, (pixels, known) in enumerate(zip((before, after), facts, strict=True)):
        left = _EDGE + place * (SIDE + _GAP)
        shown = _image(pixels)
        canvas.paste(Image.new("RGB", shown.size, (225, 225, 225)), (left, _LABEL))
        canvas.paste(shown, (left, _LABEL), shown)
        for number, ring in enumerate(rings):
            _outline(draw, ring, view, left, (255, 221, 0) if number == 0 else (0, 200, 255))
        draw.text((left, 10), day_of(known.acquired) if known.acquired else "date not known", fill="black", font=font)
        draw.text((left, _LABEL + SIDE + 36), _fitting(f"Credit: {known.credit or 'not stated'}", draw, font), fill="black", font=font)
        _north(draw, left + SIDE - 22, _LABEL + 12, font)
    _scale_bar(draw, view, _LABEL + SIDE + 10, font)
    return _png(canvas)


def png_of(pixels: NDArray[np.uint8]) -> bytes:
    """Red, green, blue and alpha as a PNG file."""
    return _png(_image(pixels))


def _png(image: Any) -> bytes:  # noqa: ANN401 -- Pillow's image, which importing for its type would load
    """The picture as a PNG file without any metadata."""
    written = io.BytesIO()
    image.save(written, "PNG", optimize=False, compress_level=9)
    return written.getvalue()


def bar_length(view: View) -> float:
    """A round number of metres that takes between an eighth and a third of a picture's width."""
    most = 2 * view.half / 3
    step = 10.0 ** math.floor(math.log10(most))
    return next(step * times for times in (5, 2, 1) if step * times <= most)


def _laid(band: NDArray[np.float32], scene: Scene, view: View) -> NDArray[np.float32]:
    """One band in the view: pixels as they are where they are coarser than the picture's, their mean where they are finer."""
    from affine import Affine
    from rasterio.warp import Resampling, reproject

    georeference = georeference_of(scene)
    finer = georeference.sampling_distance() < view.metres_a_pixel
    out = np.zeros((SIDE, SIDE), dtype=np.float32)
    reproject(
        band,
        out,
        src_transform=Affine(*georeference.transform),
        src_crs=georeference.crs,
        dst_transform=Affine(*view.georeference.transform),
        dst_crs=view.georeference.crs,
        resampling=Resampling.average if finer else Resampling.nearest,
    )
    return out


def _three(scene: Scene) -> tuple[int, int, int]:
    """The bands shown as red, green and blue: by wavelength where it is known, else the first three, or the one there is."""
    if scene.wavelengths is not None and len(scene.pixels) >= 3:
        at = np.array(scene.wavelengths)
        red, green, blue = (int(np.abs(at - wanted).argmin()) for wanted in RED_GREEN_BLUE)
        return red, green, blue
    return (0, 1, 2) if len(scene.pixels) >= 3 else (0, 0, 0)


def _image(pixels: NDArray[np.uint8]) -> Any:  # noqa: ANN401 -- Pillow's image, which importing for its type would load
    from PIL import Image

    return Image.fromarray(pixels, "RGBA")


def _font() -> Any:  # noqa: ANN401 -- Pillow's font
    from PIL import ImageFont

    return ImageFont.load_default(_SIZE)


def _fitting(text: str, draw: Any, font: Any) -> str:  # noqa: ANN401 -- Pillow's drawing and font
    while len(text) > 1 and draw.textlength(text, font=font) > SIDE:
        text = text[:-2].rstrip(" …") + "…"
    return text


def _outline(draw: Any, ring: Ring, view: View, left: int, colour: tuple[int, int, int]) -> None:  # noqa: ANN401
    corners = [view.georeference.from_degrees(latitude, longitude) for longitude, latitude in ring]
    if not all(0 <= each <= SIDE for corner in corners for each in corner):
        return
    placed = [(left + column, _LABEL + row) for column, row in (*corners, corners[0])]
    draw.line(placed, fill="black", width=3)
    draw.line(placed, fill=colour, width=1)


def _north(draw: Any, x: int, y: int, font: Any) -> None:  # noqa: ANN401
    for width, colour in ((5, "white"), (2, "black")):
        draw.line([(x, y + 34), (x, y), (x - 6, y + 10)], fill=colour, width=width)
        draw.line([(x, y), (x + 6, y + 10)], fill=colour, width=width)
    draw.text((x - 5, y + 36), "N", fill="black", font=font, stroke_width=2, stroke_fill="white")


def _scale_bar(draw: Any, view: View, top: int, font: Any) -> None:  # noqa: ANN401
    metres = bar_length(view)
    wide = metres / view.metres_a_pixel
    draw.line([(_EDGE, top), (_EDGE, top + 10), (_EDGE + wide, top + 10), (_EDGE + wide, top)], fill="black", width=2)
    said = f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"
    draw.text((_EDGE + wide + 8, top), f"{said}, both pictures at one scale", fill="black", font=font)
