"""Synthetic victim lists with known truth, to measure linkage and estimates on: five lists of unlike habits, two capture classes, dependence and copying."""

from __future__ import annotations

import datetime as dt

import msgspec
import numpy as np

from witnessmark.evaluate.victim_names import Name, Place, family_names, given_names, places
from witnessmark.evaluate.victim_spelling import Dice, arabic, latin, slipped

RATES = (0.40, 0.32, 0.24, 0.20, 0.09)
STYLES = (("english",), ("arabic",), ("french",), ("arabic", "adhoc"), ("adhoc", "english"))
KUNYA, DUPLICATE, COPIED, SIBLING, SLIP = 0.03, 0.06, 0.06, 0.15, 0.06
COLUMNS = ("unique_id", "source", "pid", "given", "father", "family", "mother", "gov", "date", "age", "sex")


class Person(msgspec.Struct, frozen=True):
    """Who was killed, in truth; `pattern` has a 1 for each list that holds them."""

    pid: int
    given: Name
    father: Name
    family: Name
    child: Name
    place: Place
    died: dt.date
    age: int
    sex: str
    pattern: str = "00000"


class Record(msgspec.Struct, frozen=True):
    """A row of a list; `pid` is the truth, to be kept from whatever links. Blank where the list does not say."""

    source: str
    pid: int
    given: str
    father: str
    family: str
    mother: str
    gov: str
    date: str
    age: str
    sex: str


def generate(people: int, seed: int) -> tuple[list[Record], list[Person]]:
    """Records in drawn order, and all `people` persons, listed or not. The same seed gives the same lists."""
    rng = np.random.default_rng(seed)
    dice = Dice(rng)
    truth: list[Person] = []
    records: list[Record] = []
    for pid in range(people):
        person = _person(pid, truth[-1] if truth else None, dice)
        rows = _rows(person, dice)
        on = {row.source for row in rows}
        truth.append(msgspec.structs.replace(person, pattern="".join("01"[f"list{j + 1}" in on] for j in range(5))))
        records += rows
    return [records[i] for i in rng.permutation(len(records))], truth


def _common(names: list[Name], dice: Dice) -> Name:
    """One of these, the first ones far more often."""
    return names[min(dice.below(len(names)), dice.below(len(names)))]


def _person(pid: int, before: Person | None, dice: Dice) -> Person:
    sex = "F" if dice.chance(0.1) else "M"
    kin = before if before and dice.chance(SIBLING) else None
    place = kin.place if kin else dice.one([p for p in places() for _ in range(p.weight)])
    regions = {"k"} if place.region == "k" else {"a", place.region}
    men, named = ([n for n in given_names() if n.region in regions and n.sex == s] for s in ("m", sex.lower()))
    father = kin.father if kin else _common(men, dice)
    family = kin.family if kin else dice.one([n for n in family_names() if n.region in regions])
    died = kin.died if kin else dt.date(2012, 1, 1) + dt.timedelta(days=dice.below(1800))
    return Person(pid, _common(named, dice), father, family, _common(men, dice), place, died, 1 + dice.below(45) + dice.below(45), sex)


def _rows(person: Person, dice: Dice) -> list[Record]:
    reach = 0.35 if dice.chance(0.35) else 1.25
    rows: list[Record] = []
    for j, rate in enumerate(RATES):
        drawn_in = 1.4 if j == 1 and rows else 1.0
        if dice.chance(min(0.95, rate * reach * drawn_in)):
            rows += [_record(person, j, dice) for _ in range(1 + dice.chance(DUPLICATE))]
    if rows and rows[0].source == "list1" and dice.chance(COPIED):
        rows.append(msgspec.structs.replace(rows[0], source="list5"))
    return rows


def _record(person: Person, j: int, dice: Dice) -> Record:
    style = dice.one(STYLES[j])

    def written(name: Name) -> str:
        text = arabic(name, dice) if style == "arabic" else latin(name, style, dice)
        return slipped(text, dice, scanned=j == 3) if dice.chance(SLIP) else text

    given, father = written(person.given), written(person.father) if dice.chance(0.6) else ""
    family = written(person.family) if dice.chance(0.95) else ""
    if dice.chance(KUNYA):
        given = ("أبو " if style == "arabic" else "Abu ") + written(person.child) if person.sex == "M" else given
    elif dice.chance(0.03):
        given = given[:1] + "."
    if family and dice.chance(0.02):
        given, family = family, given
    age = str(person.age + dice.one((0, 0, 0, -1, 1))) if dice.chance(0.55) else ""
    place = person.place.script if style == "arabic" else dice.one((person.place.governorate, person.place.town, *person.place.listed))
    return Record(f"list{j + 1}", person.pid, given, father, family, "", place, _date(person.died, dice), age, person.sex)


def _date(died: dt.date, dice: Dice) -> str:
    day = died if dice.chance(0.72) else died + dt.timedelta(days=dice.one((-3, -2, -1, 1, 2, 3, 7, 30)))
    if day.day <= 12 and dice.chance(0.03):
        day = day.replace(month=day.day, day=day.month)
    return day.isoformat()[: dice.one((10, 10, 10, 10, 10, 10, 10, 10, 7, 4))]
