"""Records: the bodies and salts that log entries commit to, in segments of JSON lines.

A segment holds the records of one append and is named for its first sequence number
(`records/custody/000000042.jsonl`). Each line is `{"body":...,"salt":"<64 hex>","seq":n}`; the commitment is
SHA-256(salt || body) over the body's bytes exactly as they stand in the line, so checking needs no re-encoding. Where content was disposed
of by decision, body and salt are gone and `{"disposed":true,"seq":n}` stands in their place.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from witnessmark.durable import write_durably
from witnessmark.errors import CustodyError
from witnessmark.model.canonical import canonical_json

SALT_BYTES = 32


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
    """The segments of one stream in a folder."""

    def __init__(self, folder: Path) -> None:
        """`folder` is made on the first write."""
        self.folder = folder

    def write(self, records: Sequence[Record | Tombstone]) -> None:
        """Store one segment durably."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lines = b"".join(canonical_json(record) + b"\n" for record in records)
        write_durably(self.folder / segment_name(records[0].seq), lines)

    def replace(self, segment: Path, records: Sequence[Record | Tombstone]) -> None:
        """Write a segment anew under its name, durably."""
        write_durably(segment, b"".join(canonical_json(record) + b"\n" for record in records))

    def read(self) -> Iterator[Record | Tombstone]:
        """All records in order. Raises CustodyError naming a segment that cannot be read."""
        for segment in self.segments():
            yield from read_segment(segment)

    def segments(self) -> list[Path]:
        """The segment files in order of their first sequence number."""
        return sorted(self.folder.glob("*.jsonl")) if self.folder.is_dir() else []

    def trim(self, size: int) -> None:
        """Drop what an interrupted append left: records the log of `size` entries never acknowledged."""
        for leftover in self.folder.glob("*.new") if self.folder.is_dir() else ():
            leftover.unlink()
        for segment in reversed(self.segments()):
            kept = [record for record in read_segment(segment) if record.seq < size]
            if not kept:
                segment.unlink()
                continue
            if len(kept) < sum(1 for _ in read_segment(segment)):
                self.write(kept)
            return


def segment_name(first: int) -> str:
    """The file name of the segment whose first record is number `first`."""
    return f"{first:09d}.jsonl"


def record_of(line: bytes) -> Record | Tombstone:
    """The record, or what is left of it, that a line of a segment is. Raises msgspec.DecodeError, UnicodeDecodeError."""
    return _TOMBSTONE.decode(line) if line.startswith(_TOMBSTONE_MARK) else _RECORD.decode(line)


def read_segment(segment: Path) -> Iterator[Record | Tombstone]:
    """The records of one segment file."""
    with segment.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                record = record_of(line)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise CustodyError(_damaged(segment, number, str(error))) from error
            if canonical_json(record) + b"\n" != line:
                raise CustodyError(_damaged(segment, number, "not as it was written"))
            yield record


def _damaged(segment: Path, number: int, fault: str) -> str:
    name = f"records/{segment.parent.name}/{segment.name}"
    return f"Line {number} of {name} is damaged ({fault}). Restore that file from a copy of the case."
