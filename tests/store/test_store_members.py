"""A roster that is not ours is refused in words, before anything is asked of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from witnessmark.errors import CaseError, StorageError
from witnessmark.store.members import holds_members, key_of

AT = "2031-05-15T08:00:00Z"
ENDLESS = (
    "CREATE VIEW member AS WITH RECURSIVE n(key) AS (SELECT 1 UNION ALL SELECT key + 1 FROM n) SELECT key, key AS name, key AS since FROM n"
)


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    key_of(tmp_path / "members.db", "Ilse", at=AT)
    return tmp_path / "members.db"


def altered(roster: Path, *statements: str) -> None:
    with closing(sqlite3.connect(roster, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        (["DROP TABLE member", ENDLESS], "holds the view 'member'"),
        (["CREATE VIEW other AS SELECT 1"], "holds the view 'other'"),
        (["CREATE TRIGGER t AFTER INSERT ON member BEGIN DELETE FROM member; END"], "holds the trigger 't'"),
        (["CREATE TABLE note (x)"], "holds the table 'note'"),
        (["ALTER TABLE member ADD COLUMN rank TEXT"], "other columns"),
        (["DROP TABLE member", "CREATE TABLE member (key TEXT, name TEXT, since TEXT)"], "other columns"),
        (["UPDATE member SET key = 'Ilse'"], "holds the key 'Ilse'"),
    ],
)
def test_a_roster_that_holds_anything_else_is_refused_in_words(roster: Path, statements: list[str], words: str) -> None:
    altered(roster, *statements)
    with pytest.raises(CaseError, match=words):
        key_of(roster, "Ilse", at=AT)
    with pytest.raises(ValueError, match=words):
        holds_members(roster)


@pytest.mark.parametrize(
    "content", [b"junk", b"no database at all, but long enough to be taken for one" * 40, b"SQLite format 3\0" + bytes(4080)]
)
def test_a_roster_of_junk_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "members.db").write_bytes(content)
    with pytest.raises(CaseError, match="not a roster that this program wrote"):
        key_of(tmp_path / "members.db", "Ilse", at=AT)
    with pytest.raises(ValueError, match=r"."):
        holds_members(tmp_path / "members.db")


def test_a_damaged_page_is_found(roster: Path) -> None:
    content = bytearray(roster.read_bytes())
    content[4096:4200] = b"\xff" * 104
    roster.write_bytes(content)
    with pytest.raises(CaseError, match="not a roster"):
        key_of(roster, "Ilse", at=AT)
    with pytest.raises(ValueError, match=r"damaged|malformed"):
        holds_members(roster)


def test_a_journal_that_has_sqlite_delete_another_file_is_never_played_back(roster: Path, tmp_path: Path) -> None:
    """A journal may end in the name of a file that SQLite then deletes: https://www.sqlite.org/atomiccommit.html, section 5.5."""
    notes, hot = tmp_path / "notes.txt", tmp_path / "hot" / "members.db"
    notes.write_text("mine")
    hot.parent.mkdir()
    with closing(sqlite3.connect(roster, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN")
        for number in range(500):
            connection.execute("INSERT INTO member VALUES (?, ?, ?)", (f"k-{number:016x}", "x" * 500 + str(number), AT))
        journal = roster.with_name("members.db-journal").read_bytes()
        hot.write_bytes(roster.read_bytes())
        connection.execute("ROLLBACK")
    name = str(notes).encode()
    page = int.from_bytes(journal[24:28], "big")
    ending = [(0x40000000 // page + 1).to_bytes(4, "big"), name, len(name).to_bytes(4, "big"), sum(name).to_bytes(4, "big"), journal[:8]]
    hot.with_name("members.db-journal").write_bytes(journal + b"".join(ending))
    with pytest.raises(ValueError, match="names another file"):
        holds_members(hot)
    with pytest.raises(CaseError, match="names another file"):
        key_of(hot, "Ilse", at=AT)
    assert notes.read_text() == "mine"


def test_what_an_interruption_left_empty_is_laid_out(tmp_path: Path) -> None:
    (tmp_path / "members.db").touch()
    assert not holds_members(tmp_path / "members.db")
    key = key_of(tmp_path / "members.db", "Ilse", at=AT)
    assert key_of(tmp_path / "members.db", "Ilse", at=AT) == key
    assert holds_members(tmp_path / "members.db")


def test_a_roster_that_cannot_be_opened_is_a_matter_of_storage(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be used now"):
        key_of(tmp_path / "nowhere" / "members.db", "Ilse", at=AT)
