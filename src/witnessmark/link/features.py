"""What two rows are compared on: each record as one flat row of keys, numbers and codes, in the order the records were given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from witnessmark.link.names import NameKeys, keys_of, split_name
from witnessmark.link.places import PlaceKeys
from witnessmark.link.records import AgeSpan, DateSpan, ListRecord

Row = dict[str, str | int | float | None]

COLUMNS: dict[str, str] = {
    "number": "int64",
    "list": "string",
    **{f"{part}_{key}": "string" for part in ("given", "father", "family", "mother") for key in ("sound", "skeleton", "initial")},
    **{f"{part}_{end}": "string" for part in ("given", "family") for end in ("head", "tail")},
    "both_names": "string",
    **dict.fromkeys(("given_family", "family_given", "given_father", "father_given"), "string"),
    "place": "string",
    "container": "string",
    "region": "string",
    "day": "int64",
    "last_day": "int64",
    "window": "int64",
    "other_window": "int64",
    "month": "int64",
    "year": "int64",
    "age": "double",
    "born": "double",
    "sex": "string",
}
WIDEST_AGES = 10
"""Years an age may be stated within and still be compared, by its middle."""
WINDOW = 16
"""Days of a window of dates. Two rows of windows half a window apart: days up to half a window from each other share one in the first row or the second."""


def feature_rows(records: Sequence[ListRecord]) -> list[Row]:
    """One row a record; `number` is its place in `records`."""
    places = PlaceKeys.of(name for record in records for name in (record.place, record.container) if name)
    return [_row(number, record, places) for number, record in enumerate(records)]


def columns_of(rows: Iterable[Row]) -> dict[str, list[str | int | float | None]]:
    """The rows column by column, as a table is made of them."""
    kept = list(rows)
    return {name: [row[name] for row in kept] for name in COLUMNS}


def _row(number: int, record: ListRecord, places: PlaceKeys) -> Row:
    row: Row = {"number": number, "list": record.list}
    for part, keys in _names(record).items():
        row |= {f"{part}_sound": keys.sound, f"{part}_skeleton": keys.skeleton, f"{part}_initial": keys.initial}
        if part in {"given", "family"}:
            row |= {f"{part}_head": _end(keys.skeleton, slice(2)), f"{part}_tail": _end(keys.skeleton, slice(-2, None))}
    row["both_names"] = _together(sorted, row["given_skeleton"], row["family_skeleton"])
    for one, other in (("given", "family"), ("family", "given"), ("given", "father"), ("father", "given")):
        row[f"{one}_{other}"] = _together(list, row[f"{one}_skeleton"], row[f"{other}_skeleton"])
    place, container = places.keys(record.place, record.container)
    row |= {"place": place, "container": container, "region": container or place, "sex": record.sex}
    row |= _dates(record.died)
    return row | _ages(record)


def _names(record: ListRecord) -> dict[str, NameKeys]:
    given, father, family = record.given, record.father, record.family
    if record.full_name and not (given or family):
        parts = split_name(record.full_name)
        given = parts[0] if parts else None
        family = parts[-1] if len(parts) > 1 else None
        father = father or (parts[1] if len(parts) > 2 else None)
    keys = {name: keys_of(part) for name, part in (("given", given), ("father", father), ("family", family), ("mother", record.mother))}
    return {name: key if key.initial is None else NameKeys(initial=key.initial) for name, key in keys.items()}


def _together(order: Callable[[list[str]], list[str]], *keys: str | float | None) -> str | None:
    return None if None in keys else " ".join(order([str(key) for key in keys]))


def _end(skeleton: str | None, part: slice) -> str | None:
    return None if skeleton is None else skeleton[part]


def _dates(span: DateSpan | None) -> Row:
    if span is None:
        return dict.fromkeys(("day", "last_day", "window", "other_window", "month", "year"))
    first, last = span.earliest, span.latest
    in_month = (first.year, first.month) == (last.year, last.month)
    day = first.toordinal()
    return {
        "day": day,
        "last_day": last.toordinal(),
        "window": day // WINDOW if first == last else None,
        "other_window": (day + WINDOW // 2) // WINDOW if first == last else None,
        "month": first.year * 12 + first.month if in_month else None,
        "year": first.year if first.year == last.year else None,
    }


def _ages(record: ListRecord) -> Row:
    """Age and year of birth, each from the other by the date of death where only one is written."""
    died = None if record.died is None else _middle(record.died)
    born = None if record.birth is None else _middle(record.birth)
    age = None if record.age is None else float(record.age)
    if age is None and record.age_span is not None:
        age = _middle_age(record.age_span)
    if age is None and died is not None and born is not None:
        age = died - born - 0.5
    if born is None and died is not None and age is not None:
        born = died - age - 0.5
    return {"age": age, "born": born}


def _middle_age(span: AgeSpan) -> float | None:
    """The middle of an age stated as a span ("in his thirties"), None where it is open or too wide to tell people apart by."""
    if span.low is None or span.high is None or span.high - span.low > WIDEST_AGES:
        return None
    return (span.low + span.high) / 2


def _middle(span: DateSpan) -> float:
    return (span.earliest.toordinal() + span.latest.toordinal()) / 2 / 365.2425
