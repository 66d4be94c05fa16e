"""Dates in Arabic: Levantine, Gregorian and Maghrebi month names, Western and Arabic-Indic digits, "أيار/مايو" pairs."""

from __future__ import annotations

import re

from witnessmark.text.fold import folded
from witnessmark.text.gregorian import day_of
from witnessmark.text.periods import Period, day, month

_NAMES: tuple[tuple[str, ...], ...] = (
    ("كانون الثاني", "يناير", "جانفي"),
    ("شباط", "فبراير", "فيفري"),
    ("آذار", "مارس"),
    ("نيسان", "أبريل", "إبريل", "أفريل"),
    ("أيار", "مايو", "ماي"),
    ("حزيران", "يونيو", "جوان"),
    ("تموز", "يوليو", "جويلية"),
    ("آب", "أغسطس", "أوت"),
    ("أيلول", "سبتمبر"),
    ("تشرين الأول", "أكتوبر"),
    ("تشرين الثاني", "نوفمبر"),
    ("كانون الأول", "ديسمبر"),
)
ARABIC_MONTHS: dict[str, int] = {folded(name): number for number, names in enumerate(_NAMES, start=1) for name in names}

_MARK = "[\u064b-\u0652\u0670ـ]*"
_LETTERS = {"ا": "[اأإآ]", "ي": "[يى]", "ه": "[هة]"}


def _spelled(name: str) -> str:
    return "".join(r"\s+" if letter == " " else _LETTERS.get(letter, re.escape(letter)) + _MARK for letter in name)


_MONTH = "(?:" + "|".join(_spelled(name) for name in sorted(ARABIC_MONTHS, key=len, reverse=True)) + ")"
ARABIC_DATE = re.compile(
    rf"(?<![\w])(?:(?P<ar_day>\d{{1,2}})\s*(?:من\s+)?(?:شهر\s+)?)?(?P<ar_month>{_MONTH})(?:\s*/\s*{_MONTH})?(?:\s*(?:من\s+)?(?:عام\s+|سنة\s+)?،?\s*(?P<ar_year>\d{{4}}))?(?!\w)"
)


def month_and_day(found: re.Match[str]) -> tuple[int, int | None, int | None]:
    """Month, day and year of a match of `ARABIC_DATE`; day and year None where not written."""
    number = ARABIC_MONTHS[re.sub(r"\s+", " ", folded(found["ar_month"]))]
    return number, int(found["ar_day"]) if found["ar_day"] else None, int(found["ar_year"]) if found["ar_year"] else None


def full_period(year: int, number: int, day_number: int | None) -> Period | None:
    """The month, or the day of it."""
    if day_number is None:
        return month(year, number)
    date = day_of(year, number, day_number)
    return day(date) if date else None
