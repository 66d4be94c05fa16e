"""Finds the places a text names and says which ones they are.

Which names are of places is decided by the words around them (`place_mentions`), which of several places of one name by what follows ("Alexandria,
Virginia"), by where the other places of the document lie and by size (`place_senses`). A capital that speaks ("Damascus denied") is a government and no
place. A name that stands like a place but is in no gazetteer is reported with None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from witnessmark.text import place_names, place_states
from witnessmark.text.fold import folded
from witnessmark.text.gazetteer import Entry, Gazetteer, Mark
from witnessmark.text.place_mentions import Mention, find_mentions, in_scenes, plausible
from witnessmark.text.place_senses import Name, choose
from witnessmark.text.place_words import NOT_PLACES


class Place(msgspec.Struct, frozen=True):
    """A place of the gazetteer: `id` is `geonames:N` or `site:slug`, degrees north and east, `country` its ISO 3166 code.

    The position of a country, province or district is a middle of it (`scripts/make-gazetteer`), and says no more than its precision.
    """

    name: str
    id: str
    latitude: float
    longitude: float
    precision: str
    country: str


_CUSTODY = re.compile(r"\b(?:prison|detain|detention|inmates?|jail|executions?|hanged)|سجن", re.IGNORECASE)
_KEEPING, _DROPPING = (
    frozenset({"GPE", "LOC", "FAC"}),
    frozenset({"PERSON", "ORG", "NORP", "DATE", "WORK_OF_ART", "PRODUCT", "EVENT", "LAW", "LANGUAGE"}),
)


def find_places(
    text: str, *, names: Sequence[tuple[int, int, str]] | None = None, inside_names: bool = True
) -> list[tuple[int, int, Place | None]]:
    """Each place named as start, end and place; None where the name is in no gazetteer.

    `inside_names` keeps the place in "Orvane City Council", "U.S. troops" and "Syrian", which tells where somebody belongs and not where something happened.
    `names` are a parser's entities (start, end, label): GPE, LOC and FAC keep a candidate, PERSON and ORG drop one they cover.
    Raises FileNotFoundError where the gazetteer was not built.
    """
    mentions = [mention for mention in find_mentions(text, inside_names=inside_names) if not _is_dropped(mention, names)]
    sure, small = plausible(text, mentions, is_named=lambda mention: _is_named(mention, names), inside_names=inside_names)
    meant = list({(mention.key, entry.id): (mention.key, entry) for mention, entry in zip(sure, _choose(text, sure), strict=True)}.values())
    kept = sorted(sure + in_scenes(small, meant), key=lambda mention: mention.start)
    places = [Place(e.name, e.id, e.latitude, e.longitude, e.precision, e.country) for e in _choose(text, kept)]
    found: list[tuple[int, int, Place | None]] = [(mention.start, mention.end, place) for mention, place in zip(kept, places, strict=True)]
    return sorted(found + _unknown(text, found, names), key=lambda one: one[:2])


def _is_dropped(mention: Mention, names: Sequence[tuple[int, int, str]] | None) -> bool:
    return any(label in _DROPPING and start <= mention.start and mention.end <= end for start, end, label in names or ())


def _is_named(mention: Mention, names: Sequence[tuple[int, int, str]] | None) -> bool:
    return any(label in _KEEPING and first < mention.end and mention.start < last for first, last, label in names or ())


def _choose(text: str, mentions: Sequence[Mention]) -> list[Entry]:
    """The place of each mention; those of one name, one qualifier and one kind are one name to `choose`."""
    qualifiers = [place_states.qualifier(text, mention.end) for mention in mentions]
    known = Gazetteer.load().find({word for word in qualifiers if word})
    names: dict[tuple[str, str | None, str | None], Name] = {}
    keys = []
    for mention, qualifier in zip(mentions, qualifiers, strict=True):
        wholes = [e for e in known.get(qualifier or "", []) if e.precision in {"country", "region"} and e.mark is not Mark.PEOPLE]
        key = mention.key, qualifier if wholes else None, place_names.kind(text, mention.start, mention.end)
        keys.append(key)
        names.setdefault(key, Name(mention.key, mention.entries, wholes, key[2]))
    chosen = dict(zip(names, choose(list(names.values()), in_custody=_CUSTODY.search(text) is not None), strict=True))
    return [chosen[key] for key in keys]


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
        if place_names.UNKNOWN_CUE.search(text, max(0, start - 24), start) and folded(text[start:end]) not in NOT_PLACES:
            stretches.append((start, end))
    return stretches
