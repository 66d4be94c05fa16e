from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from witnessmark.errors import CustodyError
from witnessmark.ledger.heads import write_heads
from witnessmark.ledger.log import Log
from witnessmark.ledger.verify import check_logs
from witnessmark.model.entry import Entry, Stream
from witnessmark.model.verdict import Check, Verdict

AT, ACTOR = "2026-11-22T08:00:00Z", "k-0011223344556677"


def write(log: Log, acts: list[tuple[str, object]]) -> list[Entry]:
    prepared = log.prepare(acts, at=AT, actor=ACTOR)
    log.append(prepared)
    return [entry for entry, _ in prepared]


def filled(case: Path) -> Log:
    custody, analysis = Log(case, Stream.CUSTODY), Log(case, Stream.ANALYSIS)
    write(custody, [("case.opened", {"title": "t"})])
    write(custody, [("item.received", {"name": f"file {n}"}) for n in range(4)])
    write(analysis, [("document.read", {"text": "مُحَمَّد said"})])
    write_heads(case, (custody, analysis))
    return custody


def failed(case: Path) -> list[Check]:
    return [check for check in check_logs(case) if check.verdict is Verdict.FAIL]


def test_what_is_appended_is_read_back_with_its_body(tmp_path: Path) -> None:
    filled(tmp_path)
    pairs = list(Log(tmp_path, Stream.CUSTODY).entries_with_records())
    assert [entry.seq for entry, _ in pairs] == [0, 1, 2, 3, 4]
    assert json.loads(bytes(pairs[2][1].body)) == {"name": "file 1"}
    assert {entry.actor for entry, _ in pairs} == {ACTOR}


def test_anyone_can_check_a_commitment_with_a_few_lines_and_no_database(tmp_path: Path) -> None:
    filled(tmp_path)
    entry = json.loads((tmp_path / "ledger/custody/log.jsonl").read_text().splitlines()[1])
    line = (tmp_path / "records/custody/000000001.jsonl").read_bytes().splitlines()[0]
    body = line[len(b'{"body":') : line.index(b',"salt":"')]
    assert hashlib.sha256(bytes.fromhex(json.loads(line)["salt"]) + body).hexdigest() == entry["commitment"]


def test_equal_bodies_have_unlike_commitments(tmp_path: Path) -> None:
    log = Log(tmp_path, Stream.ANALYSIS)
    one, other = write(log, [("note", {"name": "x"}), ("note", {"name": "x"})])
    assert one.commitment != other.commitment


def test_an_untouched_ledger_passes_and_says_that_rollback_was_not_checked(tmp_path: Path) -> None:
    filled(tmp_path)
    checks = list(check_logs(tmp_path))
    assert not failed(tmp_path)
    assert [check.subject for check in checks if check.verdict is Verdict.NOT_CHECKED] == ["roll-back"]


def test_a_torn_last_line_is_no_entry_and_the_next_writer_removes_it(tmp_path: Path) -> None:
    log = filled(tmp_path)
    with log.file.open("ab") as file:
        file.write(b'{"action":"item.rec')
    again = Log(tmp_path, Stream.CUSTODY)
    assert again.size == 5
    assert not failed(tmp_path)
    again.recover()
    assert log.file.read_bytes().endswith(b"}\n")
    write(again, [("item.received", {"name": "after"})])
    assert Log(tmp_path, Stream.CUSTODY).size == 6


def test_bodies_whose_entries_were_never_written_are_trimmed(tmp_path: Path) -> None:
    log = filled(tmp_path)
    lines = log.file.read_bytes().splitlines(keepends=True)
    log.file.write_bytes(b"".join(lines[:3]))  # a crash after the bodies and two of four entries
    again = Log(tmp_path, Stream.CUSTODY)
    again.recover()
    assert [record.seq for record in again.records.read()] == [0, 1, 2]
    write(again, [("item.received", {"name": "once more"})])
    assert [entry.seq for entry, _ in Log(tmp_path, Stream.CUSTODY).entries_with_records()] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    "name", ["ledger/custody/log.jsonl", "ledger/analysis/log.jsonl", "records/custody/000000001.jsonl", "ledger/heads.json"]
)
def test_any_flipped_bit_is_found(tmp_path: Path, name: str) -> None:
    filled(tmp_path)
    path = tmp_path / name
    good = path.read_bytes()
    for position in range(len(good)):
        for bit in (0, 5):
            path.write_bytes(good[:position] + bytes([good[position] ^ 1 << bit]) + good[position + 1 :])
            assert seen(tmp_path), f"bit {bit} of byte {position} of {name}: {good[max(0, position - 20) : position + 20]!r}"
    path.write_bytes(good)
    assert not failed(tmp_path)


def seen(case: Path) -> bool:
    try:
        return bool(failed(case))
    except CustodyError:
        return True


def test_removed_reordered_and_edited_entries_are_found(tmp_path: Path) -> None:
    log = filled(tmp_path)
    lines = log.file.read_bytes().splitlines(keepends=True)
    for broken in (
        lines[:-1],
        [lines[1], lines[0], *lines[2:]],
        [lines[0], *lines[2:]],
        [lines[0].replace(b"08:00", b"09:00"), *lines[1:]],
    ):
        log.file.write_bytes(b"".join(broken))
        assert failed(tmp_path)


def test_missing_swapped_and_added_records_are_found_and_named(tmp_path: Path) -> None:
    log = filled(tmp_path)
    segment = log.records.folder / "000000001.jsonl"
    content = segment.read_bytes()
    segment.unlink()
    assert any("missing" in check.detail for check in failed(tmp_path))
    segment.write_bytes(content)
    (log.records.folder / "note.txt").write_text("planted")
    assert any("note.txt" in check.subject for check in failed(tmp_path))


def test_an_entry_added_by_hand_is_never_called_a_pass(tmp_path: Path) -> None:
    log = filled(tmp_path)
    write(log, [("item.received", {"name": "planted"})])  # the heads file is not told
    newer = [check for check in check_logs(tmp_path) if "newer than the heads file" in check.detail]
    assert [check.verdict for check in newer] == [Verdict.NOT_CHECKED]
