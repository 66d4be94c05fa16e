"""Claims: those that wait for a person, and one beside the text it was read from, judged with single keys."""

from __future__ import annotations

from urllib.parse import urlencode

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.claim_review import ClaimReview, Line, lines_of, numbers_of, review_of
from witnessmark.case.correcting import CORRECTIONS
from witnessmark.case.judging_claims import add_claim, correct, take_back
from witnessmark.case.review_words import WHY
from witnessmark.case.reviewing import ANY, UNSURE, Asked, claims_to_review
from witnessmark.case.seen import decide_as_seen, subject_seen
from witnessmark.claims.doubts import Doubt
from witnessmark.errors import UsageError
from witnessmark.model.claim import Act, Stance
from witnessmark.model.decision import Decision, Status
from witnessmark.model.office import Role
from witnessmark.serve.ask import Ask, NotThereError
from witnessmark.serve.reading_room import is_open, trusted
from witnessmark.serve.taking_back import taken_back
from witnessmark.serve.ways import Go, Outcome, Page, get, post

ON_A_PAGE = 50
MOST_REMEMBERED = 200
"""Acts of one session that can be taken back one after the other, and claims one can go back through."""
CHOICES: dict[str, tuple[str, ...]] = {
    "stance": tuple(Stance),
    "act": tuple(Act),
    "doubt": (ANY, UNSURE, *Doubt),
    "status": (*Status, ANY),
}
FREE = ("item", "source")


class Filters(msgspec.Struct, frozen=True):
    """What was asked for; an empty value leaves a filter out. `query` is the same as it stands in an address."""

    item: str
    source: str
    stance: str
    act: str
    doubt: str
    status: str
    query: str


class ClaimsPage(msgspec.Struct, frozen=True):
    """A page of the claims that fit, in the order to look at them."""

    lines: tuple[Line, ...]
    waiting: int
    page: int
    pages: int
    filters: Filters
    choices: dict[str, tuple[str, ...]]


class ClaimPage(msgspec.Struct, frozen=True):
    """A claim with its text. `seen` is the mark of how it stood; `next` and `previous` the claims to go on with, `place` its place among those that wait."""

    claim: ClaimReview
    seen: str
    filters: Filters
    next: str | None
    previous: str | None
    place: int | None
    waiting: int
    can_undo: bool
    error: str = ""
    typed: dict[str, str] = {}


def claims(ask: Ask) -> Outcome:
    """The claims that fit what is asked."""
    filters = _filters(ask)
    with ask.reading() as case:
        ids = _queue(ask, case, filters)
        pages = max(1, -(-len(ids) // ON_A_PAGE))
        page = min(ask.number("page", 1), pages)
        lines = lines_of(case, ids[(page - 1) * ON_A_PAGE : page * ON_A_PAGE])
    return Page("claims.html.j2", ClaimsPage(lines, len(ids), page, pages, filters, CHOICES))


def waiting(ask: Ask) -> Outcome:
    """The first claim that waits, or the word that none does."""
    filters = _filters(ask)
    with ask.reading() as case:
        ids = _queue(ask, case, filters)
        if not ids:
            return Go(f"/claims?{filters.query}", "No claim fits: all that was asked for has been looked at.")
        return Go(_address(numbers_of(case, ids[:1])[0], filters.query))


def claim(ask: Ask) -> Outcome:
    """One claim."""
    return _claim_page(ask)


def judge(ask: Ask) -> Outcome:
    """Record how a claim was read, and go on with the next."""
    number, status = ask.path["number"], ask.form("status")
    if status not in list(Status):
        raise UsageError(f"A reading is {', '.join(Status)}; not {status[:40]!r}.")
    with ask.writing() as case:
        made = decide_as_seen(case, number, "status", status, why=ask.form("why") or WHY.get(status, ""), seen=ask.form("seen"))
    _note(ask, made, number)
    return Go(_address(ask.form("next"), ask.form("filters")) if ask.form("next") else f"/claims/waiting?{_plain(ask.form('filters'))}")


def edit(ask: Ask) -> Outcome:
    """Correct fields of a claim, and call it read correctly so. What does not fit is shown again with the reason."""
    number = ask.path["number"]
    typed = {field: (ask.form(field), _place(ask.form(f"near-{field}"))) for field in CORRECTIONS if ask.form(field)}
    try:
        with ask.writing() as case:
            made = correct(case, number, typed, why=ask.form("why") or "corrected beside the original's text", seen=ask.form("seen"))
            corrected = numbers_of(case, [made[0].subject])[0]
    except UsageError as error:
        return _claim_page(ask, str(error), {field: words for field, (words, _) in typed.items()})
    _note(ask, made, corrected)
    return Go(_address(corrected, ask.form("filters")), f"{corrected} is corrected.")


def add(ask: Ask) -> Outcome:
    """Add a claim by hand from words of an item's text."""
    with ask.writing() as case:
        made = add_claim(
            case,
            ask.path["number"],
            ask.form("words"),
            near=_place(ask.form("near")) or 0,
            why=ask.form("why") or "read by hand beside the original's text",
        )
        number = numbers_of(case, [made.subject])[0]
    _note(ask, [made], number)
    return Go(f"/claims/{number}", f"{number} is added. Say now who says it, when and where: e edits.")


def take_back_one(ask: Ask) -> Outcome:
    """Take back a decision, with all that was decided in one act with it."""
    with ask.writing() as case:
        undone = taken_back(ask, case, ask.path["decision"])
    return Go(f"/claims/{ask.form('number')}" if ask.form("number") else "/", f"Taken back: {_taken(undone)}.")


def take_back_last(ask: Ask) -> Outcome:
    """Take back what this session recorded last, and show again what it was about."""
    acts = _acts(ask)
    if not acts:
        return Go("/claims", "There is nothing to take back: since you signed in you decided nothing here.")
    number, decisions = acts[-1]
    with ask.writing() as case:
        undone = take_back(case, decisions)
        there = subject_seen(case, number, "C") is not None
    acts.pop()
    return Go(
        _address(number, ask.form("filters")) if there else "/claims",
        f"Taken back: {_taken(undone) or 'nothing, for somebody did already'}.",
    )


def _claim_page(ask: Ask, error: str = "", typed: dict[str, str] | None = None) -> Outcome:
    number, filters = ask.path["number"].upper(), _filters(ask)
    with ask.reading() as case:
        found = subject_seen(case, number, "C")
        if found is None:
            raise NotThereError(f"There is no claim {number[:40]!r} in this case.")
        subject, seen = found
        review = review_of(case, subject, opened=False, trusted=trusted(ask))
        if review.graphic and is_open(ask, review.item):
            review = review_of(case, subject, opened=True, trusted=trusted(ask))
        ids = _queue(ask, case, filters)
        place = ids.index(subject) if subject in ids else None
        following, before = _neighbours(ask, case, ids, subject, number)
    if not ask.session.who.role.covers(Role.REVIEWER):
        review = msgspec.structs.replace(review, decided=tuple(msgspec.structs.replace(one, by="") for one in review.decided))
    page = ClaimPage(
        review,
        ask.form("seen") if error else seen,
        filters,
        following,
        before,
        place + 1 if place is not None else None,
        len(ids),
        bool(_acts(ask)),
        error,
        typed or {},
    )
    return Page("claim.html.j2", page, 400 if error else 200)


def _neighbours(ask: Ask, case: Case, ids: list[str], subject: str, number: str) -> tuple[str | None, str | None]:
    """The claims after and before this one: as one went through them, then as they wait."""
    trail = ask.session.notes.setdefault("claims", [])
    assert isinstance(trail, list)  # noqa: S101 -- nobody else writes this note
    if number not in trail:
        trail.append(number)
        del trail[:-MOST_REMEMBERED]
    at = trail.index(number)
    place = ids.index(subject) if subject in ids else None
    if place is None:
        follows, comes_before = ids[:1], []
    else:
        follows, comes_before = ids[place + 1 : place + 2], ids[max(place - 1, 0) : place]
    numbers = [*numbers_of(case, follows), *(trail[at + 1 : at + 2])]
    previous = [*trail[max(at - 1, 0) : at], *numbers_of(case, comes_before)]
    return (numbers[0] if numbers else None), (previous[0] if previous else None)


def _queue(ask: Ask, case: Case, filters: Filters) -> list[str]:
    status = filters.status or Status.PROPOSED.value
    asked = Asked(
        filters.item or None,
        filters.source or None,
        filters.stance or None,
        filters.act or None,
        filters.doubt or None,
        () if status == ANY else (Status(status),),
    )
    return ask.office.remembered(case, f"claims to review {filters.query}", lambda: claims_to_review(case, asked))


def _filters(ask: Ask) -> Filters:
    """What was asked for, in the address or, where a form leads here, in its field. Raises UsageError for a value there is none of."""
    said = {name: ask.query(name) for name in (*FREE, *CHOICES)}
    if ask.form("filters"):
        from urllib.parse import parse_qs

        carried = parse_qs(_plain(ask.form("filters")))
        said = {name: next(iter(carried.get(name, ())), "") for name in said}
    for name, known in CHOICES.items():
        if said[name] and said[name] not in known:
            raise UsageError(f"{name} cannot be {said[name][:40]!r}. Choose one of: {', '.join(known)}.")
    return Filters(**said, query=urlencode({name: value for name, value in said.items() if value}))


def _plain(query: str) -> str:
    """A query as it may stand behind an address of ours."""
    return query if query.isprintable() and "#" not in query and len(query) < 2_000 else ""


def _address(number: str, query: str) -> str:
    plain = _plain(query)
    return f"/claims/{number}{'?' if plain else ''}{plain}" if number.isalnum() else "/claims/waiting"


def _place(said: str) -> int | None:
    return int(said) if said.isdecimal() and len(said) < 10 else None


def _acts(ask: Ask) -> list[tuple[str, list[str]]]:
    """What this session recorded, the newest last: the claim's number and the decisions of one act."""
    acts = ask.session.notes.setdefault("acts", [])
    assert isinstance(acts, list)  # noqa: S101 -- nobody else writes this note
    return acts


def _note(ask: Ask, made: list[Decision], number: str) -> None:
    acts = _acts(ask)
    acts.append((number, [decision.id for decision in made]))
    del acts[:-MOST_REMEMBERED]


def _taken(undone: list[Decision]) -> str:
    return ", ".join(dict.fromkeys(decision.field for decision in undone))


WAYS = (
    get("/claims", claims, Role.VIEWER),
    get("/claims/waiting", waiting, Role.VIEWER, twin=False),
    get("/claims/{number}", claim, Role.VIEWER),
    post("/claims/undo", take_back_last, Role.REVIEWER),
    post("/claims/{number}/status", judge, Role.REVIEWER),
    post("/claims/{number}/fields", edit, Role.REVIEWER),
    post("/items/{number}/claims", add, Role.REVIEWER),
    post("/decisions/{decision}/undo", take_back_one, Role.REVIEWER),
)
