"""The tables of `case.db`. Each row keeps its noun whole as canonical JSON beside the columns questions are asked of.

Everything here is a projection of the two logs and their records; no table is ever the only place a fact is kept.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import REAL, CheckConstraint, Column, ForeignKey, Integer, LargeBinary, MetaData, Table, Text
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
    Column("address", Text, unique=True),
)
"""`address` is where the vault has it: the sha256 of the bytes as stored, null where that is the item's own."""

receipt = _table(
    "receipt",
    Column("seq", Integer, primary_key=True),
    Column("item", Text, ForeignKey("item.id"), nullable=False, index=True),
    Column("body", Text, nullable=False),
)

refusal = _table("refusal", Column("seq", Integer, primary_key=True), Column("body", Text, nullable=False))

not_kept = _table("not_kept", Column("seq", Integer, primary_key=True), Column("body", Text, nullable=False))
"""What was received and not kept, by decision."""

disposal = _table(
    "disposal",
    Column("item", Text, primary_key=True),
    Column("seq", Integer, nullable=False, unique=True),
    Column("body", Text, nullable=False),
)
"""Items whose content was destroyed by decision; no other table but `label` holds anything of them."""

custody = _table(
    "custody",
    Column("seq", Integer, primary_key=True),
    Column("item", Text, nullable=False, index=True),
    Column("entry", Text, nullable=False),
)

redaction = _table(
    "redaction",
    Column("seq", Integer, primary_key=True),
    Column("item", Text, ForeignKey("item.id"), nullable=False, index=True),
    Column("body", Text, nullable=False),
)

handover = _table(
    "handover",
    Column("id", Text, primary_key=True),
    Column("seq", Integer, nullable=False, unique=True),
    Column("at", Text, nullable=False),
    Column("returned", Text),
    Column("body", Text, nullable=False),
)
"""What was handed over, when, and when the receipt for it came back (null: not yet)."""

committed = _table(
    "committed",
    Column("item", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
)
"""The custody entry by whose commitment a public dossier shows an item."""

document = _table(
    "document",
    Column("id", Text, primary_key=True),
    Column("item", Text, ForeignKey("item.id"), nullable=False, unique=True),
    Column("seq", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

claim_read = _table(
    "claim_read",
    Column("id", Text, primary_key=True),
    Column("item", Text, ForeignKey("item.id"), nullable=False, index=True),
    Column("document", Text, nullable=False),
    Column("reader", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("meaning", LargeBinary),
)
"""Claims as a machine read them; `meaning` is the vector of the paragraph each begins in, null where none was made."""

claim_added = _table(
    "claim_added",
    Column("id", Text, primary_key=True),
    Column("item", Text, ForeignKey("item.id"), nullable=False, index=True),
    Column("document", Text, nullable=False),
    Column("supersedes", Text),
    Column("body", Text, nullable=False),
)
"""Claims as people added them, as far as that stands; `supersedes` where one corrects another's words."""

claim = _table(
    "claim",
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("item", Text, ForeignKey("item.id"), nullable=False, index=True),
    Column("document", Text, nullable=False),
    Column("reader", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("stance", Text, nullable=False),
    Column("act", Text),
    Column("source", Text),
    Column("place", Text),
    Column("earliest", Text),
    Column("latest", Text),
    Column("confidence", REAL),
)
"""Claims as they stand: read by a machine or added by a person, corrections in place. `number` is 12 of C12; `source` who speaks, empty for the document itself;
`confidence` how sure the learned reader was, null where it had no part.

Narrow, so that questions about many claims stay quick: the claim whole is in `claim_body`.
"""

claim_body = _table(
    "claim_body",
    Column("number", Integer, ForeignKey("claim.number", ondelete="CASCADE"), primary_key=True),
    Column("body", Text, nullable=False),
)

claim_party = _table(
    "claim_party",
    Column("number", Integer, ForeignKey("claim.number", ondelete="CASCADE"), primary_key=True),
    Column("party", Text, primary_key=True, index=True),
)
"""The parties that each claim names, as searches and their counts need them."""

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

kept = _table("kept", Column("key", Text, primary_key=True), Column("body", LargeBinary, nullable=False))
"""What the last weighing worked out on the way, for the next one to go on from. It may be dropped: the result is the same without it, only later."""

WORKINGS = frozenset({kept.name})
"""Tables that hold no fact of the case: two databases of one case may differ in them."""

decision = _table(
    "decision",
    Column("id", Text, primary_key=True),
    Column("seq", Integer, nullable=False, unique=True),
    Column("subject", Text, nullable=False, index=True),
    Column("field", Text, nullable=False),
    Column("undone", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

person = _table(
    "person",
    Column("id", Text, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("forms", Text, nullable=False),
    Column("erased", Integer, nullable=False),
)
"""Persons as entered; `number` is 3 of P3, `forms` a JSON list of how documents name them. Empty names where they were erased."""

pseudonym = _table("pseudonym", Column("shown", Text, primary_key=True), Column("person", Text, nullable=False, index=True))
"""Pseudonyms that were drawn, with the random id of whom each stands for; empty where nobody entered is meant."""

sealed_field = _table(
    "sealed_field",
    Column("id", Text, primary_key=True),
    Column("seq", Integer, nullable=False, unique=True),
    Column("subject", Text, nullable=False, index=True),
    Column("field", Text, nullable=False),
    Column("sealed", Text, nullable=False),
)
"""Fields that lie encrypted (age, base64), with the custody entry of each."""

source = _table(
    "source",
    Column("id", Text, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("name", Text, nullable=False),
)
"""Sources as entered; `number` is 3 of S3."""

question = _table(
    "question",
    Column("id", Text, primary_key=True),
    Column("seq", Integer, nullable=False, unique=True),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),
)
"""Questions about a number of people, as they were planned."""

counted = _table(
    "counted",
    Column("seq", Integer, primary_key=True),
    Column("question", Text, ForeignKey("question.id"), nullable=False, index=True),
    Column("kind", Text, CheckConstraint("kind IN ('linked', 'run')"), nullable=False),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),
)
"""What was done about a question: its lists linked, its runs. The body is the deed."""

site = _table(
    "site",
    Column("id", Text, primary_key=True),
    Column("seq", Integer, nullable=False, unique=True),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),
)
"""Sites, as they were drawn."""

watched = _table(
    "watched",
    Column("seq", Integer, primary_key=True),
    Column("site", Text, ForeignKey("site.id"), nullable=False, index=True),
    Column("kind", Text, CheckConstraint("kind IN ('read', 'compared', 'tested')"), nullable=False),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),
)
"""What was done about a site: its scenes read and compared, its footprints tested. The body is the deed."""

media_check = _table(
    "media_check",
    Column("item", Text, ForeignKey("item.id"), primary_key=True),
    Column("seq", Integer, nullable=False, unique=True),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),
)
"""The newest check of each photograph, film or recording. The body is the deed."""

frame_sheet = _table(
    "frame_sheet",
    Column("seq", Integer, primary_key=True),
    Column("item", Text, ForeignKey("item.id"), nullable=False, index=True),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),
)
"""Sheets of key frames that were drawn."""

looks = _table(
    "looks",
    Column("item", Text, ForeignKey("item.id"), primary_key=True),
    Column("seq", Integer, nullable=False, unique=True),
    Column("body", Text, nullable=False),
)
"""How the pictures of an item look, as they were last looked at: hashes and keypoints."""

step = _table(
    "step",
    Column("stage", Text, primary_key=True),
    Column("version", Text, primary_key=True),
    Column("parameters", Text, primary_key=True),
    Column("input", Text, primary_key=True),
    Column("outcome", Text, CheckConstraint("outcome IN ('done', 'failed')"), nullable=False),
)
