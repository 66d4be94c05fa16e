"""What is being worked on: items, incidents and the rest by the state people gave them, and what is kept out of the way."""

from __future__ import annotations

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.deciding import subject_words
from witnessmark.model.decision import Decision
from witnessmark.model.work import HIDDEN, WORK, Work
from witnessmark.store import queries
from witnessmark.store.database import Connection
from witnessmark.store.decided import decided_of
from witnessmark.store.search import items_named


class Task(msgspec.Struct, frozen=True):
    """Something with a state of work: its short number, its name where it has one, who (by key) gave the state, when and why."""

    number: str
    name: str
    state: Work
    by: str
    at: str
    why: str


class Hidden(msgspec.Struct, frozen=True):
    """An item kept out of lists, by whom (a key), when and why."""

    number: str
    name: str
    by: str
    at: str
    why: str


def tasks(case: Case) -> dict[Work, tuple[Task, ...]]:
    """Everything somebody gave a state, by state, the latest first."""
    with case.asking() as connection:
        latest = _latest(decided_of(connection, WORK))
        names = _named(connection, latest)
    found = [Task(*names[one.subject], Work(one.value), one.by, one.at, one.why) for one in reversed(latest)]
    return {state: tuple(task for task in found if task.state is state) for state in Work}


def hidden_items(case: Case) -> tuple[Hidden, ...]:
    """The items kept out of lists, the latest first."""
    with case.asking() as connection:
        latest = [one for one in _latest(decided_of(connection, HIDDEN)) if one.value == "yes"]
        names = _named(connection, latest)
    return tuple(Hidden(*names[one.subject], one.by, one.at, one.why) for one in reversed(latest))


def seals(case: Case, decision: str) -> bool:
    """Whether this standing decision is one that called something completed: to take it back is to open that again."""
    with case.asking() as connection:
        return any(one.id == decision and one.value == Work.COMPLETED for one in decided_of(connection, WORK))


def _latest(decisions: list[Decision]) -> list[Decision]:
    """The newest of each subject, in order of time."""
    newest = {one.subject: one.id for one in decisions}
    return [one for one in decisions if newest[one.subject] == one.id]


def _named(connection: Connection, decisions: list[Decision]) -> dict[str, tuple[str, str]]:
    """The short number of each subject, and the name of those that are items."""
    subjects = sorted({one.subject for one in decisions})
    numbers = queries.numbers_of(connection, subjects)
    items = items_named(connection, [subject for subject in subjects if queries.is_held(connection, subject)])
    return {
        subject: (subject_words(subject, numbers), items[subject].title or items[subject].name if subject in items else "")
        for subject in subjects
    }
