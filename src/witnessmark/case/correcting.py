"""Corrections and claims by hand, as the decisions they are recorded as: what was typed, read against the document it is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.labels import new_labels
from witnessmark.case.telling import typed
from witnessmark.claims.by_hand import added, with_other_words
from witnessmark.claims.typed import VIA, Surroundings, value_of
from witnessmark.errors import UsageError
from witnessmark.model.claim import Claim
from witnessmark.model.correction import ADDED, CORRECTABLE, AddedClaim, encode
from witnessmark.model.deed import Label
from witnessmark.model.document import Document
from witnessmark.store import queries

CONTENT = "content"
"""The field that holds what a claim says. Other words are another claim, so correcting it adds one and calls the old one misread."""

CORRECTIONS = (*CORRECTABLE, VIA, CONTENT)
"""What can be corrected of a claim."""


class Prepared(NamedTuple):
    """A decision about to be made: of what, and the label where it is something new."""

    subject: str
    field: str
    value: str
    labels: tuple[Label, ...] = ()


def correction(case: Case, claim_id: str, field: str, typed: str) -> Prepared:
    """The correction of one field of a claim. Raises UsageError where what was typed does not fit the document."""
    return corrections(case, claim_id, {field: (typed, None)})[0]


def corrections(case: Case, claim_id: str, typed: Mapping[str, tuple[str, int | None]]) -> list[Prepared]:
    """Corrections of several fields, each on top of those before; with each, near which place of the text its words stand (None: near the claim's own).

    Raises UsageError where one of them does not fit the document; then none is made.
    """
    stored, document = _claim_and_document(case, claim_id)
    claim, prepared = stored.claim, []
    for field, (words, near) in typed.items():
        value = value_of(field, words, claim, _around(case, document, claim.content[0].start if near is None else near))
        corrected = "speaker" if field == VIA else field
        claim = msgspec.structs.replace(claim, **{corrected: value})
        prepared.append(Prepared(claim_id, corrected, encode(value)))
    return prepared


def addition(case: Case, item: str, words: str, *, near: int = 0) -> Prepared:
    """A claim added by hand: `words` as they stand in the document read from `item`. Raises UsageError."""
    with case.asking() as connection:
        document = queries.document_of(connection, item)
    if document is None:
        raise UsageError("Nothing was read from this item, so there are no words to select. `witnessmark status` tells why.")
    return _added(case, document, added(item, words, document.text, near=near))


def replacement(case: Case, claim_id: str, words: str, *, near: int | None = None) -> Prepared:
    """The claim with other words: a new claim with all that was read of the old one. Raises UsageError."""
    stored, document = _claim_and_document(case, claim_id)
    return _added(case, document, with_other_words(stored.item, stored.claim, words, document.text, near=near), claim_id)


def _added(case: Case, document: Document, claim: Claim, supersedes: str | None = None) -> Prepared:
    with case.asking() as connection:
        there = queries.claim(connection, claim.id)
        labels = new_labels(connection, "C", [claim.id])
    if there is not None:
        raise UsageError(
            f"C{there.number} says just these words already. Correct it instead: `witnessmark decide {typed(case.folder.root)} C{there.number} FIELD=VALUE --why TEXT`."
        )
    return Prepared(claim.id, ADDED, encode(AddedClaim(document.item, document.id, claim, supersedes)), labels)


def _claim_and_document(case: Case, claim_id: str) -> tuple[queries.StoredClaim, Document]:
    with case.asking() as connection:
        stored = queries.claim(connection, claim_id)
        document = queries.document_of(connection, stored.item) if stored else None
    if stored is None or document is None:
        raise UsageError("This claim is not read any more: its document was read anew without it, or its entry by hand was taken back.")
    return stored, document


def _around(case: Case, document: Document, near: int) -> Surroundings:
    def subject_of(number: str) -> str | None:
        with case.asking() as connection:
            return queries.subject_of(connection, number)

    return Surroundings(document.text, document.published.value if document.published else None, near, subject_of)
