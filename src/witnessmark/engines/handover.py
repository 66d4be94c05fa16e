"""Handing a file or a few to a child that may open none: their bytes go into memory that has no name, sealed, and only that is passed.

The child gets a path to it that works like any other, but neither the original's place nor a way to change it.
"""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

HELD_IN_MEMORY = 64 * 2**20
"""Bytes of a file that are handed over in memory; copying them takes 30 ms here. For a larger one a child is started that may read just it."""

MOST_FILES = 8
"""Files of one call."""

_AT_ONCE = 2**24


def handed_copies(paths: Sequence[Path]) -> list[int] | None:
    """A descriptor of such a copy of each file, as of `handed_copy`; None where any is too large, or the system has no such memory."""
    if len(paths) > MOST_FILES:
        raise ValueError(f"{len(paths)} files are more than the {MOST_FILES} that one call is about")
    copies: list[int] = []
    try:
        for path in paths:
            copy = handed_copy(path)
            if copy is None:
                break
            copies.append(copy)
    except OSError:
        _close(copies)
        raise
    if len(copies) == len(paths):
        return copies
    _close(copies)
    return None


def _close(descriptors: Sequence[int]) -> None:
    for descriptor in descriptors:
        os.close(descriptor)


def handed_copy(path: Path) -> int | None:
    """A descriptor of a sealed copy in memory of the file at `path`; None where it is too large, or the system has no such memory.

    Raises OSError where the file cannot be read.
    """
    if sys.platform != "linux":
        return None
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size > HELD_IN_MEMORY:
            return None
        try:
            copy = os.memfd_create("original", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        except OSError:
            return None
        try:
            _fill(copy, file.fileno())
        except OSError:
            os.close(copy)
            raise
    return copy


def _fill(copy: int, source: int) -> None:
    import fcntl  # not known to other systems

    while os.sendfile(copy, source, None, _AT_ONCE):
        pass
    fcntl.fcntl(copy, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE)


@contextlib.contextmanager
def closing_descriptors(descriptors: Sequence[int]) -> Iterator[None]:
    """Close them afterwards, whatever happens."""
    try:
        yield
    finally:
        _close(descriptors)


_handed: list[Path] = []


def handed_over(place: int = 0) -> Path | None:
    """The path under which the calling child may open the file of the present call, or that at `place` of several; None where none was handed over."""
    return _handed[place] if place < len(_handed) else None


@contextlib.contextmanager
def taken_from(channel: socket.socket) -> Iterator[None]:
    """Receive the files of one call and hold them until the call is done."""
    _, descriptors, _, _ = socket.recv_fds(channel, 1, MOST_FILES)
    _handed.extend(Path("/proc/self/fd", str(descriptor)) for descriptor in descriptors)
    try:
        yield
    finally:
        _handed.clear()
        _close(descriptors)
