"""Photographs that nobody took: lorries before the gate of Karvel prison in snow, whole as one paper printed it and cut down as another did, and the siding behind it."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

WIDTH, HEIGHT = 960, 640
CROP = (330, 120, 906, 504)
"""What the second paper kept of it: left, top, right, bottom."""
SNOW, SHADE, WALL, DARK = (232, 236, 242), (176, 186, 204), (128, 120, 114), (52, 50, 52)
SKY, LOW = (150, 164, 188), (216, 214, 212)
Colour = tuple[int, int, int]


def gate_whole() -> bytes:
    """The photograph as it came to the first paper, with what its picture desk wrote into it."""
    exif = Image.Exif()
    exif[0x010E] = "Lorries at the gate of Karvel prison, photo sent in by a reader"
    exif[0x0131] = "Littoral Picture Desk 4.1"
    exif[0x0132] = "2019:03:14 08:12:40"
    return _jpeg(gate(), quality=82, exif=exif)


def gate_cropped() -> bytes:
    """The same, cut down, made brighter and saved again by the second paper, without anything written into it."""
    cut = gate().crop(CROP).resize((720, 480), Image.Resampling.BICUBIC)
    return _jpeg(ImageEnhance.Brightness(cut).enhance(1.12), quality=68)


def siding_plain() -> bytes:
    """The siding as a camera saved it, before anything signed it."""
    return _jpeg(siding(), quality=80)


def siding_altered() -> bytes:
    """The siding with one wagon painted over, as somebody changed it after it was signed."""
    image = siding()
    ImageDraw.Draw(image).rectangle((528, 284, 708, 416), fill=(205, 211, 221))
    return _jpeg(image.filter(ImageFilter.BoxBlur(0.4)), quality=80)


def gate() -> Image.Image:
    """Wall, gate tower, two lorries and tracks in the snow."""
    chance = random.Random(1903)  # noqa: S311 -- the same grain each time is the purpose
    image, draw = _country(chance)
    draw.polygon([(0, 300), (WIDTH, 262), (WIDTH, 400), (0, 430)], fill=WALL)
    draw.line((0, 298, WIDTH, 260), fill=SNOW, width=7)
    for x in range(24, WIDTH, 58):
        draw.line((x, 300 - x * 38 // WIDTH, x, 428 - x * 30 // WIDTH), fill=(112, 105, 100), width=2)
    draw.rectangle((560, 168, 688, 410), fill=(118, 110, 104))
    draw.polygon([(548, 172), (700, 166), (668, 128), (584, 130)], fill=SHADE)
    draw.rectangle((590, 290, 660, 408), fill=DARK)
    for x, y in ((578, 206), (612, 206), (646, 204)):
        draw.rectangle((x, y, x + 16, y + 24), fill=DARK)
    for x, colour in ((392, (84, 96, 84)), (742, (96, 92, 86))):
        _lorry(draw, (x, 408), colour)
    for start in (80, 150, 610, 660):
        draw.line((start, HEIGHT, 600 + start // 12, 412), fill=SHADE, width=9)
    return _grained(image, chance)


def siding() -> Image.Image:
    """A siding with three covered wagons under the same sky."""
    chance = random.Random(4127)  # noqa: S311 -- as above
    image, draw = _country(chance)
    for offset in (0, 34):
        draw.line((0, 452 + offset, WIDTH, 408 + offset), fill=(104, 98, 96), width=5)
    for x in range(-10, WIDTH, 36):
        draw.line((x, 446 - x * 44 // WIDTH, x + 14, 496 - x * 44 // WIDTH), fill=(146, 140, 138), width=7)
    for x, colour in ((120, (116, 78, 66)), (330, (92, 88, 84)), (540, (116, 78, 66))):
        top = 320 - x // 26
        draw.rectangle((x, top, x + 158, top + 96), fill=colour)
        draw.rectangle((x - 4, top - 8, x + 162, top), fill=SNOW)
        for step in range(16, 150, 22):
            draw.line((x + step, top + 4, x + step, top + 92), fill=tuple(max(part - 22, 0) for part in colour), width=2)
        for wheel in (26, 60, 104, 136):
            draw.ellipse((x + wheel - 10, top + 92, x + wheel + 10, top + 112), fill=DARK)
    draw.rectangle((806, 176, 816, 420), fill=(78, 74, 72))
    draw.line((811, 190, 862, 176), fill=(168, 60, 52), width=8)
    return _grained(image, chance)


def _country(chance: random.Random) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """Sky, hills and snow."""
    image = Image.new("RGB", (WIDTH, HEIGHT), SNOW)
    draw = ImageDraw.Draw(image)
    for y in range(300):
        share = y / 300
        draw.line((0, y, WIDTH, y), fill=tuple(round(upper + (lower - upper) * share) for upper, lower in zip(SKY, LOW, strict=True)))
    for base, rough, colour in ((230, 30, (178, 186, 202)), (272, 18, (206, 212, 222))):
        ridge, height = [(0, HEIGHT)], float(base)
        for x in range(0, WIDTH + 32, 32):
            height += chance.uniform(-rough, rough) * 0.5 + (base - height) * 0.2
            ridge.append((x, round(height)))
        draw.polygon([*ridge, (WIDTH, HEIGHT)], fill=colour)
    draw.polygon([(0, 410), (WIDTH, 380), (WIDTH, HEIGHT), (0, HEIGHT)], fill=SNOW)
    for _ in range(90):
        x, y, size = chance.randrange(WIDTH), chance.randrange(430, HEIGHT), chance.randrange(2, 9)
        draw.ellipse((x, y, x + size * 3, y + size), fill=SHADE)
    return image, draw


def _lorry(draw: ImageDraw.ImageDraw, foot: tuple[int, int], colour: Colour) -> None:
    x, y = foot
    draw.polygon([(x - 8, y + 6), (x + 158, y + 2), (x + 196, y + 26), (x + 10, y + 32)], fill=SHADE)
    draw.rectangle((x, y - 82, x + 104, y - 8), fill=colour)
    draw.rectangle((x + 108, y - 60, x + 152, y - 8), fill=tuple(part + 14 for part in colour))
    draw.rectangle((x + 116, y - 52, x + 146, y - 32), fill=(168, 182, 196))
    for wheel in (18, 46, 132):
        draw.ellipse((x + wheel - 13, y - 18, x + wheel + 13, y + 8), fill=DARK)


def _grained(image: Image.Image, chance: random.Random) -> Image.Image:
    noise = Image.frombytes("L", image.size, chance.randbytes(WIDTH * HEIGHT)).convert("RGB")
    return Image.blend(image.filter(ImageFilter.BoxBlur(1)), noise, 0.04)


def _jpeg(image: Image.Image, *, quality: int, exif: Image.Exif | None = None) -> bytes:
    made = io.BytesIO()
    image.save(made, "JPEG", quality=quality, subsampling=2, **({"exif": exif} if exif is not None else {}))
    return made.getvalue()
