"""Reading a large file again while the rest of it is still being written, a stretch behind.

Each stretch is synced, dropped from the page cache and hashed as it lies on disk, in a thread of its own, so that a large original takes as long as the
slower of writing and reading and not as both. A sync that failed is never tried twice.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

STRETCH = 128 * 1024 * 1024
"""Bytes written before they are read again; a file of fewer is read again with its group."""
_BLOCK = 1024 * 1024


class Rereading:
    """What is being written to the file at `path`, told by `wrote`, read again; `finish` gives the digest of what is on disk."""

    def __init__(self, path: Path) -> None:
        """Nothing is opened until a stretch has been written."""
        self._path = path
        self._size = 0
        self._told = 0
        self._stretches: SimpleQueue[int] = SimpleQueue()
        self._digest = hashlib.sha256()
        self._thread: Thread | None = None
        self._error: BaseException | None = None

    @property
    def began(self) -> bool:
        """Whether the file is large enough to be read again this way."""
        return self._thread is not None

    def wrote(self, size: int) -> None:
        """So many more bytes were handed to the system. Raises OSError where an earlier stretch could not be synced or read."""
        self._size += size
        if self._size - self._told < STRETCH:
            return
        if self._error is not None:
            raise self._error
        if self._thread is None:
            self._thread = Thread(target=self._run, name="reading again", daemon=True)
            self._thread.start()
        self._told = self._size
        self._stretches.put(self._size)

    def finish(self) -> str:
        """Sync and read what is left; the sha256 of the whole file as it lies on disk (64 hex digits). Raises OSError."""
        if self._thread is not None:
            self._stretches.put(self._size)
            self._stretches.put(-1)
            self._thread.join()
        if self._error is not None:
            raise self._error
        return self._digest.hexdigest()

    def stop(self) -> None:
        """End the thread, whatever has been read; nothing comes of it."""
        if self._thread is not None:
            self._stretches.put(-1)
            self._thread.join()

    def _run(self) -> None:
        try:
            descriptor = os.open(self._path, os.O_RDONLY)
            try:
                at = 0
                while (end := self._stretches.get()) >= 0:
                    os.fsync(descriptor)
                    if hasattr(os, "posix_fadvise"):
                        os.posix_fadvise(descriptor, at, end - at, os.POSIX_FADV_DONTNEED)
                    at = self._read(descriptor, at, end)
            finally:
                with suppress(OSError):
                    os.close(descriptor)
        except OSError as error:
            self._error = error

    def _read(self, descriptor: int, at: int, end: int) -> int:
        buffer = memoryview(bytearray(_BLOCK))  # one for all blocks: memory made anew for each costs a third of what hashing it does
        while at < end:
            count = os.preadv(descriptor, [buffer[: end - at]], at)
            if not count:
                break  # shorter than what was written: the digest will tell
            self._digest.update(buffer[:count])
            at += count
        return at
