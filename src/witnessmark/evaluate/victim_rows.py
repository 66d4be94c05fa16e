"""How a list writes down one person: which parts, in what spelling, with what faults; and the rows that are nobody."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from witnessmark.evaluate.victim_dates import read_and_written
from witnessmark.evaluate.victim_dice import Dice
from witnessmark.evaluate.victim_names import Name, Place, governorates, scenes
from witnessmark.evaluate.victim_people import Person
from witnessmark.evaluate.victim_settings import PARTS, ListSettings
from witnessmark.evaluate.victim_spelling import arabic, latin, slipped

TITLES = {"latin": ("Dr. ", "Haj ", "Hajj ", "Sheikh ", "Martyr "), "arabic": ("الشهيد ", "د. ", "الحاج ", "الشيخ ")}
KUNYAS: dict[str, dict[str, tuple[str, ...]]] = {
    "latin": {"M": ("Abu ", "Abou ", "Abo ", "Abu-"), "F": ("Umm ", "Oum ", "Om ")},
    "arabic": {"M": ("أبو ", "ابو "), "F": ("أم ", "ام ")},
}
SITES_ARABIC = {
    "market": "السوق",
    "school": "المدرسة",
    "hospital": "المشفى",
    "checkpoint": "الحاجز",
    "bakery": "الفرن",
    "camp": "المخيم",
    "mosque": "الجامع",
}
NOBODY = {
    "latin": ("unidentified", "Unknown man", "corpse no. 3", "TOTAL", "test", "???", "see next page", "N/A", "family of 5", "name"),
    "arabic": ("مجهول الهوية", "جثة مجهولة", "المجموع", "الاسم", "انظر الصفحة التالية", "ØÙ Ø¹ÙÙ", "طفل", "تجربة"),
}
SPOILT_DATES = ("", "", "?", "date", "00/00/0000", "12", "see note")


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a list, and what is true of it.

    `date` is the row's date as ISO 8601 as far as it goes, `date_written` as it stands there; blank is what the list does not say. `pid` (None: nobody), `copied_from` and
    `repeats` (the list had entered the person already) are the truth, to be kept from whatever links. `number` is the list's own.
    """

    source: str
    number: int = 0
    pid: int | None
    copied_from: str = ""
    repeats: bool = False
    full_name: str = ""
    given: str = ""
    father: str = ""
    grandfather: str = ""
    family: str = ""
    mother: str = ""
    sex: str = ""
    age: str = ""
    born: str = ""
    gov: str = ""
    place: str = ""
    date: str = ""
    date_written: str = ""


def written_down(person: Person, habits: ListSettings, dice: Dice) -> Record:
    """A row of a list for a person it holds."""
    system = dice.one(habits.systems)
    cells = _names(person, habits, system, dice) | _facts(person, habits, system, dice)
    kept: dict[str, Any] = {column: text for column, text in cells.items() if not dice.chance(getattr(habits.missing, column, 0.0))}
    if "date" in kept:
        kept["date"], kept["date_written"] = read_and_written(person.died, habits, dice)
    if "given" in kept and "family" in kept and dice.chance(habits.swapped):
        kept["given"], kept["family"] = kept["family"], kept["given"]
    return laid_out(Record(source=habits.name, pid=person.pid, **kept), habits)


def _names(person: Person, habits: ListSettings, system: str, dice: Dice) -> dict[str, str]:
    family = person.other_family if person.other_family and dice.chance(habits.other_family) else person.family
    names = {"given": person.given, "father": person.father, "grandfather": person.grandfather, "family": family, "mother": person.mother}
    wanted = set(PARTS) | set(habits.columns) if "full_name" in habits.columns else set(habits.columns)
    written = {part: _written(name, habits, system, dice) for part, name in names.items() if part in wanted}
    given = _given(person, written["given"], habits, system, dice)
    written["given"] = given.upper() if habits.capitals else given
    return written


def _written(name: Name, habits: ListSettings, system: str, dice: Dice) -> str:
    text = arabic(name, habits.spelling, dice) if system == "arabic" else latin(name, system, habits.spelling, dice)
    if dice.chance(habits.slip):
        text = slipped(text, dice, scanned=habits.scanned)
    return text.upper() if habits.capitals else text


def _given(person: Person, written: str, habits: ListSettings, system: str, dice: Dice) -> str:
    script = "arabic" if system == "arabic" else "latin"
    if dice.chance(habits.kunya):
        return dice.one(KUNYAS[script][person.sex]) + _written(person.child, habits, system, dice)
    if dice.chance(habits.initial):
        return written[:1] + "."
    return dice.one(TITLES[script]) + written if dice.chance(habits.titled) else written


def _facts(person: Person, habits: ListSettings, system: str, dice: Dice) -> dict[str, str]:
    """What the list has a column for besides names; its date is filled in later, when it is not missing."""
    facts = {"sex": _sex(person, habits, dice), "date": ""} | _age(person, habits, dice) | _where(person, habits, system, dice)
    return {column: facts[column] for column in habits.columns if column in facts}


def _sex(person: Person, habits: ListSettings, dice: Dice) -> str:
    return {"M": "F", "F": "M"}[person.sex] if dice.chance(habits.sex_wrong) else person.sex


def _age(person: Person, habits: ListSettings, dice: Dice) -> dict[str, str]:
    """Age and year of birth; both rest on the same belief about the age."""
    age = _years(person.born, person.died) + (dice.one((-2, -1, 1, 2)) if dice.chance(habits.age_off) else 0)
    if dice.chance(habits.age_rounded):
        age = (age + 2) // 5 * 5
    return {
        "age": str(max(age, 0)),
        "born": str(person.died.year - max(age, 0) - ((person.born.month, person.born.day) > (person.died.month, person.died.day))),
    }


def _years(born: dt.date, died: dt.date) -> int:
    return died.year - born.year - ((died.month, died.day) < (born.month, born.day))


def _where(person: Person, habits: ListSettings, system: str, dice: Dice) -> dict[str, str]:
    wrong = dice.chance(habits.place_wrong)
    place = _elsewhere(person.place, dice) if wrong else person.place
    capital = governorates()[place.governorate]
    gov, town = (_spelt(one, system, dice) for one in (capital, place))
    if not place.town or dice.chance(habits.place_coarse):
        return {"gov": gov, "place": gov}
    if person.site and not wrong:
        town = f"{SITES_ARABIC[person.site]} - {town}" if system == "arabic" else f"{person.site}, {town}"
    comma = "، " if system == "arabic" else ", "
    return {"gov": gov, "place": f"{town}{comma}{gov}" if dice.chance(habits.place_nested) else town}


def _elsewhere(than: Place, dice: Dice) -> Place:
    place = than
    while place == than:
        place = dice.of(scenes(than.region))
    return place


def _spelt(place: Place, system: str, dice: Dice) -> str:
    return place.script if system == "arabic" else dice.one((place.town or place.governorate, *place.listed))


def laid_out(row: Record, habits: ListSettings) -> Record:
    """The row with the columns of a list only, its parts in one full name where that is what the list has."""
    cells = {column: getattr(row, column) for column in habits.columns}
    if "full_name" in cells:
        cells["full_name"] = row.full_name or _full(row, habits)
    blank = dict.fromkeys(msgspec.structs.asdict(row).keys() - {"source", "number", "pid", "copied_from", "repeats", "date_written"}, "")
    return msgspec.structs.replace(row, **blank | cells)


def _full(row: Record, habits: ListSettings) -> str:
    parts = [text for text in (row.given, row.father, row.grandfather) if text]
    if habits.family_first and row.family:
        return ", ".join(filter(None, (row.family, " ".join(parts))))
    return " ".join([*parts, row.family]).strip()


def nobody(habits: ListSettings, dice: Dice) -> Record:
    """A row that is not a person: a total, a heading within the table, a test, a body without a name."""
    column = "full_name" if "full_name" in habits.columns else dice.one(("given", "family"))
    texts = NOBODY["arabic" if habits.headings == "arabic" else "latin"]
    cells: dict[str, Any] = {column: dice.one(texts)}
    if "age" in habits.columns and dice.chance(habits.garbage_aged):
        cells["age"] = str(dice.below(400))
    spoilt = dice.one(SPOILT_DATES)
    return Record(source=habits.name, pid=None, date=spoilt, date_written=spoilt, **cells)
