"""BLAKE3 beside SHA-256: recorded where it was asked for, checked where it is recorded, and old bodies without it still read."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from blake3 import blake3

from witnessmark.case.case import create_case, open_case
from witnessmark.case.intake import Given, add
from witnessmark.case.verifying import verify_case
from witnessmark.model.deed import Deed, ItemReceived
from witnessmark.model.verdict import Verdict


def received(case: Path) -> ItemReceived:
    with open_case(case) as opened:
        *_, (_, record) = opened.logs[next(s for s in opened.logs if s == "custody")].entries_with_records()
    deed: Deed = msgspec.json.decode(record.body, type=Deed)
    assert isinstance(deed, ItemReceived)
    return deed


@pytest.mark.parametrize("size", [0, 12, 256 * 1024, 256 * 1024 + 1, 3_000_000])
def test_a_second_digest_is_recorded_and_checked_where_it_was_asked_for(tmp_path: Path, size: int) -> None:
    case, note = tmp_path / "case", tmp_path / "note.bin"
    note.write_bytes(bytes(n % 251 for n in range(size)))
    create_case(case)
    with open_case(case, write="test") as opened:
        add(opened, [note], Given(), blake3=True)
    assert received(case).blake3 == blake3(note.read_bytes()).hexdigest()
    (check,) = [check for check in verify_case(case) if check.subject.startswith("vault/")]
    assert check.verdict is Verdict.PASS
    assert "sha256 and blake3" in check.detail


def test_without_being_asked_for_there_is_none_and_verify_says_so(tmp_path: Path) -> None:
    case, note = tmp_path / "case", tmp_path / "note.txt"
    note.write_text("a note")
    create_case(case)
    with open_case(case, write="test") as opened:
        add(opened, [note], Given())
    assert received(case).blake3 is None
    assert not [check for check in verify_case(case) if "blake3" in check.detail]


def test_a_second_digest_that_is_not_that_of_the_bytes_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from witnessmark.preserve import hashing

    case, note = tmp_path / "case", tmp_path / "note.txt"
    note.write_text("a note")
    create_case(case)
    real = hashing.Digesting.digests
    with monkeypatch.context() as patched, open_case(case, write="test") as opened:
        patched.setattr(hashing.Digesting, "digests", lambda digesting: msgspec.structs.replace(real(digesting), blake3="0" * 64))
        add(opened, [note], Given(), blake3=True)
    assert [check.subject for check in verify_case(case) if check.verdict is Verdict.FAIL and "blake3" in check.detail]


def test_a_body_written_before_there_was_a_second_digest_is_read_as_having_none() -> None:
    body = b'{"label":null,"media_type":"text/plain","receipt":{"at":"2026-01-01T00:00:00Z","how":"added as a file","item":"00","name":"a"},"size":1,"type":"item.received"}'
    deed = msgspec.json.decode(body, type=Deed)
    assert isinstance(deed, ItemReceived)
    assert (deed.blake3, deed.address) == (None, None)
