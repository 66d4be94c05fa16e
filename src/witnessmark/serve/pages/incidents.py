"""Incidents: the list, and a page of each with its grid, lines, answers and map; merging, parting, linking and judging them; weighing what was decided."""

from __future__ import annotations

from datetime import date

import msgspec

from witnessmark.case.incident_page import IncidentPage, casebook_then, found_incident, incident_page, incident_then
from witnessmark.case.incident_rows import IncidentRow, Narrowed, Order, acts_in, incident_rows, narrowed, rows_of
from witnessmark.case.seen import decide_as_seen
from witnessmark.case.weighing import derive, findings_are_old, weigh
from witnessmark.errors import UsageError
from witnessmark.model.assessment import (
    APART,
    CONFIDENCE,
    LIKELIHOOD,
    LINKED,
    MERGED,
    NOT,
    REJECTED_TIE,
    REPLY,
    Confidence,
    Likelihood,
    LinkKind,
)
from witnessmark.model.claim import Act
from witnessmark.model.office import Role
from witnessmark.model.view import AsOf
from witnessmark.model.work import WORK_WORDS
from witnessmark.serve.ask import Ask, NotThereError
from witnessmark.serve.errands import Done, Errand
from witnessmark.serve.taking_back import taken_back
from witnessmark.serve.ways import Go, Outcome, Page, get, post

A_PAGE = 50
"""Incidents on one page of the list."""

WEIGHING = "weigh"
CHANGING = frozenset({MERGED, APART, REJECTED_TIE})
"""Fields that change the findings themselves, once the case is weighed again."""


class Listed(msgspec.Struct, frozen=True):
    """The part of the list that is shown. `old` says that something was received, read or decided since the findings were weighed."""

    rows: tuple[IncidentRow, ...]
    found: int
    of: int
    page: int
    pages: int
    acts: tuple[str, ...]
    narrowed: Narrowed
    asked: AsOf | None
    old: bool
    weighing: Errand | None


class One(msgspec.Struct, frozen=True):
    """An incident, and whether its finding is older than what was decided."""

    number: str
    shown: IncidentPage
    asked: AsOf | None
    old: bool
    weighing: Errand | None
    likelihoods: tuple[str, ...] = tuple(each.value for each in Likelihood)
    confidences: tuple[str, ...] = tuple(each.value for each in Confidence)
    links: tuple[str, ...] = tuple(each.value for each in LinkKind)
    states: tuple[tuple[str, str], ...] = tuple((state.value, words) for state, words in WORK_WORDS.items())


class PartOf(msgspec.Struct, frozen=True):
    """One page of a long part of an incident."""

    number: str
    part: str
    html: object
    page: int
    pages: int
    asked: AsOf | None


def listed(ask: Ask) -> Outcome:
    """The list, narrowed down as asked."""
    asked, to = _asked(ask), _narrowed(ask)
    with ask.reading() as case:
        if asked is None:
            rows = ask.office.remembered(case, "incidents", lambda: incident_rows(case))
        else:
            rows = rows_of(casebook_then(case, asked, lambda key, make: ask.office.remembered(case, key, make)).view)
        old = findings_are_old(case)
    found = narrowed(rows, to)
    pages = max(1, -(-len(found) // A_PAGE))
    page = min(ask.number("page", 1), pages)
    shown = tuple(found[(page - 1) * A_PAGE : page * A_PAGE])
    return Page(
        "incidents.html.j2",
        Listed(shown, len(found), len(rows), page, pages, acts_in(rows), to, asked, old, ask.office.errands.of(WEIGHING)),
    )


def one(ask: Ask) -> Outcome:
    """One incident, now or as of an earlier day."""
    found = _shown(ask)
    return found if isinstance(found, Go) else Page("incident.html.j2", found)


def part(ask: Ask) -> Outcome:
    """A page of the lines of origin, or of the claims, of an incident with many."""
    found, name = _shown(ask), ask.path["part"]
    if isinstance(found, Go):
        return Go(f"{found.to}/{name}")
    pages = {"lines": found.shown.drawn.lines, "claims": found.shown.drawn.claims}.get(name, ())
    page = ask.number("page", 1)
    if page > len(pages):
        raise NotThereError(f"{found.number} has no page {page} of {name[:20]!r}.")
    return Page("incident_part.html.j2", PartOf(found.number, name, pages[page - 1], page, len(pages), found.asked))


def decide(ask: Ask) -> Outcome:
    """Record what somebody decided of an incident."""
    number, field = ask.path["number"].upper(), ask.form("field")
    value = _value(ask, field)
    with ask.writing() as case:
        decide_as_seen(case, number, field, value, why=ask.form("why"), seen=ask.form("seen"))
    then = " The findings shown are older than that until the case is weighed again." if field in CHANGING else ""
    return Go(f"/incidents/{number}", f"Recorded.{then}")


def take_back(ask: Ask) -> Outcome:
    """Take back a decision on an incident or on one of its claims."""
    with ask.writing() as case:
        undone = taken_back(ask, case, ask.form("decision") or "none")
    return Go(f"/incidents/{ask.path['number'].upper()}", f"Taken back: {', '.join(each.field for each in undone)}.")


def weigh_again(ask: Ask) -> Outcome:
    """Have the case weighed while people go on."""
    office, who = ask.office, ask.session.who

    def work() -> Done:
        with office.reading() as case:
            beforehand = derive(case)
        with office.writing(who) as case:
            weighed = weigh(case, beforehand=beforehand)
        return Done(
            f"Weighed: {weighed.incidents:,} incidents, {weighed.answers:,} answers." if weighed.changed else "Nothing had changed."
        )

    begun = office.errands.start(WEIGHING, work)
    return Go(_back(ask), "The case is being weighed; go on meanwhile." if begun else "The case is being weighed already.")


def _shown(ask: Ask) -> One | Go:
    number, asked = ask.path["number"].upper(), _asked(ask)
    who = ask.session.who
    with ask.reading() as case:
        if asked is not None:
            then = incident_then(case, number, asked, lambda key, make: ask.office.remembered(case, key, make))
            if then is None:
                raise NotThereError(f"There was no incident {number[:20]!r} on {asked.day}.")
            return One(number, then, asked, old=False, weighing=None)
        found = found_incident(case, number)
        if found is None:
            raise NotThereError(f"There is no incident {number[:20]!r} in this case.")
        if found[0] != number:
            return Go(f"/incidents/{found[0]}", f"{number} is part of {found[0]} now.")
        page = incident_page(
            case,
            found[1],
            reader=who.key,
            names=who.role.covers(Role.REVIEWER),
            remember=lambda key, make: ask.office.remembered(case, key, make),
        )
        if page is None:
            raise NotThereError(f"All claims of {number} were called misread, so there is nothing to show of it.")
        return One(number, page, None, findings_are_old(case), ask.office.errands.of(WEIGHING))


def _value(ask: Ask, field: str) -> str:
    """What a form says of a field, as it would be typed. Raises UsageError for another field."""
    if field == LINKED:
        return f"{NOT if ask.form('away') else ''}{ask.form('kind')} {ask.form('other').upper()}"
    if field == APART:
        typed = ask.form("claims").replace(",", " ").upper().split()
        return ",".join(dict.fromkeys((*(each.strip() for each in ask.forms.get("claim", ())), *typed)))
    if field in {MERGED, REJECTED_TIE, REPLY, LIKELIHOOD, CONFIDENCE}:
        return ask.form("value").upper() if field == MERGED else ask.form("value")
    raise UsageError(f"Nothing called {field[:40]!r} can be decided of an incident here.")


def _asked(ask: Ask) -> AsOf | None:
    """The day asked about. Raises UsageError where it is none."""
    said = ask.query("as_of")
    if not said:
        return None
    try:
        return AsOf(date.fromisoformat(said).isoformat(), known_to_us=bool(ask.query("known")))
    except ValueError:
        raise UsageError(f"{said[:40]!r} is no day. Write it as 2031-05-04: year-month-day.") from None


def _narrowed(ask: Ask) -> Narrowed:
    act, order = ask.query("act"), ask.query("order", Order.NUMBER)
    if (act and act not in set(Act)) or order not in set(Order):
        raise UsageError(f"The list is not narrowed or sorted by {(act if order in set(Order) else order)[:40]!r}.")
    return Narrowed(
        words=ask.query("q"),
        act=act,
        least=ask.number("least", 0, least=0, most=6),
        since=_day(ask.query("since")),
        until=_day(ask.query("until")),
        denied=bool(ask.query("denied")),
        unread=bool(ask.query("unread")),
        order=Order(order),
    )


def _day(said: str) -> str:
    try:
        return date.fromisoformat(said).isoformat() if said else ""
    except ValueError:
        raise UsageError(f"{said[:40]!r} is no day. Write it as 2031-05-04: year-month-day.") from None


def _back(ask: Ask) -> str:
    number = ask.form("number").upper()
    return f"/incidents/{number}" if number[:1] == "N" and number[1:].isdecimal() else "/incidents"


WAYS = (
    get("/incidents", listed, Role.VIEWER),
    get("/incidents/{number}", one, Role.VIEWER),
    get("/incidents/{number}/{part}", part, Role.VIEWER),
    post("/incidents/weigh", weigh_again, Role.REVIEWER),
    post("/incidents/{number}/decide", decide, Role.REVIEWER),
    post("/incidents/{number}/undo", take_back, Role.REVIEWER),
)
