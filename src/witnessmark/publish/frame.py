"""Chooses what a map shows: the middle, the width and the shapes of each frame, from the places alone.

Places that lie far apart get a map each (the nearest together, by how many claims name them) and one of them all. Only positions that may be
shown are ever used here, so that a frame betrays no exact one. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import asin, degrees, hypot

import msgspec

from witnessmark.publish.projection import EARTH_KM, WIDEST_REGION, EqualArea, EqualEarth, Projection, distance_km, middle_of
from witnessmark.publish.shapes import Bounds, Shapes
from witnessmark.publish.spots import Spot

TOGETHER_KM = 400.0
"""Places less far from a neighbour belong to one map."""

MOST_DETAILS = 2
"""Maps of places that lie together, before the one of them all."""

CLOSER = 2.5
"""A map of some places is worth drawing where it is this many times narrower than the map of all."""

NARROWEST_KM = 120.0
"""Half the width of the narrowest frame: a single place needs a border or a lake about it to be found again."""

MARGIN = 1.2
STEP = 1.5
"""How many times wider each step of a shared frame is."""

WIDTH = 960
LOWEST, HIGHEST = 420, 720
"""Pixels of the drawing's height; its width is always the same."""

_FINEST, _FINER = 700.0, 3600.0
"""Half widths (km) up to which the shapes at 1:10m and at 1:50m are used: beyond, a pixel is wider than what they add."""

_WORLD_KM = (17_300.0, 8_450.0)
"""Half the width and height of the world in Equal Earth."""


class Frame(msgspec.Struct, frozen=True):
    """A rectangle on the plane of `projection`: its middle and half its width in km, its height in pixels, and the spots it was made for."""

    projection: Projection
    x: float
    y: float
    half_width: float
    height: int
    scale: int
    spots: tuple[Spot, ...]
    is_world: bool = False

    @property
    def pixels_a_km(self) -> float:
        """Pixels for one kilometre, true in the middle of the map."""
        return WIDTH / 2 / self.half_width

    @property
    def bounds(self) -> Bounds:
        """The part of the globe that may be seen."""
        half_height = self.half_width * self.height / WIDTH
        return self.projection.bounds(abs(self.x) + self.half_width, abs(self.y) + half_height)

    def pixel(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a position lies in the drawing, from its upper left."""
        east, north = self.projection.plane(longitude, latitude)
        return WIDTH / 2 + (east - self.x) * self.pixels_a_km, self.height / 2 - (north - self.y) * self.pixels_a_km

    def shows(self, x: float, y: float, margin: float = 0) -> bool:
        """Whether a pixel is inside the drawing by at least `margin`."""
        return margin <= x <= WIDTH - margin and margin <= y <= self.height - margin


def frames(spots: Sequence[Spot], shapes: Shapes) -> list[Frame]:
    """The maps to draw: of places that lie together, then of all places; one where that is enough, none where there is no place.

    A place that lies alone gets a map of its own only where several claims name it.
    """
    if not spots:
        return []
    whole = frame_of(spots, shapes)
    details = [frame_of(group, shapes) for group in _together([spot for spot in spots if spot.position is not None])]
    closer = [detail for detail in details if _worth_a_map(detail.spots) and detail.half_width * CLOSER < whole.half_width]
    return [*closer[:MOST_DETAILS], whole]


def _worth_a_map(spots: Sequence[Spot]) -> bool:
    return sum(len(spot.reads) for spot in spots) > 1


def frame_of(spots: Sequence[Spot], shapes: Shapes) -> Frame:
    """The frame that holds these spots with a margin."""
    corners = [corner for spot in spots for corner in _corners(spot, shapes)]
    longitude, latitude = middle_of((x, y) for x, y, _ in corners)
    projection = EqualArea(round(longitude, 3), round(latitude, 3))
    flat = [(*projection.plane(x, y), radius) for x, y, radius in corners]
    if any(_angle(east, north) > WIDEST_REGION for east, north, _ in flat):
        return _world(spots)
    west, east = min(x - r for x, _, r in flat), max(x + r for x, _, r in flat)
    south, north = min(y - r for _, y, r in flat), max(y + r for _, y, r in flat)
    half_width = max((east - west) / 2 * MARGIN, NARROWEST_KM)
    half_height = (north - south) / 2 * MARGIN
    half_width = max(half_width, half_height * WIDTH / HIGHEST)
    height = round(min(max(half_height / half_width * WIDTH, LOWEST), HIGHEST))
    x, y = (west + east) / 2, (south + north) / 2
    if _angle(abs(x) + half_width, abs(y) + half_width * height / WIDTH) > WIDEST_REGION:
        return _world(spots)
    return Frame(projection, x, y, half_width, height, _scale(half_width), tuple(spots))


def shared_frame_of(spots: Sequence[Spot], shapes: Shapes) -> Frame:
    """A frame that holds these spots and is that of other spots near by: about a whole degree, as wide as a step of a scale.

    A dossier has a map on each page of an incident and of a place, and most of them are of one region.
    """
    exact = frame_of(spots, shapes)
    if exact.is_world:
        return exact
    corners = [corner for spot in spots for corner in _corners(spot, shapes)]
    longitude, latitude = middle_of((x, y) for x, y, _ in corners)
    projection = EqualArea(float(round(longitude)), float(round(latitude)))
    flat = [(*projection.plane(x, y), radius) for x, y, radius in corners]
    across = max(abs(x) + r for x, _, r in flat) * MARGIN
    up = max(abs(y) + r for _, y, r in flat) * MARGIN
    half_width = NARROWEST_KM
    while half_width < max(across, up * WIDTH / HIGHEST):
        half_width *= STEP
    height = LOWEST if up <= half_width * LOWEST / WIDTH else HIGHEST
    if _angle(half_width, half_width * height / WIDTH) > WIDEST_REGION:
        return _world(spots)
    return Frame(projection, 0.0, 0.0, half_width, height, _scale(half_width), tuple(spots))


def _scale(half_width: float) -> int:
    """The shapes of Natural Earth that suit a frame."""
    return 10 if half_width <= _FINEST else 50 if half_width <= _FINER else 110


def _world(spots: Sequence[Spot]) -> Frame:
    half_width, half_height = _WORLD_KM
    return Frame(EqualEarth(), 0, 0, half_width, round(WIDTH * half_height / half_width), 110, tuple(spots), is_world=True)


def _angle(east: float, north: float) -> float:
    """Degrees from the middle of an equal-area map to a place on its plane."""
    return degrees(2 * asin(min(hypot(east, north) / (2 * EARTH_KM), 1)))


def _corners(spot: Spot, shapes: Shapes) -> Iterator[tuple[float, float, float]]:
    """Longitude, latitude and radius (km) of what must be seen of a spot."""
    if spot.position is not None:
        yield spot.position.longitude, spot.position.latitude, spot.radius
    if spot.country is not None:
        for west, south, east, north in shapes.extent(spot.country):
            yield from ((x, y, 0.0) for x in (west, east) for y in (south, north))


def _together(spots: Sequence[Spot]) -> list[list[Spot]]:
    """Spots in groups that hang together by steps of at most `TOGETHER_KM`, the group with most claims first."""
    groups: list[list[Spot]] = []
    for spot in spots:
        near = [group for group in groups if any(_distance(spot, other) <= TOGETHER_KM for other in group)]
        groups = [group for group in groups if not any(group is each for each in near)]
        groups.append([*(member for group in near for member in group), spot])
    ordered = [sorted(group, key=lambda spot: spot.number) for group in groups]
    return sorted(ordered, key=lambda group: (-sum(len(spot.reads) for spot in group), group[0].number))


def _distance(one: Spot, other: Spot) -> float:
    if one.position is None or other.position is None:
        return float("inf")
    return distance_km((one.position.longitude, one.position.latitude), (other.position.longitude, other.position.latitude))
