"""Disposal: content is gone for good, the record that it was decided stays, and nothing else may be missing."""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
import zipfile
from pathlib import Path

import pytest

from witnessmark.case import case as case_module
from witnessmark.case.case import create_case, open_case, rebuild_case
from witnessmark.case.deciding import decide, decide_all
from witnessmark.case.disposing import dispose
from witnessmark.case.intake import Given, add
from witnessmark.case.pipeline import build
from witnessmark.case.reading import read_items
from witnessmark.case.reviewing import show_item
from witnessmark.case.summary import summarise
from witnessmark.case.triaging import record_not_kept
from witnessmark.case.verifying import verify_case
from witnessmark.errors import CustodyError, StorageError, UsageError
from witnessmark.ledger.records import Tombstone, read_segment
from witnessmark.model.canonical import canonical_json
from witnessmark.model.verdict import Check, Verdict
from witnessmark.store import queries

SECRET = b"Guards at Korrin prison killed"


def failed(case: Path) -> list[Check]:
    return [check for check in verify_case(case) if check.verdict is Verdict.FAIL]


def number_of(case: Path, name: str) -> str:
    with open_case(case) as opened, opened.asking() as connection:
        labels = queries.labels(connection)
        return next(labels[item].number for item, said in queries.receipts(connection).items() if said[0].name == name)


def holding(case: Path, words: bytes) -> list[str]:
    return [path.relative_to(case).as_posix() for path in sorted(case.rglob("*")) if path.is_file() and words in path.read_bytes()]


def disposed(case: Path, name: str = "briefing.txt") -> str:
    number = number_of(case, name)
    with open_case(case, write="dispose") as opened:
        dispose(opened, [number], why="kept for five years", authority="retention rule 4")
    return number


def rows(case: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows but those that a weighing leaves for the next one, which say no fact of the case."""
    with sqlite3.connect(case / "case.db") as connection:
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type='table' AND sql LIKE '%STRICT%' AND name <> 'kept'"
            )
        ]
        return {table: sorted(connection.execute(f"SELECT * FROM {table}"), key=repr) for table in tables}  # noqa: S608 -- names from the database itself


def test_what_is_disposed_of_is_in_no_file_of_the_case_and_verify_passes_it_by_decision(case: Path) -> None:
    assert holding(case, SECRET)
    number = disposed(case)
    assert holding(case, SECRET) == []
    assert holding(case, b"briefing.txt") == []
    assert not failed(case)
    (told,) = [check for check in verify_case(case) if check.subject == number]
    assert told.verdict is Verdict.PASS
    assert "disposed of on" in told.detail
    assert "retention rule 4" in told.detail


def test_a_rebuild_after_disposal_gives_the_same_case_with_its_numbers_taken(case: Path) -> None:
    with open_case(case) as opened, opened.asking() as connection:
        before = queries.labels(connection)
    disposed(case)
    drawn = rows(case)
    rebuild_case(case)
    assert rows(case) == drawn
    with open_case(case) as opened, opened.asking() as connection:
        after = queries.labels(connection)
        assert before.items() <= after.items()
        (one,) = queries.disposals(connection)
        assert queries.is_disposed(connection, one.item)


def test_new_items_and_decisions_never_take_a_disposed_number(case: Path, tmp_path: Path) -> None:
    claim = "C1"
    with open_case(case, write="decide") as opened:
        first = decide(opened, claim, "status", "accepted", why="compared")
    disposed(case)
    fresh = tmp_path / "fresh.txt"
    fresh.write_text("Dara Ilin said on 3 May 2031 that ten men were killed at Korrin.", encoding="utf-8")
    with open_case(case, write="add") as opened:
        add(opened, [fresh], Given())
        item = number_of(case, "fresh.txt")
        second = decide(opened, item, "protection", "sensitive", why="asked for")
    assert item == "I4"
    assert second.id != first.id
    assert not failed(case)


def test_corrections_go_with_the_item_they_are_about(case: Path) -> None:
    number = number_of(case, "briefing.txt")
    with open_case(case, write="decide") as opened:
        decide_all(opened, number, "claim", "We have seen photographs of the graves", why="KEEPWATCH")
    assert holding(case, b"KEEPWATCH")
    disposed(case)
    assert holding(case, b"KEEPWATCH") == []
    assert not failed(case)


def test_status_and_dossier_show_what_was_disposed_of(case: Path) -> None:
    number = disposed(case)
    with open_case(case) as opened:
        told = summarise(opened).left_out
    assert any(line.startswith(f"Disposed of: {number}, ") and "retention rule 4" in line for line in told)
    pages = "".join(path.read_text(encoding="utf-8") for path in (case / "dossier").rglob("*.html"))
    assert f"Disposed of: {number}" in pages


def test_a_body_removed_without_a_decision_fails_and_stops_a_rebuild(case: Path) -> None:
    segment = min((case / "records" / "analysis").iterdir())
    lines = [Tombstone(disposed=True, seq=record.seq) for record in read_segment(segment)]
    segment.write_bytes(b"".join(canonical_json(line) + b"\n" for line in lines))
    assert any("no decision to dispose of it is on record" in check.detail for check in failed(case))
    with pytest.raises(CustodyError, match="no decision to dispose"):
        rebuild_case(case)


def test_content_that_came_back_after_disposal_fails(case: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    shutil.copytree(case, kept)
    disposed(case)
    (gone,) = [path for path in (kept / "vault").rglob("*") if path.is_file() and SECRET in path.read_bytes()]
    back = case / gone.relative_to(kept)
    back.parent.mkdir(exist_ok=True)
    shutil.copyfile(gone, back)
    assert any("still in the vault" in check.detail for check in failed(case))
    back.unlink()
    for old in (kept / "records").rglob("*.jsonl"):
        new = case / old.relative_to(kept)
        if new.read_bytes() != old.read_bytes():
            shutil.copyfile(old, new)
    assert any("is still there" in check.detail for check in failed(case))


@pytest.mark.parametrize("step", ["put_in_place", "vault.destroy", "redraw", "dossier"])
def test_a_crash_while_disposing_is_finished_by_the_next_writer(case: Path, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from witnessmark.case import disposed as carrying_out
    from witnessmark.preserve.vault import Vault

    class CrashError(Exception):
        pass

    def crash(*_: object, **__: object) -> None:
        raise CrashError

    number = number_of(case, "briefing.txt")
    with monkeypatch.context() as broken:
        if step == "put_in_place":
            broken.setattr(carrying_out, "put_in_place", crash)
        elif step == "vault.destroy":
            broken.setattr(Vault, "destroy", crash)
        elif step == "redraw":
            broken.setattr(case_module.Case, "redraw", crash)
        else:
            broken.setattr(carrying_out, "destroy_dossier", crash)
        with pytest.raises(CrashError), open_case(case, write="dispose") as opened:
            dispose(opened, [number], why="w", authority="a")
    with open_case(case, write="read"):
        pass
    assert holding(case, SECRET) == []
    assert not failed(case)


def test_the_same_bytes_do_not_come_in_again(case: Path, evidence: Path) -> None:
    number = disposed(case)
    with open_case(case, write="add") as opened:
        received = add(opened, [evidence / "briefing.txt"], Given())
    assert received.new == 0
    assert [refusal.reason.split(",")[0] for refusal in received.refused] == [f"These bytes were {number}"]
    assert holding(case, SECRET) == []
    assert not failed(case)


def zip_case(tmp_path: Path) -> Path:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "One letter about Korrin.")
        archive.writestr("b.txt", "Another letter about Korrin.")
    packed = tmp_path / "a.zip"
    packed.write_bytes(buffer.getvalue())
    case = tmp_path / "zipped"
    create_case(case)
    with open_case(case, write="add") as opened:
        add(opened, [packed], Given())
        read_items(opened)
    return case


def test_a_member_goes_only_with_what_holds_its_bytes(tmp_path: Path) -> None:
    case = zip_case(tmp_path)
    with open_case(case, write="dispose") as opened, pytest.raises(UsageError, match="came in I1, which holds the same bytes"):
        dispose(opened, ["I2"], why="w", authority="a")
    with open_case(case, write="dispose") as opened:
        done = dispose(opened, ["i1"], why="w", authority="a")
    assert done.members_left == ("I2", "I3")
    assert not failed(case)
    with open_case(case, write="dispose") as opened:
        assert [one.number for one in dispose(opened, ["I2"], why="w", authority="a").items] == ["I2"]
        with pytest.raises(UsageError, match="disposed of already"):
            dispose(opened, ["I1"], why="w", authority="a")
    assert not failed(case)


def test_members_go_with_their_container_where_that_is_said(tmp_path: Path) -> None:
    case = zip_case(tmp_path)
    with open_case(case, write="dispose") as opened:
        done = dispose(opened, ["I1"], why="w", authority="a", with_members=True)
    assert sorted(one.number for one in done.items) == ["I1", "I2", "I3"]
    assert holding(case, b"letter about Korrin") == []
    assert not failed(case)
    rebuild_case(case)
    assert not failed(case)


def test_a_translation_outlives_its_original(evidence: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    build(evidence, case, Given())
    original, translation = number_of(case, "list.csv"), number_of(case, "statement.txt")
    with open_case(case, write="decide") as opened:
        decide(opened, translation, "translation_of", original, why="it says so")
    disposed(case, "list.csv")
    assert not failed(case)
    build(evidence / "statement.txt", case, Given())
    assert not failed(case)


def test_what_is_received_and_not_kept_is_counted_with_its_reason(case: Path, tmp_path: Path) -> None:
    stickers = tmp_path / "stickers"
    stickers.mkdir()
    for n in range(3):
        (stickers / f"{n}.webp").write_bytes(os.urandom(50))
    with open_case(case, write="triage") as opened:
        done = record_not_kept(opened, [stickers], why="Stickers, no evidence.")
        assert (done.files, done.bytes, done.unchanged) == (3, 150, 0)
        assert record_not_kept(opened, [stickers], why="Stickers, no evidence.").unchanged == 3
        assert "Received, not kept: 3. Stickers, no evidence." in summarise(opened).left_out
    assert not failed(case)
    assert b"0.webp" not in (case / "ledger" / "custody" / "log.jsonl").read_bytes()
    rebuild_case(case)
    with open_case(case) as opened:
        assert "Received, not kept: 3. Stickers, no evidence." in summarise(opened).left_out


def test_what_the_case_keeps_is_not_recorded_as_not_kept(case: Path, evidence: Path) -> None:
    with open_case(case, write="triage") as opened, pytest.raises(UsageError, match="is kept"):
        record_not_kept(opened, [evidence / "briefing.txt"], why="w")


def test_deciding_about_or_looking_at_what_is_gone_says_that_it_is(case: Path) -> None:
    number = disposed(case)
    with open_case(case, write="decide") as opened:
        for ask in (lambda: decide(opened, number, "protection", "sealed", why="w"), lambda: show_item(opened, number)):
            with pytest.raises(UsageError, match=f"{number} was disposed of on"):
                ask()
        with pytest.raises(UsageError, match="not read any more"):
            decide(opened, "C1", "speaker", "He", why="w")


def test_a_disk_that_fails_in_the_middle_is_said_and_finished_later(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from witnessmark.preserve.vault import Vault

    def failing(*_: object) -> None:
        raise OSError(5, "Input/output error")

    number = number_of(case, "briefing.txt")
    with monkeypatch.context() as broken:
        broken.setattr(Vault, "destroy", failing)
        with open_case(case, write="dispose") as opened, pytest.raises(StorageError, match="decision is on record"):
            dispose(opened, [number], why="w", authority="a")
        assert failed(case)
    with open_case(case, write="read"):
        pass
    assert holding(case, SECRET) == []
    assert not failed(case)
