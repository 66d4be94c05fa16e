from __future__ import annotations

import ast
import hashlib
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from witnessmark.errors import CaseError
from witnessmark.model.deed import DocumentRead, ItemReceived, Label, Step
from witnessmark.model.document import Document
from witnessmark.model.entry import Entry, Stream
from witnessmark.model.item import Receipt
from witnessmark.store import schema
from witnessmark.store.database import SCHEMA_VERSION, Database
from witnessmark.store.members import key_of
from witnessmark.store.projection import apply
from witnessmark.text.words import words_by_block

ITEM = "ab" * 32


def entry(stream: Stream, seq: int) -> Entry:
    return Entry(stream, seq, f"2031-05-15T08:00:0{seq}Z", "k-0", "x", f"{seq:064x}")


def with_document(folder: Path, words: str) -> Database:
    database = Database(folder / "case.db")
    receipt = Receipt(ITEM, "2031-05-15T08:00:00Z", "note.txt", "added as a file")
    document = Document("d-1", ITEM, "plain-text@1", "text/plain", words)
    with database.transaction() as connection:
        apply(connection, entry(Stream.CUSTODY, 0), ItemReceived(receipt, 3, "text/plain", Label(ITEM, "I1", "0011")))
        apply(connection, entry(Stream.ANALYSIS, 0), DocumentRead(Step("read", "1", "p", ITEM), document))
    return database


def test_tables_are_strict(tmp_path: Path) -> None:
    database = with_document(tmp_path, "x")
    with pytest.raises(IntegrityError), database.transaction() as connection:
        connection.execute(text("INSERT INTO item (id, seq, size, media_type) VALUES ('x', 9, 'many', 'text/plain')"))
    with database.reading() as connection:
        assert all(row.strict for row in connection.execute(text("PRAGMA table_list")) if row.name in schema.METADATA.tables)
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"


def write_half(database: Database) -> None:
    with database.transaction() as connection:
        connection.execute(insert(schema.meta).values(key="half", value="done"))
        raise RuntimeError("halfway")


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    database = with_document(tmp_path, "x")
    with pytest.raises(RuntimeError, match="halfway"):
        write_half(database)
    with database.reading() as connection:
        assert connection.execute(select(schema.meta.c.key).where(schema.meta.c.key == "half")).all() == []


def test_a_damaged_database_says_that_nothing_is_lost(tmp_path: Path) -> None:
    (tmp_path / "case.db").write_bytes(b"not a database, not at all, but long enough to be taken for one" * 40)
    with pytest.raises(CaseError, match="witnessmark rebuild"):
        Database(tmp_path / "case.db")


def test_a_database_of_another_layout_is_to_be_rebuilt_not_guessed_at(tmp_path: Path) -> None:
    database = with_document(tmp_path, "x")
    with database.transaction() as connection:
        connection.execute(text("PRAGMA user_version = 99"))
    database.close()
    with pytest.raises(CaseError, match="layout 99"):
        Database(tmp_path / "case.db")


def test_a_member_keeps_one_random_key(tmp_path: Path) -> None:
    roster = tmp_path / "members.db"
    keys = {name: key_of(roster, name, at="2031-05-15T08:00:00Z") for name in ("Ilse", "Omar")}
    assert key_of(roster, "Ilse", at="2031-06-01T08:00:00Z") == keys["Ilse"] != keys["Omar"]
    assert all(len(key) == 18 and key.startswith("k-") for key in keys.values())


def test_no_module_outside_store_knows_the_dialect() -> None:
    source = Path(__file__).parents[2] / "src" / "witnessmark"
    for path in source.rglob("*.py"):
        if "store" not in path.relative_to(source).parts:
            imported = {
                getattr(node, "module", "") or ""
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                if isinstance(node, ast.ImportFrom)
            }
            assert not any(name.startswith("sqlalchemy") for name in imported), path


CUT = "“Al-Ḥasakah’s detainees¹”, said l’avocat; ٤٠ معتقلًا؛ مُحَمَّد وَالنبيﷺ ½ 東京 ไทย naïve ﬁre ℌ İstanbul"
CUT_AS = "1fd9c7b7f5dd240c"


def test_whoever_changes_how_words_are_cut_raises_the_layout_so_that_no_case_is_searched_by_old_words() -> None:
    words = hashlib.sha256(repr((SCHEMA_VERSION, words_by_block(CUT * 40))).encode()).hexdigest()[:16]
    assert words == CUT_AS, "words are cut otherwise than before: raise SCHEMA_VERSION, then set CUT_AS to what this test found"
