"""Pictures brought to grey and small: whatever stands in the file, one upright picture or one plain sentence why not."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.pictures_of_nowhere import as_jpeg, scene

from witnessmark.read.extract import Original, UnreadableError
from witnessmark.read.pictures import frame_at, pictures_of, small_picture


def original(folder: Path, content: bytes, media_type: str = "image/png") -> Original:
    path = folder / "original"
    path.write_bytes(content)
    return Original(path, "", media_type)


def stored(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    content = io.BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


def bomb(width: int = 20_000, height: int = 20_000) -> bytes:
    """A PNG of 400 million pixels in 48 kB: rows of zeros, well packed."""

    def part(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    packer = zlib.compressobj(9)
    row = b"\0" * (width // 8 + 1)
    packed = b"".join(packer.compress(row * 100) for _ in range(height // 100)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", packed) + part(b"IEND", b"")


def difference(one: Image.Image, other: Image.Image) -> float:
    first, second = (np.asarray(each.convert("L").resize((64, 48)), dtype=float) for each in (one, other))
    return float(np.abs(first - second).mean())


KINDS: dict[str, Callable[[Image.Image], tuple[bytes, str]]] = {
    "jpeg": lambda picture: (as_jpeg(picture), "image/jpeg"),
    "cmyk": lambda picture: (stored(picture.convert("CMYK"), "TIFF"), "image/tiff"),
    "16 bits": lambda picture: (
        stored(Image.fromarray(np.asarray(picture.convert("L")).astype(np.uint16) * 257), "PNG"),
        "image/png",
    ),
    "palette": lambda picture: (stored(picture.quantize(200), "PNG"), "image/png"),
    "webp": lambda picture: (stored(picture, "WEBP", quality=90), "image/webp"),
    "grey": lambda picture: (stored(picture.convert("L"), "PNG"), "image/png"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_coding_of_a_picture_gives_the_same_grey_values(kind: str, tmp_path: Path) -> None:
    content, media_type = KINDS[kind](scene(1))
    size, grey = small_picture(original(tmp_path, content, media_type), [], "L")
    assert (size, grey.size, grey.mode) == ((640, 480), (512, 384), "L")
    assert difference(grey, scene(1)) < 6


def test_orientation_is_applied_before_anything_is_compared(tmp_path: Path) -> None:
    lying = scene(2).transpose(Image.Transpose.ROTATE_90)
    orientation = Image.Exif()
    orientation[0x0112] = 6
    content = stored(lying, "JPEG", exif=orientation, quality=90)
    size, grey = small_picture(original(tmp_path, content, "image/jpeg"), [], "L")
    assert size == (640, 480)
    assert difference(grey, scene(2)) < 6


def test_what_shines_through_is_laid_on_white(tmp_path: Path) -> None:
    clear = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    _, grey = small_picture(original(tmp_path, stored(clear)), [], "L")
    assert np.asarray(grey).min() == 255


def test_of_an_animation_the_first_picture_is_compared_and_that_is_said(tmp_path: Path) -> None:
    content = stored(scene(1), "GIF", save_all=True, append_images=[scene(2)])
    problems: list[str] = []
    small_picture(original(tmp_path, content, "image/gif"), problems, "L")
    assert problems == ["It holds 2 pictures; only the first was compared."]


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "400 million pixels in 48 kB": (bomb, "million pixels"),
    "cut short": (lambda: as_jpeg(scene(3))[:9000], "damaged or cut short"),
    "no picture": (lambda: b"\x89PNG\r\n\x1a\nnothing", "damaged or cut short"),
    "a line": (lambda: stored(Image.new("RGB", (4000, 8))), "too small"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_compared_is_refused_with_one_sentence(name: str, tmp_path: Path) -> None:
    make, words = REFUSED[name]
    content = make()
    assert len(content) < 60_000
    with pytest.raises(UnreadableError, match=words):
        small_picture(original(tmp_path, content), [], "L")


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two scenes of three seconds each."""
    if shutil.which("ffmpeg") is None:
        pytest.skip("ffmpeg is not installed")
    folder = tmp_path_factory.mktemp("film")
    for number in (1, 2):
        scene(number).save(folder / f"{number}.png")
    command = ["ffmpeg", "-v", "error", *("-loop", "1", "-t", "3", "-i", "1.png", "-loop", "1", "-t", "3", "-i", "2.png")]
    command += ["-filter_complex", "[0:v][1:v]concat=n=2", "-r", "10", "-g", "20", "-pix_fmt", "yuv420p", "film.mp4"]
    subprocess.run(command, cwd=folder, check=True)
    return folder / "film.mp4"


def test_a_film_is_compared_by_its_key_frames_with_their_times(film: Path) -> None:
    problems: list[str] = []
    frames = list(pictures_of(Original(film, "", "video/mp4"), problems))
    assert problems == []
    times = [at for at, _, _ in frames if at is not None]
    assert times[0] == 0
    assert all(later - earlier >= 1 for earlier, later in pairwise(times))
    assert {size for _, size, _ in frames} == {(640, 480)}
    assert difference(frames[0][2], scene(1)) < 8
    assert difference(frames[-1][2], scene(2)) < 8
    assert difference(frame_at(Original(film, "", "video/mp4"), times[-1]), scene(2)) < 8


def test_a_film_cut_short_is_refused_with_one_sentence(film: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="No frame of the film"):
        list(pictures_of(original(tmp_path, film.read_bytes()[:2000], "video/mp4"), []))
