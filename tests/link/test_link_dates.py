import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.link.calendars import Calendar
from witnessmark.link.dated import CENTURY_UNKNOWN, NO_SUCH_DAY, NO_YEAR, TWO_FIGURES, DateOrder, DateStyle
from witnessmark.link.dates import ABOUT, NOT_READ, read_date
from witnessmark.link.figures import SERIAL

PLAIN = DateStyle()
DAY_FIRST = DateStyle(order=DateOrder.DAY_FIRST)
MONTH_FIRST = DateStyle(order=DateOrder.MONTH_FIRST)
HIJRI = DateStyle(calendar=Calendar.HIJRI)
BY_YEAR = DateStyle(calendar=Calendar.BY_YEAR, order=DateOrder.DAY_FIRST)


def ends(written: str, style: DateStyle = PLAIN) -> tuple[str, str] | None:
    span = read_date(written, style).span
    return None if span is None else (span.earliest.isoformat(), span.latest.isoformat())


def problem(written: str, style: DateStyle = PLAIN) -> str:
    return read_date(written, style).problem or ""


@pytest.mark.parametrize(
    ("written", "earliest", "latest"),
    [
        ("2013", "2013-01-01", "2013-12-31"),
        ("2013.0", "2013-01-01", "2013-12-31"),
        ("٢٠١٣", "2013-01-01", "2013-12-31"),
        ("2013-05", "2013-05-01", "2013-05-31"),
        ("2013/5", "2013-05-01", "2013-05-31"),
        ("05/2013", "2013-05-01", "2013-05-31"),
        ("02/2012", "2012-02-01", "2012-02-29"),
        ("May 2013", "2013-05-01", "2013-05-31"),
        ("may, 2013", "2013-05-01", "2013-05-31"),
        ("early 2013", "2013-01-01", "2013-12-31"),
        ("late May 2013", "2013-05-01", "2013-05-31"),
        ("مطلع 2013", "2013-01-01", "2013-12-31"),
        ("أواخر أيار 2013", "2013-05-01", "2013-05-31"),
        ("début 2013", "2013-01-01", "2013-12-31"),
        ("in 2013", "2013-01-01", "2013-12-31"),
        ("مواليد 1980", "1980-01-01", "1980-12-31"),
        ("2013-05-12", "2013-05-12", "2013-05-12"),
        ("2013-05-12 00:00:00", "2013-05-12", "2013-05-12"),
        ("2013-05-12T10:11:12Z", "2013-05-12", "2013-05-12"),
        ("20130512", "2013-05-12", "2013-05-12"),
        ("12 May 2013", "2013-05-12", "2013-05-12"),
        ("12-May-2013", "2013-05-12", "2013-05-12"),
        ("12th of May, 2013", "2013-05-12", "2013-05-12"),
        ("May 12, 2013", "2013-05-12", "2013-05-12"),
        ("Sunday 12 May 2013", "2013-05-12", "2013-05-12"),
        ("1er mai 2013", "2013-05-01", "2013-05-01"),
        ("12 août 2013", "2013-08-12", "2013-08-12"),
        ("١٢ أيار ٢٠١٣", "2013-05-12", "2013-05-12"),
        ("12 أيار/مايو 2013", "2013-05-12", "2013-05-12"),
        ("12 كانون الثاني 2013", "2013-01-12", "2013-01-12"),
        ("تشرين الأول 2012", "2012-10-01", "2012-10-31"),
        ("25/04/2014", "2014-04-25", "2014-04-25"),
        ("04/25/2014", "2014-04-25", "2014-04-25"),
        ("12.05.2013", "2013-05-12", "2013-05-12"),
        ("07/07/2013", "2013-07-07", "2013-07-07"),
        ("00/05/2013", "2013-05-01", "2013-05-31"),
        ("2013-05-00", "2013-05-01", "2013-05-31"),
        ("xx/xx/2013", "2013-01-01", "2013-12-31"),
        ("2012 or 2013", "2012-01-01", "2013-12-31"),
        ("2013-2014", "2013-01-01", "2014-12-31"),
        ("2013 - 2014", "2013-01-01", "2014-12-31"),
        ("3/2013 - 5/2013", "2013-03-01", "2013-05-31"),
        ("between 2 May 2013 and 5 May 2013", "2013-05-02", "2013-05-05"),
        ("12-14 May 2013", "2013-05-12", "2013-05-14"),
        ("spring 2013", "2013-03-01", "2013-05-31"),
        ("2013 م", "2013-01-01", "2013-12-31"),
    ],
)
def test_a_date_is_the_interval_it_is_written_as(written: str, earliest: str, latest: str) -> None:
    assert ends(written) == (earliest, latest)
    assert problem(written) == ""


def test_a_day_and_month_that_may_be_either_way_round_is_the_interval_that_holds_both() -> None:
    assert ends("03/04/2014") == ("2014-03-04", "2014-04-03")
    assert "date_order" in problem("03/04/2014")


def test_the_stated_order_settles_day_and_month() -> None:
    assert ends("03/04/2014", DAY_FIRST) == ("2014-04-03", "2014-04-03")
    assert ends("٠٣/٠٤/٢٠١٤", MONTH_FIRST) == ("2014-03-04", "2014-03-04")
    assert problem("03/04/2014", DAY_FIRST) == ""


def test_a_date_that_only_fits_another_order_than_the_stated_one_is_no_date() -> None:
    assert (ends("04/25/2014", DAY_FIRST), problem("04/25/2014", DAY_FIRST)) == (None, NO_SUCH_DAY)


def test_a_list_said_to_put_the_year_first_leaves_a_date_with_the_year_last_open() -> None:
    assert ends("03/04/2014", DateStyle(order=DateOrder.YEAR_FIRST)) == ("2014-03-04", "2014-04-03")


@pytest.mark.parametrize("written", ["31/02/2014", "2014-02-30", "31 June 2013", "June 31, 2013", "29/02/2013", "32 أيار 2013"])
def test_a_day_that_is_in_no_calendar_is_no_date(written: str) -> None:
    assert (ends(written, DAY_FIRST), problem(written, DAY_FIRST)) == (None, NO_SUCH_DAY)


@pytest.mark.parametrize("written", ["12/05", "May 12", "12 أيار", "May-13"])
def test_a_date_without_a_year_is_given_none(written: str) -> None:
    assert (ends(written), problem(written)) == (None, NO_YEAR)


@pytest.mark.parametrize(
    "written", ["hello", "before 2014", "since May 2013", "#REF!", "30", "12345678901", "2014 2015 2016", "2013" * 40, "two days ago"]
)
def test_what_is_no_date_has_no_interval_and_a_reason(written: str) -> None:
    assert (ends(written), problem(written)) == (None, NOT_READ)


def test_about_widens_a_day_by_two_weeks_a_month_by_a_month_and_a_year_by_a_year() -> None:
    assert ends("about 20 May 2013") == ("2013-05-05", "2013-06-04")
    assert ends("حوالي أيار 2013") == ("2013-03-31", "2013-07-01")
    assert ends("2013?") == ("2012-01-01", "2015-01-01")
    assert problem("2013?") == ABOUT


def test_a_year_of_two_figures_is_read_and_told() -> None:
    assert ends("3/4/14", DAY_FIRST) == ("2014-04-03", "2014-04-03")
    assert ends("3/4/78", DAY_FIRST) == ("1978-04-03", "1978-04-03")
    assert ends("12 May 13") == ("2013-05-12", "2013-05-12")
    assert problem("3/4/14", DAY_FIRST) == TWO_FIGURES


def test_a_birth_with_a_year_of_two_figures_may_be_of_either_century() -> None:
    born = DateStyle(order=DateOrder.DAY_FIRST, of_birth=True)
    assert (ends("3/4/14", born), problem("3/4/14", born)) == (None, CENTURY_UNKNOWN)
    assert ends("3/4/78", born) == ("1978-04-03", "1978-04-03")


def test_a_day_number_of_excel_is_the_day_and_told() -> None:
    assert ends("41732") == ("2014-04-03", "2014-04-03")
    assert problem("41732") == SERIAL
    assert ends("40270", DateStyle(day_zero=dt.date(1904, 1, 1))) == ("2014-04-03", "2014-04-03")


@pytest.mark.parametrize(
    ("written", "style"),
    [
        ("15/9/1434", HIJRI),
        ("15/9/1434 هـ", PLAIN),
        ("15-9-1434 AH", DAY_FIRST),
        ("15 رمضان 1434", PLAIN),
        ("15 Ramadan 1434", PLAIN),
        ("١٥ رمضان ١٤٣٤ هـ", HIJRI),
        ("15/9/1434", BY_YEAR),
        ("1434/9/15", BY_YEAR),
    ],
)
def test_a_hijri_date_is_its_day_with_one_more_at_either_end(written: str, style: DateStyle) -> None:
    assert ends(written, style) == ("2013-07-22", "2013-07-24")


def test_a_hijri_month_and_year_are_intervals() -> None:
    assert ends("رمضان 1434") == ("2013-07-08", "2013-08-08")
    assert ends("1435", HIJRI) == ("2013-11-04", "2014-10-25")


def test_a_year_of_the_other_calendar_is_not_read_unless_the_list_is_said_to_mix_them() -> None:
    for written, style in (("12/05/1434", PLAIN), ("12/05/2013", HIJRI), ("رمضان 2013", PLAIN)):
        assert ends(written, style) is None
        assert "by-year" in problem(written, style)
    assert ends("12/05/2013", BY_YEAR) == ("2013-05-12", "2013-05-12")


def test_a_gregorian_date_in_a_hijri_list_is_read_where_it_says_what_it_is() -> None:
    assert ends("12 أيار 2013", HIJRI) == ("2013-05-12", "2013-05-12")
    assert ends("25/05/2013 م", HIJRI) == ("2013-05-25", "2013-05-25")


def test_a_year_in_which_nobody_on_a_list_can_have_lived_is_refused() -> None:
    assert ends("01/01/1700") is None
    assert "1850 to 2100" in problem("01/01/1700")


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_a_day_comes_back_in_every_order_it_is_written_in(day: dt.date) -> None:
    one = (day.isoformat(), day.isoformat())
    assert ends(day.isoformat()) == one
    assert ends(f"{day:%d/%m/%Y}", DAY_FIRST) == one
    assert ends(f"{day:%m/%d/%Y}", MONTH_FIRST) == one
    assert ends(f"{day.day} {day:%B} {day.year}") == one
    either_way = read_date(f"{day:%d/%m/%Y}", PLAIN).span
    assert either_way is not None
    assert either_way.earliest <= day <= either_way.latest


@given(
    st.one_of(st.text(max_size=40), st.text("0123456789٠١٢٣/-. xX?هـمayMprilأيارto~", max_size=20)),
    st.sampled_from([PLAIN, DAY_FIRST, HIJRI, BY_YEAR]),
)
def test_whatever_stands_in_a_cell_gives_an_interval_or_a_reason(written: str, style: DateStyle) -> None:
    reading = read_date(written, style)
    assert reading.span is not None or reading.problem
    assert reading.span is None or reading.span.earliest <= reading.span.latest
