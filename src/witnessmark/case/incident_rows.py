"""The list of incidents: a row each with what was derived and what people decided, and what narrows the list down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.judged_incidents import assessments_of
from witnessmark.case.viewing import view_case
from witnessmark.model.assessment import Assessment
from witnessmark.model.claim import Act
from witnessmark.model.decision import Status
from witnessmark.model.deed import INCIDENT_MARK
from witnessmark.model.incident import Incident
from witnessmark.model.view import AsOf, CaseView
from witnessmark.publish.finding import victims
from witnessmark.publish.prose import plain
from witnessmark.publish.words import act_words
from witnessmark.store import parts, queries
from witnessmark.text.fold import folded


class IncidentRow(msgspec.Struct, frozen=True):
    """An incident in a list. `support` is in the words of the rule, `unread` how many of its claims nobody has compared with the original."""

    number: str
    act: Act | None
    about: str
    place: str | None
    earliest: str | None
    latest: str | None
    level: int | None
    support: str | None
    lines: int | None
    most_lines: int | None
    victims: str
    claims: int
    unread: int
    denied_by: tuple[str, ...]
    disputed_by: tuple[str, ...]
    assessment: Assessment


class Order(StrEnum):
    """How the list is sorted."""

    NUMBER = "number"
    SUPPORT = "support"
    DATE = "date"
    UNREAD = "unread"


class Narrowed(msgspec.Struct, frozen=True):
    """What the list is narrowed down to; empty values ask for nothing. Days are ISO and meet any incident whose stated dates reach between them; `words` stand in its place or act."""

    words: str = ""
    act: str = ""
    least: int = 0
    since: str = ""
    until: str = ""
    denied: bool = False
    unread: bool = False
    order: Order = Order.NUMBER


def incident_rows(case: Case, asked: AsOf | None = None) -> tuple[IncidentRow, ...]:
    """A row for every incident, in the order of their numbers; `asked` about an earlier day, as they were then."""
    if asked is not None:
        return rows_of(view_case(case, asked))
    with case.asking() as connection:
        incidents = queries.incidents(connection)
        labels = parts.labels_of(connection, (incident.id + INCIDENT_MARK for incident in incidents))
        statuses = parts.statuses_of_claims(connection)
        numbers = {incident.id: labels[incident.id + INCIDENT_MARK].number for incident in incidents}
        assessed = assessments_of(parts.decisions_on_incidents(connection), incidents, numbers)
    return tuple(_row(incident, numbers[incident.id], statuses, assessed.get(incident.id, Assessment())) for incident in incidents)


def rows_of(view: CaseView) -> tuple[IncidentRow, ...]:
    """The same of a view."""
    statuses = {read.claim.id: read.status for read in view.claims}
    return tuple(_row(each.incident, each.number, statuses, each.assessment) for each in view.incidents)


def _row(incident: Incident, number: str, statuses: Mapping[str, Status], assessment: Assessment) -> IncidentRow:
    when, where = incident.when, incident.where
    held = [statuses[member.id] for member in incident.claims if member.id in statuses]
    return IncidentRow(
        number=number,
        act=incident.act,
        about=f"alleged {act_words(incident.act)}" if incident.act else act_words(None),
        place=where.name if where else None,
        earliest=when.earliest if when else None,
        latest=when.latest if when else None,
        level=incident.level,
        support=incident.support,
        lines=incident.independent_lines,
        most_lines=incident.independent_lines_max,
        victims=plain(victims(incident)),
        claims=len(held),
        unread=sum(1 for status in held if status is Status.PROPOSED),
        denied_by=incident.denied_by,
        disputed_by=incident.disputed_by,
        assessment=assessment,
    )


def narrowed(rows: Iterable[IncidentRow], to: Narrowed) -> list[IncidentRow]:
    """The rows that fit all of what is asked, in the order that is asked for."""
    words = folded(to.words).split()
    return _sorted([row for row in rows if _fits(row, to) and all(word in _said(row) for word in words)], to.order)


def acts_in(rows: Sequence[IncidentRow]) -> tuple[str, ...]:
    """The acts that occur, in the order of the contract."""
    found = {row.act for row in rows}
    return tuple(act.value for act in Act if act in found)


def _said(row: IncidentRow) -> str:
    return folded(f"{row.number} {row.about} {row.place or ''} {row.victims}")


def _fits(row: IncidentRow, to: Narrowed) -> bool:
    return (
        (not to.act or row.act == to.act)
        and (row.level or 0) >= to.least
        and not (to.denied and not (row.denied_by or row.disputed_by))
        and not (to.unread and not row.unread)
        and _meets(row, to.since, to.until)
    )


def _meets(row: IncidentRow, since: str, until: str) -> bool:
    """Whether the stated dates may lie between two days; an incident with no date at all meets no day."""
    if not (since or until):
        return True
    if row.earliest is None and row.latest is None:
        return False
    return (not since or row.latest is None or row.latest >= since) and (not until or row.earliest is None or row.earliest <= until)


def _sorted(rows: list[IncidentRow], order: Order) -> list[IncidentRow]:
    match order:
        case Order.SUPPORT:
            return sorted(rows, key=lambda row: (-(row.level or 0), -(row.lines or 0), -row.claims))
        case Order.DATE:
            return sorted(rows, key=lambda row: row.earliest or row.latest or "9999")
        case Order.UNREAD:
            return sorted(rows, key=lambda row: -row.unread)
        case Order.NUMBER:
            return rows
