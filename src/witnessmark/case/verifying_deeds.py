"""What the sound records of a case say, for the checks of everything besides the logs: what was received, and what was published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from witnessmark.case.disposed import disposed_bodies
from witnessmark.ledger.survey import Survey, sound_records
from witnessmark.ledger.untrusted import shown
from witnessmark.model.deed import (
    REWRITABLE,
    CaseOpened,
    CaseUpgraded,
    CheckpointMade,
    Deed,
    DossierPublished,
    ItemDisposed,
    ItemReceived,
    PersonErased,
    SigningBegan,
    action_of,
    stream_of,
)
from witnessmark.model.entry import Entry, Stream
from witnessmark.model.verdict import Check, Verdict

_DEED = msgspec.json.Decoder(Deed)


class Received(msgspec.Struct, frozen=True):
    """How many bytes an original was when it was first received, by which custody entry, and what people call it (I3, file name).

    `address` is the sha256 of its bytes as last stored, where that is not its own; `blake3` its second digest, where one is recorded.
    """

    size: int
    seq: int
    called: str
    address: str | None = None
    blake3: str | None = None


class Taken(msgspec.Struct, frozen=True):
    """A custody entry by which bodies were replaced (a person erased) or destroyed (an item disposed of), and their numbers in each log; `item` is the one disposed of, None for an erasure."""

    entry: Entry
    bodies: dict[Stream, tuple[int, ...]]
    item: str | None = None


class Recorded(msgspec.Struct):
    """What the records say; `unread` names the entries of each log whose body is lost, altered or no deed."""

    opened: CaseOpened | None = None
    upgraded: tuple[int, CaseUpgraded] | None = None
    received: dict[str, Received] = {}
    published: tuple[int, DossierPublished] | None = None
    signing: list[SigningBegan] = []
    checkpoints: list[CheckpointMade] = []
    unread: dict[Stream, set[int]] = {}
    disposed: dict[str, ItemDisposed] = {}
    drafts_erased: int = 0
    taken: list[Taken] = []

    @property
    def format_version(self) -> int | None:
        """The format the case is in by its records, None where the entry that opened it cannot be read."""
        if self.upgraded is not None:
            return self.upgraded[1].after
        return self.opened.format_version if self.opened else None

    def is_complete(self, survey: Survey) -> bool:
        """Whether everything in that log was read."""
        return survey.complete and not self.unread[survey.stream]

    @property
    def drafts_disposed(self) -> int:
        """How long the analysis log was when something was last disposed of: dossiers published before that may show it."""
        return max((*(deed.drafts for deed in self.disposed.values()), self.drafts_erased))

    def misses(self, survey: Survey, action: str, *, after: int = -1) -> bool:
        """Whether an act of this kind may have been recorded behind entry `after` and cannot be read."""
        lost = (survey.entry(seq) for seq in self.unread[survey.stream] if seq > after)
        return not survey.whole or any(entry is None or entry.action == action for entry in lost)


def read_recorded(case: Path, surveys: Mapping[Stream, Survey], recorded: Recorded) -> Iterator[Check]:
    """Read all sound bodies into `recorded`; a check for each that is not the deed its entry names."""
    for stream, survey in surveys.items():
        recorded.unread[stream] = set(range(len(survey.entries)))
        for entry, record in sound_records(case, survey):
            try:
                deed = decode_deed(entry, bytes(record.body))
            except ValueError as error:
                yield Check(f"records/{stream} record {entry.seq}", Verdict.FAIL, str(error))
                continue
            recorded.unread[stream].discard(entry.seq)
            _note(recorded, entry, deed)
    yield from _check_disposed(surveys, recorded)
    yield from _check_replaced(surveys, recorded)


def _check_replaced(surveys: Mapping[Stream, Survey], recorded: Recorded) -> Iterator[Check]:
    """An erasure replaces bodies that can hold a name, and that were there before it; one that says more was written by hand."""
    for taken in recorded.taken:
        for stream, seqs in taken.bodies.items() if taken.item is None else ():
            for seq in seqs:
                entry = surveys[stream].entry(seq)
                if entry is None or entry.action not in REWRITABLE or (stream is Stream.CUSTODY and seq >= taken.entry.seq):
                    said = shown(entry.action) if entry is not None else "no entry"
                    yield Check(
                        f"records/{stream} record {seq}",
                        Verdict.FAIL,
                        f"Custody entry {taken.entry.seq} says that its body ({said}) was replaced when somebody was erased, which no erasure does.",
                    )


def _check_disposed(surveys: Mapping[Stream, Survey], recorded: Recorded) -> Iterator[Check]:
    """Bodies that are gone only where a decision to dispose names them, and gone wherever one does."""
    allowed = disposed_bodies(recorded.disposed.values())
    for stream, survey in surveys.items():
        for seq in sorted(survey.disposed - allowed[stream]):
            yield Check(
                f"records/{stream} record {seq}", Verdict.FAIL, "The body was removed, and no decision to dispose of it is on record."
            )
        recorded.unread[stream] -= survey.disposed & allowed[stream]
        for seq in sorted(allowed[stream] & survey.sound):
            yield Check(
                f"records/{stream} record {seq}",
                Verdict.FAIL,
                "The body was disposed of by decision and is still there; the next command that writes destroys it.",
            )


def decode_deed(entry: Entry, body: bytes) -> Deed:
    """The deed an entry's body is. Raises ValueError where it is none, or another than the entry says."""
    try:
        deed: Deed = _DEED.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"The body is nothing this program records: {shown(str(error))}.") from error
    if action_of(deed) != entry.action or stream_of(deed) != entry.stream:
        raise ValueError(f"The entry says {shown(entry.action)}, its body {action_of(deed)}.")
    return deed


def _note(recorded: Recorded, entry: Entry, deed: Deed) -> None:
    if isinstance(deed, ItemReceived):
        first = recorded.received.get(deed.receipt.item)
        if first is None:
            called = f"{deed.label.number if deed.label else 'an item'}, received as {deed.receipt.name}"
            recorded.received[deed.receipt.item] = Received(deed.size, entry.seq, called, deed.address, deed.blake3)
        else:
            recorded.received[deed.receipt.item] = msgspec.structs.replace(
                first, address=deed.address or first.address, blake3=first.blake3 or deed.blake3
            )
    elif isinstance(deed, ItemDisposed):
        recorded.disposed.setdefault(deed.item, deed)
        recorded.taken.append(Taken(entry, {Stream.CUSTODY: deed.custody, Stream.ANALYSIS: deed.analysis}, deed.item))
    elif isinstance(deed, PersonErased):
        recorded.drafts_erased = max(recorded.drafts_erased, deed.drafts)
        bodies = {stream: tuple(int(seq) for seq in named if seq.isdecimal()) for stream, named in deed.rewritten.items()}
        recorded.taken.append(Taken(entry, bodies))
    elif isinstance(deed, CaseOpened):
        recorded.opened = recorded.opened or deed
    elif isinstance(deed, CaseUpgraded):
        recorded.upgraded = (entry.seq, deed)
    elif isinstance(deed, DossierPublished):
        recorded.published = (entry.seq, deed)
    elif isinstance(deed, SigningBegan):
        recorded.signing.append(deed)
    elif isinstance(deed, CheckpointMade):
        recorded.checkpoints.append(deed)
