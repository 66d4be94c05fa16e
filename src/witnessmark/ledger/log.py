"""One append-only log: a file of canonical JSON entries, a line each, and the records they commit to.

An append writes the bodies first, then the entries, and returns when both are on disk; a crash in between leaves bodies
nobody acknowledged, which the next writer trims. The log file is only ever appended to; the one thing ever removed is a
last line that a crash cut short. All of it can be read and checked with no database.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from witnessmark.durable import append_durably
from witnessmark.errors import CustodyError
from witnessmark.ledger.merkle import CompactRange, leaf_hash
from witnessmark.ledger.records import Record, Records, Tombstone, new_records
from witnessmark.model.canonical import canonical_json
from witnessmark.model.entry import Entry, Stream
from witnessmark.model.view import LogHead

_ENTRY = msgspec.json.Decoder(Entry)


class Log:
    """The log of one stream of a case folder. Only the holder of the case's write lock may `recover` and `append`."""

    def __init__(self, case: Path, stream: Stream) -> None:
        """Read where the log stands. Raises CustodyError where a whole line is no entry."""
        self.stream = stream
        self.file = case / "ledger" / stream / "log.jsonl"
        self.records = Records(case / "records" / stream)
        self.rewritten: Mapping[int, str] = {}
        self._range = CompactRange(map(leaf_hash, self.lines()))

    @property
    def size(self) -> int:
        """How many entries the log holds."""
        return self._range.size

    @property
    def head(self) -> LogHead:
        """Size and root now."""
        return LogHead(self.stream, self.size, self._range.root.hex())

    def recover(self) -> None:
        """Finish what a crash interrupted: cut a torn last line, drop records of entries that were never written."""
        self.records.trim(self.size)
        if self.file.exists():
            whole = sum(len(line) + 1 for line in self.lines())
            if whole < self.file.stat().st_size:
                with self.file.open("r+b") as file:
                    file.truncate(whole)
                    os.fsync(file.fileno())

    def prepare(self, acts: Sequence[tuple[str, Any]], *, at: str, actor: str) -> list[tuple[Entry, Record]]:
        """The entries and records of these (action, body) pairs as they would be appended now; nothing is written."""
        records = new_records(self.size, [body for _, body in acts])
        stream = self.stream
        return [
            (Entry(stream, record.seq, at, actor, action, commitment), record)
            for (action, _), (record, commitment) in zip(acts, records, strict=True)
        ]

    def append(self, prepared: Sequence[tuple[Entry, Record]]) -> None:
        """Write what was prepared, durably and in one commit. Raises OSError with nothing of it written."""
        if not prepared:
            return
        lines = [canonical_json(entry) for entry, _ in prepared]
        self.records.write([record for _, record in prepared])
        self.file.parent.mkdir(parents=True, exist_ok=True)
        append_durably(self.file, b"".join(line + b"\n" for line in lines))
        self._range.extend(map(leaf_hash, lines))

    def root_at(self, size: int) -> str:
        """The root (64 hex digits) the log had when it held `size` entries."""
        return CompactRange(map(leaf_hash, islice(self.lines(), size))).root.hex()

    def lines(self) -> Iterator[bytes]:
        """The entries' canonical bytes, without line ends; a torn last line is not an entry."""
        if not self.file.exists():
            return
        with self.file.open("rb") as file:
            for line in file:
                if line.endswith(b"\n"):
                    yield line[:-1]

    def holds_action(self, action: str) -> bool:
        """Whether any entry is of this action; quicker than reading them."""
        mark = f'"action":"{action}"'.encode()
        return any(mark in line for line in self.lines())

    def entries(self, start: int = 0) -> Iterator[Entry]:
        """The entries from number `start` on. Raises CustodyError naming a line that is none."""
        for number, line in enumerate(self.lines()):
            if number >= start:
                yield self._entry(number, line)

    def _entry(self, number: int, line: bytes) -> Entry:
        try:
            return _ENTRY.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise CustodyError(
                f"Line {number + 1} of ledger/{self.stream}/log.jsonl is damaged ({error}). Run `witnessmark verify` on a copy of the case and restore that file."
            ) from error

    def _is_body(self, record: Record, entry: Entry) -> bool:
        """Whether a record is the body an entry committed to, or the one that took its place when somebody was erased."""
        return record.seq == entry.seq and record.commitment in {entry.commitment, self.rewritten.get(entry.seq)}

    def entries_with_records(self, start: int = 0) -> Iterator[tuple[Entry, Record]]:
        """Entries and bodies side by side from number `start` on, those disposed of left out. Raises CustodyError where a body is missing or not the committed one."""
        return ((entry, record) for entry, record in self.entries_with_bodies(start) if record is not None)

    def entries_with_bodies(self, start: int = 0) -> Iterator[tuple[Entry, Record | None]]:
        """The same with every entry: None for a body that was disposed of. Whether that was decided is for the caller to ask."""
        records = (record for record in self.records.read() if record.seq >= start)
        for entry in self.entries(start):
            record = next(records, None)
            if isinstance(record, Tombstone) and record.seq == entry.seq:
                yield entry, None
                continue
            if record is None or isinstance(record, Tombstone) or not self._is_body(record, entry):
                raise CustodyError(
                    f"The body of entry {entry.seq} ({entry.action}) in records/{self.stream}/ is missing or altered. Run `witnessmark verify` to see all that is."
                )
            yield entry, record
