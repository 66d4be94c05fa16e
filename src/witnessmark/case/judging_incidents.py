"""Deciding of incidents: merged, parted, linked, a tie rejected, a reply noted; kept by claims, since groups and their numbers change as evidence comes in."""

from __future__ import annotations

from witnessmark.case.case import Case
from witnessmark.case.judged_incidents import BETWEEN
from witnessmark.errors import UsageError
from witnessmark.model.assessment import APART, LINKED, MERGED, NOT, REJECTED_TIE, REPLY, LinkKind
from witnessmark.model.decision import Decision
from witnessmark.model.deed import INCIDENT_MARK
from witnessmark.store import queries


def recorded(case: Case, subject: str, field: str, value: str) -> str:
    """What is kept of a decision on the incident with this subject: claims, not numbers of incidents. Raises UsageError where it fits nothing in the case."""
    kept = {MERGED: _other, APART: _claims, REJECTED_TIE: _tie, LINKED: _link, REPLY: _reply}
    return kept[field](case, subject.removesuffix(INCIDENT_MARK), " ".join(value.split()))


def in_words(case: Case, decision: Decision) -> str:
    """What was decided as a person would type it: short numbers in the place of ids."""
    if decision.field == REPLY:
        return decision.value
    kind, _, named = decision.value.rpartition(BETWEEN) if decision.field == LINKED else ("", "", decision.value)
    ids = named.split(BETWEEN)
    with case.asking() as connection:
        ties = {tie.id: tie.claim for one in queries.incidents(connection) for line in one.lines for tie in line.ties}
        marked = [ties.get(one, one) + (INCIDENT_MARK if decision.field in {MERGED, LINKED} else "") for one in ids]
        numbers = queries.numbers_of(connection, marked)
    told = ", ".join(dict.fromkeys(numbers[one] for one in marked if one in numbers)) or "a tie between tellings"
    return f"{kind} {told}".strip()


def _other(case: Case, incident: str, value: str) -> str:
    other = _incident(case, value)
    if other == incident:
        raise UsageError(f"{value.upper()} cannot be merged with itself.")
    return other


def _claims(case: Case, incident: str, value: str) -> str:
    with case.asking() as connection:
        held = {member.id for one in queries.incidents(connection) if one.id == incident for member in one.claims}
        found = {number: queries.subject_of(connection, number) for number in value.replace(BETWEEN, " ").split()}
    strange = next((number for number, claim in found.items() if claim not in held), None)
    if strange is not None or not found:
        raise UsageError(
            f"{strange or 'Nothing'} is no claim of this incident. Write {APART}=C12 or {APART}=C12,C14: claims of it that are about another happening."
        )
    if held == set(found.values()):
        raise UsageError("Those are all its claims: nothing would be left to part them from.")
    return BETWEEN.join(sorted(claim for claim in found.values() if claim))


def _tie(case: Case, incident: str, value: str) -> str:
    """The ties by which a claim ("C12"), or a claim of another ("C12 of C4"), is held to come from somewhere: their ids."""
    number, _, other = value.partition(" of ")
    with case.asking() as connection:
        ties = [tie for one in queries.incidents(connection) if one.id == incident for line in one.lines for tie in line.ties]
        claim, of = queries.subject_of(connection, number), queries.subject_of(connection, other) if other else None
    meant = [tie.id for tie in ties if tie.claim == claim and (not other or tie.of == of)]
    if claim is None or not meant:
        raise UsageError(
            f'Nothing of this incident shows that {value or "a claim"} comes from another. Write {REJECTED_TIE}=C12, or "{REJECTED_TIE}=C12 of C4", as the dossier lists repeats and their origins.'
        )
    return BETWEEN.join(sorted(set(meant)))


def _link(case: Case, incident: str, value: str) -> str:
    away, words = (NOT, value.removeprefix(NOT)) if value.startswith(NOT) else ("", value)
    kind, _, number = words.rpartition(" ")
    if kind not in set(LinkKind):
        raise UsageError(f'{value!r} is no link. Write "{LINKED}=part of N7", or follows, retaliation for, same perpetrator.')
    other = _incident(case, number)
    if other == incident:
        raise UsageError("An incident cannot be linked to itself.")
    return f"{away}{kind}{BETWEEN}{other}"


def _reply(_: Case, __: str, value: str) -> str:
    if not value:
        raise UsageError(
            f'Write what was asked of whom and when, and what the answer was: "{REPLY}=asked the ministry on 2031-03-04; no answer by 2031-04-01".'
        )
    return value


def _incident(case: Case, number: str) -> str:
    with case.asking() as connection:
        found = queries.subject_of(connection, number) if number.upper().startswith("N") else None
    if found is None:
        raise UsageError(f"There is no incident {number} in this case.")
    return found.removesuffix(INCIDENT_MARK)
