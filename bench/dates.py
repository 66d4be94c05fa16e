"""Measures find_dates on TimeBank: F of span overlap with equal interval.

    python bench/dates.py [--misses]

Gold: TIMEX3 DATE and TIME with a calendar value; durations and references to past, present and future are left out, and so is what we find on
exactly those. The document's date is given. Open-ended intervals ("since 1989") are measured as we report them and as the period they name.
"""

from __future__ import annotations

import argparse
import calendar
import datetime as dt
import gzip
import json
import re
from pathlib import Path
from typing import Any

from witnessmark.text import find_dates

TIMEBANK = Path(__file__).parents[2] / "shared" / "data" / "timex" / "timebank.jsonl.gz"
SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "AU": 9, "WI": 12}
Interval = tuple[str, str]


def _months(year: int, first: int, count: int) -> Interval:
    start, last = dt.date(year, first, 1), year * 12 + first - 1 + count - 1
    end_year, end_month = last // 12, last % 12 + 1
    return start.isoformat(), dt.date(end_year, end_month, calendar.monthrange(end_year, end_month)[1]).isoformat()


def interval_of(value: str) -> Interval | None:  # noqa: PLR0911 -- one return for each form of the standard's values
    """The days a TIMEX3 value stands for; None where it is no calendar value or does not say which."""
    if found := re.match(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?$", value):
        return value[:10], value[:10]
    if found := re.match(r"(\d{4})-(\d\d)$", value):
        return _months(int(found[1]), int(found[2]), 1)
    if found := re.match(r"(\d{4})-W(\d\d)(-WE)?$", value):
        monday = dt.date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return (monday + dt.timedelta(days=5 if found[3] else 0)).isoformat(), (monday + dt.timedelta(days=6)).isoformat()
    if found := re.match(r"(\d{4})-Q(\d)$", value):
        return _months(int(found[1]), 3 * int(found[2]) - 2, 3)
    if found := re.match(r"(\d{4})-H(\d)$", value):
        return _months(int(found[1]), 6 * int(found[2]) - 5, 6)
    if found := re.match(r"(\d{4})-(SP|SU|FA|AU|WI)$", value):
        return _months(int(found[1]), SEASON_MONTHS[found[2]], 3)
    if re.fullmatch(r"\d{2,4}", value):
        scale = 10 ** (4 - len(value))
        return _months(int(value) * scale, 1, 12 * scale)
    return None


def score(documents: list[dict[str, Any]], *, open_ends: bool, misses: list[str] | None = None) -> tuple[int, int, int]:
    """Gold, predicted and matched over all documents."""
    gold_total = found_total = hits = 0
    for document in documents:
        text = document["text"]
        gold: list[Any] = []
        ignored: list[Any] = []
        for timex in document["timexes"]:
            interval = interval_of(timex["value"]) if timex["type"] in {"DATE", "TIME"} else None
            (gold if interval else ignored).append((timex["start"], timex["end"], interval))
        found = find_dates(text, document["created"][:10], open_ends=open_ends)
        found = [one for one in found if _hits_gold(one, gold) or not _hits_gold(one, ignored)]
        unused = list(gold)
        for start, end, earliest, latest in found:
            match = next((g for g in unused if g[0] < end and start < g[1] and g[2] == (earliest, latest)), None)
            if match:
                unused.remove(match)
                hits += 1
            elif misses is not None:
                near = [g[2] for g in gold if g[0] < end and start < g[1]]
                misses.append(
                    f"WRONG {document['created'][:10]} {text[start - 40 : start]!r} [{text[start:end]}] {earliest}..{latest} gold {near}"
                )
        gold_total, found_total = gold_total + len(gold), found_total + len(found)
        if misses is not None:
            misses += [
                f"MISSED {document['created'][:10]} {text[g[0] - 40 : g[0]]!r} [{text[g[0] : g[1]]}] {g[2]}"
                for g in unused
                if not _hits_gold((g[0], g[1], None, None), [(s, e, None) for s, e, _, _ in found])
            ]
    return gold_total, found_total, hits


def _hits_gold(one: tuple[int, int, str | None, str | None], spans: list[Any]) -> bool:
    return any(span[0] < one[1] and one[0] < span[1] for span in spans)


def main() -> None:
    """Prints the two figures, and the misses where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true")
    arguments = parser.parse_args()
    if not TIMEBANK.exists():
        print(f"not measured: {TIMEBANK.name} is not beside this repository")
        return
    with gzip.open(TIMEBANK, "rt", encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    misses: list[str] = []
    for open_ends in (True, False):
        gold, found, hits = score(documents, open_ends=open_ends, misses=None if open_ends else misses)
        precision, recall = hits / found, hits / gold
        f = 2 * precision * recall / (precision + recall)
        print(f"open_ends={open_ends!s:5} gold {gold} found {found} P {100 * precision:.1f} R {100 * recall:.1f} F {100 * f:.1f}")
    if arguments.misses:
        print("\n".join(misses))


if __name__ == "__main__":
    main()
