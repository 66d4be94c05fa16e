"""What a file says of itself, sorted out of all that programs print of it: times, positions, device, captions, and traces of handling.

A trace says what stands in the file and what that is, no more: files pass through honest hands as through others.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence

from witnessmark.model.media import Clock, MediaCheck, MediaFacts, MediaPosition, MediaTime, Trace
from witnessmark.watch.media_times import is_change, time_of, times_in

TRACK_TIME = "Track:GPSDateTime"
SAME_SIZE = 0.02
"""Share by which the size stated by the camera may differ from the picture's: some cut a border of a few pixels."""
LIKE = 0.9
"""Likeness from which on a thumbnail and its picture count as the same (`bench/thumbnails.py` has the measurement)."""
_IDS = ("SerialNumber", "InternalSerialNumber", "LensSerialNumber", "BodySerialNumber", "CameraSerialNumber", "ImageUniqueID", "DeviceID", "ContentIdentifier", "MediaUniqueID", "CameraID", "UniqueDeviceID")  # fmt: skip
_CAPTIONS = ("ImageDescription", "Caption-Abstract", "Description", "Headline", "UserComment", "Comment", "Title", "ObjectName", "XPComment", "XPTitle", "City", "Sub-location", "Location", "Province-State", "State", "Country-PrimaryLocationName", "Country")  # fmt: skip
_PROGRAMS = ("Software", "CreatorTool", "ProcessingSoftware", "HistorySoftwareAgent", "Encoder", "EncodingTool", "WritingApp", "MuxingApp", "CompressorName")  # fmt: skip
_HISTORY, _DERIVED = "History", "DerivedFrom"
_DIGEST = "File:JPEGDigest"
_LIBRARY = "Independent JPEG Group"
_NOT_CAPTIONS = ("ICC", "File:", "CBOR", "JUMBF", "Jpeg2000")
"""Groups that speak of the file, or of its credentials, which are checked by themselves."""
_MOST = 40
_LONGEST = 400
_ENCODERS = (
    (re.compile(r"\bLav[fc]\d"), "packed or coded by the library of ffmpeg, which sites and messengers use when they make a film smaller"),
    (re.compile(r"\bHandBrake|\bx26[45]\b", re.IGNORECASE), "coded anew on a computer"),
)


def facts_of(check: MediaCheck) -> MediaFacts:
    """The facts in a check; empty where its metadata were not read."""
    tags = check.tags
    times, unset = times_in(tags)
    first = next((time for point in check.track if point.at and (time := time_of(TRACK_TIME, point.at)) is not None), None)
    return MediaFacts(
        times=tuple(_distinct((*times, *((first,) if first else ())))),
        positions=tuple(_positions(tags))[:_MOST],
        device=device_of(tags),
        device_ids=tuple(f"{tag}: {value}" for tag, value in tags.items() if name_of(tag) in _IDS and value.strip())[:_MOST],
        captions=tuple(_captions(tags))[:_MOST],
        traces=tuple(_traces(check))[:_MOST],
        unset=unset[:_MOST],
        track=check.track,
    )


def _distinct(times: Sequence[MediaTime]) -> Iterator[MediaTime]:
    """Each time once, however many tags repeat it; one whose zone is not stated only where no tag states the same with its zone."""
    zoned = {time.written for time in times if time.clock is not Clock.UNKNOWN and not is_change(time)}
    seen: set[tuple[str, Clock, bool]] = set()
    for time in times:
        key = (time.written, time.clock, is_change(time))
        if key not in seen and (time.clock is not Clock.UNKNOWN or is_change(time) or time.written not in zoned):
            seen.add(key)
            yield time


def name_of(tag: str) -> str:
    """A tag without its groups."""
    return tag.rpartition(":")[2]


def device_of(tags: Mapping[str, str]) -> str | None:
    """Maker and model, the maker once where the model names it too; None where the file names none."""
    maker, model = (
        next((value.strip() for tag, value in tags.items() if name_of(tag) in names and value.strip()), "")
        for names in (("Make", "AndroidManufacturer"), ("Model", "AndroidModel"))
    )
    whole = model if maker and model.casefold().startswith(maker.casefold().split()[0]) else f"{maker} {model}".strip()
    return whole[:_LONGEST] or None


def _positions(tags: Mapping[str, str]) -> Iterator[MediaPosition]:
    """Each position the file states, those of one group together; the one worked out by exiftool only where it is another."""
    seen: set[tuple[float, float]] = set()
    groups: dict[str, dict[str, str]] = {}
    for tag, value in tags.items():
        name = name_of(tag)
        if name in {"GPSLatitude", "GPSLongitude", "GPSLatitudeRef", "GPSLongitudeRef"}:
            groups.setdefault(tag.partition(":")[0], {})[name] = value
    for group in sorted(groups, key=lambda name: name == "Composite"):
        held = groups[group]
        latitude = _degrees(held.get("GPSLatitude"), held.get("GPSLatitudeRef"), 90)
        longitude = _degrees(held.get("GPSLongitude"), held.get("GPSLongitudeRef"), 180)
        if latitude is None or longitude is None or (round(latitude, 4), round(longitude, 4)) in seen:
            continue
        seen.add((round(latitude, 4), round(longitude, 4)))
        yield MediaPosition(f"{group}:GPSPosition", f"{held['GPSLatitude']}, {held['GPSLongitude']}", latitude, longitude)


def _degrees(written: str | None, reference: str | None, most: float) -> float | None:
    """Degrees of a coordinate, None where it is none or zero, which devices write that know no position."""
    match = re.fullmatch(r"\s*([+-]?\d+(?:\.\d+)?)\s*([NSEW])?\s*", written or "")
    if match is None:
        return None
    value = float(match[1])
    side = match[2] or (reference or "")[:1].upper()
    value = -abs(value) if side in {"S", "W"} else value
    return value if math.isfinite(value) and 0 < abs(value) <= most else None


def _captions(tags: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for tag, value in tags.items():
        text = _plain(value)
        if name_of(tag) in _CAPTIONS and text and text not in seen and not tag.startswith(_NOT_CAPTIONS):
            seen.add(text)
            yield tag, text


def _plain(value: str) -> str:
    """A caption's words; XMP keeps one for each language."""
    if value.startswith(("{", "[")):
        try:
            inner = json.loads(value)
        except ValueError:
            return value.strip()
        parts = inner.values() if isinstance(inner, dict) else inner
        return " ".join(dict.fromkeys(part.strip() for part in parts if isinstance(part, str)))
    return value.strip()


def _traces(check: MediaCheck) -> Iterator[Trace]:
    yield from _programs(check.tags)
    yield from _history(check.tags)
    yield from _tables(check.tags)
    yield from _films(check.tags, check.probe)


def _programs(tags: Mapping[str, str]) -> Iterator[Trace]:
    for tag, value in tags.items():
        if name_of(tag) in _PROGRAMS and value.strip():
            meaning = next(
                (words for pattern, words in _ENCODERS if pattern.search(value)),
                "the program or firmware that the file names as its writer",
            )
            yield Trace(tag, value[:_LONGEST], meaning)


def _history(tags: Mapping[str, str]) -> Iterator[Trace]:
    for tag, value in tags.items():
        if name_of(tag) == _HISTORY:
            try:
                steps = json.loads(value)
            except ValueError:
                continue
            for step in steps if isinstance(steps, list) else [steps]:
                if isinstance(step, dict):
                    words = ", ".join(str(step[key]) for key in ("Action", "When", "SoftwareAgent", "Changed") if step.get(key))
                    yield Trace(tag, words[:_LONGEST], "a step that an editing program wrote into the file's history")
        elif name_of(tag) == _DERIVED:
            yield Trace(tag, value[:_LONGEST], "an editing program says that the file was made from another one")


def _tables(tags: Mapping[str, str]) -> Iterator[Trace]:
    """A camera compresses by tables of its own; a file that names a camera and has the tables of a program was saved by that program."""
    digest = tags.get(_DIGEST, "")
    if digest.startswith((_LIBRARY, "Adobe Photoshop")) or "Photoshop" in digest:
        yield Trace(
            _DIGEST,
            digest[:_LONGEST],
            "the tables it was compressed by are those of a program, so it was saved by one, or by a device that uses its tables",
        )


def _films(tags: Mapping[str, str], probe: Mapping[str, str]) -> Iterator[Trace]:
    known = {value for tag, value in tags.items() if name_of(tag) in _PROGRAMS}
    for name, value in probe.items():
        if name.endswith((".encoder", ".handler_name")) and value not in known and value.strip():
            for pattern, words in _ENCODERS:
                if pattern.search(value):
                    yield Trace(name, value[:_LONGEST], words)
