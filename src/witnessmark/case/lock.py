"""One writer a case: a lock file, and beside it who holds it, so that a second writer can say for whom it waits."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from witnessmark.errors import CaseBusyError, StorageError

PATIENCE_SECONDS = 60.0
"""How long a second writer waits by default: long enough for most commands to finish, shorter than a person's patience."""


@contextmanager
def write_lock(
    path: Path, holder: str, *, patience: float = PATIENCE_SECONDS, tell: Callable[[str], None] = lambda _: None
) -> Iterator[None]:
    """Hold the case for writing. `holder` is shown to whoever waits. Raises CaseBusyError after `patience` seconds."""
    from filelock import FileLock, Timeout

    lock, note = FileLock(path), path.with_suffix(".holder")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        tell(f"Waiting for {_holder(note)} to finish with {path.parent} (at most {patience:.0f} s).")
        try:
            lock.acquire(timeout=patience)
        except Timeout as error:
            raise CaseBusyError(f"{_holder(note)} is still writing to {path.parent}. Try again when it is done.") from error
    except OSError as error:
        raise StorageError(f"{path.parent} cannot be written: {error.strerror or error}.") from error
    try:
        with suppress(OSError):  # on a full disk the one who waits is not told for whom; that is all
            note.write_text(f"{holder} (process {os.getpid()})", encoding="utf-8")
        yield
    finally:
        with suppress(OSError):
            note.unlink(missing_ok=True)
        lock.release()


def writer_of(path: Path) -> str | None:
    """Who holds the case for writing at this moment, None where nobody does or nobody can tell."""
    from filelock import FileLock, Timeout

    if not path.exists():
        return None
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return _holder(path.with_suffix(".holder"))
    except OSError:
        return None
    lock.release()
    return None


def _holder(note: Path) -> str:
    try:
        return note.read_text(encoding="utf-8")
    except OSError:
        return "another process"
