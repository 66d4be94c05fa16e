"""The calendars lists are dated in: days of the Hijri calendar as days of the Gregorian one, and the names of months.

Hijri dates are reckoned by the tabular calendar (leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29 of thirty, epoch 16 July 622 Julian;
Reingold and Dershowitz, Calendrical Calculations, chapter 7). A month begins where its crescent was seen, which is a day before or after the reckoned one,
so every Hijri date is an interval with a day more at either end.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import product

from witnessmark.link.records import DateSpan
from witnessmark.text.arabic_dates import ARABIC_MONTHS
from witnessmark.text.fold import folded
from witnessmark.text.gregorian import MONTHS, day_of


class Calendar(StrEnum):
    """What a list says its dates are in; `by-year` tells the two apart by the year, for lists that mix them."""

    GREGORIAN = "gregorian"
    HIJRI = "hijri"
    BY_YEAR = "by-year"


YEARS = {Calendar.GREGORIAN: range(1850, 2101), Calendar.HIJRI: range(1266, 1526)}
"""Years in which somebody on a list can have been born or have died; the two calendars share none, so the year shows which one is meant."""

_EPOCH = dt.date(622, 7, 19).toordinal()
_OBSERVED = dt.timedelta(days=1)

_FRENCH = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre"
_LATIN: dict[int, tuple[str, str]] = {
    3: ("rabi|rabia|rabii|rabee", "al awwal|ul awwal|i awwal|al awal|ul awal|awwal|awal|i"),
    4: ("rabi|rabia|rabii|rabee", "al thani|ath thani|ul thani|us sani|al sani|thani|al akhir|al akhar|ul akhir|akhir|ii"),
    5: ("jumada|jumaada|jumadi|jamadi|jamada", "al ula|al oula|ul ula|ula|al awwal|ul awwal|al awal|awwal|i"),
    6: (
        "jumada|jumaada|jumadi|jamadi|jamada",
        "al akhirah|al akhira|al akhir|ul akhir|akhirah|akhira|al thani|ath thani|al thaniyah|al thaniya|ul thani|us sani|thani|ii",
    ),
    11: ("dhu al|dhu l|dhul|dhi al|dhil|zu al|zul|zil|thul|thu al", "qadah|qada|qaadah|qaada|qidah|qida|qaeda|qadeh|kadah|kada"),
    12: ("dhu al|dhu l|dhul|dhi al|dhil|zu al|zul|zil|thul|thu al", "hijjah|hijja|hijah|hija|hijje|hejja|hajj"),
}
"""By month of two words: how each is written in Latin letters, in any combination, with a space between or none."""
_HIJRI: tuple[tuple[str, ...], ...] = (
    ("محرم", "المحرم", "muharram", "moharram"),
    ("صفر", "safar"),
    ("ربيع الأول", "ربيع أول"),
    ("ربيع الثاني", "ربيع الآخر", "ربيع ثاني"),
    ("جمادى الأولى", "جمادى الأول"),
    (
        "جمادى الآخرة",
        "جمادى الثانية",
        "جمادى الثاني",
        "جمادى الآخر",
    ),
    ("رجب", "rajab"),
    ("شعبان", "shaban", "shaaban"),
    ("رمضان", "ramadan", "ramadhan"),
    ("شوال", "shawwal", "shawal"),
    ("ذو القعدة", "ذي القعدة", "ذو قعدة"),
    ("ذو الحجة", "ذي الحجة", "ذو حجة"),
)


def plain_words(text: str) -> str:
    """Folded, with one space between words and between a figure and a word; apostrophes, which transliterations differ in, are left out."""
    bare = re.sub(r"'", "", folded(text))
    return " ".join(re.sub(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)|[\s,;،()\[\]_-]", " ", bare).split())


def _latin_names() -> Iterator[tuple[str, int]]:
    """The names of Hijri months of two words, each with its number."""
    for number, parts in _LATIN.items():
        for first, second in product(*(part.split("|") for part in parts)):
            yield f"{first} {second}", number
            if len(second) > 2:
                yield f"{first}{second}", number


MONTH_NAMES: dict[str, tuple[Calendar, int]] = {
    **{name: (Calendar.HIJRI, number) for name, number in _latin_names()},
    **{plain_words(name): (Calendar.HIJRI, number) for number, names in enumerate(_HIJRI, start=1) for name in names},
    **{name: (Calendar.GREGORIAN, number) for number, name in enumerate(_FRENCH.split(), start=1)},
    **{name: (Calendar.GREGORIAN, number) for name, number in (ARABIC_MONTHS | MONTHS).items()},
}
"""Names of months in Arabic, English and French as `plain_words` leaves them, with the calendar and the number."""


def calendar_of(year: int, stated: Calendar) -> Calendar | None:
    """The calendar the year is of, as the list says; None where the year is none of that calendar."""
    if stated is Calendar.BY_YEAR:
        return next((kind for kind, years in YEARS.items() if year in years), None)
    return stated if year in YEARS[stated] else None


def span_of(kind: Calendar, year: int, month: int | None, day: int | None) -> DateSpan | None:
    """The day, month or year as an interval; None where there is no such day or month. A Hijri month may be seen to have 30 days where 29 are reckoned."""
    if month is not None and not 1 <= month <= 12:
        return None
    if kind is Calendar.HIJRI:
        return _hijri(year, month, day)
    first, last = month or 1, month or 12
    earliest = day_of(year, first, day or 1)
    latest = earliest if day else day_of(year, last, calendar.monthrange(year, last)[1])
    return DateSpan(earliest, latest) if earliest and latest else None


def hijri_day(year: int, month: int, day: int) -> dt.date:
    """The Gregorian day of a day of the tabular Hijri calendar, not widened."""
    before = (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2
    return dt.date.fromordinal(_EPOCH - 1 + before + day)


def _hijri(year: int, month: int | None, day: int | None) -> DateSpan | None:
    if day is not None and not (month and 1 <= day <= 30):
        return None
    earliest = hijri_day(year, month or 1, day or 1)
    if day:
        latest = earliest
    else:
        next_year, next_month = (year, month + 1) if month and month < 12 else (year + 1, 1)
        latest = hijri_day(next_year, next_month, 1) - dt.timedelta(days=1)
    return DateSpan(earliest - _OBSERVED, latest + _OBSERVED)
