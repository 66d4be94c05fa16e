"""A small site for the tests: three scenes of one piece of ground, the last with a block of change, and polygons on it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tests.watch.made_scenes import UTM, block, changed_there, ground, seen_again, write_tiff
from witnessmark.model.watching import Ground, Ring, Site

SIDE = 160
BLOCK = (62, 84, 20, 16)
"""Top, left, rows and columns of what changed."""
TRUTH = 20 * 16 * 30.0**2
"""Its area in square metres."""


def ring(top: float, left: float, bottom: float, right: float) -> Ring:
    """A rectangle of the ground, in degrees."""
    corners = ((top, left), (top, right), (bottom, right), (bottom, left))
    return tuple((longitude, latitude) for latitude, longitude in (UTM.to_degrees(column, row) for row, column in corners))


def outline(off: float = 0.0) -> Ring:
    """What changed, drawn with an error in pixels."""
    top, left, rows, columns = BLOCK
    return ring(top - off, left + off, top + rows + off, left + columns + off)


def the_site() -> Site:
    """The site with comparison ground to both sides of it and stable ground that did not change."""
    return Site(
        name="The yard",
        ring=ring(55, 75, 90, 110),
        comparisons=(Ground("west", ring(4, 4, 156, 70)), Ground("east", ring(4, 116, 156, 156))),
        stable=(ring(4, 4, 156, 70),),
    )


def write_scenes(folder: Path) -> list[Path]:
    """Before, between (nothing changed) and after, as whole numbers."""
    before = ground(3, side=SIDE)
    after = changed_there(before, block(SIDE, *BLOCK))
    made = {"before": before, "between": seen_again(before, 11, noise=0.8), "after": seen_again(after, 12, noise=0.8)}
    return [write_tiff(folder / f"{name}.tif", np.clip(pixels * 8, 0, 60_000).astype(np.uint16)) for name, pixels in made.items()]


def write_geojson(path: Path, rings: Sequence[Ring], kind: str = "Polygon") -> Path:
    """Polygons as a map program saves them."""
    features = [
        {
            "type": "Feature",
            "properties": {"name": f"drawing {n}"},
            "geometry": {"type": kind, "coordinates": [[*map(list, each), list(each[0])]]},
        }
        for n, each in enumerate(rings, 1)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path
