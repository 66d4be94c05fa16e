"""Part of the case as a view: one incident with what it rests on, as plain values.

A page about it is drawn from this by what draws the dossier, and costs what the incident costs, not what the case does.
"""

from __future__ import annotations

from collections.abc import Iterable

from witnessmark.case.case import Case
from witnessmark.case.judged_incidents import BETWEEN, assessments_of
from witnessmark.case.sheets import sheets_from
from witnessmark.case.viewing import METHODS, claims_from, item_from
from witnessmark.model.assessment import LINKED, Assessment
from witnessmark.model.decision import Decision
from witnessmark.model.deed import INCIDENT_MARK
from witnessmark.model.entry import Stream
from witnessmark.model.incident import Incident
from witnessmark.model.view import CaseView, HeldItem, NumberedIncident, ReadClaim
from witnessmark.store import parts, queries
from witnessmark.store.database import Connection


def view_incident(case: Case, incident: Incident) -> CaseView:
    """The incident, its claims with what answers what among them, and every item that they stand in or rest on."""
    with case.asking() as connection:
        ids = [member.id for member in incident.claims]
        decisions = parts.by_subject(parts.decisions_about(connection, ids))
        claims = claims_from(connection, parts.claims_of(connection, ids), parts.labels_of(connection, ids), decisions)
        items, decided = _items(connection, _items_of(incident, claims))
        return CaseView(
            title=queries.title(connection),
            format_version=case.settings.format_version,
            opened=queries.opened(connection),
            as_of=queries.as_of(connection),
            items=items,
            claims=claims,
            answers=tuple(parts.answers_among(connection, (read.claim.id for read in claims))),
            incidents=(_numbered(connection, incident),),
            methods=METHODS,
            heads=tuple(case.logs[stream].head for stream in Stream),
            warnings=(),
            sheets=sheets_from(decided),
        )


def decisions_on_incident(connection: Connection, incident: Incident) -> list[Decision]:
    """What people decided of it and of the readings it is made of, in order of time, taken back or not; whatever its number was then."""
    claims = [member.id for member in incident.claims]
    return parts.decisions_about(connection, (*claims, *(claim + INCIDENT_MARK for claim in claims)))


def items_held(connection: Connection, ids: set[str]) -> tuple[HeldItem, ...]:
    """These items as they stand, without the entries of their custody."""
    return _items(connection, ids)[0]


def _items_of(incident: Incident, claims: Iterable[ReadClaim]) -> set[str]:
    ties = [tie for line in incident.lines for tie in line.ties]
    found = {read.item for read in claims} | {each.held for read in claims for each in read.claim.basis if each.held}
    found |= {line.held for line in incident.lines if line.held} | {pivot.item for pivot in incident.pivots}
    return found | {tie.item for tie in ties} | {tie.of_item for tie in ties if tie.of_item}


def _items(connection: Connection, ids: set[str]) -> tuple[tuple[HeldItem, ...], list[Decision]]:
    """The items, without the entries of their custody, and what was decided of them."""
    labels, documents = parts.labels_of(connection, ids), parts.documents_of(connection, ids)
    made = parts.decisions_about(connection, ids)
    decisions = parts.by_subject(made)
    held = []
    for stored in parts.items_of(connection, ids):
        receipts = queries.receipts(connection, stored.id)[stored.id]
        decided = {decision.field: decision for decision in decisions.get(stored.id, [])}
        item = item_from(stored, labels[stored.id].number, receipts, decided)
        held.append(HeldItem(item, labels[stored.id].public_id, tuple(receipts), documents.get(stored.id), (), ()))
    return tuple(held), made


def _numbered(connection: Connection, incident: Incident) -> NumberedIncident:
    """The incident with its number and what people decided of it; links lead to whatever holds the other's oldest claim now."""
    made = [each for each in decisions_on_incident(connection, incident) if not each.undone]
    linked = {each.value.rpartition(BETWEEN)[2] for each in made if each.field == LINKED}
    others = [found for claim in sorted(linked) if (found := parts.incident_at(connection, claim)) is not None]
    labels = parts.labels_of(connection, (one.id + INCIDENT_MARK for one in (incident, *others)))
    numbers = {one.id: labels[one.id + INCIDENT_MARK].number for one in (incident, *others)}
    own = labels[incident.id + INCIDENT_MARK]
    assessed = assessments_of(made, [incident, *others], numbers)
    return NumberedIncident(incident, own.number, own.public_id, assessed.get(incident.id, Assessment()))
