"""Who is behind a key, for those who may know: a viewer sees no names of colleagues, only that somebody did something."""

from __future__ import annotations

from witnessmark.case.signing_in import name_behind
from witnessmark.model.office import Role
from witnessmark.serve.ask import Ask


class Colleagues:
    """Called by templates with a key; gives a name, None where it is not to be shown or not known."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._known: dict[str, str | None] = {}

    def __call__(self, key: str) -> str | None:
        """The name behind a key."""
        if not self._ask.signed_in or not self._ask.session.who.role.covers(Role.REVIEWER):
            return None
        if key not in self._known:
            self._known[key] = name_behind(self._ask.office.folder, key)
        return self._known[key]
