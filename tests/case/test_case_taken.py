"""An insider who lets an entry of his own replace or destroy what earlier entries committed to: `verify` names each body, and the entry that says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from witnessmark.case.case import Case, open_case
from witnessmark.case.checkpointing import keep_outside, signed_checkpoint
from witnessmark.case.comparing_checkpoints import read_kept
from witnessmark.case.disposing import dispose
from witnessmark.case.verifying import verify_case
from witnessmark.ledger.erasing import stand_by
from witnessmark.ledger.log import Log
from witnessmark.ledger.records import Record, new_records
from witnessmark.model.deed import DocumentRead, ItemReceived, KeysChanged, PersonErased
from witnessmark.model.entry import Stream
from witnessmark.model.verdict import Check, Verdict


def forge(case: Case, stream: Stream, kind: type, change: Callable[[msgspec.Struct], msgspec.Struct]) -> int:
    """Replace the first body of this kind by an erasure nobody decided; the number of its entry."""
    action = kind.__struct_config__.tag  # type: ignore[attr-defined]
    entry, record = next(pair for pair in case.logs[stream].entries_with_records() if pair[0].action == action)
    ((fresh, _),) = new_records(entry.seq, [change(msgspec.json.decode(record.body, type=kind))])
    bodies: dict[int, Record] = {entry.seq: fresh}
    stand_by(case.logs[stream].records, bodies)
    said = {stream: {str(entry.seq): fresh.commitment}}
    case.record([PersonErased("p-0000000000000000", "nobody", "nothing", said, 0, (), ())])
    case.finish_erasures()
    return entry.seq


def otherwise(deed: msgspec.Struct) -> msgspec.Struct:
    assert isinstance(deed, DocumentRead)
    text = deed.document.text.replace("40", "14")
    return msgspec.structs.replace(deed, document=msgspec.structs.replace(deed.document, text=text))


def checks(case: Path, *kept: Path) -> list[Check]:
    return list(verify_case(case, outside=read_kept(kept, [], None) if kept else None))


def told(found: list[Check], verdict: Verdict) -> list[str]:
    return [f"{check.subject}: {check.detail}" for check in found if check.verdict is verdict]


def test_a_body_replaced_by_a_forged_erasure_is_named_with_the_entry_that_says_so(case: Path, tmp_path: Path) -> None:
    with open_case(case, write="test") as opened:
        keep_outside(signed_checkpoint(opened), tmp_path / "kept.note")
        seq = forge(opened, Stream.ANALYSIS, DocumentRead, otherwise)
        by = opened.logs[Stream.CUSTODY].size - 1
    said = told(checks(case), Verdict.NOT_CHECKED)
    assert any(line.startswith(f"records/analysis: The bodies of {seq} took") and f"custody entry {by}, " in line for line in said)
    said = told(checks(case, tmp_path / "kept.note"), Verdict.NOT_CHECKED)
    assert any(line.startswith(f"custody entry {by}: It is newer") and f"analysis {seq}." in line for line in said)


def test_an_erasure_that_replaces_what_no_erasure_does_fails(case: Path) -> None:
    with open_case(case, write="test") as opened:
        opened.record([KeysChanged("passphrase-1", "added")])
        forge(opened, Stream.CUSTODY, KeysChanged, lambda deed: msgspec.structs.replace(deed, opener="passphrase-2"))
    assert any("(keys.changed) was replaced" in line for line in told(checks(case), Verdict.FAIL))


def test_a_disposal_after_the_checkpoint_is_named_where_it_is_compared(case: Path, tmp_path: Path) -> None:
    with open_case(case, write="test") as opened:
        keep_outside(signed_checkpoint(opened), tmp_path / "kept.note")
        dispose(opened, ["I1"], why="no reason", authority="nobody")
    said = told(checks(case, tmp_path / "kept.note"), Verdict.NOT_CHECKED)
    assert any("destroyed bodies that they cover: custody" in line for line in said)
    with open_case(case, write="test") as opened:
        keep_outside(signed_checkpoint(opened), tmp_path / "later.note")
    assert not [line for line in told(checks(case, tmp_path / "later.note"), Verdict.NOT_CHECKED) if "destroyed bodies" in line]


@pytest.mark.parametrize("body", [b'{"type":"person.erased"}', b'{"rewritten":{"analysis":{"x":"y"}}}', b"[]"])
def test_an_erasure_that_is_none_is_named_and_stops_nothing(case: Path, body: bytes) -> None:
    log = Log(case, Stream.CUSTODY)
    log.append(log.prepare([("person.erased", msgspec.Raw(body))], at="2031-06-01T08:00:00Z", actor="k-0000000000000000"))
    assert told(checks(case), Verdict.FAIL)


def test_a_receipt_replaced_by_one_of_another_file_is_named(case: Path) -> None:
    with open_case(case, write="test") as opened:
        seq = forge(opened, Stream.CUSTODY, ItemReceived, lambda deed: msgspec.structs.replace(deed, size=1))
    found = checks(case)
    assert any(f"The bodies of {seq} took" in line for line in told(found, Verdict.NOT_CHECKED))
    assert told(found, Verdict.FAIL)  # the original is not that small
