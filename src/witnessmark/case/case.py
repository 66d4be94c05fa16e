"""An open case: its logs, its vault and its database, and the one way anything comes to be recorded.

`record` writes deeds to the logs and draws the same deeds into the database, which is how a rebuilt database comes out
the same. A database that is behind its logs (a crash, a deleted file) is caught up when the case is opened.
"""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

import msgspec

from witnessmark.case.clock import now
from witnessmark.case.findings import derive_findings
from witnessmark.case.folder import FORMAT_VERSION, CaseFolder
from witnessmark.case.lock import write_lock
from witnessmark.errors import CustodyError, StorageError
from witnessmark.ledger.heads import write_heads
from witnessmark.ledger.log import Log
from witnessmark.ledger.records import Record
from witnessmark.model.deed import CaseOpened, CaseWeighed, Deed, action_of, stream_of
from witnessmark.model.entry import Entry, Stream
from witnessmark.preserve.vault import Vault
from witnessmark.store import queries
from witnessmark.store.database import Connection, Database
from witnessmark.store.members import key_of
from witnessmark.store.projection import apply, replace_findings

Tell = Callable[[str], None]
"""How a long piece of work says where it stands: one line for the person."""

_DEED = msgspec.json.Decoder(Deed)


class Case:
    """One case, open. Get one from `open_case`, which holds the write lock where writing is meant."""

    def __init__(self, folder: CaseFolder, member: str) -> None:
        """Open the parts; `member` is the name under which the roster knows whoever works."""
        self.folder = folder
        self.settings = folder.settings()
        self.vault = Vault(folder.vault)
        self.logs = {stream: Log(folder.root, stream) for stream in Stream}
        self.database = Database(folder.database)
        self._member = member
        self._actor: str | None = None

    def record(self, deeds: Sequence[Deed]) -> None:
        """Write deeds to the logs, durably, then draw them. Raises StorageError with none of them acknowledged."""
        at = now()
        entries: list[Entry] = []
        try:
            for stream, run in groupby(deeds, key=stream_of):
                entries += self.logs[stream].append([(action_of(deed), deed) for deed in run], at=at, actor=self.actor)
            write_heads(self.folder.root, tuple(self.logs.values()))
        except OSError as error:
            raise StorageError(
                f"The log in {self.folder.root} cannot be written: {error.strerror or error}. Free some space or mend the disk, then run the command again."
            ) from error
        with self.database.transaction() as connection:
            for entry, deed in zip(entries, deeds, strict=True):
                apply(connection, entry, deed)

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """A connection for `store.queries`."""
        with self.database.reading() as connection:
            yield connection

    def catch_up(self) -> None:
        """Draw what the logs hold and the database does not yet."""
        for stream in Stream:
            start = self._drawn(stream)
            weighed = max((e.seq for e in self.logs[stream].entries(start) if e.action == CaseWeighed.__struct_config__.tag), default=-1)
            for batch in _batches(self.logs[stream].entries_with_records(start)):
                with self.database.transaction() as connection:
                    for entry, record in batch:
                        apply(connection, entry, _DEED.decode(record.body))
                        if entry.seq == weighed:
                            replace_findings(connection, *derive_findings(connection))

    def is_behind(self) -> bool:
        """Whether the database lacks entries the logs hold. Raises CaseError where it is ahead of them."""
        for stream, log in self.logs.items():
            drawn = self._drawn(stream)
            if drawn > log.size:
                raise CustodyError(
                    f"The {stream} log holds {log.size} entries, the database knew {drawn}: entries were removed. Restore ledger/ from a copy; `witnessmark verify {self.folder.root}` tells more."
                )
            if drawn < log.size:
                return True
        return False

    def recover(self) -> None:
        """Finish what a crash interrupted, in the logs, the vault and the database. Needs the write lock."""
        for log in self.logs.values():
            log.recover()
        self.catch_up()
        with self.asking() as connection:
            self.vault.settle(lambda sha256: queries.is_held(connection, sha256))

    @property
    def actor(self) -> str:
        """The pseudonymous key of whoever works."""
        self._actor = self._actor or key_of(self.folder.roster, self._member, at=now())
        return self._actor

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def _drawn(self, stream: Stream) -> int:
        with self.asking() as connection:
            return queries.drawn(connection, stream)


def create_case(root: Path, *, title: str | None = None, member: str | None = None) -> None:
    """Lay out a new case at `root`. Raises CaseError where something is there already, StorageError where it cannot be written."""
    folder = CaseFolder(root)
    title = title or root.resolve().name
    try:
        folder.lay_out(title)
    except OSError as error:
        raise StorageError(f"{root} cannot be written: {error.strerror or error}.") from error
    with write_lock(folder.lock, "new"):
        case = Case(folder, member or default_member())
        try:
            case.record([CaseOpened(title, FORMAT_VERSION)])
        finally:
            case.close()


@contextmanager
def open_case(root: Path, *, write: str | None = None, member: str | None = None, tell: Tell = lambda _: None) -> Iterator[Case]:
    """Open the case at `root`. `write` names the command that means to write: it then holds the write lock.

    Raises CaseError where this is no case, CaseBusyError where another process keeps writing, CustodyError where the
    logs are damaged.
    """
    folder = CaseFolder(root)
    folder.settings()
    if write is not None:
        with write_lock(folder.lock, write, tell=tell):
            yield from _opened(folder, member, recover=True)
    else:
        yield from _opened(folder, member, recover=False)


def _opened(folder: CaseFolder, member: str | None, *, recover: bool) -> Iterator[Case]:
    case = Case(folder, member or default_member())
    try:
        if recover:
            case.recover()
        elif case.is_behind():
            with write_lock(folder.lock, "catching up"):
                case.catch_up()
        yield case
    finally:
        case.close()


def rebuild_case(root: Path, *, tell: Tell = lambda _: None) -> None:
    """Delete `case.db` and draw it again from the logs and records."""
    folder = CaseFolder(root)
    folder.settings()
    with write_lock(folder.lock, "rebuild", tell=tell):
        for path in (folder.database, *folder.root.glob(folder.database.name + "-*")):
            path.unlink(missing_ok=True)
        case = Case(folder, default_member())
        try:
            case.recover()
        finally:
            case.close()


def default_member() -> str:
    """The name this computer knows its user by; "unnamed" where it knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unnamed"


def _batches(pairs: Iterable[tuple[Entry, Record]], size: int = 500) -> Iterator[list[tuple[Entry, Record]]]:
    batch: list[tuple[Entry, Record]] = []
    for pair in pairs:
        batch.append(pair)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
