"""Consent: what the giver of an account agreed to. It is asked of the record, never of memory.

It binds accounts and witness sources; officials acting as such and what is public already need none. Where nothing was
recorded there is no consent, and what lacks consent for publishing is not published.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Purpose(StrEnum):
    """What a person may agree to; each is asked for separately."""

    STORE = "store"
    ANALYSE = "analyse"
    CONTACT_AGAIN = "contact_again"
    SHARE = "share"
    PUBLISH = "publish"
    PUBLISH_WITH_NAME = "publish_with_name"


class Consent(msgspec.Struct, frozen=True):
    """The purposes agreed to, on what form, recorded when (UTC). No purposes means no consent: the default.

    A consent that is withdrawn is taken back as a decision, and this is the default again.
    """

    purposes: tuple[Purpose, ...] = ()
    form: str | None = None
    recorded: str | None = None

    def allows(self, purpose: Purpose) -> bool:
        """Whether this consent names the purpose."""
        return purpose in self.purposes
