"""Checking `members.db`: no log says what it should hold, but it can be no roster at all, or one made to do harm.

A copy is looked at, since SQLite writes beside a database even to read it. A pass is never given: who is behind a key is the word of
this file alone.
"""

from __future__ import annotations

from pathlib import Path

from witnessmark.case.access import Access
from witnessmark.case.work_folder import work_folder
from witnessmark.errors import CustodyError
from witnessmark.ledger.untrusted import kind_of, open_plain, shown, verdict_on
from witnessmark.model.verdict import Check, Verdict
from witnessmark.store.members import MOVE_AWAY, holds_members

SUBJECT = "members.db"
_BESIDE = ("", "-journal", "-wal")


def check_roster(root: Path, access: Access | None = None, *, busy: bool = False) -> Check:
    """Check the roster of the case at `root`, which `access` opens where it is encrypted; `busy` says that another process may be writing to it."""
    try:
        return Check(SUBJECT, Verdict.NOT_CHECKED, _look(root, access, busy=busy))
    except (OSError, CustodyError) as error:
        return Check(SUBJECT, *verdict_on(error))
    except ValueError as error:
        return Check(SUBJECT, Verdict.FAIL, f"It is not a roster that this program wrote: {shown(str(error))}. {MOVE_AWAY}")


def _look(root: Path, access: Access | None, *, busy: bool) -> str:
    """What there is to say of a roster that has no fault. Raises ValueError where it has one, OSError and CustodyError where it cannot be read."""
    if kind_of(root / SUBJECT) is None:
        return "There is no roster here: who is behind a key is not known from this folder."
    if busy:
        return "Another process may be writing to it just now."
    with work_folder(access) as scratch:
        for name in (f"{SUBJECT}{beside}" for beside in _BESIDE):
            if kind_of(root / name) is not None and not _copied(root, name, scratch):
                return "There was no room for a copy of it to look at."
        if not holds_members(scratch / SUBJECT, database_key=access.database_key if access is not None else None):
            return "The roster is empty: who is behind a key is not known from this folder."
    return "It is laid out as a roster is; who is who is in no log, so there is nothing to compare it with."


def _copied(root: Path, name: str, folder: Path) -> bool:
    """Copy a file of the case; False where there is no room for it. Raises OSError and CustodyError where it cannot be read."""
    with open_plain(root, name) as source:
        content = source.read()
    try:
        (folder / name).write_bytes(content)
    except OSError:
        return False
    return True
