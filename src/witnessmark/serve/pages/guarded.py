"""What only an owner does, and with a reason: opening a seal, and destroying an original for good."""

from __future__ import annotations

import tempfile
from pathlib import Path

import msgspec

from witnessmark.case.disposing import dispose
from witnessmark.case.sealed_fields import Shown, show_fields
from witnessmark.case.sealing import open_seal
from witnessmark.case.seen import subject_seen
from witnessmark.case.work_folder import work_folder
from witnessmark.errors import UsageError
from witnessmark.model.office import Role
from witnessmark.serve.ask import Ask, NotThereError
from witnessmark.serve.ways import Go, Outcome, Page, get, post

MOST_OF_A_KEY = 64 << 10


class Sealed(msgspec.Struct, frozen=True):
    """What is sealed of a subject, opened just now for this screen alone; nothing before a reason and the key were given."""

    number: str
    opened: tuple[Shown, ...] = ()


class Disposal(msgspec.Struct, frozen=True):
    """The page on which an item is disposed of."""

    number: str


def sealed(ask: Ask) -> Outcome:
    """The page that asks for the reason and the key."""
    return Page("sealed.html.j2", Sealed(_known(ask)))


def unseal(ask: Ask) -> Outcome:
    """Open what is sealed of an item, on record; or the seal of a person, for some minutes, on record."""
    number, why = _known(ask), ask.form("why")
    if number.startswith("P"):
        minutes = ask.form("minutes", "15")
        if not minutes.isdecimal():
            raise UsageError(f"A seal is opened for a number of minutes, not {minutes[:40]!r}.")
        with ask.writing() as case:
            open_seal(case, number, why=why, minutes=int(minutes[:6]))
        return Go(f"/sealed/{number}", "The seal is open for you. `witnessmark search CASE WORDS --unsealed` finds and shows the names.")
    key = next((upload.content.read(MOST_OF_A_KEY) for upload in ask.uploads), b"")
    if not key:
        raise UsageError("Choose the file of the key that the case seals to. Nothing was opened.")
    with ask.writing() as case:
        found = subject_seen(case, number, "I")
        if found is None:
            raise NotThereError(f"There is no item {number} in this case.")
        with work_folder(case.access) as private, tempfile.NamedTemporaryFile(dir=private) as file:
            file.write(key)
            file.flush()
            shown = show_fields(case, found[0], Path(file.name), why=why)
    return Page("sealed.html.j2", Sealed(number, tuple(shown)))


def ask_to_dispose(ask: Ask) -> Outcome:
    """The page that says what disposing means and asks for reason and authority."""
    return Page("dispose.html.j2", Disposal(_known(ask)))


def dispose_of(ask: Ask) -> Outcome:
    """Destroy an item's content for good. The number has to be typed once more."""
    number = _known(ask)
    if ask.form("again").upper() != number:
        raise UsageError(f"Type {number} once more to dispose of it. Nothing was destroyed.")
    with ask.writing() as case:
        done = dispose(case, [number], why=ask.form("why"), authority=ask.form("authority"), with_members=ask.form("members") == "yes")
    return Go("/work", f"Disposed of {', '.join(one.number for one in done.items)}; a tombstone stays on record.")


def _known(ask: Ask) -> str:
    number = ask.path["number"]
    with ask.reading() as case:
        if subject_seen(case, number, number[:1]) is None:
            raise NotThereError(f"There is no {number[:40]!r} in this case.")
    return number


WAYS = (
    get("/sealed/{number}", sealed, Role.OWNER),
    post("/sealed/{number}", unseal, Role.OWNER),
    get("/items/{number}/dispose", ask_to_dispose, Role.OWNER),
    post("/items/{number}/dispose", dispose_of, Role.OWNER),
)
