"""A photograph that nobody took: a prison under snow seen from a hill at dusk, with what a camera and an editor would write into it.

The position lies in the open ocean, since the country is invented. The day of the picture, the day of the editing and what others say of the
same roof do not agree in everything; that is what the piece is for.
"""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw, ImageFilter
from PIL.TiffImagePlugin import IFDRational

WIDTH, HEIGHT = 1600, 1064
HORIZON = 430
SKY, GLOW = (138, 150, 172), (226, 206, 190)
SNOW, FIELD, SHADE, WALL, DARK, FAR = (236, 240, 245), (214, 220, 230), (188, 197, 212), (116, 112, 110), (64, 60, 60), (176, 184, 200)
LATITUDE, LONGITUDE = (47, 18, 4.3), (31, 55, 26.4)  # north, west; degrees, minutes, seconds

_CAMERA, _POSITION = 0x8769, 0x8825  # the directories of the EXIF standard for what the camera and its receiver wrote


def photograph() -> bytes:
    """The JPEG with its EXIF block."""
    made = io.BytesIO()
    scene().save(made, "JPEG", quality=84, subsampling=2, exif=written_by_the_camera())
    return made.getvalue()


def written_by_the_camera() -> Image.Exif:
    """Camera, lens and exposure, the hour of the picture, that of the last change, and the position."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Aldane", "Aldane DX-20"  # maker, model
    exif[0x0112] = 1  # upright
    exif[0x0131], exif[0x0132] = "Lumen Photo Editor 6.2", "2019:03:10 21:48:02"  # program, last change
    exif[_CAMERA] = {
        0x829A: IFDRational(1, 60),
        0x829D: IFDRational(56, 10),
        0x8827: 800,
        0x9003: "2018:01:14 16:07:31",  # taken
        0x9004: "2018:01:14 16:07:31",  # stored
        0x9011: "-02:00",
        0x920A: IFDRational(135, 1),
        0xA434: "Aldane 55-200mm f/4-5.6",
    }
    exif[_POSITION] = {
        0: b"\x02\x03\x00\x00",
        1: "N",
        2: tuple(IFDRational(round(part * 10), 10) for part in LATITUDE),
        3: "W",
        4: tuple(IFDRational(round(part * 10), 10) for part in LONGITUDE),
        6: IFDRational(412, 1),
        29: "2018:01:14",
    }
    return exif


def scene() -> Image.Image:
    """Sky, far hills, the walled compound with one roof bare, and the slope in front."""
    chance = random.Random(14_01)  # noqa: S311 -- the same grain each time is the purpose
    image = Image.new("RGB", (WIDTH, HEIGHT), SNOW)
    draw = ImageDraw.Draw(image)
    _land(draw, chance)
    _compound(draw)
    _plume(image, chance)
    _slope(ImageDraw.Draw(image), chance)
    grain = Image.frombytes("L", (WIDTH, HEIGHT), chance.randbytes(WIDTH * HEIGHT)).convert("RGB")
    return Image.blend(image.filter(ImageFilter.BoxBlur(1)), grain, 0.045)


def _land(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    for y in range(HORIZON + 60):
        share = y / (HORIZON + 60)
        draw.line((0, y, WIDTH, y), fill=tuple(round(upper + (lower - upper) * share) for upper, lower in zip(SKY, GLOW, strict=True)))
    for base, rough, colour in ((HORIZON - 40, 38, FAR), (HORIZON + 20, 22, (204, 211, 222))):
        ridge, height = [(0, HEIGHT)], float(base)
        for x in range(0, WIDTH + 40, 40):
            height += chance.uniform(-rough, rough) * 0.5 + (base - height) * 0.15
            ridge.append((x, round(height)))
        draw.polygon([*ridge, (WIDTH, HEIGHT)], fill=colour)
    draw.polygon([(0, 560), (WIDTH, 520), (WIDTH, HEIGHT), (0, HEIGHT)], fill=FIELD)


def _compound(draw: ImageDraw.ImageDraw) -> None:
    draw.polygon([(250, 640), (1330, 600), (1400, 760), (210, 810)], fill=(203, 210, 221))
    for row in range(2):
        for column in range(3):
            _building(draw, (330 + column * 230 - row * 25, 612 + row * 85 - column * 8), (170, 34), SNOW)
    _building(draw, (1035, 628), (190, 44), DARK)
    draw.rectangle((1196, 520, 1212, 640), fill=(92, 74, 68))
    for corners in (((210, 810), (1400, 760)), ((250, 640), (210, 810)), ((1330, 600), (1400, 760))):
        draw.line(corners, fill=WALL, width=11)
        draw.line([(x, y - 6) for x, y in corners], fill=SNOW, width=3)
    for x, y in ((210, 810), (1400, 760), (800, 786)):
        draw.rectangle((x - 9, y - 62, x + 9, y), fill=WALL)
        draw.polygon([(x - 17, y - 60), (x + 17, y - 60), (x, y - 80)], fill=SHADE)


def _building(draw: ImageDraw.ImageDraw, corner: tuple[int, int], size: tuple[int, int], roof: tuple[int, int, int]) -> None:
    (x, y), (width, height) = corner, size
    draw.polygon([(x, y), (x + width, y - 8), (x + width, y + height - 8), (x, y + height)], fill=WALL)
    draw.polygon([(x - 6, y), (x + 22, y - 30), (x + width + 14, y - 38), (x + width + 6, y - 8)], fill=roof)
    for step in range(14, width - 10, 22):
        draw.rectangle((x + step, y + 12, x + step + 7, y + 19), fill=DARK)


def _plume(image: Image.Image, chance: random.Random) -> None:
    mask = Image.new("L", (WIDTH, HEIGHT), 0)
    draw = ImageDraw.Draw(mask)
    for step in range(70):
        x, y, size = 1204 + step * 4 + chance.randrange(-6, 7), 515 - step * 3 + chance.randrange(-6, 7), 6 + step // 2
        draw.ellipse((x - size, y - size, x + size, y + size), fill=max(12, 96 - step))
    image.paste((196, 194, 194), (0, 0), mask.filter(ImageFilter.BoxBlur(9)))


def _slope(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    draw.polygon([(0, 930), (500, 900), (1100, 965), (WIDTH, 890), (WIDTH, HEIGHT), (0, HEIGHT)], fill=(206, 213, 224))
    for _ in range(46):
        x, y, size = chance.randrange(WIDTH), chance.randrange(925, HEIGHT), chance.randrange(30, 90)
        draw.polygon([(x - size // 3, y), (x + size // 3, y), (x, y - size)], fill=(52, 62, 60))
        draw.polygon([(x - size // 8, y - size // 2), (x + size // 8, y - size // 2), (x, y - size)], fill=SHADE)
