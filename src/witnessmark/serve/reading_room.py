"""What the pages of the reader share: who sees what, and which graphic items somebody asked to see."""

from __future__ import annotations

from witnessmark.model.office import Role
from witnessmark.serve.ask import Ask


def trusted(ask: Ask) -> bool:
    """Whether whoever asks may see the originals of sealed items."""
    return ask.session.who.role.covers(Role.REVIEWER)


def is_open(ask: Ask, item: str) -> bool:
    """Whether whoever asks has asked to see this graphic item, now or before in this session."""
    opened = ask.session.notes.setdefault("opened", set())
    assert isinstance(opened, set)  # noqa: S101 -- nobody else writes this note
    if ask.query("show") == "yes":
        opened.add(item)
    return item in opened
