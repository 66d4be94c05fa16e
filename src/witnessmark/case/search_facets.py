"""What the hits of a search are about: how many by source, act, place, party, stance, status, year, language and sensitivity. Each value can be typed as a filter."""

from __future__ import annotations

from collections import Counter

import msgspec

from witnessmark.case.search_question import NONE
from witnessmark.case.voices import called
from witnessmark.model.item import Sensitivity
from witnessmark.store import search
from witnessmark.store.database import Connection
from witnessmark.store.search import FoundClaims, FoundDocuments

WIDEST_YEARS = 20
"""An event dated to more years than this is counted once, as dated widely, and not in each of them."""
OPEN, WIDE, UNDATED = "open-ended", f"over {WIDEST_YEARS} years", "not dated"
"""Buckets beside the years: one end of the event's date not known, an interval too wide to say, no date at all."""


class Facet(msgspec.Struct, frozen=True):
    """A value, and how many hits have it."""

    value: str
    count: int


Facets = dict[str, tuple[Facet, ...]]
"""The counts by what is counted (source, act, place, party, stance, status, year, language, sensitivity; publisher for documents), most first; years in order."""


def facets_of(connection: Connection, claims: FoundClaims | None, documents: FoundDocuments | None) -> Facets:
    """The counts of a search, of claims where claims were searched; language and sensitivity are then those of the documents they stand in."""
    by_claims = _of_claims(connection, claims) if claims is not None else {}
    by_documents = {"publisher": _most_first(Counter(documents.publishers))} if documents is not None else {}
    held = (
        Counter(claims.items) if claims is not None else Counter(search.items_numbered(connection, documents.numbers if documents else ()))
    )
    return {**by_claims, **_of_items(connection, held), **by_documents}


def _of_claims(connection: Connection, found: FoundClaims) -> Facets:
    """The counts of claims. A claim dated from 2012 to 2014 counts in each of these years, one of two parties for both."""
    speakers = Counter(found.sources)
    return {
        "source": _most_first(Counter({called(name): count for name, count in speakers.items()})),
        "act": _most_first(Counter(found.acts)),
        "place": _most_first(Counter(found.places)),
        "party": _most_first(Counter(dict(search.count_parties(connection, found.numbers)))),
        "stance": _most_first(Counter(found.stances)),
        "status": _most_first(Counter(found.statuses)),
        "year": _years(Counter(zip(found.earliest, found.latest, strict=True))),
    }


def _of_items(connection: Connection, held: Counter[str]) -> Facets:
    """By language and by how graphic the items are; `held` is how many hits each has."""
    spoken, decided = search.languages_of(connection, list(held)), search.sensitivities(connection)
    languages: Counter[str | None] = Counter()
    sensitivities: Counter[str] = Counter()
    for item, count in held.items():
        languages[spoken.get(item)] += count
        sensitivities[decided.get(item, Sensitivity.UNKNOWN.value)] += count
    return {"language": _most_first(languages), "sensitivity": _most_first(sensitivities)}


def _most_first(counts: Counter[str | None] | Counter[str]) -> tuple[Facet, ...]:
    listed = ((NONE if value is None else value, count) for value, count in counts.items())
    return tuple(Facet(value, count) for value, count in sorted(listed, key=lambda pair: (-pair[1], pair[0])))


def _years(intervals: Counter[tuple[str | None, str | None]]) -> tuple[Facet, ...]:
    years: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for (earliest, latest), count in intervals.items():
        if earliest is None and latest is None:
            others[UNDATED] += count
        elif earliest is None or latest is None:
            others[OPEN] += count
        elif (last := int(latest)) - (first := int(earliest)) >= WIDEST_YEARS:
            others[WIDE] += count
        else:
            years.update({f"{year:04}": count for year in range(first, last + 1)})
    dated = (Facet(year, years[year]) for year in sorted(years))
    return (*dated, *(Facet(name, others[name]) for name in (OPEN, WIDE, UNDATED) if others[name]))
