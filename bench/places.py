"""Measures find_places on LGL: the right id where the gazetteer holds the gold one, and within 161 km over all.

python bench/places.py
"""

from __future__ import annotations

import gzip
import json
import math
import sqlite3
from pathlib import Path
from typing import Any

from witnessmark.text import find_places

ROOT = Path(__file__).parents[1]
LGL = ROOT.parent / "shared" / "data" / "geo" / "lgl.jsonl.gz"
NEAR_KM = 161.0
EARTH_RADIUS_KM = 6371.0


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance in kilometres between two positions in degrees (haversine)."""
    north, south = math.radians(one[0]), math.radians(other[0])
    chord = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(math.radians(other[1] - one[1]) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(chord))


def main() -> None:
    """Prints coverage, the two target figures, and span precision and recall."""
    if not LGL.exists():
        print(f"not measured: {LGL.name} is not beside this repository")
        return
    held = {str(row[0]) for row in sqlite3.connect(ROOT / "src/witnessmark/text/data/gazetteer.sqlite").execute("SELECT id FROM place")}
    with gzip.open(LGL, "rt", encoding="utf-8") as lines:
        documents: list[dict[str, Any]] = [json.loads(line) for line in lines]
    for inside_names in (False, True):
        measure(documents, held, inside_names=inside_names)


def measure(documents: list[dict[str, Any]], held: set[str], *, inside_names: bool) -> None:
    """Prints one table; LGL also counts places inside the names of bodies, and adjectives ("Russian"), which are no places here."""
    gold_total = covered = right = near = met = found_total = matched = 0
    for document in documents:
        found = find_places(document["text"], inside_names=inside_names)
        found_total += len(found)
        matched += sum(any(t["start"] < end and start < t["end"] for t in document["toponyms"]) for start, end, _ in found)
        for toponym in document["toponyms"]:
            gold_total += 1
            place = next((p for start, end, p in found if start < toponym["end"] and toponym["start"] < end), None)
            is_held = toponym.get("geonameid") in held
            covered += is_held
            met += is_held and place is not None
            right += is_held and place is not None and place.id == f"geonames:{toponym['geonameid']}"
            if place is not None and toponym.get("lat"):
                near += distance((place.latitude, place.longitude), (float(toponym["lat"]), float(toponym["lon"]))) <= NEAR_KM
    print(f"inside_names={inside_names}")
    print(f"gold {gold_total}, held by the gazetteer {100 * covered / gold_total:.1f} %")
    print(f"right id where held {100 * right / covered:.1f} % (of those found {100 * right / met:.1f} %)")
    print(f"within {NEAR_KM:.0f} km over all {100 * near / gold_total:.1f} %")
    print(f"found {found_total}, of which gold names {100 * matched / found_total:.1f} %")


if __name__ == "__main__":
    main()
