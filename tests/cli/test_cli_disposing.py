"""triage and dispose on the command line."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from witnessmark.cli.main import verbs


def run(*arguments: str) -> Result:
    return CliRunner().invoke(verbs, arguments)


def test_triage_asks_for_its_flag_and_records_what_is_not_kept(case: Path, tmp_path: Path) -> None:
    (tmp_path / "sticker.webp").write_bytes(b"a smile")
    without = run("triage", str(case), str(tmp_path / "sticker.webp"), "--why", "no evidence")
    assert without.exit_code == 2
    assert "Add --not-kept" in without.output
    done = run("triage", str(case), str(tmp_path / "sticker.webp"), "--not-kept", "--why", "no evidence", "--json")
    assert json.loads(done.stdout) == {"files": 1, "bytes": 7, "unchanged": 0, "passed_over": []}
    assert "Received, not kept: 1. no evidence" in run("status", str(case)).output


def test_dispose_says_what_went_what_copies_remain_and_how_to_check(case: Path) -> None:
    done = run("dispose", str(case), "I2", "--why", "held for five years", "--authority", "retention rule 4")
    assert done.exit_code == 0, done.output
    assert "Disposed of I2: the bytes and" in done.output
    assert "Backups, exports and copies made before still hold it" in done.output
    status = run("status", str(case)).output
    assert "Disposed of: I2, " in status
    assert "by authority of retention rule 4. held for five years" in status
    assert run("verify", str(case)).exit_code == 0
    again = run("dispose", str(case), "I2", "--why", "w", "--authority", "a")
    assert (again.exit_code, "was disposed of already" in again.output) == (2, True)


def test_dispose_needs_reason_and_authority(case: Path) -> None:
    for left_out in ("--why", "--authority"):
        arguments = {"--why": "w", "--authority": "a"}
        del arguments[left_out]
        result = run("dispose", str(case), "I2", *(word for pair in arguments.items() for word in pair))
        assert result.exit_code == 2
    assert run("dispose", str(case), "I2", "--why", " ", "--authority", "a").exit_code == 2
