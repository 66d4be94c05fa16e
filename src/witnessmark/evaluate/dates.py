"""Measures dates: F of span overlap with equal interval, on TIMEX3 annotations.

Gold: TIMEX3 DATE and TIME with a calendar value (Pustejovsky et al. 2003); durations and references to past, present and future are left out, and so is
what is found on exactly those. The document's date is given, and a date counts by the period it names.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from witnessmark.evaluate.figures import Counts, Figure, f_score, figure, share
from witnessmark.text import find_dates

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


def measure_dates(documents: Sequence[dict[str, Any]]) -> list[Figure]:
    """The figures over documents of the form `{text, created, timexes: [{start, end, type, value}]}`."""
    counted = [counts_of(document) for document in documents]
    return [
        figure("dates, F", counted, f_score, "gold"),
        figure("dates, precision", counted, lambda c: share(c["hit"], c["predicted"]), "predicted"),
        figure("dates, recall", counted, lambda c: share(c["hit"], c["gold"]), "gold"),
    ]


def counts_of(document: dict[str, Any]) -> Counts:
    """Gold, predicted and matched of one document."""
    gold, ignored = _gold(document)
    found = find_dates(document["text"], document["created"][:10])
    found = [one for one in found if _overlaps(one, gold) or not _overlaps(one, ignored)]
    unused = list(gold)
    hits = 0
    for start, end, earliest, latest in found:
        match = next((g for g in unused if g[0] < end and start < g[1] and g[2] == (earliest, latest)), None)
        if match is not None:
            unused.remove(match)
            hits += 1
    return Counter({"gold": len(gold), "predicted": len(found), "hit": hits})


def misses(document: dict[str, Any]) -> Iterator[str]:
    """A line for each gold date that was not read, or read as another interval."""
    gold, _ = _gold(document)
    found = find_dates(document["text"], document["created"][:10])
    for start, end, interval in gold:
        near = [(a, b) for s, e, a, b in found if s < end and start < e]
        if interval not in near:
            yield f"{document['created'][:10]} {document['text'][max(0, start - 40) : start]!r} [{document['text'][start:end]}] {interval}, read {near}"


def _gold(document: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    """Annotations with a calendar interval, and the rest."""
    gold: list[Any] = []
    ignored: list[Any] = []
    for timex in document["timexes"]:
        interval = interval_of(timex["value"]) if timex["type"] in {"DATE", "TIME"} else None
        (gold if interval else ignored).append((timex["start"], timex["end"], interval))
    return gold, ignored


def _overlaps(one: tuple[int, int, str | None, str | None], spans: list[Any]) -> bool:
    return any(span[0] < one[1] and one[0] < span[1] for span in spans)
