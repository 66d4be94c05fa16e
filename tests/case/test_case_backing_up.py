"""A backup is the same case in one file: complete, checked, private, and never half."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tarfile
import textwrap
import time
import zipfile
from pathlib import Path

import msgspec
import pytest

from witnessmark.case.archive import About
from witnessmark.case.backing_up import back_up
from witnessmark.case.case import create_case, open_case
from witnessmark.case.intake import Given, add
from witnessmark.case.restoring import restore, verify_backup
from witnessmark.case.telling import Standing
from witnessmark.case.verifying import verify_case
from witnessmark.errors import CaseBusyError, CustodyError, StorageError, UsageError
from witnessmark.model.verdict import Verdict

KEPT = ("case.toml", "members.db", "ledger", "records", "vault", "dossier")
FROZEN = Path(__file__).parent / "frozen" / "format-1.tar.gz"


def content_of(case: Path) -> dict[str, bytes]:
    """All that a backup has to bring back, byte for byte."""
    paths = [path for top in KEPT for path in ([case / top] if (case / top).is_file() else (case / top).rglob("*"))]
    return {path.relative_to(case).as_posix(): path.read_bytes() for path in paths if path.is_file()}


def everything(case: Path) -> dict[str, tuple[bytes, int]]:
    return {
        p.relative_to(case).as_posix(): (p.read_bytes(), p.stat().st_mtime_ns)
        for p in case.rglob("*")
        if p.is_file() and "write." not in p.name
    }


def test_a_backup_restores_to_the_same_case_byte_for_byte(case: Path, tmp_path: Path) -> None:
    made = back_up(case, tmp_path / "b.zip")
    done = restore(tmp_path / "b.zip", tmp_path / "again")
    assert content_of(tmp_path / "again") == content_of(case)
    assert (made.files, made.bytes) == (done.files, done.bytes) == (len(content_of(case)), sum(map(len, content_of(case).values())))
    assert done.checks[Verdict.FAIL] == 0
    checks = {check.subject: check.verdict for check in verify_case(tmp_path / "again")}
    assert (checks["case.db"], checks["dossier"]) == (Verdict.PASS, Verdict.PASS)
    assert Verdict.FAIL not in checks.values()


def test_a_restored_case_is_worked_on_and_its_originals_cannot_be_written(case: Path, tmp_path: Path) -> None:
    back_up(case, tmp_path / "b.zip")
    restore(tmp_path / "b.zip", tmp_path / "again")
    assert all(not path.stat().st_mode & 0o222 for path in (tmp_path / "again" / "vault").glob("??/*"))
    (tmp_path / "note.txt").write_text("a note")
    with open_case(tmp_path / "again", write="test") as opened:
        assert add(opened, [tmp_path / "note.txt"], Given()).new == 1
    assert not [check for check in verify_case(tmp_path / "again") if check.verdict is Verdict.FAIL]


def test_an_empty_case_comes_back_too(tmp_path: Path) -> None:
    create_case(tmp_path / "case")
    back_up(tmp_path / "case", tmp_path / "b.zip")
    restore(tmp_path / "b.zip", tmp_path / "again")
    with open_case(tmp_path / "again", write="test") as opened:
        assert opened.settings.title == "case"


def test_backing_up_changes_nothing_in_the_case(case: Path, tmp_path: Path) -> None:
    before = everything(case)
    back_up(case, tmp_path / "b.zip")
    assert everything(case) == before


def test_a_case_of_an_older_format_is_backed_up_and_restored_as_it_is(tmp_path: Path) -> None:
    with tarfile.open(FROZEN) as archive:
        archive.extractall(tmp_path, filter="tar")
    back_up(tmp_path / "case", tmp_path / "b.zip")
    assert restore(tmp_path / "b.zip", tmp_path / "again").case_format == 1
    assert content_of(tmp_path / "again") == content_of(tmp_path / "case")


def test_ordinary_tools_read_a_backup_and_check_its_sums(case: Path, tmp_path: Path) -> None:
    back_up(case, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as packed:
        assert packed.testzip() is None
        about = msgspec.json.decode(packed.read("backup.json"), type=About)
        sums = {line[66:]: line[:64] for line in packed.read("SHA256SUMS").decode().splitlines()}
        assert set(sums) == set(packed.namelist()) - {"SHA256SUMS"}
        for name, sha256 in sums.items():
            assert hashlib.sha256(packed.read(name)).hexdigest() == sha256
    with open_case(case) as opened:
        assert set(about.heads) == {log.head for log in opened.logs.values()}
        assert about.title == opened.settings.title


def test_a_backup_is_for_this_users_eyes_only(case: Path, tmp_path: Path) -> None:
    back_up(case, tmp_path / "b.zip")
    if os.name != "nt":
        assert (tmp_path / "b.zip").stat().st_mode & 0o077 == 0


def test_a_backup_overwrites_nothing_and_never_lies_in_the_case(case: Path, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("mine")
    with pytest.raises(UsageError, match="overwrites nothing"):
        back_up(case, tmp_path / "b.zip")
    assert (tmp_path / "b.zip").read_text() == "mine"
    for inside in (case / "b.zip", case / "vault" / "b.zip", case / ".." / case.name / "b.zip"):
        with pytest.raises(UsageError, match="inside the case"):
            back_up(case, inside)
    with pytest.raises(UsageError, match="no folder"):
        back_up(case, tmp_path / "nowhere" / "b.zip")


def damage_original(case: Path) -> None:
    original = next((case / "vault").glob("??/*"))
    original.chmod(0o644)
    original.write_bytes(original.read_bytes() + b" ")


def remove_original(case: Path) -> None:
    next((case / "vault").glob("??/*")).unlink()


def damage_record(case: Path) -> None:
    segment = min((case / "records" / "analysis").iterdir())
    segment.write_bytes(segment.read_bytes().replace(b"Korrin", b"Korran"))


def alter_page(case: Path) -> None:
    (case / "dossier" / "index.html").write_text("another")


def plant_link(case: Path) -> None:
    (case / "records" / "custody" / "link.jsonl").symlink_to(case / "case.toml")


@pytest.mark.parametrize("harm", [damage_original, remove_original, damage_record, alter_page, plant_link])
def test_a_case_that_would_not_restore_is_not_backed_up(case: Path, tmp_path: Path, harm: object) -> None:
    assert callable(harm)
    harm(case)
    with pytest.raises(CustodyError, match="witnessmark verify"):
        back_up(case, tmp_path / "b.zip")
    assert not list(tmp_path.glob("b.zip*"))


def test_a_backup_waits_for_the_writer(case: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from witnessmark.case.lock import write_lock\n"
        f"with write_lock(Path({str(case / 'write.lock')!r}), 'add'):\n    print('held', flush=True); sys.stdin.read()"
    )
    told: list[str] = []
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "held\n"

        def announce(line: str) -> None:
            told.append(line)
            other.stdin.close()  # type: ignore[union-attr]  # asked above

        back_up(case, tmp_path / "b.zip", announce=announce)
    assert told[0].startswith("Waiting for add (process ")


def test_what_a_crash_left_in_the_case_is_backed_up_as_it_is(case: Path, tmp_path: Path) -> None:
    incoming = case / "vault" / "incoming"
    incoming.mkdir(exist_ok=True)
    (incoming / "unhashed-12").write_bytes(b"half")
    with (case / "ledger" / "custody" / "log.jsonl").open("ab") as log:
        log.write(b'{"torn')
    back_up(case, tmp_path / "b.zip")
    restore(tmp_path / "b.zip", tmp_path / "again")
    assert content_of(tmp_path / "again") == content_of(case)


def test_progress_is_told_in_bytes_up_to_the_last(case: Path, tmp_path: Path) -> None:
    told: list[str] = []
    made = back_up(case, tmp_path / "b.zip", tell=told.append)
    for what in ("copied", "read back"):
        last = [line for line in told if isinstance(line, Standing) and line.what == what][-1]
        assert (last.done, last.total) == (made.bytes, made.bytes)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a matter of POSIX")
def test_a_backup_killed_at_random_moments_leaves_no_half_file_under_its_name(case: Path, tmp_path: Path) -> None:
    (tmp_path / "large.bin").write_bytes(os.urandom(60_000_000))
    with open_case(case, write="test") as opened:
        add(opened, [tmp_path / "large.bin"], Given())
    before, moments, killed = everything(case), random.Random(3), 0  # noqa: S311 -- moments, not secrets
    out = tmp_path / "out"
    out.mkdir()
    code = (
        "from pathlib import Path; from witnessmark.case.backing_up import back_up\n"
        f"print('ready', flush=True); back_up(Path({str(case)!r}), Path({str(out / 'b.zip')!r}))"
    )
    for _ in range(8):
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as backing_up:
            assert backing_up.stdout is not None
            assert backing_up.stdout.readline() == "ready\n"
            time.sleep(moments.uniform(0, 0.3))
            killed += backing_up.poll() is None
            backing_up.send_signal(signal.SIGKILL)
        if (out / "b.zip").exists():
            assert not [check for check in verify_backup(out / "b.zip") if check.verdict is Verdict.FAIL]
            (out / "b.zip").unlink()
    assert killed
    back_up(case, out / "b.zip")
    assert [path.name for path in out.iterdir()] == ["b.zip"]
    assert {name: kept for name, kept in everything(case).items() if name != "members.db"} == {
        name: kept for name, kept in before.items() if name != "members.db"
    }


def can_mount() -> bool:
    if not shutil.which("unshare"):
        return False
    return subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(sys.platform != "linux" or not can_mount(), reason="this system lets nobody mount a small disk")
def test_a_disk_too_small_is_said_before_anything_is_written(case: Path, tmp_path: Path) -> None:
    (tmp_path / "large.bin").write_bytes(os.urandom(6_000_000))
    with open_case(case, write="test") as opened:
        add(opened, [tmp_path / "large.bin"], Given())
    before, disk = everything(case), tmp_path / "disk"
    disk.mkdir()
    script = textwrap.dedent(
        f"""
        mount -t tmpfs -o size=4m tmpfs {disk}
        {sys.executable} -m witnessmark backup {case} {disk}/b.zip; echo "exit $?"
        ls -A {disk}
        """
    )
    done = subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout == f"exit {StorageError.exit_code}\n", done.stderr
    assert "the backup needs 6." in done.stderr
    assert everything(case) == before


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are a matter of POSIX")
def test_a_write_that_fails_halfway_leaves_no_backup_and_the_case_as_it_was(case: Path, tmp_path: Path) -> None:
    before, out = everything(case), tmp_path / "out"
    out.mkdir()
    limited = f"ulimit -f 60; exec {sys.executable} -m witnessmark backup {case} {out}/b.zip"
    done = subprocess.run(["bash", "-c", limited], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == StorageError.exit_code, done.stderr
    assert "The case is as it was" in done.stderr
    assert not list(out.iterdir())
    assert everything(case) == before


def test_a_second_backup_to_one_name_is_refused_and_the_first_goes_on(case: Path, tmp_path: Path) -> None:
    out, refusals = tmp_path / "out", list[str]()
    out.mkdir()

    def meanwhile(_: str) -> None:
        with pytest.raises(CaseBusyError) as refusal:
            back_up(case, out / "b.zip")
        refusals.append(str(refusal.value))

    back_up(case, out / "b.zip", tell=meanwhile)
    assert "Another backup to" in refusals[0]
    assert [path.name for path in out.iterdir()] == ["b.zip"]
    assert not [check for check in verify_backup(out / "b.zip") if check.verdict is Verdict.FAIL]
