from __future__ import annotations

from pathlib import Path

import pytest

from witnessmark.ledger.heads import write_heads
from witnessmark.ledger.log import Log
from witnessmark.ledger.merkle import EMPTY_ROOT
from witnessmark.ledger.verify import check_logs
from witnessmark.model.canonical import canonical_json
from witnessmark.model.entry import Stream
from witnessmark.model.verdict import Check, Verdict
from witnessmark.model.view import LogHead

AT, ACTOR = "2026-11-22T08:00:00Z", "k-0011223344556677"


def write(log: Log, *names: str) -> None:
    log.append(log.prepare([("item.received", {"name": name}) for name in names], at=AT, actor=ACTOR))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two logs: six custody entries in three segments, two analysis entries in two."""
    custody, analysis = Log(tmp_path, Stream.CUSTODY), Log(tmp_path, Stream.ANALYSIS)
    for names in (["a"], ["b", "c", "d"], ["e", "f"]):
        write(custody, *names)
    for name in "gh":
        write(analysis, name)
    write_heads(tmp_path, (custody, analysis))
    return tmp_path


def judged(folder: Path, verdict: Verdict, *, busy: bool = False) -> list[Check]:
    return [check for check in check_logs(folder, busy=busy) if check.verdict is verdict]


def failed(folder: Path) -> list[Check]:
    return judged(folder, Verdict.FAIL)


def segment(folder: Path, first: int) -> Path:
    return folder / "records" / "custody" / f"{first:09d}.jsonl"


def set_heads(folder: Path, *heads: LogHead) -> None:
    (folder / "ledger" / "heads.json").write_bytes(canonical_json(heads) + b"\n")


def test_records_that_changed_places_fail_in_a_segment_and_across_segments(folder: Path) -> None:
    middle = segment(folder, 1)
    good = middle.read_bytes()
    lines = good.splitlines(keepends=True)
    middle.write_bytes(lines[0] + lines[2] + lines[1])
    assert [check.subject for check in failed(folder)] == ["records/custody/000000001.jsonl record 2"]
    middle.write_bytes(good)
    a, b = middle.read_bytes(), segment(folder, 4).read_bytes()
    middle.write_bytes(b)
    segment(folder, 4).write_bytes(a)
    assert {"records/custody/000000001.jsonl", "records/custody/000000004.jsonl"} <= {check.subject for check in failed(folder)}


def test_a_segment_under_another_name_fails(folder: Path) -> None:
    segment(folder, 4).rename(segment(folder, 5))
    assert [check.subject for check in failed(folder)] == ["records/custody/000000005.jsonl"]


@pytest.mark.parametrize("copy", ["000000000a.jsonl", "000000006.jsonl"])
def test_a_repeated_record_fails(folder: Path, copy: str) -> None:
    (folder / "records" / "custody" / copy).write_bytes(segment(folder, 0).read_bytes())
    assert any("repeated" in check.detail for check in failed(folder))


def test_an_empty_segment_and_a_lost_last_line_end_fail(folder: Path) -> None:
    segment(folder, 9).write_bytes(b"")
    assert [check.subject for check in failed(folder)] == ["records/custody/000000009.jsonl"]
    segment(folder, 9).unlink()
    segment(folder, 4).write_bytes(segment(folder, 4).read_bytes()[:-1])
    assert any(check.subject == "records/custody/000000004.jsonl" for check in failed(folder))


def test_a_lost_segment_is_one_line_that_says_which_bodies_are_gone(folder: Path) -> None:
    segment(folder, 1).unlink()
    assert [check.subject for check in failed(folder)] == ["records/custody record 1 to 3"]


def test_what_an_interrupted_write_left_is_not_checked_and_anything_else_fails(folder: Path) -> None:
    (folder / "records" / "custody" / "000000006.jsonl.new").write_bytes(b"half")
    assert not failed(folder)
    assert any("interrupted write" in check.detail for check in judged(folder, Verdict.NOT_CHECKED))
    (folder / "records" / "custody" / "planted").write_bytes(b"x")
    (folder / "ledger" / "analysis" / "log.jsonl.bak").write_bytes(b"x")
    assert {check.subject for check in failed(folder)} == {"records/custody/planted", "ledger/analysis/log.jsonl.bak"}


def test_heads_that_are_not_one_for_each_log_fail(folder: Path) -> None:
    custody, analysis = (Log(folder, stream).head for stream in Stream)
    for heads in ((custody,), (analysis,), (), (custody, custody), (custody, analysis, analysis)):
        set_heads(folder, *heads)
        assert any(check.subject == "ledger/heads.json" for check in failed(folder))
        assert not [check for check in judged(folder, Verdict.PASS) if check.subject.startswith("ledger/")]


@pytest.mark.parametrize("stream", list(Stream))
def test_a_head_that_says_a_filled_log_is_empty_fails(folder: Path, stream: Stream) -> None:
    heads = [Log(folder, each).head for each in Stream]
    set_heads(folder, *(LogHead(h.stream, 0, EMPTY_ROOT.hex()) if h.stream is stream else h for h in heads))
    assert [check.subject for check in failed(folder)] == [f"ledger/{stream}"]


def test_a_crash_within_the_first_append_to_the_analysis_log_is_not_checked(tmp_path: Path) -> None:
    custody, analysis = Log(tmp_path, Stream.CUSTODY), Log(tmp_path, Stream.ANALYSIS)
    write(custody, "a")
    write_heads(tmp_path, (custody, analysis))
    write(analysis, "b", "c")
    assert not failed(tmp_path)
    assert any("newer than the heads file" in check.detail for check in judged(tmp_path, Verdict.NOT_CHECKED))
    write(analysis, "d")
    assert [check.subject for check in failed(tmp_path)] == ["ledger/analysis"]


def test_a_counted_entry_that_lost_its_line_end_fails_and_is_no_unfinished_append(folder: Path) -> None:
    log = folder / "ledger" / "custody" / "log.jsonl"
    log.write_bytes(log.read_bytes()[:-1])
    assert "ledger/custody" in {check.subject for check in failed(folder)}
    assert not [check for check in check_logs(folder) if "never finished" in check.detail]


@pytest.mark.parametrize("name", ["ledger/custody/log.jsonl", "ledger/heads.json", "records/custody/000000001.jsonl", "records/analysis"])
def test_a_folder_or_file_in_the_wrong_place_stops_no_other_check(folder: Path, name: str) -> None:
    path = folder / name
    if path.is_dir():
        path.rename(folder / "moved")
        path.write_bytes(b"")
    else:
        path.unlink()
        path.mkdir()
    assert any(check.subject == name for check in failed(folder))
    assert list(check_logs(folder))[-1].subject == "roll-back"


@pytest.mark.parametrize("content", [b"[" * 5000, b"\xff\xfe", b"{}", b"[]", b"null", b'[{"stream":"custody","size":-1,"root":""}]'])
def test_heads_of_any_content_are_a_failed_check_and_nothing_more(folder: Path, content: bytes) -> None:
    (folder / "ledger" / "heads.json").write_bytes(content)
    assert [check.subject for check in failed(folder)] == ["ledger/heads.json"]


def test_a_line_of_any_content_is_named_by_its_number(folder: Path) -> None:
    log = folder / "ledger" / "custody" / "log.jsonl"
    lines = log.read_bytes().splitlines(keepends=True)
    for line in (b"[" * 5000, b"\xff", b"", b"{}", lines[2][:-1] + b" "):
        log.write_bytes(b"".join([*lines[:2], line + b"\n", *lines[3:]]))
        assert "ledger/custody entry 2" in {check.subject for check in failed(folder)}


def test_beside_a_writer_only_what_is_newer_than_the_heads_read_first_is_excused(folder: Path) -> None:
    custody = Log(folder, Stream.CUSTODY)
    write(custody, "newer")
    segment(folder, 6).unlink()
    assert not judged(folder, Verdict.FAIL, busy=True)
    assert any(check.subject == "records/custody record 6" for check in judged(folder, Verdict.NOT_CHECKED, busy=True))
    assert [check.subject for check in failed(folder)] == ["records/custody record 6"]
    segment(folder, 4).unlink()
    assert judged(folder, Verdict.FAIL, busy=True)
