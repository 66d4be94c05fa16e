"""Questions about part of a case: what a page about one incident needs, and no more, so that it opens as soon in a large case as in a small one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, select
from sqlalchemy.schema import Column

from witnessmark.model.claim import Claim
from witnessmark.model.decision import Decision, Status
from witnessmark.model.deed import INCIDENT_MARK, Label
from witnessmark.model.document import Document
from witnessmark.model.incident import Answer, Incident
from witnessmark.store import queries, schema
from witnessmark.store.batches import batches


def incident_at(connection: Connection, subject: str) -> Incident | None:
    """The incident that has, or holds, the claim at the head of a numbered one: an incident merged into another is found in that. `subject` is what its number was allotted to."""
    claim = subject.removesuffix(INCIDENT_MARK)
    body = connection.execute(select(schema.incident.c.body).where(schema.incident.c.id == claim)).scalar_one_or_none()
    if body is None:
        holding = (
            select(schema.incident.c.body).where(schema.incident.c.body.contains(claim, autoescape=True)).order_by(schema.incident.c.id)
        )
        found = [msgspec.json.decode(each, type=Incident) for each in connection.execute(holding).scalars()]
        return next((each for each in found if claim in {member.id for member in each.claims}), None)
    return msgspec.json.decode(body, type=Incident)


def numbers_of_incidents(connection: Connection) -> list[str]:
    """The short numbers of the incidents there are now, in order."""
    marked = schema.incident.c.id.concat(INCIDENT_MARK)
    found = connection.execute(select(schema.label.c.number).join(schema.incident, schema.label.c.subject == marked)).scalars()
    return sorted(found, key=lambda number: int(number[1:]))


def labels_of(connection: Connection, subjects: Iterable[str]) -> dict[str, Label]:
    """The label of each of these subjects that has one."""
    rows = _in(connection, select(schema.label), schema.label.c.subject, subjects)
    return {row.subject: Label(row.subject, row.number, row.public_id) for row in rows}


def items_of(connection: Connection, ids: Iterable[str]) -> list[queries.StoredItem]:
    """These items in the order they came in."""
    rows = sorted(_in(connection, select(schema.item), schema.item.c.id, ids), key=lambda row: row.seq)
    return [queries.StoredItem(row.id, row.size, row.media_type) for row in rows]


def documents_of(connection: Connection, items: Iterable[str]) -> dict[str, Document]:
    """The document read from each of these items, with date and publisher as in `queries.documents`."""
    found = {item: queries.document_of(connection, item) for item in items}
    return {item: document for item, document in found.items() if document is not None}


def claims_of(connection: Connection, ids: Iterable[str]) -> list[queries.StoredClaim]:
    """These claims as they stand, in the order of their short numbers."""
    decoder = msgspec.json.Decoder(Claim)
    rows = _in(connection, queries.CLAIMS, schema.claim.c.id, ids)
    found = [queries.stored_claim(row, decoder) for row in rows]
    return sorted(found, key=lambda stored: stored.number)


def statuses_of_claims(connection: Connection) -> dict[str, Status]:
    """What people said of the reading of every claim."""
    return {row.id: Status(row.status) for row in connection.execute(select(schema.claim.c.id, schema.claim.c.status))}


def answers_among(connection: Connection, claims: Iterable[str]) -> list[Answer]:
    """The answers that one of these claims gives to another of them."""
    known = set(claims)
    rows = _in(connection, select(schema.answer.c.about, schema.answer.c.body, schema.answer.c.claim), schema.answer.c.claim, known)
    rows = sorted((row for row in rows if row.about in known), key=lambda row: (row.claim, row.about))
    return [msgspec.json.decode(row.body, type=Answer) for row in rows]


def decisions_about(connection: Connection, subjects: Iterable[str]) -> list[Decision]:
    """All decisions on these subjects in order of time, those taken back marked so."""
    columns = select(schema.decision.c.seq, schema.decision.c.body, schema.decision.c.undone)
    rows = sorted(_in(connection, columns, schema.decision.c.subject, subjects), key=lambda row: row.seq)
    return [msgspec.structs.replace(msgspec.json.decode(row.body, type=Decision), undone=bool(row.undone)) for row in rows]


def decisions_on_incidents(connection: Connection) -> list[Decision]:
    """The standing decisions on all incidents, in order of time."""
    query = select(schema.decision.c.body).where(
        schema.decision.c.subject.endswith(INCIDENT_MARK, autoescape=True), schema.decision.c.undone == 0
    )
    return [msgspec.json.decode(body, type=Decision) for body in connection.execute(query.order_by(schema.decision.c.seq)).scalars()]


def by_subject(decisions: Sequence[Decision]) -> dict[str, list[Decision]]:
    """The decisions that stand, by what they are about, in order of time."""
    found: dict[str, list[Decision]] = defaultdict(list)
    for made in decisions:
        if not made.undone:
            found[made.subject].append(made)
    return found


def _in(connection: Connection, query: Select[Any], column: Column[Any], values: Iterable[str]) -> list[Any]:
    return [row for batch in batches(sorted(set(values))) for row in connection.execute(query.where(column.in_(batch)))]
