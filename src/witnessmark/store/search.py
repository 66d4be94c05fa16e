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
from witnessmark.text.query import Both, Near, Node, Term

MOST_COUNTED = 10_000
"""Hits that are counted, ranked and sorted by what they are about; beyond, "over 10,000"."""


class ClaimFilter(msgspec.Struct, frozen=True):
    """Which claims count. None means all; names are as stored, None among them for claims that have none.

    A claim is of a source where its speaker is among `speakers` or its item among `source_items`. A date matches where the event may have
    fallen between `earliest` and `latest` (ISO days, both included), so an end that is not known matches; no date at all does not.
    `statuses` None leaves out what a person called misread.
    """

    speakers: tuple[str | None, ...] | None = None
    source_items: tuple[str, ...] = ()
    acts: tuple[str | None, ...] | None = None
    places: tuple[str | None, ...] | None = None
    stances: tuple[str | None, ...] | None = None
    statuses: tuple[str | None, ...] | None = None
    items: tuple[str, ...] | None = None
    earliest: str | None = None
    latest: str | None = None


class ClaimRow(NamedTuple):
    """What a claim is about, of each that was found."""

    number: int
    status: str
    stance: str
    act: str | None
    source: str | None
    place: str | None
    earliest: str | None
    latest: str | None


class DocumentRow(NamedTuple):
    """A document that was found: the number of its item, the item, and the publisher it states or was given."""

    number: int
    item: str
    title: str | None
    publisher: str | None


class FoundClaims(NamedTuple):
    """At most `MOST_COUNTED` claims, whether there are `more`, whether they are in order of rank, and how many misread ones were left out.

    `misread` is None where more were found than are counted.
    """

    rows: list[ClaimRow]
    more: bool
    ranked: bool
    misread: int | None


class FoundDocuments(NamedTuple):
    """At most `MOST_COUNTED` documents, whether there are more, and whether they are in order of rank."""

    rows: list[DocumentRow]
    more: bool
    ranked: bool


class StoredHit(NamedTuple):
    """A claim to be shown, whole."""

    number: int
    item: str
    document: str
    status: str
    claim: Claim


class NamedItem(NamedTuple):
    """An item as a list names it: short number, the name of its file when it first came in, and the title of what was read in it."""

    number: str
    name: str
    title: str | None


_CLAIM = "c.number, c.status, c.stance, c.act, c.source, c.place, c.earliest, c.latest"
_DOCUMENT = "a.number, a.item, a.title, a.publisher"


def find_claims(connection: Connection, query: Node | None, chosen: ClaimFilter) -> FoundClaims:
    """The claims that hold the query and pass the filter; all that pass it where there is no query."""
    expression = None if query is None else to_fts5(query)
    if expression is not None and _count(connection, "claim_text", expression) <= MOST_COUNTED:
        return _ranked_claims(connection, expression, chosen)
    conditions, values = _conditions(chosen, misread=False)
    if expression is None:
        rows = _ask(connection, f"SELECT {_CLAIM} FROM claim c WHERE {conditions} ORDER BY c.number LIMIT ?", *values, MOST_COUNTED + 1)
    elif msgspec.structs.replace(chosen, statuses=None) == ClaimFilter():
        found = f"claim_text CROSS JOIN claim c ON c.number = claim_text.rowid WHERE claim_text MATCH ? AND {conditions} LIMIT ?"
        rows = _ask(connection, f"SELECT {_CLAIM} FROM {found}", expression, *values, MOST_COUNTED + 1)
    else:
        # A selective filter over a frequent word: the numbers that pass it are gathered once, and looked up for each hit.
        passing = f"SELECT c.number FROM claim c WHERE {conditions}"
        found = f"SELECT rowid AS number FROM claim_text WHERE claim_text MATCH ? AND +rowid IN ({passing}) LIMIT ?"
        rows = _ask(
            connection, f"SELECT {_CLAIM} FROM ({found}) f CROSS JOIN claim c USING (number)", expression, *values, MOST_COUNTED + 1
        )
    return FoundClaims([ClaimRow(*row) for row in rows[:MOST_COUNTED]], len(rows) > MOST_COUNTED, ranked=False, misread=None)


def _ranked_claims(connection: Connection, expression: str, chosen: ClaimFilter) -> FoundClaims:
    conditions, values = _conditions(chosen, misread=True)
    found = f"claim_text CROSS JOIN claim c ON c.number = claim_text.rowid WHERE claim_text MATCH ? AND {conditions}"
    rows = _ask(connection, f"SELECT {_CLAIM} FROM {found} ORDER BY bm25(claim_text), c.number", expression, *values)
    shown = [ClaimRow(*row) for row in rows if chosen.statuses is not None or row[1] != Status.REJECTED]
    return FoundClaims(shown, more=False, ranked=True, misread=len(rows) - len(shown))


def find_documents(connection: Connection, query: Node, items: Sequence[str] | None) -> FoundDocuments:
    """The documents that hold the query, of these items only where any are given."""
    expression = to_fts5(query)
    ranked = _count(connection, "document_text", expression) <= MOST_COUNTED
    order = "bm25(document_text), document_text.rowid" if ranked else "document_text.rowid"
    conditions, values = ("TRUE", []) if items is None else _among("a.item", items)
    found = f"document_text CROSS JOIN document_about a ON a.number = document_text.rowid WHERE document_text MATCH ? AND {conditions}"
    rows = _ask(connection, f"SELECT {_DOCUMENT} FROM {found} ORDER BY {order} LIMIT ?", expression, *values, MOST_COUNTED + 1)
    said = _said_publishers(connection)
    named = [DocumentRow(number, item, title, said.get(item, publisher)) for number, item, title, publisher in rows[:MOST_COUNTED]]
    return FoundDocuments(named, len(rows) > MOST_COUNTED, ranked)


def count_holding(connection: Connection, query: Node) -> tuple[int, int]:
    """How many claims and documents hold a query, each up to one more than is counted."""
    expression = to_fts5(query)
    return _count(connection, "claim_text", expression), _count(connection, "document_text", expression)


def claims_to_show(connection: Connection, numbers: Sequence[int]) -> list[StoredHit]:
    """These claims whole, in the order asked for."""
    among, values = _among("c.number", numbers)
    joined = "claim c JOIN claim_body b USING (number)"
    rows = _ask(connection, f"SELECT c.number, c.item, c.document, c.status, b.body FROM {joined} WHERE {among}", *values)
    decoder = msgspec.json.Decoder(Claim)
    found = {row[0]: StoredHit(row[0], row[1], row[2], row[3], decoder.decode(row[4])) for row in rows}
    return [found[number] for number in numbers]


def documents_to_show(connection: Connection, items: Sequence[str]) -> dict[str, Document]:
    """The documents read from these items, whole."""
    among, values = _among("item", items)
    decoder = msgspec.json.Decoder(Document)
    return {item: decoder.decode(body) for item, body in _ask(connection, f"SELECT item, body FROM document WHERE {among}", *values)}


def items_named(connection: Connection, items: Sequence[str]) -> dict[str, NamedItem]:
    """How lists name these items, all of which were read."""
    among, values = _among("a.item", sorted(set(items)))
    first = "(SELECT json_extract(r.body, '$.name') FROM receipt r WHERE r.item = a.item ORDER BY r.seq LIMIT 1)"
    rows = _ask(connection, f"SELECT a.item, a.number, {first}, a.title FROM document_about a WHERE {among}", *values)
    return {item: NamedItem(f"I{number}", name, title) for item, number, name, title in rows}


def speakers(connection: Connection) -> list[str]:
    """The names of all who speak in claims."""
    return [row[0] for row in _ask(connection, "SELECT DISTINCT source FROM claim WHERE source > ''")]


def places(connection: Connection) -> list[str]:
    """The names of all places that claims are about."""
    return [row[0] for row in _ask(connection, "SELECT DISTINCT place FROM claim WHERE place > ''")]


def publishers(connection: Connection) -> dict[str, str]:
    """Who published each item that was read, of those of which it is known: as decided, as stated or as given."""
    stated = dict(_ask(connection, "SELECT item, publisher FROM document_about WHERE publisher IS NOT NULL"))
    return {**stated, **_said_publishers(connection)}


def _said_publishers(connection: Connection) -> dict[str, str]:
    """Sources of items as people decided; a later decision takes the place of an earlier one."""
    statement = "SELECT subject, json_extract(body, '$.value') FROM decision WHERE field = 'source' AND undone = 0 ORDER BY seq"
    return dict(_ask(connection, statement))


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
    statement = f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT ?)"
    return int(_ask(connection, statement, expression, MOST_COUNTED + 1)[0][0])


def _conditions(chosen: ClaimFilter, *, misread: bool) -> tuple[str, list[Any]]:
    """The filter as SQL with its values; `misread` keeps what is left out by default."""
    conditions, values = ["TRUE"], []
    columns = (("c.act", chosen.acts), ("c.place", chosen.places), ("c.stance", chosen.stances), ("c.status", chosen.statuses))
    for column, names in (*columns, ("c.item", chosen.items)):
        if names is not None:
            condition, given = _among(column, names)
            conditions.append(condition)
            values += given
    if chosen.statuses is None and not misread:
        conditions.append("c.status <> ?")
        values.append(Status.REJECTED.value)
    if chosen.speakers is not None:
        (by_speaker, names_given), (by_item, items_given) = _among("c.source", chosen.speakers), _among("c.item", chosen.source_items)
        conditions.append(f"({by_speaker} OR {by_item})")
        values += [*names_given, *items_given]
    if chosen.earliest or chosen.latest:
        conditions.append(
            "coalesce(c.earliest, c.latest) IS NOT NULL AND coalesce(c.latest >= ?, TRUE) AND coalesce(c.earliest <= ?, TRUE)"
        )
        values += [chosen.earliest, chosen.latest]
    return " AND ".join(conditions), values


def _among(column: str, values: Sequence[object]) -> tuple[str, list[Any]]:
    """That a column has one of these values, carried as one JSON list, for there is a limit to single ones."""
    listed = f"{column} IN (SELECT value FROM json_each(?))"
    return (f"({listed} OR {column} IS NULL)" if None in values else listed), [json.dumps(list(values), ensure_ascii=False)]


def _ask(connection: Connection, statement: str, *values: object) -> list[Any]:
    """The rows that answer a statement of ours."""
    return list(connection.exec_driver_sql(statement, tuple(values)).fetchall())
