"""The program that `case/drawing_aside` runs: everything it needs is loaded before the question is read, which comes only when the logs are checked."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import msgspec

from witnessmark.case.drawing_aside import Question
from witnessmark.case.folder import CaseFolder
from witnessmark.case.verifying_database import check_database


def main() -> None:
    """Answer the question on standard input. Whatever is raised ends the process, and the first does the work."""
    asked = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Question)
    tempfile.tempdir = asked.scratch  # so that nothing stays behind where this process is ended
    checks = list(check_database(CaseFolder(Path(asked.root)), asked.surveys, complete=asked.complete, busy=False))
    sys.stdout.buffer.write(msgspec.msgpack.encode(checks))


if __name__ == "__main__":
    main()
