"""A source: a body or person that speaks, publishes, acts or is acted on in claims, with the names documents have for it and what people decided of it.

Sources and the parties of claims are one noun: who speaks in one document is accused in another. Nothing here is found by a machine alone.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from witnessmark.model.item import Protection, SourceKind

ALIAS, POSITION, KIND, RELIABILITY, DERIVES_FROM = "alias", "position", "source_kind", "reliability", "derives_from"
PROTECTION = "protection"
NOT = "not "
"""Before an alias that is taken away again."""
ON = " on "
"""Between a reliability and the topic it is for."""


class Position(StrEnum):
    """Where a source stands towards what is alleged."""

    PARTY = "party"
    ALLY = "ally"
    ADVERSARY = "adversary"
    AFFECTED = "affected"
    NONE_KNOWN = "none_known"


class Reliability(StrEnum):
    """How reliable a body has been, as people judge it (the letters of the Admiralty code). F is that it cannot be judged, and no middle."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Grade(msgspec.Struct, frozen=True):
    """A body's reliability, on one topic or (None) on all that have no grade of their own."""

    reliability: Reliability
    topic: str | None
    why: str


class Source(msgspec.Struct, frozen=True):
    """`id` is random, `number` short (S1). `aliases` are other names that people say are this source's; `derives_from` is the number of the source it has its matter from.

    `protection` is that of every item that speaks in its name or that it published, where the item has no stricter one of its own.
    """

    id: str
    number: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: SourceKind | None = None
    position: Position | None = None
    grades: tuple[Grade, ...] = ()
    derives_from: str | None = None
    protection: Protection = Protection.UNSET
