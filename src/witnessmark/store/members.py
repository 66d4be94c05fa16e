"""The roster, `members.db`: which pseudonymous key is whom. The logs hold the key alone; this file is never rebuilt.

It is apart from everything that is handed over, so that the names of staff stay behind. One that came with a case may have been made
to do harm: nothing is asked of it before its layout was found to be the one laid out here, to the letter. Plain SQL for two tables: who is
who, and who may sign in to the workbench (`sign_ins` writes and asks that one; it is laid out when the first person may). In an encrypted case
the file is encrypted with the key of its databases.
"""

from __future__ import annotations

import re
import secrets
import shlex
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from witnessmark.errors import CaseError, StorageError
from witnessmark.model.entry import ACTOR_KEY
from witnessmark.store.driver import ERRORS, OPERATIONAL_ERRORS, Connected, connect
from witnessmark.store.journals import refuse_journal

_LAYOUT = 'CREATE TABLE member ("key" TEXT NOT NULL, name TEXT NOT NULL, since TEXT NOT NULL, PRIMARY KEY ("key"), UNIQUE (name)) STRICT'
SIGN_IN_LAYOUT = (
    'CREATE TABLE sign_in ("key" TEXT NOT NULL, role TEXT NOT NULL, secret TEXT, invitation TEXT, "until" TEXT, since TEXT NOT NULL, '
    'PRIMARY KEY ("key"), FOREIGN KEY("key") REFERENCES member ("key")) STRICT'
)
_THINGS = {
    ("table", "member"): _LAYOUT,
    ("index", "sqlite_autoindex_member_1"): None,
    ("index", "sqlite_autoindex_member_2"): None,
    ("table", "sign_in"): SIGN_IN_LAYOUT,
    ("index", "sqlite_autoindex_sign_in_1"): None,
}

MOVE_AWAY = "Move it out of the case, with members.db-journal where there is one: the logs check without it, and the next decision begins a new one; who is behind the keys is then known only from another copy."
"""What to do about a roster that is refused."""


def key_of(roster: Path, name: str, *, at: str, database_key: str | None = None) -> str:
    """The key of the member called `name`, drawn at random and entered at the time `at` where there is none yet.

    `database_key` is that of an encrypted case.
    Raises CaseError where the file is no roster of ours, StorageError where it cannot be read or written.
    """
    try:
        refuse_journal(roster)
        with closing(connected(roster, database_key)) as connection:
            if not _is_laid_out(connection):
                connection.execute(_LAYOUT)
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                known = connection.execute("SELECT key FROM member WHERE name = ?", (name,)).fetchone()
                if known is not None:
                    return _sound(known[0])
                key = "k-" + secrets.token_hex(8)
                connection.execute("INSERT INTO member (key, name, since) VALUES (?, ?, ?)", (key, name, at))
                return key
    except (*OPERATIONAL_ERRORS, OSError) as error:
        raise StorageError(
            f"{roster} cannot be used now ({error}). Nothing of this step was recorded. Free some space or see who may write to it, "
            f"then run the command again; `witnessmark verify {shlex.quote(str(roster.absolute().parent))}` tells more."
        ) from error
    except (*ERRORS, ValueError) as error:
        raise CaseError(
            f"{roster} is not a roster that this program wrote ({error}). Nothing of this step was recorded. {MOVE_AWAY}"
        ) from error


def names_of(roster: Path, keys: Iterable[str], *, database_key: str | None = None) -> dict[str, str]:
    """The names behind keys, as far as the roster knows them; nothing is written, not even beside it.

    Raises CaseError where the file is no roster of ours, or cannot be read as one just now.
    """
    if not roster.is_file():
        return {}
    try:
        with closing(connect(f"{roster.absolute().as_uri()}?mode=ro&immutable=1", database_key, uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            if not _is_laid_out(connection):
                return {}
            asked = ((key, connection.execute("SELECT name FROM member WHERE key = ?", (key,)).fetchone()) for key in keys)
            return {key: str(found[0]) for key, found in asked if found is not None}
    except (*ERRORS, ValueError) as error:
        raise CaseError(f"{roster} cannot be read as a roster ({error}). {MOVE_AWAY}") from error


def holds_members(copy: Path, *, database_key: str | None = None) -> bool:
    """Whether a roster names anybody at all. `copy` is one to look at, with its journal: SQLite writes beside a database even to read it.

    Raises ValueError, in words, where it is not a roster that this program wrote.
    """
    try:
        refuse_journal(copy)
        with closing(connected(copy, database_key)) as connection:
            if not _is_laid_out(connection):
                return False
            faults = [fault for (fault,) in connection.execute("PRAGMA integrity_check(1)") if fault != "ok"]
            if faults:
                raise ValueError(f"it is damaged: {faults[0]}")
            return bool([_sound(key) for key, _, _ in connection.execute("SELECT key, name, since FROM member")])
    except ERRORS as error:
        raise ValueError(str(error)) from error


def connected(path: Path, database_key: str | None) -> Connected:
    """A connection to the roster that runs nothing of what its layout may hold."""
    connection = connect(path, database_key, isolation_level=None)
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def tables_of(connection: Connected) -> set[str]:
    """The tables that are there, none for a file with nothing in it. Raises ValueError where there is anything else than ours."""
    things = connection.execute("SELECT type, name, sql FROM sqlite_master LIMIT 9").fetchall()
    for kind, name, sql in things:
        if (kind, name) not in _THINGS:
            raise ValueError(f"it holds the {kind} {str(name)[:40]!a}, and a roster holds the tables 'member' and 'sign_in' alone")
        if _bare(sql or "") != _bare(_THINGS[kind, name] or ""):
            raise ValueError(f"its table {name!a} has other columns or rules")
    return {name for kind, name, _ in things if kind == "table"}


def _is_laid_out(connection: Connected) -> bool:
    """Whether anybody can be entered. Raises ValueError where the file is no roster of ours."""
    tables = tables_of(connection)
    if tables and "member" not in tables:
        raise ValueError("it lacks the table 'member'")
    return bool(tables)


def _bare(sql: str) -> str:
    """How the SQL was spaced or quoted does not matter."""
    return re.sub(r'[\s"]', "", sql)


def _sound(key: object) -> str:
    if not isinstance(key, str) or not ACTOR_KEY.fullmatch(key):
        raise ValueError(f"it holds the key {str(key)[:40]!a}, and a key is k- and 16 hex digits")
    return key
