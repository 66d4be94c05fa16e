"""What a person asks of a search, and the names of this case that it means.

A filter is typed as people say it ("jones", "enforced disappearance", "misread"); here it becomes the values that are stored, or an error that
says what there is instead.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from enum import StrEnum

import msgspec

from witnessmark.case.voices import OWN_VOICE, UNNAMED
from witnessmark.errors import UsageError
from witnessmark.model.claim import Act, Stance
from witnessmark.model.decision import STATUS_WORDS, Status
from witnessmark.model.item import Sensitivity
from witnessmark.store import queries, search
from witnessmark.store.database import Connection
from witnessmark.store.search_filters import ClaimFilter, DocumentFilter
from witnessmark.text.words import words_in

NONE = "none"
"""What is typed, and shown, for claims that name no act or no place."""


class Within(StrEnum):
    """What is searched."""

    CLAIMS = "claims"
    DOCUMENTS = "documents"
    BOTH = "both"


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A query, filters as typed, and which page of hits. A claim must match every filter, by any of its values; dates are ISO days.

    `limit` is how many hits a page has; where claims and documents are searched, up to half of it of each.
    """

    query: str | None = None
    within: Within = Within.BOTH
    sources: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    stances: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    earliest: str | None = None
    latest: str | None = None
    parties: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sensitivities: tuple[str, ...] = ()
    fuzzy: bool = False
    page: int = 1
    limit: int = 20


def what_to_search(question: Question) -> Within:
    """What is searched after all: claims alone where only they can match. Raises UsageError where nothing is asked or could be found."""
    of_claims = (
        question.acts
        or question.places
        or question.parties
        or question.stances
        or question.statuses
        or question.earliest
        or question.latest
    )
    of_items = question.sources or question.items or question.languages or question.sensitivities
    if question.query is None and not (of_claims or of_items):
        raise UsageError(
            'Say what to search for: words, or a filter such as --act killing. For example: witnessmark search CASE "mass graves"'
        )
    if (of_claims or question.query is None) and question.within is Within.DOCUMENTS:
        raise UsageError(
            "Documents have no act, place, party, stance, status or event date: leave those filters out, or search with --in claims. Documents are found by words."
        )
    if question.earliest and question.latest and question.earliest > question.latest:
        raise UsageError(f"--from {question.earliest} lies after --to {question.latest}: nothing can be between them.")
    return Within.CLAIMS if of_claims or question.query is None else question.within


_ACTS: dict[str, str | None] = {**{act.value: act.value for act in Act}, NONE: None}
_STANCES: dict[str, str | None] = {stance.value: stance.value for stance in Stance}
_SENSITIVITIES: dict[str, str | None] = {each.value: each.value for each in Sensitivity}
_STATUSES: dict[str, str | None] = {
    **{status.value: status.value for status in Status},
    **{"_".join(words.split()): status.value for status, words in STATUS_WORDS.items()},
}
"""What may be typed of a closed list, and what is stored for it. A status can be typed in the words of the screen, too ("misread")."""


def chosen_claims(connection: Connection, question: Question, publishers: dict[str, str]) -> ClaimFilter:
    """The filters as stored values; `publishers` are asked for where sources are named. Raises UsageError for a value that this case, or the program, does not know."""
    named = named_sources(connection, question.sources, publishers)
    items, without = _by_sensitivity(connection, question)
    return ClaimFilter(
        speakers=None if named is None else tuple({OWN_VOICE: None, UNNAMED: ""}.get(name, name) for name in named),
        source_items=() if named is None else tuple(item for item, publisher in publishers.items() if publisher in named),
        acts=_words(question.acts, _ACTS, "act"),
        places=_places(connection, question.places),
        stances=_words(question.stances, _STANCES, "stance"),
        statuses=_words(question.statuses, _STATUSES, "status"),
        items=items,
        earliest=question.earliest,
        latest=question.latest,
        parties=_parties(connection, question.parties),
        languages=_languages(connection, question.languages),
        without_items=without,
    )


def chosen_documents(connection: Connection, question: Question, publishers: dict[str, str]) -> DocumentFilter:
    """The same for documents."""
    items, without = _by_sensitivity(connection, question)
    named = named_sources(connection, question.sources, publishers)
    if named is not None:
        items = tuple(item for item, publisher in publishers.items() if publisher in named and (items is None or item in items))
    return DocumentFilter(items, _languages(connection, question.languages), without)


def _by_sensitivity(connection: Connection, question: Question) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    """The items asked for, None for all, and those left out, by how graphic they are. Nobody having said so counts as unknown."""
    items, wanted = chosen_items(connection, question), _words(question.sensitivities, _SENSITIVITIES, "sensitivity")
    if wanted is None:
        return items, ()
    decided = search.sensitivities(connection)
    if Sensitivity.UNKNOWN.value in wanted:
        return items, tuple(item for item, value in decided.items() if value not in wanted)
    return tuple(item for item, value in decided.items() if value in wanted and (items is None or item in items)), ()


def chosen_items(connection: Connection, question: Question) -> tuple[str, ...] | None:
    """The items named by their short numbers, None where none is."""
    found = []
    for number in question.items:
        item = queries.subject_of(connection, number) if number.upper().startswith("I") else None
        if item is None:
            raise UsageError(
                f"There is no item {number} in this case. An item has a short number such as I3; `witnessmark search CASE WORDS --in documents` shows them."
            )
        found.append(item)
    return tuple(found) or None


def named_sources(connection: Connection, typed: Sequence[str], publishers: dict[str, str]) -> frozenset[str] | None:
    """The speakers and publishers whose names hold what was typed, None where nothing was. Raises UsageError where nobody's does."""
    if not typed:
        return None
    return frozenset(_named(typed, [*search.speakers(connection), OWN_VOICE, UNNAMED, *publishers.values()], "source"))


def _places(connection: Connection, typed: Sequence[str]) -> tuple[str | None, ...] | None:
    if not typed:
        return None
    named = _named(typed, [*search.places(connection), NONE], "place")
    return tuple(None if name == NONE else name for name in named)


def _parties(connection: Connection, typed: Sequence[str]) -> tuple[str | None, ...] | None:
    if not typed:
        return None
    named = _named(typed, [*search.parties(connection), NONE], "party")
    return tuple(None if name == NONE else name for name in named)


def _languages(connection: Connection, typed: Sequence[str]) -> tuple[str | None, ...] | None:
    """Languages by their codes (BCP 47), none for documents whose language is not known."""
    known = search.languages_known(connection) if typed else []
    return _words(typed, {NONE: None, **{code.lower().replace("-", "_"): code for code in known}}, "language of a document in this case")


def _named(typed: Sequence[str], names: Iterable[str], noun: str) -> tuple[str, ...]:
    """The names that hold the words of any of those typed, neighbouring and in order."""
    known = {name: f" {' '.join(words_in(name))} " for name in dict.fromkeys(names)}
    found: dict[str, None] = {}
    for one in typed:
        asked = f" {' '.join(words_in(one))} "
        matching = [name for name, words in known.items() if asked in words and not asked.isspace()]
        if not matching:
            near = difflib.get_close_matches(one, known, n=3, cutoff=0.5)
            hint = f" Near it: {'; '.join(near)}." if near else ""
            raise UsageError(f"No {noun} in this case has {one!r} in its name.{hint}")
        found |= dict.fromkeys(matching)
    return tuple(found)


def _words(typed: Sequence[str], known: dict[str, str | None], noun: str) -> tuple[str | None, ...] | None:
    """Values of a closed list, typed in any case, with spaces or hyphens for underlines."""
    found = []
    for one in typed:
        value = one.strip().lower().replace(" ", "_").replace("-", "_")
        if value not in known:
            raise UsageError(f"{one!r} is no {noun}. There are: {', '.join(word.replace('_', ' ') for word in known)}.")
        found.append(known[value])
    return tuple(found) or None
