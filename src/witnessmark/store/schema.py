"""The tables of `case.db`. Each row keeps its noun whole as canonical JSON beside the columns questions are asked of.

Everything here is a projection of the two logs and their records; no table is ever the only place a fact is kept.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, MetaData, Table, Text
from sqlalchemy.schema import SchemaItem

METADATA = MetaData()


def _table(name: str, *columns: SchemaItem) -> Table[Any]:
    return Table(name, METADATA, *columns, sqlite_strict=True)


meta = _table("meta", Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

label = _table(
    "label",
    Column("subject", Text, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("public_id", Text, nullable=False, unique=True),
)

item = _table(
    "item",
    Column("id", Text, primary_key=True),
    Column("seq", Integer, nullable=False, unique=True),
    Column("size", Integer, nullable=False),
    Column("media_type", Text, nullable=False),
)

receipt = _table(
    "receipt",
    Column("seq", Integer, primary_key=True),
    Column("item", Text, ForeignKey("item.id"), nullable=False, index=True),
    Column("body", Text, nullable=False),
)

refusal = _table("refusal", Column("seq", Integer, primary_key=True), Column("body", Text, nullable=False))

custody = _table(
    "custody",
    Column("seq", Integer, primary_key=True),
    Column("item", Text, nullable=False, index=True),
    Column("entry", Text, nullable=False),
)

document = _table(
    "document",
    Column("id", Text, primary_key=True),
    Column("item", Text, ForeignKey("item.id"), nullable=False, unique=True),
    Column("seq", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

claim = _table(
    "claim",
    Column("id", Text, primary_key=True),
    Column("item", Text, ForeignKey("item.id"), nullable=False, index=True),
    Column("document", Text, nullable=False, index=True),
    Column("reader", Text, nullable=False),
    Column("stance", Text, nullable=False),
    Column("act", Text),
    Column("body", Text, nullable=False),
)

failure = _table(
    "failure",
    Column("item", Text, ForeignKey("item.id"), primary_key=True),
    Column("stage", Text, primary_key=True),
    Column("body", Text, nullable=False),
)

answer = _table(
    "answer",
    Column("claim", Text, primary_key=True),
    Column("about", Text, primary_key=True),
    Column("body", Text, nullable=False),
)

incident = _table("incident", Column("id", Text, primary_key=True), Column("body", Text, nullable=False))

decision = _table(
    "decision",
    Column("id", Text, primary_key=True),
    Column("seq", Integer, nullable=False, unique=True),
    Column("subject", Text, nullable=False, index=True),
    Column("field", Text, nullable=False),
    Column("undone", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

step = _table(
    "step",
    Column("stage", Text, primary_key=True),
    Column("version", Text, primary_key=True),
    Column("parameters", Text, primary_key=True),
    Column("input", Text, primary_key=True),
    Column("outcome", Text, CheckConstraint("outcome IN ('done', 'failed')"), nullable=False),
)

FULL_TEXT = "CREATE VIRTUAL TABLE full_text USING fts5(item UNINDEXED, folded, tokenize = 'unicode61')"
"""Folded text of each document (Arabic marks and letter variants, case, accents), so that FTS5 does not cut vocalised words."""
