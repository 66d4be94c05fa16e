"""Destroying bodies by decision: body and salt go, a tombstone stays, and the entry that committed to them stands in its log.

Without its salt a commitment tells nothing of the body. The old segment is overwritten before its space is given back; on disks and file systems
that write elsewhere (flash, copy on write, snapshots) that reaches no earlier copy, which docs/internals/storage.md says plainly.
"""

from __future__ import annotations

from collections.abc import Collection

from witnessmark.durable import overwrite
from witnessmark.ledger.records import Record, Records, Tombstone, read_segment


def destroy_bodies(records: Records, seqs: Collection[int]) -> int:
    """Put a tombstone in the place of each of these bodies, durably; how many were still there. Raises OSError, CustodyError."""
    destroyed = 0
    for segment in records.segments():
        kept = list(read_segment(segment))
        doomed = {record.seq for record in kept if isinstance(record, Record) and record.seq in seqs}
        if not doomed:
            continue
        with segment.open("r+b") as old:  # the old bytes stay in reach after the new segment took the name
            records.replace(segment, [Tombstone(disposed=True, seq=r.seq) if r.seq in doomed else r for r in kept])
            overwrite(old.fileno())
        destroyed += len(doomed)
    return destroyed
