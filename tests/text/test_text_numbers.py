"""Counts stay as wide as they were written, and numbers that count nobody are left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.text.numbers import find_counts

Row = tuple[str, int | None, int | None, str | None, bool]


def read(text: str) -> list[Row]:
    return [(text[c.start : c.end], c.min, c.max, c.per.value if c.per else None, c.approximate) for c in find_counts(text)]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("killed 1,234 people", ("1,234", 1234, 1234, None, False)),
        ("twenty-three men", ("twenty-three", 23, 23, None, False)),
        ("TWENTY-THREE MEN", ("TWENTY-THREE", 23, 23, None, False)),
        ("a hundred and four women", ("a hundred and four", 104, 104, None, False)),
        ("two dozen bodies", ("two dozen", 24, 24, None, False)),
        ("half a million people", ("half a million", 500_000, 500_000, None, False)),
        ("one and a half million people", ("one and a half million", 1_500_000, 1_500_000, None, False)),
        ("dozens fled", ("dozens", 24, None, None, False)),
        ("hundreds fled", ("hundreds", 200, None, None, False)),
        ("scores of men fled", ("scores", 40, None, None, False)),
        ("thousands fled", ("thousands", 2000, None, None, False)),
        ("tens of thousands fled", ("tens of thousands", 20_000, None, None, False)),
        ("several hundred fled", ("several hundred", 200, None, None, False)),
        ("at least 13 men", ("at least 13", 13, None, None, False)),
        ("13 or more men", ("13 or more", 13, None, None, False)),
        ("up to 50 men", ("up to 50", None, 50, None, False)),
        ("no more than 50 men", ("no more than 50", None, 50, None, False)),
        ("more than 70 men", ("more than 70", 71, None, None, False)),
        ("over 70 men", ("over 70", 71, None, None, False)),
        ("fewer than 20 men", ("fewer than 20", None, 19, None, False)),
        ("between 300 and 450 men", ("between 300 and 450", 300, 450, None, False)),
        ("300 to 450 men", ("300 to 450", 300, 450, None, False)),
        ("300-450 men", ("300-450", 300, 450, None, False)),
        ("ten to fifteen thousand men", ("ten to fifteen thousand", 10_000, 15_000, None, False)),
        ("about 3,000 men", ("about 3,000", 3000, 3000, None, True)),
        ("an estimated 3,000 men", ("an estimated 3,000", 3000, 3000, None, True)),
        ("some 300 men", ("some 300", 300, 300, None, True)),
        ("as many as 50 detainees a day", ("as many as 50 detainees a day", None, 50, "day", False)),
        ("15 people each night", ("15 people each night", 15, 15, "night", False)),
        ("30 bodies daily", ("30 bodies daily", 30, 30, "day", False)),
        ("40 people a year ago", ("40", 40, 40, None, False)),
        ("more than 2000 people", ("more than 2000", 2001, None, None, False)),
        ("as few as 9 men", ("as few as 9", 9, None, None, False)),
        ("at least 30 and perhaps as many as 45 boys", ("at least 30 and perhaps as many as 45", 30, 45, None, False)),
        ("they add up to 12", ("12", 12, 12, None, False)),
    ],
)
def test_a_count_is_read_as_the_interval_it_states(text: str, row: Row) -> None:
    assert read(text) == [row]


@pytest.mark.parametrize(
    "text",
    [
        "in 1999",
        "on 12 May 2016",
        "May 4, 2016",
        "at 10:30",
        "aged 12",
        "a 12-year-old girl",
        "12 years old",
        "45 percent",
        "forty-five per cent",
        "$30 million",
        "thirty million dollars",
        "30 km away",
        "45 minutes later",
        "Article 7",
        "Resolution 2118",
        "the 5th time",
        "the twenty-first",
        "call (318) 619-3946",
        "several men",
        "many men",
        "no one else",
        "Ana Orlo, 34, said",
        "an F-16 jet",
        "a 6-3 vote",
        "between 0630 and 0700",
        "South 22d Street",
    ],
)
def test_a_number_that_counts_nobody_is_left_out(text: str) -> None:
    assert read(text) == []


def test_a_part_is_counted_beside_its_whole() -> None:
    assert [row[1] for row in read("It found 43, including 11 children.")] == [43, 11]


def test_a_change_is_two_counts_and_no_range() -> None:
    assert [row[1:3] for row in read("The toll rose from 3 to 5 dead.")] == [(3, 3), (5, 5)]


def test_the_numeral_itself_is_kept_apart_from_its_bound() -> None:
    text = "as many as 50 detainees a day"
    (count,) = find_counts(text)
    assert text[count.number_start : count.number_end] == "50"


words = st.sampled_from(
    [
        "one",
        "twenty",
        "hundred",
        "thousand",
        "dozen",
        "half a",
        "and",
        "-",
        "to",
        "1,234",
        "5",
        "about",
        "at least",
        "a day",
        "٥",
        "😀",
        ",",
    ]
)


@given(st.one_of(st.text(), st.lists(words, max_size=30).map(" ".join), st.lists(words, max_size=30).map("".join)))
def test_counts_are_ordered_disjoint_and_never_reversed(text: str) -> None:
    position = 0
    for count in find_counts(text):
        assert position <= count.start <= count.number_start < count.number_end <= count.end <= len(text)
        assert count.min is None or count.max is None or count.min <= count.max
        position = count.end


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("five or six, maybe seven bodies", 5, 7),
        ("thirty people or more", 30, None),
        ("upwards of 110 potters", 110, None),
        ("volunteers, not above 40", None, 40),
        ("it was never more than 30", None, 30),
        ("sums that together exceed 600", 601, None),
        ("the camp will pass 5,000", 5001, None),
        ("perhaps a hundred, perhaps more", 100, None),
        ("In January, 1,126 persons", 1126, 1126),
        ("only one death", 1, 1),
    ],
)
def test_bounds_on_either_side_of_a_number_widen_it(text: str, low: int | None, high: int | None) -> None:
    assert [(count.min, count.max) for count in find_counts(text)] == [(low, high)]
