"""People and victims: persons and their statuses, linked lists and the pairs to judge, estimates, responsibility as alleged, pledges and demands."""

from __future__ import annotations

import msgspec

from witnessmark.case.drawn import Drawn
from witnessmark.case.people_pages import (
    PairPage,
    People,
    QuestionPage,
    judge_pair_as_seen,
    pair_page,
    people_in,
    person_page,
    question_page,
    section_pages,
)
from witnessmark.case.persons import add_person
from witnessmark.case.seen import decide_as_seen
from witnessmark.case.weighing import findings_are_old, findings_mark
from witnessmark.errors import UsageError
from witnessmark.model.office import Role
from witnessmark.model.person import APART, JOINED, STATUS_BY
from witnessmark.serve.ask import Ask, NotThereError
from witnessmark.serve.errands import Errand
from witnessmark.serve.pages.incidents import WEIGHING
from witnessmark.serve.taking_back import taken_back
from witnessmark.serve.ways import Go, Outcome, Page, get, post

VERDICTS = {"y": "same person", "n": "different people", "h": "cannot be told"}
WHY = {"y": "the records beside each other", "n": "the records beside each other", "h": "cannot be told from the records"}
"""The reason that is recorded of a verdict where no other is given."""

SECTIONS = {"responsibility": "Responsibility as alleged", "pledges": "Pledges, agreements and demands"}


class Room(msgspec.Struct, frozen=True):
    """The room's first page."""

    people: People


class QuestionShown(msgspec.Struct, frozen=True):
    """A page of a question."""

    shown: QuestionPage
    part: Drawn | None
    page: int
    pages: int


class PairShown(msgspec.Struct, frozen=True):
    """A pair to be judged, with the words of each verdict by its key."""

    shown: PairPage
    verdicts: dict[str, str]


class SectionShown(msgspec.Struct, frozen=True):
    """A page of a section; `old` where claims were read or decided of since it was derived."""

    name: str
    title: str
    part: Drawn | None
    page: int
    pages: int
    old: bool
    weighing: Errand | None


def people(ask: Ask) -> Outcome:
    """Persons and questions."""
    with ask.reading() as case:
        return Page("people.html.j2", Room(ask.office.remembered(case, "people", lambda: people_in(case))))


def person(ask: Ask) -> Outcome:
    """One person."""
    who = ask.session.who
    with ask.reading() as case:
        shown = person_page(case, ask.path["number"], reader=who.key, names=who.role.covers(Role.REVIEWER))
    if shown is None:
        raise NotThereError(f"There is no person {ask.path['number'][:40]!r} in this case.")
    return Page("person.html.j2", shown)


def enter(ask: Ask) -> Outcome:
    """Enter somebody, with the words by which documents name them, one a line."""
    with ask.writing() as case:
        made = add_person(case, ask.form("name"), ask.form("forms").splitlines())
    return Go(f"/people/{made.number}", f"{made.number} is entered.")


def decide(ask: Ask) -> Outcome:
    """Record what is reported of somebody, by its standard, or what is about them; or take it away again."""
    number, field = ask.path["number"].upper(), ask.form("field")
    away = APART if ask.form("away") else ""
    if field == "status":
        by = ask.form("standard")
        value = f"{away}{ask.form('status')}{STATUS_BY + by if by else ''}"
    elif field == JOINED:
        value = f"{away}{ask.form('value').upper()}"
    else:
        raise UsageError(f"Nothing called {field[:40]!r} can be decided of a person here.")
    with ask.writing() as case:
        decide_as_seen(case, number, field, value, why=ask.form("why"), seen=ask.form("seen"))
    return Go(f"/people/{number}", "Recorded.")


def take_back(ask: Ask) -> Outcome:
    """Take back a decision on somebody."""
    with ask.writing() as case:
        undone = taken_back(ask, case, ask.form("decision") or "none")
    return Go(f"/people/{ask.path['number'].upper()}", f"Taken back: {', '.join(each.field for each in undone)}.")


def question(ask: Ask) -> Outcome:
    """A question about a number of people, with its estimate and what it rests on."""
    number = _question_number(ask)
    with ask.reading() as case:
        shown = ask.office.remembered(case, f"question {number}", lambda: question_page(case, number))
    pages = len(shown.drawn)
    page = min(ask.number("page", 1), max(pages, 1))
    return Page(
        "question.html.j2", QuestionShown(msgspec.structs.replace(shown, drawn=()), shown.drawn[page - 1] if pages else None, page, pages)
    )


def pair(ask: Ask) -> Outcome:
    """A pair of records, that asked for or the first that nobody judged."""
    number, at = _question_number(ask), ask.number("at", 1) if ask.query("at") else None
    who = ask.session.who
    with ask.reading() as case:
        shown = pair_page(case, number, at, ask.office.kept_while, reader=who.key, names=who.role.covers(Role.REVIEWER))
    if shown is None and at is None:
        return Go(f"/people/questions/{number}", "All pairs of this linkage are judged. Link and count again to see what follows.")
    if shown is None:
        raise NotThereError(f"{number} has no pair {at} to judge.")
    return Page("pair.html.j2", PairShown(shown, VERDICTS))


def judge(ask: Ask) -> Outcome:
    """Record whether two records are of one person, and go on with the next pair."""
    number, verdict = _question_number(ask), ask.form("verdict")
    if verdict not in VERDICTS:
        raise UsageError(f"A verdict is y (same person), n (different people) or h (cannot be told); not {verdict[:40]!r}.")
    with ask.writing() as case:
        judge_pair_as_seen(
            case, number, ask.form("one"), ask.form("other"), verdict, why=ask.form("why") or WHY[verdict], seen=ask.form("seen")
        )
    following = ask.form("next")
    return Go(f"/people/questions/{number}/pairs" + (f"?at={following}" if following.isdecimal() else ""))


def take_back_verdict(ask: Ask) -> Outcome:
    """Take back what was said of a pair."""
    number = _question_number(ask)
    with ask.writing() as case:
        undone = taken_back(ask, case, ask.form("decision") or "none")
    return Go(f"/people/questions/{number}/pairs", f"Taken back: {', '.join(each.value for each in undone)}.")


def section(ask: Ask) -> Outcome:
    """Responsibility as alleged, or pledges and demands: as derived when the case was weighed last."""
    name = ask.path["section"]
    if name not in SECTIONS:
        raise NotThereError(f"There is no page {name[:40]!r} about people.")
    with ask.reading() as case:
        drawn = ask.office.kept_while(f"section {name}", findings_mark(case), lambda: section_pages(case, name))
        old = findings_are_old(case)
    page = min(ask.number("page", 1), max(len(drawn), 1))
    return Page(
        "people_section.html.j2",
        SectionShown(name, SECTIONS[name], drawn[page - 1] if drawn else None, page, len(drawn), old, ask.office.errands.of(WEIGHING)),
    )


def _question_number(ask: Ask) -> str:
    number = ask.path["number"].upper()
    if number[:1] != "Q" or not number[1:].isdecimal():
        raise NotThereError(f"There is no question {number[:40]!r} in this case.")
    return number


WAYS = (
    get("/people", people, Role.VIEWER),
    post("/people", enter, Role.REVIEWER),
    get("/people/about/{section}", section, Role.VIEWER),
    get("/people/questions/{number}", question, Role.VIEWER),
    get("/people/questions/{number}/pairs", pair, Role.VIEWER),
    post("/people/questions/{number}/pairs", judge, Role.REVIEWER),
    post("/people/questions/{number}/undo", take_back_verdict, Role.REVIEWER),
    get("/people/{number}", person, Role.VIEWER),
    post("/people/{number}/decide", decide, Role.REVIEWER),
    post("/people/{number}/undo", take_back, Role.REVIEWER),
)
