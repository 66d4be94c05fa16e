"""Rows of synthetic victim lists: each fault occurs as often as its setting says, and none else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import pairwise

import msgspec
import pytest
from tests.evaluate.victim_measures import PARTED, alone, as_set, faultless, pairs

from witnessmark.evaluate.victim_dates import hijri, read_and_written, written
from witnessmark.evaluate.victim_dice import Dice
from witnessmark.evaluate.victim_names import governorates
from witnessmark.evaluate.victim_people import Person
from witnessmark.evaluate.victim_rows import KUNYAS, TITLES, Record
from witnessmark.evaluate.victim_settings import Missing, Spelling

RATE = 0.3
ARABIC = "arabic"


def _age(person: Person) -> int:
    return person.died.year - person.born.year - ((person.died.month, person.died.day) < (person.born.month, person.born.day))


def _coarse(row: Record, person: Person) -> bool:
    return row.place == governorates()[person.place.governorate].script


def _given_is(row: Record, person: Person) -> bool:
    return row.given == person.given.script


def _slips_show(person: Person) -> bool:
    name = person.given.script
    return len(name) >= 4 and all(a != b for a, b in pairwise(name))


CASES: dict[str, tuple[Callable[[Record, Person], bool], Callable[[Person], bool]]] = {
    "slip": (lambda r, p: not _given_is(r, p), _slips_show),
    "kunya": (lambda r, p: r.given.startswith(KUNYAS[ARABIC][p.sex]) and r.given.endswith(p.child.script), lambda _: True),
    "initial": (lambda r, p: r.given == p.given.script[0] + ".", lambda _: True),
    "swapped": (lambda r, p: (r.given, r.family) == (p.family.script, p.given.script), lambda p: p.family.script != p.given.script),
    "other_family": (lambda r, p: p.other_family is not None and r.family == p.other_family.script, lambda p: p.other_family is not None),
    "titled": (lambda r, _: r.given.startswith(TITLES[ARABIC]), lambda _: True),
    "sex_wrong": (lambda r, p: r.sex != p.sex, lambda _: True),
    "age_off": (lambda r, p: int(r.age) != _age(p) and int(r.born) != p.born.year, lambda p: _age(p) > 2),
    "age_rounded": (lambda r, _: int(r.age) % 5 == 0, lambda p: _age(p) % 5 != 0),
    "date_off": (lambda r, p: r.date != p.died.isoformat(), lambda _: True),
    "date_swapped": (
        lambda r, p: r.date == p.died.replace(month=p.died.day, day=p.died.month).isoformat(),
        lambda p: p.died.day <= 12 and p.died.day != p.died.month,
    ),
    "date_impossible": (lambda r, _: r.date[4:] in {"-02-31", "-02-30", "-04-31", "-13-05"}, lambda _: True),
    "month_only": (lambda r, p: r.date == p.died.isoformat()[:7], lambda _: True),
    "year_only": (lambda r, p: r.date == p.died.isoformat()[:4], lambda _: True),
    "hijri": (lambda r, p: r.date_written == hijri(p.died) and r.date == p.died.isoformat(), lambda _: True),
    "place_wrong": (lambda r, p: p.place.script not in r.place, lambda p: bool(p.place.town)),
    "place_coarse": (_coarse, lambda p: bool(p.place.town)),
    "place_nested": (lambda r, p: r.place.endswith("، " + governorates()[p.place.governorate].script), lambda p: bool(p.place.town)),
}
SPELLINGS: dict[str, tuple[Callable[[Record, Person], bool], Callable[[Person], bool]]] = {
    "article_dropped": (
        lambda r, p: r.family == p.family.script[2:],
        lambda p: p.family.script.startswith("ال") and len(p.family.script) > 4,
    ),
    "hamza_folded": (lambda r, p: not _given_is(r, p), lambda p: bool(set("أإآؤئ") & set(p.given.script))),
    "ending_folded": (lambda r, p: not _given_is(r, p), lambda p: p.given.script[-1] in "يةى"),
    "compound_joined": (lambda r, p: r.given == p.given.script.replace(" ", ""), lambda p: " " in p.given.script),
    "foreign_letters": (lambda r, p: not _given_is(r, p), lambda p: bool(set("يك") & set(p.given.script))),
    "stretched": (lambda r, _: r.given[2:3] == "ـ", lambda _: True),
    "arabized": (
        lambda r, p: r.family != p.family.script,
        lambda p: p.family.region == "k" and bool(set("ێۆڕڵڤپچگژکیە") & set(p.family.script)),
    ),
}


def test_a_list_without_faults_says_of_everyone_what_is_so() -> None:
    for row, person in pairs(alone(faultless(ARABIC), 500)):
        names = (person.given, person.father, person.grandfather, person.family, person.mother)
        assert (row.given, row.father, row.grandfather, row.family, row.mother) == tuple(name.script for name in names)
        assert (row.sex, row.age, row.born) == (person.sex, str(_age(person)), str(person.born.year))
        assert row.gov == governorates()[person.place.governorate].script
        assert row.place.endswith(person.place.script)
        assert row.date == person.died.isoformat()


@pytest.mark.parametrize("fault", CASES)
def test_a_fault_occurs_at_its_rate(fault: str) -> None:
    shows, can = CASES[fault]
    habits = msgspec.structs.replace(faultless(ARABIC), **{fault: RATE})
    held = [shows(row, person) for row, person in pairs(alone(habits)) if can(person)]
    assert as_set(sum(held), len(held), RATE)


@pytest.mark.parametrize("habit", SPELLINGS)
def test_a_habit_of_spelling_occurs_at_its_rate(habit: str) -> None:
    shows, can = SPELLINGS[habit]
    habits = msgspec.structs.replace(faultless(ARABIC), spelling=msgspec.structs.replace(faultless(ARABIC).spelling, **{habit: RATE}))
    held = [shows(row, person) for row, person in pairs(alone(habits)) if can(person)]
    assert as_set(sum(held), len(held), RATE)


@pytest.mark.parametrize("column", PARTED)
def test_a_column_is_blank_at_its_rate_and_the_others_never(column: str) -> None:
    habits = msgspec.structs.replace(faultless("english"), missing=msgspec.structs.replace(faultless("english").missing, **{column: RATE}))
    rows = alone(habits).records
    assert as_set(sum(not getattr(row, column) for row in rows), len(rows), RATE)
    assert all(getattr(row, other) for row in rows for other in PARTED if other != column)


def test_a_person_entered_again_is_repeated_letter_for_letter_at_its_rate() -> None:
    habits = msgspec.structs.replace(faultless("adhoc"), duplicated=0.5, duplicated_exactly=RATE, spelling=Spelling())
    rows = [msgspec.structs.replace(row, number=0) for row in alone(habits).records]
    first = {row.pid: row for row in rows if not row.repeats}
    exact = [msgspec.structs.replace(row, repeats=False) == first[row.pid] for row in rows if row.repeats]
    assert as_set(sum(exact), len(exact), RATE)


def test_a_row_that_is_nobody_has_a_number_for_an_age_at_its_rate() -> None:
    habits = msgspec.structs.replace(faultless("english"), garbage=0.5, garbage_aged=RATE)
    spoilt = [row for row in alone(habits).records if row.pid is None]
    assert as_set(sum(bool(row.age) for row in spoilt), len(spoilt), RATE)


def test_a_full_name_holds_the_parts_in_the_order_of_the_list_and_no_list_has_both() -> None:
    in_one = msgspec.structs.replace(faultless("english"), columns=("full_name", "date"))
    for habits, sign in ((in_one, ""), (msgspec.structs.replace(in_one, family_first=True, capitals=True), ",")):
        rows = alone(habits, 200).records
        assert not any(row.given or row.father or row.family or row.mother or row.age or row.gov for row in rows)
        assert all(len(row.full_name.split()) >= 4 and (sign in row.full_name) and row.full_name.isupper() == bool(sign) for row in rows)
    half = msgspec.structs.replace(in_one, missing=Missing(father=1.0, grandfather=1.0, given=0.0, family=0.0, date=0.0))
    with_fathers = alone(in_one, 200).records
    assert sum(len(row.full_name) for row in alone(half, 200).records) < 0.7 * sum(len(row.full_name) for row in with_fathers)


def test_a_spelling_listed_for_a_name_is_used_at_its_rate_and_a_doubled_letter_is_lost_at_its() -> None:
    habits = faultless("english")
    listed = alone(msgspec.structs.replace(habits, spelling=msgspec.structs.replace(habits.spelling, listed=1.0)))
    assert all(row.given in person.given.listed for row, person in pairs(listed) if person.given.listed)
    lost = alone(msgspec.structs.replace(habits, spelling=msgspec.structs.replace(habits.spelling, doubled_lost=RATE)))
    hassans = [row.given for row, person in pairs(lost) if person.given.spoken in {"ḥassān", "bassām", "muḥammad", "ʿabbās"}]
    assert as_set(sum("ss" not in one and "mm" not in one and "bb" not in one for one in hassans), len(hassans), RATE)


def test_the_article_before_a_sun_letter_is_written_as_spoken_at_its_rate() -> None:
    habits = msgspec.structs.replace(faultless("english"), spelling=Spelling(listed=0.0, article_dropped=0.0, assimilated=RATE))
    rows = [row for row, person in pairs(alone(habits)) if person.family.spoken.startswith("al-š")]
    assert as_set(sum(row.family[:4] in {"ash-", "esh-"} for row in rows), len(rows), RATE)


@pytest.mark.parametrize(
    ("form", "headings", "expected"),
    [
        ("iso", "english", "2013-02-14"),
        ("dmy", "english", "14/02/2013"),
        ("mdy", "english", "02/14/2013"),
        ("words", "french", "14 février 2013"),
        ("dmy", "arabic", "١٤/٠٢/٢٠١٣"),
        ("words", "arabic", "١٤ شباط ٢٠١٣"),
    ],
)
def test_a_date_stands_in_the_form_of_its_list(form: str, headings: str, expected: str) -> None:
    habits = msgspec.structs.replace(faultless("english"), dates=form, headings=headings)
    assert written("2013-02-14", habits) == expected
    assert read_and_written(dt.date(2013, 2, 14), habits, Dice(1)) == ("2013-02-14", expected)


def test_dates_cut_short_or_impossible_keep_to_the_form() -> None:
    habits = msgspec.structs.replace(faultless("english"), dates="mdy")
    assert [written(iso, habits) for iso in ("2013-02", "2013", "2014-02-31")] == ["02/2013", "2013", "02/31/2014"]
    in_words = msgspec.structs.replace(habits, dates="words")
    assert [written(iso, in_words) for iso in ("2013-02", "2013", "2014-13-05")] == ["February 2013", "2013", "05/13/2014"]


def test_islamic_years_begin_where_the_tabular_calendar_has_them_begin() -> None:
    assert [hijri(dt.date.fromisoformat(day)) for day in ("2012-11-14", "2012-11-15", "2013-11-04", "2013-11-05")] == [
        "1433-12-29",
        "1434-01-01",
        "1434-12-30",
        "1435-01-01",
    ]
