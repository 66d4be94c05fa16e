from __future__ import annotations

import hashlib
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from filelock import FileLock, Timeout

from witnessmark.case.verifying import verify_case
from witnessmark.ledger.heads import write_heads
from witnessmark.ledger.log import Log
from witnessmark.model.deed import CaseOpened, CustodyDeed, Deed, DossierPublished, ItemReceived, Step, action_of, stream_of
from witnessmark.model.entry import Stream
from witnessmark.model.verdict import Check, Verdict


def failed(case: Path) -> list[Check]:
    return [check for check in verify_case(case) if check.verdict is Verdict.FAIL]


def originals(case: Path) -> Iterator[Path]:
    yield from (path for path in sorted((case / "vault").rglob("*")) if path.is_file())


def name_of(case: Path, path: Path) -> str:
    return path.relative_to(case).as_posix()


def overwrite(path: Path, content: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(content)


def test_an_untouched_case_has_no_failed_check_and_every_original_passes(case: Path) -> None:
    checks = list(verify_case(case))
    assert not failed(case)
    passed = {check.subject for check in checks if check.verdict is Verdict.PASS}
    assert {path.relative_to(case).as_posix() for path in originals(case)} <= passed


def test_one_flipped_bit_in_any_original_is_found_and_named(case: Path) -> None:
    for path in originals(case):
        good = path.read_bytes()
        overwrite(path, good[:-1] + bytes([good[-1] ^ 1]))
        assert [check.subject for check in failed(case)] == [path.relative_to(case).as_posix()]
        overwrite(path, good)
    assert not failed(case)


def test_originals_deleted_added_and_swapped_are_found_and_named(case: Path) -> None:
    first, second, *_ = originals(case)
    a, b = first.read_bytes(), second.read_bytes()
    overwrite(first, b)
    overwrite(second, a)
    assert {check.subject for check in failed(case)} == {name_of(case, first), name_of(case, second)}
    overwrite(first, a)
    second.unlink()
    assert {check.subject for check in failed(case)} == {name_of(case, second)}
    planted = case / "vault" / "ab" / "planted"
    planted.parent.mkdir(exist_ok=True)
    planted.write_bytes(b"planted")
    assert name_of(case, planted) in {check.subject for check in failed(case)}


def test_a_page_changed_after_publishing_is_found(case: Path) -> None:
    index = case / "dossier" / "index.html"
    index.write_text(index.read_text(encoding="utf-8").replace("denie", "admitte"), encoding="utf-8")
    assert [check.subject for check in failed(case)] == ["dossier/index.html"]


def test_verify_writes_nothing_into_the_case(case: Path) -> None:
    def state() -> dict[str, tuple[int, int, int]]:
        facts = {path.relative_to(case).as_posix(): path.lstat() for path in [case, *case.rglob("*")]}
        return {name: (fact.st_ino, fact.st_size, fact.st_mtime_ns) for name, fact in facts.items()}

    before = state()
    assert not failed(case)
    assert state() == before


def test_damaged_custody_records_make_the_vaults_files_not_checked_rather_than_planted(case: Path) -> None:
    segment = next((case / "records" / "custody").glob("*1.jsonl"))
    segment.write_bytes(segment.read_bytes()[:-30])
    checks = [check for check in verify_case(case) if check.subject.startswith("vault/")]
    assert all(check.verdict is not Verdict.FAIL for check in checks)
    assert failed(case)


def test_verify_works_on_a_copy_without_database_roster_or_lock(case: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(case, copy, ignore=shutil.ignore_patterns("case.db*", "members.db", "write.*"))
    assert not failed(copy)


def put_link(path: Path) -> None:
    path.symlink_to("/etc/hostname")


def put_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as end:
        before = Path.cwd()
        os.chdir(path.parent)  # the name of a socket may be no longer than some hundred bytes
        try:
            end.bind(path.name)
        finally:
            os.chdir(before)


@pytest.mark.skipif(os.name == "nt", reason="pipes and sockets in folders are a matter of POSIX")
@pytest.mark.parametrize("put", [Path.mkdir, os.mkfifo, put_link, put_socket])
@pytest.mark.parametrize(
    "place",
    [
        "original",
        "vault/incoming/left",
        "vault/zz",
        "ledger/heads.json",
        "ledger/custody/log.jsonl",
        "ledger/analysis/log.jsonl",
        "ledger/other",
        "records/custody/000000001.jsonl",
        "records/analysis/900000000.jsonl",
        "records/analysis/900000000.jsonl.7.new",
        "records/other",
        "dossier/index.html",
        "dossier/other",
        "case.toml",
        "case.db",
        "members.db",
        "write.lock",
        "other",
    ],
)
def test_whatever_is_no_plain_file_fails_where_it_lies_and_is_never_followed(case: Path, place: str, put: Callable[[Path], None]) -> None:
    path = next(originals(case)) if place == "original" else case / place
    path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    put(path)
    name = name_of(case, path)
    assert any(check.subject == name for check in failed(case)), [c for c in verify_case(case) if c.verdict is not Verdict.PASS]


@pytest.mark.parametrize("name", ["vault", "vault/incoming", "ledger", "ledger/custody", "records", "records/analysis", "dossier"])
def test_a_link_in_the_place_of_a_folder_fails(case: Path, tmp_path: Path, name: str) -> None:
    folder, elsewhere = case / name, tmp_path / "elsewhere"
    folder.mkdir(exist_ok=True)
    folder.rename(elsewhere)
    folder.symlink_to(elsewhere)
    assert any(check.subject == name for check in failed(case))


def test_a_link_to_the_true_bytes_is_no_original(case: Path, tmp_path: Path) -> None:
    place = next(originals(case))
    place.rename(tmp_path / "moved")
    place.symlink_to(tmp_path / "moved")
    assert [check.subject for check in failed(case)] == [name_of(case, place)]


def test_what_lies_in_incoming_is_listed_and_judged_by_its_bytes(case: Path) -> None:
    incoming, place = case / "vault" / "incoming", next(originals(case))
    incoming.mkdir(exist_ok=True)
    sha256 = place.parent.name + place.name
    shutil.copy(place, incoming / sha256)
    (incoming / ("0" * 64)).write_bytes(b"not those bytes")
    (incoming / hashlib.sha256(b"whole").hexdigest()).write_bytes(b"whole")
    (incoming / "unhashed-77").write_bytes(b"half")
    found = {check.subject.rpartition("/")[2]: check for check in verify_case(case) if check.subject.startswith("vault/incoming/")}
    assert len(found) == 4
    assert found[sha256].verdict is Verdict.FAIL
    assert "lies beside its original" in found[sha256].detail
    assert found["0" * 64].verdict is Verdict.FAIL
    assert found["unhashed-77"].verdict is Verdict.NOT_CHECKED
    assert found[hashlib.sha256(b"whole").hexdigest()].verdict is Verdict.NOT_CHECKED


def test_an_original_a_crash_left_in_incoming_passes_and_is_said_to_be_there(case: Path) -> None:
    place = next(originals(case))
    sha256 = place.parent.name + place.name
    (case / "vault" / "incoming").mkdir(exist_ok=True)
    place.rename(case / "vault" / "incoming" / sha256)
    checks = {check.subject: check.verdict for check in verify_case(case)}
    assert checks[name_of(case, place)] is Verdict.PASS
    assert checks[f"vault/incoming/{sha256}"] is Verdict.NOT_CHECKED
    assert not failed(case)


@pytest.mark.parametrize(
    "name",
    ["note.txt", "ledger/note.txt", "ledger/custody/note.txt", "records/note.txt", "vault/note.txt", "dossier/note.txt", "x\n\u202e"],
)
def test_a_file_that_is_no_part_of_a_case_fails_by_name(case: Path, name: str) -> None:
    (case / name).write_text("planted")
    shown = name.replace("\n", "\\n").replace("\u202e", "\\u202e")
    assert [check.subject for check in failed(case)] == [shown]


def test_what_an_interrupted_write_left_is_not_checked(case: Path) -> None:
    leftovers = ["ledger/heads.json.12.new", "case.toml.12.new", "records/custody/000000009.jsonl.12.new"]
    for name in leftovers:
        (case / name).write_text("half")
    (case / "dossier.new").mkdir()
    (case / "dossier.old").mkdir()
    checks = {check.subject: check.verdict for check in verify_case(case)}
    assert {checks[name] for name in [*leftovers, "dossier.new", "dossier.old"]} == {Verdict.NOT_CHECKED}
    assert not failed(case)


def test_a_recorded_dossier_that_was_not_exchanged_yet_is_not_checked(case: Path) -> None:
    shutil.copytree(case / "dossier", case / "dossier.new")
    index = case / "dossier" / "index.html"
    index.write_text("an older dossier", encoding="utf-8")
    assert not failed(case)
    (case / "dossier.new" / "index.html").write_text("another", encoding="utf-8")
    assert [check.subject for check in failed(case)] == ["dossier/index.html"]


@pytest.mark.parametrize(
    "line", ["title = 'Another case'", "format_version = 1", "format_version = 4", "format_version = 0", "nonsense", "colour = 'red'"]
)
def test_settings_that_are_not_what_the_case_was_opened_with_fail(case: Path, line: str) -> None:
    settings = case / "case.toml"
    kept = [kept for kept in settings.read_text(encoding="utf-8").splitlines() if kept.split()[0] != line.split(maxsplit=1)[0]]
    settings.write_text("\n".join([*kept, line]), encoding="utf-8")
    assert [check.subject for check in failed(case)] == ["case.toml"]


def test_the_roster_is_never_called_a_pass(case: Path) -> None:
    assert [check.verdict for check in verify_case(case) if check.subject == "members.db"] == [Verdict.NOT_CHECKED]
    (case / "members.db").unlink()
    assert [check.verdict for check in verify_case(case) if check.subject == "members.db"] == [Verdict.NOT_CHECKED]


def test_a_body_nested_too_deep_fails_by_itself(case: Path) -> None:
    segment = max((case / "records" / "analysis").iterdir())
    nested = b"[" * 5000 + b"]" * 5000
    seq = int(segment.stem)
    segment.write_bytes(b'{"body":' + nested + b',"salt":"' + b"0" * 64 + b'","seq":' + str(seq).encode() + b"}\n")
    subjects = {check.subject for check in failed(case)}
    assert name_of(case, segment) in {subject.split(" ")[0] for subject in subjects}
    assert not any(subject.startswith(("vault/", "records/custody")) for subject in subjects)


@contextmanager
def a_user_who_may_not_read(path: Path) -> Iterator[None]:
    """The file made unreadable, and this process somebody whom that keeps out."""
    mode = path.stat().st_mode
    path.chmod(0)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        path.chmod(mode)


@pytest.mark.skipif(os.name == "nt", reason="modes are a matter of POSIX")
@pytest.mark.parametrize(
    "name",
    [
        "original",
        "ledger/heads.json",
        "ledger/custody/log.jsonl",
        "records/custody/000000001.jsonl",
        "records/analysis",
        "dossier/index.html",
        "case.toml",
        "case.db",
        "vault",
    ],
)
def test_what_this_user_may_not_open_is_not_checked_and_the_rest_is(case: Path, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        open_to_all = Path(folder) / "case"
        shutil.copytree(case, open_to_all)
        for path in [open_to_all.parent, open_to_all, *open_to_all.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
        path = next(originals(open_to_all)) if name == "original" else open_to_all / name
        subject = name_of(open_to_all, path)
        list(verify_case(open_to_all))  # whatever is imported late is imported while it may be
        with a_user_who_may_not_read(path):
            checks = list(verify_case(open_to_all))
        assert any(check.subject.startswith(subject) and check.verdict is Verdict.NOT_CHECKED for check in checks)
        assert not [check for check in checks if check.verdict is Verdict.FAIL]
        assert not [check for check in checks if check.subject.startswith(subject) and check.verdict is Verdict.PASS]


def test_beside_a_working_writer_verify_says_so_and_does_not_cry_wolf(case: Path) -> None:
    (case / "write.lock").touch()
    (case / "dossier").rename(case / "dossier.old")  # halfway through an exchange
    with FileLock(case / "write.lock"):
        checks = list(verify_case(case))
    busy = [check for check in checks if check.subject == "write.lock"]
    assert [check.verdict for check in busy] == [Verdict.NOT_CHECKED]
    assert "run verify again" in busy[0].detail
    assert not [check for check in checks if check.verdict is Verdict.FAIL]
    assert failed(case)


def test_a_verify_keeps_writers_waiting_while_it_runs_and_no_longer(case: Path) -> None:
    (case / "write.lock").touch()
    checks = verify_case(case)
    next(checks)
    with pytest.raises(Timeout):
        FileLock(case / "write.lock").acquire(timeout=0)
    list(checks)
    with FileLock(case / "write.lock", timeout=0):
        pass


def test_verify_never_cries_wolf_while_a_writer_adds_reads_and_publishes(case: Path, evidence: Path) -> None:
    (evidence / "more.txt").write_text("Envoy Ana Brecht said that guards killed ten prisoners at Korrin in March 2031.", encoding="utf-8")
    writer = subprocess.Popen([sys.executable, "-m", "witnessmark", "build", str(evidence), "--case", str(case)], stdout=subprocess.DEVNULL)
    rounds = 0
    while writer.poll() is None:
        assert not failed(case)
        rounds += 1
    assert writer.returncode == 0
    assert rounds
    assert not failed(case)


def recorded(case: Path, deed: Deed) -> None:
    """An entry that no command writes, but whoever edits logs, records and heads together can."""
    logs = {stream: Log(case, stream) for stream in Stream}
    log = logs[stream_of(deed)]
    log.append(log.prepare([(action_of(deed), deed)], at="2031-05-20T10:00:00Z", actor="k-0011223344556677"))
    write_heads(case, tuple(logs.values()))


def test_names_that_lead_out_of_the_case_are_not_followed(case: Path) -> None:
    outside = hashlib.sha256((case / "case.toml").read_bytes()).hexdigest()
    recorded(case, DossierPublished(Step("publish", "1", "", ""), {"../case.toml": outside, "/etc/hostname": outside, "": outside}))
    custody = Log(case, Stream.CUSTODY)
    received = next(deed for _, record in custody.entries_with_records() if (deed := item_received(bytes(record.body))))
    recorded(case, msgspec.structs.replace(received, receipt=msgspec.structs.replace(received.receipt, item="../../case.toml")))
    subjects = {check.subject for check in failed(case)}
    assert {"dossier/../case.toml", "dossier//etc/hostname", "vault"} <= subjects


def item_received(body: bytes) -> ItemReceived | None:
    deed = msgspec.json.decode(body, type=CustodyDeed)
    return deed if isinstance(deed, ItemReceived) else None


def test_a_body_that_is_another_deed_than_its_entry_says_fails(case: Path) -> None:
    logs = {stream: Log(case, stream) for stream in Stream}
    logs[Stream.ANALYSIS].append(
        logs[Stream.ANALYSIS].prepare([("claims.read", CaseOpened("t", 1)), ("note", {"a": 1})], at="2031-05-20T10:00:00Z", actor="k-00")
    )
    write_heads(case, tuple(logs.values()))
    size = logs[Stream.ANALYSIS].size
    assert [check.subject for check in failed(case)] == [f"records/analysis record {size - 2}", f"records/analysis record {size - 1}"]


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is a matter of POSIX")
def test_a_build_killed_at_any_moment_leaves_nothing_that_fails(case: Path, evidence: Path) -> None:
    moments = random.Random(11)  # noqa: S311 -- moments, not secrets
    for n in range(6):
        (evidence / f"more{n}.txt").write_text(
            f"Envoy Ana Brecht said that guards killed {n + 10} prisoners at Korrin in March 2031.", encoding="utf-8"
        )
        command = [sys.executable, "-m", "witnessmark", "build", str(evidence), "--case", str(case)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as writer:
            time.sleep(moments.uniform(0.3, 2.5))
            writer.kill()
        assert not failed(case)
