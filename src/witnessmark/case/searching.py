"""Searching a case: a query read, what holds it found, and each hit shown with the exact characters that made it one.

Misread claims are left out unless their status is asked for, since nobody stands by them; how many were left out is said. What is searched
beside what was typed (near spellings) is said too, so that no hit comes out of an unseen rule; so is how much was not searched, not being read
yet, so that nobody takes what is missing for what is not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.search_facets import Facets, facets_of
from witnessmark.case.search_hits import ClaimHit, DocumentHit, claim_hit, document_hit
from witnessmark.case.search_question import Question, Within, chosen_claims, chosen_documents, chosen_items, what_to_search
from witnessmark.case.telling import typed
from witnessmark.errors import UsageError
from witnessmark.model.decision import Status
from witnessmark.model.item import Sensitivity
from witnessmark.store import search
from witnessmark.store.database import Connection
from witnessmark.store.search import MOST_COUNTED, FoundClaims, FoundDocuments
from witnessmark.store.search_filters import ClaimFilter, DocumentFilter
from witnessmark.store.vocabulary import near_words
from witnessmark.text.finding import terms_of
from witnessmark.text.query import Node, Term, parse_query
from witnessmark.text.widening import widened, written

AT_ONCE = 100
"""Hits held in memory where all are gone through."""
OVER = f"over {MOST_COUNTED:,}"
"""Said for a total that was not counted to its end."""

__all__ = ["OVER", "ClaimHit", "DocumentHit", "Found", "Question", "Within", "each_hit", "search_case"]


class Near(msgspec.Struct, frozen=True):
    """A word of the case near to one that was asked for, and how many claims and documents hold it."""

    word: str
    claims: int | None
    documents: int | None


class Asked(msgspec.Struct, frozen=True):
    """A word or phrase of a query that found nothing: how many claims and documents hold it alone, and what is spelt like it.

    All are counted within the filters of the search, None where claims or documents were not searched.
    """

    typed: str
    claims: int | None
    documents: int | None
    near: tuple[Near, ...]


class Found(msgspec.Struct, frozen=True):
    """What a search found. `totals` are by claims and documents, a number or "over 10,000".

    `ranked` says of each kind whether the best come first. Facets are exact where the total is a number; else they count the first 10,000 hits, and each count means at least so many. `searched` is the
    query as it was searched, `widened` the words that fuzzy search put beside those typed. `asked` says of each word why nothing was found,
    `unread` how many items (of those asked for) were not searched because no reader was sent them yet, and `next` the command that does it.
    """

    query: str | None
    searched: str | None
    within: Within
    page: int
    limit: int
    ranked: dict[str, bool]
    totals: dict[str, int | str]
    misread_left_out: int | None
    hits: tuple[ClaimHit | DocumentHit, ...]
    facets: Facets
    widened: dict[str, list[str]]
    asked: tuple[Asked, ...]
    unread: int
    next: str | None


class _Scope(NamedTuple):
    """What a search looks through: which claims and which documents; None for a kind that is not searched."""

    claims: ClaimFilter | None
    documents: DocumentFilter | None


def search_case(case: Case, question: Question) -> Found:
    """The page of hits that a question asks for. Raises UsageError where the question cannot be read or names what is not there."""
    query = parse_query(question.query) if question.query is not None else None
    within = what_to_search(question)
    with case.asking() as connection:
        search.make_room(connection)
        scope, unread = _scope(connection, question, within), search.count_unread(connection, chosen_items(connection, question))
        near = _near_of(connection, query) if query is not None and question.fuzzy else {}
        query = widened(query, near) if query is not None and near else query
        claims, documents = _look(connection, query, scope)
        found = {name: part for name, part in (("claims", claims), ("documents", documents)) if part is not None}
        part = _part_of(question, list(found.values()))
        dossier = case.dossier
        hits: list[ClaimHit | DocumentHit] = [*(_claim_hits(connection, dossier, query, claims, part) if claims else ())]
        if query is not None and documents:
            hits += _document_hits(connection, dossier, query, documents, part)
        return Found(
            query=question.query,
            searched=written(query) if query is not None else None,
            within=within,
            page=question.page,
            limit=question.limit,
            ranked={name: one.ranked for name, one in found.items()},
            totals={name: _total(one) for name, one in found.items()},
            misread_left_out=claims.misread if claims else None,
            hits=tuple(hits),
            facets=facets_of(connection, claims, documents),
            widened=near,
            asked=_asked(connection, query, scope) if query is not None and not any(one.numbers for one in found.values()) else (),
            unread=unread,
            next=f"witnessmark read {typed(case.folder.root)}" if unread else None,
        )


def each_hit(case: Case, question: Question, most: int) -> Iterator[ClaimHit | DocumentHit]:
    """Every hit, the first `most` of claims and then of documents, a few in memory at a time. Raises what `search_case` does."""
    query, within = parse_query(question.query) if question.query is not None else None, what_to_search(question)
    with case.asking() as connection:
        search.make_room(connection)
        scope = _scope(connection, question, within)
        near = _near_of(connection, query) if query is not None and question.fuzzy else {}
        query = widened(query, near) if query is not None and near else query
        claims, documents = _look(connection, query, scope)
        if claims:
            for part in _parts(len(claims.numbers), most):
                yield from _claim_hits(connection, case.dossier, query, claims, part)
        if query is not None and documents:
            for part in _parts(len(documents.numbers), most):
                yield from _document_hits(connection, case.dossier, query, documents, part)


def _parts(found: int, most: int) -> Iterator[slice]:
    wanted = min(found, most)
    return (slice(start, min(start + AT_ONCE, wanted)) for start in range(0, wanted, AT_ONCE))


def _scope(connection: Connection, question: Question, within: Within) -> _Scope:
    publishers = search.publishers(connection) if question.sources else {}
    return _Scope(
        chosen_claims(connection, question, publishers) if within is not Within.DOCUMENTS else None,
        chosen_documents(connection, question, publishers) if question.query is not None and within is not Within.CLAIMS else None,
    )


def _look(connection: Connection, query: Node | None, scope: _Scope) -> tuple[FoundClaims | None, FoundDocuments | None]:
    """All claims and documents that match, None of a kind that is not searched."""
    claims = search.find_claims(connection, query, scope.claims) if scope.claims is not None else None
    documents = search.find_documents(connection, query, scope.documents) if query is not None and scope.documents is not None else None
    return claims, documents


def _total(found: FoundClaims | FoundDocuments) -> int | str:
    return OVER if found.more else len(found.numbers)


def _part_of(question: Question, found: Sequence[FoundClaims | FoundDocuments]) -> slice:
    """Which of the claims, and which of the documents, stand on the page asked for. Raises UsageError for a page that is not there."""
    of_each = question.limit if len(found) == 1 else max(question.limit // 2, 1)
    begin = (question.page - 1) * of_each
    longest = max(len(one.numbers) for one in found)
    if question.page > 1 and begin >= longest:
        last = max(-(-longest // of_each), 1)
        more = f" Only the first {MOST_COUNTED:,} hits are listed: narrow the search." if longest == MOST_COUNTED else ""
        raise UsageError(f"There is no page {question.page}: the last one is {last}.{more}")
    return slice(begin, begin + of_each)


def _claim_hits(connection: Connection, dossier: Path, query: Node | None, found: FoundClaims, part: slice) -> list[ClaimHit]:
    shown = search.claims_to_show(connection, found.numbers[part])
    items = search.items_named(connection, [hit.item for hit in shown])
    ids, graphic = search.public_ids(connection, [hit.claim.id for hit in shown]), _graphic(connection)
    return [
        claim_hit(query, hit, items[hit.item], _page(dossier, f"claim-{ids.get(hit.claim.id)}.html"), graphic=hit.item in graphic)
        for hit in shown
    ]


def _document_hits(connection: Connection, dossier: Path, query: Node, found: FoundDocuments, part: slice) -> list[DocumentHit]:
    shown = search.documents_to_show(connection, found, part)
    held = [hit.document.item for hit in shown]
    items, ids, graphic = search.items_named(connection, held), search.public_ids(connection, held), _graphic(connection)
    return [
        document_hit(query, hit, items[item], _page(dossier, f"document-{ids[item]}.html"), graphic=item in graphic)
        for item, hit in zip(held, shown, strict=True)
    ]


def _graphic(connection: Connection) -> frozenset[str]:
    """The items that a person called graphic: whoever lists hits shows their words only when asked."""
    return frozenset(item for item, value in search.sensitivities(connection).items() if value == Sensitivity.GRAPHIC)


def _page(dossier: Path, name: str) -> str | None:
    """The page of that name as a path inside the case, where it was published."""
    return f"{dossier.name}/{name}" if (dossier / name).is_file() else None


_EVERYTHING = _Scope(ClaimFilter(statuses=tuple(Status)), DocumentFilter())


def _near_of(connection: Connection, query: Node) -> dict[str, list[str]]:
    """For each word of a query the words of the case near to it that something in the case still holds."""
    words = dict.fromkeys(word for term in terms_of(query) if not term.prefix for word in term.words)
    near = {word: [other.word for other in _held_near(connection, word, _EVERYTHING)] for word in words}
    return {word: others for word, others in near.items() if others}


def _held_near(connection: Connection, word: str, scope: _Scope) -> list[Near]:
    counted = [Near(other, *_holding(connection, Term(other, ((other,),)), scope)) for other in near_words(connection, word)]
    return [near for near in counted if near.claims or near.documents]


def _holding(connection: Connection, query: Node, scope: _Scope) -> tuple[int | None, int | None]:
    """How many claims and documents of those searched hold a query."""
    return (
        search.count_claims_holding(connection, query, scope.claims) if scope.claims is not None else None,
        search.count_documents_holding(connection, query, scope.documents) if scope.documents is not None else None,
    )


def _asked(connection: Connection, query: Node, scope: _Scope) -> tuple[Asked, ...]:
    """Why nothing was found: how many hold each word or phrase alone, and what is spelt like those that nothing holds."""
    asked = []
    for term in dict.fromkeys(terms_of(query)):
        claims, documents = _holding(connection, term, scope)
        near = [] if claims or documents else [near for word in term.words for near in _held_near(connection, word, scope)]
        asked.append(Asked(term.typed, claims, documents, tuple(near)))
    return tuple(asked)
