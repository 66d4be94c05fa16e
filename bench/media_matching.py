"""How well pictures are matched, how fast they are hashed and how fast a hash is found: on photographs that `bench/media_photographs.tsv` lists by sha256.

    python bench/media_matching.py FOLDER              # recall and false matches on both halves of the list
    python bench/media_matching.py --speed FOLDER      # hashing of 1600x1200 on one core, searching a million hashes

FOLDER holds unpacked Debian packages (`apt-get download` and `dpkg -x` of those the list names); pictures inside Qt resource files (.rcc) are found as well. The list says of each photograph whether it
shows everyday things or the sky; no two in it are cut from one picture, which was looked at by eye. Thresholds were chosen on the half whose sha256 is even, and are reported on the other. Times are of one core's own clock.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import platform
import statistics
import struct
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from witnessmark.model.matching import Look, Looks
from witnessmark.read.extract import Original, UnreadableError
from witnessmark.read.pictures import small_picture
from witnessmark.watch.media.hamming import HashIndex
from witnessmark.watch.media.keypoints import LONG_SIDE
from witnessmark.watch.media.looking import look_of
from witnessmark.watch.media.matching import matches_among

LIST = Path(__file__).with_name("media_photographs.tsv")
LARGEST = 1600
"""Pixels on the long side to which a photograph is brought before it is varied, as outlets do."""
SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".rcc"})
TARGETS = {"re-encoded": 0.97, "half size": 0.97, "5 % crop": 0.95, "25 % crop": 0.80, "banner": 0.90, "3 degrees": 0.85, "mirror": 0.95}
PDQ_ALONE = {"re-encoded": 0.97, "half size": 0.93, "5 % crop": 0, "25 % crop": 0, "banner": 0.41, "3 degrees": 0.03, "mirror": 0}


def cropped(picture: Image.Image, share: float) -> Image.Image:
    """Without this share of its width and height at each of its four edges."""
    across, down = round(picture.width * share), round(picture.height * share)
    return picture.crop((across, down, picture.width - across, picture.height - down))


def with_banner(picture: Image.Image) -> Image.Image:
    """With a bar of words below, an eighth of its height."""
    whole = Image.new("RGB", (picture.width, picture.height + picture.height // 8), "black")
    whole.paste(picture)
    place = picture.width // 20, picture.height + picture.height // 40
    ImageDraw.Draw(whole).text(place, "LIVE   From the scene, today", fill="white", font_size=max(10, picture.height // 16))
    return whole


VARIANTS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "re-encoded": lambda picture: picture,
    "half size": lambda picture: picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.LANCZOS),
    "5 % crop": lambda picture: cropped(picture, 0.05),
    "25 % crop": lambda picture: cropped(picture, 0.25),
    "banner": with_banner,
    "3 degrees": lambda picture: picture.rotate(3, Image.Resampling.BICUBIC, fillcolor="black"),
    "mirror": lambda picture: picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
}


def contents(folder: Path) -> Iterator[bytes]:
    """Every picture below a folder, those inside Qt resource files too."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in SUFFIXES and path.is_file():
            content = path.read_bytes()
            yield from inside(content) if path.suffix == ".rcc" else (content,)


def inside(content: bytes) -> Iterator[bytes]:
    """WebP and JPEG pictures that lie uncompressed in a resource file."""
    at = content.find(b"RIFF")
    while at >= 0:
        (size,) = struct.unpack_from("<I", content, at + 4)
        if content[at + 8 : at + 12] == b"WEBP":
            yield content[at : at + size + 8]
        at = content.find(b"RIFF", at + 4)
    at = content.find(b"\xff\xd8\xff")
    while at >= 0:
        end = content.find(b"\xff\xd9", at + 2000)
        if end >= 0:
            yield content[at : end + 2]
        at = content.find(b"\xff\xd8\xff", at + 3)


def photographs(folder: Path, halves: tuple[int, ...] = (0, 1)) -> Iterator[tuple[str, str, Image.Image]]:
    """The listed photographs that are there: sha256, kind and the picture."""
    with LIST.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if int(row["sha256"][-1], 16) % 2 in halves]
    kinds = {row["sha256"]: row["kind"] for row in rows}
    for content in contents(folder):
        sha256 = hashlib.sha256(content).hexdigest()
        if (kind := kinds.pop(sha256, None)) is not None:
            with Image.open(io.BytesIO(content)) as image:
                ground = Image.new("RGBA", image.size, "white")
                picture = Image.alpha_composite(ground, image.convert("RGBA")).convert("RGB")
            picture.thumbnail((LARGEST, LARGEST))
            yield sha256, kind, picture


def look(picture: Image.Image, item: str, *, quality: int) -> Looks:
    """How a picture looks once it was saved as JPEG; no look where it is refused."""
    with tempfile.NamedTemporaryFile(suffix=".jpg") as file:
        picture.save(file, "JPEG", quality=quality)
        file.flush()
        try:
            return Looks(item, (_look(Path(file.name)),), "")
        except UnreadableError:
            return Looks(item, (), "")


def _look(path: Path) -> Look:
    size, grey = small_picture(Original(path, "", "image/jpeg"), [], "L")
    smaller = grey.copy()
    smaller.thumbnail((LONG_SIDE, LONG_SIDE), reducing_gap=2.0)
    return look_of(np.asarray(grey), np.asarray(smaller), size=size)


def matching(folder: Path, most: int | None, halves: tuple[int, ...]) -> None:
    """Recall of each variant and false matches, by half and by kind."""
    kinds: dict[str, str] = {}
    looks: dict[str, dict[str, Looks]] = {"original": {}, **{name: {} for name in VARIANTS}}
    for sha256, kind, picture in photographs(folder, halves):
        kinds[sha256] = kind
        looks["original"][sha256] = look(picture, f"{sha256} original", quality=92)
        if most is None or _is_varied(sha256, most):
            for name, change in VARIANTS.items():
                looks[name][sha256] = look(change(picture), f"{sha256} {name}", quality=60)
        print(f"\r{len(kinds)} photographs", end="", file=sys.stderr)
    print(f"\n{len(kinds)} photographs of the list were found below {folder}", platform.machine(), platform.python_version())
    for half in halves:
        for kind in ("everyday", "sky"):
            chosen = [sha256 for sha256 in kinds if int(sha256[-1], 16) % 2 == half and kinds[sha256] == kind]
            print(f"\n{'chosen on' if half == 0 else 'REPORTED'}: {len(chosen)} photographs, {kind}")
            report(chosen, looks)
        report_false([sha256 for sha256 in kinds if int(sha256[-1], 16) % 2 == half], looks)


def _is_varied(sha256: str, most: int) -> bool:
    return int(sha256[:8], 16) % 100 < most


def report(chosen: list[str], looks: Mapping[str, Mapping[str, Looks]]) -> None:
    """Recall of each variant among the photographs chosen."""
    originals = [looks["original"][sha256] for sha256 in chosen]
    for name in VARIANTS:
        varied = [looks[name][sha256] for sha256 in chosen if sha256 in looks[name]]
        found = {frozenset((one.one, one.other)) for one in matches_among([*originals, *varied])}
        right = sum(frozenset((one.item, one.item.replace(name, "original"))) in found for one in varied)
        share = right / max(len(varied), 1)
        print(f"  {name:<11} recall {share:.3f} of {len(varied)} (target {TARGETS[name]:.2f}; PDQ alone {PDQ_ALONE[name]:.2f})")


def report_false(chosen: list[str], looks: Mapping[str, Mapping[str, Looks]]) -> None:
    """False matches among originals, and between originals and variants of others."""
    false, pairs, shown = 0, 0, set()
    originals = [looks["original"][sha256] for sha256 in chosen]
    for name in ("original", *VARIANTS):
        varied = [looks[name][sha256] for sha256 in chosen if sha256 in looks[name]] if name != "original" else []
        found = [
            one
            for one in matches_among([*originals, *varied])
            if name == "original" or {one.one.split()[1], one.other.split()[1]} == {"original", name.split()[0]}
        ]
        wrong = [one for one in found if one.one.split()[0] != one.other.split()[0]]
        shown |= {(one.one, one.other, one.stage.value, one.differing, one.agreeing) for one in wrong}
        false += len(wrong)
        pairs += len(originals) * (len(varied) - 1) if varied else len(originals) * (len(originals) - 1) // 2
    print(f"  false matches: {false} in {pairs:,} pairs, {false / max(pairs, 1) * 1e5:.2f} per 100,000 (target: under 1)")
    for one in sorted(shown)[:20]:
        print("   ", one)


def speed(folder: Path) -> None:
    """Hashing of pictures of 1600x1200 and searching of a million hashes, on one core."""
    times = []
    with tempfile.TemporaryDirectory() as place:
        for at, (_, _, picture) in zip(range(30), (one for one in photographs(folder) if one[1] == "everyday"), strict=False):
            path = Path(place) / f"{at}.jpg"
            picture.resize((1600, 1200)).save(path, quality=90)
            began = time.process_time()
            _look(path)
            times.append(time.process_time() - began)
    rates = [1 / one for one in times[2:]]
    print(f"hashing 1600x1200: {statistics.median(rates):.1f} pictures/s ({min(rates):.1f} to {max(rates):.1f}), one core; target 20")
    numbers = np.random.default_rng(1)
    hashes = numbers.integers(0, 256, (1_000_000, 32), dtype=np.uint8)
    began = time.process_time()
    index = HashIndex(hashes)
    built = time.process_time() - began
    took = []
    for row in range(0, 1_000_000, 10_000):
        wanted = hashes[row].copy()
        wanted[:4] ^= 0b10101
        began = time.process_time()
        rows, _ = index.near(wanted, 47)
        took.append((time.process_time() - began) * 1000)
        assert row in rows  # noqa: S101 -- a search that misses is no search
    print(
        f"search of 1,000,000 hashes within 47 bits: {statistics.median(took):.2f} ms ({min(took):.2f} to {max(took):.2f}), built in {built:.1f} s; target 10 ms"
    )


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--speed", action="store_true", help="time hashing and searching instead")
    parser.add_argument("--varied", type=int, metavar="PERCENT", help="vary only so many in a hundred of the photographs, chosen by sha256")
    parser.add_argument(
        "--half", type=int, choices=(0, 1), help="only the half that thresholds were chosen on (0), or that is reported (1)"
    )
    asked = parser.parse_args()
    if asked.speed:
        speed(asked.folder)
    else:
        matching(asked.folder, asked.varied, (0, 1) if asked.half is None else (asked.half,))


if __name__ == "__main__":
    main()
