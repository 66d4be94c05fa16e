"""Consent asked of the record: may an item be used for a purpose? What publishes and what exports asks here, and is given a reason either way."""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.case.case import Case
from witnessmark.case.viewing import held_items
from witnessmark.model.consent import Allowed, Purpose, Refused
from witnessmark.model.view import HeldItem
from witnessmark.protect.permission import is_bound, permission

__all__ = ["Allowed", "Refused", "may"]


def may(case: Case, item_id: str, purpose: Purpose, body: str | None = None) -> Allowed | Refused:
    """Whether the record allows the use of an item for a purpose; `body` is whom it is to be shared with.

    An item of which nobody has said anything is held to what binds the one it was found in or translated from.
    """
    with case.asking() as connection:
        items = {held.item.id: held for held in held_items(connection)}
    if item_id not in items:
        return Refused("There is no such item in this case.")
    own = permission(items[item_id].item, purpose, body)
    if isinstance(own, Refused) or is_bound(items[item_id].item) is not None:
        return own
    asked = (permission(other.item, purpose, body) for other in _sources(items, items[item_id]))
    return next((answer for answer in asked if isinstance(answer, Refused)), own)


def _sources(items: dict[str, HeldItem], held: HeldItem) -> Iterator[HeldItem]:
    """What an item was found in or translated from, and what that was, each once."""
    seen, waiting = {held.item.id}, [held]
    while waiting:
        made = waiting.pop()
        translated = made.document.translates if made.document else None
        for source in (made.item.parent, translated.item if translated else None):
            if source in items and source not in seen:
                seen.add(source)
                waiting.append(items[source])
                yield items[source]
