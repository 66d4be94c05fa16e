"""Reads a date cell of a victim list into the interval of days it may mean; nothing is made sharper than it was written.

A month is its days, "early 2013" the whole year (how early is not said). A day and month that may be either way round is the interval that holds both, unless
the list states its order. "About" widens by two weeks, a month or a year. What is no date has no interval and a reason, never a guess.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from witnessmark.link.calendars import MONTH_NAMES, Calendar, plain_words
from witnessmark.link.dated import NO_YEAR, DateOrder, DateReading, DateStyle, dated
from witnessmark.link.figures import read_figures
from witnessmark.link.records import DateSpan
from witnessmark.text.dates import find_dates
from witnessmark.text.fold import folded

NOT_READ = "This could not be read as a date."
ABOUT = "The date is said to be uncertain; the interval was widened."

_TIME = re.compile(r"(?:t|\s+|,\s*)(?:at\s+)?\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?|[صم])?\s*(?:z|[+-]\d{2}:?\d{2})?$")
_HIJRI = re.compile(r"(?<=[\d\s])\(?(?:ه|هج|هجري\w*|a\.?h\.?|h)\)?$")
_CHRISTIAN = re.compile(r"(?<=[\d\s])\(?(?:م|ميلادي\w*|a\.?d\.?|c\.?e\.?)\)?$")
_ABOUT = re.compile(
    r"^(?:about|around|approx(?:\.|imately)?|circa|ca?\.|roughly|vers|environ|~|حوالي|تقريبا|نحو)\s*|\s*(?:\(\?\)|\?+|approx\.?|تقريبا|environ)$"
)
_SHADE = re.compile(
    r"^(?:(?:in|during|en|في|خلال)\s+)?(?:(?:very\s+)?(?:early|mid|late)[\s-]+|(?:the\s+)?(?:beginning|start|middle|end)\s+of\s+(?:the\s+)?"
    r"|(?:debut|mi|fin|courant)[\s-]+(?:de\s+|d')?|(?:اوائل|اول|بدايه|بدايات|مطلع|منتصف|اواسط|وسط|اواخر|اخر|نهايه)\s+(?:شهر\s+|عام\s+|سنه\s+)?)?"
)
_BETWEEN = re.compile(
    r"^(?:between\s+|from\s+|entre\s+|du\s+|بين\s+|من\s+)?(.+?)(?:\s+(?:-|to|and|or|until|till|au|et|ou|a|الي|حتي|او|و)\s+|(?<=\d{4})\s*-\s*(?=\d{4}))(.+)$"
)
_MONTH = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, MONTH_NAMES), key=len, reverse=True))})(?!\w)")
_FILLERS = frozenset(
    [
        "of",
        "the",
        "in",
        "on",
        "year",
        "month",
        "day",
        "st",
        "nd",
        "rd",
        "th",
        "er",
        "le",
        "de",
        "du",
        "mois",
        "an",
        "annee",
        "d",
        "ne",
        "nee",
        "born",
        "من",
        "مواليد",
        "شهر",
        "عام",
        "لعام",
        "سنه",
        "لسنه",
        "يوم",
        "في",
        "بتاريخ",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "الاحد",
        "الاثنين",
        "الثلاثاء",
        "الاربعاء",
        "الخميس",
        "الجمعه",
        "السبت",
    ]
)
_LONGEST = 100
_OPENING = frozenset({"between", "from", "in", "on", "the", "during"})
_ABOUT_DAYS = ((1, 15), (31, 31))
"""Up to how many days an interval is long, and by how many "about" then widens it; longer ones by a year."""


@lru_cache(maxsize=1 << 15)
def read_date(written: str, style: DateStyle) -> DateReading:
    """The interval of days that the cell may mean, in the order and calendar of the list."""
    if len(written) > _LONGEST:
        return DateReading(None, NOT_READ)
    text = _TIME.sub("", " ".join(folded(written).split())).strip(" .,;")
    about = _ABOUT.search(text)
    if about:
        text = _ABOUT.sub("", text, count=1)
    text, kind = _without_era(text)
    reading = _read(text, style, kind) or _between(text, style, kind) or _in_english(written, style) or DateReading(None, NOT_READ)
    return DateReading(_widened(reading.span), reading.problem or ABOUT) if about and reading.span else reading


def _without_era(text: str) -> tuple[str, Calendar | None]:
    for pattern, kind in ((_HIJRI, Calendar.HIJRI), (_CHRISTIAN, Calendar.GREGORIAN)):
        bare, found = pattern.subn("", text)
        if found:
            return bare.strip(), kind
    return text, None


def _read(text: str, style: DateStyle, kind: Calendar | None) -> DateReading | None:
    text = _SHADE.sub("", text, count=1)
    return read_figures(text, style, kind) or _month_in_words(text, style, kind)


def _month_in_words(text: str, style: DateStyle, kind: Calendar | None) -> DateReading | None:
    """A date with its month by name, one month by several names ("أيار/مايو") included; None where it is no such date."""
    words = " ".join(re.sub(r"[/.\\|]", " ", plain_words(text)).split())
    named = {MONTH_NAMES[name] for name in _MONTH.findall(words)}
    rest = [word for word in _MONTH.sub(" ", words).split() if word not in _FILLERS]
    if len(named) != 1 or len(rest) > 2 or not all(word.isascii() and word.isdigit() and len(word) <= 4 for word in rest):
        return None
    of, month = next(iter(named))
    if kind is not None and kind is not of:
        return None
    years = [word for word in rest if len(word) > 2]
    if len(years) > 1:
        return None
    if not years and len(rest) == 2:
        years = rest[:1] if style.order is DateOrder.YEAR_FIRST else rest[1:]
    if not years:
        return DateReading(None, NO_YEAR)
    days = list(rest)
    days.remove(years[0]) if style.order is DateOrder.YEAR_FIRST or len(years[0]) > 2 else days.pop()
    return dated(style, years[0], month, int(days[0]) if days and int(days[0]) else None, of=of)


def _between(text: str, style: DateStyle, kind: Calendar | None) -> DateReading | None:
    """Two dates as the ends of one interval, or as two possibilities."""
    found = _BETWEEN.match(text)
    if found is None:
        return None
    first, last = _read(found[1], style, kind), _read(found[2], style, kind)
    if first is None or last is None or first.span is None or last.span is None or first.span.earliest > last.span.latest:
        return None
    return DateReading(DateSpan(first.span.earliest, last.span.latest), first.problem or last.problem)


def _in_english(written: str, style: DateStyle) -> DateReading | None:
    """What the reader of prose makes of the whole cell ("12-14 May 2013", "spring 2013", "the first half of 2013")."""
    text = "".join(folded(sign) if sign.isdigit() else sign for sign in written).strip()
    times = find_dates(text)
    if len(times) != 1:
        return None
    start, end, earliest, latest = times[0]
    if earliest is None or latest is None or {*plain_words(text[:start] + " " + text[end:]).split()} - _OPENING:
        return None
    ends = dated(style, earliest[:4], None, None), dated(style, latest[:4], None, None)
    if any(end.span is None for end in ends):
        return next(end for end in ends if end.span is None)
    return DateReading(DateSpan(dt.date.fromisoformat(earliest), dt.date.fromisoformat(latest)))


def _widened(span: DateSpan | None) -> DateSpan | None:
    if span is None:
        return None
    length = (span.latest - span.earliest).days + 1
    days = dt.timedelta(days=next((by for most, by in _ABOUT_DAYS if length <= most), 366))
    return DateSpan(span.earliest - days, span.latest + days)
