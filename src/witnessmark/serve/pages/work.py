"""People at work: states of work, what is kept out of lists, the second reading, agreement and practice."""

from __future__ import annotations

from typing import cast

import msgspec

from witnessmark.case.practice import PracticeReading, Score, practice, score
from witnessmark.case.reviewing import Shown, show_claim
from witnessmark.case.second_reading import Agreement, agreement, waiting_for_second
from witnessmark.case.seen import decide_as_seen, subject_seen
from witnessmark.case.work_lists import Hidden, Task, hidden_items, tasks
from witnessmark.errors import UsageError
from witnessmark.model.decision import Status
from witnessmark.model.office import Role
from witnessmark.model.work import HIDDEN, WORK, WORK_WORDS, Work
from witnessmark.publish.claim_fields import field_values
from witnessmark.serve.ask import Ask, NotThereError, RefusedError
from witnessmark.serve.ways import Go, Outcome, Page, get, post

_SAID = "practice"


class WorkPage(msgspec.Struct, frozen=True):
    """What is worked on, by state, and what is kept out of lists."""

    tasks: dict[Work, tuple[Task, ...]]
    hidden: tuple[Hidden, ...]
    words: dict[Work, str]


class SecondPage(msgspec.Struct, frozen=True):
    """A claim to be read a second time, shown without what was said of it; None where none waits."""

    shown: Shown | None
    fields: tuple[tuple[str, str], ...]
    seen: str
    waiting: int


class AgreementPage(msgspec.Struct, frozen=True):
    """How far people agree."""

    agreement: Agreement


class PracticePage(msgspec.Struct, frozen=True):
    """One reading to practise on, with what was said of it (None: nothing yet); its place from 1, and how it goes so far."""

    reading: PracticeReading
    place: int
    said: str | None
    score: Score


def work(ask: Ask) -> Outcome:
    """What people are working on."""
    with ask.reading() as case:
        return Page("work.html.j2", WorkPage(tasks(case), hidden_items(case), WORK_WORDS))


def set_state(ask: Ask) -> Outcome:
    """Give something a state of work. Only an owner opens again what is completed."""
    number, state = ask.path["number"].upper(), ask.form("state")
    with ask.writing() as case:
        found = subject_seen(case, number, number[:1])
        if found is None:
            raise NotThereError(f"There is no {number} in this case.")
        done = {task.number for task in tasks(case)[Work.COMPLETED]}
        if number in done and not ask.session.who.role.covers(Role.OWNER):
            raise RefusedError(f"{number} is completed. Only an owner opens it again.")
        decide_as_seen(case, number, WORK, state, why=ask.form("why"), seen=ask.form("seen") or found[1])
    return Go(ask.form("back") or "/work", f"{number}: {WORK_WORDS[Work(state)]}")


def hide(ask: Ask) -> Outcome:
    """Keep an item out of lists, or put it back."""
    number, value = ask.path["number"], ask.form("hidden")
    with ask.writing() as case:
        found = subject_seen(case, number, "I")
        if found is None:
            raise NotThereError(f"There is no item {number} in this case.")
        decide_as_seen(case, number, HIDDEN, value, why=ask.form("why"), seen=ask.form("seen") or found[1])
    return Go("/work", f"{number} is kept out of lists. Nothing is lost." if value == "yes" else f"{number} is in lists again.")


def second(ask: Ask) -> Outcome:
    """The first claim that waits for a second reader, without what the first one said."""
    with ask.reading() as case:
        ids = waiting_for_second(case, ask.session.who.key)
        if not ids:
            return Page("second.html.j2", SecondPage(None, (), "", 0))
        shown = msgspec.structs.replace(show_claim(case, ids[0]), decisions=(), status=Status.PROPOSED)
        found = subject_seen(case, shown.number, "C")
        return Page("second.html.j2", SecondPage(shown, tuple(field_values(shown.claim)), found[1] if found else "", len(ids)))


def judge_second(ask: Ask) -> Outcome:
    """Record a second reading."""
    status = ask.form("status")
    if status not in {Status.ACCEPTED, Status.REJECTED, Status.UNSURE}:
        raise UsageError(f"A reading is accepted, rejected or unsure; not {status[:40]!r}.")
    with ask.writing() as case:
        why = ask.form("why") or "second reading, without the first in view"
        decide_as_seen(case, ask.path["number"], "status", status, why=why, seen=ask.form("seen"))
    return Go("/second")


def agree(ask: Ask) -> Outcome:
    """How far those who judged the same claims agree."""
    with ask.reading() as case:
        return Page("agreement.html.j2", AgreementPage(agreement(case)))


def practise(ask: Ask) -> Outcome:
    """One reading of the practice set."""
    place = ask.number("n", 1, most=len(practice()))
    said = _said(ask)
    return Page("practice.html.j2", PracticePage(practice()[place - 1], place, said.get(place - 1), score(said)))


def judge_practice(ask: Ask) -> Outcome:
    """Take a judgement on a reading of the practice set. The first one counts: what is right is shown after it."""
    said, place, status = _said(ask), ask.form("n"), ask.form("status")
    if not place.isdecimal() or not 1 <= int(place[:6]) <= len(practice()) or status not in list(Status):
        raise UsageError("A judgement names a reading of the practice set and read correctly, misread or unsure.")
    said.setdefault(int(place) - 1, status)
    ask.session.notes[_SAID] = said
    return Go(f"/practice?n={place}")


def begin_again(ask: Ask) -> Outcome:
    """Forget how it went."""
    ask.session.notes.pop(_SAID, None)
    return Go("/practice")


def _said(ask: Ask) -> dict[int, str]:
    return cast("dict[int, str]", ask.session.notes.get(_SAID, {}))


WAYS = (
    get("/work", work, Role.REVIEWER),
    post("/work/{number}", set_state, Role.REVIEWER),
    post("/items/{number}/hidden", hide, Role.REVIEWER),
    get("/second", second, Role.REVIEWER),
    post("/second/{number}", judge_second, Role.REVIEWER),
    get("/agreement", agree, Role.OWNER),
    get("/practice", practise, Role.VIEWER),
    post("/practice", judge_practice, Role.VIEWER),
    post("/practice/again", begin_again, Role.VIEWER),
)
