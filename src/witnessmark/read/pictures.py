"""Pictures as grey values small enough to be compared: a photograph upright, a film by its key frames. Runs in the limited child alone.

Of a JPEG only as much is decoded as the small picture needs. What the file says of its own orientation is applied, what lets the ground shine through is laid on white, sixteen bits are brought to eight.
"""

from __future__ import annotations

import re
import shutil
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from witnessmark.read.bands import bands_in
from witnessmark.read.camera import FAULTS
from witnessmark.read.extract import Original, UnreadableError
from witnessmark.read.ffmpeg import frames_of
from witnessmark.read.image import MOST_PIXELS, formats_for
from witnessmark.read.tools import install_command

if TYPE_CHECKING:
    from PIL.Image import Image

LONG_SIDE = 512
"""Pixels on the long side of what is compared."""
SHORTEST = 32
"""Pixels; a side shorter than that holds no picture that could be told from others."""
MOST_FRAMES = 120
APART = 1.0
"""Seconds between two key frames at the least."""
_SECONDS = 600.0
_PGM = re.compile(rb"P([56])\s+(\d{1,5})\s+(\d{1,5})\s+255\s")
_SIZE = re.compile(rb" s:(\d+)x(\d+) ")
_TIME = re.compile(rb"pts_time:\s*(-?[\d.]+)")

Grey = npt.NDArray[np.uint8]


def pictures_of(original: Original, problems: list[str]) -> Iterator[tuple[float | None, tuple[int, int], Image]]:
    """Each picture of an original: seconds into the film (None for a photograph), its size as shown, and the picture in grey. Raises UnreadableError with the reason.

    What was left out is added to `problems`.
    """
    if original.media_type.startswith("video/"):
        yield from _frames(original, problems)
        return
    size, small = small_picture(original, problems, "L")
    yield None, size, small


def small_picture(original: Original, problems: list[str], mode: str, long_side: int = LONG_SIDE) -> tuple[tuple[int, int], Image]:
    """The size of a photograph as shown, and the photograph upright, in grey ("L") or colour ("RGB"), with at most so many pixels on its long side. Raises UnreadableError."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    formats = formats_for(original.media_type)
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(original.path, formats=formats) as image:
                if (held := getattr(image, "n_frames", 1)) > 1:
                    problems.append(f"It holds {held} pictures; only the first was compared.")
                width, height = image.size
                image.draft(mode, (long_side, long_side))
                upright = ImageOps.exif_transpose(_in_eight_bits(image, mode))
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise UnreadableError(f"The image claims more than the {MOST_PIXELS // 1_000_000} million pixels that are decoded.") from error
        except FAULTS as error:
            raise UnreadableError(bands_in(original.path) or "The image is damaged or cut short.") from error
    size = (height, width) if (upright.width > upright.height) != (width > height) else (width, height)
    if min(size) < SHORTEST:
        raise UnreadableError(f"The picture measures {width} x {height}: too small to be compared.")
    upright.thumbnail((long_side, long_side), reducing_gap=2.0)
    return size, upright


def _in_eight_bits(image: Image, mode: str) -> Image:
    """The picture in `mode`, with its orientation still as the file says."""
    from PIL import Image

    image.load()
    orientation = image.getexif()
    if image.mode.startswith("I;16"):
        plain = Image.fromarray((np.asarray(image).astype(np.uint16) >> 8).astype(np.uint8)).convert(mode)
    elif image.mode.startswith(("I", "F")):
        values = np.asarray(image, dtype=np.float64)
        span = max(float(values.max() - values.min()), 1.0)
        plain = Image.fromarray(np.round((values - values.min()) * (255 / span)).astype(np.uint8)).convert(mode)
    elif image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info:
        above = image.convert("RGBA")
        plain = Image.alpha_composite(Image.new("RGBA", above.size, "white"), above).convert(mode)
    elif image.mode == mode:
        plain = image.copy()
    else:
        plain = image.convert("RGB").convert(mode)
    plain.info["exif"] = orientation.tobytes()
    return plain


def _frames(original: Original, problems: list[str]) -> Iterator[tuple[float | None, tuple[int, int], Image]]:
    """The frames of a film that stand by themselves, some time apart, with its time and the size of the film."""
    frames = key_frames(original)
    if len(frames) == MOST_FRAMES:
        problems.append(f"Only its first {MOST_FRAMES} key frames were compared, up to {frames[-1][0]:.1f} s.")
    yield from frames


def key_frames(
    original: Original, *, apart: float = APART, long_side: int = LONG_SIDE, most: int = MOST_FRAMES
) -> list[tuple[float, tuple[int, int], Image]]:
    """Frames that stand by themselves, so many seconds apart or more: the second, the size of the film, and the frame in grey with at most so many pixels on its long side. Raises UnreadableError."""
    if shutil.which("ffmpeg") is None:
        raise UnreadableError(f"ffmpeg, which cuts out the key frames of films, is not installed ({install_command('ffprobe')}).")
    raw, told = _run(original, apart=apart, long_side=long_side, most=most)
    frames, seconds, size = _cut(raw), [round(float(at), 2) for at in _TIME.findall(told)], _SIZE.search(told)
    if not frames or size is None:
        raise UnreadableError("No frame of the film could be decoded: it is damaged or cut short, or holds no picture.")
    return [(at, (int(size[1]), int(size[2])), frame) for at, frame in zip(seconds, frames, strict=False)]


def frame_at(original: Original, seconds: float) -> Image:
    """The frame of a film that was compared at so many seconds, in colour. Raises UnreadableError."""
    raw, told = _run(original, coding=("ppm", "rgb24")) if shutil.which("ffmpeg") else (b"", b"")
    times = [round(float(at), 2) for at in _TIME.findall(told)]
    for at, frame in zip(times, _cut(raw), strict=False):
        if at == seconds:
            return frame
    raise UnreadableError(f"The frame at {seconds:g} s could not be decoded again.")


def first_frame(original: Original) -> Image:
    """The first frame of a film that stands by itself, in colour. Raises UnreadableError."""
    raw, _ = _run(original, coding=("ppm", "rgb24"), most=1) if shutil.which("ffmpeg") else (b"", b"")
    frames = _cut(raw)
    if not frames:
        raise UnreadableError(
            f"No frame of the film could be decoded; it takes ffmpeg ({install_command('ffprobe')}) and a film that is whole."
        )
    return frames[0]


def _run(
    original: Original,
    coding: tuple[str, str] = ("pgm", "gray"),
    *,
    apart: float = APART,
    long_side: int = LONG_SIDE,
    most: int = MOST_FRAMES,
) -> tuple[bytes, bytes]:
    """The frames as pictures one behind the other (PGM or PPM), and what the program said of them."""
    chosen = f"select='isnan(prev_selected_t)+gte(t-prev_selected_t,{apart})'"
    fitted = f"scale={long_side}:{long_side}:force_original_aspect_ratio=decrease"
    form = ("-f", "image2pipe", "-c:v", coding[0], "-pix_fmt", coding[1])
    found = frames_of(original, select=f"{chosen},showinfo,{fitted}", most=most, form=form, seconds=_SECONDS, key_frames_only=True)
    return found.raw, found.told


def _cut(raw: bytes) -> list[Image]:
    """The pictures of a row of PGM (grey) or PPM (colour) files; one that is cut short is left out."""
    from PIL import Image

    found, at = [], 0
    while head := _PGM.match(raw, at):
        width, height = int(head[2]), int(head[3])
        mode = "L" if head[1] == b"5" else "RGB"
        at = head.end() + width * height * len(mode)
        if at <= len(raw):
            found.append(Image.frombytes(mode, (width, height), raw[head.end() : at]))
    return found
