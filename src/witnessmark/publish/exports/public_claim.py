"""A claim and an incident with every field they have, under public ids: what goes beside a form that cannot hold it."""

from __future__ import annotations

from typing import Any

import msgspec

from witnessmark.model.claim import ClaimPlace
from witnessmark.model.view import NumberedIncident, ReadClaim
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.exports.naming import given


def public_claim(read: ReadClaim, book: Casebook) -> dict[str, Any]:
    """All fields of the claim. Ids are public ids; the place is where the case shows it."""
    claim, held = read.claim, book.item_of(read)
    fields: dict[str, Any] = msgspec.to_builtins(claim)
    for made_of_a_hash in ("id", "attribution"):
        del fields[made_of_a_hash]
    original = book.item_of_document(claim.original.document) if claim.original else None
    return {
        **fields,
        "number": read.number,
        "item": held.public_id if held else None,
        "status": read.status.value,
        "reader": "a person" if read.as_read is None else read.reader,
        "answers": [book.claims[about].public_id for about in claim.answers if about in book.claims],
        "basis": [{**basis, "held": _item(basis["held"], book)} for basis in fields["basis"]],
        "where": public_place(claim.where, book),
        "original": {**fields["original"], "document": original.public_id} if original else None,
    }


def public_place(place: ClaimPlace | None, book: Casebook) -> dict[str, Any] | None:
    """A place as the case shows it: coarse where it must be, and then why."""
    if place is None:
        return None
    shown = book.discretion.position(place)
    return {
        **msgspec.to_builtins(place),
        "name": given(place.name, book) if place.name else None,
        "latitude": shown.latitude if shown else None,
        "longitude": shown.longitude if shown else None,
        "coarse_because": shown.reason if shown else None,
    }


def public_incident(numbered: NumberedIncident, book: Casebook) -> dict[str, Any]:
    """All fields of the incident. Claims are named by their public ids, lines by those of their claims."""
    fields: dict[str, Any] = _named_publicly(msgspec.to_builtins(numbered.incident), book)
    del fields["id"]
    return {**fields, "number": numbered.number}


def _named_publicly(value: Any, book: Casebook) -> Any:  # noqa: ANN401 -- JSON
    """JSON in which each id of a claim or an item is its public id."""
    if isinstance(value, dict):
        return {name: _named_publicly(each, book) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_named_publicly(each, book) for each in value]
    if isinstance(value, str):
        read, held = book.claims.get(value), book.items.get(value)
        return read.public_id if read else held.public_id if held else value
    return value


def _item(item: str | None, book: Casebook) -> str | None:
    held = book.items.get(item) if item else None
    return held.public_id if held else None
