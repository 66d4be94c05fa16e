"""Dates follow the contract: whole periods, Monday to Sunday, nothing relative without a document date, nothing invented."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.text import find_dates

PUBLISHED = "2017-05-16"  # a Tuesday


def read(text: str, published: str | None = PUBLISHED) -> list[tuple[str, str | None, str | None]]:
    return [(text[start:end], earliest, latest) for start, end, earliest, latest in find_dates(text, published)]


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("on 4 May 2016", "2016-05-04", "2016-05-04"),
        ("on May 4, 2016", "2016-05-04", "2016-05-04"),
        ("on May 4th, 2016", "2016-05-04", "2016-05-04"),
        ("on the 4th of May 2016", "2016-05-04", "2016-05-04"),
        ("on Wednesday, May 4, 2016", "2016-05-04", "2016-05-04"),
        ("on 2016-05-04", "2016-05-04", "2016-05-04"),
        ("20 AUG 88", "1988-08-20", "1988-08-20"),
        ("on 23/05/2016", "2016-05-23", "2016-05-23"),
        ("on 04/05/2016", "2016-04-05", "2016-05-04"),
        ("in March 2011", "2011-03-01", "2011-03-31"),
        ("in early March 2011", "2011-03-01", "2011-03-31"),
        ("in mid-2014", "2014-01-01", "2014-12-31"),
        ("in 2013", "2013-01-01", "2013-12-31"),
        ("in the summer of 2014", "2014-06-01", "2014-08-31"),
        ("in the 1980s", "1980-01-01", "1989-12-31"),
        ("in the third quarter of 2015", "2015-07-01", "2015-09-30"),
        ("between March 11 and 14, 2013", "2013-03-11", "2013-03-14"),
        ("from 2011 to 2015", "2011-01-01", "2015-12-31"),
        ("from May to July 2013", "2013-05-01", "2013-07-31"),
        ("on 12-14 May", "2017-05-12", "2017-05-14"),
        ("on 12 March", "2017-03-12", "2017-03-12"),
        ("in February", "2017-02-01", "2017-02-28"),
        ("in October", "2016-10-01", "2016-10-31"),
        ("today", "2017-05-16", "2017-05-16"),
        ("this morning", "2017-05-16", "2017-05-16"),
        ("tonight", "2017-05-16", "2017-05-16"),
        ("yesterday", "2017-05-15", "2017-05-15"),
        ("tomorrow", "2017-05-17", "2017-05-17"),
        ("last night", "2017-05-15", "2017-05-15"),
        ("He spoke Monday", "2017-05-15", "2017-05-15"),
        ("He spoke Tuesday", "2017-05-16", "2017-05-16"),
        ("last Tuesday", "2017-05-09", "2017-05-09"),
        ("last Tuesday night", "2017-05-09", "2017-05-09"),
        ("last Friday", "2017-05-12", "2017-05-12"),
        ("next Friday", "2017-05-19", "2017-05-19"),
        ("They will meet Friday", "2017-05-19", "2017-05-19"),
        ("last week", "2017-05-08", "2017-05-14"),
        ("this week", "2017-05-15", "2017-05-21"),
        ("next week", "2017-05-22", "2017-05-28"),
        ("this month", "2017-05-01", "2017-05-31"),
        ("last year", "2016-01-01", "2016-12-31"),
        ("three days ago", "2017-05-13", "2017-05-13"),
        ("two weeks ago", "2017-05-01", "2017-05-07"),
        ("four months ago", "2017-01-01", "2017-01-31"),
        ("six years ago", "2011-01-01", "2011-12-31"),
        ("in the past five years", "2012-05-16", "2017-05-16"),
        ("١٥ أيار ٢٠١٧", "2017-05-15", "2017-05-15"),
        ("15 أيار/مايو 2017", "2017-05-15", "2017-05-15"),
        ("في كانون الثاني 2014", "2014-01-01", "2014-01-31"),
        ("في ٣ آذار", "2017-03-03", "2017-03-03"),
    ],
)
def test_an_expression_is_the_whole_period_it_names(text: str, earliest: str, latest: str) -> None:
    assert [row[1:] for row in read(text)] == [(earliest, latest)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("since January 2013", ("since January 2013", "2013-01-01", None)),
        ("until May 2013", ("until May 2013", None, "2013-05-31")),
        ("by 2015", ("by 2015", None, "2015-12-31")),
        ("before 4 May 2016", ("before 4 May 2016", None, "2016-05-03")),
        ("after 4 May 2016", ("after 4 May 2016", "2016-05-05", None)),
        ("from 2013 onwards", ("from 2013 onwards", "2013-01-01", None)),
    ],
)
def test_a_bound_leaves_the_other_end_open_where_that_is_asked_for(text: str, expected: tuple[str, str | None, str | None]) -> None:
    assert [(text[s:e], first, last) for s, e, first, last in find_dates(text, open_ends=True)] == [expected]


def test_the_period_named_is_what_an_expression_means_by_default() -> None:
    assert find_dates("since January 2013") == [(6, 18, "2013-01-01", "2013-01-31")]


@pytest.mark.parametrize("text", ["He spoke Monday", "last week", "in October", "today", "two weeks ago", "on 12 March", "a year earlier"])
def test_without_a_document_date_the_words_stay_and_the_days_do_not(text: str) -> None:
    ((words, earliest, latest),) = read(text, None)
    assert words in text
    assert (earliest, latest) == (None, None)


def test_the_date_a_document_states_of_itself_is_what_monday_counts_from() -> None:
    text = "ORVANE, 16 May 2017 (VNA) -- The governor denied it on Monday."
    assert read(text, None) == [("16 May 2017", "2017-05-16", "2017-05-16"), ("Monday", "2017-05-15", "2017-05-15")]


def test_earlier_counts_from_the_date_named_before_it() -> None:
    assert read("It opened in 2014. A year earlier, nobody came.")[1][1:] == ("2013-01-01", "2013-12-31")


@pytest.mark.parametrize(
    "text",
    [
        "They may 5 times",
        "They march on",
        "He may come",
        "The sun rose",
        "He sat down",
        "a second time",
        "the fall of the city",
        "2,013 people",
        "some 2013 people",
        "$2013",
        "April Orlo said",
    ],
)
def test_words_that_only_look_like_dates_are_left_alone(text: str) -> None:
    assert read(text) == []


def test_the_document_date_may_be_a_date_and_must_be_iso() -> None:
    assert find_dates("today", dt.date(2017, 5, 16)) == [(0, 5, "2017-05-16", "2017-05-16")]
    with pytest.raises(ValueError, match="is not an ISO date"):
        find_dates("today", "16 May 2017")


pieces = st.sampled_from(
    [
        "May",
        "5",
        "2016",
        "last",
        "the",
        "year",
        "Friday",
        "since",
        "from",
        "to",
        "31",
        "February",
        "99",
        "quarter",
        "-",
        "/",
        "أيار",
        "٣",
        "ago",
        "a",
        ",",
    ]
)


@given(
    st.one_of(st.text(), st.lists(pieces, max_size=25).map(" ".join), st.lists(pieces, max_size=15).map("".join)),
    st.dates(dt.date(1000, 1, 1), dt.date(9990, 12, 31)),
)
def test_dates_are_ordered_disjoint_and_never_reversed(text: str, published: dt.date) -> None:
    position = 0
    for start, end, earliest, latest in find_dates(text, published):
        assert position <= start < end <= len(text)
        assert earliest is None or latest is None or earliest <= latest
        position = end
