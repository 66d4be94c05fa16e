"""What people decided of incidents, as corroboration and the dossier take it in: by the claims a decision names, since groups and their numbers change as evidence comes in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from witnessmark.corroborate import Judged
from witnessmark.model.assessment import (
    APART,
    CONFIDENCE,
    LIKELIHOOD,
    LINKED,
    MERGED,
    NOT,
    REJECTED_TIE,
    REPLY,
    Assessment,
    Confidence,
    IncidentLink,
    Likelihood,
    LinkKind,
)
from witnessmark.model.decision import Decision
from witnessmark.model.deed import INCIDENT_MARK
from witnessmark.model.incident import Incident

BETWEEN = ","
"""Between claims, and between the kind of a link and the claim."""


def judged_of(decisions: Iterable[Decision], grades: Mapping[str, str]) -> Judged:
    """What people decided, as corroboration takes it in, in the order it was decided."""
    merged: list[tuple[str, ...]] = []
    apart: list[tuple[str, ...]] = []
    rejected: set[str] = set()
    for made in decisions:
        if made.undone:
            continue
        if made.field == MERGED:
            merged.append((made.subject.removesuffix(INCIDENT_MARK), made.value))
        elif made.field == APART:
            apart.append(tuple(made.value.split(BETWEEN)))
        elif made.field == REJECTED_TIE:
            rejected.update(made.value.split(BETWEEN))
    return Judged(tuple(merged), tuple(apart), frozenset(rejected), grades)


def assessments_of(decisions: Sequence[Decision], incidents: Sequence[Incident], numbers: Mapping[str, str]) -> dict[str, Assessment]:
    """By incident what was decided of it; `numbers` are the short numbers of incidents by their ids."""
    holder = {member.id: incident.id for incident in incidents for member in incident.claims}
    found: dict[str, list[Decision]] = {}
    for made in decisions:
        if made.subject.endswith(INCIDENT_MARK) and not made.undone:
            incident = holder.get(made.subject.removesuffix(INCIDENT_MARK))
            if incident is not None:
                found.setdefault(incident, []).append(made)
    return {incident: _assessment(made, holder, numbers) for incident, made in found.items()}


def _assessment(made: Sequence[Decision], holder: Mapping[str, str], numbers: Mapping[str, str]) -> Assessment:
    latest = {one.field: one for one in made}
    links: dict[tuple[str, str], IncidentLink] = {}
    for one in made:
        if one.field == LINKED:
            kind, _, claim = one.value.removeprefix(NOT).partition(BETWEEN)
            key = kind, holder.get(claim, claim)
            if one.value.startswith(NOT):
                links.pop(key, None)
            elif key[1] in numbers:
                links[key] = IncidentLink(LinkKind(kind), numbers[key[1]], one.why)
    likelihood, confidence = latest.get(LIKELIHOOD), latest.get(CONFIDENCE)
    return Assessment(
        likelihood=Likelihood(likelihood.value) if likelihood else None,
        confidence=Confidence(confidence.value) if confidence else None,
        why=likelihood.why if likelihood else confidence.why if confidence else None,
        links=tuple(links.values()),
        replies=tuple((one.at[:10], one.value) for one in made if one.field == REPLY),
    )
