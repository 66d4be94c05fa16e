"""A picture that two documents have in common, as it is handed in: this room sees what was found and never a picture."""

from __future__ import annotations

import msgspec


class SharedPicture(msgspec.Struct, frozen=True):
    """The document shows a picture that document `of` (an item) shows, too; `evidence` says in words what shows that both are one."""

    of: str
    evidence: str
