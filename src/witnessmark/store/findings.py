"""What weighing found, and what it kept on the way: rows are written where they differ from those that are there, so that one more document costs what it changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select
from sqlalchemy.schema import Table

from witnessmark.model.canonical import canonical_json
from witnessmark.model.incident import Answer, Incident
from witnessmark.store import schema


def replace_findings(
    connection: Connection, answers: Iterable[Answer], incidents: Iterable[Incident], kept: Mapping[str, bytes] | None = None
) -> None:
    """Set what corroboration derived in the place of what it derived before; what was kept for another result goes with that."""
    _replace(connection, schema.answer, {(each.claim, each.about): _json(each) for each in answers})
    _replace(connection, schema.incident, {(each.id,): _json(each) for each in incidents})
    _replace_kept(connection, kept or {})


def kept(connection: Connection) -> dict[str, bytes]:
    """What the last weighing kept; empty where there was none since the database was laid out."""
    return {row.key: row.body for row in connection.execute(select(schema.kept.c.key, schema.kept.c.body))}


def _replace(connection: Connection, table: Table[Any], wanted: Mapping[tuple[str, ...], str]) -> None:
    """Have the table hold these bodies by their keys. A row that differs is written anew."""
    keys = list(table.primary_key.columns)
    held = {tuple(row[:-1]): row[-1] for row in connection.execute(select(*keys, table.c.body))}
    gone = [key for key, body in held.items() if wanted.get(key) != body]
    come = [key for key, body in wanted.items() if held.get(key) != body]
    if gone:
        matches = [column == bindparam(f"old_{column.name}") for column in keys]
        connection.execute(
            delete(table).where(*matches), [{f"old_{c.name}": part for c, part in zip(keys, key, strict=True)} for key in gone]
        )
    if come:
        connection.execute(
            insert(table), [{c.name: part for c, part in zip(keys, key, strict=True)} | {"body": wanted[key]} for key in come]
        )


def _replace_kept(connection: Connection, wanted: Mapping[str, bytes]) -> None:
    """Have `kept` hold these rows, which never change under their key."""
    held = set(connection.execute(select(schema.kept.c.key)).scalars())
    gone, come = held - wanted.keys(), wanted.keys() - held
    if gone:
        connection.execute(delete(schema.kept).where(schema.kept.c.key == bindparam("old")), [{"old": key} for key in gone])
    if come:
        connection.execute(insert(schema.kept), [{"key": key, "body": wanted[key]} for key in sorted(come)])


def _json(value: object) -> str:
    return canonical_json(value).decode()
