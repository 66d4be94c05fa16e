"""What a camera or program wrote into an image: EXIF through Pillow, and everything exiftool finds where it is installed.

Values stay as written, GPS excepted: its degrees, minutes and seconds are given as one decimal number.
"""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from witnessmark.engines.limits import die_with_parent

if TYPE_CHECKING:
    from PIL.Image import Image

FAULTS = (OSError, SyntaxError, ValueError, TypeError, LookupError, RuntimeError, ArithmeticError, EOFError, struct.error)
"""What Pillow raises on damaged pictures: its decoders have no exception of their own."""
_EXIF, _GPS = 0x8769, 0x8825  # the directories of the EXIF standard that hold what the camera and its receiver wrote
_SECONDS = 60
_NOT_OF_THE_FILE = ("SourceFile", "ExifTool:", "System:", "File:Directory", "Composite:")
"""Groups that speak of this computer or are computed by exiftool, not written in the original."""


def exif_of(image: Image) -> dict[str, object]:
    """EXIF tags by their standard names; "GPS latitude", "GPS longitude" in degrees (WGS 84, south and west negative)."""
    from PIL import ExifTags

    try:
        exif = image.getexif()
        camera, position = exif.get_ifd(_EXIF), exif.get_ifd(_GPS)
        written = [*exif.items(), *camera.items()]
    except FAULTS:  # damaged EXIF; the picture may still be whole
        return {}
    named = {ExifTags.TAGS.get(tag, f"tag {tag}"): value for tag, value in written if tag not in {_EXIF, _GPS}}
    texts = {f"EXIF {name}": text for name, value in named.items() if (text := _written(value)) is not None}
    return texts | _position(position)


def exiftool_tags(path: Path, problems: list[str]) -> dict[str, object]:
    """All tags exiftool finds, as "Group:Name". Its configuration file is ignored, and it sees the bytes only, not the path."""
    command = [shutil.which("exiftool") or "exiftool", "-config", "", "-json", "-G1", "-charset", "UTF8", "-"]
    try:
        (tags,) = json.loads(printed(command, path) or b"[{}]")
    except (OSError, subprocess.TimeoutExpired, ValueError) as error:
        problems.append(f"exiftool could not read the metadata ({type(error).__name__}).")
        return {}
    return {key: value for key, value in tags.items() if not key.startswith(_NOT_OF_THE_FILE) and isinstance(value, str | int | float)}


def printed(command: list[str], path: Path) -> bytes:
    """What a program prints that is handed the file at `path` as its input. Raises OSError, subprocess.TimeoutExpired."""
    with path.open("rb") as file:
        return subprocess.run(  # noqa: S603 -- a program of a fixed name
            command,
            stdin=file,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            preexec_fn=die_with_parent if sys.platform == "linux" else None,  # safe: this process has one thread
        ).stdout


def _written(value: object) -> str | None:
    if isinstance(value, bytes):
        text = value.removeprefix(b"ASCII\x00\x00\x00").rstrip(b"\x00 ")
        return text.decode("ascii") if text.isascii() and text.decode("ascii").isprintable() else None
    return str(value).rstrip("\x00 ")


def _position(tags: Mapping[int, object]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, reference, numbers in (("GPS latitude", 1, 2), ("GPS longitude", 3, 4)):
        degrees = _degrees(tags.get(numbers), tags.get(reference))
        if degrees is not None:
            found[name] = degrees
    for name, tag in (("GPS altitude", 6), ("GPS date", 29)):
        if tag in tags:
            found[name] = _written(tags[tag])
    return found


def _degrees(parts: object, reference: object) -> str | None:
    try:
        whole, minutes, seconds = (float(part) for part in parts)  # type: ignore[attr-defined]  # whatever the file holds; what is no triple fails
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    degrees = whole + minutes / 60 + seconds / 3600
    if not 0 <= degrees <= 180:
        return None
    return f"{-degrees if reference in {'S', 'W'} else degrees:.6f}"
