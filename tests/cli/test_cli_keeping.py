"""The verbs that keep a case, from the command line: what they print, how they end, and that help says a backup is not encrypted."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
from pathlib import Path

from witnessmark import errors
from witnessmark.case.folder import FORMAT_VERSION

FROZEN = Path(__file__).parents[1] / "case" / "frozen" / "format-1.tar.gz"


def witnessmark(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "witnessmark", *map(str, arguments)], capture_output=True, text=True, check=False, timeout=120
    )


def test_help_and_result_say_that_a_backup_is_not_encrypted(case: Path, tmp_path: Path) -> None:
    assert "NOT encrypted" in witnessmark("backup", "--help").stdout
    done = witnessmark("backup", case, tmp_path / "my backup.zip")
    assert done.returncode == 0, done.stderr
    assert "It is not encrypted" in done.stdout
    assert f"witnessmark restore '{tmp_path}/my backup.zip' CASE" in done.stdout
    assert done.stderr == ""


def test_an_old_case_goes_from_backup_to_upgrade_and_back(tmp_path: Path) -> None:
    with tarfile.open(FROZEN) as archive:
        archive.extractall(tmp_path, filter="tar")
    old = tmp_path / "case"
    asked = witnessmark("status", old)
    assert asked.returncode == errors.CaseError.exit_code
    for command in (f"witnessmark upgrade {old}", f"witnessmark backup {old} OUT"):
        assert command in asked.stderr
    made = json.loads(witnessmark("backup", old, tmp_path / "b.zip", "--json").stdout)
    assert made["out"] == str(tmp_path / "b.zip")
    assert json.loads(witnessmark("upgrade", old, "--json").stdout) == {"before": 1, "after": FORMAT_VERSION, "changed": True}
    assert "Nothing to do" in witnessmark("upgrade", old).stdout
    assert witnessmark("verify", old).returncode == 0
    restored = witnessmark("restore", tmp_path / "b.zip", tmp_path / "again")
    assert restored.returncode == 0, restored.stderr
    assert f"Next: witnessmark upgrade {tmp_path / 'again'}" in restored.stdout
    assert witnessmark("verify", tmp_path / "again").returncode == 0
    facts = json.loads(witnessmark("restore", tmp_path / "b.zip", tmp_path / "third", "--json").stdout)
    assert (facts["case_format"], facts["files"], facts["checks"]["fail"]) == (1, made["files"], 0)


def test_verify_takes_a_backup_and_ends_as_it_does_for_a_case(case: Path, tmp_path: Path) -> None:
    backup = tmp_path / "b.zip"
    assert witnessmark("backup", case, backup).returncode == 0
    assert witnessmark("verify", backup).returncode == 0
    content = backup.read_bytes()
    backup.write_bytes(content.replace(b"Korrin", b"Korran"))
    done = witnessmark("verify", backup)
    assert done.returncode == errors.CustodyError.exit_code
    assert "FAIL" in done.stdout


def test_each_refusal_has_the_exit_code_of_its_kind(case: Path, tmp_path: Path) -> None:
    for arguments, kind in (
        (("backup", case, case / "b.zip"), errors.UsageError),
        (("backup", tmp_path, tmp_path / "b.zip"), errors.CaseError),
        (("restore", case / "case.toml", tmp_path / "again"), errors.CaseError),
        (("upgrade", tmp_path), errors.CaseError),
    ):
        done = witnessmark(*arguments)
        assert done.returncode == kind.exit_code, (arguments, done.stderr)
        assert done.stderr.startswith("witnessmark: ")
        assert "Traceback" not in done.stderr
