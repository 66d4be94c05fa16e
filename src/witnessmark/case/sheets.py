"""Verification sheets in a case: lines written, replaced and checked as decisions on the item, and read back as sheets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.correcting import Prepared
from witnessmark.case.deciding import record_decisions
from witnessmark.case.disposed import refuse_disposed
from witnessmark.case.telling import typed
from witnessmark.errors import UsageError
from witnessmark.model.decision import Decision
from witnessmark.model.sheet import (
    BODIES,
    WHY,
    Asked,
    Body,
    Check,
    Checked,
    CheckVerdict,
    Line,
    OnRecord,
    Placed,
    Seen,
    Sheet,
    Timed,
    line_of,
    recorded,
)
from witnessmark.store import queries
from witnessmark.watch.agreement import compare_times, consistent_with, furthest_apart

_FIELDS = {shape: field for field, shape in BODIES.items()}


def sheet_of(case: Case, number: str) -> Sheet:
    """The sheet of the item with this short number, empty where nothing is written on it. Raises UsageError."""
    item = _item(case, number)
    return next((sheet for sheet in sheets_of(case) if sheet.item == item), Sheet(item, ()))


def sheets_of(case: Case) -> tuple[Sheet, ...]:
    """The sheets of all items that have one, in the order in which they were begun."""
    with case.asking() as connection:
        return sheets_from(queries.decisions(connection))


def write_line(case: Case, number: str, body: Seen | Asked | Placed | Timed, *, why: str = WHY, instead_of: str | None = None) -> Line:
    """Write a line on the sheet of an item; `instead_of` is the id of the line whose place it takes.

    Raises:
        UsageError: there is no such item or line, or the line is of another kind or stands no more.
    """
    sheet = sheet_of(case, number)
    if instead_of is not None:
        before = _standing(sheet, instead_of, number)
        if type(before.body) is not type(body):
            raise UsageError(f"{before.id} says something else of {number.upper()}, so this cannot take its place.")
        if why == WHY or not why.strip():
            raise UsageError(f"Why does it take the place of {before.id}? Add --why TEXT: both stay on record, and so does the reason.")
        instead_of = before.id
    made = _record(case, sheet.item, body, why, instead_of)
    return next(line for line in sheet_of(case, number).lines if line.id == made.id)


def check_line(case: Case, number: str, entry: str, verdict: CheckVerdict, *, why: str) -> Line:
    """Record what a second person says of a line.

    Raises:
        UsageError: there is no such line, it stands no more, or whoever checks wrote it: nobody checks themself.
    """
    sheet = sheet_of(case, number)
    line = _standing(sheet, entry, number)
    if line.by == case.actor:
        raise UsageError(
            f"{line.id} was written under this very key. A check is by a second person: have them run it with --as NAME, or on their own computer."
        )
    if not why.strip():
        raise UsageError("What did you do to check it? Add --why TEXT.")
    _record(case, sheet.item, Checked(line.id, verdict), why, None)
    return next(each for each in sheet_of(case, number).lines if each.id == line.id)


def sheets_from(decisions: Iterable[Decision]) -> tuple[Sheet, ...]:
    """The sheets that decisions make, with what was taken back or replaced."""
    by_item: dict[str, list[Decision]] = {}
    for made in decisions:
        if made.field in BODIES:
            by_item.setdefault(made.subject, []).append(made)
    return tuple(_sheet(item, made) for item, made in by_item.items())


def _sheet(item: str, made: Sequence[Decision]) -> Sheet:
    read = [(decision, (kept := line_of(decision)).body, kept.instead_of) for decision in made]
    replaced = {before: decision.id for decision, _, before in read if before is not None and not decision.undone}
    authors = {decision.id: decision.by for decision, _, _ in read}
    checks: dict[str, list[Check]] = {}
    for decision, body, _ in read:
        if isinstance(body, Checked) and not decision.undone and decision.by != authors.get(body.entry):
            checks.setdefault(body.entry, []).append(Check(body.verdict, decision.why, decision.by, decision.at, decision.id))
    lines = tuple(
        Line(
            id=decision.id,
            body=body,
            why=decision.why,
            by=decision.by,
            at=decision.at,
            replaced_by=replaced.get(decision.id),
            taken_back=decision.undone,
            checks=tuple(checks.get(decision.id, ())),
        )
        for decision, body, _ in read
        if not isinstance(body, Checked)
    )
    standing = [line for line in lines if line.stands]
    return Sheet(item, lines, compare_times(standing), consistent_with(standing), furthest_apart(standing))


def _record(case: Case, item: str, body: Body, why: str, instead_of: str | None) -> Decision:
    kept = recorded(OnRecord(body, instead_of))
    if not _comes_back(kept, body):
        raise UsageError("A number of this line is none that can be written down, such as nan or inf. Nothing was recorded.")
    return record_decisions(case, [Prepared(item, _FIELDS[type(body)], kept)], why=" ".join(why.split()))[0]


def _comes_back(kept: str, body: Body) -> bool:
    """Whether what is recorded will be read as what was meant."""
    try:
        return msgspec.json.decode(kept, type=OnRecord).body == body
    except msgspec.ValidationError:
        return False


def _standing(sheet: Sheet, entry: str, number: str) -> Line:
    wanted = entry if entry.startswith("decision-") else f"decision-{entry}"
    line = next((each for each in sheet.lines if each.id == wanted), None)
    if line is None or not line.stands:
        why = "is not on" if line is None else "was taken back from" if line.taken_back else f"was replaced by {line.replaced_by} on"
        raise UsageError(f"{wanted} {why} the sheet of {number.upper()}. `witnessmark watch sheet` lists its lines.")
    return line


def _item(case: Case, number: str) -> str:
    with case.asking() as connection:
        refuse_disposed(connection, number)
        item = queries.subject_of(connection, number) if number.upper().startswith("I") else None
    if item is None:
        raise UsageError(f"There is no item {number} in this case. `witnessmark status {typed(case.folder.root)} --all` lists items.")
    return item
