"""One exiftool for many files: starting Perl costs more than reading the metadata of most files.

It stands under the limits of the child that starts it. A file gets to it by its place among the open files of that child, never by a name, so no name can
be taken for an option. It is replaced when it hangs, prints without end or dies, and now and then when it does not.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from witnessmark.read.printing_up_to import read_answer, started

MOST = 2 * 2**20
"""Bytes of metadata of one file that are kept; the fullest photographs, with the history of their development, print a tenth of it."""
FILES_A_PROCESS = 200
_SECONDS = 60.0
_COMMAND = ["exiftool", "-config", "", "-stay_open", "True", "-@", "-"]
_ASKED = ("-json", "-struct", "-a", "-G1:4", "-charset", "UTF8", "-c", "%+.7f", "-all", "-JPEGDigest", "-JPEGQualityEstimate")


class WarmExiftool:
    """Ask it with `tags_of`; `close` ends it."""

    def __init__(self) -> None:
        """Starts nothing yet."""
        self._process: subprocess.Popen[bytes] | None = None
        self._asked = 0

    def tags_of(self, path: Path) -> tuple[bytes, bool]:
        """What exiftool prints of the file at `path`, as JSON, as far as MOST bytes; and whether that is all. Raises OSError."""
        return self.ask(path, _ASKED)

    def ask(self, path: Path, options: Sequence[str]) -> tuple[bytes, bool]:
        """The same of what these options ask for; no option may come from a file."""
        if self._asked >= FILES_A_PROCESS:
            self.close()
        whole = False
        try:
            with path.open("rb") as file:
                printed, whole = self._ask(_name_of(path, file.fileno()), options)
        finally:
            if not whole:
                self.close()
        return printed, whole

    def _ask(self, name: str, options: Sequence[str]) -> tuple[bytes, bool]:
        process = self._process or started(_COMMAND, reads=subprocess.PIPE)
        self._process = process
        self._asked += 1
        assert process.stdin is not None  # noqa: S101 -- just asked for
        lines = (*options, name, f"-execute{self._asked}")
        process.stdin.write("".join(f"{line}\n" for line in lines).encode())
        process.stdin.flush()
        return read_answer(process, f"{{ready{self._asked}}}".encode(), MOST, _SECONDS)

    def close(self) -> None:
        """End it; the next question starts another."""
        process, self._process, self._asked = self._process, None, 0
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):  # what was still to be written has no reader any more
                stream and stream.close()


def _name_of(path: Path, descriptor: int) -> str:
    """How another process opens what this one has open; elsewhere the whole path, which begins with no sign that an option begins with. Raises OSError."""
    own = f"/proc/{os.getpid()}/fd/{descriptor}"
    if Path(own).exists():
        return own
    name = os.fsdecode(path.absolute())
    if "\n" in name or "\r" in name:
        raise OSError("the path of the case has a line break in it")
    return name
