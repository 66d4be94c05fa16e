"""A page of an original as a picture, and where on it the words of each claim stand."""

from __future__ import annotations

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.desk import Desk
from witnessmark.case.showing_originals import PDF, Held
from witnessmark.model.document import AnchorKind, Document
from witnessmark.read.word_boxes import Box
from witnessmark.store import queries, reviewing

NO_PLACES = "The file does not say where its words stand: this page is a picture."


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


def marked_page(case: Case, desk: Desk, held: Held, page: int, *, blurred: bool) -> MarkedPage:
    """A page with the claims marked on it, none where it is blurred. Raises UsageError where the original has no such page."""
    text, places = ("", []) if blurred else _places(case, held.item, page)
    shown = desk.boxes(case, held.item, page if held.item.media_type == PDF else 0, [span for _, spans in places for span in spans], text)
    boxes = iter(shown.boxes)
    marks = [
        Mark(claim, tuple(_in_pixels(box, shown.width, shown.height) for _ in spans for box in next(boxes, ()))) for claim, spans in places
    ]
    unknown = bool(places) and not any(mark.boxes for mark in marks)
    return MarkedPage(
        held.number, held.name, page, shown.width, shown.height, blurred, () if unknown else tuple(marks), NO_PLACES if unknown else ""
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
