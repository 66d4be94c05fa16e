"""A row of a victim list as linkage sees it: what was written, kept word for word, beside what was read from it."""

from __future__ import annotations

import datetime as dt

import msgspec


class DateSpan(msgspec.Struct, frozen=True, array_like=True):
    """A date known to the day, month or year: the first and the last day it may be, both included."""

    earliest: dt.date
    latest: dt.date


class AgeSpan(msgspec.Struct, frozen=True, array_like=True):
    """An age in whole years, both ends included; None is open. `approximate` where the list says "about"."""

    low: int | None
    high: int | None
    approximate: bool = False


class ListRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One row of one list. What the row does not state is None; nothing is filled in.

    `id` is unique among all that is linked. `list` names the list (the column of a capture table), `source` the Source that compiled it. `age` is in whole
    years at `died` (death or disappearance), `age_span` the same as a range ("30s", "child") and wider than one year only where `age` is None. `place` is where that happened and `container` the larger place around it. `written` is the row as it stood, column by
    column, and is never changed; `line` is where it stands in its file.
    """

    id: str
    list: str
    given: str | None = None
    father: str | None = None
    grandfather: str | None = None
    family: str | None = None
    mother: str | None = None
    full_name: str | None = None
    birth: DateSpan | None = None
    age: int | None = None
    sex: str | None = None
    place: str | None = None
    container: str | None = None
    died: DateSpan | None = None
    source: str | None = None
    written: dict[str, str] = {}
    line: int | None = None
    age_span: AgeSpan | None = None


class ScoredPair(msgspec.Struct, frozen=True, array_like=True):
    """Two records by their ids, in the order given, and the probability that they are about one person."""

    one: str
    other: str
    probability: float


class RowProblem(msgspec.Struct, frozen=True):
    """Something in a row that could not be used as it stands. The row itself is kept. `line` is its line or row in the file, from 1; `column` is None where it is the whole row. `what` does not repeat the value, so that one fault of many rows can be counted."""

    line: int
    column: str | None
    value: str
    what: str


class VictimList(msgspec.Struct, frozen=True):
    """A list as read: its records in the order of the file, the rows that name no one (`unnamed`: line and row as written), and every problem met.

    `compiled` says how the list was compiled, in the words of whoever brought it in.
    """

    name: str
    source: str | None
    records: tuple[ListRecord, ...]
    unnamed: tuple[tuple[int, dict[str, str]], ...]
    problems: tuple[RowProblem, ...]
    compiled: str | None = None
