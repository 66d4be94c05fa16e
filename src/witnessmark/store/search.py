# ruff: noqa: S608 -- statements are put together from pieces written in this file; whatever was typed goes in as a value
"""Questions to the full-text index: which claims and documents hold a query, how many, and what they are about.

Hits are counted exactly up to `MOST_COUNTED`. So many can also be ranked (BM25, as FTS5 computes it) within a tenth of a second or so; more
come in the order of their short numbers, which is the order in which they were read. `bench/search.py` has the figures.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection

from witnessmark.model.claim import Claim
from witnessmark.model.decision import Status
from witnessmark.model.document import Document
from witnessmark.store.search_filters import ClaimFilter, DocumentFilter, among, of_claims, of_documents
from witnessmark.text.query import Both, Near, Node, Term
from witnessmark.text.words import FoldedText

MOST_COUNTED = 10_000
"""Hits that are counted, ranked and sorted by what they are about; beyond, "over 10,000"."""


KEPT_PAGES = "-65536"
"""How much of the database SQLite may keep in memory while it is searched, in its own notation: 64 MiB, of which it takes what it needs.

With the 2 MiB it takes of itself, a common word over 300,000 claims took 136 ms instead of 86 (`bench/search.py`).
"""


class FoundClaims(NamedTuple):
    """At most `MOST_COUNTED` claims, column by column (rows of their own would cost as much as finding them), in the order of `numbers`.

    `earliest` and `latest` are years. `more` were found than these; `ranked` means best first; `misread` is how many misread ones were left out,
    None where more were found than are counted.
    """

    numbers: tuple[int, ...]
    statuses: tuple[str, ...]
    stances: tuple[str, ...]
    acts: tuple[str | None, ...]
    sources: tuple[str | None, ...]
    places: tuple[str | None, ...]
    earliest: tuple[str | None, ...]
    latest: tuple[str | None, ...]
    items: tuple[str, ...]
    more: bool
    ranked: bool
    misread: int | None


class FoundDocuments(NamedTuple):
    """At most `MOST_COUNTED` documents by the numbers of their items, and who published each; `more` and `ranked` as of claims."""

    numbers: tuple[int, ...]
    publishers: tuple[str | None, ...]
    more: bool
    ranked: bool


class StoredHit(NamedTuple):
    """A claim to be shown, whole."""

    number: int
    item: str
    document: str
    status: str
    claim: Claim


class StoredDocument(NamedTuple):
    """A document to be shown, whole, with its publisher as decided, stated or given, and its words as they were cut when it was read."""

    number: int
    publisher: str | None
    document: Document
    cut: FoldedText


class NamedItem(NamedTuple):
    """An item as a list names it: short number, the name of its file when it first came in, and the title of what was read in it."""

    number: str
    name: str
    title: str | None


_CLAIM = "c.number, c.status, c.stance, c.act, c.source, c.place, substr(c.earliest, 1, 4), substr(c.latest, 1, 4), c.item"


def make_room(connection: Connection) -> None:
    """Let the connection keep as much in memory as searching is worth."""
    connection.exec_driver_sql(f"PRAGMA cache_size = {KEPT_PAGES}")


def find_claims(connection: Connection, query: Node | None, chosen: ClaimFilter) -> FoundClaims:
    """The claims that hold the query and pass the filter; all that pass it where there is no query."""
    expression = None if query is None else to_fts5(query)
    if expression is not None and _count(connection, "claim_text", expression) <= MOST_COUNTED:
        return _ranked_claims(connection, expression, chosen)
    conditions, values = of_claims(chosen, misread=False)
    given: tuple[object, ...] = (*values, MOST_COUNTED + 1) if expression is None else (expression, *values, MOST_COUNTED + 1)
    if expression is None:
        found = f"claim c WHERE {conditions} ORDER BY c.number LIMIT ?"
    elif msgspec.structs.replace(chosen, statuses=None) == ClaimFilter():
        found = f"claim_text CROSS JOIN claim c ON c.number = claim_text.rowid WHERE claim_text MATCH ? AND {conditions} LIMIT ?"
    else:
        # A selective filter over a frequent word: the numbers that pass it are gathered once, and looked up for each hit.
        passing = f"SELECT c.number FROM claim c WHERE {conditions}"
        held = f"SELECT rowid AS number FROM claim_text WHERE claim_text MATCH ? AND +rowid IN ({passing}) LIMIT ?"
        found = f"({held}) f CROSS JOIN claim c USING (number)"
    rows = _ask(connection, f"SELECT {_CLAIM} FROM {found}", *given)
    return _claims(rows[:MOST_COUNTED], more=len(rows) > MOST_COUNTED, ranked=False, misread=None)


def _ranked_claims(connection: Connection, expression: str, chosen: ClaimFilter) -> FoundClaims:
    conditions, values = of_claims(chosen, misread=True)
    found = f"claim_text CROSS JOIN claim c ON c.number = claim_text.rowid WHERE claim_text MATCH ? AND {conditions}"
    rows = _ask(connection, f"SELECT {_CLAIM} FROM {found} ORDER BY bm25(claim_text), c.number", expression, *values)
    shown = rows if chosen.statuses is not None else [row for row in rows if row[1] != Status.REJECTED]
    return _claims(shown, more=False, ranked=True, misread=len(rows) - len(shown))


def _claims(rows: Sequence[Any], *, more: bool, ranked: bool, misread: int | None) -> FoundClaims:
    columns: list[tuple[Any, ...]] = list(zip(*rows, strict=True)) or [()] * 9
    return FoundClaims._make([*columns, more, ranked, misread])


def find_documents(connection: Connection, query: Node, chosen: DocumentFilter | None = None) -> FoundDocuments:
    """The documents that hold the query and pass the filter."""
    expression = to_fts5(query)
    ranked = _count(connection, "document_text", expression) <= MOST_COUNTED
    order = "bm25(document_text), a.number" if ranked else "a.number"
    conditions, values = of_documents(chosen or DocumentFilter())
    found = f"document_text CROSS JOIN document_about a ON a.number = document_text.rowid WHERE document_text MATCH ? AND {conditions}"
    rows = _ask(connection, f"SELECT a.number, a.publisher FROM {found} ORDER BY {order} LIMIT ?", expression, *values, MOST_COUNTED + 1)
    said = _said_publishers(connection)
    if said:
        numbers = dict(
            _ask(connection, f"SELECT number, item FROM document_about WHERE {among('item', list(said))[0]}", json.dumps(list(said)))
        )
        rows = [(number, said[numbers[number]] if number in numbers else publisher) for number, publisher in rows]
    held, published = zip(*rows[:MOST_COUNTED], strict=True) if rows else ((), ())
    return FoundDocuments(held, published, len(rows) > MOST_COUNTED, ranked)


def count_claims_holding(connection: Connection, query: Node, chosen: ClaimFilter) -> int:
    """How many claims hold a query and pass the filter, up to one more than is counted."""
    conditions, values = of_claims(chosen, misread=False)
    found = f"claim_text CROSS JOIN claim c ON c.number = claim_text.rowid WHERE claim_text MATCH ? AND {conditions}"
    return _up_to_counted(connection, found, to_fts5(query), *values)


def count_documents_holding(connection: Connection, query: Node, chosen: DocumentFilter | None = None) -> int:
    """How many documents hold a query and pass the filter, up to one more than is counted."""
    conditions, values = of_documents(chosen or DocumentFilter())
    found = f"document_text CROSS JOIN document_about a ON a.number = document_text.rowid WHERE document_text MATCH ? AND {conditions}"
    return _up_to_counted(connection, found, to_fts5(query), *values)


def count_unread(connection: Connection, items: Sequence[str] | None) -> int:
    """How many items no reader was sent yet, of these only where any are given."""
    if items is None:  # by what was read, for looking each item up takes ten times as long
        failed = "SELECT count(DISTINCT item) FROM failure WHERE item NOT IN (SELECT item FROM document)"
        return int(_ask(connection, f"SELECT (SELECT count(*) FROM item) - (SELECT count(*) FROM document) - ({failed})")[0][0])
    condition, values = among("id", items)
    unread = "id NOT IN (SELECT item FROM document) AND id NOT IN (SELECT item FROM failure)"
    return int(_ask(connection, f"SELECT count(*) FROM item WHERE {unread} AND {condition}", *values)[0][0])


def claims_to_show(connection: Connection, numbers: Sequence[int]) -> list[StoredHit]:
    """These claims whole, in the order asked for."""
    one_of_these, values = among("c.number", numbers)
    joined = "claim c JOIN claim_body b USING (number)"
    rows = _ask(connection, f"SELECT c.number, c.item, c.document, c.status, b.body FROM {joined} WHERE {one_of_these}", *values)
    decoder = msgspec.json.Decoder(Claim)
    found = {row[0]: StoredHit(row[0], row[1], row[2], row[3], decoder.decode(row[4])) for row in rows}
    return [found[number] for number in numbers]


def documents_to_show(connection: Connection, found: FoundDocuments, part: slice) -> list[StoredDocument]:
    """Some of the documents found, whole, in the order in which they were found."""
    one_of_these, values = among("a.number", found.numbers[part])
    joined = "document_about a JOIN document d ON d.item = a.item JOIN document_text t ON t.rowid = a.number"
    held = {
        row[0]: row[1:]
        for row in _ask(connection, f"SELECT a.number, d.body, t.text, a.counts FROM {joined} WHERE {one_of_these}", *values)
    }
    shown = []
    for number, publisher in zip(found.numbers[part], found.publishers[part], strict=True):
        body, words, counts = held[number]
        document = msgspec.json.decode(body, type=Document)
        cut = FoldedText(document.text, words.split(), msgspec.json.decode(counts, type=list[int]))
        shown.append(StoredDocument(number, publisher, document, cut))
    return shown


def items_named(connection: Connection, items: Sequence[str]) -> dict[str, NamedItem]:
    """How lists name these items, all of which were read."""
    one_of_these, values = among("a.item", sorted(set(items)))
    first = "(SELECT json_extract(r.body, '$.name') FROM receipt r WHERE r.item = a.item ORDER BY r.seq LIMIT 1)"
    rows = _ask(connection, f"SELECT a.item, a.number, {first}, a.title FROM document_about a WHERE {one_of_these}", *values)
    return {item: NamedItem(f"I{number}", name, title) for item, number, name, title in rows}


def count_parties(connection: Connection, numbers: Sequence[int]) -> list[tuple[str | None, int]]:
    """How many of these claims name each party, and how many name none (None)."""
    held = "json_each(?) n LEFT JOIN claim_party p ON p.number = n.value"
    return [
        (row[0], int(row[1]))
        for row in _ask(connection, f"SELECT p.party, count(*) FROM {held} GROUP BY p.party", json.dumps(list(numbers)))
    ]


def languages_of(connection: Connection, items: Sequence[str]) -> dict[str, str | None]:
    """The language of what was read in each of these items, None where it is not known."""
    one_of_these, values = among("item", items)
    return dict(_ask(connection, f"SELECT item, language FROM document_about WHERE {one_of_these}", *values))


def languages_known(connection: Connection) -> list[str]:
    """All languages of documents that are known."""
    return [row[0] for row in _ask(connection, "SELECT DISTINCT language FROM document_about WHERE language IS NOT NULL ORDER BY 1")]


def items_numbered(connection: Connection, numbers: Sequence[int]) -> list[str]:
    """The items with these numbers (3 of I3) of those that were read."""
    one_of_these, values = among("number", numbers)
    return [row[0] for row in _ask(connection, f"SELECT item FROM document_about WHERE {one_of_these}", *values)]


def sensitivities(connection: Connection) -> dict[str, str]:
    """How graphic items are, of those of which a person decided it."""
    statement = "SELECT subject, json_extract(body, '$.value') FROM decision WHERE field = 'sensitivity' AND undone = 0 ORDER BY seq"
    return dict(_ask(connection, statement))


def parties(connection: Connection) -> list[str]:
    """The names of all parties of claims."""
    return _distinct(connection, "claim_party", "party")


def public_ids(connection: Connection, subjects: Sequence[str]) -> dict[str, str]:
    """The random ids under which a dossier shows these claims and items."""
    one_of_these, values = among("subject", subjects)
    return dict(_ask(connection, f"SELECT subject, public_id FROM label WHERE {one_of_these}", *values))


def speakers(connection: Connection) -> list[str]:
    """The names of all who speak in claims."""
    return _distinct(connection, "claim", "source")


def places(connection: Connection) -> list[str]:
    """The names of all places that claims are about."""
    return _distinct(connection, "claim", "place")


def publishers(connection: Connection) -> dict[str, str]:
    """Who published each item that was read, of those of which it is known: as decided, as stated or as given."""
    stated = dict(_ask(connection, "SELECT item, publisher FROM document_about WHERE publisher IS NOT NULL"))
    return {**stated, **_said_publishers(connection)}


def _said_publishers(connection: Connection) -> dict[str, str]:
    """Sources of items as people decided; a later decision takes the place of an earlier one."""
    statement = "SELECT subject, json_extract(body, '$.value') FROM decision WHERE field = 'source' AND undone = 0 ORDER BY seq"
    return dict(_ask(connection, statement))


def _distinct(connection: Connection, table: str, column: str) -> list[str]:
    """The values of an indexed column, each once, from one to the next: a few thousand names over a million rows take milliseconds and not a tenth of a second."""
    following = f"SELECT min({column}) FROM {table} WHERE {column} >"
    statement = f"WITH RECURSIVE named(one) AS ({following} '' UNION ALL SELECT ({following} one) FROM named WHERE one IS NOT NULL) SELECT one FROM named WHERE one IS NOT NULL"
    return [row[0] for row in _ask(connection, statement)]


def to_fts5(node: Node) -> str:
    """A query as FTS5 reads it. Every word stands in quotation marks and holds none, so nothing typed can be taken for syntax."""
    match node:
        case Term():
            readings = [f'"{" ".join(reading)}"{" *" if node.prefix else ""}' for reading in node.readings]
            return readings[0] if len(readings) == 1 else f"({' OR '.join(readings)})"
        case Near(left, right, within):
            pairs = [
                f"NEAR({to_fts5(msgspec.structs.replace(left, readings=(one,)))} {to_fts5(msgspec.structs.replace(right, readings=(other,)))}, {within})"
                for one in left.readings
                for other in right.readings
            ]
            return f"({' OR '.join(pairs)})"
        case Both(parts, without):
            asked = f"({' AND '.join(map(to_fts5, parts))})"
            return f"({asked} NOT ({' OR '.join(map(to_fts5, without))}))" if without else asked
        case _:
            return f"({' OR '.join(map(to_fts5, node.parts))})"


def _count(connection: Connection, table: str, expression: str) -> int:
    """How many rows of a full-text table match, up to one more than is counted."""
    return _up_to_counted(connection, f"{table} WHERE {table} MATCH ?", expression)


def _up_to_counted(connection: Connection, found: str, *values: object) -> int:
    """How many rows there are of what is written after FROM, up to one more than is counted."""
    return int(_ask(connection, f"SELECT count(*) FROM (SELECT 1 FROM {found} LIMIT ?)", *values, MOST_COUNTED + 1)[0][0])


def _ask(connection: Connection, statement: str, *values: object) -> list[Any]:
    """The rows that answer a statement of ours."""
    return list(connection.exec_driver_sql(statement, tuple(values)).fetchall())
