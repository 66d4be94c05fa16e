"""Pseudonyms of a case: drawn once, on record without any name, and the same for a person wherever they are asked for again."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.persons import persons_of
from witnessmark.errors import UsageError
from witnessmark.model.deed import PseudonymDrawn
from witnessmark.model.person import Person
from witnessmark.protect.pseudonyms import draw_pseudonym
from witnessmark.protect.redaction import Target
from witnessmark.protect.spellings import spaced
from witnessmark.store import queries

DRAWN = ""
"""Stands in an order where a pseudonym is to be drawn."""


def named(case: Case, terms: Sequence[Target]) -> tuple[Target, ...]:
    """The terms with a pseudonym where one is to be drawn; the same words get the same one. Raises UsageError."""
    wanted = {spaced(term.words): term.words for term in terms if term.shown == DRAWN}
    drawn = {said: pseudonym_for(case, words) for said, words in wanted.items()}
    return tuple(msgspec.structs.replace(term, shown=drawn[spaced(term.words)]) if term.shown == DRAWN else term for term in terms)


def pseudonym_for(case: Case, words: str) -> str:
    """The pseudonym shown in the place of `words`: that of the person whom they name, a fresh one where nobody entered is meant.

    Raises UsageError where the words name several persons.
    """
    person = _named(case, words)
    with case.asking() as connection:
        taken = queries.pseudonyms(connection)
    known = next((shown for shown, whose in taken.items() if person is not None and whose == person.id), None)
    if known is not None:
        return known
    drawn = draw_pseudonym([words, *((person.name, *person.forms) if person else ())], taken)
    case.record([PseudonymDrawn(person.id if person else "", drawn)])
    return drawn


def _named(case: Case, words: str) -> Person | None:
    said = spaced(words)
    found = [person for person in persons_of(case) if said in {spaced(form) for form in (person.name, *person.forms) if form}]
    if len(found) > 1:
        raise UsageError(
            f"These words name {' and '.join(person.number for person in found)}, and a pseudonym stands for one. Give the name of one of them in full."
        )
    return found[0] if found else None
