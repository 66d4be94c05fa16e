"""Sources speak or publish; parties act, suffer, support or command. Consent binds what may be done with an account."""

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
    """What the giver of an account agreed to, in which form and when. No purposes means no consent: the default."""

    giver: str
    purposes: tuple[Purpose, ...] = ()
    form: str | None = None
    given: str | None = None
    withdrawn: str | None = None

    def allows(self, purpose: Purpose) -> bool:
        """Whether this consent, not withdrawn, names the purpose."""
        return self.withdrawn is None and purpose in self.purposes
