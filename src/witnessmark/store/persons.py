"""Drawing persons and sealed fields."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, insert, update

from witnessmark.model.deed import FieldSealed, FormsConfirmed, PersonAdded, PseudonymDrawn
from witnessmark.model.entry import Entry
from witnessmark.store import schema


def draw_person(connection: Connection, deed: PersonAdded) -> None:
    """Enter somebody."""
    row = {
        "id": deed.person,
        "number": int(deed.label.number[1:]),
        "name": deed.name,
        "forms": _json(deed.forms),
        "erased": int(not deed.name),
    }
    connection.execute(insert(schema.person).values(row))


def draw_forms(connection: Connection, deed: FormsConfirmed) -> None:
    """Set by which words somebody is named."""
    connection.execute(update(schema.person).where(schema.person.c.id == deed.person).values(forms=_json(deed.forms)))


def draw_pseudonym(connection: Connection, deed: PseudonymDrawn) -> None:
    """Keep a pseudonym as taken, with whom it stands for."""
    connection.execute(insert(schema.pseudonym).values(shown=deed.shown, person=deed.person))


def draw_sealed(connection: Connection, entry: Entry, deed: FieldSealed) -> None:
    """Keep a sealed field, unless it was destroyed since."""
    if deed.sealed:
        row = {"id": deed.id, "seq": entry.seq, "subject": deed.subject, "field": deed.field, "sealed": deed.sealed}
        connection.execute(insert(schema.sealed_field).values(row))


def _json(forms: tuple[str, ...]) -> str:
    return msgspec.json.encode(forms).decode()
