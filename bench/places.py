"""Measures find_places on LGL: the right id where the gazetteer holds the gold one, and within 161 km over all.

    python bench/places.py

The figures are given for two halves of the documents (by the hash of their ids): errors were only ever looked at in the first.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from witnessmark.text import find_places
from witnessmark.text.gazetteer import Gazetteer
from witnessmark.text.places import Place

LGL = Path(__file__).resolve().parents[2] / "shared" / "data" / "geo" / "lgl.jsonl.gz"
NEAR_KM = 161.0
"""A hundred miles, the customary limit (Leidner 2007)."""
EARTH_RADIUS_KM = 6371.0
RESAMPLES = 1000
LEVEL = 0.95

Document = dict[str, Any]
Found = list[tuple[int, int, Place | None]]


def main() -> None:
    """Prints coverage, the two target figures, precision of the names found, and speed."""
    if not LGL.exists():
        print(f"not measured: {LGL.name} is not beside this repository")
        return
    with gzip.open(LGL, "rt", encoding="utf-8") as lines:
        documents: list[Document] = [json.loads(line) for line in lines]
    first = [document for document in documents if hashlib.sha256(document["id"].encode()).digest()[0] % 2 == 0]
    second = [document for document in documents if document not in first]
    for name, part in (("all", documents), ("first half", first), ("second half", second)):
        show(name, score(part))
    show("all, none inside the names of bodies and peoples", score(documents, find=lambda text: find_places(text, inside_names=False)))
    started = time.process_time()
    words = sum(len(document["text"].split()) for document in documents for _ in [find_places(document["text"])])
    print(f"{words / (time.process_time() - started):,.0f} words per CPU-second")


def show(name: str, figures: dict[str, Any]) -> None:
    """Prints one table."""
    print(f"{name}: {figures['documents']} documents, {figures['gold']} places named in them")
    for key in ("coverage", "right_id_where_held", "within_161_km", "found_that_are_gold"):
        value, low, high = figures[key]
        print(f"  {key.replace('_', ' ')} {100 * value:.1f} % ({100 * low:.1f}-{100 * high:.1f})")


def score(documents: Sequence[Document], *, find: Callable[[str], Found] = find_places, seed: int = 1) -> dict[str, Any]:
    """Figures of `find` on gold documents: {"id", "text", "toponyms": [{"start", "end", "geonameid", "lat", "lon"}]}, the last three absent where gold has none.

    Each is (value, low, high), the interval by resampling whole documents. `coverage`: gold places whose id the gazetteer holds, of all.
    `right_id_where_held`: found under that very id, of those held. `within_161_km`: found no further than that from gold, of all, those without
    a gold position included. `found_that_are_gold`: names found that overlap a gold one, of all found; gold counts peoples and parts of names, too.
    """
    counts = [count(document, find(document["text"])) for document in documents]
    ratios = {
        "coverage": ("held", "gold"),
        "right_id_where_held": ("right", "held"),
        "within_161_km": ("near", "gold"),
        "found_that_are_gold": ("matched", "found"),
    }
    total = sum(counts, Counter[str]())
    figures: dict[str, Any] = {"documents": len(documents), "gold": total["gold"], "level": LEVEL, "resamples": RESAMPLES, "seed": seed}
    return figures | {name: (ratio(counts, *of), *interval(counts, *of, seed=seed)) for name, of in ratios.items()}


def count(document: Document, found: Found) -> Counter[str]:
    """What one document adds to each sum."""
    toponyms = document["toponyms"]
    counts: Counter[str] = Counter(gold=len(toponyms), found=len(found))
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


def ratio(counts: Sequence[Counter[str]], part: str, whole: str) -> float:
    """The share of one sum in another; 0 of nothing."""
    return sum(one[part] for one in counts) / (sum(one[whole] for one in counts) or 1)


def interval(counts: Sequence[Counter[str]], part: str, whole: str, *, seed: int) -> tuple[float, float]:
    """The percentile interval of the share when documents are drawn anew (Efron 1979): places of one document stand or fall together."""
    draw = random.Random(seed)  # noqa: S311 -- no secret
    values = sorted(ratio(draw.choices(counts, k=len(counts)), part, whole) for _ in range(RESAMPLES))
    tail = round((1 - LEVEL) / 2 * RESAMPLES)
    return values[tail], values[-tail - 1]


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance in kilometres between two positions in degrees (haversine)."""
    north, south = math.radians(one[0]), math.radians(other[0])
    chord = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(math.radians(other[1] - one[1]) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))


if __name__ == "__main__":
    main()
