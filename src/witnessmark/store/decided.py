"""What people said of readings, asked for by field."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, select

from witnessmark.model.decision import Decision
from witnessmark.store import schema


def judgements(connection: Connection) -> list[Decision]:
    """The standing decisions on how claims were read, in order of time."""
    d = schema.decision.c
    query = select(d.body).join(schema.claim, schema.claim.c.id == d.subject).where(d.undone == 0, d.field == "status").order_by(d.seq)
    decoder = msgspec.json.Decoder(Decision)
    return [decoder.decode(row.body) for row in connection.execute(query)]


def decided_of(connection: Connection, field: str) -> list[Decision]:
    """The standing decisions of a field, on whatever they are, in order of time."""
    d = schema.decision.c
    decoder = msgspec.json.Decoder(Decision)
    rows = connection.execute(select(d.body).where(d.undone == 0, d.field == field).order_by(d.seq))
    return [decoder.decode(row.body) for row in rows]
