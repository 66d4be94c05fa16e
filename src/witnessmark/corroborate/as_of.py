"""A case as it was knowable on a day: which items had been published, or delivered to somebody, by then; or, asked instead, which we had received.

An item of which only the month or year is known counts from its last day, and one without any date is left out: a case is never shown to have been known earlier than it certainly was.
An item found in another has that one's date where it has none of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from witnessmark.corroborate.days import days_of
from witnessmark.model.responsibility import Responsibility
from witnessmark.model.view import AsOf, CaseView, Cut, HeldItem


def not_yet_there(items: Iterable[HeldItem], asked: AsOf) -> dict[str, str | None]:
    """The ids of the items that were not there yet, each with the ISO day from which it is; None where it has no date."""
    by_id = {held.item.id: held for held in items}
    since = {item: known_since(held, by_id, known_to_us=asked.known_to_us) for item, held in by_id.items()}
    return {item: day for item, day in since.items() if day is None or day > asked.day}


def known_since(held: HeldItem, by_id: Mapping[str, HeldItem], *, known_to_us: bool = False) -> str | None:
    """The ISO day from which an item was there: published or delivered, or received by us; None where neither is on record."""
    if known_to_us:
        return min((receipt.at[:10] for receipt in held.receipts), default=None)
    seen: set[str] = set()
    while held.item.id not in seen:
        seen.add(held.item.id)
        dated = [day for day in (published_by(held), *(delivery.day for delivery in held.item.deliveries)) if day is not None]
        if dated:
            return min(dated)
        above = by_id.get(held.item.parent or "")
        if above is None:
            return None
        held = above
    return None


def published_by(held: HeldItem) -> str | None:
    """The last ISO day on which the item can have been published, as its document states or as was given with it; None where neither does."""
    stated = held.document.published.value if held.document and held.document.published else None
    last = days_of(stated or held.item.published).last
    return date.fromordinal(last).isoformat() if last is not None else None


def cut_view(view: CaseView, asked: AsOf) -> CaseView:
    """The view without what was not there yet. What is derived from claims is left out altogether, to be derived anew from those that are left."""
    gone = not_yet_there(view.items, asked)
    items = tuple(held for held in view.items if held.item.id not in gone)
    undated = sum(day is None for day in gone.values())
    return msgspec.structs.replace(
        view,
        items=items,
        claims=tuple(read for read in view.claims if read.item not in gone),
        sheets=tuple(sheet for sheet in view.sheets if sheet.item not in gone),
        answers=(),
        incidents=(),
        pledges=(),
        responsibility=Responsibility(),
        notices=(),
        sites=tuple(site.only(frozenset(held.item.id for held in items)) for site in view.sites),
        pictures=view.pictures.without(gone),
        cut=Cut(asked, len(gone) - undated, undated),
    )
