"""Sound and video: kept, with what their files say of themselves. Nobody listens here: speech is not turned into text, and that is said.

Length and coding come from ffprobe and exiftool where they are installed, else from the plainest headers of the formats that phones make. Dates and
positions are what a device wrote; they are kept as metadata and never taken for the time or place of an event.
"""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import IO, Any

from witnessmark.read.camera import exiftool_tags, printed
from witnessmark.read.extract import Extract, Original, Reader, described
from witnessmark.read.request import ReadParams
from witnessmark.read.tools import install_command

NOT_TRANSCRIBED = "What is said in it was not read: no program here turns speech into text. Listen to it, and add what was heard as a document of its own."
NOT_WATCHED = "Its pictures were not looked at; only what the file says of itself was read."
_TAIL = 65536
_MOST_BOXES = 2000
_EPOCH_1904 = datetime(1904, 1, 1, tzinfo=UTC)
_AMR_SIZES = (12, 13, 15, 17, 19, 20, 26, 31, 5)
"""Bytes of a frame of 20 ms behind its first one, by mode (RFC 4867, 3.6)."""
_HOLDERS = frozenset({b"moov", b"udta", b"trak", b"mdia"})
_TAGS = (
    "creation_time",
    "location",
    "com.apple.quicktime.location.ISO6709",
    "title",
    "artist",
    "comment",
    "encoder",
    "com.android.version",
)


def read_media(original: Original, params: ReadParams) -> Extract:
    """No text; the length, coding, date and position that the file states, as far as a program or its header tells."""
    problems = [NOT_TRANSCRIBED]
    if original.media_type.startswith("video/"):
        problems.append(NOT_WATCHED)
    metadata: dict[str, object] = {}
    if params.ffprobe is not None:
        metadata |= _probed(original, problems)
    else:
        metadata |= _from_header(original)
        problems.append(f"Its coding was read from its header alone: ffprobe is not installed ({install_command('ffprobe')}).")
    if params.exiftool is not None:
        metadata |= exiftool_tags(original.path, problems)
    if metadata.get("seconds") is None:
        problems.append("Its length could not be told.")
    return Extract("", problems=tuple(problems), metadata=described(metadata), dates_itself=False)


def _probed(original: Original, problems: list[str]) -> dict[str, object]:
    """What ffprobe tells; it sees the bytes only, and may open nothing besides."""
    command = [
        shutil.which("ffprobe") or "ffprobe",
        "-v",
        "error",
        "-protocol_whitelist",
        "file",
        "-show_format",
        "-show_streams",
        "-of",
        "json",
        "-i",
        "file:/dev/stdin",  # not as a pipe: the length of some stands at their end
    ]
    try:
        told: Any = json.loads(printed(command, original.path) or b"{}")
        return _told(told)
    except (OSError, subprocess.TimeoutExpired, ValueError, TypeError, AttributeError) as error:
        problems.append(f"ffprobe could not read it ({type(error).__name__}).")
        return _from_header(original)


def _told(told: Any) -> dict[str, object]:  # noqa: ANN401 -- whatever the program printed
    shape = told.get("format", {})
    streams = [one for one in told.get("streams", []) if one.get("codec_name")]
    size = next((f"{one['width']} x {one['height']}" for one in streams if one.get("width") and one.get("height")), None)
    return {
        "seconds": shape.get("duration") or next((one.get("duration") for one in streams if one.get("duration")), None),
        "coding": ", ".join(f"{one.get('codec_type')} {one['codec_name']}" for one in streams),
        "size": size,
        **{name: shape.get("tags", {}).get(name) for name in _TAGS},
    }


def _from_header(original: Original) -> dict[str, object]:
    with original.path.open("rb") as file:
        head = file.read(512)
        try:
            if head.startswith(b"OggS"):
                return _ogg(head, file)
            if head.startswith(b"#!AMR\n"):
                file.seek(6)
                return {"coding": "audio amr_nb", "seconds": f"{_amr_frames(file) * 0.02:.2f}"}
            if head[4:8] == b"ftyp":
                return _iso(file)
        except (struct.error, OverflowError, ValueError, IndexError):
            return {}
    return {}


def _ogg(head: bytes, file: IO[bytes]) -> dict[str, object]:
    """Opus counts 48,000 samples a second whatever was recorded (RFC 7845, 4); the last page says how many there are."""
    if b"OpusHead" not in head:
        return {"coding": "audio vorbis"} if b"\x01vorbis" in head else {}
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    tail = file.read()
    last = tail.rfind(b"OggS")
    (samples,) = struct.unpack_from("<q", tail, last + 6)
    return {"coding": "audio opus", "seconds": f"{max(0, samples) / 48000:.2f}"}


def _amr_frames(file: IO[bytes]) -> int:
    frames = 0
    while first := file.read(1):
        mode = (first[0] >> 3) & 15
        if mode < len(_AMR_SIZES):
            file.seek(_AMR_SIZES[mode], 1)
        frames += 1
    return frames


def _iso(file: IO[bytes]) -> dict[str, object]:
    """Date, length and position from the boxes of MP4, 3GP and MOV (ISO/IEC 14496-12, 8.2.2)."""
    found: dict[str, object] = {}
    end = file.seek(0, 2)
    for kind, start, stop in _boxes(file, 0, end):
        file.seek(start)
        content = file.read(min(stop - start, 200))
        if kind == b"mvhd":
            made, _, scale, length = struct.unpack_from(">4xQQIQ" if content[0] == 1 else ">4xIIII", content)
            if scale:
                found["seconds"] = f"{length / scale:.2f}"
            if made:
                found["creation_time"] = (_EPOCH_1904 + timedelta(seconds=made)).isoformat()
        elif kind == b"\xa9xyz":
            found["location"] = content[4:].decode("ascii", errors="replace").rstrip("\0")
    return found


def _boxes(file: IO[bytes], start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """The boxes between two places, with those inside the ones that hold others; none is believed to reach beyond what holds it."""
    waiting, seen = [(start, end)], 0
    while waiting:
        at, stop = waiting.pop()
        while at + 8 <= stop and seen < _MOST_BOXES:
            seen += 1
            file.seek(at)
            size, kind = struct.unpack(">I4s", file.read(8))
            content = at + 8
            if size == 1:
                (size,) = struct.unpack(">Q", file.read(8))
                content = at + 16
            after = stop if size == 0 else min(at + size, stop)
            if after <= at:
                return
            yield kind, content, after
            if kind in _HOLDERS:
                waiting.append((content, after))
            at = after


READER = Reader("media", "1", read_media)
