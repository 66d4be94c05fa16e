"""Whom the database masks. What is drawn passes through here, so that no table, index or vocabulary ever holds a sealed name.

The forms are set before the first entry is drawn and stay as they are: a case whose seals change is drawn anew, into a new file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, select

from witnessmark.model.decision import Decision
from witnessmark.model.document import Document
from witnessmark.model.item import Protection
from witnessmark.store import schema
from witnessmark.store.meta import get_meta, set_meta
from witnessmark.text.masking import Mask, covered, covered_decision

T = TypeVar("T")

MASKED = "masked"


def set_mask(connection: Connection, forms: Iterable[str]) -> None:
    """Say whom to mask, before anything is drawn; nobody is the same as nothing said."""
    if any(forms := list(forms)):
        set_meta(connection, MASKED, _json(forms))


def masks_anybody(connection: Connection) -> bool:
    """Whether the database masks somebody."""
    return (get_meta(connection, MASKED) or "[]") != "[]"


def is_masked_as_decided(connection: Connection) -> bool:
    """Whether the database masks just those who are sealed now."""
    return (get_meta(connection, MASKED) or "[]") == _json(sealed_forms(connection))


def sealed_forms(connection: Connection) -> list[str]:
    """The names and forms of all persons who are sealed now."""
    people = {row.id: row for row in connection.execute(select(schema.person))}
    if not people:
        return []
    said = schema.decision.c
    query = select(said.body).where(said.field == "protection", said.undone == 0, said.subject.in_(people)).order_by(said.seq)
    made = [msgspec.json.decode(body, type=Decision) for body in connection.execute(query).scalars()]
    decided = {decision.subject: decision.value for decision in made}
    sealed = [people[subject] for subject, value in decided.items() if value == Protection.SEALED]
    return [form for row in sealed for form in (row.name, *msgspec.json.decode(row.forms, type=list[str])) if form]


def masked(connection: Connection, value: T) -> T:
    """A noun as the database may hold it; the same where nobody is sealed."""
    mask = _mask(get_meta(connection, MASKED) or "[]")
    return covered(value, mask) if mask else value


def masked_decision(connection: Connection, decision: Decision) -> Decision:
    """A decision as the database may hold it."""
    mask = _mask(get_meta(connection, MASKED) or "[]")
    return covered_decision(decision, mask) if mask else decision


def masked_all(connection: Connection, values: Sequence[T]) -> list[T]:
    """Many nouns as the database may hold them."""
    mask = _mask(get_meta(connection, MASKED) or "[]")
    return [covered(value, mask) for value in values] if mask else list(values)


def masked_in(connection: Connection, value: T, item: str) -> T:
    """The same of something whose spans are of the document read from `item`, which is drawn already."""
    mask = _mask(get_meta(connection, MASKED) or "[]")
    if not mask:
        return value
    body = connection.execute(select(schema.document.c.body).where(schema.document.c.item == item)).scalar_one_or_none()
    return covered(value, mask, msgspec.json.decode(body, type=Document).text if body is not None else None)


@lru_cache(maxsize=4)
def _mask(forms: str) -> Mask:
    return Mask(msgspec.json.decode(forms, type=list[str]))


def _json(forms: Iterable[str]) -> str:
    return msgspec.json.encode(sorted(set(forms))).decode()
