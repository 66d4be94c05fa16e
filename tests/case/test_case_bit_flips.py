"""One bit flipped in every stored file in turn, and files deleted, added, swapped and cut short: `verify` finds and names each."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

from witnessmark.case.verifying import verify_case
from witnessmark.model.verdict import Verdict

OF_NO_CONTENT = ("write.lock", "write.holder")
DATABASES = ("case.db", "members.db")
"""What SQLite writes: a flip there need not change a row, and nothing says what a roster holds."""


def stored(case: Path) -> list[str]:
    """The files of a case that its records speak for."""
    names = sorted(path.relative_to(case).as_posix() for path in case.rglob("*") if path.is_file())
    return [name for name in names if not name.startswith((*OF_NO_CONTENT, *DATABASES))]


def failing(case: Path) -> list[str]:
    return [check.subject for check in verify_case(case) if check.verdict is Verdict.FAIL]


def names(subjects: list[str], name: str) -> bool:
    """Whether one of the failing subjects is that file, or what that file holds (an entry of a log, a record of a segment)."""
    part = name.rpartition("/")[0] if name.startswith(("ledger/", "records/")) else name
    return any(name in subject or (part and subject.startswith(part)) for subject in subjects)


def flip(path: Path, bit: int) -> bytes:
    """Flip one bit; the bytes before."""
    before = path.read_bytes()
    changed = bytearray(before)
    changed[bit // 8] ^= 1 << bit % 8
    overwrite(path, bytes(changed))
    return before


def overwrite(path: Path, content: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(content)


def test_one_flipped_bit_in_any_stored_file_is_found_and_named(case: Path) -> None:
    bits, unseen = random.Random(3), []  # noqa: S311 -- places, not secrets
    assert not failing(case)
    for name in stored(case):
        path = case / name
        bit = bits.randrange(path.stat().st_size * 8)
        before = flip(path, bit)
        if not names(failing(case), name):
            unseen.append((name, bit))
        overwrite(path, before)
    assert not unseen
    assert not failing(case)


def test_a_flipped_bit_in_the_database_that_changes_a_row_is_found(case: Path) -> None:
    bits, changed, unseen = random.Random(11), 0, []  # noqa: S311 -- places, not secrets
    path = case / "case.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size, rows = path.stat().st_size, rows_of(path)
    while changed < 12:
        bit = bits.randrange(size * 8)
        before = flip(path, bit)
        if rows_of(path) != rows:
            changed += 1
            if "case.db" not in failing(case):
                unseen.append(bit)
        overwrite(path, before)
        for beside in ("-wal", "-shm"):
            (case / f"case.db{beside}").unlink(missing_ok=True)
    assert not unseen


def rows_of(path: Path) -> list[str] | None:
    """All rows of a database as text, None where it cannot be read any more."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            connection.text_factory = bytes
            tables = [name.decode() for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return [repr(row) for table in tables for row in connection.execute(f'SELECT * FROM "{table}"')]  # noqa: S608 -- of our own file
    except (sqlite3.Error, UnicodeDecodeError):
        return None


def test_any_stored_file_deleted_or_cut_short_is_found_and_named(case: Path) -> None:
    unseen = []
    for name in stored(case):
        path = case / name
        content = path.read_bytes()
        path.unlink()
        if not names(failing(case), name):
            unseen.append(("deleted", name))
        path.write_bytes(content[:-2])  # the last byte of case.toml is a line end, and people may edit that file
        if not names(failing(case), name):
            unseen.append(("cut short", name))
        overwrite(path, content)
    assert not unseen
    assert not failing(case)


def test_a_file_added_anywhere_is_found_and_named(case: Path) -> None:
    unseen = []
    folder = next((case / "vault").glob("??"))
    added = [case / "more", case / "vault/more", folder / ("0" * 62), case / "dossier/more.html"]
    added += [case / "ledger/more", case / "ledger/custody/more", case / "records/custody/more", case / "records/custody/000000999.jsonl"]
    for path in added:
        path.write_bytes(b"slipped in\n")
        if not any(path.name in subject or subject.startswith("records/custody") for subject in failing(case)):
            unseen.append(path.relative_to(case).as_posix())
        path.unlink()
    assert not unseen
    assert not failing(case)


def test_two_files_of_one_kind_swapped_are_both_found_and_named(case: Path) -> None:
    kinds = ("vault/??/*", "records/*/*.jsonl", "ledger/*/log.jsonl", "dossier/*.html")
    for kind in kinds:
        first, second, *_ = sorted(case.glob(kind))
        ours, theirs = first.read_bytes(), second.read_bytes()
        overwrite(first, theirs)
        overwrite(second, ours)
        found = failing(case)
        assert names(found, first.relative_to(case).as_posix()), (kind, found)
        assert names(found, second.relative_to(case).as_posix()), (kind, found)
        overwrite(first, ours)
        overwrite(second, theirs)
    assert not failing(case)
