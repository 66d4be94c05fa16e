"""The floors under the quality of reading, and the one way to change them: upward.

    python tests/gates/floors.py             measure, and say what stands under its floor
    python tests/gates/floors.py --update    raise each floor to what is reached now; one that would have to be lowered stays, and the command fails

`floors.json` holds a floor for each figure, and the hash of the exam they were set on (`corpus/test/SHA256SUMS`). Floors set on another exam mean nothing, so
an exam that changed fails until `--new-exam` starts over, which git shows to everyone. Sets beside the project are measured where they are there.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from witnessmark.claims import ClaimReader
from witnessmark.evaluate import sets

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
EXAM = ROOT / "corpus" / "test"
FLOORS = Path(__file__).with_name("floors.json")
SLACK = 0.005
"""Half a point: what the same weights may read otherwise on another processor."""
LESS_IS_BETTER = frozenset({"victims too exact", "claims read per gold claim"})


@cache
def _reader(*, rules_only: bool) -> ClaimReader:
    return ClaimReader.load(rules_only=rules_only)


SETS: dict[str, tuple[Path, Callable[[Path], sets.Table]]] = {
    "corpus": (EXAM, lambda path: next(sets.measure_corpus_folder(_reader(rules_only=False), path))),
    "corpus, rules only": (EXAM, lambda path: next(sets.measure_corpus_folder(_reader(rules_only=True), path))),
    "PolNeAR": (DATA / "polnear" / "dev.jsonl.gz", lambda path: sets.measure_attribution_file(_reader(rules_only=False), path)),
    "PolNeAR, rules only": (DATA / "polnear" / "dev.jsonl.gz", lambda path: sets.measure_attribution_file(_reader(rules_only=True), path)),
    "TimeBank": (DATA / "timex" / "timebank.jsonl.gz", sets.measure_date_file),
    "LGL": (DATA / "geo" / "lgl.jsonl.gz", sets.measure_place_file),
    "MUC": (DATA / "muc" / "tst1-2.jsonl.gz", lambda path: sets.measure_number_file(_reader(rules_only=False), path)),
}


def exam_hash() -> str:
    """The hash of the list of hashes of the frozen part."""
    return hashlib.sha256((EXAM / "SHA256SUMS").read_bytes()).hexdigest()


def floors_of(name: str) -> dict[str, float]:
    """The floors of a set; of figures where less is better, ceilings."""
    found: dict[str, float] = json.loads(FLOORS.read_text(encoding="utf-8"))["floors"].get(name, {})
    return found


def measured(name: str) -> dict[str, float]:
    """The figures of a set that is there."""
    path, measure = SETS[name]
    return {figure.name: figure.value for figure in measure(path).figures if figure.value is not None}


def beneath(name: str, figures: dict[str, float]) -> Iterator[str]:
    """A line for each figure of the set that stands under its floor, or over its ceiling."""
    for figure, floor in floors_of(name).items():
        value = figures.get(figure, math.inf if figure in LESS_IS_BETTER else -math.inf)
        if (value > floor) if figure in LESS_IS_BETTER else (value < floor):
            yield f"{name}: {figure} is {100 * value:.1f}, its floor {100 * floor:.1f}"


def raised(name: str, figures: dict[str, float]) -> dict[str, float]:
    """The floors of a set with those raised that were passed; none is lowered."""
    old = floors_of(name)
    new = {}
    for figure, value in figures.items():
        less = figure in LESS_IS_BETTER
        reached = round(value + SLACK, 3) if less else round(value - SLACK, 3)
        new[figure] = (min if less else max)(reached, old[figure]) if figure in old else reached
    return old | new


def main() -> int:
    """Measure every set that is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="raise floors to what is reached")
    parser.add_argument("--new-exam", action="store_true", help="the frozen part is another one: start over")
    asked = parser.parse_args()
    kept: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {"exam": "", "floors": {}}
    if asked.new_exam:
        kept = {"exam": exam_hash(), "floors": {}}
        FLOORS.write_text(json.dumps(kept), encoding="utf-8")
    if kept["exam"] != exam_hash():
        print("The exam is not the one the floors were set on. If that is meant, run with --new-exam --update and say why in the commit.")
        return 1
    under = []
    for name, (path, _) in SETS.items():
        if not path.exists():
            print(f"not measured, not there: {path}")
            continue
        figures = measured(name)
        under += list(beneath(name, figures))
        kept["floors"][name] = raised(name, figures)
    print("\n".join(under) or "No figure stands under its floor.")
    if asked.update:
        FLOORS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return 1 if under else 0


if __name__ == "__main__":
    sys.exit(main())
