"""The incident templates of MUC-3 and MUC-4 (1991-92), read from their keys.

A slot holds a line for each fill. `/` parts alternatives of one fill, any of which is right; what stands after a colon are the strings that a set fill belongs to; a leading "?" marks a fill, and
"(OPTIONAL)" a whole template, that need not be found and is right if it is; "-" and "*" state nothing. Dates are "05 JAN 90", an interval "25 OCT 89 - 27 OCT 89", or "- 04 MAR 90": at
some time up to then. A location is a country and the places in it from the largest down, "COLOMBIA: BOLIVAR (DEPARTMENT): ACHI (TOWN)".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from witnessmark.evaluate.numbers import QUOTED, Interval, intervals_of, words_of

TYPE, DATE, LOCATION, CONFIDENCE = "INCIDENT: TYPE", "INCIDENT: DATE", "INCIDENT: LOCATION", "PERP: ORGANIZATION CONFIDENCE"
PERPETRATORS = ("PERP: INDIVIDUAL ID", "PERP: ORGANIZATION ID")
NAME, DESCRIPTION, NUMBER, EFFECT = ("HUM TGT: " + slot for slot in ("NAME", "DESCRIPTION", "NUMBER", "EFFECT OF INCIDENT"))
NOTHING = frozenset({"", "-", "*"})
MONTHS = {
    name: number for number, name in enumerate(("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"), 1)
}
_DAY = re.compile(r"(\d{1,2}) ([A-Z]{3})[A-Z]* (\d{2})")
_KIND = re.compile(r"\([^()]*\)")

Words = frozenset[str]
Time = tuple[date | None, date]
"""From (None: open) and to which day."""
Place = tuple[Words, ...]
"""The words of its names, the largest place first."""


@dataclass(frozen=True, slots=True)
class Fill:
    """A fill of a slot that belongs to a party or target: the names it goes by, each as its words, and the values of which any is right."""

    names: tuple[Words, ...]
    values: frozenset[str]
    demanded: bool = True


@dataclass(frozen=True, slots=True)
class Counted:
    """How many a target is: the intervals of which any is right, and the words of its names and descriptions."""

    words: Words
    readings: frozenset[Interval]
    demanded: bool = True


@dataclass(frozen=True, slots=True)
class Template:
    """What a key says of one incident; each tuple holds fills, each frozenset alternatives of one fill."""

    types: frozenset[str]
    times: frozenset[Time]
    places: frozenset[Place]
    perpetrators: tuple[Fill, ...]
    confidences: tuple[Fill, ...]
    numbers: tuple[Counted, ...]
    effects: tuple[Fill, ...]
    demanded: bool


def read_template(slots: Mapping[str, str]) -> Template:
    """One template by its slots."""
    described = _descriptions(slots.get(DESCRIPTION, ""))
    return Template(
        types=frozenset(_alternatives(slots.get(TYPE, ""))),
        times=frozenset(time for each in _alternatives(slots.get(DATE, "")) if (time := _time(each)) is not None),
        places=frozenset(place for each in _alternatives(slots.get(LOCATION, "")) for place in _places(each)),
        perpetrators=tuple(fill for slot in PERPETRATORS for fill in _fills(slots.get(slot, ""))),
        confidences=tuple(fill for fill in _fills(slots.get(CONFIDENCE, "")) if fill.values),
        numbers=tuple(_numbers(slots.get(NUMBER, ""), described)),
        effects=tuple(_effects(slots.get(EFFECT, ""), described)),
        demanded="OPTIONAL" not in slots.get("MESSAGE: TEMPLATE", ""),
    )


def _alternatives(slot: str) -> Iterator[str]:
    """The alternatives of a slot with one fill."""
    for each in slot.split("/"):
        plain = each.strip().removeprefix("?").strip()
        if plain.startswith("("):
            plain = plain.removeprefix("(").removesuffix(")").strip()
        if plain not in NOTHING:
            yield plain


def _time(written: str) -> Time | None:
    days = [day for each in _DAY.finditer(written.upper()) if (day := _day(each)) is not None]
    if not days:
        return None
    if len(days) == 1:
        return (None if written.lstrip().startswith("-") else days[0]), days[0]
    return days[0], days[-1]


def _day(written: re.Match[str]) -> date | None:
    month = MONTHS.get(written[2])
    try:
        return date(1900 + int(written[3]), month, int(written[1])) if month else None
    except ValueError:  # a day the calendar does not have, as keyed by hand
        return None


def _places(written: str) -> Iterator[Place]:
    """The place, once for each of several named side by side at its end."""
    parts = [names for part in written.split(":") if (names := [w for name in _KIND.split(part) if (w := place_words(name))])]
    if parts:
        larger = tuple(names[0] for names in parts[:-1])
        yield from (((*larger, name)) for name in parts[-1])


def place_words(name: str) -> Words:
    """The words of a place's name."""
    return frozenset(re.findall(r"[^\W\d_]+", name.casefold()))


def _fills(slot: str) -> Iterator[Fill]:
    """The fills of a slot whose strings are quoted; values are what stands before their colon, or none."""
    for line in slot.splitlines():
        names = _names(line)
        before = line.partition('"')[0].rstrip(" :")
        values = frozenset(each for each in _alternatives(before) if each not in NOTHING)
        if names:
            yield Fill(names, values, demanded=not line.lstrip().startswith("?"))


def _names(line: str) -> tuple[Words, ...]:
    return tuple(words for name in QUOTED.findall(line) if (words := words_of(name)))


def _descriptions(slot: str) -> dict[str, str]:
    """What each name is described as."""
    found: dict[str, str] = {}
    for line in slot.splitlines():
        described, _, names = line.partition(":")
        for name in QUOTED.findall(names):
            found[name] = f"{found.get(name, '')} {described}"
    return found


def _numbers(slot: str, described: Mapping[str, str]) -> Iterator[Counted]:
    for line in slot.splitlines():
        numbers, _, names = line.partition(":")
        readings = intervals_of(numbers)
        if readings:
            yield Counted(_target(names, described), readings, demanded=not numbers.lstrip().startswith("?") and "PLURAL" not in numbers)


def _effects(slot: str, described: Mapping[str, str]) -> Iterator[Fill]:
    for line in slot.splitlines():
        effects, _, names = line.partition(":")
        values = frozenset(_alternatives(effects))
        words = _target(names, described)
        if values and words:
            yield Fill((words,), values, demanded=not effects.lstrip().startswith("?"))


def _target(names: str, described: Mapping[str, str]) -> Words:
    quoted: Iterable[str] = QUOTED.findall(names)
    return words_of(" ".join(part for name in quoted for part in (name, described.get(name, ""))))
