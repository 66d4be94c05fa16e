"""Polygons as people bring them: GeoJSON (RFC 7946), as every map program saves it, or a CSV file of corners with the columns latitude and longitude."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from witnessmark.errors import UsageError
from witnessmark.model.watching import Ground, Position, Ring

MOST_BYTES = 4_000_000
MOST_CORNERS = 2000
WIDEST = 1.0
"""Degrees: a site is a place, not a country."""


def read_polygons(path: Path) -> tuple[Ground, ...]:
    """The polygons of a file in order, each with the name its feature has (`name`), else that of the file and its place in it.

    Raises:
        UsageError: the file cannot be read, holds no polygon, or one that is none on Earth; the message says which.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UsageError(f"{path} has {path.stat().st_size:,} bytes: a file of polygons is smaller. Save the site's outline alone.")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read as a file of polygons: {error}.") from error
    rings = [("", _corners_of(text, path))] if path.suffix.lower() == ".csv" else list(_of_geojson(text, path))
    if not rings:
        raise UsageError(f"{path} holds no polygon. Draw one around the place and save it as GeoJSON.")
    names = [name or (path.stem if len(rings) == 1 else f"{path.stem} {place}") for place, (name, _) in enumerate(rings, 1)]
    return tuple(Ground(name, _checked(ring, name, path)) for name, (_, ring) in zip(names, rings, strict=True))


def _of_geojson(text: str, path: Path) -> Iterator[tuple[str, list[Any]]]:
    try:
        top = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is no GeoJSON ({error}), and no CSV file of corners (latitude, longitude) by its name.") from error
    crs = top.get("crs") if isinstance(top, dict) else None
    if crs is not None and "CRS84" not in str(crs) and "4326" not in str(crs):
        raise UsageError(f"{path} is in another coordinate system ({str(crs)[:80]}). Save it in WGS 84 (EPSG:4326).")
    features = top.get("features", [top]) if isinstance(top, dict) else []
    for feature in features if isinstance(features, list) else []:
        if not isinstance(feature, dict):
            continue
        geometry = feature.get("geometry", feature)
        named = feature.get("properties")
        name = str(named.get("name") or "") if isinstance(named, dict) else ""
        yield from ((" ".join(name.split()), ring) for ring in _rings(geometry, path))


def _rings(geometry: object, path: Path) -> Iterator[list[Any]]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    held = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind not in {"Polygon", "MultiPolygon"} or not isinstance(held, list):
        raise UsageError(f"{path} holds a {kind or 'thing'} that is no polygon. Draw the place as a polygon.")
    for polygon in held if kind == "MultiPolygon" else [held]:
        if not isinstance(polygon, list) or not polygon or not isinstance(polygon[0], list):
            raise UsageError(f"{path} holds a polygon without corners.")
        if len(polygon) > 1:
            raise UsageError(f"{path} holds a polygon with a hole. Draw the parts around the hole as polygons of their own.")
        yield polygon[0]


def _corners_of(text: str, path: Path) -> list[Any]:
    rows = csv.DictReader(text.splitlines())
    if not {"latitude", "longitude"} <= set(rows.fieldnames or ()):
        raise UsageError(f"{path}: a file of corners has the columns latitude and longitude.")
    return [[row["longitude"], row["latitude"]] for row in rows]


def _checked(ring: list[Any], name: str, path: Path) -> Ring:
    try:
        corners: list[Position] = [(float(corner[0]), float(corner[1])) for corner in ring]
    except (TypeError, ValueError, IndexError, KeyError) as error:
        raise UsageError(f"{path}: a corner of {name!r} is no pair of numbers (longitude, latitude).") from error
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    strange = next((corner for corner in corners if not (abs(corner[0]) <= 180 and abs(corner[1]) <= 90)), None)
    if strange is not None:
        raise UsageError(f"{path}: longitude {strange[0]:g}, latitude {strange[1]:g} of {name!r} is no place on Earth.")
    if len(set(corners)) < 3 or len(corners) > MOST_CORNERS or not _area(corners):
        raise UsageError(f"{path}: {name!r} has {len(corners)} corners around no area; a polygon has 3 to {MOST_CORNERS:,} around one.")
    longitudes, latitudes = zip(*corners, strict=True)
    if max(max(longitudes) - min(longitudes), max(latitudes) - min(latitudes)) > WIDEST:
        raise UsageError(
            f"{path}: {name!r} is wider than {WIDEST:g} degree. Draw the place alone; or are latitude and longitude exchanged?"
        )
    return tuple(corners)


def _area(corners: list[Position]) -> float:
    return abs(math.fsum(x * v - u * y for (x, y), (u, v) in zip(corners, (*corners[1:], corners[0]), strict=True)))
