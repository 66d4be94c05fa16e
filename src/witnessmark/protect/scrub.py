"""Taking deleted rows out of a SQLite file for good: free pages, the write-ahead log and what a page still holds beyond its rows."""

from __future__ import annotations

from typing import Any, Protocol

from witnessmark.errors import StorageError


class Connected(Protocol):
    """An open connection of `sqlite3`, or of a library with its interface, with no transaction begun."""

    def execute(self, statement: str, /) -> Any:  # noqa: ANN401 -- the DB-API publishes no types
        """Run one statement."""


def scrub(database: Connected) -> None:
    """Rewrite the database from its rows alone and empty its write-ahead log; from now on deleting overwrites.

    It cannot reach what a file system, a snapshot or flash memory keeps of overwritten blocks. Raises StorageError where another connection reads: its
    old pages would stay in the log.
    """
    database.execute("PRAGMA secure_delete = ON").fetchall()
    database.execute("VACUUM").fetchall()
    busy, _, _ = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise StorageError(
            "The database is being read by another process, so what was deleted may still stand in its log. End that, then run the command again."
        )
