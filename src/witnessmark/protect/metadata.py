"""Pictures without anything but their pixels: the one way a picture is encoded for leaving the case.

Nothing is stripped out of a file; bare pixels are put into a new one. So a block of metadata nobody thought of stays behind too.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL.Image import Image

_QUALITY = 88


def bare(image: Image) -> Image:
    """A new RGB picture with these pixels, what is transparent on white: colours kept beneath transparency are gone."""
    from PIL import Image as Pictures

    if image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info:
        seen = image.convert("RGBA")
        white = Pictures.new("RGBA", seen.size, (255, 255, 255, 255))
        image = Pictures.alpha_composite(white, seen)
    elif image.mode.startswith("I"):
        image = image.point(lambda value: value / 256).convert("L")
    pixels = image.convert("RGB")
    return Pictures.frombytes("RGB", pixels.size, pixels.tobytes())


def encoded(picture: Image, kind: Literal["PNG", "JPEG"]) -> bytes:
    """The picture's pixels as a PNG or baseline JPEG that holds nothing else."""
    buffer = io.BytesIO()
    fresh = bare(picture)
    if kind == "PNG":
        fresh.save(buffer, "PNG", optimize=False, compress_level=6)
    else:
        fresh.save(buffer, "JPEG", quality=_QUALITY, subsampling=0)
    return buffer.getvalue()
