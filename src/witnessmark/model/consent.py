"""Consent: what the giver of an account agreed to. It is asked of the record, never of memory.

It binds accounts, witness sources and persons; officials acting as such and what is public already need none. Where nothing was
recorded there is no consent, and what lacks consent for publishing is not published.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from witnessmark.model.canonical import canonical_json

if TYPE_CHECKING:
    from witnessmark.model.decision import Decision


class Purpose(StrEnum):
    """What a person may agree to; each is asked for separately."""

    STORE = "store"
    ANALYSE = "analyse"
    CONTACT_AGAIN = "contact_again"
    SHARE = "share"
    PUBLISH = "publish"
    PUBLISH_WITH_NAME = "publish_with_name"


PURPOSE_WORDS = {
    Purpose.STORE: "store it",
    Purpose.ANALYSE: "analyse it",
    Purpose.CONTACT_AGAIN: "contact them again",
    Purpose.SHARE: "share it",
    Purpose.PUBLISH: "publish it",
    Purpose.PUBLISH_WITH_NAME: "publish it with their name",
}
"""How a sentence names each purpose: "consent to ..."."""

FIELD = "consent"
"""The field of the decision that records a consent."""


class Consent(msgspec.Struct, frozen=True):
    """The purposes agreed to, on what form, recorded when (UTC). No purposes means no consent: the default.

    `shared_with` are the bodies it may be shared with; empty, where sharing was agreed to, means that no body was named and any may have it. `given` and
    `withdrawn` are ISO days. `giver` and `interpreter` are ids of sealed fields, whose words lie encrypted: a name never stands here.
    """

    purposes: tuple[Purpose, ...] = ()
    form: str | None = None
    recorded: str | None = None
    shared_with: tuple[str, ...] = ()
    given: str | None = None
    withdrawn: str | None = None
    giver: str | None = None
    interpreter: str | None = None

    def allows(self, purpose: Purpose, body: str | None = None) -> bool:
        """Whether this consent stands and names the purpose; sharing, with this body where bodies are named. Publishing with the name is publishing."""
        if self.withdrawn is not None:
            return False
        if purpose is Purpose.PUBLISH and Purpose.PUBLISH_WITH_NAME in self.purposes:
            return True
        if purpose is Purpose.SHARE and self.shared_with:
            return purpose in self.purposes and body is not None and _plain(body) in map(_plain, self.shared_with)
        return purpose in self.purposes


class Allowed(msgspec.Struct, frozen=True):
    """The record allows it; `reason` says on what grounds."""

    reason: str


class Refused(msgspec.Struct, frozen=True):
    """The record does not allow it; `reason` is a sentence."""

    reason: str


def consent_value(consent: Consent) -> str:
    """The value of the decision that records a consent with more than its purposes."""
    return canonical_json(consent).decode()


def consent_on_record(decision: Decision | None) -> Consent:
    """The consent a decision records: purposes with commas between them, "none", or all of it as JSON. No decision is no consent."""
    if decision is None:
        return Consent()
    if decision.value.startswith("{"):
        return msgspec.structs.replace(msgspec.json.decode(decision.value, type=Consent), recorded=decision.at)
    purposes = () if decision.value == "none" else tuple(Purpose(purpose) for purpose in decision.value.split(","))
    return Consent(purposes, form=decision.why, recorded=decision.at)


def consent_words(consent: Consent) -> str:
    """What was agreed to, as a list of purposes: "store, share: Commission of Inquiry"; never who gave it."""
    if consent.withdrawn is not None:
        return f"withdrawn on {consent.withdrawn}"
    named = "; ".join(consent.shared_with)
    return ", ".join(f"{each}: {named}" if each is Purpose.SHARE and named else each.value for each in consent.purposes) or "none"


def _plain(body: str) -> str:
    return " ".join(body.casefold().split())
