"""Where originals lie until they are witnessed: `vault/incoming/`, each under its address once that is known.

A group is brought to disk together: a large one by one call for the whole file system, where the system has one that tells of errors, else file by
file, by several threads. Each file is then dropped from the page cache as far as the system allows, read again and hashed; only what is then what it
was may be witnessed. A sync that failed is never repeated: the system may since have forgotten the pages that it could not write.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from witnessmark.durable import can_sync_whole, sync_folder, sync_whole, write_all
from witnessmark.preserve.hashing import hash_file
from witnessmark.preserve.reading_again import SecondReader, drop_cached, fault_in, not_the_same
from witnessmark.preserve.rereading import Rereading

INCOMING = "incoming"
READ_ONLY = 0o444
"""Nobody may write; who may read stays as the user's own settings have it."""
LARGE_GROUP = 64
"""Files from which one call for the whole file system is quicker than one for each; see docs/decisions/0020-group-commit.md."""
SYNC_THREADS = 8
"""Waiting for the disk at once; see bench/vault.py."""
_SYNCED_LATER = os.name != "nt"
"""Windows syncs a file only through a handle that may write to it."""


class Incoming:
    """The folder `incoming/` of a vault."""

    def __init__(self, vault: Path) -> None:
        """Nothing is made until something is stored."""
        self.folder = vault / INCOMING
        self._prefix = f"{self.folder}{os.sep}"
        self._made = False
        self._unnamed = 0
        self._pool: ThreadPoolExecutor | None = None
        self._syncing: dict[str, Future[None]] = {}
        self._unread: set[str] = set()
        self._done: set[str] = set()
        self._reader = SecondReader(self.folder)

    def path(self, address: str) -> Path:
        """Where the bytes with this address lie until they are witnessed."""
        return self.folder / address

    def name_of(self, address: str) -> str:
        """The same as a string: a Path made for each of thousands of files costs more than opening it."""
        return self._prefix + address

    def files(self) -> list[Path]:
        """Everything in the folder, in order of name."""
        return sorted(self.folder.iterdir()) if self.folder.is_dir() else []

    def write(self, address: str, content: bytes) -> None:
        """Lay down a small file under its address; one that is there and whole is left, for it may have been witnessed. Raises OSError with nothing left behind."""
        self._make()
        name = self.name_of(address)
        try:
            descriptor = _create(name)
        except FileExistsError:
            path = self.path(address)
            if path.is_file() and hash_file(path) == address:
                return
            self.drop(address)
            descriptor = _create(name)
        try:
            write_all(descriptor, content)
            if not _SYNCED_LATER:
                os.fsync(descriptor)
        except OSError:
            with suppress(OSError):
                self.drop(address)
            raise
        finally:
            os.close(descriptor)

    @contextmanager
    def unnamed(self) -> Iterator[Unnamed]:
        """A new file whose address is not known yet, open for writing; gone after the block unless `name` was called for it."""
        self._make()
        self._unnamed += 1
        path = self.folder / f"unhashed-{os.getpid()}-{self._unnamed}"
        path.unlink(missing_ok=True)
        unnamed = Unnamed(path)
        try:
            with unnamed:
                yield unnamed
        finally:
            _unlink(path)

    def name(self, unnamed: Unnamed, address: str) -> None:
        """Close a file and give it its address. Raises OSError, also where a large one is not the same when it is read again."""
        on_disk = unnamed.finish()
        if on_disk is not None and on_disk != address:
            raise not_the_same(unnamed.path)
        unnamed.path.replace(self.path(address))
        if on_disk is not None:
            self._done.add(address)

    def drop(self, address: str) -> None:
        """Remove a file that will not be witnessed; none there is no fault."""
        future = self._syncing.pop(address, None)
        self._done.discard(address)
        if address in self._unread:
            self._unread.discard(address)
        elif future is not None:
            future.cancel()
        _unlink(self.path(address))

    def sync_soon(self, addresses: Sequence[str]) -> None:
        """Begin to bring these files to disk."""
        pool = self._pool = self._pool or ThreadPoolExecutor(SYNC_THREADS, thread_name_prefix="syncing")
        fresh = [address for address in addresses if address not in self._syncing and address not in self._done]
        if len(fresh) >= LARGE_GROUP and can_sync_whole():
            self._reader.start()
            self._unread.update(fresh)
            self._syncing.update(dict.fromkeys(fresh, pool.submit(self._bring_all_to_disk, fresh)))
            return
        for address in fresh:
            self._syncing[address] = pool.submit(_bring_to_disk, self.path(address))

    def sync(self, addresses: Sequence[str]) -> None:
        """Return when these files and their names are on disk and were read again as what they are. Raises OSError for the first that is not."""
        if not addresses:
            return
        self.sync_soon(addresses)
        whole = self._unread.issuperset(addresses)
        for future in dict.fromkeys([self._syncing.pop(address) for address in addresses if address in self._syncing]):
            future.result()
        self._done.difference_update(addresses)
        self._unread.difference_update(addresses)
        if not whole:  # else the names came to disk with all the rest
            sync_folder(self.folder)

    def is_on_disk(self, addresses: Sequence[str]) -> bool:
        """Whether `sync` would not wait for any of these files."""
        return all(address in self._done or ((future := self._syncing.get(address)) is not None and future.done()) for address in addresses)

    def _bring_all_to_disk(self, addresses: Sequence[str]) -> None:
        sync_whole(self.folder)
        for address, error in self._reader.faults(addresses):
            if address in self._unread:  # and was not dropped meanwhile
                raise error

    def close(self) -> None:
        """Let go of the threads and the process that bring files to disk; what is under way is not waited for."""
        self._reader.close()
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _make(self) -> None:
        if not self._made:
            self.folder.mkdir(parents=True, exist_ok=True)
            sync_folder(self.folder.parent)
            self._made = True


class Unnamed:
    """A file being written that has no address yet; a large one is read again on the way."""

    def __init__(self, path: Path) -> None:
        """Open the new file at `path`. Raises OSError."""
        self.path = path
        self._target = os.fdopen(_create(path), "wb", buffering=0)
        self._rereading = Rereading(path) if _SYNCED_LATER else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._rereading is not None:
            self._rereading.stop()
        self._target.close()

    def write(self, block: bytes, /) -> int:
        """Write a block, all of it. Raises OSError."""
        write_all(self._target.fileno(), block)
        if self._rereading is not None:
            self._rereading.wrote(len(block))
        return len(block)

    def flush(self) -> None:
        """Nothing is held back."""

    def finish(self) -> str | None:
        """Close it; the sha256 of a large file as it lies on disk, None of one that is still to be synced and read again. Raises OSError."""
        rereading = self._rereading
        on_disk = rereading.finish() if rereading is not None and rereading.began else None
        if on_disk is None:
            _start_writing(self._target.fileno())
        self._rereading = None
        self._target.close()
        return on_disk


def _create(path: Path | str) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), READ_ONLY)


def _start_writing(descriptor: int) -> None:
    """Have the system write what was just written, without waiting: the sync of a group then finds little left to do."""
    if _SYNCED_LATER:
        drop_cached(descriptor)
    else:
        os.fsync(descriptor)


def _bring_to_disk(path: Path) -> None:
    if _SYNCED_LATER:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    error = fault_in(path)
    if error is not None:
        raise error


def _unlink(path: Path) -> None:
    if os.name == "nt" and path.exists():
        path.chmod(0o666)  # Windows removes nothing that is read-only
    path.unlink(missing_ok=True)
