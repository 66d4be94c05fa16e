"""The dimensions people can be divided by, and what one row states in each: a label, or None where what is written does not lie wholly in one place, period or band."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from witnessmark.link.places import PlaceKeys
from witnessmark.link.records import DateSpan, ListRecord

AGE_BANDS = ((0, 17), (18, 29), (30, 44), (45, 59), (60, None))
"""Whole years, both ends included; the first is that of a child (Convention on the Rights of the Child, article 1)."""

_LARGER = "larger place"


class _Group(NamedTuple):
    """Places that share a label: those of one larger place, or those of one key."""

    kind: str
    key: str


def place_labels(records: Sequence[ListRecord]) -> list[str | None]:
    """The larger place where it is stated, else the place, under the form it is most often written in.

    A place that stands alone and lies, by the gazetteer, in a larger place that other records state goes with that one.
    """
    keys = PlaceKeys.of(name for record in records for name in (record.place, record.container) if name)
    larger = [keys.keys(record.place, record.container)[1] if record.container else None for record in records]
    stated = {one for one in larger if one is not None}
    group: list[_Group | None] = []
    written: dict[_Group, Counter[str]] = {}
    for record, around in zip(records, larger, strict=True):
        one = _group(around, stated, *keys.keys(record.place, None))
        group.append(one)
        if one is not None and (around is not None or one.kind != _LARGER):
            form = (record.container or "") if around is not None else keys.part(record.place or "", one.key)
            written.setdefault(one, Counter())[" ".join(form.split())] += 1
    named = {one: min(forms, key=lambda form: (-forms[form], form)) for one, forms in written.items()}
    return [None if one is None else named[one] for one in group]


def _group(around: str | None, stated: Collection[str], key: str | None, region: str | None) -> _Group | None:
    """The larger place as stated, else the stated one that the place lies in, else the place; None where none is known."""
    larger = around if around is not None else region
    if larger is not None and larger in stated:
        return _Group(_LARGER, larger)
    return None if key is None else _Group("place", key)


def _period(name: Callable[[int, int], str]) -> Callable[[Sequence[ListRecord]], list[str | None]]:
    """Labels of the date of death or disappearance by a function that names the period of a year and month; None where the first and the last possible day lie in two."""

    def label(span: DateSpan | None) -> str | None:
        if span is None:
            return None
        first, last = (name(day.year, day.month) for day in (span.earliest, span.latest))
        return first if first == last else None

    return lambda records: [label(record.died) for record in records]


def _sexes(records: Sequence[ListRecord]) -> list[str | None]:
    return [record.sex for record in records]


def _ages(records: Sequence[ListRecord]) -> list[str | None]:
    return [_band(*ages_stated(record)) for record in records]


def ages_stated(record: ListRecord) -> tuple[int | None, int | None]:
    """The least and the greatest age in whole years that the row allows: as stated, else from birth to death. None where it is open."""
    if record.age is not None:
        return record.age, record.age
    if record.age_span is not None:
        return record.age_span.low, record.age_span.high
    if record.birth is None or record.died is None:
        return None, None
    return _years(record.birth.latest, record.died.earliest), _years(record.birth.earliest, record.died.latest)


def _years(born: dt.date, died: dt.date) -> int | None:
    """Whole years of a life; None where it would end before it begins."""
    years = died.year - born.year - ((died.month, died.day) < (born.month, born.day))
    return years if years >= 0 else None


def _band(least: int | None, greatest: int | None) -> str | None:
    for first, last in AGE_BANDS:
        if (least or 0) >= first and (last is None or (greatest is not None and greatest <= last)):
            return f"{first}+" if last is None else f"{first}-{last}"
    return None


DIMENSIONS: dict[str, Callable[[Sequence[ListRecord]], list[str | None]]] = {
    "place": place_labels,
    "year": _period(lambda year, _: str(year)),
    "half-year": _period(lambda year, month: f"{year}-H{(month + 5) // 6}"),
    "quarter": _period(lambda year, month: f"{year}-Q{(month + 2) // 3}"),
    "month": _period(lambda year, month: f"{year}-{month:02}"),
    "sex": _sexes,
    "age": _ages,
}
"""For each dimension what labels the records, in their order. Periods are those of the date of death or disappearance."""
