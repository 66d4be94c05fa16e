"""Records: the bodies and salts that log entries commit to, in segments of JSON lines.

A segment holds the records of one append and is named for its first sequence number
(`records/custody/000000042.jsonl`). Each line is `{"body":...,"salt":"<64 hex>","seq":n}`; the commitment is
SHA-256(salt || body) over the body's bytes exactly as they stand in the line, so checking needs no re-encoding. Where content was disposed
of by decision, body and salt are gone and `{"disposed":true,"seq":n}` stands in their place.
"""

from __future__ import annotations

import hashlib
import io
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, Protocol

import msgspec

from witnessmark.durable import write_durably
from witnessmark.errors import CustodyError
from witnessmark.model.canonical import canonical_json

SALT_BYTES = 32
SEGMENT, SEALED_SEGMENT = ".jsonl", ".jsonl.age"
"""How the names of segments end, in the clear and encrypted."""


class Sealing(Protocol):
    """How the segments of an encrypted case are sealed and opened."""

    def seal(self, content: bytes) -> bytes:
        """`content` encrypted."""

    def open(self, content: bytes) -> bytes:
        """What was sealed. Raises CustodyError where it was altered."""


class Record(msgspec.Struct, frozen=True, gc=False):
    """One body as stored, with its salt (hex)."""

    body: msgspec.Raw
    salt: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    seq: int

    @property
    def commitment(self) -> str:
        """64 hex digits that bind to the body without revealing it."""
        return hashlib.sha256(bytes.fromhex(self.salt) + bytes(self.body)).hexdigest()


class Tombstone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The place of a body that was disposed of by decision, salt and all; the entry that committed to it stands."""

    disposed: Literal[True]
    seq: int


_RECORD = msgspec.json.Decoder(Record)
_TOMBSTONE = msgspec.json.Decoder(Tombstone)
_TOMBSTONE_MARK = b'{"disposed":'


def new_records(first: int, bodies: Sequence[Any]) -> list[tuple[Record, str]]:
    """Records of `bodies` (any JSON values or structs), numbered from `first`, each under a fresh random salt, with its commitment (64 hex digits).

    The salts are drawn together: asked for one by one they are a fifth of the time that an entry takes.
    """
    salts = secrets.token_bytes(SALT_BYTES * len(bodies))
    return [_new_record(first + at, canonical_json(body), salts[at * SALT_BYTES : (at + 1) * SALT_BYTES]) for at, body in enumerate(bodies)]


def _new_record(seq: int, body: bytes, salt: bytes) -> tuple[Record, str]:
    return Record(msgspec.Raw(body), salt.hex(), seq), hashlib.sha256(salt + body).hexdigest()


class Records:
    """The segments of one stream in a folder; encrypted where there is a `sealing`."""

    def __init__(self, folder: Path, sealing: Sealing | None = None) -> None:
        """`folder` is made on the first write."""
        self.folder = folder
        self.sealing = sealing
        self._ending = SEGMENT if sealing is None else SEALED_SEGMENT

    def segment_of(self, records: Sequence[Record | Tombstone]) -> bytes:
        """The bytes of the segment that holds these records, as it is stored."""
        lines = b"".join(canonical_json(record) + b"\n" for record in records)
        return lines if self.sealing is None else self.sealing.seal(lines)

    def write(self, records: Sequence[Record | Tombstone]) -> None:
        """Store one segment durably."""
        self.write_segment(records[0].seq, self.segment_of(records))

    def write_segment(self, first: int, content: bytes) -> None:
        """Store one segment, whose first record is number `first` and whose bytes are `content`, durably."""
        self.folder.mkdir(parents=True, exist_ok=True)
        write_durably(self.folder / segment_name(first, self._ending), content)

    def read(self) -> Iterator[Record | Tombstone]:
        """All records in order. Raises CustodyError naming a segment that cannot be read."""
        for segment in self.segments():
            yield from read_segment(segment, self.sealing)

    def segments(self) -> list[Path]:
        """The segment files in order of their first sequence number."""
        return sorted(self.folder.glob(f"*{self._ending}")) if self.folder.is_dir() else []

    def kept(self, size: int) -> int:
        """How many entries of a log of `size` stand once an append that was cut short is taken back.

        An encrypted segment is never written anew, since an entry names it by its hash: of an append that was cut short in it, nothing stays.
        """
        for segment in reversed(self.segments()) if self.sealing is not None else ():
            numbers = [record.seq for record in read_segment(segment, self.sealing)]
            if numbers and numbers[0] < size:
                return numbers[0] if numbers[-1] >= size else size
        return size

    def trim(self, size: int) -> None:
        """Drop what an interrupted append left: records the log of `size` entries never acknowledged."""
        for leftover in self.folder.glob("*.new") if self.folder.is_dir() else ():
            leftover.unlink()
        for segment in reversed(self.segments()):
            kept = [record for record in read_segment(segment, self.sealing) if record.seq < size]
            if not kept:
                segment.unlink()
                continue
            if len(kept) < sum(1 for _ in read_segment(segment, self.sealing)):
                self.write(kept)
            return


def segment_name(first: int, ending: str = SEGMENT) -> str:
    """The file name of the segment whose first record is number `first`."""
    return f"{first:09d}{ending}"


def record_of(line: bytes) -> Record | Tombstone:
    """The record, or what is left of it, that a line of a segment is. Raises msgspec.DecodeError, UnicodeDecodeError."""
    return _TOMBSTONE.decode(line) if line.startswith(_TOMBSTONE_MARK) else _RECORD.decode(line)


def read_segment(segment: Path, sealing: Sealing | None = None) -> Iterator[Record | Tombstone]:
    """The records of one segment file."""
    with segment.open("rb") as stored:
        lines = stored if sealing is None else io.BytesIO(_opened(segment, stored.read(), sealing))
        for number, line in enumerate(lines, 1):
            try:
                record = record_of(line)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise CustodyError(_damaged(segment, number, str(error))) from error
            if canonical_json(record) + b"\n" != line:
                raise CustodyError(_damaged(segment, number, "not as it was written"))
            yield record


def _opened(segment: Path, content: bytes, sealing: Sealing) -> bytes:
    try:
        return sealing.open(content)
    except CustodyError as error:
        raise CustodyError(f"records/{segment.parent.name}/{segment.name}: {error} Restore that file from a copy of the case.") from error


def _damaged(segment: Path, number: int, fault: str) -> str:
    name = f"records/{segment.parent.name}/{segment.name}"
    return f"Line {number} of {name} is damaged ({fault}). Restore that file from a copy of the case."
