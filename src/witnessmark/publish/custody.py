"""How an item came in: each act of receiving it, with the entry of the custody log that records the same act."""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.model.entry import Entry
from witnessmark.model.item import Receipt
from witnessmark.model.view import HeldItem

RECEIVED = "item.received"
"""The action under which the log records a receipt."""


def arrivals(held: HeldItem) -> Iterator[tuple[Receipt, Entry | None]]:
    """The receipts in order, each with its entry; None where the two lists do not match.

    Each act of receiving makes one receipt and one entry, and both lists are in the order of the log, so they match by place;
    their times can differ by the moment it takes to write the entry.
    """
    entries = [entry for entry in held.custody if entry.action == RECEIVED]
    matched: list[Entry | None] = [*entries] if len(entries) == len(held.receipts) else [None] * len(held.receipts)
    return zip(held.receipts, matched, strict=True)
