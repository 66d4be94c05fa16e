"""Estimates from linked lists in a folder: every method once for each plausible linkage, pooled, so that not knowing who is who widens the interval."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from witnessmark.count import CaptureTable, estimate
from witnessmark.count.overlaps import Overlaps, describe_overlaps
from witnessmark.count.pooling import pool_linkages
from witnessmark.count.side_by_side import Comparison, Verdict, compare, sentence_of, verdict_of
from witnessmark.errors import UsageError
from witnessmark.model.estimate import Estimate

Tell = Callable[[str], None]
QUICK = ("decomposable", "chao")
"""Methods run at each threshold, too; both take a second or less."""


class AtThreshold(msgspec.Struct, frozen=True):
    """What one clustering at a threshold would give: people named, and estimates by the quick methods."""

    threshold: float
    documented: int
    estimates: dict[str, Estimate]


class CountedLinkages(msgspec.Struct, frozen=True):
    """Pooled estimates by method, whether they agree, the total against the threshold, and how the lists overlap in the linkage chosen. `documented` is the fewest any linkage leaves."""

    documented: int
    linkages: int
    estimates: dict[str, Estimate]
    comparisons: tuple[Comparison, ...]
    verdict: Verdict
    sentence: str
    at_thresholds: tuple[AtThreshold, ...]
    overlaps: Overlaps


def count_linked(folder: Path, methods: Sequence[str], *, seed: int, level: float, tell: Tell = lambda _: None) -> CountedLinkages:
    """Estimate from the tables that linking wrote into `folder`.

    Raises:
        UsageError: the folder holds no linkage.
        MissingPartError: the libraries for counting are not installed.
    """
    tables = folder / "tables"
    drawn = sorted(tables.glob("draw-*.csv"))
    if not drawn or not (tables / "chosen.csv").exists():
        raise UsageError(f"{folder} holds no linkage. Make one: witnessmark count link LIST LIST LIST --out {folder}")
    read = [CaptureTable.read_csv(path) for path in drawn]
    estimates: dict[str, Estimate] = {}
    for method in methods:
        made = []
        for number, table in enumerate(read, start=1):
            tell(f"{method}: linkage {number} of {len(read)}")
            made.append(estimate(table, method, seed=seed, level=level))
        estimates[method] = pool_linkages(made, seed=seed, level=level)
    comparisons = compare(estimates)
    verdict = verdict_of(estimates, comparisons)
    documented = min(table.documented for table in read)
    return CountedLinkages(
        documented=documented,
        linkages=len(read),
        estimates=estimates,
        comparisons=comparisons,
        verdict=verdict,
        sentence=sentence_of(verdict, estimates, comparisons, documented),
        at_thresholds=tuple(_at(path, seed, level) for path in sorted(tables.glob("threshold-*.csv"))),
        overlaps=describe_overlaps(CaptureTable.read_csv(tables / "chosen.csv")),
    )


def _at(path: Path, seed: int, level: float) -> AtThreshold:
    table = CaptureTable.read_csv(path)
    return AtThreshold(
        threshold=float(path.stem.removeprefix("threshold-")),
        documented=table.documented,
        estimates={method: estimate(table, method, seed=seed, level=level) for method in QUICK},
    )
