"""Originals shown beside their text: a page, a picture or an inert web page, made in the limited child and kept in memory alone.

A picture cannot be masked. While somebody is sealed, no original is shown whose text names them, or whose text does not tell.
"""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from enum import StrEnum

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.disposed import refuse_disposed
from witnessmark.case.looking_at_pictures import is_picture
from witnessmark.case.work_folder import work_place
from witnessmark.engines.child import ChildError, LimitedChild
from witnessmark.errors import ProtectionError, UsageError
from witnessmark.model.document import AnchorKind, Document
from witnessmark.model.item import Protection
from witnessmark.read.request import ReadParams
from witnessmark.read.shown import ShowJob, Shown, open_shower
from witnessmark.read.word_boxes import Box
from witnessmark.store import queries, reviewing
from witnessmark.store.database import Connection
from witnessmark.store.sealing import masks_anybody
from witnessmark.text.masking import COVER

PDF = "application/pdf"
MOST_KEPT = 48
"""Pictures kept in memory: some ten megabytes."""
_MOST_BYTES = 2_000_000
"""A picture larger than that is drawn anew each time."""

MASKED = "Somebody is sealed in this case, and a picture cannot be masked: this original is not shown here."
NO_PLACES = "The file does not say where its words stand: this page is a picture."
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


class _Seat:
    """A warm child that serves one at a time."""

    def __init__(self) -> None:
        self._child: LimitedChild | None = None
        self._lock = threading.Lock()

    def ask(self, case: Case, item: queries.StoredItem, job: ShowJob) -> Shown:
        """What the child shows of an item. Raises UsageError where it cannot."""
        with self._lock, case.vault.as_file(item.id) as path:
            self._child = self._child or open_shower(work_place(case.access))
            job = msgspec.structs.replace(job, path=os.fsencode(path.absolute()))
            try:
                shown = msgspec.msgpack.decode(self._child.call(msgspec.msgpack.encode(job), file=path), type=Shown)
            except (ChildError, msgspec.DecodeError, OSError) as error:
                raise UsageError(f"The original cannot be shown ({error}). `witnessmark verify` tells whether it is whole.") from error
        if shown.refused is not None:
            raise UsageError(f"The original cannot be shown. {shown.refused}")
        return shown

    def close(self) -> None:
        """End the child."""
        with self._lock:
            if self._child is not None:
                self._child.close()
                self._child = None


class Desk:
    """Draws originals for all who look, in warm children, and keeps in memory what it drew last; `close` it. What takes OCR has a child of its own."""

    def __init__(self) -> None:
        self._quick, self._slow = _Seat(), _Seat()
        self._drawn: OrderedDict[tuple[object, ...], Shown] = OrderedDict()

    def picture(self, case: Case, item: queries.StoredItem, *, page: int = 0, blurred: bool = False) -> Shown:
        """A page or picture as JPEG, or a web page as inert markup. Raises UsageError where it cannot be shown."""
        return self._kept((item.id, page, blurred), lambda: self._quick.ask(case, item, ShowJob(b"", item.media_type, page, blurred)))

    def boxes(self, case: Case, item: queries.StoredItem, page: int, spans: Sequence[tuple[int, int]], text: str = "") -> Shown:
        """Where places of a page's text stand in its picture; `text` where OCR read it. Raises UsageError where the page cannot be drawn."""
        params = ReadParams() if text else None
        job = ShowJob(b"", item.media_type, page, picture=False, spans=tuple(spans), text=text, params=params)
        return self._kept((item.id, page, *spans, text), lambda: (self._slow if text else self._quick).ask(case, item, job))

    def close(self) -> None:
        """End the children and forget all pictures."""
        self._quick.close()
        self._slow.close()
        self._drawn.clear()

    def _kept(self, key: tuple[object, ...], make: Callable[[], Shown]) -> Shown:
        kept = self._drawn.get(key)
        if kept is None:
            kept = make()
            if len(kept.jpeg) + len(kept.markup) <= _MOST_BYTES:
                self._drawn[key] = kept
                while len(self._drawn) > MOST_KEPT:
                    self._drawn.popitem(last=False)
        return kept


class Held(msgspec.Struct, frozen=True):
    """An item to be looked at. `careful` where it is graphic, or a photograph or film that nobody has graded: blurred until somebody asks to see it."""

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
        return Held(stored, found.look, queries.receipts(connection, item)[item][0].name, graphic)


class Mark(msgspec.Struct, frozen=True):
    """Where a claim's words stand on a page: boxes as left, top, width and height in pixels."""

    claim: str
    boxes: tuple[Box, ...]


class MarkedPage(msgspec.Struct, frozen=True):
    """A page of an original, its size in pixels, and where the claims' words stand on it; `problem` says why it is not known where."""

    number: str
    name: str
    page: int
    width: int
    height: int
    blurred: bool
    marks: tuple[Mark, ...] = ()
    problem: str = ""


def marked_page(case: Case, desk: Desk, held: Held, number: str, page: int, *, blurred: bool) -> MarkedPage:
    """A page with the claims marked on it, none where it is blurred. Raises UsageError where the original has no such page."""
    text, places = ("", []) if blurred else _places(case, held.item, page)
    shown = desk.boxes(case, held.item, page if held.item.media_type == PDF else 0, [span for _, spans in places for span in spans], text)
    boxes = iter(shown.boxes)
    marks = [
        Mark(claim, tuple(_in_pixels(box, shown.width, shown.height) for _ in spans for box in next(boxes, ()))) for claim, spans in places
    ]
    unknown = bool(places) and not any(mark.boxes for mark in marks)
    return MarkedPage(
        number, held.name, page, shown.width, shown.height, blurred, () if unknown else tuple(marks), NO_PLACES if unknown else ""
    )


def _places(case: Case, item: queries.StoredItem, page: int) -> tuple[str, list[tuple[str, list[tuple[int, int]]]]]:
    """The claims on a page, each with where its words stand in the page's own text; and that text, where OCR read it."""
    with case.asking() as connection:
        document, placed = queries.document_of(connection, item.id), reviewing.placed_in(connection, item.id)
    first, last = _reach(document, item, page) if document else (0, 0)
    cut = [
        (f"C{one.number}", [(max(a, first) - first, min(b, last) - first) for a, b in one.content if a < last and first < b])
        for one in placed
    ]
    by_ocr = document is not None and any(first <= word.start < last for word in document.guesses)
    return document.text[first:last] if document and by_ocr else "", [(claim, spans) for claim, spans in cut if spans]


def _reach(document: Document, item: queries.StoredItem, page: int) -> tuple[int, int]:
    """From where to where the text of a page reaches; of a picture, all of it."""
    if item.media_type != PDF:
        return 0, len(document.text)
    anchor = next((one for one in document.anchors if one.kind is AnchorKind.PAGE and one.label == str(page)), None)
    return (anchor.start, anchor.end) if anchor else (0, 0)


def _in_pixels(box: Box, width: int, height: int) -> Box:
    left, top, right, bottom = box
    return (round(left * width, 1), round(top * height, 1), round((right - left) * width, 1), round((bottom - top) * height, 1))
