"""Sealing a person: their names are masked wherever the case shows them, until somebody opens the seal on record.

A seal is a projection: the records keep each text as it was read, and the database, the search and everything drawn from it hold the masked one. Opening it draws
a second database, with the names, in a private temporary folder, for who opened it and for no longer than they said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from witnessmark.case.case import Case, open_case
from witnessmark.case.clock import now
from witnessmark.case.deciding import decide
from witnessmark.case.persons import confirm_forms, person_of, persons_of
from witnessmark.case.publishing import publish_draft
from witnessmark.case.telling import Tell, typed
from witnessmark.case.work_folder import work_folder
from witnessmark.errors import ProtectionError, UsageError
from witnessmark.model.deed import SealOpened
from witnessmark.model.entry import Stream
from witnessmark.model.item import Protection
from witnessmark.model.person import Person
from witnessmark.protect.surface_forms import by_rule, in_documents
from witnessmark.store import queries
from witnessmark.store.database import Database
from witnessmark.store.sealing import set_mask
from witnessmark.text.masking import Mask

LONGEST_MINUTES = 24 * 60
"""The longest a seal can be opened for at once."""

_OPENED = msgspec.json.Decoder(SealOpened)


class Proposed(msgspec.Struct, frozen=True):
    """A form by which documents may name somebody, and in how many of them it stands."""

    form: str
    documents: int


def proposed_forms(case: Case, number: str) -> list[Proposed]:
    """The forms that may name a person, those on record left out, the most frequent first."""
    person = person_of(case, number)
    with case.asking() as connection:
        texts = [stored.document.text for stored in queries.documents(connection)]
        words = queries.vocabulary(connection)
    names = (person.name, *person.forms)
    forms = dict.fromkeys(form for name in names for form in (*by_rule(name), *in_documents(name, words)) if form not in names)
    counted = [Proposed(form, sum(1 for text in texts if mask.spans(text))) for form in forms if (mask := Mask([form]))]
    return sorted((each for each in counted if each.documents), key=lambda each: (-each.documents, each.form))


def seal(case: Case, number: str, forms: Iterable[str], *, why: str, tell: Tell = lambda _: None) -> Person:
    """Seal a person under their name, the forms on record and these. The draft, where there is one, is written again without them."""
    person = person_of(case, number)
    if person.erased:
        raise UsageError(f"{person.number} is erased: nothing of them is left to seal.")
    said = tuple(dict.fromkeys((*person.forms, *forms)))
    if said != person.forms:
        confirm_forms(case, number, said)
    decide(case, number, "protection", Protection.SEALED, why=why)
    if case.folder.dossier.exists():
        publish_draft(case, tell=tell)
    return person_of(case, number)


def open_seal(case: Case, number: str, *, why: str, minutes: int) -> Person:
    """Open the seal of a person for who works now, on record. Raises UsageError without a reason or a sensible time."""
    person = person_of(case, number)
    if not why.strip():
        raise UsageError("A seal is opened for a reason: add --why TEXT.")
    if not 0 < minutes <= LONGEST_MINUTES:
        raise UsageError(f"A seal is opened for 1 to {LONGEST_MINUTES} minutes at once, not {minutes}.")
    if not person.is_sealed:
        raise UsageError(f"{person.number} is not sealed: everything the case holds of them is in plain view.")
    until = (datetime.now(UTC) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")
    case.record([SealOpened(person.id, ("name", "forms"), why.strip(), until)])
    return person


def opened_seals(case: Case) -> set[str]:
    """The persons whose seal is open now for who works."""
    moment, log = now(), case.logs[Stream.CUSTODY]
    action = str(SealOpened.__struct_config__.tag)
    if not any(entry.action == action and entry.actor == case.actor for entry in log.entries()):
        return set()
    opened = (
        _OPENED.decode(record.body) for entry, record in log.entries_with_records() if entry.action == action and entry.actor == case.actor
    )
    return {deed.subject for deed in opened if deed.until is not None and moment <= deed.until}


@contextmanager
def open_unsealed(root: Path, *, member: str | None = None, tell: Tell = lambda _: None) -> Iterator[Case]:
    """The case with the names of those whose seal is open for this member, drawn into a private folder that is removed afterwards.

    Raises ProtectionError where no seal is open for them.
    """
    with open_case(root, member=member, tell=tell) as case:
        seals = opened_seals(case)
        if not seals:
            raise ProtectionError(f"No seal is open for you. Open one on record: `witnessmark unseal {typed(root)} P1 --why TEXT`.")
        still = [
            form for person in persons_of(case) if person.is_sealed and person.id not in seals for form in (person.name, *person.forms)
        ]
        with work_folder(case.access) as private:
            case.database.close()
            case.database = Database(private / "case.db", key=case.database_key)
            with case.database.transaction() as connection:
                set_mask(connection, still)
            case.draw(tell=tell)
            yield case
            case.database.close()
