"""What people decide of a person besides protection: what is reported of them, each by its own standard, and which records, claims, items and accounts are about them.

Both are sets that grow and shrink decision by decision: what was said stays beside what is said later, until somebody takes it away ("not ...") or undoes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from witnessmark.errors import UsageError
from witnessmark.model.decision import Decision
from witnessmark.model.person import APART, JOINED, STATUS_BY, PersonStatus, StatusByStandard

_JOINABLE = re.compile(r"(I[0-9]+):([0-9]+)|[IC][0-9]+")


def status_value(value: str) -> str:
    """A status as it is recorded: "missing by her family (I4)". Raises UsageError where there is no such status, or it has no standard."""
    said, _, standard = _plain(value).partition(STATUS_BY)
    status = said.strip().casefold().replace(" ", "_")
    if status not in {one.value for one in PersonStatus if one is not PersonStatus.UNKNOWN}:
        raise UsageError(f"A person cannot be {said!r}. Say detained, missing, reported_dead or confirmed_dead.")
    if not standard.strip() and not value.startswith(APART):
        raise UsageError(
            f'By whose account, or which standard? Write "status={status} by WHOM OR WHAT", such as "status={status} by the prison register, I4".'
        )
    return (APART if value.startswith(APART) else "") + status + (f"{STATUS_BY}{standard.strip()}" if standard.strip() else "")


def joined_value(value: str) -> tuple[str, str]:
    """What is joined, as it is recorded ("I4:12", "not C3"), and the short number that has to be in the case. Raises UsageError."""
    found = _JOINABLE.fullmatch(_plain(value).upper())
    if found is None:
        raise UsageError(
            f"{value!r} cannot be joined. Write {JOINED}=I4:12 for a row of a list, {JOINED}=C14 for a claim, {JOINED}=I7 for an item or account."
        )
    return (APART if value.startswith(APART) else "") + found.group(), found.group(1) or found.group()


def standing_statuses(made: Sequence[Decision]) -> tuple[StatusByStandard, ...]:
    """All that is reported of a person, in the order it was recorded. "not missing" takes away every "missing", "not missing by X" the one by X."""
    found: list[StatusByStandard] = []
    for decision in made:
        if decision.field != "status":
            continue
        status, _, standard = _plain(decision.value).partition(STATUS_BY)
        if decision.value.startswith(APART):
            found = [one for one in found if one.status != status or (standard and one.standard != standard)]
        elif status != PersonStatus.UNKNOWN:
            # before standards were asked for, the reason was all there was
            said = StatusByStandard(PersonStatus(status), standard or decision.why, decision.id)
            found = [one for one in found if (one.status, one.standard) != (said.status, said.standard)] + [said]
    return tuple(found)


def standing_joins(made: Iterable[Decision]) -> tuple[str, ...]:
    """What is joined to a person, in the order it was."""
    found: dict[str, None] = {}
    for decision in made:
        if decision.field != JOINED:
            continue
        if decision.value.startswith(APART):
            found.pop(_plain(decision.value), None)
        else:
            found[decision.value] = None
    return tuple(found)


def _plain(value: str) -> str:
    return " ".join(value.removeprefix(APART).split())
