"""How much there is of everything, counted by the database without opening anything."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, Table, func, select

from witnessmark.model.decision import Status
from witnessmark.store import schema


class Counted(msgspec.Struct, frozen=True):
    """How many of each noun the case holds, and how many claims stand at each status."""

    items: int
    documents: int
    unread: int
    claims: int
    incidents: int
    persons: int
    sites: int
    questions: int
    decisions: int
    statuses: dict[Status, int]


def counted(connection: Connection) -> Counted:
    """The counts now. `unread` are items with a failure on record."""
    by_status = connection.execute(select(schema.claim.c.status, func.count()).group_by(schema.claim.c.status)).all()
    statuses = {str(status): int(number) for status, number in by_status}
    return Counted(
        items=_rows(connection, schema.item),
        documents=_rows(connection, schema.document),
        unread=connection.execute(select(func.count(schema.failure.c.item.distinct()))).scalar_one(),
        claims=sum(statuses.values()),
        incidents=_rows(connection, schema.incident),
        persons=_rows(connection, schema.person),
        sites=_rows(connection, schema.site),
        questions=_rows(connection, schema.question),
        decisions=connection.execute(select(func.count()).where(schema.decision.c.undone == 0)).scalar_one(),
        statuses={status: statuses.get(status.value, 0) for status in Status},
    )


def _rows(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
