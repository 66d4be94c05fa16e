"""Who is counted as a victim, as how many, and who never is."""

from __future__ import annotations

import pytest

from witnessmark.claims import ClaimReader
from witnessmark.model.claim import VictimCount

DAY = "2024-05-08"
Row = tuple[int | None, int | None, str | None]


def victims(reader: ClaimReader, sentence: str) -> list[VictimCount]:
    """All victim counts of the claims in one sentence somebody says."""
    return [count for claim in reader.read(f"The Lakes Council said {sentence}", DAY) for count in claim.victims]


def rows(reader: ClaimReader, sentence: str) -> list[Row]:
    return [(count.min, count.max, count.harm.value if count.harm else None) for count in victims(reader, sentence)]


@pytest.mark.parametrize(
    ("sentence", "row"),
    [
        ("soldiers killed 12 people.", (12, 12, "killed")),
        ("12 people were killed.", (12, 12, "killed")),
        ("the death of 12 farmhands shook the valley.", (12, 12, "killed")),
        ("the flood of fire claimed the lives of 12 people.", (12, 12, "killed")),
        ("troops murdered five potters.", (5, 5, "killed")),
        ("at least 16 deckhands were injured.", (16, None, "injured")),
        ("the nine weavers who were killed had been tied.", (9, 9, "killed")),
        ("nearly 200 people were arrested.", (200, 200, "detained")),
        ("gunmen kidnapped 20 clerks.", (20, 20, "missing")),
        ("the ministry put the number of dead at 70.", (70, 70, "killed")),
        ("two porters were among those killed.", (2, 2, "killed")),
    ],
)
def test_a_number_is_bound_to_what_befell_those_it_counts(reader: ClaimReader, sentence: str, row: Row) -> None:
    assert row in rows(reader, sentence)


def test_what_a_blast_leaves_is_counted_by_its_state(reader: ClaimReader) -> None:
    assert rows(reader, "a blast left 3 dead and 14 wounded.") == [(3, 3, "killed"), (14, 14, "injured")]


def test_a_part_points_to_its_whole(reader: ClaimReader) -> None:
    whole, part = victims(reader, "soldiers killed 43 people, including 11 children.")
    assert (whole.min, whole.includes, part.min, part.includes) == (43, None, 11, 0)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("a judge was murdered.", "a judge"),
        ("soldiers killed Judge Ana Orlo.", "Judge Ana Orlo"),
        ("gunmen kidnapped a teacher.", "a teacher"),
        ("a young man was wounded near the mill.", "a young man"),
    ],
)
def test_one_person_who_suffers_is_a_count_of_one(reader: ClaimReader, sentence: str, words: str) -> None:
    (count,) = victims(reader, sentence)
    assert (count.min, count.max, count.text) == (1, 1, words)


@pytest.mark.parametrize(
    "sentence",
    [
        "soldiers killed nobody.",
        "no farmer was killed.",
        "the army killed the villagers.",
        "shells hit the population.",
        "rockets destroyed a house.",
        "soldiers wounded him.",
    ],
)
def test_nobody_a_crowd_a_thing_and_a_pronoun_are_no_count_of_one(reader: ClaimReader, sentence: str) -> None:
    assert victims(reader, sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "forty soldiers attacked the town.",
        "four armed men kidnapped the mayor's staff.",
        "the staff was kidnapped by four men.",
        "testimony was gathered from 115 members of the army.",
        "the murderers fired 30 shells at 12 houses.",
        "the raid took place between 0630 and 0700.",
    ],
)
def test_attackers_witnesses_things_and_times_are_never_victims(reader: ClaimReader, sentence: str) -> None:
    assert [row for row in rows(reader, sentence) if row[:2] != (1, 1)] == []


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("about 30", (30, 30, True)),
        ("some 30", (30, 30, True)),
        ("nearly 30", (30, 30, True)),
        ("more than 30", (31, None, False)),
        ("as many as 30", (None, 30, False)),
        ("no fewer than 30", (30, None, False)),
        ("dozens of", (24, None, False)),
        ("scores of", (40, None, False)),
    ],
)
def test_a_vague_number_is_never_read_as_an_exact_one(reader: ClaimReader, words: str, read: tuple[int | None, int | None, bool]) -> None:
    (count,) = victims(reader, f"soldiers killed {words} villagers.")
    assert (count.min, count.max, count.approximate) == read


def test_a_telex_in_capitals_is_counted_like_any_text(reader: ClaimReader) -> None:
    text = "THE LAKES COUNCIL SAID TODAY THAT GUNMEN HAD KILLED ODILO MARRANTEZ AND WOUNDED THREE PORTERS NEAR THE OLD BRIDGE."
    counts = [(count.min, count.max, count.text) for claim in reader.read(text, DAY) for count in claim.victims]
    assert counts == [(1, 1, "ODILO MARRANTEZ"), (3, 3, "THREE PORTERS")]


@pytest.mark.parametrize(
    ("sentence", "row"),
    [
        ("83 killings of weavers were verified.", (83, 83, "killed")),
        ("17 potters were led away.", (17, 17, "detained")),
        ("nine weavers were in the stables in May.", (9, 9, "detained")),
        ("three dockers appear to have died.", (3, 3, "affected")),
        ("guards poured ash into the eyes of three boys.", (3, 3, "injured")),
        ("between 30 and 40 ferrymen were marched off.", (30, 40, "detained")),
        ("the number of dead was put at 57.", (57, 57, "killed")),
    ],
)
def test_people_suffer_by_more_than_the_acts_of_the_list(reader: ClaimReader, sentence: str, row: Row) -> None:
    assert row in rows(reader, sentence)


def test_a_part_after_a_comma_points_to_its_whole(reader: ClaimReader) -> None:
    whole, part = victims(reader, "13 prisoners, seven of them women, had been kept there.")
    assert (whole.min, whole.includes, part.min, part.includes) == (13, None, 7, 0)


@pytest.mark.parametrize(
    "sentence",
    [
        "not one farmer was hurt.",
        "not a single farmer was killed.",
        "he interviewed 40 people, 12 of them women.",
        "forty soldiers were in the square.",
        "the number of houses burned was put at 57.",
        "it found the stubs of 13 missing leaves.",
    ],
)
def test_nobody_witnesses_soldiers_and_things_are_no_toll(reader: ClaimReader, sentence: str) -> None:
    assert victims(reader, sentence) == []


def test_a_rate_named_before_its_number_is_a_rate(reader: ClaimReader) -> None:
    (count,) = victims(reader, "every night they took out three or four.")
    assert (count.min, count.max, count.per) == (3, 4, "night")
