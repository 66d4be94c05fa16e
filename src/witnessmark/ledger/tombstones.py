"""Destroying bodies by decision: body and salt go, a tombstone stays, and the entry that committed to them stands in its log.

Without its salt a commitment tells nothing of the body. The old segment is overwritten before its space is given back; on disks and file systems
that write elsewhere (flash, copy on write, snapshots) that reaches no earlier copy, which docs/internals/storage.md says plainly.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from pathlib import Path

import msgspec

from witnessmark.durable import overwrite, write_durably
from witnessmark.ledger.records import Record, Records, Tombstone, read_segment


class Renewed(msgspec.Struct, frozen=True):
    """A segment as it is going to be: where it lies, the number of its first record, and its bytes as stored."""

    path: Path
    first: int
    content: bytes

    @property
    def sha256(self) -> str:
        """Of the bytes as stored, 64 hex digits."""
        return hashlib.sha256(self.content).hexdigest()


def without_bodies(records: Records, seqs: Collection[int]) -> Iterator[Renewed]:
    """The segments that hold any of these bodies, with a tombstone in the place of each. Nothing is written. Raises OSError, CustodyError."""
    for segment in records.segments() if seqs else ():
        kept = list(read_segment(segment, records.sealing))
        doomed = {record.seq for record in kept if isinstance(record, Record) and record.seq in seqs}
        if doomed:
            left = [Tombstone(disposed=True, seq=r.seq) if r.seq in doomed else r for r in kept]
            yield Renewed(segment, kept[0].seq, records.segment_of(left))


def put_in_place(renewed: Renewed) -> None:
    """Write a renewed segment durably, then overwrite the old one. Raises OSError."""
    with renewed.path.open("r+b") as old:  # the old bytes stay in reach after the new segment took the name
        write_durably(renewed.path, renewed.content)
        overwrite(old.fileno())
