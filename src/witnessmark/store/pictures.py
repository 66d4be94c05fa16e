"""How the pictures of a case look, as it stands in the database."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, select

from witnessmark.model.matching import Looks
from witnessmark.store import schema


def looks(connection: Connection) -> list[Looks]:
    """How every item looks that was looked at, in the order of their ids."""
    table = schema.looks
    rows = connection.execute(select(table.c.body).order_by(table.c.item)).scalars()
    return [msgspec.json.decode(body, type=Looks) for body in rows]


def looked_at(connection: Connection) -> frozenset[str]:
    """The items (sha256) that it is on record of how they look."""
    return frozenset(connection.execute(select(schema.looks.c.item)).scalars())
