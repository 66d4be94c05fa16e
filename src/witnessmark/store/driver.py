"""Which SQLite opens a database: the standard library's, or SQLCipher for the databases of an encrypted case.

SQLCipher is SQLite with every page of database, journal and WAL encrypted (AES-256 in CBC mode with a HMAC-SHA512 a page, version 4 of its
format). The key is 32 random bytes, used as they are: there is no passphrase to stretch.
"""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

ERRORS = (sqlite3.Error, sqlcipher.Error)
OPERATIONAL_ERRORS = (sqlite3.OperationalError, sqlcipher.OperationalError)

Connected = sqlite3.Connection
"""A connection of either module: SQLCipher's has the same methods, and publishes no types."""

_KEY = re.compile(r"[0-9a-f]{64}")


def module_for(key: str | None) -> Any:  # noqa: ANN401 -- a DB-API module, of which there is no type
    """The DB-API module that opens a database with this key (64 hex digits), or one in the clear."""
    return sqlite3 if key is None else sqlcipher


def unlock(connection: Connected, key: str | None) -> None:
    """Give a fresh connection its key; nothing for a database in the clear. Temporary tables then stay in memory."""
    if key is None:
        return
    connection.execute("PRAGMA cipher_log_level = NONE")  # what is wrong is said in words of ours, not on standard error
    connection.execute(f"PRAGMA key = {_literal(key)}")
    connection.execute("PRAGMA temp_store = MEMORY")


def attach(connection: Connected, database: str, name: str, key: str | None) -> None:
    """Attach a second database, opened with the same key, under a `name` of ours."""
    secret = "" if key is None else f" KEY {_literal(key)}"
    connection.execute(f"ATTACH DATABASE ? AS {name}{secret}", (database,))


def _literal(key: str) -> str:
    """A raw key in SQLCipher's own form. Raises ValueError for anything else than 64 hex digits."""
    if not _KEY.fullmatch(key):
        raise ValueError("a database key is 64 hex digits")
    return f"\"x'{key}'\""


def connect(where: Path | str, key: str | None = None, **options: Any) -> Connected:  # noqa: ANN401 -- options of the DB-API
    """A connection to a database, in the clear or with its key. `where` is a path, or a URI with `uri=True`."""
    connection: Connected = module_for(key).connect(str(where), **options)
    unlock(connection, key)
    return connection
