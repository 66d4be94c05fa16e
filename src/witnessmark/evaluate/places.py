"""Measures places: the right id where the gazetteer holds the gold one, and within 161 km over all.

Gold counts peoples and the places in names of bodies, too. A hundred miles is the customary limit (Leidner 2007).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from witnessmark.evaluate.figures import Counts, Figure, figure, share
from witnessmark.text import find_places
from witnessmark.text.gazetteer import Gazetteer

NEAR_KM = 161.0
EARTH_RADIUS_KM = 6371.0


def measure_places(documents: Sequence[dict[str, Any]]) -> list[Figure]:
    """The figures over documents of the form `{text, toponyms: [{start, end, geonameid, lat, lon}]}`, the last three absent where gold has none."""
    counted = [counts_of(document) for document in documents]

    def shares(name: str, part: str, whole: str) -> Figure:
        measure: Callable[[Counts], float | None] = lambda counts: share(counts[part], counts[whole])  # noqa: E731 -- one share of many
        return figure(name, counted, measure, whole)

    return [
        shares("gold id held by the gazetteer", "held", "gold"),
        shares("right id, of those held", "right", "held"),
        shares("within 161 km, of all", "near", "gold"),
        shares("places found that are gold", "matched", "found"),
    ]


def counts_of(document: dict[str, Any]) -> Counts:
    """What one document adds to each sum."""
    found, toponyms = find_places(document["text"]), document["toponyms"]
    counts: Counts = Counter(gold=len(toponyms), found=len(found))
    counts["matched"] = sum(any(t["start"] < end and start < t["end"] for t in toponyms) for start, end, _ in found)
    for toponym in toponyms:
        place = next((place for start, end, place in found if start < toponym["end"] and toponym["start"] < end), None)
        identity = f"geonames:{toponym.get('geonameid')}"
        held = bool(toponym.get("geonameid")) and Gazetteer.load().place(identity) is not None
        counts["held"] += held
        counts["right"] += held and place is not None and place.id == identity
        if place is not None and toponym.get("lat"):
            counts["near"] += distance((place.latitude, place.longitude), (float(toponym["lat"]), float(toponym["lon"]))) <= NEAR_KM
    return counts


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance in kilometres between two positions in degrees (haversine)."""
    north, south = math.radians(one[0]), math.radians(other[0])
    chord = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(math.radians(other[1] - one[1]) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))
