"""The heads file: size and root of both logs after the last append, in `ledger/heads.json`.

It lets `verify` see an altered, reordered or shortened log on this machine. Someone who rewrites log and heads
together is exposed only by a head kept elsewhere; `verify` says so.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from witnessmark.durable import write_durably
from witnessmark.errors import CustodyError
from witnessmark.ledger.log import Log
from witnessmark.model.canonical import canonical_json
from witnessmark.model.view import LogHead

HEADS_FILE = "heads.json"


def write_heads(case: Path, logs: tuple[Log, ...]) -> None:
    """Store the heads of all logs in one step."""
    write_durably(case / "ledger" / HEADS_FILE, canonical_json([log.head for log in logs]) + b"\n")


def refuse_to_go_on(case: Path, logs: tuple[Log, ...]) -> None:
    """Raise CustodyError unless every log still begins with all that its recorded head covers.

    A writer asks this first: mending or appending to a log that was altered would bury what `verify` can still show.
    """
    heads = {head.stream: head for head in read_heads(case)}
    for log in logs:
        head = heads.get(log.stream)
        if head is None or head.size > log.size or _root_at(log, head.size) != head.root:
            raise CustodyError(
                f"The {log.stream} log is not what was recorded: entries were removed or altered. Nothing was written. "
                f"`witnessmark verify {case}` tells more; restore ledger/ and records/ from a copy of the case."
            )


def _root_at(log: Log, size: int) -> str:
    """The log as it was read when it was opened gives its own root; for an earlier one it is read once more."""
    return log.head.root if size == log.size else log.root_at(size)


def read_heads(case: Path) -> tuple[LogHead, ...]:
    """The heads as stored. Raises CustodyError where the file is missing or damaged."""
    path = case / "ledger" / HEADS_FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=tuple[LogHead, ...])
    except FileNotFoundError as error:
        raise CustodyError("ledger/heads.json is missing: nothing on this machine tells how long the logs were.") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CustodyError(f"ledger/heads.json is damaged ({error}).") from error
