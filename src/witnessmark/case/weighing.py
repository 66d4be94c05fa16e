"""Weighing: answers and incidents derived from the whole case, as far as corroboration goes today.

What is derived is a function of what was read and decided so far, so the log holds only that it was done and which
numbers new incidents got; a rebuild derives the same again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from witnessmark.case.labels import new_labels
from witnessmark.case.stages import WEIGH, step_of
from witnessmark.corroborate import VERSION, PlacedClaim, find_answers, group_incidents
from witnessmark.model.decision import Status
from witnessmark.model.deed import INCIDENT_MARK, CaseWeighed
from witnessmark.model.incident import Answer, Incident
from witnessmark.store import queries
from witnessmark.store.database import Connection
from witnessmark.store.projection import replace_findings

if TYPE_CHECKING:
    from witnessmark.case.case import Case


class Weighed(msgspec.Struct, frozen=True):
    """How many answers and incidents stand now; `changed` is false where nothing had come in since the last time."""

    answers: int
    incidents: int
    changed: bool


def weigh(case: Case) -> Weighed:
    """Derive answers and incidents anew where anything was received, read or decided since the last time."""
    with case.asking() as connection:
        step = step_of(WEIGH, VERSION, None, queries.state(connection))
        if queries.step_is_done(connection, step):
            return Weighed(len(queries.answers(connection)), len(queries.incidents(connection)), changed=False)
        answers, incidents = derive_findings(connection)
        labels = new_labels(connection, "N", [incident.id + INCIDENT_MARK for incident in incidents])
    case.record([CaseWeighed(step, labels)])
    with case.database.transaction() as connection:
        replace_findings(connection, answers, incidents)
    return Weighed(len(answers), len(incidents), changed=True)


def derive_findings(connection: Connection) -> tuple[list[Answer], list[Incident]]:
    """Answers and incidents of all claims but those a person called misread."""
    statuses = queries.claim_statuses(connection)
    published = {s.document.id: s.document.published.value if s.document.published else None for s in queries.documents(connection)}
    placed = [
        PlacedClaim(stored.claim, stored.item, published.get(stored.document))
        for stored in queries.claims(connection)
        if statuses.get(stored.claim.id) is not Status.REJECTED
    ]
    answers = find_answers(placed)
    return answers, group_incidents(placed, answers)
