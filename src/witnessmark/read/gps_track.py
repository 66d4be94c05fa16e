"""Where a film says it was at each of its seconds: positions that cameras, drones and phones write into a track of their own beside the pictures, told by exiftool.

Lines are asked for and no JSON, so that what is printed beyond the bound costs its end and not the whole.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from witnessmark.model.media import TrackPoint
from witnessmark.read.extract import Original
from witnessmark.read.warm_exiftool import WarmExiftool

MOST_POINTS = 1_000
"""Kept of a track, evenly over its length: some receivers write eighteen a second."""
_ASKED = ("-ee", "-f", "-p", "$SampleTime#|$GPSDateTime|$GPSLatitude#|$GPSLongitude#")


def track_of(original: Original, exiftool: WarmExiftool, problems: list[str]) -> tuple[TrackPoint, ...]:
    """The points of its track in their order; none where it has none. What is not kept is added to `problems`."""
    try:
        printed, whole = exiftool.ask(original.path, _ASKED)
    except OSError as error:
        problems.append(f"Whether a GPS track lies in it could not be told ({error}).")
        return ()
    points = list(_points(printed.decode(errors="replace").splitlines()))
    if not whole:
        problems.append(f"More of its GPS track is in it than is kept: what comes after point {len(points):,} was not read.")
    if len(points) <= MOST_POINTS:
        return tuple(points)
    problems.append(f"Of the {len(points):,} points of its GPS track {MOST_POINTS:,} are kept, evenly over its length.")
    step = (len(points) - 1) / (MOST_POINTS - 1)
    return tuple(points[round(place * step)] for place in range(MOST_POINTS))


def _points(lines: Sequence[str]) -> Iterator[TrackPoint]:
    """What is no position, or zero, which receivers write that know none yet, is left out; so is one with neither a time nor a second, which is that of the file as a whole."""
    for line in lines:
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) != 4:
            continue
        seconds, latitude, longitude = (_number(cells[place]) for place in (0, 2, 3))
        at = cells[1] if cells[1].strip("-") else None
        if latitude is None or longitude is None or not (seconds is not None or at):
            continue
        if abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude, longitude) != (0.0, 0.0):
            yield TrackPoint(latitude, longitude, seconds, at)


def _number(written: str) -> float | None:
    try:
        value = float(written)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
