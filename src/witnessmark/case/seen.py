"""Two people at one subject: a decision is recorded only where the subject still stands as whoever decides saw it."""

from __future__ import annotations

import hashlib

from witnessmark.case.case import Case
from witnessmark.case.deciding import decide_all, party_subject
from witnessmark.errors import WitnessmarkError
from witnessmark.model.decision import Decision
from witnessmark.model.entry import Stream
from witnessmark.store import queries
from witnessmark.store.database import Connection


class DecidedMeanwhileError(WitnessmarkError):
    """Somebody decided of the subject after it was shown. `decisions` are those not seen, the newest last; nothing was recorded."""

    def __init__(self, number: str, decisions: list[Decision]) -> None:
        said = "; ".join(f"{one.field}: {one.why}" for one in decisions) or "a decision was taken back"
        super().__init__(
            f"Somebody else decided of {number} while you were looking ({said}). Nothing of yours was recorded: look again, then decide."
        )
        self.number, self.decisions = number, decisions


def mark_of(connection: Connection, subject: str) -> str:
    """A short mark of all decisions that stand on a subject: another one as soon as anybody decides or takes back."""
    standing = [decision.id for decision in queries.decisions_on(connection, subject) if not decision.undone]
    return f"{len(standing)}.{hashlib.sha256(' '.join(standing).encode()).hexdigest()[:16]}"


def entries_of(case: Case) -> tuple[int, ...]:
    """How many entries of each log the case shows: other numbers as soon as anything was recorded, weighing included."""
    with case.asking() as connection:
        return tuple(queries.drawn(connection, stream) for stream in Stream)


def subject_seen(case: Case, number: str, letter: str) -> tuple[str, str] | None:
    """The subject with a short number that begins with `letter`, and its mark; None where there is none."""
    with case.asking() as connection:
        subject = queries.subject_of(connection, number) if number.startswith(letter) else None
        return (subject, mark_of(connection, subject)) if subject is not None else None


def decide_as_seen(  # noqa: PLR0913 -- what `decide_all` is told, and what was seen
    case: Case, number: str, field: str, value: str, *, why: str, seen: str
) -> list[Decision]:
    """The same as `decide_all`, where the mark of the subject is still `seen`. Raises DecidedMeanwhileError, UsageError."""
    refuse_unseen(case, number, seen)
    return decide_all(case, number, field, value, why=why)


def refuse_unseen(case: Case, number: str, seen: str) -> None:
    """Raise DecidedMeanwhileError where anybody decided of a subject since its mark was `seen`."""
    with case.asking() as connection:
        subject = party_subject(number) or queries.subject_of(connection, number)
        if subject is not None and mark_of(connection, subject) != seen:
            standing = [decision for decision in queries.decisions_on(connection, subject) if not decision.undone]
            known = seen.partition(".")[0]
            raise DecidedMeanwhileError(number, standing[int(known) :] if known.isdecimal() and len(known) < 9 else standing)
