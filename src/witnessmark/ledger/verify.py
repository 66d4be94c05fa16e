"""Checking a log from its files alone: entries canonical and in order, root as in the heads file, every body the committed one.

Nothing here trusts the database or stops at the first fault: each damaged, missing or additional thing is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from witnessmark.errors import CustodyError
from witnessmark.ledger.heads import read_heads
from witnessmark.ledger.log import Log
from witnessmark.ledger.merkle import CompactRange, leaf_hash
from witnessmark.ledger.records import Record, read_segment
from witnessmark.model.canonical import canonical_json
from witnessmark.model.entry import Entry, Stream
from witnessmark.model.verdict import Check, Verdict


def check_logs(case: Path) -> Iterator[Check]:
    """Check both logs of a case folder, their heads and their records."""
    for stream in Stream:
        log = Log(case, stream)
        yield from _check_head(case, log)
        yield from _check_entries(log)
        yield from _check_records(log)
    yield Check(
        "roll-back",
        Verdict.NOT_CHECKED,
        "Whether both logs were cut back or rewritten together with their heads file cannot be seen without a head kept outside this folder.",
    )


def _check_head(case: Path, log: Log) -> Iterator[Check]:
    subject = f"ledger/{log.stream}"
    try:
        head = next((h for h in read_heads(case) if h.stream == log.stream), None)
    except CustodyError as error:
        yield Check(subject, Verdict.FAIL, str(error))
        return
    if head is None or head.size > log.size:
        yield Check(
            subject,
            Verdict.FAIL,
            f"The log holds {log.size} entries; the heads file says {head.size if head else 'nothing of it'}. Entries were removed.",
        )
        return
    prefix = CompactRange(leaf_hash(line) for line, _ in zip(log.lines(), range(head.size), strict=False))
    if prefix.root.hex() != head.root:
        yield Check(
            subject,
            Verdict.FAIL,
            f"The first {head.size} entries do not give the recorded root: an entry was altered, reordered or replaced.",
        )
    else:
        yield Check(subject, Verdict.PASS, f"{head.size} entries give the recorded root {head.root[:16]}….")
    if log.size > head.size:
        yield Check(
            subject,
            Verdict.NOT_CHECKED,
            f"{log.size - head.size} entries are newer than the heads file (an interrupted append, or added by hand).",
        )


def _check_entries(log: Log) -> Iterator[Check]:
    for number, line in enumerate(log.lines()):
        subject = f"ledger/{log.stream} entry {number}"
        try:
            entry = msgspec.json.decode(line, type=Entry)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield Check(subject, Verdict.FAIL, f"Not an entry: {error}.")
            continue
        if entry.seq != number or entry.stream != log.stream or canonical_json(entry) != line:
            yield Check(subject, Verdict.FAIL, "The entry is out of place or not in canonical form.")
    torn = log.file.stat().st_size - sum(len(line) + 1 for line in log.lines()) if log.file.exists() else 0
    if torn:
        yield Check(
            f"ledger/{log.stream}",
            Verdict.NOT_CHECKED,
            f"{torn} bytes after the last whole entry: an append that never finished; the next write removes them.",
        )


def _check_records(log: Log) -> Iterator[Check]:
    wanted = {entry.seq: entry for entry in _decodable(log)}
    found: set[int] = set()
    faults = 0
    subject = f"records/{log.stream}"
    for segment in log.records.segments():
        try:
            for record in read_segment(segment):
                found.add(record.seq)
                check = _check_record(f"{subject}/{segment.name} record {record.seq}", record, wanted.get(record.seq), log.size)
                if check:
                    faults += 1
                    yield check
        except CustodyError as error:
            faults += 1
            yield Check(f"{subject}/{segment.name}", Verdict.FAIL, str(error))
    for seq in sorted(wanted.keys() - found):
        faults += 1
        yield Check(f"{subject} record {seq}", Verdict.FAIL, f"The body of entry {seq} ({wanted[seq].action}) is missing.")
    known = {segment.name for segment in log.records.segments()}
    for path in sorted(log.records.folder.iterdir()) if log.records.folder.is_dir() else ():
        if path.name not in known:
            faults += 1
            yield Check(f"{subject}/{path.name}", Verdict.FAIL, "A file that no append has written.")
    if wanted and not faults:
        yield Check(subject, Verdict.PASS, f"{len(wanted)} bodies are the ones their entries committed to.")


def _check_record(subject: str, record: Record, entry: Entry | None, size: int) -> Check | None:
    if entry is None and record.seq >= size:
        return Check(subject, Verdict.NOT_CHECKED, "A body newer than the log: an append that never finished; the next write removes it.")
    if entry is None:
        return Check(subject, Verdict.FAIL, "A body that belongs to no readable entry.")
    if record.commitment != entry.commitment:
        return Check(subject, Verdict.FAIL, f"The body is not the one entry {entry.seq} ({entry.action}) committed to.")
    return None


def _decodable(log: Log) -> Iterator[Entry]:
    for line in log.lines():
        try:
            yield msgspec.json.decode(line, type=Entry)
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue
