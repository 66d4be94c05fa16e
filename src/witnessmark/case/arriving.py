"""What came in, as whoever sent it sees it: a receipt for each file, and how far it was read by now."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import IO

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.intake import Given, Received, SentFile, add_sent, hash_of_content
from witnessmark.case.received_list import is_day
from witnessmark.case.triaging import Triaged, record_files_not_kept
from witnessmark.errors import UsageError
from witnessmark.model.item import NotKept
from witnessmark.read.kinds import DOCX, XLSX
from witnessmark.store import arrivals, queries, search
from witnessmark.store.arrivals import NearCopy
from witnessmark.store.database import Connection

PAGE = 30
"""Receipts on a page."""
MOST_REFUSALS = 50
MOST_LEFT_OUT = 100
"""Times that something was left out, and refusals, that are listed."""
HOW = "sent through the workbench"
"""What receipts say of how such files came."""
_LONGEST_PART, _LONGEST_NAME = 200, 1000


class State(StrEnum):
    """How far an item was read."""

    WAITING = "waits to be read"
    READ = "read"
    FAILED = "could not be read"


class Kind(StrEnum):
    """What kind of thing a file is, in a word or two."""

    PDF = "PDF"
    IMAGE = "picture"
    TEXT = "text"
    WEB = "web page"
    MAIL = "e-mail"
    TABLE = "table"
    WORD = "Word document"
    SOUND = "sound"
    VIDEO = "video"
    PACKAGE = "package of files"
    OTHER = "file of another kind"


_KINDS = {
    "application/pdf": Kind.PDF,
    "text/html": Kind.WEB,
    "message/rfc822": Kind.MAIL,
    "text/csv": Kind.TABLE,
    "text/tab-separated-values": Kind.TABLE,
    XLSX: Kind.TABLE,
    DOCX: Kind.WORD,
    "application/warc": Kind.PACKAGE,
    "application/zip": Kind.PACKAGE,
    "application/x-tar": Kind.PACKAGE,
    "application/gzip": Kind.PACKAGE,
    "application/x-bzip2": Kind.PACKAGE,
    "application/x-xz": Kind.PACKAGE,
    "application/json": Kind.TEXT,
    "application/xml": Kind.TEXT,
}
_FAMILIES = {"image": Kind.IMAGE, "text": Kind.TEXT, "audio": Kind.SOUND, "video": Kind.VIDEO}


class Arrival(msgspec.Struct, frozen=True):
    """A receipt: the item's number and the name it came under, what it is, and how far it was read.

    `already_held` where the same bytes were in the case before; `near` are items received earlier with nearly the same text; `problems` say what could not
    be read, and why. `size` is in bytes, `at` UTC.
    """

    number: str
    name: str
    kind: Kind
    media_type: str
    size: int
    at: str
    how: str
    source: str | None
    state: State
    language: str | None
    claims: int
    already_held: bool
    near: tuple[NearCopy, ...]
    problems: tuple[str, ...]


class Refusal(msgspec.Struct, frozen=True):
    """What was offered and not received, and why."""

    name: str
    reason: str


class Arrivals(msgspec.Struct, frozen=True):
    """A page of receipts, the newest first, after entry `after` of the custody log (-1: all); `unread` items wait for a reader."""

    arrivals: tuple[Arrival, ...]
    refusals: tuple[Refusal, ...]
    after: int
    page: int
    pages: int
    total: int
    unread: int


def arrivals_of(case: Case, *, after: int = -1, page: int = 1, near: bool = True) -> Arrivals:
    """What came in after an entry of the custody log. With `near`, near copies are looked for where that is asked of a part of it."""
    with case.asking() as connection:
        total = arrivals.count_received(connection, after)
        rows = arrivals.received(connection, after, PAGE, (page - 1) * PAGE)
        items = [row.item for row in rows]
        read, failed = arrivals.read(connection, items), arrivals.failed(connection, items)
        return Arrivals(
            arrivals=tuple(
                _arrival(row, read.get(row.item), failed.get(row.item, ()), _near(connection, row, read) if near and after >= 0 else ())
                for row in rows
            ),
            refusals=tuple(Refusal(*each) for each in arrivals.refused(connection, after, MOST_REFUSALS)) if page == 1 else (),
            after=after,
            page=page,
            pages=max(-(-total // PAGE), 1),
            total=total,
            unread=search.count_unread(connection, None),
        )


def _near(connection: Connection, row: arrivals.ReceivedRow, read: dict[str, arrivals.ReadRow]) -> tuple[NearCopy, ...]:
    return arrivals.near_copies(connection, row.number) if row.item in read and row.is_first else ()


def _arrival(row: arrivals.ReceivedRow, read: arrivals.ReadRow | None, failed: tuple[str, ...], near: tuple[NearCopy, ...]) -> Arrival:
    return Arrival(
        number=row.number,
        name=row.receipt.name,
        kind=kind_of(row.media_type),
        media_type=row.media_type,
        size=row.size,
        at=row.receipt.at,
        how=row.receipt.how,
        source=row.receipt.source,
        state=State.READ if read else State.FAILED if failed else State.WAITING,
        language=read.language if read else None,
        claims=read.claims if read else 0,
        already_held=not row.is_first,
        near=near,
        problems=(*failed, *(read.problems if read else ())),
    )


def kind_of(media_type: str) -> Kind:
    """The kind of a media type."""
    return _KINDS.get(media_type) or _FAMILIES.get(media_type.partition("/")[0], Kind.OTHER)


class LeftOut(msgspec.Struct, frozen=True):
    """Files that were received and not kept, by name and size in bytes, and why; from whom, where that was said."""

    files: tuple[tuple[str, int], ...]
    reason: str
    received_from: str | None


class NotHere(msgspec.Struct, frozen=True):
    """What was offered and is not in the case: not kept, by decision, and not received."""

    left_out: tuple[LeftOut, ...]
    refused: tuple[Refusal, ...]


def not_here(case: Case) -> NotHere:
    """The newest of it first."""
    with case.asking() as connection:
        left = queries.not_kept(connection)
        refused = queries.refusals(connection)
    return NotHere(
        tuple(
            LeftOut(tuple((file.name, file.size) for file in one.files), one.reason, one.received_from)
            for one in left[: -MOST_LEFT_OUT - 1 : -1]
        ),
        tuple(Refusal(one.name, one.reason) for one in reversed(refused)),
    )


class Came(msgspec.Struct, frozen=True):
    """What came of files that were sent: what stands after entry `after` of the custody log came with them."""

    after: int
    received: Received


def sent_files(files: Iterable[tuple[str, IO[bytes]]]) -> list[SentFile]:
    """Files that were sent, hashed before anything else, each under the name its receipt will have. Raises UsageError where there is none."""
    sent = [SentFile(name_as_sent(name), content, hash_of_content(content)) for name, content in files]
    if not sent:
        raise UsageError("No file was sent. Choose files or a folder, then send them.")
    return sent


def receive(case: Case, files: Sequence[SentFile], given: Given) -> Came:
    """Preserve files that were sent. Raises UsageError, StorageError."""
    if given.published is not None and not is_day(given.published):
        raise UsageError(f"{given.published!r} is no day. Write it as year-month-day, such as 2017-05-16. Nothing was received.")
    with case.asking() as connection:
        after = arrivals.last_seq(connection)
    return Came(after, add_sent(case, files, given, how=HOW))


def leave_out(case: Case, files: Sequence[SentFile], *, why: str, received_from: str | None) -> Triaged:
    """Record that files were received and not kept; nothing of their content stays. Raises UsageError."""
    told = [NotKept(file.name, file.content.seek(0, os.SEEK_END), file.sha256) for file in files]
    return record_files_not_kept(case, told, why=why, received_from=received_from)


def name_as_sent(name: str) -> str:
    """The name of a file as its receipt has it: with the folders it was sent with, and with nothing that leads anywhere or cannot be seen."""
    parts = [part for part in re.split(r"[/\\]+", name) if part.strip() not in {"", ".", ".."} and not re.fullmatch(r"[A-Za-z]:", part)]
    return "/".join(_seen(part)[:_LONGEST_PART] for part in parts)[-_LONGEST_NAME:] or "unnamed"


def _seen(part: str) -> str:
    return "".join(
        each if each.isprintable() or unicodedata.category(each) == "Zs" else each.encode("unicode_escape").decode("ascii") for each in part
    )
