"""Weighing: answers and weighed incidents derived from the whole case.

What is derived is a function of what was read and decided so far, so the log holds only that it was done and which
numbers new incidents got; a rebuild derives the same again.
"""

from __future__ import annotations

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.findings import weigh_on
from witnessmark.case.labels import new_labels
from witnessmark.case.stages import WEIGH, step_of
from witnessmark.case.telling import Tell
from witnessmark.corroborate import VERSION
from witnessmark.model.deed import INCIDENT_MARK, CaseWeighed, Step
from witnessmark.store import queries
from witnessmark.store.database import Connection
from witnessmark.store.findings import replace_findings


class Weighed(msgspec.Struct, frozen=True):
    """How many answers and incidents stand now; `changed` is false where nothing had come in since the last time."""

    answers: int
    incidents: int
    changed: bool


def weigh(case: Case, *, tell: Tell = lambda _: None) -> Weighed:
    """Derive answers and incidents anew where anything was received, read or decided since the last time."""
    with case.asking() as connection:
        step = _step(connection)
        if not is_due(connection):
            return Weighed(len(queries.answers(connection)), len(queries.incidents(connection)), changed=False)
        answers, incidents, kept = weigh_on(connection, tell=tell)
        labels = new_labels(connection, "N", [incident.id + INCIDENT_MARK for incident in incidents])
    case.record([CaseWeighed(step, labels)], then=lambda connection: replace_findings(connection, answers, incidents, kept))
    return Weighed(len(answers), len(incidents), changed=True)


def is_due(connection: Connection) -> bool:
    """Whether anything was received, read or decided since the last weighing, or another version of this program grouped incidents otherwise."""
    return not queries.step_is_done(connection, _step(connection)) or queries.unnumbered_incidents(connection) > 0


def _step(connection: Connection) -> Step:
    return step_of(WEIGH, VERSION, None, queries.state(connection))
