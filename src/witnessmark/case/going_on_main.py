"""The program that `case/going_on` runs: one question on the first line of standard input, lines on standard output, and the end once standard input ends."""

from __future__ import annotations

import _thread
import os
import sys
import threading
from contextlib import suppress
from pathlib import Path

import msgspec

from witnessmark.case.going_on import Asked, Told, go_on, told_of
from witnessmark.errors import WitnessmarkError

_NICE = 10
"""People come first."""


def main() -> int:
    """Do the work; whoever started this reads where it stands."""
    asked = msgspec.json.decode(sys.stdin.buffer.readline(), type=Asked)
    if hasattr(os, "nice"):
        os.nice(_NICE)
    try:
        threading.Thread(target=_end_with_the_other, daemon=True).start()
        go_on(Path(asked.root), asked.member, tell=lambda sentence: _say(told_of(sentence)))
    except KeyboardInterrupt:
        return 0
    except WitnessmarkError as error:
        _say(Told(problem=str(error)))
    return 0


def _end_with_the_other() -> None:
    """Interrupt the work when nobody is there any more who wants it."""
    while os.read(sys.stdin.fileno(), 1024):  # not the buffered reader, whose lock the end of the process would wait for
        pass
    _thread.interrupt_main()


def _say(told: Told) -> None:
    with suppress(OSError):  # nobody listens any more
        sys.stdout.buffer.write(msgspec.json.encode(told) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main())
