"""Reads an age cell ("30", "30s", "6 months", "child", "بين 20 و 25") into whole years, as one number or a range; and a sex in English, Arabic or French.

A child is 0 to 17 (Convention on the Rights of the Child, article 1). What says less than a range, or is no age, is None with a reason.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from witnessmark.link.calendars import plain_words
from witnessmark.link.records import AgeSpan
from witnessmark.text.date_words import NUMBER, numbered
from witnessmark.text.fold import folded

OLDEST = 120
NO_AGE = "This could not be read as an age."
TOO_OLD = f"Nobody lives beyond {OLDEST} years; is it a year of birth, or another column?"
ABOUT_AGE = "The age is said to be approximate; it was taken as written."
NO_SEX = "This could not be read as a sex."


class AgeReading(NamedTuple):
    """The age in years, None where the cell cannot be used; and what a person should know of it."""

    span: AgeSpan | None
    problem: str | None = None


_YEARS = r"(?:\s*(?:years?(?: old| of age)?|yrs?|y o|y|yo|ans?|سنه|سنوات|سنين|عام|عاما|اعوام))?"
_FIGURES = re.compile(rf"(\d{{1,4}})(?:[.,]\d+)?{_YEARS}")
_PARTS = re.compile(
    r"(?P<count>\d{1,4})(?:[.,]\d+)?\s*(?:(?P<months>months?|mos?|mois|اشهر|شهر|شهرا|شهور)|(?P<weeks>weeks?|semaines?|اسابيع|اسبوع|اسبوعا)"
    r"|(?P<days>days?|jours?|hours?|heures?|ايام|يوم|يوما|ساعات|ساعه))(?: old)?"
)
_DECADE = re.compile(r"(?:(?:in )?(?:his |her |their |the )?(?:early |mid |late )?)?([1-9]0)\s*s")
_DECADE_WORDS = {
    **dict(
        zip(["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"], range(20, 100, 10), strict=True)
    ),
    **dict(
        zip(["عشرينات", "ثلاثينات", "اربعينات", "خمسينات", "ستينات", "سبعينات", "ثمانينات", "تسعينات"], range(20, 100, 10), strict=True)
    ),
    **dict(
        zip(
            ["عشرينيات", "ثلاثينيات", "اربعينيات", "خمسينيات", "ستينيات", "سبعينيات", "ثمانينيات", "تسعينيات"],
            range(20, 100, 10),
            strict=True,
        )
    ),
}
_BETWEEN = re.compile(rf"(?:between |from |entre |de |بين )?(\d{{1,3}})\s*(?:-|to|and|or|et|a|ou|الي|و|او)\s*(\d{{1,3}}){_YEARS}")
_LEAST = re.compile(
    rf"(?:(?:at least|from|au moins|علي الاقل)\s*(\d{{1,3}}){_YEARS}|(\d{{1,3}})\s*(?:\+|and over|or more|or older|et plus){_YEARS})"
)
_OVER = re.compile(rf"(?:>|over|above|older than|more than|plus de|فوق|اكثر من|اكبر من)\s*(\d{{1,3}}){_YEARS}")
_UNDER = re.compile(rf"(?:<|under|below|younger than|less than|moins de|تحت|دون|اقل من|اصغر من)\s*(\d{{1,3}}){_YEARS}")
_ABOUT = re.compile(
    r"^(?:about|around|approx(?:\.|imately)?|circa|ca?\.|roughly|environ|~|حوالي|تقريبا|نحو)\s*|\s*(?:\(\?\)|\?+|approx\.?|تقريبا|environ)$"
)
_WORDS = re.compile(rf"(?P<number>{NUMBER}){_YEARS}")
_BABY = AgeSpan(0, 1)
_CHILD = AgeSpan(0, 17)
_ADULT = AgeSpan(18, None)
_STAGES = {
    **dict.fromkeys(("newborn", "nouveau ne", "nouveau nee", "حديث الولاده"), AgeSpan(0, 0)),
    **dict.fromkeys(("infant", "baby", "nourrisson", "bebe", "رضيع", "رضيعه"), _BABY),
    **dict.fromkeys(("child", "minor", "boy", "girl", "kid", "enfant", "mineur", "mineure", "طفل", "طفله", "قاصر", "اطفال"), _CHILD),
    **dict.fromkeys(("teenager", "teen", "adolescent", "adolescente"), AgeSpan(13, 19)),
    **dict.fromkeys(("adult", "adulte", "man", "woman", "بالغ", "بالغه", "راشد"), _ADULT),
    **dict.fromkeys(("سنه", "عام", "year", "un an"), AgeSpan(1, 1)),
    **dict.fromkeys(("سنتان", "سنتين", "عامان", "عامين"), AgeSpan(2, 2)),
    **dict.fromkeys(("شهر", "شهران", "شهرين", "يوم", "يومان", "يومين", "اسبوع", "اسبوعان", "اسبوعين"), AgeSpan(0, 0)),
}

_SEXES = {
    **dict.fromkeys(
        ["m", "male", "man", "men", "boy", "masculin", "masculine", "homme", "garcon", "h", "mr", "ذكر", "ذ", "رجل", "ولد", "صبي", "شاب"],
        "male",
    ),
    **dict.fromkeys(
        [
            "f",
            "female",
            "woman",
            "women",
            "girl",
            "feminin",
            "feminine",
            "femme",
            "fille",
            "mrs",
            "ms",
            "انثي",
            "ا",
            "امراه",
            "بنت",
            "فتاه",
            "طفله",
            "سيده",
            "نساء",
            "شابه",
        ],
        "female",
    ),
}


@lru_cache(maxsize=1 << 12)
def read_age(written: str) -> AgeReading:
    """The age that the cell states."""
    text = " ".join(folded(written).split()).strip(" .,;")
    if len(text) > 60:
        return AgeReading(None, NO_AGE)
    bare, about = _ABOUT.subn("", text)
    span = _exact(bare) or _range(bare) or _stage(bare)
    if span is None:
        return AgeReading(None, NO_AGE)
    if (span.low or 0) > OLDEST or (span.high or 0) > OLDEST:
        return AgeReading(None, TOO_OLD)
    return AgeReading(AgeSpan(span.low, span.high, approximate=True), ABOUT_AGE) if about else AgeReading(span)


@lru_cache(maxsize=1 << 12)
def read_sex(written: str) -> tuple[str | None, str | None]:
    """The sex as "male" or "female", and a reason where the cell is a word for neither."""
    sex = _SEXES.get(plain_words(written).rstrip("."))
    return sex, None if sex else NO_SEX


def _exact(text: str) -> AgeSpan | None:
    parts = _PARTS.fullmatch(text)
    if parts:
        years = int(parts["count"]) // 12 if parts["months"] else int(parts["count"]) // (52 if parts["weeks"] else 365)
        return AgeSpan(years, years)
    figures = _FIGURES.fullmatch(text)
    if figures:
        return AgeSpan(int(figures[1]), int(figures[1]))
    words = _WORDS.fullmatch(text)
    if words is None or text.startswith(("a", "an")):
        return None
    return AgeSpan(numbered(words["number"]), numbered(words["number"]))


def _range(text: str) -> AgeSpan | None:
    between = _BETWEEN.fullmatch(text)
    if between and int(between[1]) <= int(between[2]):
        return AgeSpan(int(between[1]), int(between[2]))
    decade = _DECADE.fullmatch(text)
    if decade:
        return AgeSpan(int(decade[1]), int(decade[1]) + 9)
    least, over, under = _LEAST.fullmatch(text), _OVER.fullmatch(text), _UNDER.fullmatch(text)
    if least:
        return AgeSpan(int(least[1] or least[2]), None)
    if over:
        return AgeSpan(int(over[1]), None)
    return AgeSpan(None, int(under[1]) - 1) if under and int(under[1]) else None


def _stage(text: str) -> AgeSpan | None:
    words = plain_words(text)
    if words in _STAGES:
        return _STAGES[words]
    last = words.rpartition(" ")[2].removeprefix("ال")
    decade = _DECADE_WORDS.get(last)
    return AgeSpan(decade, decade + 9) if decade else None
