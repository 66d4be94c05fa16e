"""Claims: one beside the text it was read from, judged with single keys."""

from __future__ import annotations

import msgspec

from witnessmark.case.deciding import undo_all
from witnessmark.case.reviewing import Asked, Shown, claims_to_review, show_claim
from witnessmark.case.seen import decide_as_seen, subject_seen
from witnessmark.errors import UsageError
from witnessmark.model.decision import Status
from witnessmark.model.office import Role
from witnessmark.serve.ask import Ask, NotThereError
from witnessmark.serve.ways import Go, Outcome, Page, get, post

WHY = {
    Status.ACCEPTED: "read beside the original's text",
    Status.REJECTED: "misread",
    Status.UNSURE: "cannot be told from the text",
}


class ClaimPage(msgspec.Struct, frozen=True):
    """A claim with its text. `seen` is the mark of how it stood, `next` the number of the claim to go on with."""

    shown: Shown
    seen: str
    next: str | None
    waiting: int


def waiting(ask: Ask) -> Outcome:
    """The first claim that waits, or the word that none does."""
    with ask.reading() as case:
        ids = claims_to_review(case, Asked())
        if not ids:
            return Go("/", "All claims have been looked at.")
        return Go(f"/claims/{show_claim(case, ids[0]).number}")


def claim(ask: Ask) -> Outcome:
    """One claim."""
    number = ask.path["number"]
    with ask.reading() as case:
        found = subject_seen(case, number, "C")
        if found is None:
            raise NotThereError(f"There is no claim {number[:40]!r} in this case.")
        subject, seen = found
        ids = claims_to_review(case, Asked())
        following = next((one for one in ids if one != subject), None)
        return Page(
            "claim.html.j2", ClaimPage(show_claim(case, subject), seen, show_claim(case, following).number if following else None, len(ids))
        )


def judge(ask: Ask) -> Outcome:
    """Record how a claim was read, and go on with the next."""
    number, status = ask.path["number"], ask.form("status")
    if status not in list(Status):
        raise UsageError(f"A reading is {', '.join(Status)}; not {status[:40]!r}.")
    with ask.writing() as case:
        decide_as_seen(case, number, "status", status, why=ask.form("why") or WHY.get(Status(status), ""), seen=ask.form("seen"))
    return Go(f"/claims/{ask.form('next')}" if ask.form("next") else "/claims/waiting")


def take_back(ask: Ask) -> Outcome:
    """Take back a decision."""
    with ask.writing() as case:
        undone = undo_all(case, ask.path["decision"])
    return Go(f"/claims/{ask.form('number')}" if ask.form("number") else "/", f"{len(undone)} taken back.")


WAYS = (
    get("/claims/waiting", waiting, Role.VIEWER, twin=False),
    get("/claims/{number}", claim, Role.VIEWER),
    post("/claims/{number}/status", judge, Role.REVIEWER),
    post("/decisions/{decision}/undo", take_back, Role.REVIEWER),
)
