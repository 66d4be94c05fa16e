"""An account: a statement that was taken by us from somebody, and how it was taken. Consent binds it.

Who asked, who interpreted and who else was there are ids of sealed fields: names never stand here. Taking a statement again can harm
whoever gives it and change what is said, so earlier accounts are on record beside it (Istanbul Protocol, 2022, paragraphs 263 to 266).
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from witnessmark.model.canonical import canonical_json

if TYPE_CHECKING:
    from witnessmark.model.decision import Decision

FIELD = "account"
"""The field of the decision that says that an item is an account."""


class Referral(StrEnum):
    """What came of offering help to who gave an account: medical, psychological, legal or for their safety."""

    MADE = "made"
    DECLINED = "declined"
    NOT_NEEDED = "not_needed"
    NOT_AVAILABLE = "not_available"


REFERRAL_WORDS = {
    Referral.MADE: "referred to help",
    Referral.DECLINED: "help was offered and declined",
    Referral.NOT_NEEDED: "no help was needed",
    Referral.NOT_AVAILABLE: "no help was to be had",
}
"""What is said of it, without naming whom they were referred to."""


class Account(msgspec.Struct, frozen=True):
    """How a statement was taken. `taken` is an ISO day, `language` a BCP 47 tag; `recording` names the item that records it; None is not known.

    `interviewer`, `interpreter`, `place` and `present` are ids of sealed fields. `follows` is the first account of the same person, an item, where this is a
    later one: the two stay apart, and neither takes the other's place.
    """

    interviewer: str | None = None
    interpreter: str | None = None
    language: str | None = None
    place: str | None = None
    present: str | None = None
    recording: str | None = None
    taken: str | None = None
    read_back: bool | None = None
    earlier: str | None = None
    follows: str | None = None
    referral: Referral | None = None


def account_value(account: Account) -> str:
    """The value of the decision that records it."""
    return canonical_json(account).decode()


def account_on_record(decision: Decision | None) -> Account | None:
    """The account a decision records; None where nobody said that the item is one, or it was taken back."""
    if decision is None or not decision.value.startswith("{"):
        return None
    return msgspec.json.decode(decision.value, type=Account)


def account_words(account: Account | None) -> str:
    """How a statement was taken, without any name."""
    if account is None:
        return "no account"
    said = [
        f"on {account.taken}" if account.taken else "",
        f"in {account.language}" if account.language else "",
        {True: "read back", False: "not read back", None: ""}[account.read_back],
        "with an interpreter" if account.interpreter else "",
        "a later account" if account.follows else "",
        REFERRAL_WORDS[account.referral] if account.referral else "",
    ]
    return ", ".join(["taken by us", *(each for each in said if each)])
