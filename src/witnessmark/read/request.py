"""What is asked of the read stage: one original, and the parameters that influence what comes of it."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from witnessmark.model.document import Reading
from witnessmark.read.tools import exiftool_version, ffprobe_version, ocr_languages, tesseract_version


class Beside(msgspec.Struct, frozen=True):
    """A file that came in the same folder or container: its `name` from there on, its item's short `number` and sha256.

    `digests` holds other digests of it by algorithm ("md5"), where the reader of a manifest needs them.
    """

    name: str
    number: str
    sha256: str
    digests: dict[str, str] = {}


class Caps(msgspec.Struct, frozen=True):
    """How much is unpacked of one container. Bytes, or times the packed size; `depth` counts containers around it.

    `part_bytes` is how much is handed over at once: what a part holds is in memory, so it bounds that and not what is taken in all.
    """

    members: int = 20_000
    member_bytes: int = 128 * 2**20
    total_bytes: int = 20_000_000_000
    ratio: int = 200
    depth: int = 8
    part_bytes: int = 64 * 2**20
    slack_bytes: int = 1_000_000


class ReadRequest(msgspec.Struct, frozen=True):
    """Read the original `item` (its sha256) stored at `path`; `name` is the file name as received, `media_type` from `media_type_of`.

    `depth` counts the containers it came in, `start` the members of it that were taken out before; `beside` is what came with it, for those
    that `wants_beside` names.
    """

    item: str
    path: Path
    name: str
    media_type: str
    depth: int = 0
    start: int = 0
    beside: tuple[Beside, ...] = ()


class ReadParams(msgspec.Struct, frozen=True):
    """Everything outside the original that influences a reading; a changed value means the original is read anew.

    Programs and languages default to those found on this machine. `ocr_dots` is in dots per inch.
    """

    tesseract: str | None = msgspec.field(default_factory=tesseract_version)
    ocr_languages: tuple[str, ...] = msgspec.field(default_factory=ocr_languages)
    exiftool: str | None = msgspec.field(default_factory=exiftool_version)
    ffprobe: str | None = msgspec.field(default_factory=ffprobe_version)
    ocr_pages: int = 60
    ocr_dots: int = 300
    table_rows: int = 50_000
    caps: Caps = Caps()

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
    depth: int = 0
    start: int = 0
    beside: tuple[Beside, ...] = ()

    @classmethod
    def of(cls, request: ReadRequest, params: ReadParams) -> DecodeJob:
        """The job for one request; a name that is no valid Unicode travels with replacement characters."""
        name = os.fsencode(request.name).decode(errors="replace")
        path = os.fsencode(request.path.absolute())
        return cls(request.item, path, name, request.media_type, params, request.depth, request.start, request.beside)


class Outcome(msgspec.Struct, frozen=True):
    """What comes back from the child: a reading, or the reason why there is none."""

    reading: Reading | None = None
    unreadable: str | None = None
