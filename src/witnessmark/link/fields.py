"""Reads the cells of one row into the fields of a `ListRecord`, and says of each cell that could not be used why."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import msgspec

from witnessmark.link.ages import read_age, read_sex
from witnessmark.link.calendars import plain_words
from witnessmark.link.dated import DateStyle
from witnessmark.link.dates import read_date
from witnessmark.link.mapping import NAMES, Mapping
from witnessmark.link.records import DateSpan
from witnessmark.link.tables import TableRow

_MISSING = frozenset(
    map(
        plain_words,
        [
            "unknown",
            "unidentified",
            "not known",
            "not identified",
            "not stated",
            "n/a",
            "n.a.",
            "no data",
            "none",
            "inconnu",
            "inconnue",
            "non identifié",
            "non identifiée",
            "néant",
            "مجهول",
            "مجهولة",
            "مجهول الهوية",
            "مجهولة الهوية",
            "غير معروف",
            "غير معروفة",
            "غير محدد",
            "غير متوفر",
            "لا يوجد",
        ],
    )
)
"""Words that say that nothing is known."""
_A_DATE = "This is a date and no name; it was not used."
_NO_LETTER = "There is no letter in this name; it was not used."
_AGES_APART = "The age and the date of birth do not fit together; both were kept."
_BORN_LATER = "The date of birth lies after that of death or disappearance; both were kept."
_YEAR_DAYS = 365.2425


class Fault(msgspec.Struct, frozen=True, array_like=True):
    """A field whose cell could not be used as it stands, and why."""

    field: str
    what: str


class FieldReader:
    """Reads rows whose columns were found: `places` gives for each field the number of its column."""

    def __init__(self, mapping: Mapping, places: dict[str, int], style: DateStyle) -> None:
        self._places = places
        self._died = style
        self._birth = msgspec.structs.replace(style, of_birth=True)
        self._mapping = mapping

    def read(self, row: TableRow) -> tuple[dict[str, Any], list[Fault]]:
        """The fields that the row states, and the faults of its cells. The id is as written."""
        faults: list[Fault] = []
        said: dict[str, Any] = {}
        for field, place in self._places.items():
            cell = row.cells[place] if place < len(row.cells) else ""
            if is_missing(cell):
                continue
            value, problem = self._value(field, cell, row, place)
            if problem:
                faults.append(Fault(field, problem))
            if value is not None:
                said[field] = value
        if "age" in said:
            span = said.pop("age")
            said |= {"age_span": span} | ({"age": span.low} if span.low == span.high else {})
        faults.extend(_contradictions(said))
        return said, faults

    def _value(self, field: str, cell: str, row: TableRow, place: int) -> tuple[Any, str | None]:
        if field in NAMES:
            name = " ".join(cell.split())
            if not any(map(str.isalpha, name)):
                return None, _NO_LETTER
            return (None, _A_DATE) if _is_date(cell) else (name, None)
        if field in {"died", "birth"}:
            if place in row.days:  # a real date of a workbook, which is Gregorian whatever the calendar of the list
                return DateSpan(row.days[place], row.days[place]), None
            return read_date(cell, self._birth if field == "birth" else self._died)
        if field == "age":
            return read_age(cell)
        return read_sex(cell) if field == "sex" else (" ".join(cell.split()), None)


def _is_date(cell: str) -> bool:
    """Whether a cell is a date in words and figures, such as "13 March 2012"."""
    return any(map(str.isdecimal, cell)) and read_date(cell, DateStyle())[0] is not None


@lru_cache(maxsize=1 << 15)
def is_missing(cell: str) -> bool:
    """Whether a cell says nothing: it is empty, or dashes and marks alone, or a word that says that nothing is known."""
    if not any(unicodedata.category(sign)[0] in "LN" for sign in cell):
        return re.search(r"[#@$%&*=+<>^~|\\]", cell) is None
    return plain_words(cell) in _MISSING


def _contradictions(said: dict[str, Any]) -> Iterator[Fault]:
    birth, died, age = said.get("birth"), said.get("died"), said.get("age")
    if birth is None or died is None:
        return
    if birth.earliest > died.latest:
        yield Fault("birth", _BORN_LATER)
    elif age is not None:
        most = (died.latest - birth.earliest).days / _YEAR_DAYS
        least = (died.earliest - birth.latest).days / _YEAR_DAYS
        if not least - 2 < age < most + 1:
            yield Fault("age", _AGES_APART)
