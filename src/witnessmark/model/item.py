"""An item: a preserved original, known by the sha256 of its bytes, and how it came to us.

The same bytes received twice are one item with two receipts. What may leave the case is decided by `release` and
`already_public`; both default to the careful answer.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from witnessmark.model.account import Account
from witnessmark.model.consent import Consent
from witnessmark.model.delivery import Delivery
from witnessmark.model.noted import Noted
from witnessmark.model.translator import Translator

if TYPE_CHECKING:
    from witnessmark.model.decision import Decision


class Sensitivity(StrEnum):
    """How graphic or harmful to look at."""

    UNKNOWN = "unknown"
    ORDINARY = "ordinary"
    GRAPHIC = "graphic"


class Protection(StrEnum):
    """Whom it would endanger if it became known that we hold this. Unset means nobody has said yet."""

    UNSET = "unset"
    NONE = "none"
    SENSITIVE = "sensitive"
    SEALED = "sealed"

    @classmethod
    def strictest(cls, *of: Protection) -> Protection:
        """The one among these that guards most."""
        return max(of, key=list(cls).index, default=cls.UNSET)


class ReleaseState(StrEnum):
    """Whether an item may leave the case."""

    WITHHELD = "withheld"
    RESTRICTED = "restricted"
    RELEASED = "released"


class SourceKind(StrEnum):
    """What kind of body or person speaks or publishes in an item. Consent binds a witness; whoever acts for a body needs none."""

    STATE = "state"
    NGO = "ngo"
    PRESS = "press"
    WITNESS = "witness"
    HOSPITAL = "hospital"
    COURT = "court"
    SENSOR = "sensor"
    OTHER = "other"


class Release(msgspec.Struct, frozen=True):
    """Who let the item out, on what authority, until which ISO day (included); the default is withheld by nobody's decision."""

    state: ReleaseState = ReleaseState.WITHHELD
    by: str | None = None
    authority: str | None = None
    until: str | None = None

    def lets_out(self, today: str) -> bool:
        """Whether a person released it, and that holds on the ISO day `today`."""
        return self.state is ReleaseState.RELEASED and (self.until is None or today <= self.until)


UNTIL = " until "
"""Parts the state of a release from the last day on which it holds: "released until 2031-12-31"."""


def release_on_record(decision: Decision | None) -> Release:
    """The release a decision records; no decision is the careful answer."""
    if decision is None:
        return Release()
    state, _, until = decision.value.partition(UNTIL)
    return Release(ReleaseState(state), by=decision.by, authority=decision.why, until=until or None)


class Receipt(msgspec.Struct, frozen=True, gc=False):
    """One act of receiving an item: when, under which file name, how, and what the giver told us.

    `at` is UTC, ISO 8601. `how` is "added from a folder", "attached to I3", ... `published` and `source` are as given on the
    command line, None where nothing was given. `stated` is what the container it came in says of it (its address on the web, when it was
    captured, ...), as written and unchecked.
    """

    item: str
    at: str
    name: str
    how: str
    received_from: str | None = None
    source: str | None = None
    published: str | None = None
    already_public: bool = False
    parent: str | None = None
    stated: dict[str, str] = {}


class NotKept(msgspec.Struct, frozen=True):
    """A file that was received and not kept: its name as received, size in bytes, and sha256."""

    name: str
    size: int
    sha256: str


class Disposal(msgspec.Struct, frozen=True):
    """That an item's content was destroyed by decision: its short number, when (UTC), on what authority and why."""

    item: str
    number: str
    public_id: str
    at: str
    authority: str
    why: str


class Item(msgspec.Struct, frozen=True):
    """A preserved original: `id` is the sha256 of its bytes, `size` in bytes, `number` its short number in this case (I12).

    `deliveries` say to whom it went and when, as people put on record; `noted` is when, where and with what it is said to have been made.
    `translator` is None where nobody said who made the translation that the item is, or it is none. `account` is how it was taken, where it is a
    statement taken by us. `bound` is whether its use needs consent as a person decided, None where nobody has.
    """

    id: str
    number: str
    size: int
    media_type: str
    name: str
    parent: str | None = None
    source: str | None = None
    published: str | None = None
    already_public: bool = False
    sensitivity: Sensitivity = Sensitivity.UNKNOWN
    protection: Protection = Protection.UNSET
    release: Release = Release()
    consent: Consent = Consent()
    translator: Translator | None = None
    account: Account | None = None
    source_kind: SourceKind | None = None
    bound: bool | None = None
    deliveries: tuple[Delivery, ...] = ()
    noted: tuple[Noted, ...] = ()
