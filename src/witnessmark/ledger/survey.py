"""What verifying found of one log: its readable entries, and whose bodies are the committed ones.

Later checks (the vault, the dossier, the database) go on from here, so that they believe nothing that was not checked
before and know whether they see all of it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import msgspec

from witnessmark.errors import CustodyError
from witnessmark.ledger.records import SEALED_SEGMENT, SEGMENT, Record, Sealing, Tombstone, record_of, segment_name
from witnessmark.ledger.untrusted import list_plain, open_plain, shown, verdict_on
from witnessmark.model.canonical import canonical_json
from witnessmark.model.entry import Entry, Stream
from witnessmark.model.verdict import Verdict
from witnessmark.model.view import LogHead

_SALT_DIGITS = 64


class Replaced(msgspec.Struct, frozen=True):
    """A body that took the place of another when somebody was erased: its commitment, and the custody entry that says so."""

    commitment: str
    by: Entry


class Survey(msgspec.Struct):
    """One log as found. `entries` holds None where a line is no entry; `torn` counts bytes after the last whole line.

    `opened` is false where the log could not be read at all, `whole` where it is damaged or shorter than its head,
    `ordered` where its records are not as written.
    `sound` holds the numbers of the entries whose body was found and is the committed one, `disposed` of those where a tombstone stands in its place, `leaves`
    the hashes of all lines, entries or not. `sealed` says that the records are encrypted, `sealing` opens them and is None while the case is locked. `replaced` are
    the bodies that took the place of others when somebody was erased, as entries say, `exchanged` the numbers of those that were found in their place.
    """

    stream: Stream
    head: LogHead | None = None
    entries: list[Entry | None] = []
    leaves: list[bytes] = []
    torn: int = 0
    opened: bool = True
    whole: bool = True
    ordered: bool = True
    sound: set[int] = set()
    disposed: set[int] = set()
    replaced: dict[int, Replaced] = {}
    exchanged: set[int] = set()
    sealed: bool = False
    sealing: Sealing | None = None

    @property
    def locked(self) -> bool:
        """Whether the records are encrypted and nothing is at hand to open them."""
        return self.sealed and self.sealing is None

    @property
    def ending(self) -> str:
        """How the names of this log's segments end."""
        return SEALED_SEGMENT if self.sealed else SEGMENT

    @property
    def complete(self) -> bool:
        """Whether all that was ever acknowledged in this log could be read, as far as this folder tells."""
        return self.whole and self.ordered and len(self.sound) + len(self.disposed) == len(self.entries)

    def is_newer(self, seq: int) -> bool:
        """Whether entry `seq` lies beyond the head as it was read first."""
        return self.head is not None and seq >= self.head.size

    def commits_to(self, entry: Entry, commitment: str) -> bool:
        """Whether the entry, or an erasure after it, commits to a body."""
        replaced = self.replaced.get(entry.seq)
        return commitment == entry.commitment or (replaced is not None and commitment == replaced.commitment)

    def entry(self, seq: int) -> Entry | None:
        """Entry number `seq`, None where there is none that can be read."""
        return self.entries[seq] if 0 <= seq < len(self.entries) else None


class Damage(msgspec.Struct, frozen=True):
    """A line of a segment that is no record: its number from 1, what is wrong, and how that is to be judged."""

    line: int
    verdict: Verdict
    fault: str


def segments(case: Path, survey: Survey) -> list[str]:
    """The names of the segments of a log, in order. Raises CustodyError, OSError."""
    return [found.name for found in list_plain(case, f"records/{survey.stream}") if found.name.endswith(survey.ending)]


def is_one_append(case: Path, survey: Survey) -> bool:
    """Whether all entries of the log came in one append: no second segment begins before its end."""
    try:
        later = segments(case, survey)[1:2]
    except (OSError, CustodyError):
        return False
    return not later or later[0].rpartition("/")[2] >= segment_name(len(survey.entries), survey.ending)


def read_records(case: Path, segment: str, sealing: Sealing | None = None) -> Iterator[Record | Tombstone | Damage]:
    """The records of one segment, line by line, each damaged line as what it is; a segment that cannot be opened as one."""
    try:
        with open_plain(case, segment) as stored:
            for number, line in enumerate(stored if sealing is None else io.BytesIO(sealing.open(stored.read())), 1):
                yield _read(number, line)
    except (OSError, CustodyError) as error:
        yield Damage(0, *verdict_on(error))


def _read(number: int, line: bytes) -> Record | Tombstone | Damage:
    try:
        record = record_of(line)
        as_written = canonical_json(record) + b"\n" == line and (isinstance(record, Tombstone) or len(record.salt) == _SALT_DIGITS)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return Damage(number, Verdict.FAIL, f"Line {number} is no record: {shown(str(error))}.")
    return record if as_written else Damage(number, Verdict.FAIL, f"Line {number} is not as it was written.")


def sound_records(case: Path, survey: Survey) -> Iterator[tuple[Entry, Record]]:
    """The entries whose body is the committed one, with that body, each once and in the order of the segments."""
    return ((entry, record) for entry, record in sound_entries(case, survey) if record is not None)


def sound_entries(case: Path, survey: Survey) -> Iterator[tuple[Entry, Record | None]]:
    """The same with the entries whose body was disposed of, which have None."""
    rest = survey.sound | survey.disposed
    if survey.locked:
        return
    try:
        names = segments(case, survey)
    except (OSError, CustodyError):
        return
    for name in names:
        for record in read_records(case, name, survey.sealing):
            entry = None if isinstance(record, Damage) else survey.entry(record.seq)
            if isinstance(record, Damage) or entry is None or record.seq not in rest:
                continue
            if isinstance(record, Tombstone):
                rest.discard(record.seq)
                yield entry, None
            elif survey.commits_to(entry, record.commitment):
                rest.discard(record.seq)
                yield entry, record
