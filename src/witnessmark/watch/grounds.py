"""Polygons drawn on the map, as pixels of a scene."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from witnessmark.errors import SceneError, UsageError
from witnessmark.model.watching import Position, Ring
from witnessmark.watch.georeference import Georeference, kilometres_between
from witnessmark.watch.outlines import within
from witnessmark.watch.scene import NO_GEOREFERENCE, Scene

MARGIN = 192
"""Pixels kept around all polygons of a site: registration and calibration need ground beyond it."""


def georeference_of(scene: Scene) -> Georeference:
    """Raises SceneError where the scene has none, so that no polygon can be laid on it."""
    if scene.georeference is None:
        raise SceneError(NO_GEOREFERENCE.format(name=scene.name))
    return scene.georeference


def corners_in(scene: Scene, ring: Ring) -> list[tuple[float, float]]:
    """The corners of a ring as (column, row) in a scene."""
    georeference = georeference_of(scene)
    return [georeference.from_degrees(latitude, longitude) for longitude, latitude in ring]


def pixels_of(scene: Scene, ring: Ring) -> NDArray[np.bool_]:
    """The pixels of a scene within a ring: none where it lies outside the scene or is smaller than a pixel.

    Raises:
        SceneError: the scene has no georeference.
    """
    try:
        return within(corners_in(scene, ring), scene.shape)
    except UsageError:
        return np.zeros(scene.shape, dtype=bool)


def pixels_of_all(scene: Scene, rings: Iterable[Ring]) -> NDArray[np.bool_]:
    """The pixels within any of the rings."""
    mask = np.zeros(scene.shape, dtype=bool)
    for ring in rings:
        mask |= pixels_of(scene, ring)
    return mask


def require_site(scene: Scene, ring: Ring) -> NDArray[np.bool_]:
    """The pixels of the site. Raises SceneError, with the distance, where the scene does not show it."""
    mask = pixels_of(scene, ring)
    if not mask.any():
        rows, columns = scene.shape
        longitude, latitude = middle_of_ring(ring)
        distance = kilometres_between((latitude, longitude), georeference_of(scene).to_degrees(columns / 2, rows / 2))
        raise SceneError(f"{scene.name} does not show the site: the middle of one lies {distance:,.1f} km from that of the other.")
    return mask


def middle_of_ring(ring: Ring) -> Position:
    """The middle of the corners."""
    longitudes, latitudes = zip(*ring, strict=True)
    return sum(longitudes) / len(ring), sum(latitudes) / len(ring)


def around(scene: Scene, rings: Sequence[Ring], margin: int = MARGIN) -> Scene:
    """The part of a scene that holds what it shows of the rings, and a margin; the whole where it shows none of them."""
    rows, columns = scene.shape
    corners = np.array([corner for ring in rings for corner in corners_in(scene, ring)])
    left, top = np.floor(corners.min(axis=0)).astype(int) - margin
    right, bottom = np.ceil(corners.max(axis=0)).astype(int) + margin
    left, top, right, bottom = max(left, 0), max(top, 0), min(right, columns), min(bottom, rows)
    if left >= right or top >= bottom:
        return scene
    a, b, c, d, e, f = georeference_of(scene).transform
    moved = (a, b, c + a * left + b * top, d, e, f + d * left + e * top)
    window = np.s_[top:bottom, left:right]
    return msgspec.structs.replace(
        scene,
        pixels=scene.pixels[(slice(None), *window)],
        valid=scene.valid[window],
        georeference=msgspec.structs.replace(georeference_of(scene), transform=moved),
    )


def in_metres(ring: Ring) -> list[tuple[float, float]]:
    """The corners in metres east and north of the ring's middle, on the sphere: off by less than .4 % of a length, as the Earth is flattened."""
    longitude, latitude = middle_of_ring(ring)
    degree = math.pi * 6_371_008.8 / 180
    return [((x - longitude) * degree * math.cos(math.radians(latitude)), (y - latitude) * degree) for x, y in ring]
