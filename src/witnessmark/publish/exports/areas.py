"""The areas of the globe that places stand for: a circle about a position as wide as the place is vaguely known, or the shape of a country.

Polygons are those of RFC 7946: closed rings, outer ones anticlockwise and holes clockwise, cut where they would cross the 180th meridian (section 3.1.9). Pure but
for the packaged shapes. Circles are drawn on a sphere of the earth's mean radius.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from math import asin, atan2, cos, degrees, pi, radians, sin

from witnessmark.model.claim import ClaimPlace
from witnessmark.model.view import NumberedIncident
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.projection import EARTH_KM
from witnessmark.publish.shapes import Bounds, Line, Shapes

CORNERS = 48
"""Corners of a circle: its area is short of the true one by a third of a hundredth."""

DECIMALS = 4
"""Of degrees: eleven metres, finer than any circle is drawn for."""

WORLD = Bounds(-180, -90, 180, 90)

Geometry = dict[str, object]
Ring = list[tuple[float, float]]


def place_of(numbered: NumberedIncident, book: Casebook) -> ClaimPlace | None:
    """The place of an incident as the first of its claims that names it has it; without a position where none does, None where no place is stated."""
    where = numbered.incident.where
    if where is None:
        return None
    told = (book.claims[member.id].claim.where for member in numbered.incident.claims if member.id in book.claims)
    same = (place for place in told if place and (place.id == where.id if where.id else where.name in {place.name, place.text}))
    return next(same, ClaimPlace(where.name, where.id, None, None, None, 0, 0, where.name or ""))


def point(longitude: float, latitude: float) -> Geometry:
    """A point."""
    return {"type": "Point", "coordinates": (round(longitude, DECIMALS), round(latitude, DECIMALS))}


def circle(longitude: float, latitude: float, radius_km: float) -> Geometry:
    """All within so many kilometres of a position; a band up to the pole where the pole is among it."""
    reach = degrees(radius_km / EARTH_KM)
    if latitude + reach >= 90 or latitude - reach <= -90:
        south, north = (latitude - reach, 90.0) if latitude > 0 else (-90.0, latitude + reach)
        return _polygon([[(-180.0, south), (180.0, south), (180.0, north), (-180.0, north)]])
    ring = _ring(longitude, latitude, radius_km / EARTH_KM)
    return _cut(ring) if any(abs(x) > 180 for x, _ in ring) else _polygon([ring])


def _ring(longitude: float, latitude: float, angle: float) -> Ring:
    """Anticlockwise from the north; longitudes may go beyond 180, so that the ring stays in one piece."""
    middle = radians(latitude)
    ring = []
    for corner in range(CORNERS):
        bearing = -2 * pi * corner / CORNERS
        up = asin(sin(middle) * cos(angle) + cos(middle) * sin(angle) * cos(bearing))
        east = atan2(sin(bearing) * sin(angle) * cos(middle), cos(angle) - sin(middle) * sin(up))
        ring.append((longitude + degrees(east), degrees(up)))
    return ring


def _cut(ring: Ring) -> Geometry:
    """A ring that crosses the 180th meridian as two polygons, one on either side of it."""
    edge = 180.0 if any(x > 180 for x, _ in ring) else -180.0
    over = _half(ring, edge, outside=True)
    return {
        "type": "MultiPolygon",
        "coordinates": [_rings([_half(ring, edge, outside=False)]), _rings([[(x - 2 * edge, y) for x, y in over]])],
    }


def _half(ring: Ring, edge: float, *, outside: bool) -> Ring:
    """The part of a ring on one side of a meridian (Sutherland and Hodgman, for one edge)."""
    kept: Ring = []
    for (x, y), (next_x, next_y) in pairwise([*ring, ring[0]]):
        here, there = (abs(x) > abs(edge)) is outside, (abs(next_x) > abs(edge)) is outside
        if here:
            kept.append((x, y))
        if here is not there:
            kept.append((edge, y + (next_y - y) * (edge - x) / (next_x - x)))
    return kept


@cache
def country(geonames: int) -> Geometry | None:
    """The coarsest shape there is of a country, None where there is none."""
    for scale in (110, 50, 10):
        if found := _countries(scale).get(geonames):
            return {"type": "MultiPolygon", "coordinates": [_rings(polygon) for polygon in _with_holes(found)]}
    return None


@cache
def _countries(scale: int) -> dict[int, list[Line]]:
    found: dict[int, list[Line]] = {}
    for each, rings in Shapes.load().countries(scale, WORLD):
        if each.geonames is not None:
            found.setdefault(each.geonames, []).extend(rings)
    return found


def _with_holes(rings: list[Line]) -> list[list[Ring]]:
    """Rings sorted into polygons: one that begins inside an odd number of others is a hole of the smallest of them."""
    inside = {at: [other for other, ring in enumerate(rings) if other != at and _holds(ring, *rings[at][0])] for at in range(len(rings))}
    polygons = {at: [list(rings[at])] for at, around in inside.items() if len(around) % 2 == 0}
    for at, around in inside.items():
        outer = [other for other in around if other in polygons]
        if at not in polygons and outer:
            polygons[min(outer, key=lambda other: abs(_turn(rings[other])))].append(list(rings[at]))
    return list(polygons.values())


def _holds(ring: Line, x: float, y: float) -> bool:
    """Whether a position lies inside a ring (the rule of even and odd crossings)."""
    crossings = 0
    for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            crossings += 1
    return crossings % 2 == 1


def _turn(ring: Line) -> float:
    """Twice the area of a ring in degrees, positive where it runs anticlockwise (the shoelace formula)."""
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]))


def _polygon(rings: list[Ring]) -> Geometry:
    return {"type": "Polygon", "coordinates": _rings(rings)}


def _rings(rings: list[Ring]) -> list[list[tuple[float, float]]]:
    """Rings rounded, closed and turned as the standard has them: the first anticlockwise, the others clockwise."""
    turned = []
    for at, ring in enumerate(rings):
        corners = [(round(x, DECIMALS), round(y, DECIMALS)) for x, y in ring]
        corners = corners[:-1] if corners[0] == corners[-1] else corners
        if (_turn(corners) > 0) is not (at == 0):
            corners.reverse()
        turned.append([*corners, corners[0]])
    return turned
