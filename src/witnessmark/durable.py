"""Writing files that survive a crash: temporary name, fsync, rename, fsync of the folder.

After `write_durably` returns, the new content is on disk; before, the old one is. Nothing in between can be seen.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

_BLOCK = 1024 * 1024

_TELLS_OF_ERRORS = (5, 8)
"""The Linux since which `syncfs` fails where something could not be written (its manual page, under VERSIONS)."""
UNFINISHED = ".new"
"""Ending of the temporary names; a file that has it was left by an interrupted write and may be removed."""


def write_durably(path: Path, content: bytes) -> None:
    """Replace `path` by `content` in one step. Raises OSError (a full disk, no permission) with the old file intact."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}{UNFINISHED}")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def append_durably(path: Path, content: bytes) -> None:
    """Put `content` at the end of `path`, all of it or, where OSError is raised, none."""
    fresh = not path.exists()
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
    try:
        before = os.fstat(descriptor).st_size
        try:
            write_all(descriptor, content)
            os.fsync(descriptor)
            if fresh:
                sync_folder(path.parent)
        except OSError:
            os.ftruncate(descriptor, before)
            os.fsync(descriptor)
            raise
    finally:
        os.close(descriptor)


def write_all(descriptor: int, content: bytes) -> None:
    """Unbuffered, so that nothing is left in memory that closing the file could still write after a failure."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def sync_folder(folder: Path) -> None:
    """Make renames and new names in `folder` durable. Windows has no such call; NTFS journals them itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def can_sync_whole() -> bool:
    """Whether this system brings a whole file system to disk in one call that also says when that failed (Linux 5.8 and newer)."""
    return _syncfs() is not None


def sync_whole(folder: Path) -> None:
    """Bring to disk all that was written to the file system of `folder`. Raises OSError where anything could not be since the call before."""
    call = _syncfs()
    assert call is not None  # noqa: S101 -- whoever calls has asked
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if call(descriptor):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(descriptor)


@cache
def _syncfs() -> Callable[[int], int] | None:
    if sys.platform != "linux":
        return None
    release = re.match(r"(\d+)\.(\d+)", os.uname().release)
    if release is None or (int(release[1]), int(release[2])) < _TELLS_OF_ERRORS:
        return None
    call: Callable[[int], int] | None = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    return call


def destroy_file(path: Path) -> None:
    """Overwrite a file once with zeros and remove it; nothing is done where there is none. Raises OSError."""
    if path.is_symlink() or not path.is_file():
        path.unlink(missing_ok=True)
        return
    path.chmod(0o600)
    with path.open("r+b") as file:
        overwrite(file.fileno())
    path.unlink()


def overwrite(descriptor: int) -> None:
    """Zeros over all bytes of an open file, synced."""
    left = os.fstat(descriptor).st_size
    os.lseek(descriptor, 0, os.SEEK_SET)
    while left > 0:
        left -= os.write(descriptor, bytes(min(left, _BLOCK)))
    os.fsync(descriptor)
