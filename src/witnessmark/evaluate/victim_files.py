"""Synthetic victim lists as files: each list as its compilers would hand it over, and apart from them the truth.

`lists/` holds one CSV a list, in its own columns, language and form of date, and `columns.csv`, which says what each heading means. `truth/` holds `records.csv` (which row is
whom), `people.csv` (all people, listed or not), `combined.csv` (the rows of all lists in one layout, with `pid`) and `settings.json`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import msgspec

from witnessmark.evaluate.victim_dates import INDIC
from witnessmark.evaluate.victim_lists import Population
from witnessmark.evaluate.victim_people import Person
from witnessmark.evaluate.victim_rows import Record
from witnessmark.evaluate.victim_settings import ListSettings

COMBINED = (
    "source",
    "pid",
    "given",
    "father",
    "family",
    "mother",
    "gov",
    "date",
    "age",
    "sex",
    "full_name",
    "grandfather",
    "born",
    "place",
    "date_written",
)
RECORDS = ("source", "number", "pid", "copied_from", "repeats")
HEADINGS = {
    "english": {
        "number": "No.",
        "full_name": "Full name",
        "given": "First name",
        "father": "Father's name",
        "grandfather": "Grandfather",
        "family": "Family name",
        "mother": "Mother's name",
        "sex": "Sex",
        "age": "Age",
        "born": "Year of birth",
        "gov": "Governorate",
        "place": "Place of death",
        "date": "Date of death",
    },
    "french": {
        "number": "N°",
        "full_name": "Nom complet",
        "given": "Prénom",
        "father": "Nom du père",
        "grandfather": "Grand-père",
        "family": "Nom de famille",
        "mother": "Nom de la mère",
        "sex": "Sexe",
        "age": "Âge",
        "born": "Année de naissance",
        "gov": "Gouvernorat",
        "place": "Lieu du décès",
        "date": "Date du décès",
    },
    "arabic": {
        "number": "الرقم",
        "full_name": "الاسم الكامل",
        "given": "الاسم",
        "father": "اسم الأب",
        "grandfather": "اسم الجد",
        "family": "الكنية",
        "mother": "اسم الأم",
        "sex": "الجنس",
        "age": "العمر",
        "born": "سنة الولادة",
        "gov": "المحافظة",
        "place": "مكان الوفاة",
        "date": "تاريخ الوفاة",
    },
}
SEXES = {"english": {"M": "M", "F": "F"}, "french": {"M": "H", "F": "F"}, "arabic": {"M": "ذكر", "F": "أنثى"}}


def write(population: Population, folder: Path) -> None:
    """Writes all files beneath a folder, which is made where it is not there; files of the same names are replaced."""
    lists, truth = folder / "lists", folder / "truth"
    for one in (lists, truth):
        one.mkdir(parents=True, exist_ok=True)
    for habits in population.settings.lists:
        rows = (row for row in population.records if row.source == habits.name)
        _write(lists / f"{habits.name}.csv", _heading(habits).values(), (_as_handed_over(row, habits) for row in rows))
    headed = ((habits.name, heading, column) for habits in population.settings.lists for column, heading in _heading(habits).items())
    _write(lists / "columns.csv", ("list", "heading", "meaning"), headed)
    _write(truth / "records.csv", RECORDS, ([_cell(row, column) for column in RECORDS] for row in population.records))
    combined = ([str(n), *(_cell(row, column) for column in COMBINED)] for n, row in enumerate(population.records))
    _write(truth / "combined.csv", ("unique_id", *COMBINED), combined)
    _write(truth / "people.csv", _of_person(population.people[0]), (_of_person(person).values() for person in population.people))
    (truth / "settings.json").write_bytes(
        msgspec.json.format(msgspec.json.encode({"seed": population.seed, "settings": population.settings}))
    )


def _write(path: Path, heading: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(heading)
        out.writerows(rows)


def _heading(habits: ListSettings) -> dict[str, str]:
    """What each column of a list is headed."""
    words = HEADINGS[habits.headings]
    return {column: words[column] for column in ("number", *habits.columns)}


def _as_handed_over(row: Record, habits: ListSettings) -> list[str]:
    cells = {column: _cell(row, column) for column in ("number", *habits.columns)} | {"date": row.date_written}
    cells["sex"] = SEXES[habits.headings].get(row.sex, row.sex)
    if habits.headings == "arabic":
        cells |= {column: cells[column].translate(INDIC) for column in {"age", "born"} & set(habits.columns)}
    return [cells[column] for column in ("number", *habits.columns)]


def _cell(row: Record, column: str) -> str:
    value = getattr(row, column)
    return "" if value is None else str(int(value)) if isinstance(value, bool) else str(value)


def _of_person(person: Person) -> dict[str, str]:
    """A person as a row: first what estimates are held against, then who they were, in the script of their names."""
    return {
        "pid": str(person.pid),
        "gov": person.place.governorate,
        "year": str(person.died.year),
        "pattern": person.pattern,
        "captured": person.captured,
        "class": str(person.reach + 1),
        "place": person.place.town,
        "died": person.died.isoformat(),
        "born": person.born.isoformat(),
        "sex": person.sex,
        "incident": str(person.incident),
        "kin": person.kin,
        "kin_of": "" if person.kin_of < 0 else str(person.kin_of),
        "given": person.given.script,
        "father": person.father.script,
        "grandfather": person.grandfather.script,
        "family": person.family.script,
        "other_family": person.other_family.script if person.other_family else "",
        "mother": person.mother.script,
    }
