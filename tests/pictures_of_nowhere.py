"""Invented pictures for tests of matching: shapes and grain drawn from a number, so that each is rich in corners and no two have anything in common."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageDraw


def scene(number: int, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """A picture full of shapes."""
    numbers = np.random.default_rng(number)
    ground = numbers.integers(60, 190, (size[1] // 40, size[0] // 40, 3), dtype=np.uint8)
    picture = Image.fromarray(ground).resize(size, Image.Resampling.BICUBIC)
    pen = ImageDraw.Draw(picture)
    for _ in range(90):
        across, down = int(numbers.integers(0, size[0])), int(numbers.integers(0, size[1]))
        wide, high = int(numbers.integers(8, 90)), int(numbers.integers(8, 90))
        colour = tuple(int(value) for value in numbers.integers(0, 256, 3))
        draw = pen.rectangle if numbers.integers(2) else pen.ellipse
        draw((across, down, across + wide, down + high), fill=colour)
    return picture


def as_jpeg(picture: Image.Image, quality: int = 85) -> bytes:
    """The picture as an outlet would store it."""
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=quality)
    return content.getvalue()


def cropped(picture: Image.Image, share: float) -> Image.Image:
    """Without this share of its sides at each edge."""
    across, down = round(picture.width * share), round(picture.height * share)
    return picture.crop((across, down, picture.width - across, picture.height - down))


def with_banner(picture: Image.Image) -> Image.Image:
    """With a dark bar below."""
    whole = Image.new("RGB", (picture.width, picture.height + 60), "black")
    whole.paste(picture)
    return whole
