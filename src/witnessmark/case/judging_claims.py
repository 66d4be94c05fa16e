"""Judging a claim on a screen: several corrections in one act, a claim added where it was selected, and all of one act taken back together.

What is recorded is what `decide` records; only that it is one act, made of the claim as it was seen, is of here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from witnessmark.case.case import Case
from witnessmark.case.completed import refuse_completed
from witnessmark.case.correcting import CONTENT, CORRECTIONS, Prepared, addition, corrections, replacement
from witnessmark.case.deciding import record_decisions, undo_all
from witnessmark.case.disposed import refuse_disposed
from witnessmark.case.seen import refuse_decided_meanwhile
from witnessmark.errors import UsageError
from witnessmark.model.correction import ADDED
from witnessmark.model.decision import Decision, Status
from witnessmark.store import queries

Typed = Mapping[str, tuple[str, int | None]]
"""By field what was typed for it, and near which place of the text its words stand, where that was selected."""


def correct(case: Case, number: str, typed: Typed, *, why: str, seen: str) -> list[Decision]:
    """Correct these fields of a claim and call it read correctly so; the first decision's subject is the claim that has the words now.

    Raises UsageError with nothing recorded where anything typed does not fit; DecidedMeanwhileError where somebody else decided meanwhile.
    """
    unknown = next((field for field in typed if field not in CORRECTIONS), None)
    if unknown is not None or not typed:
        raise UsageError(f"There is no field {unknown!r}." if unknown else "Nothing was typed, so nothing was corrected.")
    if not why.strip():
        raise UsageError("A decision needs its reason.")
    refuse_decided_meanwhile(case, number, seen)
    claim = _subject(case, number, "C")
    in_order = {field: typed[field] for field in CORRECTIONS if field in typed}
    words = in_order.pop(CONTENT, None)
    if words is not None and in_order:
        raise UsageError("Other words make another claim: give the words first, then correct its other fields.")
    if words is not None:
        prepared = [replacement(case, claim, words[0], near=words[1]), Prepared(claim, "status", Status.REJECTED.value)]
    else:
        prepared = [*corrections(case, claim, in_order), Prepared(claim, "status", Status.ACCEPTED.value)]
    return record_decisions(case, prepared, why=why.strip())


def add_claim(case: Case, item: str, words: str, *, near: int, why: str) -> Decision:
    """Add a claim by hand: `words` as they stand in the text of the item, nearest to `near`. Raises UsageError."""
    if not why.strip():
        raise UsageError("A decision needs its reason.")
    subject = _subject(case, item, "I")
    with case.asking() as connection:
        refuse_completed(connection, subject, ADDED)
    return record_decisions(case, [addition(case, subject, words, near=near)], why=why.strip())[0]


def take_back(case: Case, decisions: Sequence[str]) -> list[Decision]:
    """Take back all decisions of one act, the newest first; what was taken back meanwhile is passed over."""
    with case.asking() as connection:
        standing = {decision.id for decision in queries.decisions(connection) if not decision.undone}
    undone: list[Decision] = []
    for decision in reversed(decisions):
        if decision in standing and decision not in {one.id for one in undone}:
            undone += undo_all(case, decision)
    return undone


def _subject(case: Case, number: str, letter: str) -> str:
    with case.asking() as connection:
        refuse_disposed(connection, number)
        subject = queries.subject_of(connection, number) if number.upper().startswith(letter) else None
    if subject is None:
        raise UsageError(f"There is no {number} in this case.")
    return subject
