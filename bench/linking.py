"""How well lists are linked whose truth is known, and what becomes of an estimate on them.

    .venv/bin/python bench/linking.py RECORDS.csv|FOLDER... [--judge PAIRS] [--estimate METHOD... --true PEOPLE]

RECORDS.csv has a row for each record of all lists, with the columns source (the list), pid (the true person), given, father, family, mother, gov, date, age and sex; empty cells are not stated.
FOLDER is one that scripts/make-victim-lists wrote: its lists are read from their own files, with the mappings as proposed but for the order of dates, which is the one each list was written in.
Prints for each file: blocking recall, the share of true pairs among those kept, precision, recall and F1 of pairs at the threshold chosen, F1 over the draws, people found and true people, CPU seconds and the most
memory held. With --judge, the same once more after so many of the pairs most worth asking about were judged by the truth. With --estimate, each method's interval pooled over the draws, and with --true how often the intervals hold that number.
"""

from __future__ import annotations

import argparse
import calendar
import csv
import datetime as dt
import json
import resource
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import msgspec
import numpy as np

from witnessmark.count import CaptureTable, estimate
from witnessmark.count.pooling import pool_linkages
from witnessmark.link.blocking import rules_for
from witnessmark.link.dated import DateOrder
from witnessmark.link.draws import named_by_lowest
from witnessmark.link.features import columns_of, feature_rows
from witnessmark.link.judgements import Judgement, worth_asking
from witnessmark.link.linkage import Linkage, link_lists
from witnessmark.link.proposing import propose_mapping
from witnessmark.link.reading import read_list
from witnessmark.link.records import DateSpan, ListRecord, VictimList

Pairs = set[tuple[int, int]]
ORDERS = {"iso": DateOrder.YEAR_FIRST, "dmy": DateOrder.DAY_FIRST, "mdy": DateOrder.MONTH_FIRST, "words": DateOrder.DAY_FIRST}


def main() -> None:
    """Run the bench as the command line says."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", nargs="+", type=Path)
    options.add_argument("--judge", type=int, default=0, metavar="PAIRS")
    options.add_argument("--estimate", nargs="*", default=[], metavar="METHOD")
    options.add_argument("--true", type=int, default=0, metavar="PEOPLE")
    given = options.parse_args()
    held: dict[str, list[bool]] = defaultdict(list)
    widths: dict[str, list[float]] = defaultdict(list)
    figures: list[float] = []
    for path in given.files:
        lists, people = read_folder(path) if path.is_dir() else read(path)
        began = time.process_time()
        linkage = link_lists(lists)
        spent = time.process_time() - began
        figures.append(told(path, linkage, people, spent))
        if given.judge:
            linkage = link_lists(lists, judgements=judged_by_truth(linkage, people, given.judge))
            told(path, linkage, people, time.process_time() - began - spent)
        for method in given.estimate:
            low, middle, high = pooled(linkage, method)
            held[method].append(low <= given.true <= high)
            widths[method].append(high - low)
            print(f"  {method}: {low:,.0f} to {high:,.0f} (middle {middle:,.0f})", flush=True)
    print(f"F1 at the threshold: median {statistics.median(figures):.3f} ({min(figures):.3f}-{max(figures):.3f}) of {len(figures)}")
    for method in given.estimate:
        print(
            f"{method}: {sum(held[method])} of {len(held[method])} intervals hold {given.true:,}; median width {np.nanmedian(widths[method]):,.0f}"
        )


def read(path: Path) -> tuple[list[VictimList], dict[str, str]]:
    """The lists of a file of records, and the true person of each record."""
    with path.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    records = [record_of(number, row) for number, row in enumerate(rows)]
    names = sorted({record.list for record in records})
    lists = [VictimList(name, None, tuple(record for record in records if record.list == name), (), ()) for name in names]
    return lists, {str(number): row["pid"] for number, row in enumerate(rows)}


def read_folder(folder: Path) -> tuple[list[VictimList], dict[str, str]]:
    """The lists of a folder as they would be brought in, and the true person of each record; a row that is nobody is a person of its own."""
    settings = json.loads((folder / "truth" / "settings.json").read_text(encoding="utf-8"))["settings"]
    lists = []
    for one in settings["lists"]:
        content = (folder / "lists" / f"{one['name']}.csv").read_bytes()
        mapping = propose_mapping(content, f"{one['name']}.csv")
        lists.append(read_list(content, f"{one['name']}.csv", msgspec.structs.replace(mapping, date_order=ORDERS[one["dates"]])))
    with (folder / "truth" / "records.csv").open(encoding="utf-8", newline="") as opened:
        people = {f"{row['source']}/{row['number']}": row["pid"] for row in csv.DictReader(opened)}
    return lists, {id_: pid or str(-number) for number, (id_, pid) in enumerate(people.items(), start=1)}


def record_of(number: int, row: dict[str, str]) -> ListRecord:
    """One row as linkage sees it."""
    return ListRecord(
        id=str(number),
        list=row["source"],
        given=row["given"] or None,
        father=row["father"] or None,
        family=row["family"] or None,
        mother=row["mother"] or None,
        sex=row["sex"] or None,
        age=int(float(row["age"])) if row["age"] else None,
        place=row["gov"] or None,
        died=span_of(row["date"]),
    )


def span_of(date: str) -> DateSpan | None:
    """A date known to the day or the month."""
    if not date:
        return None
    year, month, *day = map(int, date.split("-"))
    first, last = day * 2 or (1, calendar.monthrange(year, month)[1])
    return DateSpan(dt.date(year, month, first), dt.date(year, month, last))


def told(path: Path, linkage: Linkage, person: dict[str, str], spent: float) -> float:
    """Prints how well one file was linked; returns F1 at the threshold."""
    number = {record.id: place for place, record in enumerate(linkage.records)}
    truth = np.array([int(person[record.id]) for record in linkage.records])
    true = pairs_in(truth)
    kept = {tuple(sorted((number[pair.one], number[pair.other]))) for pair in linkage.pairs}
    found = pairs_in(np.array([number[first] for first in linkage.person]))
    hit = len(found & true)
    f1 = 2 * hit / (len(found) + len(true))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"{path.name}: {len(linkage.records):,} records; blocking recall {blocking_recall(linkage.records, true):.3f}, kept {len(kept & true) / len(true):.3f}; "
        f"precision {hit / len(found):.3f} recall {hit / len(true):.3f} F1 {f1:.3f} at {linkage.threshold:.2f}; "
        f"people {linkage.people:,} (drawn {min(map(people_in, linkage.drawn)):,}-{max(map(people_in, linkage.drawn)):,}; true {len(set(truth.tolist())):,}); "
        f"{spent:.0f} CPU-s, {memory:.2f} GB",
        flush=True,
    )
    return f1


def judged_by_truth(linkage: Linkage, people: dict[str, str], most: int) -> list[Judgement]:
    """What someone who knows the truth would say of the pairs most worth asking about."""
    asked = worth_asking(linkage.pairs, linkage.threshold, most)
    return [Judgement(pair.one, pair.other, "same" if people[pair.one] == people[pair.other] else "different") for pair in asked]


def blocking_recall(records: Sequence[ListRecord], true: Pairs) -> float:
    """The share of true pairs that some blocking rule brings together, whatever their score."""
    rows = feature_rows(records)
    rules = rules_for(columns_of(rows))
    together = (
        any(all(rows[one][key] is not None and rows[one][key] == rows[other][key] for key in rule) for rule in rules) for one, other in true
    )
    return sum(together) / len(true)


def pairs_in(group: np.ndarray) -> Pairs:
    """All pairs of records of one group."""
    members = defaultdict(list)
    for place, name in enumerate(named_by_lowest(group).tolist()):
        members[name].append(place)
    return {two for held in members.values() for two in combinations(held, 2)}


def people_in(histories: Sequence[tuple[int, int]]) -> int:
    """How many people these histories count."""
    return sum(count for _, count in histories)


def pooled(linkage: Linkage, method: str) -> tuple[float, float, float]:
    """The ends and the middle of the interval pooled over the draws; not a number where there is none."""
    found = pool_linkages([estimate(CaptureTable.from_histories(linkage.lists, drawn), method) for drawn in linkage.drawn])
    if found.interval is None or found.total is None:
        return float("nan"), float("nan"), float("nan")
    return found.interval.low, found.total, found.interval.high


if __name__ == "__main__":
    main()
