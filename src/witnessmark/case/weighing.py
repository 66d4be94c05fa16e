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
from witnessmark.corroborate.keeping import Kept
from witnessmark.model.deed import INCIDENT_MARK, CaseWeighed, Step
from witnessmark.model.incident import Answer, Incident
from witnessmark.store import queries
from witnessmark.store.database import Connection
from witnessmark.store.findings import replace_findings


class Weighed(msgspec.Struct, frozen=True):
    """How many answers and incidents stand now; `changed` is false where nothing had come in since the last time."""

    answers: int
    incidents: int
    changed: bool


class Derived(msgspec.Struct, frozen=True):
    """What was derived from the case as it was at a step, and not recorded yet."""

    step: Step
    answers: tuple[Answer, ...]
    incidents: tuple[Incident, ...]
    kept: Kept


def derive(case: Case) -> Derived | None:
    """Derive answers and incidents of a case that is open to be read, so that nobody waits meanwhile; None where nothing has come in since the last time."""
    with case.asking() as connection:
        return _derived(connection, lambda _: None) if is_due(connection) else None


def weigh(case: Case, *, beforehand: Derived | None = None, tell: Tell = lambda _: None) -> Weighed:
    """Derive answers and incidents anew where anything was received, read or decided since the last time.

    What was derived `beforehand` is taken where the case still is as it was then.
    """
    with case.asking() as connection:
        if not is_due(connection):
            return Weighed(len(queries.answers(connection)), len(queries.incidents(connection)), changed=False)
        stands = beforehand is not None and beforehand.step == _step(connection)
        found = beforehand if beforehand is not None and stands else _derived(connection, tell)
        labels = new_labels(connection, "N", [incident.id + INCIDENT_MARK for incident in found.incidents])
    case.record(
        [CaseWeighed(found.step, labels)], then=lambda connection: replace_findings(connection, found.answers, found.incidents, found.kept)
    )
    return Weighed(len(found.answers), len(found.incidents), changed=True)


def _derived(connection: Connection, tell: Tell) -> Derived:
    return Derived(_step(connection), *weigh_on(connection, tell=tell))


def findings_are_old(case: Case) -> bool:
    """The same of an open case."""
    with case.asking() as connection:
        return is_due(connection)


def findings_mark(case: Case) -> str:
    """A mark of the findings as they stand: another one after each weighing that changed anything to weigh."""
    with case.asking() as connection:
        return " ".join(queries.weighed_steps(connection))


def is_due(connection: Connection) -> bool:
    """Whether anything was received, read or decided since the last weighing, or another version of this program grouped incidents otherwise."""
    return not queries.step_is_done(connection, _step(connection)) or queries.unnumbered_incidents(connection) > 0


def _step(connection: Connection) -> Step:
    return step_of(WEIGH, VERSION, None, queries.state(connection))
