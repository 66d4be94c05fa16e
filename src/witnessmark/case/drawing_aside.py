"""Having the database drawn and compared in a second process while the originals are hashed in this one.

Both take about as long for a case of many small files. The second process starts first, so that it has SQLAlchemy loaded by the time the logs are checked, and
is told what they were found to hold: it checks nothing of them again. It is for plain cases alone, since no key is to be handed about.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

import msgspec

from witnessmark.case.folder import CaseFolder
from witnessmark.case.telling import Tell
from witnessmark.engines.second import Second
from witnessmark.ledger.survey import Survey
from witnessmark.model.entry import Stream
from witnessmark.model.verdict import Check

WORTH_BYTES = 256 * 1024
"""Logs of about a thousand entries; fewer are drawn before a second process has started."""
_PROGRAM = "witnessmark.case.drawing_aside_main"


class Question(msgspec.Struct, frozen=True):
    """Compare the database of the case at `root` with these logs, all of which could be read where `complete`; working copies go to `scratch`."""

    root: str
    scratch: str
    surveys: dict[Stream, Survey]
    complete: bool


class Aside:
    """The second process, or nothing where it would not be worth it."""

    def __init__(self, second: Second | None) -> None:
        self._second = second

    def ask(self, folder: CaseFolder, surveys: Mapping[Stream, Survey], *, complete: bool) -> None:
        """Have it begin; what it needs of the surveys is copied."""
        if self._second is not None:
            needed = {stream: msgspec.structs.replace(survey, leaves=[]) for stream, survey in surveys.items()}
            question = Question(str(folder.root), str(self._second.folder), needed, complete)
            self._second.ask(msgspec.msgpack.encode(question))

    def checks(self, tell: Tell) -> list[Check] | None:
        """What came of it; None where it is to be done here."""
        if self._second is None:
            return None
        answer = self._second.answer(lambda: tell("Drawing the database once more, to compare it with the one found"))
        return msgspec.msgpack.decode(answer, type=list[Check]) if answer is not None else None


@contextmanager
def drawing_aside(folder: CaseFolder, *, encrypted: bool, busy: bool) -> Iterator[Aside]:
    """The second process for as long as the block lasts, where the case is plain, nobody writes, and there is enough to draw."""
    worth = not encrypted and not busy and (os.cpu_count() or 1) > 1 and _size_of_logs(folder) >= WORTH_BYTES
    if not worth:
        yield Aside(None)
        return
    with Second(_PROGRAM) as second:
        yield Aside(second)


def _size_of_logs(folder: CaseFolder) -> int:
    """In bytes, links not followed; a log that cannot be looked at counts as empty."""
    size = 0
    for stream in Stream:
        with suppress(OSError):
            size += (folder.root / "ledger" / stream / "log.jsonl").lstat().st_size
    return size
