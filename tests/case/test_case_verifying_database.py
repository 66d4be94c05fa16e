from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from witnessmark.case.case import open_case, rebuild_case
from witnessmark.case.deciding import decide, undo
from witnessmark.case.verifying import verify_case
from witnessmark.case.weighing import weigh
from witnessmark.errors import CaseError
from witnessmark.ledger.heads import write_heads
from witnessmark.ledger.log import Log
from witnessmark.model.deed import CaseWeighed, CustodyDeed, Deed, ItemReceived, Step, action_of, stream_of
from witnessmark.model.entry import Stream
from witnessmark.model.verdict import Check, Verdict


def failed(case: Path) -> list[Check]:
    return [check for check in verify_case(case) if check.verdict is Verdict.FAIL]


def recorded(case: Path, deed: Deed) -> None:
    """An entry that no command writes, but whoever edits logs, records and heads together can."""
    logs = {stream: Log(case, stream) for stream in Stream}
    log = logs[stream_of(deed)]
    log.append(log.prepare([(action_of(deed), deed)], at="2031-05-20T10:00:00Z", actor="k-0011223344556677"))
    write_heads(case, tuple(logs.values()))


def item_received(body: bytes) -> ItemReceived | None:
    deed = msgspec.json.decode(body, type=CustodyDeed)
    return deed if isinstance(deed, ItemReceived) else None


def database(case: Path, *statements: str) -> list[Check]:
    """What verify says of the database after somebody ran these statements on it."""
    with closing(sqlite3.connect(case / "case.db")) as connection, connection:
        for statement in statements:
            connection.execute(statement)
    return [check for check in verify_case(case) if check.subject == "case.db"]


def test_a_database_that_holds_what_the_logs_say_passes(case: Path) -> None:
    assert [check.verdict for check in database(case)] == [Verdict.PASS]


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (
            "UPDATE claim_body SET body = replace(body, 'killed', 'housed') WHERE number = (SELECT min(number) FROM claim_body WHERE body LIKE '%killed%')",
            "Table claim_body: 1 rows",
        ),
        ("UPDATE claim SET status = 'accepted' WHERE number = 1", "Table claim: 1 rows"),
        ("UPDATE claim_text SET content = 'nothing' WHERE rowid = 1", "Table claim_text: 1 rows"),
        ("DELETE FROM answer", "Table answer: "),
        ("UPDATE receipt SET body = replace(body, 'briefing', 'rumour')", "Table receipt: "),
        ("UPDATE document_text SET text = 'nothing'", "Table document_text: 2 rows"),
        ("UPDATE document_text_data SET block = x'00' WHERE id > 10", "case.db|damaged|malformed"),
        ("INSERT INTO vocabulary (padded) VALUES (' nothing ')", "Table vocabulary: 1 rows"),
        ("INSERT INTO vocabulary_trigram (rowid, padded) VALUES (999999, ' planted ')", "damaged"),
        ("INSERT INTO decision VALUES ('d', 99, 'c', 'status', 0, '{}')", "Table decision: 1 rows"),
        ("UPDATE meta SET value = 'abc' WHERE key = 'size/custody'", "size/custody is 'abc'"),
        ("UPDATE meta SET value = '4000' WHERE key = 'size/analysis'", "knows 4000 entries"),
        ("CREATE TRIGGER t AFTER INSERT ON claim BEGIN DELETE FROM decision; END", "tables are not those"),
        ("PRAGMA user_version = 77", "layout 77"),
    ],
)
def test_a_database_that_says_anything_else_fails_by_name(case: Path, statement: str, named: str) -> None:
    checks = database(case, statement)
    assert {check.verdict for check in checks} == {Verdict.FAIL}
    assert any(re.search(named, check.detail) and "witnessmark rebuild" in check.detail for check in checks), checks


def test_a_database_behind_its_logs_is_not_checked_and_one_that_is_none_fails(case: Path) -> None:
    behind = database(case, "UPDATE meta SET value = '1' WHERE key = 'size/analysis'")
    assert [(check.verdict, "behind" in check.detail) for check in behind] == [(Verdict.NOT_CHECKED, True)]
    (case / "case.db").write_bytes(b"SQLite format 3\0 and then nothing of the kind" * 100)
    for leftover in case.glob("case.db-*"):
        leftover.unlink()
    assert [check.subject for check in failed(case)] == ["case.db"]


def test_a_database_after_decisions_and_a_second_reading_still_holds_what_the_logs_say(case: Path) -> None:
    with open_case(case, write="test") as opened:
        decide(opened, "C1", "status", "rejected", why="not what it says")
        weigh(opened)
        decide(opened, "C2", "status", "accepted", why="compared")
        undo(opened)
    assert [check.verdict for check in verify_case(case) if check.subject == "case.db"] == [Verdict.PASS]


def test_logs_that_no_database_can_be_drawn_from_fail_in_a_sentence(case: Path) -> None:
    received = next(deed for _, record in Log(case, Stream.CUSTODY).entries_with_records() if (deed := item_received(bytes(record.body))))
    recorded(case, received)
    size = Log(case, Stream.CUSTODY).size
    checks = database(case, f"UPDATE meta SET value = '{size}' WHERE key = 'size/custody'")  # noqa: S608 -- a number of ours
    assert [check.verdict for check in checks] == [Verdict.FAIL]
    assert "does not fit together" in checks[0].detail


def test_findings_of_another_method_are_not_checked_and_all_else_is(case: Path) -> None:
    with open_case(case, write="test") as opened:
        opened.record([CaseWeighed(Step("weigh", "of another day", "", ""), ())])
    other = database(case, "DELETE FROM answer")
    assert [(check.verdict, "of another day" in check.detail) for check in other] == [(Verdict.NOT_CHECKED, True)]
    assert Verdict.FAIL in {check.verdict for check in database(case, "DELETE FROM failure")}


def test_a_journal_that_has_another_file_deleted_fails_and_is_never_played_back(case: Path) -> None:
    (case / "case.db-journal").write_bytes(bytes(600) + bytes.fromhex("d9d505f920a163d7"))
    assert [check.subject for check in failed(case)] == ["case.db"]
    with pytest.raises(CaseError, match=r"names another file to be deleted.*witnessmark rebuild"), open_case(case):
        pass
    rebuild_case(case)
    assert not failed(case)
