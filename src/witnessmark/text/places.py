"""Finds the places a text names and says which ones they are.

Longest names first; which of several places of one name is meant is decided by what follows ("Alexandria, Virginia"), by the country and state
the rest of the document is about, and by size. A capital that speaks ("Damascus denied") is a government and no place. A name that stands
like a place but is in no gazetteer is reported with None.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from witnessmark.text import place_names
from witnessmark.text.fold import folded
from witnessmark.text.gazetteer import Entry, Gazetteer


class Place(msgspec.Struct, frozen=True):
    """A place of the gazetteer: `id` is `geonames:N` or `site:slug`, degrees north and east, `country` its ISO 3166 code.

    The position of a country or state is the mean of its populated places.
    """

    name: str
    id: str
    latitude: float
    longitude: float
    precision: str
    country: str


class _Candidate(NamedTuple):
    start: int
    end: int
    key: str
    entries: list[Entry]
    cued: bool
    whole: bool
    last_name: bool


_LONGEST_NAME = 5
_KNOWN_SIZE = 15_000
"""A place named without a place word before it counts from this population up, unless the document names it with one elsewhere."""
_SAME_STATE, _SAME_COUNTRY, _QUALIFIED, _WHOLE_COUNTRY, _CAPITAL = 9.0, 4.0, 20.0, 3.0, 5.0
"""Weights against one power of ten of population (LGL)."""
_CUSTODY = re.compile(r"\b(?:prison|detain|detention|inmates?|jail|executions?|hanged)|سجن", re.IGNORECASE)
_AFTER_COMMA = re.compile(r",\s+((?:New|North|South|West|Rhode|Saudi|Sri|El|Costa|Ivory)\s[A-Z]\w+|[A-Z][\w.]*)")
_STATE_SHORT = dict(
    pair.split(":")
    for pair in [
        "Ala:Alabama",
        "Ariz:Arizona",
        "Ark:Arkansas",
        "Calif:California",
        "Colo:Colorado",
        "Conn:Connecticut",
        "Del:Delaware",
        "Fla:Florida",
        "Ga:Georgia",
        "Ill:Illinois",
        "Ind:Indiana",
        "Kan:Kansas",
        "Ky:Kentucky",
        "La:Louisiana",
        "Md:Maryland",
        "Mass:Massachusetts",
        "Mich:Michigan",
        "Minn:Minnesota",
        "Miss:Mississippi",
        "Mo:Missouri",
        "Mont:Montana",
        "Neb:Nebraska",
        "Nev:Nevada",
        "W.Va:West_Virginia",
        "S.C:South_Carolina",
        "N.C:North_Carolina",
        "N.Y:New_York",
        "N.J:New_Jersey",
        "N.H:New_Hampshire",
        "N.M:New_Mexico",
        "R.I:Rhode_Island",
        "S.D:South_Dakota",
        "N.D:North_Dakota",
        "Okla:Oklahoma",
        "Ore:Oregon",
        "Pa:Pennsylvania",
        "Tenn:Tennessee",
        "Tex:Texas",
        "Vt:Vermont",
        "Va:Virginia",
        "Wash:Washington",
        "Wis:Wisconsin",
        "Wyo:Wyoming",
    ]
)
_KEEPING, _DROPPING = (
    frozenset({"GPE", "LOC", "FAC"}),
    frozenset({"PERSON", "ORG", "NORP", "DATE", "WORK_OF_ART", "PRODUCT", "EVENT", "LAW", "LANGUAGE"}),
)


def find_places(
    text: str, *, names: Sequence[tuple[int, int, str]] | None = None, inside_names: bool = True
) -> list[tuple[int, int, Place | None]]:
    """Each place named as start, end and place; None where the name is in no gazetteer.

    `inside_names` keeps the place in "Orvane City Council", which tells where a body belongs and not where something happened.
    `names` are a parser's entities (start, end, label): GPE, LOC and FAC keep a candidate, PERSON and ORG drop one they cover.
    Raises FileNotFoundError where the gazetteer was not built.
    """
    candidates = [candidate for candidate in _candidates(text) if _hinted(candidate, names)]
    kept = _plausible(text, candidates, names, inside_names=inside_names)
    chosen = _choose(text, kept)
    found: list[tuple[int, int, Place | None]] = [(c.start, c.end, place) for c, place in zip(kept, chosen, strict=True)]
    return sorted(found + _unknown(text, found, names), key=lambda one: one[:2])


def _candidates(text: str) -> list[_Candidate]:
    runs = place_names.capitalised_runs(text)
    spellings = {text[run.words[i][0] : run.words[j][1]] for run in runs for i, j in _stretches(len(run.words))}
    known = Gazetteer.load().find(spellings)
    return [candidate for run in runs for candidate in _read_run(text, run, known)]


def _stretches(length: int) -> list[tuple[int, int]]:
    """First and last word of every stretch of a run, longest first."""
    sizes = range(min(_LONGEST_NAME, length), 0, -1)
    return [(first, first + size - 1) for size in sizes for first in range(length - size + 1)]


def _read_run(text: str, run: place_names.Run, known: dict[str, list[Entry]]) -> list[_Candidate]:
    taken: set[int] = set()
    found = []
    for first, last in _stretches(len(run.words)):
        if taken.intersection(range(first, last + 1)):
            continue
        start, end = run.words[first][0], run.words[last][1]
        key = folded(text[start:end]).strip()
        if key not in known or key in place_names.NOT_PLACES or (len(key) < 3 and not text[start:end].isupper()):
            continue
        taken.update(range(first, last + 1))
        before_ok = first == 0 or folded(text[slice(*run.words[first - 1])]) in place_names.NOT_PLACES
        after_ok = last == len(run.words) - 1 or place_names.PLACE_NOUN.match(text, end) is not None
        follows_place_word = _is_arabic(text[start]) or place_names.has_cue(text, start)
        whole = _is_arabic(text[start]) or (before_ok and after_ok)
        found.append(_Candidate(start, end, key, known[key], follows_place_word, whole, not before_ok and not whole))
    return found


def _is_arabic(letter: str) -> bool:
    return "\u0600" <= letter <= "\u06ff"


def _hinted(candidate: _Candidate, names: Sequence[tuple[int, int, str]] | None) -> bool:
    return not any(label in _DROPPING and start <= candidate.start and candidate.end <= end for start, end, label in names or ())


def _is_named(start: int, end: int, names: Sequence[tuple[int, int, str]] | None) -> bool:
    return any(label in _KEEPING and first < end and start < last for first, last, label in names or ())


def _plausible(
    text: str, candidates: list[_Candidate], names: Sequence[tuple[int, int, str]] | None, *, inside_names: bool
) -> list[_Candidate]:
    cued = {candidate.key for candidate in candidates if candidate.whole and (candidate.cued or _qualifier(text, candidate.end))}
    surnames = {candidate.key for candidate in candidates if candidate.last_name} - cued
    kept = []
    for candidate in candidates:
        if _is_something_else(text, candidate):
            continue
        stands_alone = candidate.whole or (inside_names and not candidate.last_name)
        told = candidate.cued or candidate.key in cued or (_is_well_known(candidate) and candidate.key not in surnames)
        if _is_named(candidate.start, candidate.end, names) or (stands_alone and told):
            kept.append(candidate)
    return kept


def _is_something_else(text: str, candidate: _Candidate) -> bool:
    """A street, a titled person, a government that speaks, or initials that no place word stands before."""
    if place_names.is_street_or_person(text, candidate.start, candidate.end):
        return True
    if candidate.cued:
        return False
    return place_names.speaks(text, candidate.end) or place_names.is_initials(text, candidate.start, candidate.end)


def _is_well_known(candidate: _Candidate) -> bool:
    """Alternates do not count here: some are translations that are ordinary words ("White House" for Casablanca)."""
    return any(entry.precision != "locality" or (entry.main and entry.population >= _KNOWN_SIZE) for entry in candidate.entries)


def _qualifier(text: str, end: int) -> str | None:
    """The state or country after a comma: "Alexandria, La." gives "louisiana"."""
    found = _AFTER_COMMA.match(text, end)
    if found is None:
        return None
    word = found[1].rstrip(".")
    return folded(_STATE_SHORT.get(word, word).replace("_", " "))


def _choose(text: str, candidates: list[_Candidate]) -> list[Place]:
    """Two rounds: the first choice of all says which countries and states the document is about, the second uses it."""
    in_custody = _CUSTODY.search(text) is not None
    wholes = _wholes(text, candidates)
    countries: Counter[str] = Counter()
    states: Counter[tuple[str, str]] = Counter()
    best: list[Entry] = []
    for _ in range(3):
        best = [
            max(c.entries, key=lambda entry: _score(entry, wholes[c.end], countries, states, in_custody=in_custody)) for c in candidates
        ]
        distinct = {entry.id: entry for entry in best}.values()
        countries = Counter(entry.country for entry in distinct)
        states = Counter((entry.country, entry.admin1) for entry in distinct if entry.admin1)
    return [Place(e.name, e.id, e.latitude, e.longitude, e.precision, e.country) for e in best]


def _wholes(text: str, candidates: list[_Candidate]) -> dict[int, list[Entry]]:
    """For the end of each candidate, the state or country that the words after it may name."""
    qualifiers = {c.end: word for c in candidates if (word := _qualifier(text, c.end))}
    known = Gazetteer.load().find(qualifiers.values())
    return {c.end: [e for e in known.get(qualifiers.get(c.end, ""), []) if e.precision in {"country", "region"}] for c in candidates}


def _score(entry: Entry, wholes: list[Entry], countries: Counter[str], states: Counter[tuple[str, str]], *, in_custody: bool) -> float:
    score = math.log10(entry.population + 10) + (0.5 if entry.main else 0.0) + (_CAPITAL if entry.capital else 0.0)
    if entry.id.startswith("site:"):
        return 30.0 if in_custody else 0.0
    if entry.precision == "country" or (entry.precision == "region" and not wholes):
        score += _WHOLE_COUNTRY
    if any(entry.precision == "locality" and whole.country == entry.country and whole.admin1 in {"", entry.admin1} for whole in wholes):
        score += _QUALIFIED
    total = sum(countries.values()) or 1
    score += _SAME_COUNTRY * countries[entry.country] / total
    state_total = sum(states.values()) or 1
    return score + _SAME_STATE * states[entry.country, entry.admin1] / state_total


def _unknown(
    text: str, found: list[tuple[int, int, Place | None]], names: Sequence[tuple[int, int, str]] | None
) -> list[tuple[int, int, Place | None]]:
    """Names that stand like places, or that a parser took for one, but are in no gazetteer."""
    taken = [(start, end) for start, end, _ in found]
    unknown: list[tuple[int, int, Place | None]] = []
    hints = [(start, end) for start, end, label in names or () if label in _KEEPING]
    for start, end in hints + _standing_like_places(text):
        if not any(first < end and start < last for first, last in taken) and not place_names.speaks(text, end):
            unknown.append((start, end, None))
            taken.append((start, end))
    return unknown


def _standing_like_places(text: str) -> list[tuple[int, int]]:
    stretches = []
    for run in place_names.capitalised_runs(text):
        start, end = run.words[0][0], run.words[-1][1]
        if place_names.UNKNOWN_CUE.search(text, max(0, start - 24), start) and folded(text[start:end]) not in place_names.NOT_PLACES:
            stretches.append((start, end))
    return stretches
