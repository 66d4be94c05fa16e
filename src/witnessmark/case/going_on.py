"""Going on with the stages while people work: what came in is read, its claims are found and the case is weighed, in a process of its own.

So a page never waits for a reader's model, and the case is held for writing only while a result is recorded. Each result is recorded as it comes: ended
at any moment, the process loses what it was reading just then, and the next one goes on from there.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import msgspec

from witnessmark.case.case import open_case
from witnessmark.case.pipeline import read
from witnessmark.case.telling import Standing, Tell
from witnessmark.case.weighing import weigh

_PROGRAM = "witnessmark.case.going_on_main"
_PATIENCE_SECONDS = 10.0
"""How long the process has to record what is at hand before it is ended."""


class Asked(msgspec.Struct, frozen=True):
    """Go on with the case at `root` in the name of this member of its roster."""

    root: str
    member: str


class Told(msgspec.Struct, frozen=True):
    """Where the work stands: a sentence, with its numbers where it has any (`what` names them: "items read"); or the `problem` it ended in."""

    sentence: str = ""
    what: str = ""
    done: int | None = None
    total: int | None = None
    problem: str = ""


def go_on(root: Path, member: str, *, tell: Tell = lambda _: None) -> None:
    """Read what is unread, find its claims and weigh. Raises what opening the case and the stages raise."""
    writing = partial(open_case, root, write="reading behind the workbench", member=member)
    with open_case(root, member=member) as case:
        read(case, writing=writing, tell=tell)
    with writing() as case:
        weigh(case, tell=tell)


def told_of(sentence: str) -> Told:
    """A sentence as it is handed to the first process."""
    words = str(sentence)  # a plain one: what knows its numbers is encoded as no text
    if isinstance(sentence, Standing) and not sentence.unit:
        return Told(words, sentence.what, sentence.done, sentence.total)
    return Told(words)


class GoingOn:
    """The second process, started at once. Iterate over what it tells until it is done; `stop` has it end with what is at hand recorded."""

    def __init__(self, asked: Asked) -> None:
        """Start it. Raises OSError where that cannot be."""
        self._process = subprocess.Popen(  # noqa: S603 -- our own interpreter and module
            [sys.executable, "-P", "-m", _PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        if self._process.stdin is not None:
            with suppress(OSError):  # it has ended, which the lines will show
                self._process.stdin.write(msgspec.json.encode(asked) + b"\n")
                self._process.stdin.flush()

    def __iter__(self) -> Iterator[Told]:
        """What it tells, to its end; the last is a problem where it ended otherwise than it should."""
        decoder = msgspec.json.Decoder(Told)
        for line in self._process.stdout or ():
            with suppress(msgspec.DecodeError):  # the process was ended within a line
                yield decoder.decode(line)
        code = self._process.wait()
        self._let_go()
        if code:
            yield Told(problem="Reading ended before it was done. What was read is recorded; go on with the rest.")

    def stop(self) -> None:
        """End it: nothing that was recorded is lost."""
        self._let_go()
        try:
            self._process.wait(_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _let_go(self) -> None:
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()
