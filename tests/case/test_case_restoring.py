"""A backup is believed of nothing: what is hostile, damaged or incomplete is refused in a sentence, and nothing is left behind."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import sqlite3
import stat
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from witnessmark.case.archive import is_case_file
from witnessmark.case.backing_up import back_up
from witnessmark.case.case import open_case
from witnessmark.case.deciding import decide
from witnessmark.case.restoring import restore, verify_backup
from witnessmark.case.verifying import verify_case
from witnessmark.errors import CaseBusyError, CaseError, CustodyError, StorageError, WitnessmarkError
from witnessmark.model.verdict import Verdict

Members = dict[str, bytes]


@pytest.fixture
def backup(case: Path, tmp_path: Path) -> Path:
    back_up(case, tmp_path / "b.zip")
    return tmp_path / "b.zip"


def members_of(backup: Path) -> Members:
    with zipfile.ZipFile(backup) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def pack(backup: Path, members: Members, *, sums: bool = True, tamper: Callable[[zipfile.ZipInfo], None] = lambda _: None) -> None:
    """Write a backup as somebody might who knows its form; `sums` are made to fit unless told otherwise."""
    if sums:
        lines = [f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in members.items() if name != "SHA256SUMS"]
        members["SHA256SUMS"] = "".join(lines).encode()
    with zipfile.ZipFile(backup, "w") as packed:
        for name, content in members.items():
            info = zipfile.ZipInfo(name)
            tamper(info)
            packed.writestr(info, content)


def refused(backup: Path, words: str, tmp_path: Path) -> None:
    before = {path for path in tmp_path.rglob("*") if path != backup}
    with pytest.raises(WitnessmarkError, match=words):
        restore(backup, tmp_path / "again")
    assert {path for path in tmp_path.rglob("*") if path != backup} == before


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../outside",
        "case/../outside",
        "case/vault/../../outside",
        "case/vault/..",
        "case/vault//x",
        "case\\vault\\x",
        "C:/x",
        "case/case.db",
        "case/write.lock",
        "case/notes.txt",
        "case/vault/a\nb",
        "case/vault/\u202ecod",
        "case/vault/sub/",
        "case/vault/.hidden",
        "case/vault/" + "x" * 300,
        "note.txt",
    ],
)
def test_a_member_with_a_name_no_case_has_is_refused(backup: Path, tmp_path: Path, name: str) -> None:
    pack(backup, members_of(backup) | {name: b"planted"})
    refused(backup, "is no name of a file of a case", tmp_path)


def test_a_name_that_hides_its_end_behind_a_nul_is_refused(backup: Path, tmp_path: Path) -> None:
    pack(backup, members_of(backup) | {"case/vault/aa/bbbbZcc": b"planted"})
    backup.write_bytes(backup.read_bytes().replace(b"bbbbZcc", b"bbbb\0cc"))
    refused(backup, "is no name of a file of a case|is not named", tmp_path)


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO, stat.S_IFDIR])
def test_a_link_or_device_is_refused(backup: Path, tmp_path: Path, kind: int) -> None:
    def as_kind(info: zipfile.ZipInfo) -> None:
        if info.filename == "case/members.db":
            info.external_attr = (kind | 0o777) << 16

    pack(backup, members_of(backup), tamper=as_kind)
    refused(backup, "is a link or a device", tmp_path)


def test_a_bomb_is_refused_before_it_unfolds(backup: Path, tmp_path: Path) -> None:
    def deflate(info: zipfile.ZipInfo) -> None:
        info.compress_type = zipfile.ZIP_DEFLATED if info.filename == "case/vault/aa/bomb" else zipfile.ZIP_STORED

    pack(backup, members_of(backup) | {"case/vault/aa/bomb": bytes(50_000_000)}, tamper=deflate)
    refused(backup, "is compressed", tmp_path)


def test_members_that_overlap_claim_more_than_there_is_and_are_refused(backup: Path, tmp_path: Path) -> None:
    """Many entries that point at one stretch of the file: nothing is compressed, yet much would be written."""
    pack(backup, members_of(backup) | {"case/vault/aa/large": bytes(1_000_000)})
    content = backup.read_bytes()
    end = content.rindex(b"PK\x05\x06")
    directory = int.from_bytes(content[end + 16 : end + 20], "little")
    entry = content.index(b"PK\x01\x02", directory)
    while b"case/vault/aa/large" not in content[entry : entry + 46 + 30]:
        entry = content.index(b"PK\x01\x02", entry + 1)
    one = content[entry : entry + 46 + len("case/vault/aa/large")]
    copies = b"".join(one.replace(b"aa/large", b"aa/lar%02d" % n) for n in range(10))
    size = end - directory + len(copies)
    tail = content[end:]
    count = int.from_bytes(tail[10:12], "little") + 10
    tail = tail[:8] + count.to_bytes(2, "little") * 2 + size.to_bytes(4, "little") + tail[16:]
    backup.write_bytes(content[:end] + copies + tail)
    refused(backup, "claim more bytes than it has", tmp_path)


def test_a_list_of_members_that_would_fill_the_memory_is_refused_before_it_is_read(tmp_path: Path) -> None:
    length = 300 * 1024 * 1024
    with (tmp_path / "b.zip").open("wb") as file:
        file.truncate(length)
        file.seek(length)
        file.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, length, 0, 0))
    refused(tmp_path / "b.zip", "list of members has", tmp_path)
    with (tmp_path / "b.zip").open("r+b") as file:
        file.seek(length)
        file.write(struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 9, 9, length, 0))
        file.write(struct.pack("<4sLQL", b"PK\x06\x07", 0, length, 1))
        file.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, 0xFFFFFFFF, 0xFFFFFFFF, 0))
    refused(tmp_path / "b.zip", "list of members has", tmp_path)


def test_a_backup_with_a_comment_is_refused(backup: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(backup, "a") as packed:
        packed.comment = b"a comment"
    refused(backup, "no backup", tmp_path)


def test_a_name_that_is_there_twice_is_refused_in_either_case(backup: Path, tmp_path: Path) -> None:
    pack(backup, members_of(backup) | {"case/CASE.toml": b"", "case/ledger/HEADS.json": b"[]"})
    refused(backup, "is no name of a file|is there twice", tmp_path)
    members = members_of(backup)
    del members["case/CASE.toml"]
    pack(backup, members)
    refused(backup, "is there twice", tmp_path)


def test_a_member_the_sums_do_not_name_and_one_that_is_missing_are_refused(backup: Path, tmp_path: Path) -> None:
    members = members_of(backup)
    pack(backup, members | {"case/vault/aa/extra": b"extra"}, sums=False)
    refused(backup, "'case/vault/aa/extra' is not named in its SHA256SUMS", tmp_path)
    gone = next(name for name in members if name.startswith("case/vault/"))
    pack(backup, {name: content for name, content in members.items() if name != gone}, sums=False)
    refused(backup, f"'{gone}' is missing", tmp_path)


@pytest.mark.parametrize("name", ["backup.json", "SHA256SUMS", "case/case.toml"])
def test_a_backup_without_what_makes_it_one_is_refused(backup: Path, tmp_path: Path, name: str) -> None:
    pack(backup, {kept: content for kept, content in members_of(backup).items() if kept != name}, sums=name != "SHA256SUMS")
    refused(backup, f"no backup of a case: it has no {name}", tmp_path)


@pytest.mark.parametrize("content", [b"{}", b"[" * 100_000, b"\xff", b"{" + b" " * 100_000 + b"}"])
def test_a_backup_that_says_nonsense_of_itself_is_refused(backup: Path, tmp_path: Path, content: bytes) -> None:
    pack(backup, members_of(backup) | {"backup.json": content})
    refused(backup, r"backup\.json", tmp_path)


def test_a_backup_of_a_newer_form_asks_for_a_newer_program(backup: Path, tmp_path: Path) -> None:
    members = members_of(backup)
    pack(backup, members | {"backup.json": members["backup.json"].replace(b'"backup_format": 1', b'"backup_format": 2')})
    refused(backup, "newer witnessmark", tmp_path)


def test_sums_that_fit_do_not_make_an_altered_case_restore(backup: Path, tmp_path: Path) -> None:
    members = members_of(backup)
    original = next(name for name in members if name.startswith("case/vault/"))
    for name, content in (
        (original, members[original] + b" "),
        ("case/ledger/custody/log.jsonl", b"".join(members["case/ledger/custody/log.jsonl"].splitlines(keepends=True)[:-1])),
        ("case/vault/aa/" + "b" * 62, b"never received"),
        ("case/case.toml", members["case/case.toml"] + b"colour = 'red'\n"),
        ("case/case.toml", b"format_version = 99\ntitle = 'x'\n"),
    ):
        pack(backup, members | {name: content})
        refused(backup, "does not verify|newer witnessmark", tmp_path)


def test_what_is_no_backup_is_said_to_be_none(tmp_path: Path, case: Path) -> None:
    for content in (b"", b"PK", b"a note", b"PK\x05\x06" + bytes(18)):
        (tmp_path / "note").write_bytes(content)
        with pytest.raises(CaseError, match="no backup"):
            restore(tmp_path / "note", tmp_path / "again")
    with pytest.raises(CaseError, match="There is no"):
        restore(tmp_path / "nowhere", tmp_path / "again")
    with pytest.raises(CaseError, match="is a folder, not a backup"):
        restore(case, tmp_path / "again")


def test_nothing_is_restored_over_a_case_or_into_one(backup: Path, case: Path, tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="is a case already"):
        restore(backup, case)
    with pytest.raises(CaseError, match="inside the case"):
        restore(backup, case / "vault" / "inner")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "note").touch()
    with pytest.raises(CaseError, match="not empty"):
        restore(backup, tmp_path / "full")


def test_an_empty_folder_is_taken_as_the_place(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    restore(backup, tmp_path / "again")
    assert not [check for check in verify_case(tmp_path / "again") if check.verdict is Verdict.FAIL]


def test_any_byte_changed_is_refused_or_changes_nothing(backup: Path, case: Path, tmp_path: Path) -> None:
    whole, chance = backup.read_bytes(), random.Random(5)  # noqa: S311 -- places, not secrets
    places = [chance.randrange(len(whole)) for _ in range(40)] + [len(whole) - chance.randrange(1, 4000) for _ in range(60)]
    found, kept = 0, {name: content for name, content in members_of(backup).items() if name.startswith("case/")}
    for number, place in enumerate(places):
        backup.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << chance.randrange(8))]) + whole[place + 1 :])
        again = tmp_path / f"again-{number}"
        try:
            restore(backup, again)
        except WitnessmarkError:
            found += 1
            assert not again.exists()
        else:
            assert all((again / name.removeprefix("case/")).read_bytes() == content for name, content in kept.items())
    assert found > 60


def test_a_backup_cut_off_anywhere_is_refused(backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    for length in (len(whole) - 1, len(whole) - 30, len(whole) // 2, 100):
        backup.write_bytes(whole[:length])
        refused(backup, "no backup|damaged|cut off", tmp_path)


def test_verify_names_the_file_of_a_backup_that_was_altered(backup: Path) -> None:
    assert {check.verdict for check in verify_backup(backup)} == {Verdict.PASS, Verdict.NOT_CHECKED}
    members = members_of(backup)
    name = "case/dossier/index.html"
    pack(backup, members | {name: b"another"}, sums=False)
    failed = [check for check in verify_backup(backup) if check.verdict is Verdict.FAIL]
    assert [check.subject for check in failed] == [name]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a matter of POSIX")
def test_a_restore_killed_at_random_moments_leaves_a_whole_case_or_none(backup: Path, tmp_path: Path) -> None:
    moments, killed = random.Random(9), 0  # noqa: S311 -- moments, not secrets
    place = tmp_path / "out" / "again"
    code = (
        "from pathlib import Path; from witnessmark.case.restoring import restore\n"
        f"print('ready', flush=True); restore(Path({str(backup)!r}), Path({str(place)!r}))"
    )
    for _ in range(8):
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as restoring:
            assert restoring.stdout is not None
            assert restoring.stdout.readline() == "ready\n"
            time.sleep(moments.uniform(0, 0.4))
            killed += restoring.poll() is None
            restoring.send_signal(signal.SIGKILL)
        if place.exists():
            assert not [check for check in verify_case(place) if check.verdict is Verdict.FAIL]
            place.rename(tmp_path / f"done-{time.monotonic_ns()}")
    assert killed
    restore(backup, place)
    assert [path.name for path in place.parent.iterdir()] == ["again"]


@pytest.mark.parametrize(
    "name", ["case.toml", "members.db", "vault/3f/9c0e", "records/custody/000000000.jsonl", "dossier/document-1a.html"]
)
def test_the_names_of_a_case_are_names_of_a_backup(name: str) -> None:
    assert is_case_file(name)


def test_the_mode_of_a_backup_never_reaches_the_case(backup: Path, tmp_path: Path) -> None:
    def bold(info: zipfile.ZipInfo) -> None:
        info.external_attr = (stat.S_IFREG | stat.S_ISUID | 0o777) << 16

    pack(backup, members_of(backup), tamper=bold)
    restore(backup, tmp_path / "again")
    assert not any(path.stat().st_mode & (stat.S_ISUID | 0o111) for path in (tmp_path / "again").rglob("*") if path.is_file())
    if os.name != "nt":
        assert (tmp_path / "again").stat().st_mode & 0o077 == 0


def test_a_failure_names_what_did_not_verify(backup: Path, tmp_path: Path) -> None:
    members = members_of(backup)
    pack(backup, members | {"case/dossier/index.html": b"another"})
    with pytest.raises(CustodyError, match=r"does not verify, so it was not restored: dossier/index\.html"):
        restore(backup, tmp_path / "again")


def made_endless(roster: Path) -> None:
    roster.unlink()
    with closing(sqlite3.connect(roster)) as connection:
        connection.execute(
            "CREATE VIEW member AS WITH RECURSIVE n(key) AS (SELECT 1 UNION ALL SELECT key + 1 FROM n) SELECT key, key AS name, key AS since FROM n"
        )


def made_junk(roster: Path) -> None:
    roster.write_bytes(b"nothing that a roster holds" * 300)


@pytest.mark.parametrize("make", [made_endless, made_junk])
def test_a_roster_made_to_do_harm_fails_and_is_neither_backed_up_nor_restored(
    backup: Path, case: Path, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(case / "members.db")
    assert [(check.subject, check.verdict) for check in verify_case(case) if check.verdict is Verdict.FAIL] == [
        ("members.db", Verdict.FAIL)
    ]
    with pytest.raises(CustodyError, match=r"members\.db: It is not a roster"):
        back_up(case, tmp_path / "c.zip")
    pack(backup, members_of(backup) | {"case/members.db": (case / "members.db").read_bytes()})
    refused(backup, r"was not restored: members\.db: It is not a roster", tmp_path)
    with pytest.raises(CaseError, match="Move it out of the case"), open_case(case, write="test") as opened:
        decide(opened, "C1", "status", "rejected", why="not what it says")


@pytest.mark.parametrize(("file", "below"), [("case/vault/aa", "case/vault/aa/bb"), ("case/vault/aa", "case/vault/AA/bb/cc")])
def test_a_file_where_a_folder_belongs_is_said_to_be_that(backup: Path, tmp_path: Path, file: str, below: str) -> None:
    pack(backup, members_of(backup) | {file: b"planted", below: b"planted"})
    refused(backup, f"'{file}' is a file where '{below.lower()}' needs a folder", tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="making links there takes a right that tests do not have")
def test_a_link_in_the_place_of_the_case_is_said_to_be_one(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for target in ("empty", "nowhere"):
        (tmp_path / "again").symlink_to(tmp_path / target)
        with pytest.raises(CaseError, match=rf"is a symbolic link.*{target}"):
            restore(backup, tmp_path / "again")
        (tmp_path / "again").unlink()


def test_a_place_below_a_file_is_not_said_to_lack_space(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "note").touch()
    with pytest.raises(StorageError, match="Nothing was restored; see whether"):
        restore(backup, tmp_path / "note" / "again")


def test_a_second_restore_to_one_place_is_refused_and_the_first_goes_on(backup: Path, tmp_path: Path) -> None:
    refusals: list[str] = []

    def meanwhile(_: str) -> None:
        with pytest.raises(CaseBusyError) as refusal:
            restore(backup, tmp_path / "out" / "again")
        refusals.append(str(refusal.value))

    restore(backup, tmp_path / "out" / "again", tell=meanwhile)
    assert "Another restore to" in refusals[0]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["again"]
    assert not [check for check in verify_case(tmp_path / "out" / "again") if check.verdict is Verdict.FAIL]


@pytest.mark.skipif(sys.platform == "win32", reason="asserts on what a lock leaves, which Windows removes by itself")
def test_of_restores_started_together_one_succeeds_and_one_whole_case_stands(backup: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "witnessmark", "restore", str(backup), str(tmp_path / "out" / "again")]
    started = [subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) for _ in range(3)]
    said = [process.communicate()[1] for process in started]
    assert sorted(process.returncode == 0 for process in started) == [False, False, True], said
    assert {process.returncode for process in started} <= {0, CaseError.exit_code, CaseBusyError.exit_code}, said
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["again"]
    assert not [check for check in verify_case(tmp_path / "out" / "again") if check.verdict is Verdict.FAIL]


def test_what_comes_to_lie_at_the_place_meanwhile_is_not_touched(backup: Path, tmp_path: Path) -> None:
    def meanwhile(_: str) -> None:
        (tmp_path / "again").mkdir(exist_ok=True)
        (tmp_path / "again" / "note").write_text("mine")

    with pytest.raises(CaseError, match="not empty"):
        restore(backup, tmp_path / "again", tell=meanwhile)
    assert [path.name for path in (tmp_path / "again").iterdir()] == ["note"]


def can_mount() -> bool:
    if not shutil.which("unshare"):
        return False
    return subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(sys.platform != "linux" or not can_mount(), reason="this system lets nobody mount a small disk")
def test_on_a_disk_of_any_size_a_case_is_restored_whole_or_nothing_is_and_that_is_said(backup: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    room = sum(len(content) for content in members_of(backup).values()) // 1024
    done = []
    for size in (room // 2, room + 150, room + 4_000):
        script = f"mount -t tmpfs -o size={size}k tmpfs {disk}; {sys.executable} -m witnessmark restore {backup} {disk}/again; echo $?; ls -A {disk}"
        ended = subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, check=False, timeout=60)
        lines = ended.stdout.splitlines()
        code = "0" if lines[-1] == "again" else lines[-1]
        assert code == "0" or lines == [str(StorageError.exit_code)], ended
        assert code == "0" or "Nothing was restored. Free " in ended.stderr
        done.append(code)
    assert done == [str(StorageError.exit_code)] * 2 + ["0"]


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are a matter of POSIX")
def test_a_database_that_does_not_fit_is_said_to_have_kept_the_case_from_being_restored(backup: Path, tmp_path: Path) -> None:
    """The room was there when it was asked for, as it is where another program fills the disk meanwhile."""
    largest = max(map(len, members_of(backup).values())) // 1024 + 20
    limited = f"ulimit -f {largest}; exec {sys.executable} -m witnessmark restore {backup} {tmp_path}/again"
    ended = subprocess.run(["bash", "-c", limited], capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == StorageError.exit_code, ended
    assert "for the database of the case. Nothing was restored. Free " in ended.stderr
    assert "recorded" not in ended.stderr
    assert {path.name for path in tmp_path.iterdir()} == {backup.name, "case"}
