"""Times that a photograph or film states, each as the interval of UTC it can mean: a camera's clock rarely says in which zone it runs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from witnessmark.model.media import Clock, MediaTime

EAST, WEST = dt.timedelta(hours=14), dt.timedelta(hours=12)
"""How far local time runs ahead of UTC at most, and behind it."""
GPS_TIME = "GPS:GPSDateTime"
_STAMP = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?\s*(Z|[+-]\d\d:?\d\d)?\s*(?:UTC)?\s*")
_UNSET = re.compile(r"^0000[:-]00[:-]00")
_ZONES = {"DateTimeOriginal": "OffsetTimeOriginal", "CreateDate": "OffsetTimeDigitized", "ModifyDate": "OffsetTime"}
"""The EXIF tags that give the zone of another (EXIF 2.31)."""
_TAKEN = (
    "DateTimeOriginal",
    "CreateDate",
    "DateCreated",
    "DateTimeCreated",
    "DateTimeDigitized",
    "MediaCreateDate",
    "TrackCreateDate",
    "CreationDate",
)
_CHANGED = ("ModifyDate", "MetadataDate")
_EPOCHS = ("1904:01:01 00:00:00", "1970:01:01 00:00:00", "0000:00:00 00:00:00")
"""What programs write that have no date to write."""


def times_in(tags: Mapping[str, str]) -> tuple[tuple[MediaTime, ...], tuple[str, ...]]:
    """When the file says it was taken and changed, in the order of the tags; and the tags that hold no date, with what they hold."""
    found: list[MediaTime] = []
    unset: list[str] = []
    for tag, written in tags.items():
        if not _is_time(tag):
            continue
        if written.startswith(_EPOCHS) or _UNSET.match(written):
            unset.append(f"{tag}: {written}")
        elif (time := time_of(tag, written, _zone_of(tag, tags))) is not None:
            found.append(time)
    if (fix := _gps(tags)) is not None:
        found.append(fix)
    return tuple(found), tuple(unset)


def is_change(time: MediaTime) -> bool:
    """Whether it is the time of a change, and not when the picture was taken."""
    return _name_of(time.tag) in _CHANGED


def time_of(tag: str, written: str, zone: str | None = None) -> MediaTime | None:
    """The time as written, None where it is none. `zone` ("+03:00") is its zone where another tag gives it."""
    match = _STAMP.fullmatch(written)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part) if part else None for part in match.groups()[:6])
    try:
        first = dt.datetime(year or 0, month or 0, day or 0, hour or 0, minute or 0, second or 0, tzinfo=dt.UTC)
        last = first + (dt.timedelta(days=1, seconds=-1) if hour is None else dt.timedelta(seconds=0 if second is not None else 59))
        offset = _offset(match[7] or zone)
        clock = _clock(match[7] or zone)
        before, behind = (EAST, WEST) if offset is None else (offset, -offset)
        return MediaTime(tag, written, _iso(first - before), _iso(last + behind), clock)
    except (ValueError, OverflowError):
        return None


def earliest(time: MediaTime) -> dt.datetime:
    """The first moment it can mean."""
    return dt.datetime.fromisoformat(time.earliest)


def latest(time: MediaTime) -> dt.datetime:
    """The last moment it can mean."""
    return dt.datetime.fromisoformat(time.latest)


def days_of(first: str, last: str) -> tuple[dt.datetime, dt.datetime]:
    """The moments, in UTC, of stated local days (ISO) anywhere on Earth. Raises ValueError where they are no days."""
    start = dt.datetime.fromisoformat(first[:10]).replace(tzinfo=dt.UTC) - EAST
    return start, dt.datetime.fromisoformat(last[:10]).replace(tzinfo=dt.UTC) + dt.timedelta(days=1, seconds=-1) + WEST


def apart(one: tuple[dt.datetime, dt.datetime], other: tuple[dt.datetime, dt.datetime]) -> dt.timedelta | None:
    """The least time between two intervals, None where they meet."""
    if one[0] <= other[1] and other[0] <= one[1]:
        return None
    return max(one[0] - other[1], other[0] - one[1])


def _is_time(tag: str) -> bool:
    name = _name_of(tag)
    return (name in _TAKEN or name in _CHANGED) and not tag.startswith(("ICC", "File:", "ICC-header"))


def _name_of(tag: str) -> str:
    return tag.rpartition(":")[2]


def _zone_of(tag: str, tags: Mapping[str, str]) -> str | None:
    """EXIF keeps the zone in a tag of its own. QuickTime's own tags ought to be in UTC, and many devices write local time there: nothing is known."""
    name = _ZONES.get(_name_of(tag))
    return tags.get(f"ExifIFD:{name}") if name and tag.startswith(("ExifIFD", "IFD0")) else None


def _gps(tags: Mapping[str, str]) -> MediaTime | None:
    """Date and time of the satellites' clock, which is UTC."""
    day, time = (next((value for tag, value in _of(tags, name)), None) for name in ("GPSDateStamp", "GPSTimeStamp"))
    return time_of(GPS_TIME, f"{day} {time}", "Z") if day and time else None


def _of(tags: Mapping[str, str], name: str) -> Iterator[tuple[str, str]]:
    return ((tag, value) for tag, value in tags.items() if _name_of(tag) == name)


def _offset(zone: str | None) -> dt.timedelta | None:
    if not zone:
        return None
    if zone == "Z":
        return dt.timedelta()
    match = re.fullmatch(r"([+-])(\d\d):?(\d\d)", zone.strip())
    if match is None:
        return None
    size = dt.timedelta(hours=int(match[2]), minutes=int(match[3]))
    return size if match[1] == "+" else -size


def _clock(zone: str | None) -> Clock:
    if _offset(zone) is None:
        return Clock.UNKNOWN
    return Clock.UTC if zone == "Z" else Clock.STATED


def _iso(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="seconds")
