"""All that exiftool and ffprobe print of a photograph, film or recording, kept whole up to a bound; over it only the beginning, as printed."""

from __future__ import annotations

import json
import math
from typing import Any

import msgspec

from witnessmark.read.extract import Original
from witnessmark.read.printing_up_to import printed_up_to
from witnessmark.read.warm_exiftool import MOST, WarmExiftool

HEAD = 65536
"""Bytes kept of metadata that are over the bound."""
_NOT_OF_THE_FILE = ("SourceFile", "ExifTool", "System:", "File:Directory", "Composite:")
"""Groups that speak of this computer or are worked out by exiftool, not written in the original."""
_WORKED_OUT = frozenset({"Composite:GPSLatitude", "Composite:GPSLongitude"})
"""Kept all the same: degrees with their sign, out of whatever form the file states them in."""
_PROBE_SECONDS = 60.0
_DEEPEST = 40
_PROBE = [
    *("ffprobe", "-v", "error", "-protocol_whitelist", "file", "-show_format", "-show_streams", "-show_chapters", "-of", "json"),
    *("-i", "file:/dev/stdin"),  # not as a pipe: the index of some stands at their end
]


class Printed(msgspec.Struct, frozen=True):
    """What a program printed of a file: `values` by name, empty where `head` (its beginning) is all that is kept; `size` in bytes."""

    values: dict[str, str] = {}
    head: str = ""
    size: int = 0
    problem: str | None = None


def tags_of(original: Original, exiftool: WarmExiftool) -> Printed:
    """The tags by group and name, as printed; what a tag holds several of, as JSON."""
    try:
        printed, whole = exiftool.tags_of(original.path)
    except OSError as error:
        return Printed(problem=f"exiftool could not read its metadata ({error}).")
    if not whole:
        return _cut("exiftool", printed)
    found = _json(printed)
    if not isinstance(found, list) or not found or not isinstance(found[0], dict):
        return Printed(size=len(printed), problem="exiftool printed nothing that makes sense of its metadata.")
    values = {name: _text(value) for name, value in found[0].items() if name in _WORKED_OUT or not name.startswith(_NOT_OF_THE_FILE)}
    return Printed(values, size=len(printed))


def probe_of(original: Original) -> Printed:
    """Streams, container and their tags, each by its path ("streams.0.codec_name")."""
    try:
        printed, whole = printed_up_to(_PROBE, original.path, MOST, _PROBE_SECONDS)
    except OSError as error:
        return Printed(problem=f"ffprobe could not read it ({error}).")
    if not whole:
        return _cut("ffprobe", printed)
    values: dict[str, str] = {}
    _flatten(_json(printed), "", values, 0)
    values = {name: value for name, value in values.items() if name != "format.filename"}
    broken = (
        None
        if any(name.startswith("streams.") for name in values)
        else "ffprobe found no picture or sound in it: it is cut short, or its index is broken."
    )
    return Printed(values, size=len(printed), problem=broken)


def length_of(probed: dict[str, str]) -> float:
    """Seconds as the container states them in what ffprobe printed, 0 where it states none."""
    try:
        length = float(probed.get("format.duration", "0"))
    except ValueError:
        return 0.0
    return length if math.isfinite(length) and length > 0 else 0.0


def _cut(program: str, printed: bytes) -> Printed:
    head = printed[:HEAD].decode(errors="replace")
    problem = (
        f"Its metadata are more than the {MOST // 2**20} MiB that are kept of one file, so they were not interpreted; "
        f"the first {HEAD // 1024} KiB of what {program} prints are kept as they are."
    )
    return Printed(head=head, size=len(printed), problem=problem)


def _json(printed: bytes) -> Any:  # noqa: ANN401 -- whatever the program printed
    """Numbers stay as they are printed: 1.10 is not 1.1."""
    try:
        return json.loads(printed.decode(errors="replace"), parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _flatten(value: object, name: str, into: dict[str, str], depth: int) -> None:
    inner: list[tuple[str, object]] = []
    if isinstance(value, dict) and depth < _DEEPEST:
        inner = [(str(key), each) for key, each in value.items()]
    elif isinstance(value, list) and depth < _DEEPEST:
        inner = [(str(number), each) for number, each in enumerate(value)]
    elif name:
        into[name] = _text(value)
    for key, each in inner:
        _flatten(each, f"{name}.{key}" if name else key, into, depth + 1)
