"""The small picture that a camera stores beside the large one. Programs that change a picture do not always change it, and then the two differ."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from witnessmark.model.media import Thumbnail
from witnessmark.read.camera import FAULTS

if TYPE_CHECKING:
    from PIL.Image import Image

_AT, _LENGTH = 0x0201, 0x0202  # JPEGInterchangeFormat and its length, in the second directory of EXIF
_GRID = 24
_SAME_SHAPE = 0.02
"""Share by which the shapes of both may differ. Cameras lay a picture of another shape into 160 by 120 pixels with bars, or take its middle."""
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
    likeness, turned = likeness_of(large, small)
    return Thumbnail(width, height, likeness, turned)


def likeness_of(large: Image, small: Image) -> tuple[float | None, int]:
    """How alike two pictures are, from -1 to 1, the small one turned as it fits best, and by how many degrees counter-clockwise; None where one is a single shade."""
    shades = large.convert("L")
    fits = [(likeness, turned) for turned in (0, 90, 180, 270) for likeness in _fits(shades, small.rotate(turned, expand=True))]
    known = [(likeness, turned) for likeness, turned in fits if likeness is not None]
    likeness, turned = max(known, key=lambda pair: (pair[0], -pair[1]), default=(None, 0))
    return (likeness if likeness is None else round(likeness, 3)), turned


def _fits(large: Image, small: Image) -> Iterator[float | None]:
    """The whole of both; where their shapes differ, also the small one without bars at its edges, and the middle of the large one."""
    yield _likeness(large, small)
    if abs(large.width * small.height / (large.height * small.width) - 1) > _SAME_SHAPE:
        yield _likeness(large, _middle(small, large.size))
        yield _likeness(_middle(large, small.size), small)


def _middle(picture: Image, shape: tuple[int, int]) -> Image:
    """The largest part around the middle that has the shape of `shape`."""
    share = min(picture.width / shape[0], picture.height / shape[1])
    width, height = max(1, round(shape[0] * share)), max(1, round(shape[1] * share))
    left, top = (picture.width - width) // 2, (picture.height - height) // 2
    return picture.crop((left, top, left + width, top + height))


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


def _likeness(one: Image, other: Image) -> float | None:
    import numpy as np

    first, second = (np.asarray(picture.resize((_GRID, _GRID)), dtype=float) for picture in (one, other))
    spread = float(first.std()), float(second.std())
    if min(spread) < _FLAT:
        return None
    return float(((first - first.mean()) * (second - second.mean())).mean()) / math.prod(spread)
