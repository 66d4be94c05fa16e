"""Estimates from linked lists in a folder: every method once for each plausible linkage, pooled, so that not knowing who is who widens the interval."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from witnessmark.case.linked_lists import RECORD, TABLES, LinkedLists
from witnessmark.count import CaptureTable, estimate
from witnessmark.count.overlaps import Overlaps, describe_overlaps
from witnessmark.count.pooling import pool_linkages
from witnessmark.count.side_by_side import Comparison, Verdict, compare, sentence_of, verdict_of
from witnessmark.errors import UsageError
from witnessmark.link.draws import DRAWS
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
    record = _record(folder)
    names = tuple(one.name for one in record.lists)
    tables = folder / TABLES
    drawn = sorted(tables.glob("draw-[0-9][0-9][0-9]*.csv"))
    if len(drawn) < DRAWS:
        raise UsageError(f"{tables} holds {len(drawn)} plausible linkages; there were {DRAWS} at the least. Link again.")
    read = [_table(path, names) for path in drawn]
    estimates: dict[str, Estimate] = {}
    for method in methods:
        made = []
        for number, table in enumerate(read, start=1):
            tell(f"{method}: linkage {number} of {len(read)}")
            made.append(estimate(table, method, seed=seed, level=level))
        estimates[method] = pool_linkages(made, seed=seed, level=level)
    comparisons = compare(estimates)
    verdict = verdict_of(estimates, comparisons)
    chosen = _table(tables / "chosen.csv", names)
    named = [table.documented for table in (*read, chosen)]
    return CountedLinkages(
        documented=min(named),
        linkages=len(read),
        estimates=estimates,
        comparisons=comparisons,
        verdict=verdict,
        sentence=sentence_of(verdict, estimates, comparisons, minimum=_named(min(named), max(named))),
        at_thresholds=tuple(_at(path, names, seed, level) for path in sorted(tables.glob("threshold-[0-9].[0-9][0-9].csv"))),
        overlaps=describe_overlaps(chosen),
    )


def _record(folder: Path) -> LinkedLists:
    path = folder / RECORD
    try:
        return msgspec.json.decode(path.read_bytes(), type=LinkedLists)
    except FileNotFoundError:
        raise UsageError(f"{folder} holds no linkage. Make one: witnessmark count link LIST LIST LIST --out {folder}") from None
    except (OSError, msgspec.DecodeError, msgspec.ValidationError) as error:
        raise UsageError(f"{path} does not say how the lists were linked ({error}). Link again, into a new folder.") from error


def _table(path: Path, names: tuple[str, ...]) -> CaptureTable:
    if not path.exists():
        raise UsageError(f"{path} is missing. Link again, into a new folder.")
    table = CaptureTable.read_csv(path)
    if table.lists != names:
        raise UsageError(
            f"{path} is of other lists ({', '.join(table.lists)}) than were linked ({', '.join(names)}). Link again, into a new folder."
        )
    return table


def _named(fewest: int, most: int) -> str:
    """How many people the lists name: what a linkage says, not what is documented for certain."""
    return (
        f"The lists name {fewest:,} to {most:,} different people, as far as their rows could be linked. Rows of one person that share too little to be linked count as two people, "
        "here and in every figure below, lower bounds included."
    )


def _at(path: Path, names: tuple[str, ...], seed: int, level: float) -> AtThreshold:
    table = _table(path, names)
    return AtThreshold(
        threshold=float(path.stem.removeprefix("threshold-")),
        documented=table.documented,
        estimates={method: estimate(table, method, seed=seed, level=level) for method in QUICK},
    )
