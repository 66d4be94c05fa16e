"""A writer killed at any moment: what it acknowledged is there and whole, the rest is as if it had never begun."""

from __future__ import annotations

import hashlib
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from witnessmark.case.case import create_case, open_case
from witnessmark.case.intake import Given, add
from witnessmark.case.verifying import verify_case
from witnessmark.model.verdict import Verdict
from witnessmark.store import queries

FILES = 600


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a matter of POSIX")
def test_an_add_killed_at_random_moments_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    evidence, case = tmp_path / "evidence", tmp_path / "case"
    evidence.mkdir()
    for n in range(FILES):
        (evidence / f"{n:04}.txt").write_text(f"statement {n}\n" * 50, encoding="utf-8")
    create_case(case)
    moments, killed = random.Random(7), 0  # noqa: S311 -- moments, not secrets
    for _ in range(8):
        with subprocess.Popen([sys.executable, "-m", "witnessmark", "add", str(case), str(evidence)], stdout=subprocess.DEVNULL) as writer:
            time.sleep(moments.uniform(0.25, 0.9))
            killed += writer.poll() is None
            writer.send_signal(signal.SIGKILL)
        assert not [check for check in verify_case(case) if check.verdict is Verdict.FAIL]
        with open_case(case) as opened, opened.asking() as connection:
            held = {item.id for item in queries.items(connection)}
            known = {receipt.item for receipts in queries.receipts(connection).values() for receipt in receipts}
        assert held == known
    assert killed >= 4
    with open_case(case, write="test") as opened:
        add(opened, [evidence], Given(), again=False)
        with opened.asking() as connection:
            held = {item.id for item in queries.items(connection)}
    assert held == {hashlib.sha256(path.read_bytes()).hexdigest() for path in evidence.iterdir()}
    assert {path.parent.name + path.name for path in (case / "vault").glob("??/*")} == held
    assert not [check for check in verify_case(case) if check.verdict is Verdict.FAIL]


def test_a_database_left_behind_by_a_crash_catches_up_with_the_log(tmp_path: Path) -> None:
    case, note = tmp_path / "case", tmp_path / "note.txt"
    note.write_text("a note")
    create_case(case)
    old = (case / "case.db").read_bytes()
    with open_case(case, write="test") as opened:
        add(opened, [note], Given())
    for leftover in case.glob("case.db*"):
        leftover.unlink()
    (case / "case.db").write_bytes(old)
    with open_case(case) as opened, opened.asking() as connection:
        assert len(queries.items(connection)) == 1
