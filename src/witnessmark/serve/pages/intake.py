"""Intake: files and folders sent in, a receipt for each at once, and how far they were read while that goes on behind the page."""

from __future__ import annotations

import msgspec

from witnessmark.case.arriving import Arrivals, arrivals_of, leave_out, not_here, receive, sent_files
from witnessmark.case.going_on import Told
from witnessmark.case.intake import Given
from witnessmark.errors import UsageError
from witnessmark.model.office import Role
from witnessmark.serve.ask import Ask
from witnessmark.serve.ways import Go, Outcome, Page, get, post

MOST_BYTES = 4 << 30
"""What may be sent at once; larger things come in by `witnessmark add` on the machine itself."""


MOST_NAMED = 200
"""Names shown of one batch, and refusals."""


class Work(msgspec.Struct, frozen=True):
    """What goes on behind the page: whether anything runs, and where it stands or ended."""

    running: bool
    told: Told


class IntakePage(msgspec.Struct, frozen=True):
    """What came in, and the work on it. `sent` where the page is the answer to what was just sent."""

    came: Arrivals
    work: Work
    sent: bool


def intake(ask: Ask) -> Outcome:
    """What came in lately, or since an entry of the custody log."""
    after = ask.number("after", -1, least=0, most=1 << 40) - 1 if ask.query("after") else -1
    worker = ask.office.worker
    with ask.reading() as case:  # near copies once all is read: until then the page asks again and again
        came = arrivals_of(case, after=after, page=ask.number("page", 1), near=not worker.is_running)
    return Page("intake.html.j2", IntakePage(came, Work(worker.is_running, worker.told), bool(ask.query("after"))))


def send(ask: Ask) -> Outcome:
    """Preserve what was sent, and have it read."""
    given = Given(
        received_from=ask.form("received_from") or None,
        source=ask.form("source") or None,
        published=ask.form("published") or None,
        already_public=ask.form("already_public") == "yes",
    )
    files = sent_files((one.name, one.content) for one in ask.uploads)  # hashed before anybody else has to wait
    with ask.writing() as case:
        came = receive(case, files, given)
    ask.office.worker.wake(ask.session.who.name)
    said = came.received
    known = f" {said.unchanged} were sent and recorded before." if said.unchanged else ""
    return Go(f"/intake?after={came.after + 1}", f"Preserved: {said.new} new, {said.repeated} held already.{known}")


def leave(ask: Ask) -> Outcome:
    """Record that what was sent was received and is not kept."""
    files = sent_files((one.name, one.content) for one in ask.uploads)
    with ask.writing() as case:
        left = leave_out(case, files, why=ask.form("why"), received_from=ask.form("received_from") or None)
    return Go("/intake/not-kept", f"On record as received and not kept: {left.files}. On record before: {left.unchanged}.")


def left_out(ask: Ask) -> Outcome:
    """What was offered and is not in the case, with the reasons."""
    with ask.reading() as case:
        return Page("not_here.html.j2", {"here": not_here(case), "most": MOST_NAMED})


def go_on(ask: Ask) -> Outcome:
    """Go on reading what waits."""
    ask.office.worker.wake(ask.session.who.name)
    back = ask.form("back", "/intake")
    if not back.startswith("/intake"):
        raise UsageError("One goes on from the page of what came in.")
    return Go(back)


WAYS = (
    get("/intake", intake, Role.VIEWER),
    post("/intake", send, Role.REVIEWER, most_bytes=MOST_BYTES),
    get("/intake/not-kept", left_out, Role.VIEWER),
    post("/intake/not-kept", leave, Role.REVIEWER, most_bytes=MOST_BYTES),
    post("/intake/go-on", go_on, Role.REVIEWER),
)
