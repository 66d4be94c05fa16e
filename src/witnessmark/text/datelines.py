"""Datelines and the date a document states of itself.

A dateline says where and when a report was filed and by whom it was carried: "LIMA, 20 AUG 88 (EFE) --". It is not part of the
first sentence, but the date in it is what "Monday" and "last week" count from. A dateline is told from an ordinary opening by its dash
together with an agency in brackets, a date, or a place in capitals; no list of agencies or places is needed.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from witnessmark.text.gregorian import DAY, MONTH, SHORT_YEAR, WEEKDAY, YEAR, as_date, day_of, full_dates, full_year, month_number


class Dateline(NamedTuple):
    """Offsets of the whole dateline with its dash; place and agency as written; the ISO day it states, None where it does not."""

    start: int
    end: int
    place: str | None
    agency: str | None
    earliest: str | None
    latest: str | None


_TAG = r"\[[A-Za-z][^\]\n]{0,60}\]"
_UPPER = r"A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶĹĽŁŃŇŌŐŒŘŚŞŠŢŤŪŮŰŹŻŽ"
_WORD = rf"[{_UPPER}][\w.'’\-]*"
_PLACE = rf"{_WORD}(?:(?:,\s*|/|[ \t]+)(?:(?:of|de|del|la|al|and)[ \t]+)?{_WORD}){{0,6}}"
_COUNTRY = rf"\s*\((?-i:[{_UPPER}])[^\W\d_](?:[\w .'’\-]{{0,40}})\)(?=,\s)"
_DATE = (
    rf"(?:{WEEKDAY},?\s+)?(?:(?P<day1>{DAY})(?:st|nd|rd|th)?[\s-]+(?P<month1>{MONTH})|(?P<month2>{MONTH})[\s-]+(?P<day2>{DAY})(?:st|nd|rd|th)?)"
    rf"(?:,?[\s-]*(?<=[\s,-])(?P<year>{YEAR}|{SHORT_YEAR}))?"
)
_DATELINE = re.compile(
    rf"(?:{_TAG}\s*)?"
    rf"(?:(?P<place>(?-i:{_PLACE}))(?:{_COUNTRY})?(?P<place_end>,?\s*))?"
    rf"(?:{_DATE},?\s*)?"
    r"(?:\((?P<agency>(?-i:[^\W\d_])[^()\n]{0,40})\)\s*)?"
    r"(?P<dash>--+|[—–―]|[-_:](?=\s))\s*"
    rf"(?:{_TAG}\s*)?",
    re.IGNORECASE,
)
_MONTH_WORD = re.compile(MONTH, re.IGNORECASE)
_STATED_LABEL = re.compile(
    r"^[ \t]*(?:date(?:d| issued| of publication)?|(?:published|posted|issued|released)(?: on)?|publication date)\b[ \t]*[:\-–]?[ \t]*",
    re.IGNORECASE | re.MULTILINE,
)
_AROUND_A_LONE_DATE = re.compile(r"(?:[\s.,;|()\[\]–—-]|\d{1,2}[:.]\d\d(?:[:.]\d\d)?|[ap]\.?m\.?|GMT|UTC|ES?T|at)*", re.IGNORECASE)
_OF_AN_EVENT = re.compile(r"\b(?:at|in|on|near|from|since|until|between|after|before|during|by)\b", re.IGNORECASE)

TOP_CHARACTERS = 1500
"""How far down a document may state its own date; below this a date is far more often one the text speaks of."""
TOP_LINES = 12
BYLINE_NAME = 70
"""Longest name before the day that closes a byline."""
EVENT_LINE_REST = 60
"""Longest rest of a line that begins with its day and is not a sentence: hour, room, city."""


def find_dateline(text: str, published: str | dt.date | None = None) -> Dateline | None:
    """The first dateline of a document, at the start of one of its first lines; a year it leaves out is filled from `published`.

    One that names an agency in brackets or a day goes before one that is only a word in capitals and a dash, which may be a masthead.
    """
    found = [dateline for start in _line_starts(text) if (dateline := dateline_at(text, start, published=published))]
    full = [
        dateline for dateline in found if dateline.agency or dateline.earliest or _MONTH_WORD.search(text, dateline.start, dateline.end)
    ]
    return next(iter(full or found), None)


def dateline_at(text: str, start: int, *, published: str | dt.date | None = None) -> Dateline | None:
    """The dateline that begins exactly at `start`, or None."""
    found = _DATELINE.match(text, start, min(len(text), start + 200))
    if found is None or not _is_dateline(found):
        return None
    day = _day_stated(found, as_date(published))
    place = found["place"].rstrip(" ,.") if found["place"] else None
    iso = day.isoformat() if day else None
    return Dateline(start, found.end(), place, found["agency"], iso, iso)


def stated_date(text: str) -> tuple[int, int, str] | None:
    """The day a document states of itself near its top (dateline, "Published 4 May 2016", a line that is only a date): start, end, ISO."""
    dateline = find_dateline(text)
    if dateline is not None and dateline.earliest is not None:
        for start, end, day in full_dates(text, dateline.start, dateline.end):
            return start, end, day.isoformat()
        return dateline.start, dateline.end, dateline.earliest
    for line_start in _line_starts(text):
        line_end = _line_end(text, line_start)
        label = _STATED_LABEL.match(text, line_start, line_end)
        for start, end, day in full_dates(text, line_start, line_end):
            alone = _is_filler(text[line_start:start]) and _is_filler(text[end:line_end])
            labelled = label is not None and start - label.end() <= 1
            if (
                alone
                or labelled
                or _opens_an_event_line(text, line_start, start, end, line_end)
                or _closes_a_byline(text, line_start, start, end, line_end)
            ):
                return start, end, day.isoformat()
    return None


def _opens_an_event_line(text: str, line_start: int, start: int, end: int, line_end: int) -> bool:
    """Whether a short line begins with the day and goes on to hour or room, as at the head of a transcript or minutes."""
    rest = text[end:line_end].strip()
    return (
        _is_filler(text[line_start:start])
        and rest[:1] in {",", "|", "·", "–", "—"}
        and len(rest) <= EVENT_LINE_REST
        and rest[-1] not in ".?!:"
    )


def _closes_a_byline(text: str, line_start: int, start: int, end: int, line_end: int) -> bool:
    """Whether a short line names a body or person and ends with the day, as under a report's title; "at" or "in" would tell of an event."""
    before = text[line_start:start].rstrip()
    separated = before[-1:] in {",", "|", "·", "–", "—"} and len(before) <= BYLINE_NAME
    return separated and _is_filler(text[end:line_end]) and _OF_AN_EVENT.search(before) is None


def _is_filler(text: str) -> bool:
    return _AROUND_A_LONE_DATE.fullmatch(text) is not None


def _line_starts(text: str) -> list[int]:
    starts = [found.start() for found in re.finditer(r"(?m)^[^\S\n]*(?=\S)", text[:TOP_CHARACTERS])]
    return [_skip_space(text, start) for start in starts[:TOP_LINES]]


def _skip_space(text: str, start: int) -> int:
    while start < len(text) and text[start].isspace():
        start += 1
    return start


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _is_dateline(found: re.Match[str]) -> bool:
    dated = bool(found["day1"] or found["day2"])
    place, agency, dash = found["place"], found["agency"], found["dash"]
    if place and _MONTH_WORD.fullmatch(place.split()[-1]) and not dated:
        return False
    if dash == ":":
        return bool(dated and agency)
    if agency:
        return place is not None or dash != "-" or dated
    if dated:
        return place is not None
    return place is not None and place == place.upper() and len(place) > 2 and dash not in {"-", "_"}


def _day_stated(found: re.Match[str], published: dt.date | None) -> dt.date | None:
    order = "1" if found["day1"] else "2" if found["day2"] else None
    if order is None:
        return None
    month, day = month_number(found["month" + order]), int(found["day" + order])
    if found["year"]:
        return day_of(full_year(found["year"]), month, day)
    if published is None:
        return None
    stated = day_of(published.year, month, day)
    if stated is not None and stated > published + dt.timedelta(days=7):
        return day_of(published.year - 1, month, day)
    return stated
