"""A delivery: that an item was handed or sent to somebody on a day, as a person put it on record. It says that they could have read it, not that they did."""

from __future__ import annotations

from datetime import date

import msgspec

from witnessmark.model.decision import Decision

FIELD = "delivered"
"""The field of a decision on an item: "2031-05-04 to Ministry of Justice; 2031-06-01 to Embassy of Tolvaria"."""

TO = " to "
BETWEEN = ";"
NONE = "none"


class Delivery(msgspec.Struct, frozen=True):
    """On the ISO day `day` the item was delivered `to` somebody, named as they are in claims."""

    day: str
    to: str


def deliveries_in(value: str) -> tuple[Delivery, ...]:
    """The deliveries that a value of the field states. Raises ValueError with the words that are none."""
    if value == NONE:
        return ()
    return tuple(_delivery(part.strip()) for part in value.split(BETWEEN) if part.strip())


def deliveries_on_record(decision: Decision | None) -> tuple[Delivery, ...]:
    """The deliveries a decision records; none where there is no decision."""
    return deliveries_in(decision.value) if decision is not None else ()


def _delivery(words: str) -> Delivery:
    day, to, whom = words.partition(TO)
    try:
        date.fromisoformat(day)
    except ValueError:
        to = ""
    if not to or not whom.strip():
        raise ValueError(words)
    return Delivery(day, " ".join(whom.split()))
