"""Taking a decision back, in whichever room it was made."""

from __future__ import annotations

from witnessmark.case.case import Case
from witnessmark.case.deciding import undo_all
from witnessmark.case.work_lists import seals
from witnessmark.model.decision import Decision
from witnessmark.model.office import Role
from witnessmark.serve.ask import Ask, RefusedError


def taken_back(ask: Ask, case: Case, decision: str) -> list[Decision]:
    """The decisions taken back with this one. Only an owner takes back that something is completed, since that opens it again. Raises UsageError, RefusedError."""
    if seals(case, decision) and not ask.session.who.role.covers(Role.OWNER):
        raise RefusedError("That called something completed. Only an owner opens it again.")
    return undo_all(case, decision)
