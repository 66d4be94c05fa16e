"""Opening `case.db`: SQLite in WAL mode with foreign keys, one connection, errors in the project's own words.

The only module besides its siblings that knows SQLAlchemy. A database that is damaged or of another layout is no loss: the
message says to run `witnessmark rebuild`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DatabaseError, OperationalError

from witnessmark.errors import CaseError, StorageError
from witnessmark.store.driver import module_for, unlock
from witnessmark.store.full_text import LAYOUT
from witnessmark.store.journals import refuse_journal
from witnessmark.store.schema import METADATA

SCHEMA_VERSION = 8
"""Raised with every change of the tables; a database of another version is rebuilt, never migrated."""


_CACHE_KIB = 32 * 1024
_CHECKPOINT_PAGES = 8192
"""Pages of 4 KiB that wait in the journal beside the database before they are moved into it, which waits for the disk twice: an intake of thousands of files does so once, not ten times."""

__all__ = ["Connection", "Database"]


class Database:
    """One open `case.db`; call `close` when done. `read_only` where the folder cannot be written or only looking was asked for."""

    def __init__(self, path: Path, *, read_only: bool = False, key: str | None = None, passing: bool = False) -> None:
        """Open, and lay out the tables where the file is new; `key` (64 hex digits) is that of an encrypted one.

        One that is `passing` is only looked at before it is deleted: nothing waits for the disk, and nothing of it outlives a crash.

        Raises CaseError where it is damaged, StorageError where it cannot be written.
        """
        self.path = path
        self.read_only = read_only or not os.access(path.parent, os.W_OK)
        self._engine = _engine(path, read_only=self.read_only, key=key, passing=passing)
        try:
            refuse_journal(path)
            self._connection = self._engine.connect()
            self._lay_out()
        except (DatabaseError, ValueError, OSError) as error:
            self._engine.dispose()
            raise self._in_words(error) from error

    def _lay_out(self) -> None:
        version = self._connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if version not in (0, SCHEMA_VERSION):
            raise CaseError(
                f"{self.path} has layout {version}, this program writes {SCHEMA_VERSION}. Run `witnessmark rebuild {self.path.parent}`."
            )
        if version == 0 and not self.read_only:
            METADATA.create_all(self._connection)
            for statement in LAYOUT:
                self._connection.exec_driver_sql(statement)
            self._connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
        self._connection.commit()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All or nothing. Raises StorageError where SQLite cannot write; whatever the block itself raises goes through."""
        self._connection.rollback()
        finished = False
        try:
            yield self._connection
            finished = True
        except OperationalError as error:
            raise StorageError(
                f"{self.path} cannot be written ({error.orig}). Nothing of this step was recorded; free some space, then run the command again."
            ) from error
        finally:
            if not finished:
                self._connection.rollback()
        try:
            self._connection.commit()
        except OperationalError as error:
            self._connection.rollback()
            raise StorageError(
                f"All of this step is recorded, but {self.path} cannot follow ({error.orig}). Free some space; the next command catches up, nothing need be repeated."
            ) from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for questions that all see one state of the case, those asked inside another's block its state. Raises CaseError where the file is damaged."""
        inside = self._connection.in_transaction()
        try:
            yield self._connection
        except DatabaseError as error:
            raise self._in_words(error) from error
        finally:
            if not inside:
                self._connection.rollback()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
        self._engine.dispose()

    def _in_words(self, error: Exception) -> CaseError | StorageError:
        fault = str(getattr(error, "orig", None) or error)
        if any(word in fault for word in ("full", "locked", "disk I/O")):
            return StorageError(
                f"{self.path} cannot be used now ({fault}). Free some space or wait for the other process, then run the command again."
            )
        return CaseError(
            f"{self.path} cannot be used as a case database ({fault}). It holds nothing that the records do not: run `witnessmark rebuild {self.path.parent}`."
        )


def _engine(path: Path, *, read_only: bool, key: str | None, passing: bool) -> Engine:
    if read_only:
        immutable = "" if os.access(path.parent, os.W_OK) else "&immutable=1"
        where = sqlalchemy.make_url(f"sqlite:///file:{quote(str(path))}?mode=ro{immutable}&uri=true")
    else:
        where = sqlalchemy.URL.create("sqlite", database=str(path))
    engine = sqlalchemy.create_engine(where, module=module_for(key))
    pragmas = ["foreign_keys = ON", "busy_timeout = 10000"]
    if passing:
        pragmas += ["journal_mode = MEMORY", "synchronous = OFF", f"cache_size = -{_CACHE_KIB}"]
    elif not read_only:
        pragmas += [
            "journal_mode = WAL",
            "synchronous = NORMAL",
            f"cache_size = -{_CACHE_KIB}",
            f"wal_autocheckpoint = {_CHECKPOINT_PAGES}",
        ]

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:  # noqa: ANN401 -- the DB-API publishes no types
        connection.isolation_level = None  # the driver begins only before writing; without this two questions see two states
        unlock(connection, key)
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine
