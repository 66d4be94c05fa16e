"""What is asked of the read stage: one original, and the parameters that influence what comes of it."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from witnessmark.model.document import Reading
from witnessmark.read.tools import exiftool_version, ocr_languages, tesseract_version


class ReadRequest(msgspec.Struct, frozen=True):
    """Read the original `item` (its sha256) stored at `path`; `name` is the file name as received, `media_type` from `media_type_of`."""

    item: str
    path: Path
    name: str
    media_type: str


class ReadParams(msgspec.Struct, frozen=True):
    """Everything outside the original that influences a reading; a changed value means the original is read anew.

    Programs and languages default to those found on this machine. `ocr_dots` is in dots per inch.
    """

    tesseract: str | None = msgspec.field(default_factory=tesseract_version)
    ocr_languages: tuple[str, ...] = msgspec.field(default_factory=ocr_languages)
    exiftool: str | None = msgspec.field(default_factory=exiftool_version)
    ocr_pages: int = 60
    ocr_dots: int = 300
    table_rows: int = 50_000

    @property
    def can_ocr(self) -> bool:
        """Whether text in pictures can be read: the program and the data of at least one language are there."""
        return self.tesseract is not None and bool(self.ocr_languages)


class DecodeJob(msgspec.Struct, frozen=True):
    """A request as it travels to the child; the path as the system's own bytes, since not every path is text."""

    item: str
    path: bytes
    name: str
    media_type: str
    params: ReadParams

    @classmethod
    def of(cls, request: ReadRequest, params: ReadParams) -> DecodeJob:
        """The job for one request; a name that is no valid Unicode travels with replacement characters."""
        name = os.fsencode(request.name).decode(errors="replace")
        return cls(request.item, os.fsencode(request.path.absolute()), name, request.media_type, params)


class Outcome(msgspec.Struct, frozen=True):
    """What comes back from the child: a reading, or the reason why there is none."""

    reading: Reading | None = None
    unreadable: str | None = None
