"""The rules that give an expression of time its period; `date_table` holds the pattern each one reads.

A rule answers None where the match turns out to be no date, and UNRESOLVED where it is one that cannot be placed (no document date, nothing it
could refer back to). Early, mid and late keep the whole period: how early is not said.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import NamedTuple

from witnessmark.text import periods
from witnessmark.text.arabic_dates import full_period, month_and_day
from witnessmark.text.date_words import LAST, NEXT, NTH, NUMBER_WORDS, ORDINAL_WORDS, TENS, numbered
from witnessmark.text.gregorian import WEEKDAYS, YEAR, day_in, day_of, full_year, month_number
from witnessmark.text.periods import Period, Unit
from witnessmark.text.tense import Outlook, outlook

UNRESOLVED = Period(None, None, Unit.STRETCH)


class Context(NamedTuple):
    """What an expression may refer to: the document's date, the last period named before it, the last quarter spoken of."""

    text: str
    published: dt.date | None
    anchor: Period | None
    quarter: Period | None


Rule = Callable[[re.Match[str], Context], Period | None]


def stated_day(found: re.Match[str], _context: Context) -> Period | None:
    """The day, where there is such a one."""
    date = day_in(found)
    return periods.day(date) if date else None


def numeric_period(found: re.Match[str], _context: Context) -> Period | None:
    """Day and month in figures; where either order is possible the answer is the stretch that holds both."""
    one, two, year = int(found["one"]), int(found["two"]), full_year(found["year"])
    readings = [date for date in (day_of(year, two, one), day_of(year, one, two)) if date]
    if found["separator"] == ".":
        readings = readings[:1] if day_of(year, two, one) else []
    if not readings:
        return None
    return Period(min(readings), max(readings), Unit.DAY if len(set(readings)) == 1 else Unit.STRETCH)


_FAR_AHEAD_DAYS = 240
_SOON_DAYS = 60
"""How far a day without a year may lie after its document where the nearest verb looks ahead, and where it looks back (TimeBank)."""


def nearest_day(context: Context, start: int, month: int, day: int) -> Period:
    """A day named without its year: ahead of the document where the verb looks ahead, else the nearest that is not far ahead."""
    if context.published is None:
        return UNRESOLVED
    published, ahead = context.published, outlook(context.text, start)
    choices = [date for year in range(published.year - 1, published.year + 2) if (date := day_of(year, month, day))]
    if ahead is Outlook.AHEAD:
        choices = [date for date in choices if 0 <= (date - published).days <= _FAR_AHEAD_DAYS] or choices
    elif ahead is Outlook.BACK:
        choices = [date for date in choices if (date - published).days <= _SOON_DAYS] or choices
    if not choices:
        return UNRESOLVED
    return periods.day(min(choices, key=lambda date: abs(date - published)))


def nearest_month(context: Context, start: int, number: int) -> Period:
    """A month named without its year: the last one begun, or the next where the verb looks ahead."""
    if context.published is None:
        return UNRESOLVED
    published = context.published
    year = published.year if number <= published.month else published.year - 1
    if outlook(context.text, start) is Outlook.AHEAD and number != published.month:
        year = published.year if number > published.month else published.year + 1
    return periods.month(year, number) or UNRESOLVED


def day_and_month(found: re.Match[str], context: Context) -> Period | None:
    """A day whose year is not written."""
    return nearest_day(context, found.start(), month_number(found["month"]), int(found["day"]))


def spelled_day(found: re.Match[str], context: Context) -> Period | None:
    """A day whose number is written in words ("March eighth")."""
    words = re.split(r"[\s-]+", found["ordinal"].casefold())
    day = sum(TENS.get(word, 0) for word in words) + (ORDINAL_WORDS.index(words[-1]) + 1 if words[-1] in ORDINAL_WORDS else 30)
    return nearest_day(context, found.start(), month_number(found["month"]), day)


def days_of_month(found: re.Match[str], context: Context) -> Period | None:
    """Two days of one month: "March 11 and 14", "12-14 May 2016"."""
    month, first, last = month_number(found["month"]), int(found["day"]), int(found["last_day"])
    if last <= first:
        return None
    if found["year"]:
        ends = day_of(full_year(found["year"]), month, first), day_of(full_year(found["year"]), month, last)
    else:
        one = nearest_day(context, found.start(), month, first)
        ends = one.earliest, one.earliest and day_of(one.earliest.year, month, last)
    if ends[0] is None or ends[1] is None:
        return UNRESOLVED if not found["year"] else None
    return Period(ends[0], ends[1], Unit.STRETCH)


def month_and_year(found: re.Match[str], context: Context) -> Period | None:
    """A month of a year written or named relative to the document."""
    month = month_number(found["month"])
    if found["year"]:
        return periods.month(full_year(found["year"]), month)
    if context.published is None:
        return UNRESOLVED
    relative = found["which_year"].casefold()
    shift = -1 if re.match(LAST, relative) else 1 if re.match(NEXT, relative) else 0
    return periods.month(context.published.year + shift, month)


def bare_month(found: re.Match[str], context: Context) -> Period | None:
    """A month whose year is not written."""
    return nearest_month(context, found.start(), month_number(found["month"]))


def which_month(found: re.Match[str], context: Context) -> Period | None:
    """Of months, "last May" is the last one over, "next May" the next to begin, "this May" the one of this year."""
    if context.published is None:
        return UNRESOLVED
    number, published = month_number(found["month"]), context.published
    which = found["which"].casefold()
    year = published.year
    if re.search(LAST, which):
        year -= number >= published.month
    elif re.search(NEXT, which):
        year += number <= published.month
    return periods.month(year, number)


def bare_year(found: re.Match[str], _context: Context) -> Period | None:
    """A calendar year."""
    return periods.year(int(found["year"]))


def spoken_year(found: re.Match[str], _context: Context) -> Period | None:
    """A year as it is spoken ("nineteen ninety-four")."""
    words = re.split(r"[\s-]+", found["spoken"].casefold())
    last = NUMBER_WORDS.index(words[-1]) + 1 if words[-1] in NUMBER_WORDS else 0
    return periods.year(1900 + (TENS.get(words[0], 0) + last if len(words) > 1 else TENS.get(words[0], last)))


def decade_period(found: re.Match[str], _context: Context) -> Period | None:
    """Ten years ("the 1980s", "the nineties")."""
    if found["word"]:
        return periods.decade(1900 + TENS[found["word"].casefold().replace("ies", "y")])
    digits = found["digits"]
    return periods.decade(int(digits) if len(digits) == 4 else 1900 + int(digits))


def century_period(found: re.Match[str], _context: Context) -> Period | None:
    """A hundred years, from the round year."""
    nth = found["nth"].casefold()
    if not nth[0].isdigit():
        words = nth.split("-")
        return periods.century(TENS.get(words[0], 0) + ORDINAL_WORDS.index(words[-1]) + 1)
    return periods.century(int(re.sub(r"\D", "", nth)))


_DAY_WORDS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


def day_word(found: re.Match[str], context: Context) -> Period | None:
    """A day named by its distance from the document's day."""
    if context.published is None:
        return UNRESOLVED
    words = re.sub(r"\s+", " ", found["word"].casefold())
    shift = _DAY_WORDS.get(words, 0)
    if words == "last night":
        shift = -1
    elif words.startswith("the day"):
        shift = -2 if words.endswith("yesterday") else 2
    return periods.day(context.published + dt.timedelta(days=shift))


def weekday_period(found: re.Match[str], context: Context) -> Period | None:
    """DESIGN: bare in the past, the last on or before the document's day; "last Friday" strictly before; "next" and a verb ahead, after it."""
    if context.published is None:
        return UNRESOLVED
    number = WEEKDAYS[found["weekday"].casefold().rstrip(".")]
    back = (context.published.weekday() - number) % 7
    which = (found["which"] or "").casefold()
    if re.search(rf"\b(?:{LAST})\b", which):
        back = back or 7
    elif re.search(rf"\b(?:{NEXT})\b", which) or (
        (which.startswith("this") or outlook(context.text, found.start()) is Outlook.AHEAD) and back
    ):
        back -= 7
    return periods.day(context.published - dt.timedelta(days=back))


def which_unit(found: re.Match[str], context: Context) -> Period | None:
    """The last, this or next week, month, year, ... seen from the document's day."""
    if context.published is None:
        return UNRESOLVED
    which, unit = found["which"].casefold(), Unit(found["unit"].casefold().replace("autumn", "season"))
    now = periods.of_unit(unit, context.published)
    if unit is Unit.WEEKEND and now is not None and not re.search(NEXT, which) and now.earliest and now.earliest > context.published:
        now = (
            now
            if re.search(r"this|coming", which) and outlook(context.text, found.start()) is Outlook.AHEAD
            else periods.shifted(now, unit, -1)
        )
        return now or UNRESOLVED
    shift = -1 if re.search(rf"\b(?:{LAST})\b", which) else 1 if re.search(rf"\b(?:{NEXT})\b", which) else 0
    return (periods.shifted(now, unit, shift) if now else None) or UNRESOLVED


def said_unit(found: re.Match[str], context: Context) -> Period | None:
    """Read "the end of the year", "the following month", "that year" of the last period named, else of the document's day."""
    unit, which = Unit(found["unit"].casefold()), found["which"].casefold()
    shift = -1 if re.search(LAST, which) else 1 if re.search(NEXT, which) else 0
    base = context.anchor.earliest if context.anchor and ("that" in which or "same" in which or shift) else context.published
    if base is None:
        return UNRESOLVED
    now = periods.of_unit(unit, base)
    return (periods.shifted(now, unit, shift) if now else None) or UNRESOLVED


def year_end(_found: re.Match[str], context: Context) -> Period | None:
    """The last day of the document's year."""
    return periods.day(dt.date(context.published.year, 12, 31)) if context.published else UNRESOLVED


def ago_period(found: re.Match[str], context: Context) -> Period | None:
    """Read "N units ago" as one such unit before the document's day, "earlier" and "later" count from the last period named."""
    unit, count = Unit(found["unit"].casefold()), numbered(found["count"] or "a")
    direction = found["direction"].casefold()
    if direction == "ago":
        return _years_before_quarter(context, unit, count) or _before(context.published, unit, -count)
    anchor = context.quarter if unit is Unit.YEAR and context.quarter and direction == "earlier" else context.anchor
    if anchor is None or anchor.earliest is None:
        return _before(context.published, unit, -count) if direction == "earlier" else UNRESOLVED
    sign = 1 if direction in {"later", "after"} else -1
    return periods.shifted(anchor, unit, sign * count) or UNRESOLVED


def _years_before_quarter(context: Context, unit: Unit, count: int) -> Period | None:
    """A report that speaks of a quarter means the same quarter by "a year ago"."""
    if unit is not Unit.YEAR or context.quarter is None or count != 1:
        return None
    return periods.shifted(context.quarter, unit, -count)


def _before(published: dt.date | None, unit: Unit, count: int) -> Period:
    if published is None:
        return UNRESOLVED
    now = periods.of_unit(unit, published)
    return (periods.shifted(now, unit, count) if now else None) or UNRESOLVED


def past_stretch(found: re.Match[str], context: Context) -> Period | None:
    """Let "the past five years" end on the document's day."""
    if context.published is None:
        return UNRESOLVED
    unit, count = found["unit"].casefold(), numbered(found["count"]) if found["count"] else 1
    if unit == "hour":
        start: dt.date | None = context.published - dt.timedelta(days=-(-count // 24))
    else:
        moved = periods.shifted(periods.day(context.published), Unit(unit), -count)
        start = moved.earliest if moved else None
    return Period(start, context.published, Unit.STRETCH) if start else UNRESOLVED


def quarter_period(found: re.Match[str], context: Context) -> Period | None:
    """A quarter named without its year is the last begun; where the verb looks ahead the next, save the one just over, which is being reported."""
    number = NTH[found["nth"].casefold()]
    year = next((found[name] for name in ("year", "year_before") if found[name]), None)
    if year:
        return periods.quarter(full_year(year), number)
    if context.published is None:
        return UNRESOLVED
    which = (found["which_year"] or found["which_before"] or "").casefold()
    now = context.published
    current = (now.month + 2) // 3
    if which:
        shift = -1 if re.search(rf"{LAST}|ago|earlier", which) else 1 if re.search(NEXT, which) else 0
        return periods.quarter(now.year + shift, number)
    if outlook(context.text, found.start()) is Outlook.AHEAD and number % 4 != (current - 1) % 4:
        return periods.quarter(now.year + (number < current), number)
    return periods.quarter(now.year - (number > current), number)


def figure_quarter(found: re.Match[str], _context: Context) -> Period | None:
    """A quarter written in figures ("Q3 2015")."""
    year = found["year"] or found["year_before"]
    return periods.quarter(full_year(year), int(found["q"])) if year else None


def half_period(found: re.Match[str], context: Context) -> Period | None:
    """Half a year."""
    number = 1 if found["nth"].casefold() == "first" else 2
    if found["year"]:
        return periods.half(int(found["year"]), number)
    if context.published is None:
        return UNRESOLVED
    shift = -1 if re.search(LAST, found["which"], re.IGNORECASE) else 1 if re.search(NEXT, found["which"], re.IGNORECASE) else 0
    return periods.half(context.published.year + shift, number)


def this_quarter(found: re.Match[str], context: Context) -> Period | None:
    """Read "the latest quarter", "the 1988 period" as the quarter the report is about, or that of another year."""
    if context.quarter is None or context.quarter.earliest is None:
        return None
    which = found["which"].casefold()
    year = re.search(YEAR, which)
    if year:
        return periods.shifted(context.quarter, Unit.YEAR, int(year[0]) - context.quarter.earliest.year)
    return periods.shifted(context.quarter, Unit.YEAR, -1) if re.search("year|corresponding|comparable", which) else context.quarter


def season_period(found: re.Match[str], context: Context) -> Period | None:
    """A season of the year written, or the last, this or next one."""
    name = found["season"].casefold()
    if found["year"]:
        return periods.season(full_year(found["year"]), name)
    if context.published is None:
        return UNRESOLVED
    which, now = (found["which"] or "").casefold(), context.published
    this = periods.season(now.year, name)
    if this is None or this.earliest is None or this.latest is None:
        return UNRESOLVED
    shift = 0
    if re.search(LAST, which) and "this" not in which:
        shift = 0 if this.latest < now else -1
    elif re.search(NEXT, which):
        shift = 0 if this.earliest > now else 1
    elif not which and this.earliest > now and outlook(context.text, found.start()) is not Outlook.AHEAD:
        shift = -1
    return periods.season(now.year + shift, name)


def arabic_period(found: re.Match[str], context: Context) -> Period | None:
    """A day or month in Arabic; a lone month name may be another word and is no date."""
    number, day, year = month_and_day(found)
    if year is None:
        return None if day is None else nearest_day(context, found.start(), number, day)
    return full_period(year, number, day)
