"""What a person types for a field of a claim, as the value the claim then has.

Wherever the text has words for it, those words are typed first and must stand in the document (law 4 binds people too), in any
script; `=` and a value behind them says what they mean where the program could not know: `Monday = 2017-05-15`,
`He = Stuart Jones`, `as many as 50 a day = ..50 per day killed`, `the regime = Syrian government, perpetrator`. Several entries
are separated by semicolons. "none" empties a field.
"""

from __future__ import annotations

import calendar
import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import NamedTuple, TypeVar

import msgspec

from witnessmark.claims.by_hand import locate
from witnessmark.errors import UsageError
from witnessmark.model.claim import (
    Addressee,
    Basis,
    BasisKind,
    Claim,
    ClaimParty,
    ClaimPlace,
    Harm,
    Interval,
    PartyRole,
    Per,
    Precision,
    Speaker,
    Stance,
    VictimCount,
)
from witnessmark.model.correction import CORRECTABLE, NONE, is_optional, words_of
from witnessmark.model.span import Span
from witnessmark.text import find_counts, find_dates, find_places, stated_date
from witnessmark.text.gazetteer import Gazetteer

E = TypeVar("E", bound=StrEnum)

VIA = "via"
"""The relays of a speaker: typed as a field of its own, kept with the speaker."""


class Surroundings(NamedTuple):
    """What a typed value is read against: the document's text and date, where the claim stands, and what short numbers stand for."""

    text: str
    published: str | None
    near: int
    subject_of: Callable[[str], str | None]


def value_of(field: str, typed: str, claim: Claim, around: Surroundings) -> object:
    """The value of `field` that `typed` says. Raises UsageError, with the way to type it, where it says none."""
    if typed == NONE and (field == VIA or is_optional(field)):
        return _empty(field, claim)
    if field == "polarity" and claim.stance is not Stance.DENIES:
        raise UsageError(f"Only a denial has a polarity; this claim {claim.stance}. Correct its stance first.")
    if field != VIA and (words := words_of(field)) is not None:
        if typed not in list(words):
            raise UsageError(f"{field} cannot be {typed!r}. Choose one of: {', '.join(words)}{', none' if is_optional(field) else ''}.")
        return words(typed)
    return _READ[field](typed, claim, around)


def _empty(field: str, claim: Claim) -> object:
    if field == VIA:
        return msgspec.structs.replace(_speaker_of(claim), via=())
    return () if str(CORRECTABLE[field]).startswith("tuple") else None


def _speaker_of(claim: Claim) -> Speaker:
    return claim.speaker or Speaker()


def _speaker(typed: str, claim: Claim, around: Surroundings) -> Speaker:
    words, meaning = _parts(typed)
    before = _speaker_of(claim)
    mention = locate(words, around.text, around.near) if words else before.mention
    if not words and not meaning:
        raise UsageError("Type the words that name the speaker, as in `He = Stuart Jones`, or `none` for the document's own voice.")
    if meaning in {"anonymous", "unknown"}:
        return Speaker(None, mention, before.role if not words else None, anonymous=meaning == "anonymous", via=before.via)
    name = meaning or " ".join(words.split())
    return Speaker(name, mention, before.role if name == before.name else None, via=before.via)


def _via(typed: str, claim: Claim, _: Surroundings) -> Speaker:
    return msgspec.structs.replace(_speaker_of(claim), via=tuple(name.strip() for name in typed.split(";") if name.strip()))


def _interval(typed: str, _: Claim, around: Surroundings) -> Interval:
    words, meaning = _parts(typed)
    span = locate(words, around.text, around.near)
    if meaning:
        earliest, latest = _days(meaning)
    else:
        stated = stated_date(around.text)
        found = find_dates(span.text, around.published or (stated[2] if stated else None), open_ends=True)
        if len(found) > 1:
            raise UsageError(f"{span.text!r} names several times. Say which is meant: `{span.text} = 2017-05-01..2017-05-31`.")
        earliest, latest = (found[0][2], found[0][3]) if found else (None, None)
    return Interval(earliest, latest, span.start, span.end, span.text)


_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def _days(meaning: str) -> tuple[str | None, str | None]:
    first, dots, last = (part.strip() for part in meaning.partition(".."))
    earliest, latest = (
        (_day(first, last=False) if first else None),
        (_day(last if dots else first, last=True) if last or not dots else None),
    )
    if earliest and latest and earliest > latest:
        raise UsageError(f"{meaning} ends before it begins.")
    return earliest, latest


def _day(written: str, *, last: bool) -> str:
    match = _DAY.fullmatch(written)
    if match is None:
        raise UsageError(
            f"{written!r} is no date. Write 2017, 2017-05 or 2017-05-15; an interval as 2017-05-01..2017-05-31, open as 2017-05-01.. or ..2017-05-31."
        )
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        begin = dt.date(year or 0, month or (12 if last else 1), day or 1)
    except ValueError as error:
        raise UsageError(f"{written!r} is no date: {error}.") from error
    if not last or day:
        return begin.isoformat()
    return begin.replace(day=calendar.monthrange(begin.year, begin.month)[1]).isoformat()


_AT = re.compile(
    r"(?P<name>.*?)\s*@\s*(?P<latitude>[+-]?\d{1,2}(?:\.\d+)?)\s*,\s*(?P<longitude>[+-]?\d{1,3}(?:\.\d+)?)(?:\s+(?P<precision>\w+))?"
)


def _where(typed: str, _: Claim, around: Surroundings) -> ClaimPlace:
    words, meaning = _parts(typed)
    if "@" in words and not meaning:
        words, at, position = words.partition("@")
        meaning = at + position
    span = locate(words, around.text, around.near)
    if "@" in meaning or re.fullmatch(r"[-+\d.]+\s*,\s*[-+\d.]+(?:\s+\w+)?", meaning):
        return _at(meaning if "@" in meaning else f"@ {meaning}", span)
    if re.fullmatch(r"(?:geonames|site):\S+", meaning):
        entry = Gazetteer.load().place(meaning)
        if entry is None:
            raise UsageError(f"The gazetteer holds no {meaning}. Give the place's name instead: `{span.text} = NAME`.")
        precision = Precision(entry.precision)
        return ClaimPlace(entry.name, entry.id, entry.latitude, entry.longitude, precision, span.start, span.end, span.text)
    place = next((place for _, _, place in find_places(f"in {meaning or span.text}") if place is not None), None)
    if place is None:
        return ClaimPlace(meaning or " ".join(span.text.split()), None, None, None, None, span.start, span.end, span.text)
    return ClaimPlace(place.name, place.id, place.latitude, place.longitude, Precision(place.precision), span.start, span.end, span.text)


def _at(meaning: str, span: Span) -> ClaimPlace:
    """A place that a person gives the position of: `Karvel prison @ 33.66, 36.33 facility`; without a word for it, as exact as a locality."""
    match = _AT.fullmatch(meaning)
    if match is None or abs(float(match["latitude"])) > 90 or abs(float(match["longitude"])) > 180:
        raise UsageError(
            f"{meaning!r} gives no position. Write NAME @ LATITUDE, LONGITUDE PRECISION, such as `Karvel prison @ 33.66, 36.33 facility`."
        )
    precision = _choose(Precision, match["precision"]) if match["precision"] else Precision.LOCALITY
    name = match["name"] or " ".join(span.text.split())
    return ClaimPlace(name, None, float(match["latitude"]), float(match["longitude"]), precision, span.start, span.end, span.text)


_RANGE = re.compile(r"(?P<only>\d{1,12})|(?P<min>\d{0,12})\.\.(?P<max>\d{0,12})")


def _victims(typed: str, claim: Claim, around: Surroundings) -> tuple[VictimCount, ...]:
    found = tuple(_victim(entry, claim, around) for entry in _entries(typed))
    if found and found[0].includes is not None:
        raise UsageError("The first count cannot be a part: write the whole before its parts.")
    return found


def _victim(entry: str, claim: Claim, around: Surroundings) -> VictimCount:
    words, meaning = _parts(entry)
    span = locate(words, around.text, around.near)
    harm = claim.victims[0].harm if claim.victims else None
    if not meaning:
        found = find_counts(span.text)
        if len(found) != 1:
            raise UsageError(f"No single number was read in {span.text!r}. Say it: `{span.text} = 40..60 per day killed`.")
        one = found[0]
        return VictimCount(
            one.min, one.max, one.per, harm, None, None, one.approximate, derived=False, start=span.start, end=span.end, text=span.text
        )
    number, *rest = meaning.split()
    match = _RANGE.fullmatch(number)
    if match is None or number == "..":
        raise UsageError(
            f"{number!r} is no number of victims. Write 50, 40..60, 13.. (at least) or ..50 (at most), then per day, killed, approximate, derived, part as they apply."
        )
    low, high = (match["only"], match["only"]) if match["only"] else (match["min"], match["max"])
    if low and high and int(low) > int(high):
        raise UsageError(f"{number} has more at least than at most.")
    flags = {word for word in rest if word in {"approximate", "derived", "part"}}
    others = [word for word in rest if word not in flags and word != "per"]
    per = next((_choose(Per, word) for at, word in enumerate(rest) if at and rest[at - 1] == "per"), None)
    harms = [_choose(Harm, word) for word in others if word != per]
    if len(harms) > 1:
        raise UsageError(f"{meaning!r} names {len(harms)} harms. Write one count for each, with ; between.")
    return VictimCount(
        min=int(low) if low else None,
        max=int(high) if high else None,
        per=per,
        harm=harms[0] if harms else harm,
        group=None,
        includes=0 if "part" in flags else None,
        approximate="approximate" in flags,
        derived="derived" in flags,
        start=span.start,
        end=span.end,
        text=span.text,
    )


def _parties(typed: str, _: Claim, around: Surroundings) -> tuple[ClaimParty, ...]:
    found = []
    for entry in _entries(typed):
        words, meaning = _parts(entry)
        if not meaning:
            raise UsageError(f"Say what part {words!r} has: `{words} = perpetrator`, or `{words} = NAME, perpetrator`.")
        span = locate(words, around.text, around.near)
        name, comma, role = meaning.rpartition(",")
        found.append(
            ClaimParty(
                name.strip() if comma else " ".join(span.text.split()), _choose(PartyRole, role.strip()), span.start, span.end, span.text
            )
        )
    return tuple(found)


def _bases(typed: str, _: Claim, around: Surroundings) -> tuple[Basis, ...]:
    found = []
    for entry in _entries(typed):
        words, meaning = _parts(entry)
        kind, _comma, number = (part.strip() for part in meaning.partition(","))
        if not kind:
            raise UsageError(
                f"Say what kind of basis {words!r} is: `{words} = document`, and the item of this case that it is, if one: `{words} = document, I7`."
            )
        span = locate(words, around.text, around.near)
        held = around.subject_of(number) if number.upper().startswith("I") else None
        if number and held is None:
            raise UsageError(f"There is no item {number} in this case.")
        found.append(Basis(_choose(BasisKind, kind), held, span.start, span.end, span.text))
    return tuple(found)


def _addressee(typed: str, _: Claim, around: Surroundings) -> Addressee:
    words, meaning = _parts(typed)
    span = locate(words, around.text, around.near)
    return Addressee(meaning or " ".join(span.text.split()), span.start, span.end, span.text)


def _purpose(typed: str, _: Claim, around: Surroundings) -> Span:
    return locate(typed, around.text, around.near)


def _answered(typed: str, claim: Claim, around: Surroundings) -> tuple[str, ...]:
    found = []
    for number in re.split(r"[,;\s]+", typed.strip()):
        subject = around.subject_of(number)
        if subject is None or not number.upper().startswith("C"):
            raise UsageError(f"There is no claim {number!r} in this case. Type short numbers, such as C3, C14.")
        if subject == claim.id:
            raise UsageError(f"{number} cannot answer itself.")
        found.append(subject)
    return tuple(dict.fromkeys(found))


def _entries(typed: str) -> Iterable[str]:
    return [entry.strip() for entry in typed.split(";") if entry.strip()]


def _parts(typed: str) -> tuple[str, str]:
    """The words of the text, and what they are said to mean, either of them perhaps empty."""
    words, _, meaning = typed.partition("=")
    return words.strip(), meaning.strip()


def _choose(words: type[E], typed: str) -> E:
    if typed in list(words):
        return words(typed)
    near = difflib.get_close_matches(typed, list(words), n=1)
    raise UsageError(f"{typed!r} is not known here. {f'Did you mean {near[0]}?' if near else ''} Choose one of: {', '.join(words)}.")


_READ: dict[str, Callable[[str, Claim, Surroundings], object]] = {
    "speaker": _speaker,
    VIA: _via,
    "when": _interval,
    "said": _interval,
    "due": _interval,
    "where": _where,
    "victims": _victims,
    "parties": _parties,
    "basis": _bases,
    "addressee": _addressee,
    "purpose": _purpose,
    "answers": _answered,
}
