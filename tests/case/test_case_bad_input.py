"""Bad input: each gives one clear sentence in status and in the dossier's limits, and harms nothing that is stored."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from witnessmark.case.case import open_case
from witnessmark.case.intake import Given, add
from witnessmark.case.pipeline import build
from witnessmark.case.summary import Summary, summarise
from witnessmark.case.verifying import verify_case
from witnessmark.errors import StorageError, UsageError
from witnessmark.model.verdict import Verdict

GOOD = "Ana Brecht said on 4 May 2031 that guards killed ten men at Korrin."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good file among whatever a test puts beside it."""
    folder = tmp_path / "evidence"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    return folder


def built(folder: Path) -> Summary:
    case = folder.parent / "case"
    summary = build(folder, case, Given()).summary
    assert not [check for check in verify_case(case) if check.verdict is Verdict.FAIL]
    assert summary.claims
    return summary


def reason_of(summary: Summary, name: str) -> str:
    reasons = [unread.reason for unread in summary.unread if unread.name == name]
    assert len(reasons) == 1, summary.unread
    limits = "".join(page.read_text(encoding="utf-8") for page in (Path(summary.case) / "dossier").rglob("*.html"))
    assert name in limits
    return reasons[0]


def encrypted_pdf() -> bytes:
    import io

    from reportlab.lib import pdfencrypt
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, encrypt=pdfencrypt.StandardEncryption("secret", ownerPassword="owner"))
    canvas.drawString(72, 700, "hidden")
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("junk.txt", bytes(range(256)) * 40, "not text|No reader"),
        ("letter.docx", b"PK\x05\x06" + bytes(18), "docx|DOCX|Word"),
        ("locked.pdf", encrypted_pdf(), "encrypted"),
        ("torn.pdf", b"%PDF-1.7\n1 0 obj\n<<", "PDF|pdf"),
        ("thing.xyz", b"\x00\x01\x02\x03" * 64, "No reader|not text"),
    ],
)
def test_a_file_that_cannot_be_read_is_kept_and_named_with_a_reason(folder: Path, name: str, content: bytes, words: str) -> None:
    (folder / name).write_bytes(content)
    reason = reason_of(built(folder), name)
    assert any(word in reason for word in words.split("|")), reason
    assert "Traceback" not in reason


def test_a_text_in_an_old_encoding_is_read_with_the_guess_stated(folder: Path) -> None:
    (folder / "old.txt").write_bytes("قال الشاهد إن الجنود أحرقوا القرية في أيار ٢٠٣١ وقتلوا أهلها".encode("windows-1256", "replace") * 5)
    summary = built(folder)
    assert summary.documents == 2
    dossier = "".join(page.read_text(encoding="utf-8") for page in (Path(summary.case) / "dossier").rglob("*.html"))
    assert "ncoding" in dossier


def test_a_text_of_200_megabytes_is_preserved_and_said_to_be_too_long(folder: Path) -> None:
    with (folder / "huge.txt").open("wb") as file:
        for _ in range(200):
            file.write(b"A long line of nothing much. " * (1024 * 1024 // 29))
    reason = reason_of(built(folder), "huge.txt")
    assert "MB" in reason or "MiB" in reason


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_a_loop_of_links_is_not_followed(folder: Path) -> None:
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "elsewhere.txt").symlink_to("/etc/hostname")
    summary = built(folder)
    assert summary.items == 1
    assert [warning.split(".")[0] for warning in summary.warnings if warning.startswith("Not received")] == [
        "Not received: elsewhere",
        "Not received: loop",
    ]


def test_names_with_spaces_arabic_and_odd_characters_are_kept_as_they_are(folder: Path) -> None:
    names = ["مُحَمَّد شهادة.txt", "two  spaces.txt", "con:quote'\"<b>.txt" if sys.platform != "win32" else "con.txt2"]
    for number, name in enumerate(names):
        (folder / name).write_text(f"{GOOD} ({number})", encoding="utf-8")
    summary = built(folder)
    assert (summary.items, summary.documents) == (4, 4)
    for path in Path(summary.case).rglob("*"):
        assert ":" not in path.name
        assert path.name.isascii()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions bind only those who are not root")
def test_a_file_one_may_not_open_is_refused_on_record(folder: Path) -> None:
    (folder / "closed.txt").write_text("closed")
    (folder / "closed.txt").chmod(0)
    summary = built(folder)
    assert any("closed.txt" in warning and "ermission" in warning for warning in summary.warnings)


def test_a_path_that_does_not_exist_is_said_before_anything_is_added(folder: Path, tmp_path: Path) -> None:
    built(folder)
    with open_case(tmp_path / "case", write="test") as case:
        with pytest.raises(UsageError, match=r"nowhere cannot be added: No such file.*Nothing was added"):
            add(case, [folder / "good.txt", tmp_path / "nowhere"], Given())
        assert summarise(case).items == 1


def can_mount() -> bool:
    if not shutil.which("unshare"):
        return False
    tried = subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, check=False)
    return tried.returncode == 0


@pytest.mark.skipif(sys.platform != "linux" or not can_mount(), reason="this system lets nobody mount a small disk")
def test_a_full_disk_acknowledges_nothing_and_harms_nothing(folder: Path, tmp_path: Path) -> None:
    (folder / "large.bin").write_bytes(os.urandom(6 * 1024 * 1024))
    disk = tmp_path / "disk"
    disk.mkdir()
    script = textwrap.dedent(
        f"""
        mount -t tmpfs -o size=4m tmpfs {disk}
        {sys.executable} -m witnessmark new {disk}/case || exit 90
        {sys.executable} -m witnessmark add {disk}/case {folder}/good.txt || exit 91
        {sys.executable} -m witnessmark add {disk}/case {folder}/large.bin
        echo "exit code $?"
        {sys.executable} -m witnessmark status {disk}/case --json || exit 92
        {sys.executable} -m witnessmark verify {disk}/case || exit 93
        """
    )
    done = subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"exit code {StorageError.exit_code}" in done.stdout
    assert "No space left on device" in done.stderr
    assert '"items": 1' in done.stdout
    assert "0 fail" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are a matter of POSIX")
def test_a_write_that_fails_halfway_is_no_receipt(folder: Path, tmp_path: Path) -> None:
    (folder / "large.bin").write_bytes(os.urandom(3 * 1024 * 1024))
    case = tmp_path / "case"
    built(folder)
    (folder / "second.bin").write_bytes(os.urandom(3 * 1024 * 1024))
    limited = f"ulimit -f 2048; exec {sys.executable} -m witnessmark add {case} {folder / 'second.bin'}"
    done = subprocess.run(["sh", "-c", limited], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == StorageError.exit_code, done.stderr
    assert not [check for check in verify_case(case) if check.verdict is Verdict.FAIL]
    with open_case(case) as opened:
        assert summarise(opened).items == 2
