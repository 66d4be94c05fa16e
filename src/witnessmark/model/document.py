"""A document: one reading of an item, as text with a map back to pages, paragraphs, rows or boxes.

For `text/plain` the text is the decoded file unchanged (a byte-order mark aside). A reading that fails is a `Failure`:
a value that is kept, counted and shown, never a silence.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from enum import StrEnum

import msgspec


class Origin(StrEnum):
    """Where a publication date, source or title was taken from."""

    METADATA = "metadata"
    DATELINE = "dateline"
    GIVEN = "given"


class Stated(msgspec.Struct, frozen=True):
    """A value and where it came from, so that a date given on the command line never passes for one the document states."""

    value: str
    origin: Origin


class AnchorKind(StrEnum):
    """What part of the original a stretch of text stands for."""

    PAGE = "page"
    PARAGRAPH = "paragraph"
    ROW = "row"
    PART = "part"
    IMAGE = "image"


class Anchor(msgspec.Struct, frozen=True):
    """Text from `start` to `end` is page 3, paragraph 12, row 4 ... of the original (`label`, counted from 1).

    `box` is left, top, right, bottom in points (PDF) or pixels (image), where known.
    """

    start: int
    end: int
    kind: AnchorKind
    label: str
    box: tuple[float, float, float, float] | None = None


class GuessedWord(msgspec.Struct, frozen=True, array_like=True):
    """A word of the text that OCR read in a picture, from `start` to `end`, and how sure the program was of it, from 0 to 100."""

    start: int
    end: int
    confidence: float


class Aligned(msgspec.Struct, frozen=True):
    """The translation says from `start` to `end` what its original's text says from `original_start` to `original_end` (code points, whole paragraphs)."""

    start: int
    end: int
    original_start: int
    original_end: int


class Translation(msgspec.Struct, frozen=True):
    """What a document is a translation of: the original's item, and its document (None where the original could not be read).

    `text` is the SHA-256 of the original's text the paragraphs were aligned with, None where nothing was: once that text is another, they are
    aligned again. A paragraph in no `aligned` stretch has no sure place in the original; `problems` are sentences about that.
    """

    item: str
    document: str | None
    text: str | None
    method: str
    aligned: tuple[Aligned, ...] = ()
    problems: tuple[str, ...] = ()


class Document(msgspec.Struct, frozen=True):
    """One reading of `item` by `reader` ("plain-text@1"). `language` is a BCP 47 tag, None where not determined.

    `problems` are sentences for the person about what was read with doubt or not at all (a page without text, a guessed encoding).
    `metadata` is what the original says of itself (author, camera, subject, ...), as written. `translates` is None where nobody decided
    that the item is a translation of another. `guesses` are the words that OCR read, in order, where the reading says how sure it was.
    """

    id: str
    item: str
    reader: str
    media_type: str
    text: str
    language: str | None = None
    title: str | None = None
    author: str | None = None
    publisher: Stated | None = None
    published: Stated | None = None
    anchors: tuple[Anchor, ...] = ()
    problems: tuple[str, ...] = ()
    metadata: dict[str, str] = {}
    translates: Translation | None = None
    guesses: tuple[GuessedWord, ...] = ()


class Child(msgspec.Struct, frozen=True):
    """Something found inside an item that is an original of its own (an attachment, a member): preserved before it is read.

    `stated` is what the container says of it (its address, when it was captured, ...), as written.
    """

    name: str
    media_type: str
    content: bytes
    stated: dict[str, str] = {}


class Reading(msgspec.Struct, frozen=True):
    """What reading one item gave: its document, and the originals found inside it.

    A large container is read in parts: `more` is the member the next part begins with, None where all were offered.
    """

    document: Document
    children: tuple[Child, ...] = ()
    more: int | None = None


class Failure(msgspec.Struct, frozen=True):
    """An item that a stage could not handle: `reason` is one plain sentence with the value and, where there is one, the next command."""

    item: str
    stage: str
    reason: str


def least_sure(document: Document, start: int, end: int) -> float | None:
    """The confidence of the word that OCR was least sure of between two places of the text; None where it read none of them."""
    first = bisect_left(document.guesses, start + 1, key=lambda word: word.end)
    found: float | None = None
    for word in document.guesses[first:]:
        if word.start >= end:
            break
        found = word.confidence if found is None else min(found, word.confidence)
    return found


def document_id(item: str, reader_name: str) -> str:
    """The identity of a reading of `item`; the reader's version never enters, so a later reading supersedes an earlier one."""
    return "d-" + hashlib.sha256(f"{item} {reader_name}".encode()).hexdigest()[:20]
