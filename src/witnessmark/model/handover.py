"""What a hand-over says of itself: who gave what to whom, what each item is, and what was held back under which rule.

These structs are written into the package as JSON and read again where it is verified or taken in. Nothing in them is about an item that is not in
the package but for the held-back list, which has a random id, a rule and a sentence, never a name, a hash or a word of it.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from witnessmark.model.view import LogHead

PACKAGE_FORM = 1
"""The form of the files that describe a package (docs/reference/handover.md)."""


class Form(StrEnum):
    """How the package is laid out: with papers for a mechanism, as a bag alone, or as an OCFL storage root."""

    HANDOVER = "handover"
    BAGIT = "bagit"
    OCFL = "ocfl"


class Rule(StrEnum):
    """Why an item stays in the case."""

    SEALED = "sealed"
    WITHHELD = "withheld"
    RELEASE_ENDED = "release-ended"
    UNDECIDED = "undecided"
    NO_CONSENT = "no-consent"
    NAMES_SEALED = "names-sealed-person"
    NAMES_UNWILLING = "names-person-without-consent"
    CONTAINS = "contains-held-back"
    NOT_SELECTED = "not-selected"


RULE_WORDS = {
    Rule.SEALED: "sealed: it would endanger somebody if it became known that the case holds this",
    Rule.WITHHELD: "withheld: a person decided that it does not leave the case",
    Rule.RELEASE_ENDED: "release ended: the last day on which it might leave is over",
    Rule.UNDECIDED: "undecided: nobody has decided that it may leave the case",
    Rule.NO_CONSENT: "no consent: consent to share it with this body is not on record",
    Rule.NAMES_SEALED: "sealed person: it names somebody who is sealed or was erased",
    Rule.NAMES_UNWILLING: "no consent of a person: it names somebody whose consent does not allow sharing with this body",
    Rule.CONTAINS: "contains: its bytes hold an item that is held back",
    Rule.NOT_SELECTED: "not selected: it is not among the items that were asked for",
}
"""The rule in a sentence."""


class HandedReceipt(msgspec.Struct, frozen=True):
    """One act of receiving the item, as `model.item.Receipt`; `entry` is the number of its custody entry.

    `parent` is the sha256 of the item it was found in, where that is handed over too. `not_told` names the fields that are left out.
    """

    at: str
    name: str
    how: str
    received_from: str | None
    source: str | None
    published: str | None
    already_public: bool
    parent: str | None
    entry: int
    not_told: tuple[str, ...] = ()


class Testifier(msgspec.Struct, frozen=True):
    """A person who can testify to an item, by pseudonymous key, and in which role."""

    key: str
    role: str


class HandedItem(msgspec.Struct, frozen=True):
    """An item of the package: `place` counts from 1, `file` is its path from the package's root, `size` in bytes.

    `release`, `consent`, `protection` and `sensitivity` are sentences: what was decided, or that nothing was.
    """

    place: int
    public_id: str
    number: str
    kind: str
    media_type: str
    language: str | None
    source: str | None
    published: str | None
    already_public: bool
    parent: int | None
    sha256: str
    size: int
    file: str
    release: str
    consent: str
    protection: str
    sensitivity: str
    receipts: tuple[HandedReceipt, ...]
    testifiers: tuple[Testifier, ...]


class HeldBack(msgspec.Struct, frozen=True):
    """An item that stays in the case: the rule, the rule in words, and what is to be known of what it says against the rest."""

    public_id: str
    rule: Rule
    words: str
    points_otherwise: str | None


class About(msgspec.Struct, frozen=True):
    """The package at a glance (`handover.json`). `held_back` counts by rule; `head` is where the custody log stood; `made_at` is UTC.

    `origin` is the public name of the case, `key` the verifier key its checkpoints are signed with. `analysis` says why analysis is in the package, `sealed` why what is withheld or sealed is; each None where it is not.
    """

    package_form: int
    id: str
    form: Form
    made_at: str
    program: str
    case: str
    origin: str
    key: str
    recipient: str
    items: int
    bytes: int
    held_back: dict[str, int]
    head: LogHead
    analysis: str | None
    sealed: str | None


class Opening(msgspec.Struct, frozen=True):
    """What opens an entry's commitment: SHA-256(salt as 32 bytes followed by the body's UTF-8 bytes) is the commitment."""

    salt: str
    body: str


class ProvenEntry(msgspec.Struct, frozen=True):
    """A custody entry as it stands in the log (`line`), the hashes that prove it is in the log, and its opening.

    `opening` is None where the body also tells of something that is not handed over; `closed` then says so.
    """

    line: str
    proof: tuple[str, ...]
    opening: Opening | None
    closed: str | None
