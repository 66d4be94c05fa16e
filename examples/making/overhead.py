"""A prison seen from above: walls, roofs with their shadows, roads, and one building that changes. Nothing of it exists."""

from __future__ import annotations

import io
import random
from enum import Enum

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 875, 400
ROOFS = tuple((60 + column * 134, 76 + row * 142, 104, 82) for row in range(2) for column in range(4))
WORKS = (655, 152, 138, 104)
Colour = tuple[int, int, int]


class Ground(Enum):
    """The state of the site in a frame: earth, roofs, and what is seen of the brickworks."""

    OPEN = ((146, 141, 122), (176, 170, 160), None)
    CLOSED = ((139, 136, 121), (171, 166, 158), (86, 82, 80))
    SNOW = ((222, 226, 232), (238, 240, 244), (82, 79, 78))


def frame(ground: Ground, *, grain: int) -> bytes:
    """One frame as a JPEG; `grain` seeds the noise, so that no two frames share it."""
    chance = random.Random(grain)  # noqa: S311 -- the same grain each time is the purpose
    earth, roof, works = ground.value
    image = Image.new("RGB", (WIDTH, HEIGHT), earth)
    draw = ImageDraw.Draw(image)
    road = _darker(earth, 26)
    draw.line((0, 350, WIDTH, 330), fill=road, width=18)
    draw.line((604, 0, 612, 340), fill=road, width=12)
    draw.rectangle((22, 30, 842, 306), outline=_darker(earth, 60), width=5)
    for box in ROOFS:
        _roof(draw, box, roof)
    if works is None:
        _open_works(draw, earth)
    else:
        _roof(draw, WORKS, works)
        draw.ellipse((800, 160, 816, 176), fill=(60, 56, 54))
        draw.line((816, 176, 848, 200), fill=_darker(earth, 70), width=7)
    noise = Image.frombytes("L", (WIDTH, HEIGHT), chance.randbytes(WIDTH * HEIGHT)).filter(ImageFilter.BoxBlur(1)).convert("RGB")
    made = io.BytesIO()
    Image.blend(image.filter(ImageFilter.BoxBlur(2)), noise, 0.12).save(made, "JPEG", quality=72)
    return made.getvalue()


def _roof(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], colour: Colour) -> None:
    left, top, width, height = box
    draw.rectangle((left + 12, top + 10, left + width + 12, top + height + 10), fill=(70, 70, 74))
    draw.rectangle((left, top, left + width, top + height // 2), fill=colour)
    draw.rectangle((left, top + height // 2, left + width, top + height), fill=_darker(colour, 14))


def _open_works(draw: ImageDraw.ImageDraw, earth: Colour) -> None:
    left, top, width, height = WORKS
    draw.rectangle((left, top, left + width, top + height), fill=_darker(earth, 40), outline=_darker(earth, 70), width=6)
    draw.ellipse((left + 80, top + 26, left + 126, top + 72), fill=(128, 92, 76))


def _darker(colour: Colour, by: int) -> Colour:
    red, green, blue = colour
    return red - by, green - by, blue - by
