"""Putting bodies without somebody's name in the place of those with it. The entries stand; what takes their bodies' place is committed to by a new entry.

The new segments are written beside the old ones first, then the deed that names each new commitment is recorded, then the files are exchanged. A crash before
the deed leaves files that the next writer drops, one after it files that the next writer puts in their places.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from witnessmark.durable import overwrite, sync_folder, write_durably
from witnessmark.errors import CustodyError
from witnessmark.ledger.records import Record, Records, Tombstone, read_segment
from witnessmark.ledger.survey import Damage, read_records, segments
from witnessmark.ledger.untrusted import open_plain
from witnessmark.model.canonical import canonical_json
from witnessmark.model.entry import Entry, Stream

ACTION = "person.erased"
STANDING_BY = ".erased.new"
"""Ending of a segment that waits for its place; it ends as every unfinished file does, so that what nobody recorded is dropped."""

_ENTRY = msgspec.json.Decoder(Entry)


class _Erasure(msgspec.Struct):
    """Of an erasure's body, only what it says of other bodies."""

    rewritten: dict[Stream, dict[str, str]]


_ERASURE = msgspec.json.Decoder(_Erasure)


def rewritten_in(case: Path) -> dict[Stream, dict[int, str]]:
    """The commitment of each body that took the place of another, by log and number, as sound entries of the custody log say. Faults are for `verify` to name."""
    found: dict[Stream, dict[int, str]] = {stream: {} for stream in Stream}
    erasures = _erasures(case)
    if not erasures:
        return found
    for segment in segments(case, Stream.CUSTODY):
        for record in read_records(case, segment):
            if isinstance(record, Damage | Tombstone) or erasures.get(record.seq) != record.commitment:
                continue
            for stream, bodies in _ERASURE.decode(record.body).rewritten.items():
                found[stream].update({int(seq): commitment for seq, commitment in bodies.items()})
    return found


def _erasures(case: Path) -> dict[int, str]:
    """The commitment of each entry that erased somebody, by its number."""
    mark = f'"action":"{ACTION}"'.encode()
    try:
        with open_plain(case, f"ledger/{Stream.CUSTODY}/log.jsonl") as file:
            lines = [line for line in file if mark in line and line.endswith(b"\n")]
        entries = [_ENTRY.decode(line) for line in lines]
    except (OSError, CustodyError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}
    return {entry.seq: entry.commitment for entry in entries}


def stand_by(records: Records, bodies: Mapping[int, Record]) -> None:
    """Write each segment that holds one of these numbers beside itself, with the new bodies. Raises OSError, CustodyError."""
    for segment in records.segments():
        before = list(read_segment(segment))
        after = [bodies.get(record.seq, record) for record in before]
        if after != before:
            write_durably(_beside(segment), b"".join(canonical_json(record) + b"\n" for record in after))


def exchange(records: Records, rewritten: Mapping[int, str]) -> int:
    """Put what stands by in its place where an entry commits to it, and zeros over what was there; how many segments. Raises OSError, CustodyError."""
    done = 0
    for fresh in sorted(records.folder.glob(f"*{STANDING_BY}")) if records.folder.is_dir() else ():
        segment = fresh.with_name(fresh.name.removesuffix(STANDING_BY))
        if not _is_recorded(fresh, segment, rewritten):
            continue
        with segment.open("r+b") as old:
            fresh.replace(segment)
            sync_folder(records.folder)
            overwrite(old.fileno())
        done += 1
    return done


def _is_recorded(fresh: Path, segment: Path, rewritten: Mapping[int, str]) -> bool:
    """Whether every body that differs from the one in place is one that an entry commits to."""
    pairs = zip(read_segment(segment), read_segment(fresh), strict=True)
    return all(new == old or (isinstance(new, Record) and rewritten.get(new.seq) == new.commitment) for old, new in pairs)


def _beside(segment: Path) -> Path:
    return segment.with_name(segment.name + STANDING_BY)
