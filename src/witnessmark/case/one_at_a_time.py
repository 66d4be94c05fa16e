"""One at a time: two backups to one name, or two restores to one place, would take each other's half-made work for leftovers.

A lock file beside the place says that somebody is at work there; the lock is the operating system's, so that a crash frees it and process
numbers, which another container may share, are not asked.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from witnessmark.errors import CaseBusyError


@contextmanager
def alone_at(place: Path, work: str) -> Iterator[None]:
    """Hold `place`, whose folder exists, for a piece of `work` ("restore"). Raises CaseBusyError where another holds it, OSError."""
    from filelock import FileLock, Timeout

    path = place.with_name(f".{place.name}.{work}.lock")
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise CaseBusyError(
            f"Another {work} to {place} is running. Wait until it is done, or choose another place; it was left alone."
        ) from error
    try:
        yield
    finally:
        if os.name != "nt":  # removed while it is held, which filelock notices; Windows lets nobody, and there filelock removes it itself
            with suppress(OSError):
                path.unlink()
        lock.release()
