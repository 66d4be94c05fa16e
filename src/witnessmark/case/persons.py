"""Persons of a case: entered, with the words by which documents name them, and as they stand after what people decided of them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence

from witnessmark.case.case import Case
from witnessmark.case.deciding import PERSON
from witnessmark.case.joining import standing_joins, standing_statuses
from witnessmark.case.labels import new_labels
from witnessmark.case.telling import typed
from witnessmark.errors import UsageError
from witnessmark.model.consent import consent_on_record
from witnessmark.model.decision import Decision
from witnessmark.model.deed import FormsConfirmed, PersonAdded
from witnessmark.model.item import Protection
from witnessmark.model.person import Person
from witnessmark.store import queries
from witnessmark.store.database import Connection
from witnessmark.text.masking import Mask

PERSON_BYTES = 16
"""Random bytes of a person's id: never made from the name."""


def persons_of(case: Case) -> list[Person]:
    """All persons in the order of their numbers."""
    with case.asking() as connection:
        return standing_persons(connection)


def add_person(case: Case, name: str, forms: Iterable[str] = ()) -> Person:
    """Enter somebody under a name, with the forms by which documents name them. Raises UsageError for a name without letters."""
    words = " ".join(name.split())
    if not Mask([words]):
        raise UsageError("A person needs a name, or whatever stands for one, with a letter in it.")
    subject = f"{PERSON}{secrets.token_hex(PERSON_BYTES)}"
    with case.asking() as connection:
        (label,) = new_labels(connection, "P", [subject])
    case.record([PersonAdded(subject, words, _tidy(forms), label)])
    return next(person for person in persons_of(case) if person.id == subject)


def confirm_forms(case: Case, number: str, forms: Iterable[str]) -> Person:
    """Set by which words, besides the name, documents name somebody. Raises UsageError."""
    person = person_of(case, number)
    case.record([FormsConfirmed(person.id, _tidy(forms))])
    return person_of(case, number)


def person_of(case: Case, number: str) -> Person:
    """The person with this short number. Raises UsageError."""
    found = next((person for person in persons_of(case) if person.number == number.upper()), None)
    if found is None:
        raise UsageError(
            f"There is no person {number} in this case. List them: `witnessmark person {typed(case.folder.root)} list`; enter one: `witnessmark person {typed(case.folder.root)} add NAME`."
        )
    return found


def _tidy(forms: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words for form in forms if Mask([words := " ".join(form.split())])))


def standing_persons(connection: Connection) -> list[Person]:
    """All persons, with what was decided of each."""
    decided: dict[str, list[Decision]] = {}
    for decision in queries.decisions(connection):
        if not decision.undone:
            decided.setdefault(decision.subject, []).append(decision)
    return [_standing(person, decided.get(person.id, [])) for person in queries.persons(connection)]


def _standing(person: queries.StoredPerson, made: Sequence[Decision]) -> Person:
    decided = {decision.field: decision for decision in made}

    def value(field: str) -> str | None:
        return decided[field].value if field in decided else None

    return Person(
        id=person.id,
        number=person.number,
        name=person.name,
        forms=person.forms,
        protection=Protection(value("protection") or Protection.UNSET),
        consent=consent_on_record(decided.get("consent")),
        statuses=standing_statuses(made),
        joined=standing_joins(made),
        bound={"yes": True, "no": False}.get(value("bound_by_consent") or ""),
        erased=person.erased,
    )
