"""The place of a picture by pairs of points: one thing each, in the frame and on the map."""

from __future__ import annotations

import re
from collections.abc import Sequence

from witnessmark.errors import UsageError
from witnessmark.model.sheet import PointPair
from witnessmark.model.watching import ControlPoint
from witnessmark.watch.control_points import FEWEST_WITH_ERROR, fit_control_points
from witnessmark.watch.needed import require_imagery

_NUMBER = r"\s*(-?\d+(?:\.\d+)?)\s*"
_PAIR = re.compile(rf"{_NUMBER},{_NUMBER}={_NUMBER},{_NUMBER}(?:\s+(\S.*))?", re.DOTALL)
_POSITION = re.compile(rf"{_NUMBER},{_NUMBER}")


def pair_of(text: str) -> PointPair:
    """A pair as it is typed: "COLUMN,ROW=LATITUDE,LONGITUDE what it is". Raises UsageError."""
    found = _PAIR.fullmatch(text)
    if found is None or not (found[5] or "").strip():
        raise UsageError(
            f'{text!r} is no pair of points. Write COLUMN,ROW=LATITUDE,LONGITUDE and what it is, such as "412,280=47.2861,-31.9418 north corner of the boiler house".'
        )
    column, row, latitude, longitude = (float(found[place]) for place in (1, 2, 3, 4))
    return PointPair(column, row, *on_earth(latitude, longitude), " ".join(found[5].split()))


def position_of(text: str) -> tuple[float, float]:
    """Latitude and longitude as typed: "47.2861,-31.9418". Raises UsageError."""
    found = _POSITION.fullmatch(text)
    if found is None:
        raise UsageError(
            f"{text!r} is no position. Write latitude and longitude in degrees, such as 47.2861,-31.9418 (south and west with a minus)."
        )
    return on_earth(float(found[1]), float(found[2]))


def point_of(text: str) -> tuple[float, float]:
    """Column and row as typed: "412,280". Raises UsageError."""
    found = _POSITION.fullmatch(text)
    if found is None:
        raise UsageError(f"{text!r} is no point of a frame. Write its column and row in pixels from the top left corner, such as 412,280.")
    return float(found[1]), float(found[2])


def on_earth(latitude: float, longitude: float) -> tuple[float, float]:
    """The same, where there is such a place. Raises UsageError."""
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise UsageError(f"Latitude {latitude:g}, longitude {longitude:g} is no place on Earth.")
    return latitude, longitude


def error_from_above(points: Sequence[PointPair]) -> float:
    """The metres by which a map laid through all pairs but one misses that one, root mean square; for a frame seen from straight above.

    Raises:
        UsageError: fewer than four pairs, or all but one of them on a line: then no error can be computed.
        MissingPartError: the libraries for imagery are not installed.
    """
    require_imagery()
    if len(points) < FEWEST_WITH_ERROR:
        raise UsageError(
            f"The error of a place is computed from {FEWEST_WITH_ERROR} pairs of points or more; {len(points)} were given. State it with --within alone."
        )
    fitted = fit_control_points(tuple(ControlPoint(each.column, each.row, each.latitude, each.longitude) for each in points))
    if fitted.error is None:
        raise UsageError("All pairs of points but one lie on a line, so the error of the place cannot be computed. Add one well off it.")
    return fitted.error * fitted.sampling_distance()
