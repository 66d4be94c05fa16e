"""An item: a preserved original, known by the sha256 of its bytes, and how it came to us.

The same bytes received twice are one item with two receipts. What may leave the case is decided by `release` and
`already_public`; both default to the careful answer.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from witnessmark.model.consent import Consent
from witnessmark.model.translator import Translator


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


class ReleaseState(StrEnum):
    """Whether an item may leave the case."""

    WITHHELD = "withheld"
    RESTRICTED = "restricted"
    RELEASED = "released"


class Release(msgspec.Struct, frozen=True):
    """Who let the item out, on what authority; the default is withheld by nobody's decision."""

    state: ReleaseState = ReleaseState.WITHHELD
    by: str | None = None
    authority: str | None = None
    until: str | None = None


class Receipt(msgspec.Struct, frozen=True):
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

    `translator` is None where nobody said who made the translation that the item is, or it is none.
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
