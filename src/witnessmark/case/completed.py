"""What is called completed is sealed: nothing more is decided of it, or of a claim read in it, until somebody opens it again."""

from __future__ import annotations

from witnessmark.errors import UsageError
from witnessmark.model.consent import FIELD as CONSENT
from witnessmark.model.work import WORK, Work
from witnessmark.store import queries
from witnessmark.store.database import Connection


def refuse_completed(connection: Connection, subject: str, field: str) -> None:
    """Raises UsageError where the subject, or the item that a claim was read in, is completed. Its state of work and what its giver consents to can always be changed."""
    if field in {WORK, CONSENT}:
        return
    claim = queries.claim(connection, subject)
    for one in (subject, *((claim.item,) if claim is not None else ())):
        if _is_completed(connection, one):
            number = queries.numbers_of(connection, [one]).get(one, one)
            raise UsageError(
                f"{number} is completed, and nothing more is decided of it. An owner opens it again: `witnessmark decide CASE {number} {WORK}={Work.IN_PROGRESS} --why TEXT`."
            )


def _is_completed(connection: Connection, subject: str) -> bool:
    states = [decision.value for decision in queries.decisions_on(connection, subject) if decision.field == WORK]
    return bool(states) and states[-1] == Work.COMPLETED
