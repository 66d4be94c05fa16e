"""Three scenes of Karvel prison from above, as GeoTIFFs: before the brickworks were closed, after it under drifting cloud, and in snow. Nothing of it exists.

Each shadow lies as the sun stood over that place at the minute the provider states (NREL's algorithm gave direction and height): so a caption with another season can be held against them.
The files are laid out here byte by byte and not compressed, so that they are the same whatever library reads them later.
"""

from __future__ import annotations

import math
import random
import struct
from enum import Enum
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 320, 240
METRES = 0.5
"""Ground sampled by one pixel."""
EAST, NORTH = 579_924.5, 5_237_550.0
"""The outer corner of the first pixel, in metres of zone 25 north (WGS 84): in the open ocean."""
ZONE = 32625

BOUNDARY = (16, 22, 300, 206)
ROOFS = tuple((40 + column * 58, 58 + row * 76, 40, 30) for row in range(2) for column in range(3))
WORKS = (222, 70, 54, 44)
YARD = (222, 138, 60, 48)
FLUE, MAST = (262, 84), (34, 196)
ROOF_HEIGHT, WALL_HEIGHT, FLUE_HEIGHT, MAST_HEIGHT = 6.0, 4.0, 24.0, 12.0
Colour = tuple[int, int, int]


class Sun(NamedTuple):
    """Degrees from north eastward, and above the horizon."""

    azimuth: float
    elevation: float


class Look(NamedTuple):
    """How the ground, the roofs and the works are seen; `works` is None while they have no roof."""

    taken: str
    sun: Sun
    earth: Colour
    roof: Colour
    works: Colour | None
    clouds: tuple[tuple[int, int, int], ...]
    shift: tuple[int, int]
    grain: int


class Frame(Enum):
    """The scenes; `shift` is how many pixels the provider's georeference is off, as it is between real ones."""

    BEFORE = Look("2016:08:26 14:02:00", Sun(176.99, 52.82), (146, 141, 122), (178, 172, 162), None, (), (0, 0), 26)
    AFTER = Look(
        "2017:10:02 14:11:00",
        Sun(184.48, 38.85),
        (139, 136, 118),
        (171, 166, 158),
        (66, 63, 66),
        ((58, 44, 58), (100, 32, 48), (30, 78, 42), (140, 54, 34)),
        (2, -1),
        2,
    )
    SNOW = Look("2018:01:15 14:21:00", Sun(180.95, 21.69), (222, 226, 232), (240, 242, 246), (62, 60, 62), (), (-1, 1), 15)


def scene(frame: Frame) -> bytes:
    """One scene as a GeoTIFF of three bands."""
    return _geotiff(picture(frame), frame.value.taken)


def picture(frame: Frame) -> Image.Image:
    """What is seen, before it is written as a file."""
    look = frame.value
    chance = random.Random(look.grain)  # noqa: S311 -- the same grain each time is the purpose
    image = _ground(look)
    draw = ImageDraw.Draw(image)
    _shadows(draw, look)
    _walls(draw, look)
    for box in ROOFS:
        _roof(draw, box, look.roof)
    _works(draw, look)
    for x, y in (FLUE, MAST) if look.works else (MAST,):
        draw.ellipse((x - 2, y - 2, x + 2, y + 2), fill=(60, 56, 54))
    image = image.transform(image.size, Image.Transform.AFFINE, (1, 0, look.shift[0], 0, 1, look.shift[1]), fillcolor=look.earth)
    _clouds(image, look)
    noise = Image.frombytes("L", image.size, chance.randbytes(WIDTH * HEIGHT)).convert("RGB")
    return Image.blend(image.filter(ImageFilter.BoxBlur(1)), noise, 0.05)


def shadow_of(frame: Frame, height: float) -> tuple[float, float]:
    """Columns and rows from the foot of something so many metres high to the tip of its shadow."""
    sun = frame.value.sun
    length = height / math.tan(math.radians(sun.elevation)) / METRES
    away = math.radians(sun.azimuth + 180)
    return length * math.sin(away), -length * math.cos(away)


def _ground(look: Look) -> Image.Image:
    """Earth with the same stones, bushes and tracks in every scene: what scenes are laid over each other by."""
    chance = random.Random(1203)  # noqa: S311 -- as above
    image = Image.new("RGB", (WIDTH, HEIGHT), look.earth)
    draw = ImageDraw.Draw(image)
    draw.line((0, 226, WIDTH, 220), fill=_darker(look.earth, 30), width=9)
    draw.line((206, 24, 210, 222), fill=_darker(look.earth, 24), width=6)
    for _ in range(420):
        x, y, size = chance.randrange(WIDTH), chance.randrange(HEIGHT), chance.randrange(1, 4)
        tone = _darker(look.earth, chance.randrange(10, 60))
        draw.ellipse((x - size, y - size, x + size, y + size), fill=tone)
    left, top, width, height = YARD
    draw.rectangle((left, top, left + width, top + height), fill=_darker(look.earth, 16))
    return image


def _shadows(draw: ImageDraw.ImageDraw, look: Look) -> None:
    frame = Frame(look)
    dark = _darker(look.earth, 78)
    boxes = [*ROOFS, WORKS] if look.works else list(ROOFS)
    for left, top, width, height in boxes:
        across, down = shadow_of(frame, ROOF_HEIGHT)
        corners = ((left, top), (left + width, top), (left + width, top + height), (left, top + height))
        draw.polygon([(x + across, y + down) for x, y in corners], fill=dark)
        for x, y in corners:
            draw.line((x, y, x + across, y + down), fill=dark, width=3)
    for foot, high in ((FLUE, FLUE_HEIGHT), (MAST, MAST_HEIGHT)) if look.works else ((MAST, MAST_HEIGHT),):
        across, down = shadow_of(frame, high)
        draw.line((*foot, foot[0] + across, foot[1] + down), fill=dark, width=3)


def _walls(draw: ImageDraw.ImageDraw, look: Look) -> None:
    across, down = shadow_of(Frame(look), WALL_HEIGHT)
    left, top, right, bottom = BOUNDARY
    draw.rectangle((left + across, top + down, right + across, bottom + down), outline=_darker(look.earth, 70), width=3)
    draw.rectangle(BOUNDARY, outline=(118, 112, 106), width=3)


def _works(draw: ImageDraw.ImageDraw, look: Look) -> None:
    if look.works is not None:
        _roof(draw, WORKS, look.works)
        left, top, width, height = WORKS
        draw.rectangle((left - 8, top - 6, left + width + 8, top + height + 8), outline=(124, 118, 112), width=2)
        return
    left, top, width, height = WORKS
    draw.rectangle((left, top, left + width, top + height), fill=_darker(look.earth, 36), outline=_darker(look.earth, 64), width=3)
    draw.ellipse((left + 30, top + 12, left + 48, top + 30), fill=(128, 92, 76))


def _roof(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], colour: Colour) -> None:
    left, top, width, height = box
    draw.rectangle((left, top, left + width, top + height // 2), fill=_darker(colour, 16))
    draw.rectangle((left, top + height // 2, left + width, top + height), fill=colour)


def _clouds(image: Image.Image, look: Look) -> None:
    mask = Image.new("L", image.size, 0)
    draw = ImageDraw.Draw(mask)
    for x, y, size in look.clouds:
        draw.ellipse((x - size, y - size // 2, x + size, y + size // 2), fill=225)
    image.paste((244, 245, 247), (0, 0), mask.filter(ImageFilter.BoxBlur(7)))


def _darker(colour: Colour, by: int) -> Colour:
    red, green, blue = colour
    return max(red - by, 0), max(green - by, 0), max(blue - by, 0)


_SHORT, _LONG, _ASCII, _DOUBLE = 3, 4, 2, 12


def _geotiff(image: Image.Image, taken: str) -> bytes:
    """A TIFF (revision 6.0) of one uncompressed strip, with the position tags of GeoTIFF 1.1 (OGC 19-008)."""
    pixels = image.tobytes()
    keys = (1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, ZONE)  # projected, pixel is area, the zone
    entries: list[tuple[int, int, int, bytes]] = [
        (256, _LONG, 1, struct.pack("<L", image.width)),
        (257, _LONG, 1, struct.pack("<L", image.height)),
        (258, _SHORT, 3, struct.pack("<3H", 8, 8, 8)),
        (259, _SHORT, 1, struct.pack("<H", 1)),
        (262, _SHORT, 1, struct.pack("<H", 2)),
        (273, _LONG, 1, b""),  # where the strip begins, known at the end
        (277, _SHORT, 1, struct.pack("<H", 3)),
        (278, _LONG, 1, struct.pack("<L", image.height)),
        (279, _LONG, 1, struct.pack("<L", len(pixels))),
        (306, _ASCII, 20, taken.encode() + b"\0"),
        (315, _ASCII, 16, b"Polaris Orbital\0"),
        (33550, _DOUBLE, 3, struct.pack("<3d", METRES, METRES, 0)),
        (33922, _DOUBLE, 6, struct.pack("<6d", 0, 0, 0, EAST, NORTH, 0)),
        (34735, _SHORT, len(keys), struct.pack(f"<{len(keys)}H", *keys)),
    ]
    at = 8 + 2 + 12 * len(entries) + 4
    strip = at + sum(len(value) + len(value) % 2 for _, _, _, value in entries if len(value) > 4)
    directory, values = struct.pack("<H", len(entries)), b""
    for tag, kind, number, given in entries:
        value = given or struct.pack("<L", strip)
        if len(value) <= 4:
            directory += struct.pack("<HHL", tag, kind, number) + value.ljust(4, b"\0")
            continue
        directory += struct.pack("<HHLL", tag, kind, number, at + len(values))
        values += value + b"\0" * (len(value) % 2)
    return struct.pack("<2sHL", b"II", 42, 8) + directory + struct.pack("<L", 0) + values + pixels
