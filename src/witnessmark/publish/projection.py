"""From degrees to kilometres on a plane and back to what part of the globe a frame shows. Pure.

A map of a region is in Lambert's azimuthal equal-area projection about its own middle, so that areas of doubt are as large as they are said
to be, and neither a pole nor the 180th meridian is an edge. A map of the world is in Equal Earth (Šavrič, Patterson and Jenny, 2018).
Formulas for the first: Snyder, Map Projections (USGS PP 1395), 24-2 to 24-4. The globe is a sphere of the earth's mean radius.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import acos, asin, atan2, cos, degrees, hypot, pi, radians, sin, sqrt
from typing import NamedTuple, Protocol

from witnessmark.publish.shapes import Bounds

EARTH_KM = 6371.0088
"""Mean radius (IUGG)."""

WIDEST_REGION = 75.0
"""Degrees from its middle to its corner up to which a frame is a region; wider ones show the world."""

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796


class Projection(Protocol):
    """Degrees to kilometres east and north of the middle of the map."""

    @property
    def name(self) -> str:
        """What cartographers call it."""

    @property
    def bar(self) -> float:
        """Kilometres on the plane for one on the globe where a scale bar is true: eastward, in the middle of the map or along the equator."""

    def plane(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a position lies on the plane."""

    def bounds(self, half_width: float, half_height: float) -> Bounds:
        """What part of the globe may lie in a frame of this size (km) about the middle."""


class EqualArea(NamedTuple):
    """Lambert azimuthal equal-area about a middle (degrees)."""

    longitude: float
    latitude: float
    name: str = "Lambert azimuthal equal-area"
    bar: float = 1.0

    def plane(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Kilometres east and north of the middle; true in area everywhere, in scale at the middle."""
        middle, north, east = radians(self.latitude), radians(latitude), radians(longitude - self.longitude)
        spread = 1 + sin(middle) * sin(north) + cos(middle) * cos(north) * cos(east)
        factor = EARTH_KM * sqrt(2 / max(spread, 1e-9))
        return factor * cos(north) * sin(east), factor * (cos(middle) * sin(north) - sin(middle) * cos(north) * cos(east))

    def bounds(self, half_width: float, half_height: float) -> Bounds:
        """The box of meridians and parallels about the circle through the frame's corners."""
        reach = 2 * asin(min(hypot(half_width, half_height) / (2 * EARTH_KM), 1))
        south, north = self.latitude - degrees(reach), self.latitude + degrees(reach)
        if south <= -90 or north >= 90:
            return Bounds(-180, max(south, -90), 180, min(north, 90))
        spread = degrees(asin(min(sin(reach) / cos(radians(self.latitude)), 1)))
        return Bounds(_wrapped(self.longitude - spread), south, _wrapped(self.longitude + spread), north)


class EqualEarth(NamedTuple):
    """Equal Earth about Greenwich."""

    name: str = "Equal Earth"
    bar: float = 2 * sqrt(3) / (3 * _A1)

    def plane(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Kilometres east and north of where the equator meets Greenwich; true in area."""
        angle = asin(sqrt(3) / 2 * sin(radians(latitude)))
        square = angle * angle
        sixth = square**3
        x = 2 * sqrt(3) * radians(longitude) * cos(angle) / (3 * (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)))
        y = angle * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
        return EARTH_KM * x, EARTH_KM * y

    def bounds(self, half_width: float, half_height: float) -> Bounds:  # noqa: ARG002 -- the world is shown whole, whatever the frame
        """The whole globe."""
        return Bounds(-180, -90, 180, 90)


def middle_of(positions: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """The middle of positions (longitude, latitude) on the sphere: the direction of their mean. (0, 0) where they balance out."""
    x = y = z = 0.0
    for longitude, latitude in positions:
        east, north = radians(longitude), radians(latitude)
        x, y, z = x + cos(north) * cos(east), y + cos(north) * sin(east), z + sin(north)
    if hypot(x, y, z) < 1e-9:
        return 0.0, 0.0
    return degrees(atan2(y, x)), degrees(asin(z / hypot(x, y, z)))


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance between two positions (longitude, latitude)."""
    (east, north), (west, south) = (tuple(map(radians, position)) for position in (one, other))
    return EARTH_KM * acos(min(max(sin(north) * sin(south) + cos(north) * cos(south) * cos(east - west), -1), 1))


def _wrapped(longitude: float) -> float:
    return degrees((radians(longitude) + pi) % (2 * pi) - pi)
