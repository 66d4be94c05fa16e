"""Opening `case.db`: SQLite in WAL mode with foreign keys, one connection, errors in the project's own words.

The only module besides its siblings that knows SQLAlchemy. A database that is damaged or of another layout is no loss: the
message says to run `witnessmark rebuild`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DatabaseError, OperationalError

from witnessmark.errors import CaseError, StorageError
from witnessmark.store.schema import FULL_TEXT, METADATA

SCHEMA_VERSION = 1
"""Raised with every change of the tables; a database of another version is rebuilt, never migrated."""


__all__ = ["Connection", "Database"]


class Database:
    """One open `case.db`. Use as a context manager, or call `close`."""

    def __init__(self, path: Path) -> None:
        """Open, and lay out the tables where the file is new. Raises CaseError where it is damaged."""
        self.path = path
        self._engine = _engine(path)
        try:
            self._connection = self._engine.connect()
            self._lay_out()
        except DatabaseError as error:
            self._engine.dispose()
            raise CaseError(
                f"{path} cannot be opened as a case database ({error.orig}). It holds nothing that the records do not: run `witnessmark rebuild {path.parent}`."
            ) from error

    def _lay_out(self) -> None:
        version = self._connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if version not in (0, SCHEMA_VERSION):
            raise CaseError(
                f"{self.path} has layout {version}, this program writes {SCHEMA_VERSION}. Run `witnessmark rebuild {self.path.parent}`."
            )
        if version == 0:
            METADATA.create_all(self._connection)
            self._connection.exec_driver_sql(FULL_TEXT)
            self._connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
            self._connection.commit()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All or nothing. Raises StorageError where SQLite cannot write (a full disk, a read-only file)."""
        self._connection.rollback()
        try:
            with self._connection.begin():
                yield self._connection
        except OperationalError as error:
            raise StorageError(
                f"The database {self.path} cannot be written ({error.orig}). The records are safe; free some space, then run the command again."
            ) from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for questions. Raises CaseError where the file is damaged."""
        try:
            yield self._connection
        except DatabaseError as error:
            raise CaseError(
                f"{self.path} is damaged ({error.orig}). It holds nothing that the records do not: run `witnessmark rebuild {self.path.parent}`."
            ) from error
        finally:
            self._connection.rollback()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
        self._engine.dispose()


def _engine(path: Path) -> Engine:
    engine = sqlalchemy.create_engine(sqlalchemy.URL.create("sqlite", database=str(path)))

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: Any) -> None:  # noqa: ANN401 -- the DB-API publishes no types
        for pragma in ("journal_mode = WAL", "foreign_keys = ON", "synchronous = NORMAL", "busy_timeout = 10000"):
            connection.execute(f"PRAGMA {pragma}")

    return engine
