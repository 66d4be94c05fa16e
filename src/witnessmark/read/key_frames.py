"""Key frames of a film on one sheet: where a scene changes, and at a fixed interval. Drawn in the limited child, bounded in number, size and time.

A film is longer than anyone watches it, and its first picture is seldom what it is about. Frames are those the decoder gives; none is interpolated.
"""

from __future__ import annotations

import io
import math
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from witnessmark.engines.child import LimitedChild
from witnessmark.engines.handover import handed_over
from witnessmark.engines.limits import MEBIBYTE, Limits
from witnessmark.read.extract import Original, UnreadableError
from witnessmark.read.ffmpeg import frames_of
from witnessmark.read.media_metadata import length_of, probe_of

if TYPE_CHECKING:
    from PIL.Image import Image

LIMITS = Limits(
    cpu_seconds=900, wall_seconds=1200.0, file_size=MEBIBYTE, folder_size=16 * MEBIBYTE, folder_files=200, programs=("ffmpeg", "ffprobe")
)
WIDTH, HEIGHT = 320, 240
"""Pixels of a frame on the sheet, in which the film's own is fitted."""
_LABEL = 20
_COLUMNS = 6
_SCENE = 0.3
"""Share of change, as ffmpeg measures it, from which on a frame begins another scene; 0.3 to 0.5 is what its manual advises."""
_SECONDS = 900.0
_LONG = 600.0
"""Seconds of film over which only those frames are decoded that stand by themselves; of a day of film there is no time for more."""
_TIME = re.compile(rb"pts_time:\s*(-?[\d.]+)")
_NO_INDEX = (b"moov atom not found", b"Invalid data found", b"EBML header parsing failed", b"could not find codec parameters")


class FramesJob(msgspec.Struct, frozen=True):
    """Which film, the longest time between two frames in seconds, and how many frames at most."""

    path: bytes
    media_type: str
    every: float
    most: int


class Frames(msgspec.Struct, frozen=True):
    """The sheet as PNG, with the time of each frame in seconds; or the reason why there is none."""

    png: bytes = b""
    seconds: tuple[float, ...] = ()
    every: float = 0.0
    problems: tuple[str, ...] = ()
    refused: str | None = None


def open_drawer(within: Path | None = None) -> LimitedChild:
    """A child that draws sheets, in a folder of its own below `within`."""
    return LimitedChild("witnessmark.read.key_frames:draw", LIMITS, within=within)


def draw(payload: bytes) -> bytes:
    """The child's job: an encoded FramesJob in, encoded Frames out."""
    job = msgspec.msgpack.decode(payload, type=FramesJob)
    original = Original(handed_over() or Path(os.fsdecode(job.path)), "", job.media_type)
    try:
        return msgspec.msgpack.encode(_frames(original, job))
    except UnreadableError as error:
        return msgspec.msgpack.encode(Frames(refused=str(error)))


def _frames(original: Original, job: FramesJob) -> Frames:
    length = length_of(probe_of(original).values)
    every = max(job.every, length / job.most) if length else job.every
    problems = []
    if every > job.every:
        problems.append(f"The film is {length:,.0f} s long, so the frames are up to {every:,.1f} s apart and not {job.every:g} s.")
    if length > _LONG:
        problems.append(
            "Of so long a film only the frames that stand by themselves were decoded: a short scene between two of them may be missing."
        )
    pictures, told, late = _decoded(original, every, job.most, sparse=length > _LONG)
    seconds = tuple(round(float(at), 3) for at in _TIME.findall(told))[: len(pictures)]
    if not pictures or len(seconds) < len(pictures):
        raise UnreadableError(_why_none(told, late=late))
    if late:
        problems.append(f"Decoding took more than {_SECONDS:g} s and was stopped: nothing after {seconds[-1]:.1f} s is on the sheet.")
    elif len(pictures) == job.most and length and seconds[-1] + every < length:
        problems.append(
            f"{job.most} frames are on the sheet, as many as were asked for; nothing after {seconds[-1]:.1f} s of {length:,.1f} s is on it."
        )
    elif length and seconds[-1] + 2 * every < length:
        problems.append(
            f"The film says it is {length:,.1f} s long, and nothing could be decoded after {seconds[-1]:.1f} s: it is damaged or cut short."
        )
    return Frames(_sheet(pictures, seconds), seconds, every, tuple(problems))


def _decoded(original: Original, every: float, most: int, *, sparse: bool) -> tuple[list[Image], bytes, bool]:
    """The frames, what the program said, and whether it was stopped for being late."""
    from PIL import Image

    chosen = rf"select='isnan(prev_selected_t)+gt(scene,{_SCENE})*gte(t-prev_selected_t,0.5)+gte(t-prev_selected_t,{every})'"
    fitted = f"scale={WIDTH}:{HEIGHT}:force_original_aspect_ratio=decrease,pad={WIDTH}:{HEIGHT}:-1:-1"
    raw, told, late = frames_of(
        original,
        select=f"{chosen},{fitted},showinfo",
        most=most,
        form=("-f", "rawvideo", "-pix_fmt", "rgb24"),
        seconds=_SECONDS,
        key_frames_only=sparse,
    )
    size = WIDTH * HEIGHT * 3
    return [Image.frombytes("RGB", (WIDTH, HEIGHT), raw[at : at + size]) for at in range(0, len(raw) - size + 1, size)], told, late


def _why_none(told: bytes, *, late: bool) -> str:
    if late:
        return f"No frame could be decoded in {_SECONDS:g} s."
    if b"matches no streams" in told:
        return "There is no picture in it, only sound."
    if any(mark in told for mark in _NO_INDEX):
        return (
            "No frame could be found: its index is missing or broken, as where a recording was cut off before it was closed. "
            "Ask its source for the file from the device itself; repaired copies can be added beside it."
        )
    return "No frame could be decoded: it is damaged, or coded in a way that ffmpeg here does not know."


def _sheet(pictures: list[Image], seconds: tuple[float, ...]) -> bytes:
    from PIL import Image, ImageDraw, ImageFont

    columns = min(_COLUMNS, len(pictures))
    rows = math.ceil(len(pictures) / columns)
    sheet = Image.new("RGB", (columns * WIDTH, rows * (HEIGHT + _LABEL)), "white")
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default()
    for place, (picture, at) in enumerate(zip(pictures, seconds, strict=True)):
        left, top = place % columns * WIDTH, place // columns * (HEIGHT + _LABEL)
        sheet.paste(picture, (left, top + _LABEL))
        pen.text((left + 6, top + 4), f"{place + 1}: {clock_words(at)}", fill="black", font=font)
    content = io.BytesIO()
    sheet.save(content, "PNG")
    return content.getvalue()


def clock_words(seconds: float) -> str:
    """A time in a film: "1:02:03.5"."""
    tenths = round(seconds * 10)
    hours, minutes = divmod(tenths // 600, 60)
    return f"{hours}:{minutes:02}:{tenths % 600 / 10:04.1f}"
