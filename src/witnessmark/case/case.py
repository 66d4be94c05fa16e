"""An open case: its logs, its vault and its database, and the one way anything comes to be recorded.

`record` writes deeds to the logs and draws the same deeds into the database, which is how a rebuilt database comes out
the same. A database that is behind its logs (a crash, a deleted file) is caught up when the case is opened.
"""

from __future__ import annotations

import getpass
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from witnessmark.case.access import Access, access_to
from witnessmark.case.clock import now
from witnessmark.case.disposed import destroy_disposed, destroy_dossier, disposals_on_record, disposed_bodies
from witnessmark.case.exchange import is_as_published, settle_dossier
from witnessmark.case.folder import FORMAT_VERSION, CaseFolder, refuse_occupied
from witnessmark.case.lock import write_lock
from witnessmark.case.private_place import private_places, wipe
from witnessmark.case.sealed_dossier import holds_published
from witnessmark.case.sealed_keys import add_opener, keep_unlocked, new_keys
from witnessmark.case.sealed_names import standing_forms
from witnessmark.case.telling import Standing, Tell
from witnessmark.durable import sync_folder
from witnessmark.errors import CaseError, CustodyError, StorageError
from witnessmark.ledger.erasing import exchange as exchange_bodies
from witnessmark.ledger.erasing import rewritten_in
from witnessmark.ledger.heads import read_heads, refuse_to_go_on, write_heads
from witnessmark.ledger.log import NO_BLOBS, Blobs, Log
from witnessmark.ledger.records import Record
from witnessmark.model.deed import (
    CaseOpened,
    CaseWeighed,
    Deed,
    ItemDisposed,
    ItemReceived,
    KeysChanged,
    PersonErased,
    SegmentsRenewed,
    action_of,
    stream_of,
)
from witnessmark.model.entry import Entry, Stream
from witnessmark.preserve.vault import Vault
from witnessmark.store import queries
from witnessmark.store.database import Connection, Database
from witnessmark.store.findings import replace_findings
from witnessmark.store.members import key_of
from witnessmark.store.projection import apply_all
from witnessmark.store.sealing import is_masked_as_decided, set_mask

_DEED = msgspec.json.Decoder(Deed)


class Case:
    """One case, open. Get one from `open_case`, which holds the write lock where writing is meant."""

    def __init__(self, folder: CaseFolder, member: str, access: Access | None = None) -> None:
        """Open the parts; `member` is the name under which the roster knows whoever works.

        `access` opens an encrypted case that is locked for all others; an unlocked one is opened without. Raises LockedError.
        """
        self.folder = folder
        self.settings = folder.settings()
        self.access = access or access_to(folder)
        cipher, work = (self.access.cipher, self.access.work) if self.access is not None else (None, None)
        self.vault = Vault(folder.vault, cipher, addresses=self._address_of, work=work)
        self.logs = {stream: self._log(stream) for stream in Stream}
        self._note_rewritten()
        self.database = Database(folder.database, key=self.database_key)
        self._member = member
        self._actor: str | None = None

    def record(self, deeds: Sequence[Deed], *, then: Callable[[Connection], None] = lambda _: None) -> None:
        """Draw deeds of one log, write them to it durably, and make the drawing last; `then` draws what follows from them.

        Raises StorageError: either nothing was recorded, or all was and only the database lags behind; it says which.
        """
        if not deeds:
            return
        (stream,) = {stream_of(deed) for deed in deeds}
        log = self.logs[stream]
        acts, blobs = [(action_of(deed), deed) for deed in deeds], [self._blobs_of(deed) for deed in deeds]
        prepared = log.prepare(acts, at=now(), actor=self.actor, blobs=blobs)
        with self.database.transaction() as connection:
            apply_all(connection, [(entry, deed) for (entry, _), deed in zip(prepared, deeds, strict=True)])
            then(connection)
            try:
                log.append(prepared)
            except OSError as error:
                raise StorageError(
                    f"{log.file} cannot be written: {error.strerror or error}. Nothing of this step was recorded; free some space, then run the command again."
                ) from error
        self._write_heads()
        self.mask_as_decided()

    def _write_heads(self) -> None:
        try:
            write_heads(self.folder.root, tuple(self.logs.values()))
        except OSError as error:
            raise StorageError(
                f"All of this step is recorded, but ledger/heads.json cannot be written: {error.strerror or error}. Free some space; nothing need be repeated."
            ) from error

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """A connection for `store.queries`."""
        with self.database.reading() as connection:
            yield connection

    def catch_up(self, *, tell: Tell = lambda _: None) -> None:
        """Draw what the logs hold and the database does not yet; a new one masks those who are sealed."""
        if not any(self._drawn(stream) for stream in Stream):
            with self.database.transaction() as connection:
                set_mask(connection, standing_forms(self.logs[Stream.ANALYSIS]))
        self.draw(tell=tell)

    def draw(self, *, tell: Tell = lambda _: None) -> None:
        """Draw what the logs hold and the database does not yet, masked as the database says."""
        starts = {stream: self._drawn(stream) for stream in Stream}
        allowed = disposed_bodies(disposals_on_record(self.logs[Stream.CUSTODY]))
        done, total = 0, sum(self.logs[stream].size - start for stream, start in starts.items())
        for stream, start in starts.items():
            weighed = max((e.seq for e in self.logs[stream].entries(start) if e.action == CaseWeighed.__struct_config__.tag), default=-1)
            for batch in _batches(self.logs[stream].entries_with_bodies(start)):
                with self.database.transaction() as connection:
                    for run in _up_to(weighed, batch):
                        self._draw(connection, run, allowed[stream])
                        done += len(run)
                        tell(Standing("entries drawn", done, total))
                        if run[-1][0].seq == weighed:
                            from witnessmark.case.findings import weigh_on

                            replace_findings(connection, *weigh_on(connection, tell=tell))

    def mask_as_decided(self) -> None:
        """Draw the database anew where it masks others than those who are sealed now: into a new file, so that no page of the old one keeps a name."""
        with self.asking() as connection:
            masked = is_masked_as_decided(connection)
        if not masked:
            self.redraw()

    def _draw(self, connection: Connection, run: Sequence[tuple[Entry, Record | None]], allowed: Collection[int]) -> None:
        """Draw entries in their order; one without a body only where a decision to dispose names it."""
        for entry, record in run:
            if record is None and entry.seq not in allowed:
                raise CustodyError(
                    f"The body of entry {entry.seq} ({entry.action}) in records/{entry.stream}/ was removed, and no decision to dispose of it is on record. "
                    "Restore records/ from a copy of the case."
                )
        apply_all(connection, [(entry, _DEED.decode(record.body) if record is not None else None) for entry, record in run])

    def redraw(self) -> None:
        """Destroy the database and draw it again, so that nothing of what was disposed of is left in it."""
        self.database.close()
        self.folder.destroy_database()
        self.database = Database(self.folder.database, key=self.database_key)
        self.catch_up()

    def is_behind(self) -> bool:
        """Whether the database lacks entries the logs hold. Raises CustodyError where it knows more than they do."""
        for stream in Stream:
            drawn = self._drawn(stream)
            if drawn > self.logs[stream].size:
                self.logs[stream] = self._log(stream)  # a writer may have gone on since the log was read
                self._note_rewritten()
            size = self.logs[stream].size
            if drawn > size:
                raise CustodyError(
                    f"The {stream} log holds {size} entries, the database knew {drawn}: entries were removed. Restore ledger/ from a copy; "
                    f"`witnessmark verify {self.folder.root}` tells more."
                )
            if drawn < size:
                return True
        return False

    def recover(self, *, tell: Tell = lambda _: None) -> None:
        """Finish what a crash interrupted, in the logs, the vault, the database and the dossier. Needs the write lock.

        Raises CustodyError, with nothing written, where the logs are not what was recorded.
        """
        logs = tuple(self.logs.values())
        refuse_to_go_on(self.folder.root, logs)
        self.is_behind()
        acknowledged = {head.stream: head.size for head in read_heads(self.folder.root)}
        erased = self.finish_erasures()
        for log in logs:
            log.recover(acknowledged[log.stream])
        self._write_heads()
        if erased:
            destroy_dossier(self.folder)
            self.redraw()
        self.catch_up(tell=tell)
        self.mask_as_decided()
        self.finish_disposals()
        with self.asking() as connection:
            held = queries.addresses(connection)
            published = queries.published_files(connection)
        self.vault.settle(lambda address: address in held)
        settle_dossier(self.folder.dossier, lambda folder: bool(published) and self.stores_dossier(folder, published))

    def stores_dossier(self, folder: Path, published: Mapping[str, str]) -> bool:
        """Whether a folder of the case stores just these pages (name to sha256), in the clear or encrypted."""
        if self.access is not None:
            return holds_published(self.access, folder, published)
        return is_as_published(folder, published)

    @property
    def dossier(self) -> Path:
        """Where the pages of the working draft are to be looked at: in an encrypted case, in memory while it is unlocked."""
        return self.access.dossier if self.access is not None else self.folder.dossier

    def finish_erasures(self) -> bool:
        """Put bodies without somebody's name in their places where an erasure on record commits to them; whether any waited. Raises OSError, CustodyError."""
        self._note_rewritten()
        exchanged = sum(exchange_bodies(log.records, log.rewritten) for log in self.logs.values()) > 0
        if self.access is None and self.logs[Stream.CUSTODY].rewritten.get(0) is not None:
            _, record = next(self.logs[Stream.CUSTODY].entries_with_records())
            opened = _DEED.decode(record.body)
            if isinstance(opened, CaseOpened):
                self.folder.state_title(opened.title)
        return exchanged

    def _note_rewritten(self) -> None:
        rewritten = rewritten_in(self.folder.root, self.access.cipher if self.access is not None else None)
        for stream, log in self.logs.items():
            log.rewritten = rewritten[stream]

    def finish_disposals(self) -> None:
        """Destroy what a decision on record says is disposed of and is still there. Raises StorageError; the next writer goes on with what was begun."""
        with self.asking() as connection:
            decided = queries.disposals(connection)
            unfinished = any(queries.is_held(connection, one.item) for one in decided)
        if not unfinished and not any(self.vault.is_there(one.item) for one in decided):
            return
        try:
            destroy_disposed(self.folder, self.logs, self.vault, lambda segments: self.record([SegmentsRenewed(segments)]))
            self.redraw()
        except OSError as error:
            raise StorageError(
                f"What was decided to be disposed of could not all be destroyed: {error.strerror or error}. The decision is on record; "
                "the next command that writes goes on with it."
            ) from error

    @property
    def actor(self) -> str:
        """The pseudonymous key of whoever works."""
        self._actor = self._actor or key_of(self.folder.roster, self._member, at=now(), database_key=self.database_key)
        return self._actor

    @property
    def database_key(self) -> str | None:
        """What opens the two databases of an encrypted case, None for a plain one."""
        return self.access.database_key if self.access is not None else None

    def close(self) -> None:
        """Let go of the database and of what the vault works with."""
        self.vault.close()
        self.database.close()

    def _log(self, stream: Stream) -> Log:
        return Log(self.folder.root, stream, self.access.cipher if self.access is not None else None)

    def _blobs_of(self, deed: Deed) -> Blobs:
        """What an entry says in the clear of the original its deed stored, so that a locked case can be verified; nothing in a plain case."""
        if self.access is None:
            return NO_BLOBS
        if isinstance(deed, SegmentsRenewed | PersonErased):
            return Blobs(renewed=deed.segments)
        if isinstance(deed, ItemDisposed):
            return Blobs(None, self._address_of(deed.item))
        if not isinstance(deed, ItemReceived) or deed.address is None:
            return NO_BLOBS
        return Blobs(deed.address, self._address_of(deed.receipt.item))

    def _address_of(self, sha256: str) -> str | None:
        with self.asking() as connection:
            return queries.address_of(connection, sha256)

    def _drawn(self, stream: Stream) -> int:
        with self.asking() as connection:
            return queries.drawn(connection, stream)


def create_case(
    root: Path, *, title: str | None = None, member: str | None = None, openers: Sequence[tuple[str, str]] = (), on_disk: bool = False
) -> None:
    """Make a new case at `root`, whole or not at all; encrypted, and left unlocked, where there are `openers` (kind and secret; see `sealed_keys`).

    `on_disk` lets the keys of an unlocked case lie on the disk where there is no folder in memory. Raises CaseError where something is there
    already, StorageError where it cannot be written.
    """
    title = title or root.resolve().name.encode(errors="replace").decode()  # a folder's name need not be text
    refuse_occupied(root)
    draft = root.with_name(f".{root.name}.{os.getpid()}.making")
    keys = new_keys() if openers else None
    made = False
    try:
        shutil.rmtree(draft, ignore_errors=True)
        folder = CaseFolder(draft)
        folder.lay_out(title, encrypted_as=keys.case if keys else None)
        if keys is not None:
            keep_unlocked(keys, on_disk=on_disk)
        added = [KeysChanged(add_opener(folder, keys, kind, secret), "added") for kind, secret in openers] if keys else []
        write_heads(draft, tuple(Log(draft, stream) for stream in Stream))
        case = Case(folder, member or default_member(), Access(keys) if keys else None)
        try:
            case.record([CaseOpened(title, FORMAT_VERSION), *added])
        finally:
            case.close()
        if root.is_dir():
            root.rmdir()
        draft.rename(root)
        sync_folder(root.parent)
        made = True
    except OSError as error:
        raise StorageError(f"{root} cannot be written: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        for place in private_places(keys.case) if keys is not None and not made else ():
            wipe(place)


@contextmanager
def open_case(
    root: Path, *, write: str | None = None, member: str | None = None, tell: Tell = lambda _: None, access: Access | None = None
) -> Iterator[Case]:
    """Open the case at `root`. `write` names the command that means to write: it then holds the write lock.

    `access` opens an encrypted case that is locked, and leaves it locked. Raises LockedError where a case is locked and there is none. Raises CaseError where this is no case or one of another format, CaseBusyError where another process keeps writing, CustodyError where the
    logs are damaged.
    """
    folder = CaseFolder(root)
    folder.current_settings()
    access = access or access_to(folder)
    if write is not None:
        with write_lock(folder.lock, write, tell=tell):
            yield from _opened(folder, member, tell, access, recover=True)
    else:
        yield from _opened(folder, member, tell, access, recover=False)


def _opened(folder: CaseFolder, member: str | None, tell: Tell, access: Access | None, *, recover: bool) -> Iterator[Case]:
    case = Case(folder, member or default_member(), access)
    try:
        if recover:
            case.recover()
        elif case.is_behind():
            if case.database.read_only:
                raise CaseError(
                    f"{folder.root} is read-only and its database is behind its logs. Copy the case to where it can be written, and look there."
                )
            with write_lock(folder.lock, "catching up", tell=tell):
                case.catch_up()
        yield case
    finally:
        case.close()


def rebuild_case(root: Path, *, tell: Tell = lambda _: None, announce: Tell = lambda _: None) -> None:
    """Delete `case.db` and draw it again from the logs and records."""
    folder = CaseFolder(root)
    folder.current_settings()
    access_to(folder)  # a locked case is refused before its database is dropped
    with write_lock(folder.lock, "rebuild", tell=announce):
        folder.drop_database()
        case = Case(folder, default_member())
        try:
            case.recover(tell=tell)
        finally:
            case.close()


def default_member() -> str:
    """The name this computer knows its user by; "unnamed" where it knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unnamed"


def _batches(pairs: Iterable[tuple[Entry, Record | None]], size: int = 500) -> Iterator[list[tuple[Entry, Record | None]]]:
    batch: list[tuple[Entry, Record | None]] = []
    for pair in pairs:
        batch.append(pair)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _up_to(seq: int, batch: list[tuple[Entry, Record | None]]) -> Iterator[list[tuple[Entry, Record | None]]]:
    """The batch, in two where entry `seq` is in it: up to that, and the rest."""
    cut = next((place for place, (entry, _) in enumerate(batch, 1) if entry.seq == seq), len(batch))
    yield from (part for part in (batch[:cut], batch[cut:]) if part)
