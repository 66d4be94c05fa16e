"""Who works in a case through the workbench: what each role may do, and how a person stands on the list of those who may sign in."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Role(StrEnum):
    """What somebody may do: a viewer reads (and sees no names of colleagues), a reviewer decides besides, an owner also says who may."""

    VIEWER = "viewer"
    REVIEWER = "reviewer"
    OWNER = "owner"

    def covers(self, needed: Role) -> bool:
        """Whether this role may do what needs the other."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


class Colleague(msgspec.Struct, frozen=True):
    """Somebody who may sign in, or is invited to. `key` is the pseudonymous one that stands in the logs, `since` when the role was given (UTC)."""

    key: str
    name: str
    role: Role
    signed_up: bool
    invited_until: str | None
    since: str
