"""Originals shown beside their text: a page, a picture or an inert web page, made in the limited child and kept in memory alone.

A picture cannot be masked. While somebody is sealed, no original is shown whose text names them, or whose text does not tell.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.disposed import refuse_disposed
from witnessmark.case.looking_at_pictures import is_picture
from witnessmark.errors import ProtectionError, UsageError
from witnessmark.model.document import Document
from witnessmark.model.item import Protection
from witnessmark.store import queries, reviewing
from witnessmark.store.database import Connection
from witnessmark.store.sealing import masks_anybody
from witnessmark.text.masking import COVER

PDF = "application/pdf"

MASKED = "Somebody is sealed in this case, and a picture cannot be masked: this original is not shown here."
SEALED_ITEM = "This item is sealed: reviewers and owners see its original."


class Look(StrEnum):
    """How an original can be looked at."""

    PAGES = "pages"
    PICTURE = "picture"
    SNAPSHOT = "snapshot"


class Showable(msgspec.Struct, frozen=True):
    """How an original can be looked at, and why it is not shown; both empty where its text is all there is to see."""

    look: Look | None = None
    withheld: str = ""


def showable(connection: Connection, item: queries.StoredItem, document: Document | None, *, trusted: bool) -> Showable:
    """How an item's original may be looked at by whoever asks; `trusted` are those who may see sealed items."""
    look = _look_of(item.media_type)
    if look is None:
        return Showable()
    if not trusted and _protection_of(connection, item.id) == Protection.SEALED:
        return Showable(look, SEALED_ITEM)
    if masks_anybody(connection) and not _tells_all(document, look):
        return Showable(look, MASKED)
    return Showable(look)


def _look_of(media_type: str) -> Look | None:
    if media_type == PDF:
        return Look.PAGES
    if media_type == "text/html":
        return Look.SNAPSHOT
    return Look.PICTURE if is_picture(media_type) else None


def _protection_of(connection: Connection, item: str) -> str | None:
    said = [decision.value for decision in queries.decisions_on(connection, item) if decision.field == "protection"]
    return said[-1] if said else None


def _tells_all(document: Document | None, look: Look) -> bool:
    """Whether the text shows that nobody who is masked stands in the original: it names none, and no machine guessed at it."""
    if document is None or look is Look.SNAPSHOT or document.guesses:
        return False
    return COVER not in document.text and not any(COVER in value for value in (*document.metadata.values(), document.title or ""))


class Held(msgspec.Struct, frozen=True):
    """An item to be looked at. `careful` where it is graphic, or a photograph or film that nobody has graded: blurred until somebody asks to see it."""

    number: str
    item: queries.StoredItem
    look: Look
    name: str
    careful: bool


def look_at(case: Case, number: str, looks: Collection[Look], *, trusted: bool) -> Held:
    """An item whose original may be looked at so. Raises UsageError where there is none, ProtectionError where it is not shown to whoever asks."""
    with case.asking() as connection:
        refuse_disposed(connection, number)
        item = queries.subject_of(connection, number) if number.upper().startswith("I") else None
        stored = queries.item(connection, item) if item else None
        if item is None or stored is None:
            raise UsageError(f"There is no item {number[:40]!r} in this case.")
        found = showable(connection, stored, queries.document_of(connection, item), trusted=trusted)
        if found.look is None or found.look not in looks:
            raise UsageError(f"{number.upper()} is not looked at as {' or '.join(looks)}.")
        if found.withheld:
            raise ProtectionError(found.withheld)
        graphic = reviewing.may_be_graphic(connection, item) if found.look is Look.PICTURE else item in reviewing.graphic_items(connection)
        return Held(number.upper(), stored, found.look, queries.receipts(connection, item)[item][0].name, graphic)
