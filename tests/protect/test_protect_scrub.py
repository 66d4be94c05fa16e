"""Deleted rows leave a database for good, and rare combinations are named."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from witnessmark.errors import StorageError
from witnessmark.protect.leaks import Secret, find_leaks
from witnessmark.protect.reidentification import rare_combinations, small_counts
from witnessmark.protect.scrub import scrub

NAME = "Maren Vosk"


def deleted(path: Path) -> sqlite3.Connection:
    """A database in WAL mode that held the name and does not any more, as far as a query can tell."""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA secure_delete = OFF")
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("CREATE TABLE t (x)")
    for number in range(50):
        database.execute("INSERT INTO t VALUES (?)", (f"{NAME} {number} {'y' * 500}",))
    database.execute("DELETE FROM t")
    return database


def leaking(folder: Path) -> set[str]:
    return {leak.file for leak in find_leaks(folder, [Secret("name", NAME)])}


def test_what_was_deleted_stands_in_free_pages_and_log_until_scrubbed(tmp_path: Path) -> None:
    database = deleted(tmp_path / "a.db")
    assert "a.db-wal" in leaking(tmp_path)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    assert leaking(tmp_path) == {"a.db"}
    scrub(database)
    assert leaking(tmp_path) == set()
    database.execute("INSERT INTO t VALUES (?)", (NAME,))
    database.execute("DELETE FROM t")
    scrub(database)
    assert leaking(tmp_path) == set()
    database.close()


def test_a_vacuum_alone_leaves_the_name_in_the_log(tmp_path: Path) -> None:
    """The broken variant."""
    database = deleted(tmp_path / "a.db")
    database.execute("VACUUM")
    assert leaking(tmp_path)
    database.close()


def test_scrubbing_beside_a_reader_says_that_it_did_not_work(tmp_path: Path) -> None:
    database = deleted(tmp_path / "a.db")
    database.execute("PRAGMA busy_timeout = 10")
    reader = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM t").fetchall()
    with pytest.raises(StorageError, match="another process"):
        scrub(database)
    reader.close()
    database.close()


def people(number: int, place: str, age: str, role: str | None) -> list[dict[str, str | None]]:
    return [{"place": place, "age": age, "role": role}] * number


ROWS = [
    *people(5, "Korrin", "34", "guard"),
    *people(1, "Korrin", "34", "nurse"),
    *people(1, "Lisk", "34", None),
    *people(5, "Lisk", "61", "guard"),
]


def test_combinations_that_few_share_are_named_and_none_twice() -> None:
    found = {warning.attributes: warning.people for warning in rare_combinations(ROWS)}
    assert found == {(("role", "nurse"),): 1, (("place", "Lisk"), ("age", "34")): 1}
    assert rare_combinations(ROWS, k=1) == []


def test_what_is_not_shown_of_a_person_tells_nobody_apart() -> None:
    assert rare_combinations([{"role": None, "place": ""}] * 2) == []


def test_a_warning_says_who_in_words() -> None:
    first = rare_combinations(ROWS)[0]
    assert first.sentence == "Only one person is shown with role nurse. Whoever knows the place may know who that is."


def test_a_count_of_one_to_four_people_is_warned_of() -> None:
    assert [warning.people for warning in small_counts({"killed in Lisk": 3, "detained": 0, "missing": 5})] == [3]
