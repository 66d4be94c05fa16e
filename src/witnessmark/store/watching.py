"""Watched sites with what was observed of them, as they stand in the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select

from witnessmark.model.deed import FootprintTested, SceneRead, ScenesCompared
from witnessmark.model.watching import Compared, Observed, SceneFound, Site, Tested
from witnessmark.store import schema
from witnessmark.store.meta import get_meta
from witnessmark.store.projection import WATCHED


class StoredSite(msgspec.Struct, frozen=True):
    """A site as it was drawn, and the entry that records it."""

    id: str
    seq: int
    at: str
    drawn: Site


class StoredWatch(msgspec.Struct, frozen=True):
    """Everything observed, by site: of scenes the newest reading of each item."""

    read: dict[str, dict[str, SceneFound]]
    compared: dict[str, list[Observed[Compared]]]
    tested: dict[str, list[Observed[Tested]]]


def watched_state(connection: Connection) -> str:
    """What of watching is on record: the newest entry about it, empty where there is none."""
    return get_meta(connection, WATCHED) or ""


def sites(connection: Connection) -> list[StoredSite]:
    """All sites in the order they were drawn."""
    rows = connection.execute(select(schema.site).order_by(schema.site.c.seq))
    return [StoredSite(row.id, row.seq, row.at, msgspec.json.decode(row.body, type=Site)) for row in rows]


def observed(connection: Connection) -> StoredWatch:
    """Everything observed of all sites, each kind in the order of time."""
    found = StoredWatch({}, {}, {})
    for row in _rows(connection, "read"):
        read = msgspec.json.decode(row.body, type=SceneRead)
        found.read.setdefault(read.site, {})[read.item] = read.found
    for row in _rows(connection, "compared"):
        compared = msgspec.json.decode(row.body, type=ScenesCompared)
        found.compared.setdefault(compared.site, []).append(Observed(row.seq, row.at, compared.step.version, compared.compared))
    for row in _rows(connection, "tested"):
        tested = msgspec.json.decode(row.body, type=FootprintTested)
        found.tested.setdefault(tested.site, []).append(Observed(row.seq, row.at, tested.step.version, tested.tested))
    return found


def _rows(connection: Connection, kind: str) -> Sequence[Row[Any]]:
    table = schema.watched
    return connection.execute(select(table).where(table.c.kind == kind).order_by(table.c.seq)).all()
