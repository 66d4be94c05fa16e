"""The reader: an item's text or pages with the claims read in them beside it."""

from __future__ import annotations

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.marked_pages import marked_page
from witnessmark.case.reader import ReaderPage, open_reader
from witnessmark.case.showing_originals import Held, Look, look_at
from witnessmark.errors import UsageError
from witnessmark.model.office import Role
from witnessmark.serve.ask import Ask, NotThereError
from witnessmark.serve.reading_room import is_open, trusted
from witnessmark.serve.ways import Outcome, Page, Sent, get

INERT = "default-src 'none'; style-src 'unsafe-inline'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
"""The policy of a snapshot: nothing in it runs, loads or is sent, and it stands in a frame of ours alone."""


class Item(msgspec.Struct, frozen=True):
    """An item's text with its claims. `focus` is the claim to look at first."""

    reader: ReaderPage
    focus: str


def item(ask: Ask) -> Outcome:
    """A part of an item's text, with its claims."""
    number, focus = ask.path["number"].upper(), ask.query("claim").upper()
    part = ask.number("part", 0, least=0) or None
    page = ask.number("page", 0, least=0) or None
    with ask.reading() as case:
        try:
            reader = open_reader(case, number, part=part, claim=focus or None, page=page, opened=is_open(ask, number), trusted=trusted(ask))
        except UsageError as error:
            raise NotThereError(str(error)) from error
    return Page("item.html.j2", Item(reader, focus))


def page(ask: Ask) -> Outcome:
    """A page's picture, with the claims marked on it as far as the file says where its letters stand."""
    with ask.reading() as case:
        held, blurred = _held(ask, case, Look.PAGES, Look.PICTURE)
        marked = marked_page(case, ask.office.desk, held, _page_number(ask), blurred=blurred)
    return Page("item_page.html.j2", marked)


def page_picture(ask: Ask) -> Outcome:
    """The picture of a page alone."""
    return _picture(ask, _page_number(ask), Look.PAGES, Look.PICTURE)


def picture(ask: Ask) -> Outcome:
    """A photograph, or the first frame of a film."""
    return _picture(ask, 0, Look.PICTURE)


def snapshot(ask: Ask) -> Outcome:
    """A web page made inert, for a frame of ours."""
    with ask.reading() as case:
        held, hidden = _held(ask, case, Look.SNAPSHOT)
        if hidden:
            raise UsageError(f"{held.number} is marked graphic; ask to see it on its own page first.")
        shown = ask.office.desk.picture(case, held.item)
    return Sent(
        shown.markup.encode("utf-8", "replace"),
        "text/html; charset=utf-8",
        {
            "content-security-policy": INERT,
            "x-frame-options": "SAMEORIGIN",
            "x-dns-prefetch-control": "off",
            "referrer-policy": "no-referrer",
        },
    )


def _picture(ask: Ask, at: int, *looks: Look) -> Outcome:
    with ask.reading() as case:
        held, blurred = _held(ask, case, *looks)
        shown = ask.office.desk.picture(case, held.item, page=at if held.look is Look.PAGES else 0, blurred=blurred)
    return Sent(shown.jpeg, "image/jpeg")


def _held(ask: Ask, case: Case, *looks: Look) -> tuple[Held, bool]:
    """The item asked for, and whether it is to be blurred. Raises NotThereError where it cannot be looked at so, ProtectionError where it may not."""
    number = ask.path["number"].upper()
    try:
        held = look_at(case, number, looks, trusted=trusted(ask))
    except UsageError as error:
        raise NotThereError(str(error)) from error
    return held, held.careful and not is_open(ask, number)


def _page_number(ask: Ask) -> int:
    said = ask.path["page"]
    if not said.isdecimal() or len(said) > 6 or int(said) < 1:
        raise NotThereError(f"There is no page {said[:20]!r}.")
    return int(said)


WAYS = (
    get("/items/{number}", item, Role.VIEWER),
    get("/items/{number}/pages/{page}", page, Role.VIEWER),
    get("/items/{number}/pages/{page}/picture", page_picture, Role.VIEWER, twin=False),
    get("/items/{number}/picture", picture, Role.VIEWER, twin=False),
    get("/items/{number}/snapshot", snapshot, Role.VIEWER, twin=False),
)
