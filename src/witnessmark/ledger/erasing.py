"""Putting bodies without somebody's name in the place of those with it. The entries stand; what takes their bodies' place is committed to by a new entry.

The new segments are written beside the old ones first, then the deed that names each new commitment is recorded, then the files are exchanged. A crash before
the deed leaves files that the next writer drops, one after it files that the next writer puts in their places.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from witnessmark.durable import overwrite, sync_folder, write_durably
from witnessmark.errors import CustodyError
from witnessmark.ledger.records import Record, Records, Sealing, read_segment
from witnessmark.ledger.survey import Damage, Replaced, Survey, read_records, segments
from witnessmark.ledger.untrusted import open_plain
from witnessmark.model.entry import Entry, Stream

ACTION = "person.erased"
STANDING_BY = ".erased.new"
"""Ending of a segment that waits for its place; it ends as every unfinished file does, so that what nobody recorded is dropped."""

_ENTRY = msgspec.json.Decoder(Entry)


class _Erasure(msgspec.Struct):
    """Of an erasure's body, only what it says of other bodies."""

    rewritten: dict[Stream, dict[str, str]]


_ERASURE = msgspec.json.Decoder(_Erasure)


def rewritten_in(case: Path, sealing: Sealing | None = None) -> dict[Stream, dict[int, str]]:
    """The commitment of each body that took the place of another, by log and number; as `replaced_in`."""
    return {stream: {seq: one.commitment for seq, one in bodies.items()} for stream, bodies in replaced_in(case, sealing).items()}


def replaced_in(case: Path, sealing: Sealing | None = None) -> dict[Stream, dict[int, Replaced]]:
    """Each body that took the place of another, by log and number, as sound entries of the custody log say. `sealing` opens the records of an encrypted case. Faults are for `verify` to name."""
    found: dict[Stream, dict[int, Replaced]] = {stream: {} for stream in Stream}
    erasures = _erasures(case)
    if not erasures:
        return found
    try:
        names = segments(case, Survey(Stream.CUSTODY, sealed=sealing is not None, sealing=sealing))
    except (OSError, CustodyError):
        return found
    for segment in names:
        for record in read_records(case, segment, sealing):
            entry = None if isinstance(record, Damage) else erasures.get(record.seq)
            if entry is None or not isinstance(record, Record) or entry.commitment != record.commitment:
                continue
            for stream, bodies in _rewritten_by(record).items():
                found[stream].update({seq: Replaced(commitment, entry) for seq, commitment in bodies.items()})
    return found


def _rewritten_by(record: Record) -> dict[Stream, dict[int, str]]:
    """What an erasure says of other bodies; nothing where it is no erasure."""
    try:
        said = _ERASURE.decode(record.body).rewritten
        return {stream: {int(seq): commitment for seq, commitment in bodies.items()} for stream, bodies in said.items()}
    except (ValueError, RecursionError):  # msgspec's errors are ValueErrors
        return {}


def _erasures(case: Path) -> dict[int, Entry]:
    """The entries that erased somebody, by number."""
    mark = f'"action":"{ACTION}"'.encode()
    try:
        with open_plain(case, f"ledger/{Stream.CUSTODY}/log.jsonl") as file:
            lines = [line for line in file if mark in line and line.endswith(b"\n")]
        entries = [_ENTRY.decode(line) for line in lines]
    except (OSError, CustodyError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}
    return {entry.seq: entry for entry in entries if entry.action == ACTION}


def stand_by(records: Records, bodies: Mapping[int, Record]) -> dict[int, str]:
    """Write each segment that holds one of these numbers beside itself, with the new bodies. Raises OSError, CustodyError.

    Returns the sha256 of each as stored, by the number of its first record: the log of an encrypted case names segments by it.
    """
    written: dict[int, str] = {}
    for segment in records.segments() if bodies else ():
        before = list(read_segment(segment, records.sealing))
        after = [bodies.get(record.seq, record) for record in before]
        if after != before:
            content = records.segment_of(after)
            write_durably(_beside(segment), content)
            written[before[0].seq] = hashlib.sha256(content).hexdigest()
    return written


def exchange(records: Records, rewritten: Mapping[int, str]) -> int:
    """Put what stands by in its place where an entry commits to it, and zeros over what was there; how many segments. Raises OSError, CustodyError."""
    done = 0
    for fresh in sorted(records.folder.glob(f"*{STANDING_BY}")) if records.folder.is_dir() else ():
        segment = fresh.with_name(fresh.name.removesuffix(STANDING_BY))
        if not _is_recorded(records, fresh, segment, rewritten):
            continue
        with segment.open("r+b") as old:
            fresh.replace(segment)
            sync_folder(records.folder)
            overwrite(old.fileno())
        done += 1
    return done


def _is_recorded(records: Records, fresh: Path, segment: Path, rewritten: Mapping[int, str]) -> bool:
    """Whether every body that differs from the one in place is one that an entry commits to."""
    pairs = zip(read_segment(segment, records.sealing), read_segment(fresh, records.sealing), strict=True)
    return all(new == old or (isinstance(new, Record) and rewritten.get(new.seq) == new.commitment) for old, new in pairs)


def _beside(segment: Path) -> Path:
    return segment.with_name(segment.name + STANDING_BY)
