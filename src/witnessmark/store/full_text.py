"""The full-text index: folded copies of documents and claims, so that search finds what was written however it is typed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

from witnessmark.model.claim import Claim
from witnessmark.text.fold import folded

TABLES = {
    "full_text": "CREATE VIRTUAL TABLE full_text USING fts5(item UNINDEXED, folded, tokenize = 'unicode61')",
    "claim_text": "CREATE VIRTUAL TABLE claim_text USING fts5(folded, tokenize = 'unicode61')",
}
"""Folded text (Arabic marks and letter variants, case, accents), so that FTS5 does not cut vocalised words; a claim's row is its number."""


def index_document(connection: Connection, item: str, words: str) -> None:
    """Set the text of the document read from `item` in the place of what was indexed of it before."""
    connection.execute(text("DELETE FROM full_text WHERE item = :item"), {"item": item})
    connection.execute(text("INSERT INTO full_text (item, folded) VALUES (:item, :folded)"), {"item": item, "folded": folded(words)})


def index_claims(connection: Connection, claims: Sequence[tuple[int, Claim]]) -> None:
    """Index claims by their numbers; none of them may be indexed already."""
    rows = [{"number": number, "folded": folded(claim.quote)} for number, claim in claims]
    connection.execute(text("INSERT INTO claim_text (rowid, folded) VALUES (:number, :folded)"), rows)


def drop_claims(connection: Connection, numbers: Sequence[int]) -> None:
    """Take claims out of the index."""
    if numbers:
        connection.execute(text("DELETE FROM claim_text WHERE rowid = :number"), [{"number": number} for number in numbers])
