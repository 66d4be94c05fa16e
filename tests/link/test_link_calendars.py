import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.link.calendars import MONTH_NAMES, Calendar, calendar_of, hijri_day, plain_words, span_of


def test_the_epoch_is_the_sixteenth_of_july_622_in_the_julian_calendar() -> None:
    assert hijri_day(1, 1, 1) == dt.date(622, 7, 19)


def test_a_cycle_of_thirty_years_has_10631_days() -> None:
    assert (hijri_day(1431, 1, 1) - hijri_day(1401, 1, 1)).days == 10_631


def test_the_leap_years_of_a_cycle_are_those_of_the_common_tabular_calendar() -> None:
    lengths = {year: (hijri_day(year + 1, 1, 1) - hijri_day(year, 1, 1)).days for year in range(1, 31)}
    assert [year for year, days in lengths.items() if days == 355] == [2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29]
    assert set(lengths.values()) == {354, 355}


@given(st.integers(1, 1525), st.integers(1, 12), st.integers(1, 29))
def test_days_are_those_of_the_formula_by_julian_day_numbers(year: int, month: int, day: int) -> None:
    # Explanatory Supplement to the Astronomical Almanac (1992), section 12.92, derived otherwise than ours.
    julian = (11 * year + 3) // 30 + 354 * year + 30 * month - (month - 1) // 2 + day + 1_948_440 - 385
    assert hijri_day(year, month, day).toordinal() == julian - 1_721_425


def test_ramadan_of_1434_began_on_the_ninth_of_july_2013() -> None:
    assert hijri_day(1434, 9, 1) == dt.date(2013, 7, 9)


def test_a_hijri_day_is_a_day_wider_at_either_end_because_months_are_seen_and_not_reckoned() -> None:
    span = span_of(Calendar.HIJRI, 1434, 9, 1)
    assert span is not None
    assert (span.earliest, span.latest) == (dt.date(2013, 7, 8), dt.date(2013, 7, 10))


def test_a_thirtieth_day_is_taken_in_every_hijri_month_and_a_thirty_first_in_none() -> None:
    assert span_of(Calendar.HIJRI, 1435, 2, 30) is not None
    assert span_of(Calendar.HIJRI, 1435, 1, 31) is None


@given(st.integers(1266, 1525), st.integers(1, 12), st.integers(1, 29))
def test_a_hijri_day_lies_in_its_month_and_its_month_in_its_year(year: int, month: int, day: int) -> None:
    spans = [span_of(Calendar.HIJRI, year, *parts) for parts in ((month, day), (month, None), (None, None))]
    one, whole_month, whole_year = (span for span in spans if span is not None)
    assert whole_year.earliest <= whole_month.earliest <= one.earliest <= one.latest <= whole_month.latest <= whole_year.latest


@pytest.mark.parametrize(("year", "kind"), [(2013, Calendar.GREGORIAN), (1434, Calendar.HIJRI), (1600, None), (13, None)])
def test_the_year_shows_the_calendar(year: int, kind: Calendar | None) -> None:
    assert calendar_of(year, Calendar.BY_YEAR) is kind


def test_all_months_of_each_calendar_have_names() -> None:
    assert {number for kind, number in MONTH_NAMES.values() if kind is Calendar.HIJRI} == set(range(1, 13))
    assert {number for kind, number in MONTH_NAMES.values() if kind is Calendar.GREGORIAN} == set(range(1, 13))


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("Dhu al-Hijja", 12),
        ("Dhul-Hijja", 12),
        ("Zulhijja", 12),
        ("Dhu al-Qa'da", 11),
        ("Dhul-Qa'dah", 11),
        ("Dhul Qadah", 11),
        ("Jumada al-akhira", 6),
        ("Jumada al-Ula", 5),
        ("Rabi' al-Awwal", 3),
        ("Rabi' ath-Thani", 4),
        ("Rabi II", 4),
    ],
)
def test_a_hijri_month_is_known_by_its_latin_spellings(written: str, number: int) -> None:
    assert MONTH_NAMES[plain_words(written)] == (Calendar.HIJRI, number)
