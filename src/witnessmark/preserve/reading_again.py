"""Reading a group of files again as they lie on disk, in a second process: in a thread it would wait for the interpreter more than for the disk.

Where that process cannot be started, or ends, the same is done here. Whatever way it is done, a file that is not what it is named for is told.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock

from witnessmark.preserve.hashing import hash_open

_PROGRAM = Path(__file__).with_name("second_reader.py")


class SecondReader:
    """Reads files of one folder that are named for the sha256 of their bytes; `close` when done."""

    def __init__(self, folder: Path) -> None:
        """No process until it is started."""
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._asking = Lock()

    def start(self) -> None:
        """Have the process begin, where it did not yet."""
        if self._process is not None:
            return
        self._tried = True
        with suppress(OSError):
            self._process = subprocess.Popen(  # noqa: S603 -- our own interpreter and program, away from whatever else is on its path
                [sys.executable, "-I", "-S", str(_PROGRAM), os.fspath(self._folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )

    def faults(self, addresses: Sequence[str]) -> Iterator[tuple[str, OSError]]:
        """Those of the files that cannot be read, or are not what they are named for, with what is wrong."""
        answer = self._ask(addresses)
        if answer is None:
            yield from ((address, error) for address in addresses if (error := fault_in(self._folder / address)) is not None)
            return
        for fault in answer.decode("ascii").split():
            address, _, number = fault.partition(":")
            path = self._folder / address
            yield address, OSError(int(number), os.strerror(int(number)), str(path)) if number != "0" else not_the_same(path)

    def close(self) -> None:
        """End the process, whatever it is about."""
        if self._process is None:
            return
        self._process.kill()
        with self._asking:  # whoever still waits for an answer has its end now
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                with suppress(OSError):  # what was still to be written has no reader any more
                    stream and stream.close()
            self._process = None

    def _ask(self, addresses: Sequence[str]) -> bytes | None:
        """The line that the process answers, None where there is none or it was cut short."""
        with self._asking:
            process = self._process
            if process is None or process.stdin is None or process.stdout is None:
                return None
            try:
                process.stdin.write(" ".join(addresses).encode("ascii") + b"\n")
                process.stdin.flush()
                answer = process.stdout.readline()
            except OSError:  # it has ended
                return None
            return answer if answer.endswith(b"\n") else None


def fault_in(path: Path) -> OSError | None:
    """What is wrong with a file named for the sha256 of its bytes, read from disk as far as the system allows."""
    try:
        with path.open("rb", buffering=0) as file:
            drop_cached(file.fileno())
            return None if hash_open(file).sha256 == path.name else not_the_same(path)
    except OSError as error:
        return error


def drop_cached(descriptor: int) -> None:
    """Advise the system to forget its copy in memory; Linux begins to write back what is not on disk yet."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def not_the_same(path: Path) -> OSError:
    """The error of a file that has other bytes than it was given."""
    return OSError(errno.EIO, "what was written is not what can be read again", str(path))
