"""The shapes a map is drawn on: countries, borders, lakes and large towns, looked up by what a frame shows.

A read-only SQLite file built by `scripts/make-map-shapes` from Natural Earth (public domain) and GeoNames (CC BY 4.0). It is never held
in memory whole, and a country far from the frame is never unpacked.
"""

from __future__ import annotations

import sqlite3
import struct
import zlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import NamedTuple

UNITS = 1000
"""Units of a degree that the file stores positions in."""

Line = list[tuple[float, float]]
"""Longitude and latitude in degrees, point by point."""


class Bounds(NamedTuple):
    """A stretch of the globe in degrees; `west` is greater than `east` where it crosses the 180th meridian."""

    west: float
    south: float
    east: float
    north: float

    def boxes(self) -> tuple[tuple[float, float, float, float], ...]:
        """The same as boxes that do not cross the 180th meridian."""
        if self.west <= self.east:
            return ((self.west, self.south, self.east, self.north),)
        return ((self.west, self.south, 180.0, self.north), (-180.0, self.south, self.east, self.north))


class Country(NamedTuple):
    """A country's id in GeoNames (None for what ISO 3166 gives no code), its name and where a map writes it (degrees)."""

    geonames: int | None
    name: str
    longitude: float
    latitude: float


class Town(NamedTuple):
    """A town for orientation."""

    name: str
    longitude: float
    latitude: float


_TOUCHING = "SELECT parts.points FROM parts JOIN feature ON feature.id = parts.feature WHERE {} AND west <= ? AND east >= ? AND south <= ? AND north >= ?"


class Shapes:
    """The shipped shapes, opened. `scale` is 10, 50 or 110: the shapes of Natural Earth at one to so many millions."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    @staticmethod
    @cache
    def load() -> Shapes:
        """The file of this package. Raises FileNotFoundError, naming the command that builds it, where it is missing."""
        path = files("witnessmark.publish") / "data" / "shapes.sqlite"
        if not path.is_file():
            raise FileNotFoundError(f"the map's shapes {path} are missing; build them with scripts/make-map-shapes")
        return Shapes(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False))

    def lines(self, layer: str, scale: int, bounds: Bounds, kind: str | None = None) -> Iterator[Line]:
        """The rings of "country" or "lake", the lines of "border" (`kind` "agreed" or "disputed") or "province" that touch `bounds`."""
        condition = "layer = ? AND scale = ?" + (" AND kind = ?" if kind else "")
        yield from self._touching(condition, (layer, scale, *((kind,) if kind else ())), bounds)

    def countries(self, scale: int, bounds: Bounds) -> Iterator[tuple[Country, list[Line]]]:
        """Each country that touches `bounds`, with those of its rings that do, in the order of the file."""
        rows = self._database.execute(
            "SELECT id, geonames, name, label_longitude, label_latitude FROM feature WHERE layer = 'country' AND scale = ? ORDER BY id",
            (scale,),
        ).fetchall()
        for number, *named in rows:
            rings = list(self._touching("feature.id = ?", (number,), bounds))
            if rings:
                yield Country(*named), rings

    def with_shape(self) -> frozenset[int]:
        """The GeoNames ids of all countries that have a shape here."""
        rows = self._database.execute(
            "SELECT DISTINCT geonames FROM feature WHERE layer = 'country' AND scale = 50 AND geonames IS NOT NULL"
        )
        return frozenset(row[0] for row in rows)

    def extent(self, geonames: int) -> list[Bounds]:
        """Boxes that together hold the country; empty where it has no shape here."""
        rows = self._database.execute(
            "SELECT west, south, east, north FROM parts JOIN feature ON feature.id = parts.feature"
            " WHERE layer = 'country' AND scale = 50 AND geonames = ? ORDER BY parts.rowid",
            (geonames,),
        )
        return [Bounds(*row) for row in rows]

    def towns(self, bounds: Bounds) -> list[Town]:
        """The large towns inside `bounds`, the largest first."""
        found = [
            row
            for box in bounds.boxes()
            for row in self._database.execute(
                "SELECT population, name, longitude, latitude FROM town WHERE longitude BETWEEN ? AND ? AND latitude BETWEEN ? AND ?",
                (box[0], box[2], box[1], box[3]),
            )
        ]
        return [Town(*row[1:]) for row in sorted(found, key=lambda row: (-row[0], row[1:]))]

    def _touching(self, condition: str, values: tuple[object, ...], bounds: Bounds) -> Iterator[Line]:
        query = _TOUCHING.format(condition) + " ORDER BY parts.rowid"
        for west, south, east, north in bounds.boxes():
            for (points,) in self._database.execute(query, (*values, east, west, north, south)):
                yield from _unpacked(points)


def _unpacked(points: bytes) -> Iterator[Line]:
    """What `scripts/make-map-shapes` packed: the number of parts, their lengths, all longitudes, all latitudes, each as a step from the last."""
    data = zlib.decompress(points)
    numbers = struct.unpack(f"<{len(data) // 4}i", data)
    parts = numbers[0]
    lengths, steps = numbers[1 : parts + 1], numbers[parts + 1 :]
    half = len(steps) // 2
    longitudes, latitudes = (list(accumulate(axis)) for axis in (steps[:half], steps[half:]))
    start = 0
    for length in lengths:
        end = start + length
        yield [(x / UNITS, y / UNITS) for x, y in zip(longitudes[start:end], latitudes[start:end], strict=True)]
        start = end
