"""Comparing two databases table by table and row by row: one found in a case, and one drawn from the logs just now.

The found one is a copy, since SQLite writes beside a database even to read it; plain SQL through the driver, for
nothing of a damaged or hostile file is to become a row of ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import zip_longest
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from witnessmark.errors import CustodyError, StorageError
from witnessmark.model.entry import Stream
from witnessmark.store.database import SCHEMA_VERSION, Connection, Database
from witnessmark.store.driver import ERRORS, Connected, attach, connect
from witnessmark.store.full_text import INDEXES, TABLES
from witnessmark.store.journals import refuse_journal
from witnessmark.store.schema import METADATA, WORKINGS


@contextmanager
def drawing(path: Path, key: str | None = None) -> Iterator[Connection]:
    """A new database at `path` to draw into, all in one transaction, encrypted where there is a `key`.

    Raises CustodyError where what is drawn does not fit its tables, StorageError where there is no room for it.
    """
    database = Database(path, key=key, passing=True)
    try:
        with database.transaction() as connection:
            yield connection
    except StorageError as error:  # its sentence is about a case, and this is nobody's case yet
        raise StorageError(f"{path.name} cannot be drawn: {getattr(error.__cause__, 'orig', None) or error}.") from error
    except SQLAlchemyError as error:
        raise CustodyError(f"What the logs say does not fit together ({getattr(error, 'orig', None) or error}).") from error
    finally:
        database.close()


def drawn_sizes(found: Path, key: str | None = None) -> dict[Stream, str]:
    """How many entries of each log a database says it has drawn, as written there. Raises CustodyError where it is no such database."""
    with _open(found, key) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version != SCHEMA_VERSION:
            raise CustodyError(f"It has layout {version}, this program writes {SCHEMA_VERSION}.")
        faults = [fault for (fault,) in connection.execute("PRAGMA integrity_check(1)") if fault != "ok"]
        if faults:
            raise CustodyError(f"It is damaged: {faults[0]}.")
        sizes = dict(connection.execute("SELECT key, value FROM meta WHERE key LIKE 'size/%'"))
        return {stream: str(sizes.get(f"size/{stream}", "0")) for stream in Stream}


def differing_rows(found: Path, drawn: Path, key: str | None = None) -> dict[str, int]:
    """How many rows differ between two databases, by table, of the tables that differ. Raises CustodyError where tables themselves do."""
    with _open(found, key) as connection:
        attach(connection, drawn.as_uri() + "?mode=ro", "drawn", key)
        if _layout(connection, "main") != _layout(connection, "drawn"):
            raise CustodyError("Its tables are not those that this program lays out.")
        _check_index(connection)
        counts = {table: _count_differing(connection, table) for table in [*sorted(METADATA.tables.keys() - WORKINGS), *TABLES]}
        return {table: count for table, count in counts.items() if count}


@contextmanager
def _open(found: Path, key: str | None) -> Iterator[Connected]:
    try:
        refuse_journal(found)
        with closing(connect(found.as_uri(), key, uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            yield connection
    except (*ERRORS, ValueError) as error:
        raise CustodyError(f"It is damaged: {error}.") from error


def _layout(connection: Connected, schema: str) -> set[tuple[object, ...]]:
    """Tables, indexes, views and triggers by name, and the columns of each table; how the SQL was spaced does not matter."""
    things = connection.execute(f"SELECT type, name, tbl_name FROM {schema}.sqlite_master").fetchall()  # noqa: S608 -- our own two names
    columns = (
        (name, *column)
        for kind, name, _ in things
        if kind == "table"
        for column in connection.execute('SELECT cid, name, type, "notnull", pk FROM pragma_table_xinfo(?, ?)', (name, schema))
    )
    return {*things, *columns}


def _check_index(connection: Connected) -> None:
    """Have FTS5 compare each index with the texts it holds; it answers with an error where they differ.

    The 1 has it compare an index whose texts lie in another table, too (https://www.sqlite.org/fts5.html, 6.5).
    """
    for table in INDEXES:
        connection.execute(f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', 1)")  # noqa: S608 -- our own names
    connection.rollback()


def _count_differing(connection: Connected, table: str) -> int:
    """Rows that only one of the two has, the greater of both counts: a changed row counts once."""
    if _is_same(connection, table):
        return 0

    def count(query: str) -> int:
        return int(connection.execute(f"SELECT count(*) FROM ({query})").fetchone()[0])  # noqa: S608 -- names from our own schema

    found, drawn = _rows_of(table)
    return max(count(f"{found} EXCEPT {drawn}"), count(f"{drawn} EXCEPT {found}"), abs(count(found) - count(drawn)))


def _is_same(connection: Connected, table: str) -> bool:
    """Whether both have the same rows in the same order, as nearly every case has: told in a tenth of the time that a comparison of sets takes."""
    found, drawn = (connection.execute(query) for query in _rows_of(table))
    try:
        return all(one == other for one, other in zip_longest(found, drawn))
    except ERRORS:  # damaged, or text that is no UTF-8: for the comparison of sets to say
        return False


def _rows_of(table: str) -> tuple[str, str]:
    return f"SELECT * FROM main.{table}", f"SELECT * FROM drawn.{table}"  # noqa: S608 -- names from our own schema
