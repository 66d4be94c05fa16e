"""The small picture that a camera stores beside the large one. Programs that change a picture do not always change it, and then the two differ."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING

from witnessmark.model.media import Thumbnail
from witnessmark.read.camera import FAULTS

if TYPE_CHECKING:
    from PIL.Image import Image

_AT, _LENGTH = 0x0201, 0x0202  # JPEGInterchangeFormat and its length, in the second directory of EXIF
_GRID = 24
_SHADE = 8
"""Brightness below which a bar at an edge counts as black: cameras lay pictures of another shape into one of 160 by 120 with such bars."""
_FLAT = 4.0
"""Standard deviation (of 255) under which a picture is a single shade."""
MOST_PIXELS = 4_000_000


def compare_thumbnail(image: Image) -> Thumbnail | None:
    """The thumbnail in the image's EXIF held against the image; None where there is none that can be decoded."""
    small = _thumbnail_of(image)
    if small is None:
        return None
    width, height = small.size
    image.draft("L", (_GRID * 8, _GRID * 8))  # of a JPEG only as much is decoded as this needs
    large = image.convert("L")
    inner = _without_bars(small)
    likenesses = [(_likeness(large, inner.rotate(turned, expand=True)), turned) for turned in (0, 90, 180, 270)]
    known = [(likeness, turned) for likeness, turned in likenesses if likeness is not None]
    if not known:
        return Thumbnail(width, height, None)
    likeness, turned = max(known, key=lambda pair: (pair[0], -pair[1]))
    return Thumbnail(width, height, round(likeness, 3), turned)


def _thumbnail_of(image: Image) -> Image | None:
    from PIL import ExifTags, Image

    try:
        directory = image.getexif().get_ifd(ExifTags.IFD.IFD1)
        start, length = int(directory[_AT]), int(directory[_LENGTH])
        blob = bytes(image.info["exif"]).removeprefix(b"Exif\0\0")
        small = Image.open(io.BytesIO(blob[start : start + length]), formats=("JPEG",))
        if small.width * small.height > MOST_PIXELS:
            return None
        return small.convert("L")
    except FAULTS:  # there is none, or it is damaged
        return None


def _without_bars(small: Image) -> Image:
    box = small.point(lambda shade: 255 if shade > _SHADE else 0).getbbox()
    return small.crop(box) if box else small


def _likeness(one: Image, other: Image) -> float | None:
    import numpy as np

    first, second = (np.asarray(picture.resize((_GRID, _GRID)), dtype=float) for picture in (one, other))
    spread = float(first.std()), float(second.std())
    if min(spread) < _FLAT:
        return None
    return float(((first - first.mean()) * (second - second.mean())).mean()) / math.prod(spread)
