"""How many files a second have their metadata read by one warm exiftool and by a process for each file; and how alike thumbnails and their pictures are.

    python bench/checking_media.py speed FOLDER
    python bench/checking_media.py thumbnails FOLDER

FOLDER holds photographs (the wallpaper packages of Debian unpacked, for instance); nothing is changed in it. `speed` takes up to 60 of them in five rounds.
`thumbnails` makes of each the small picture a camera would store (160 by 120, shrunk by one of three filters, JPEG quality 55 to 85, black bars where the shape
differs), then does to the large one what editing does, and prints the likeness that the check would find: what untouched pictures stay above, and what changed ones
fall under, is how `LIKE` in `watch/media_facts.py` was chosen. Numbers are drawn by a fixed seed.
"""

from __future__ import annotations

import io
import os
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from witnessmark.read.printing_up_to import printed_up_to
from witnessmark.read.thumbnail import likeness_of
from witnessmark.read.warm_exiftool import MOST, WarmExiftool
from witnessmark.watch.media_facts import LIKE

ROUNDS = 5
FILES = 60
SMALL = (160, 120)
FILTERS = (Image.Resampling.BOX, Image.Resampling.BILINEAR, Image.Resampling.LANCZOS)


def main(what: str, folder: Path) -> None:
    """Measure one of the two."""
    photographs = sorted(path for path in folder.rglob("*") if path.suffix.lower() in {".jpg", ".jpeg"} and path.is_file())
    print(
        f"{len(photographs)} photographs; {platform.processor() or platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    )
    {"speed": speed, "thumbnails": thumbnails}[what](photographs)


def speed(photographs: list[Path]) -> None:
    """Files a second, median and range of the rounds."""
    chosen = photographs[:FILES]
    warm = WarmExiftool()

    def alone(path: Path) -> None:
        printed_up_to(["exiftool", "-config", "", "-json", "-struct", "-a", "-G1:4", "-"], path, MOST, 60.0)

    try:
        for name, ask in (("one process for each file", alone), ("one warm process", warm.tags_of)):
            rates = [_rate(ask, chosen) for _ in range(ROUNDS)]
            print(f"{name}: {statistics.median(rates):.1f} files/s (from {min(rates):.1f} to {max(rates):.1f})")
    finally:
        warm.close()


def _rate(ask: Callable[[Path], object], chosen: list[Path]) -> float:
    began = time.perf_counter()
    for path in chosen:
        ask(path)
    return len(chosen) / (time.perf_counter() - began)


def thumbnails(photographs: list[Path]) -> None:
    """The likeness by what was done to the picture: lowest, fifth of a hundred, median, highest, and how many fall under the bar."""
    found: dict[str, list[float]] = {}
    for number, path in enumerate(photographs):
        dice = random.Random(number)  # noqa: S311 -- to measure with
        with Image.open(path) as image:
            image.draft("RGB", (1600, 1200))
            large = image.convert("RGB")
        small = _thumbnail(large, dice)
        for name, changed in _changed(large, dice):
            likeness, _ = likeness_of(changed, small)
            if likeness is not None:
                found.setdefault(name, []).append(likeness)
    for name, values in found.items():
        values.sort()
        under = sum(value < LIKE for value in values)
        fifth, middle = values[len(values) // 20], statistics.median(values)
        print(
            f"{name:32} lowest {values[0]:6.3f}  5 % {fifth:6.3f}  median {middle:6.3f}  highest {values[-1]:6.3f}  under {LIKE}: {under} of {len(values)}"
        )


def _thumbnail(large: Image.Image, dice: random.Random) -> Image.Image:
    fitted = ImageOps.contain(large, SMALL, dice.choice(FILTERS))
    if dice.random() < 0.5:
        fitted = ImageOps.pad(fitted, SMALL, color="black")
    content = io.BytesIO()
    fitted.save(content, "JPEG", quality=dice.randint(55, 85))
    return Image.open(content).convert("L")


def _changed(large: Image.Image, dice: random.Random) -> Iterator[tuple[str, Image.Image]]:
    width, height = large.size

    def cut(share: float) -> Image.Image:
        left, top = dice.uniform(0, share) * width, dice.uniform(0, share) * height
        return large.crop((round(left), round(top), round(left + (1 - share) * width), round(top + (1 - share) * height)))

    yield "untouched", large
    yield "saved again at quality 40", _saved(large, 40)
    yield "half the size", large.resize((width // 2, height // 2))
    yield "brighter by a third", ImageEnhance.Brightness(large).enhance(1.33)
    yield "more contrast by a half", ImageEnhance.Contrast(large).enhance(1.5)
    yield "sharpened", large.filter(ImageFilter.SHARPEN)
    yield "cut by 2 %", cut(0.02)
    yield "cut by 5 %", cut(0.05)
    yield "cut by 10 %", cut(0.10)
    yield "cut by 25 %", cut(0.25)
    yield "mirrored", ImageOps.mirror(large)
    yield "a twentieth painted over", _painted(large, 0.05, dice)
    yield "a fifth painted over", _painted(large, 0.20, dice)


def _saved(large: Image.Image, quality: int) -> Image.Image:
    content = io.BytesIO()
    large.save(content, "JPEG", quality=quality)
    return Image.open(content).convert("RGB")


def _painted(large: Image.Image, share: float, dice: random.Random) -> Image.Image:
    width, height = (round(side * share**0.5) for side in large.size)
    left, top = dice.randint(0, large.width - width), dice.randint(0, large.height - height)
    painted = large.copy()
    painted.paste((128, 128, 128), (left, top, left + width, top + height))
    return painted


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in {"speed", "thumbnails"}:
        sys.exit(__doc__)
    main(sys.argv[1], Path(sys.argv[2]))
