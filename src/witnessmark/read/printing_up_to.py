"""What an outside program prints, as far as a bound: a file can make it print without end."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from witnessmark.engines.limits import die_with_parent

_AT_ONCE = 65536


class TooLateError(OSError):
    """The program did not end in the seconds it had."""


def started(command: list[str], *, reads: IO[bytes] | int) -> subprocess.Popen[bytes]:
    """A program of a fixed name, what it says on standard error thrown away. Raises OSError."""
    return subprocess.Popen(  # noqa: S603 -- a program of a fixed name
        [shutil.which(command[0]) or command[0], *command[1:]],
        stdin=reads,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        preexec_fn=die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 -- safe: this process has one thread
    )


def printed_up_to(command: list[str], path: Path, most: int, seconds: float) -> tuple[bytes, bool]:
    """The first `most` bytes that a program prints which is handed the file at `path` as its input, and whether that is all. Raises OSError."""
    with path.open("rb") as file, started(command, reads=file) as process:
        try:
            return _read(process, most, seconds, None)
        finally:
            process.kill()


def read_answer(process: subprocess.Popen[bytes], last_line: bytes, most: int, seconds: float) -> tuple[bytes, bool]:
    """What a program that stays prints before the line `last_line`, as far as `most` bytes, and whether that is all. Raises OSError where it ends or is late."""
    return _read(process, most, seconds, b"\n" + last_line + b"\n")


def _read(process: subprocess.Popen[bytes], most: int, seconds: float, end: bytes | None) -> tuple[bytes, bool]:
    assert process.stdout is not None  # noqa: S101 -- `started` asks for it
    descriptor, until = process.stdout.fileno(), time.monotonic() + seconds
    found = bytearray(b"\n")
    while True:
        left = until - time.monotonic()
        if left <= 0 or not select.select([descriptor], [], [], left)[0]:
            raise TooLateError(f"it took more than {seconds:g} s")
        piece = os.read(descriptor, _AT_ONCE)
        if not piece:
            if end is not None:
                raise OSError("it ended by itself")
            return bytes(found[1:]), True
        at = max(0, len(found) - len(end or b""))
        found += piece
        if end is not None and (place := found.find(end, at)) >= 0:
            return bytes(found[1:place]), True
        if len(found) > most:
            return bytes(found[1 : most + 1]), False
