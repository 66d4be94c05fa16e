"""Synthetic victim lists: repeatable, as their settings say, and true to their truth."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter, defaultdict
from math import log, sqrt
from pathlib import Path

import msgspec
import pytest
from tests.evaluate.victim_measures import as_set

from witnessmark.errors import UsageError
from witnessmark.evaluate.victim_capture import both, coverage
from witnessmark.evaluate.victim_files import HEADINGS, write
from witnessmark.evaluate.victim_lists import Population, generate
from witnessmark.evaluate.victim_people import Person
from witnessmark.evaluate.victim_settings import SETTINGS, THREE_CLASSES, CaptureClass, Copying, Dependence, Settings

FEW = msgspec.structs.replace(SETTINGS, people=300)


@pytest.fixture(scope="module")
def many() -> Population:
    return generate(SETTINGS, 11)


def _held(people: list[Person], j: int) -> int:
    return sum(person.captured[j] == "1" for person in people)


def test_the_same_seed_gives_the_same_lists_and_another_seed_others() -> None:
    assert generate(FEW, 1) == generate(FEW, 1)
    assert generate(FEW, 1) != generate(FEW, 2)


def test_lists_are_the_same_in_every_process_and_version_of_python(tmp_path: Path) -> None:
    write(generate(FEW, 1), tmp_path)
    files = sorted(tmp_path.rglob("*.*"))
    digest = hashlib.sha256(b"".join(path.relative_to(tmp_path).as_posix().encode() + path.read_bytes() for path in files)).hexdigest()
    assert digest == "4186936127dbf2952bf5a763fe6450d1463ef88ebfdd34f7f7006f46c685082e", (
        "the lists of this seed are no longer those of earlier measurements: say so where figures are given, and change this digest"
    )


def test_another_list_changes_nobodys_name_and_no_row_of_the_lists_before_it() -> None:
    more = msgspec.structs.replace(SETTINGS.lists[0], name="list6")
    wider = tuple(msgspec.structs.replace(one, coverage=(*one.coverage, 0.2)) for one in FEW.classes)
    with_it = generate(msgspec.structs.replace(FEW, lists=(*FEW.lists, more), classes=wider), 1)
    without = generate(FEW, 1)
    assert [person.given for person in with_it.people] == [person.given for person in without.people]
    assert [row for row in with_it.records if row.source != "list6"] == list(without.records)


def test_a_persons_pattern_is_the_lists_that_hold_a_row_of_them(many: Population) -> None:
    names = [one.name for one in SETTINGS.lists]
    for copies, field in ((True, "pattern"), (False, "captured")):
        on = {(row.source, row.pid) for row in many.records if row.pid is not None and (copies or not row.copied_from)}
        assert on == {
            (name, person.pid) for person in many.people for name, bit in zip(names, getattr(person, field), strict=True) if bit == "1"
        }
    assert [person.pid for person in many.people] == list(range(SETTINGS.people))


def test_classes_have_their_shares_and_lists_their_coverage_of_them_at_home_and_away(many: Population) -> None:
    groups: defaultdict[tuple[int, str], list[Person]] = defaultdict(list)
    for person in many.people:
        groups[person.reach, person.place.governorate].append(person)
    for reach, one in enumerate(SETTINGS.classes):
        assert as_set(sum(person.reach == reach for person in many.people), len(many.people), one.share)
    for (reach, governorate), people in groups.items():
        for j, rate in enumerate(coverage(SETTINGS, reach, governorate)):
            assert as_set(_held(people, j), len(people), rate) or len(people) <= 100
    assert coverage(SETTINGS, 0, "Damascus")[0] > coverage(SETTINGS, 0, "Homs")[0] == SETTINGS.classes[0].coverage[0]


def test_three_classes_have_their_shares() -> None:
    people = generate(msgspec.structs.replace(SETTINGS, classes=THREE_CLASSES, people=3000), 2).people
    assert all(as_set(sum(person.reach == reach for person in people), 3000, one.share) for reach, one in enumerate(THREE_CLASSES))


def _log_odds_ratio(people: list[Person], first: int, second: int) -> tuple[float, float]:
    """Of being on two lists, with its standard error (Woolf)."""
    cells = Counter((person.captured[first], person.captured[second]) for person in people)
    value = log(cells["1", "1"] * cells["0", "0"] / (cells["1", "0"] * cells["0", "1"]))
    return value, sqrt(sum(1.0 / count for count in cells.values()))


def test_two_lists_depend_on_each_other_as_set_and_others_do_not(many: Population) -> None:
    homes = {governorate for one in SETTINGS.lists for governorate in one.home}
    assert SETTINGS.dependence
    for reach in range(len(SETTINGS.classes)):
        people = [person for person in many.people if person.reach == reach and person.place.governorate not in homes]
        tied, error = _log_odds_ratio(people, 0, 1)
        assert abs(tied - log(SETTINGS.dependence.odds_ratio)) < 3.5 * error
        assert tied > 2.0 * error
        for pair in ((0, 2), (1, 2), (2, 3)):
            free, error = _log_odds_ratio(people, *pair)
            assert abs(free) < 3.5 * error


def test_an_odds_ratio_leaves_what_each_list_covers() -> None:
    for first, second, ratio in ((0.4, 0.3, 2.5), (0.05, 0.9, 0.2), (0.5, 0.5, 1.0)):
        joint = both(first, second, ratio)
        assert joint * (1 - first - second + joint) / ((first - joint) * (second - joint)) == pytest.approx(ratio)


def test_people_are_entered_again_and_rows_are_nobody_as_often_as_set(many: Population) -> None:
    for habits in SETTINGS.lists:
        rows = [row for row in many.records if row.source == habits.name]
        own = Counter(row.pid for row in rows if row.pid is not None and not row.copied_from)
        assert as_set(sum(count > 1 for count in own.values()), len(own), habits.duplicated)
        assert max(own.values()) <= 3
        assert sum(row.repeats for row in rows) == sum(own.values()) - len(own)
        assert as_set(sum(row.pid is None for row in rows), len(rows), habits.garbage)


def test_one_list_took_its_share_of_rows_from_another_as_written_there(many: Population) -> None:
    assert SETTINGS.copying
    rows = [row for row in many.records if row.source == SETTINGS.copying.taker and row.pid is not None]
    copies = [row for row in rows if row.copied_from]
    assert len(copies) == pytest.approx(SETTINGS.copying.share * len(rows), abs=1)
    there = {row.pid: row for row in many.records if row.source == SETTINGS.copying.source and row.pid is not None and not row.repeats}
    for row in copies:
        assert row.pid is not None
        original = there[row.pid]
        assert row.copied_from == original.source
        assert all(part in row.full_name for part in (original.given, original.father, original.family))
        assert (row.date_written, row.age) == (original.date_written, original.age)
    assert not any(row.copied_from for row in many.records if row.source != SETTINGS.copying.taker)


def test_the_people_are_as_set(many: Population) -> None:
    drawn = [person for person in many.people if not person.kin]
    assert as_set(sum(person.sex == "F" for person in drawn), len(drawn), SETTINGS.women)
    assert as_set(sum(person.other_family is not None for person in drawn), len(drawn), SETTINGS.two_families)
    assert as_set(sum(person.incident > 0 for person in many.people), len(many.people), SETTINGS.in_incidents)
    assert all(person.born <= person.died for person in many.people)


def test_those_of_an_incident_died_in_one_place_on_one_day_and_families_among_them_together(many: Population) -> None:
    incidents: defaultdict[int, list[Person]] = defaultdict(list)
    for person in many.people:
        if person.incident:
            incidents[person.incident].append(person)
    assert all(len({(person.place, person.died, person.site) for person in people}) == 1 for people in incidents.values())
    sizes = sorted(len(people) for people in incidents.values())
    assert sizes[-1] <= SETTINGS.largest_incident
    assert sizes[0] >= 1
    assert sizes[-1] > 50 > sizes[len(sizes) // 2]
    followers = [person for people in incidents.values() for person in people[1:]]
    assert as_set(sum(bool(person.kin) for person in followers), len(followers), SETTINGS.families_together)
    assert all(many.people[person.kin_of].incident == person.incident for person in followers if person.kin)
    parents = [(person, many.people[person.kin_of]) for person in followers if person.kin]
    of_age = [person.kin == "child" for person, of in parents if of.sex == "M" and (of.died - of.born).days > 365 * 38]
    assert as_set(sum(of_age), len(of_age), SETTINGS.children_together)


def test_kin_and_namesakes_are_as_many_as_set_and_are_what_they_are_called(many: Population) -> None:
    outside = [person for person in many.people if not person.incident]
    kinds = Counter(person.kin for person in outside)
    assert as_set(kinds["sibling"] + kinds["child"], len(outside), SETTINGS.siblings + SETTINGS.children)
    assert as_set(kinds["cousin"], len(outside), SETTINGS.cousins)
    assert as_set(kinds["namesake"], len(outside), SETTINGS.namesakes)
    near = [person.place == many.people[person.kin_of].place for person in outside if person.kin]
    assert sum(near) >= (SETTINGS.kin_near - 0.05) * len(near)
    for person in many.people:
        if person.kin:
            assert _is_kin(person, many.people[person.kin_of]), person


def _is_kin(person: Person, of: Person) -> bool:
    same = {
        "sibling": (person.father, person.grandfather, person.mother) == (of.father, of.grandfather, of.mother)
        and person.given != of.given,
        "child": (person.father, person.grandfather) == (of.given, of.father)
        and of.sex == "M"
        and (person.born - of.born).days >= 365 * 18,
        "cousin": (person.given, person.grandfather) == (of.given, of.grandfather) and person.father != of.father,
        "namesake": (person.given, person.father) == (of.given, of.father),
    }
    return same[person.kin] and person.family == of.family and of.pid < person.pid


def test_a_list_as_handed_over_has_its_own_columns_and_no_truth(tmp_path: Path) -> None:
    population = generate(msgspec.structs.replace(SETTINGS, people=2000), 4)
    write(population, tmp_path)
    meanings = _rows(tmp_path / "lists" / "columns.csv")
    for habits in SETTINGS.lists:
        rows = _rows(tmp_path / "lists" / f"{habits.name}.csv")
        assert list(rows[0]) == [HEADINGS[habits.headings][column] for column in ("number", *habits.columns)]
        assert [one["meaning"] for one in meanings if one["list"] == habits.name] == ["number", *habits.columns]
        truth = [row for row in population.records if row.source == habits.name]
        assert [row[HEADINGS[habits.headings]["date"]] for row in rows] == [row.date_written for row in truth]
        assert [next(iter(row.values())) for row in rows] == [str(n) for n in range(1, len(truth) + 1)]
        numbered = [(row.number, row.pid) for row in truth if row.pid is not None]
        assert abs(_correlation(numbered)) < 0.15
    assert {path.name for path in (tmp_path / "lists").iterdir()} == {"columns.csv", *(f"{one.name}.csv" for one in SETTINGS.lists)}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _correlation(pairs: list[tuple[int, int]]) -> float:
    mean_x, mean_y = (sum(values) / len(pairs) for values in zip(*pairs, strict=True))
    crossed = sum((x - mean_x) * (y - mean_y) for x, y in pairs)
    spread = sum((x - mean_x) ** 2 for x, _ in pairs) * sum((y - mean_y) ** 2 for _, y in pairs)
    return float(crossed / sqrt(spread))


def test_the_files_of_truth_say_whom_each_row_means_and_give_back_the_settings(tmp_path: Path) -> None:
    population = generate(FEW, 4)
    write(population, tmp_path)
    records, combined = _rows(tmp_path / "truth" / "records.csv"), _rows(tmp_path / "truth" / "combined.csv")
    assert (
        [row["pid"] for row in records]
        == [row["pid"] for row in combined]
        == ["" if row.pid is None else str(row.pid) for row in population.records]
    )
    assert list(combined[0])[:11] == ["unique_id", "source", "pid", "given", "father", "family", "mother", "gov", "date", "age", "sex"]
    people = _rows(tmp_path / "truth" / "people.csv")
    assert [(row["gov"], int(row["year"]), row["pattern"]) for row in people] == [
        (p.place.governorate, p.died.year, p.pattern) for p in population.people
    ]
    kept = msgspec.json.decode((tmp_path / "truth" / "settings.json").read_bytes())
    assert generate(msgspec.convert(kept["settings"], Settings), kept["seed"]) == population


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"women": 1.5}, "women"),
        ({"first_day": "31/02/2014"}, "31/02/2014"),
        ({"classes": (CaptureClass(share=1.0, coverage=(0.5,)),)}, "coverage for other than 5 lists"),
        ({"classes": SETTINGS.classes[:1]}, "do not add up to 1"),
        ({"siblings": 0.9, "cousins": 0.9}, "add up to 1.85"),
        ({"dependence": Dependence(first="list2", second="list1")}, "must come after the first"),
        ({"copying": Copying(source="list1", taker="list9")}, "copies from one that is not there"),
        ({"lists": (*SETTINGS.lists[:4], SETTINGS.lists[0])}, "two lists have one name"),
        (
            {"lists": (*SETTINGS.lists[:4], msgspec.structs.replace(SETTINGS.lists[4], columns=("age",)))},
            "lack full_name, or given and family, in list5",
        ),
        ({"lists": (*SETTINGS.lists[:4], msgspec.structs.replace(SETTINGS.lists[4], home=("Atlantis",)))}, "no governorate Atlantis"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_settings_that_make_no_sense_are_refused_by_name(changes: dict[str, object], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        generate(msgspec.structs.replace(FEW, **changes), 1)


def test_a_negative_seed_is_refused() -> None:
    with pytest.raises(UsageError, match="seed -1"):
        generate(FEW, -1)
