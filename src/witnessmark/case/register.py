"""The register of a case: every item and every standing decision, one line each, in the order in which they came.

What `status --all` and `status --json` list, so that anybody can look up the short number of an item and who decided what, when and why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.deciding import subject_words, value_words
from witnessmark.case.translators import names_on_record, shown_inside
from witnessmark.model.document import Document
from witnessmark.model.item import Protection, ReleaseState
from witnessmark.model.view import HeldItem
from witnessmark.store import queries

KINDS = (
    ("application/pdf", "PDF"),
    ("image/", "image"),
    ("message/rfc822", "mail"),
    ("text/html", "web page"),
    ("text/csv", "table"),
    ("text/tab-separated-values", "table"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml", "table"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml", "Word document"),
    ("text/", "text"),
    ("audio/", "sound"),
    ("video/", "video"),
)
"""How media types are called, the first beginning that fits; everything else is "other file"."""

LANGUAGES = {
    "en": "English",
    "ar": "Arabic",
    "fr": "French",
    "es": "Spanish",
    "ru": "Russian",
    "uk": "Ukrainian",
    "fa": "Persian",
    "tr": "Turkish",
}
"""Names of the languages met most; others are shown by their code."""

NOT_STATED = "not stated"
"""Said for a language, source or date that neither the document nor a person states."""


class ListedItem(msgspec.Struct, frozen=True):
    """An item at a glance; `language` and `published` (ISO) are None where not known, `protection` and `release` where nobody decided them.

    `translator` says by whom it was translated, by name: for a screen inside the case. None where nobody said. `handed_over` says to whom and when it left.
    `media` is what its check as a photograph, film or recording shows, in a few words.
    """

    number: str
    name: str
    kind: str
    language: str | None
    published: str | None
    claims: int
    protection: Protection | None
    release: ReleaseState | None
    translator: str | None
    handed_over: tuple[str, ...] = ()
    media: str | None = None


class ListedDecision(msgspec.Struct, frozen=True):
    """A decision that was not taken back: `subject` by its short number, `value` in words, `by` a pseudonymous key, `at` UTC.

    `counts` is false where a later one of the same subject and field took its place.
    """

    id: str
    subject: str
    field: str
    value: str
    why: str
    by: str
    at: str
    counts: bool


def list_items(case: Case, items: Sequence[HeldItem], claims: Sequence[queries.ClaimRow]) -> tuple[ListedItem, ...]:
    """Each item with how many claims were found in it."""
    counted = Counter(row.item for row in claims)
    names = names_on_record(case, (held.item.translator for held in items))
    left = _left(case)
    return tuple(_listed(held, counted[held.item.id], names, left.get(held.item.id, ())) for held in items)


def _left(case: Case) -> dict[str, tuple[str, ...]]:
    """To whom and when each item was handed over."""
    left: dict[str, tuple[str, ...]] = {}
    with case.asking() as connection:
        for stored in queries.handovers(connection):
            for item in stored.deed.items:
                left[item] = (*left.get(item, ()), f"handed over to {stored.deed.recipient}, {stored.at[:10]}")
    return left


def _listed(held: HeldItem, claims: int, names: dict[str, str], handed_over: tuple[str, ...]) -> ListedItem:
    item, document = held.item, held.document
    stated = document.published.value if document and document.published else None
    return ListedItem(
        number=item.number,
        name=item.name,
        kind=kind_of(item.media_type),
        language=language_of(document) if document and document.language else None,
        published=stated or item.published,
        claims=claims,
        protection=None if item.protection is Protection.UNSET else item.protection,
        release=None if item.release.by is None else item.release.state,
        translator=shown_inside(item.translator, names),
        handed_over=handed_over,
        media=_checked(held),
    )


def _checked(held: HeldItem) -> str | None:
    if held.media is None:
        return None
    number = len(held.media.differences)
    differs = "no difference found" if not number else "1 difference" if number == 1 else f"{number} differences"
    return f"content credentials {held.media.check.credentials.words}; {differs}"


def list_decisions(case: Case) -> tuple[ListedDecision, ...]:
    """Each decision that was not taken back, the newest last."""
    with case.asking() as connection:
        standing = [decision for decision in queries.decisions(connection) if not decision.undone]
        numbers = queries.numbers_of(connection, sorted({decision.subject for decision in standing}))
    latest = {(decision.subject, decision.field): decision.id for decision in standing}
    return tuple(
        ListedDecision(
            id=decision.id,
            subject=subject_words(decision.subject, numbers),
            field=decision.field,
            value=value_words(case, decision),
            why=decision.why,
            by=decision.by,
            at=decision.at,
            counts=latest[decision.subject, decision.field] == decision.id,
        )
        for decision in standing
    )


def kind_of(media_type: str) -> str:
    """What a media type is called."""
    return next((kind for beginning, kind in KINDS if media_type.startswith(beginning)), "other file")


def language_of(document: Document) -> str:
    """What a document's language is called."""
    if document.language is None:
        return NOT_STATED
    code = document.language.partition("-")[0]
    return LANGUAGES.get(code, code)
