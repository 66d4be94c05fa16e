"""An account: a statement that was taken by us from somebody, and how it was taken. Consent binds it.

Who asked, who interpreted and who else was there are ids of sealed fields: names never stand here. Taking a statement again can harm
whoever gives it and change what is said, so earlier accounts are on record beside it (Istanbul Protocol, 2022, paragraphs 263 to 266).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from witnessmark.model.canonical import canonical_json

if TYPE_CHECKING:
    from witnessmark.model.decision import Decision

FIELD = "account"
"""The field of the decision that says that an item is an account."""


class Account(msgspec.Struct, frozen=True):
    """How a statement was taken. `taken` is an ISO day, `language` a BCP 47 tag; `recording` names the item that records it; None is not known.

    `interviewer`, `interpreter`, `place` and `present` are ids of sealed fields.
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
    ]
    return ", ".join(["taken by us", *(each for each in said if each)])
