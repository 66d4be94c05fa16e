"""An encrypted case: nothing of it can be read from the disk, everything works while it is unlocked, and a locked one can be verified."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from witnessmark.case.access import access_if_unlocked
from witnessmark.case.backing_up import back_up
from witnessmark.case.case import create_case, open_case, rebuild_case
from witnessmark.case.deciding import decide
from witnessmark.case.folder import CaseFolder
from witnessmark.case.intake import Given, add
from witnessmark.case.locking import change_openers, lock_case, unlock_case
from witnessmark.case.pipeline import read
from witnessmark.case.private_place import is_in_memory, make_private_place
from witnessmark.case.publishing import publish_draft
from witnessmark.case.restoring import restore
from witnessmark.case.sealed_keys import KEY_FILE, PASSPHRASE, Keys, keep_unlocked, make_key_file, openers, read_key_file, unlocked_keys
from witnessmark.case.search_question import Question
from witnessmark.case.searching import search_case
from witnessmark.case.verifying import verify_case
from witnessmark.case.weighing import weigh
from witnessmark.errors import CaseError, LockedError, StorageError, UsageError, WitnessmarkError
from witnessmark.model.verdict import Check, Verdict
from witnessmark.protect import passphrase
from witnessmark.store import queries

SHM = Path("/dev/shm")  # noqa: S108 -- the system's tmpfs
pytestmark = pytest.mark.skipif(not (SHM.is_dir() and is_in_memory(SHM)), reason="no folder in memory here")


PASSWORD = "harbour copper lantern nine"  # noqa: S105 -- of an invented case
CANARIES = {
    "file name": "quillonby",
    "text": "Brandelvar",
    "speaker": "Ottoline Vashtrup",
    "source": "Gazette of Murnhollow",
    "title": "Zephrandine",
    "reason": "whimberley",
    "member": "Isaura-Kettlebane",
}
SHORT = 7
"""Letters: parts of a name as short as that stand anywhere by chance."""

TEXT = f"""KORRIN, 15 May 2031 (Northern Wire) -- Guards at {CANARIES["text"]} prison killed at least 40 detainees in March 2031, envoy {CANARIES["speaker"]} told reporters.

The Tolvarian Foreign Ministry denied the allegations.
"""


def work_on(root: Path, evidence: Path, *, openers: list[tuple[str, str]]) -> None:
    """The whole way: new, add, read, weigh, decide, publish, search. The case is left unlocked where it is encrypted."""
    evidence.mkdir()
    (evidence / f"{CANARIES['file name']}.txt").write_text(TEXT, encoding="utf-8")
    (evidence / f"{CANARIES['file name']}.csv").write_text(f"name,age\n{CANARIES['speaker']},34\n", encoding="utf-8")
    create_case(root, title=CANARIES["title"], member=CANARIES["member"], openers=openers)
    with open_case(root, write="test", member=CANARIES["member"]) as case:
        add(case, [evidence], Given(source=CANARIES["source"]))
        read(case, rules_only=True)
        weigh(case)
        decide(case, "I1", "sensitivity", "graphic", why=CANARIES["reason"])
        publish_draft(case)
        assert search_case(case, Question(query=CANARIES["text"])).hits


def encrypted(root: Path, evidence: Path) -> None:
    """An encrypted case with planted names, worked on and left unlocked."""
    work_on(root, evidence, openers=[(PASSPHRASE, PASSWORD)])


def traces(folder: Path) -> set[str]:
    """Which planted names stand in the names or raw bytes of anything below a folder, in UTF-8 or UTF-16, in whatever case of letters."""
    found = set()
    for path, content in _files(folder):
        for what, name in CANARIES.items():
            forms = [
                name.lower().encode(),
                name.lower().encode("utf-16-le"),
                *(part.lower().encode() for part in name.split() if len(part) > SHORT),
            ]
            if name.lower() in str(path).lower() or any(form in content for form in forms):
                found.add(what)
    return found


def _files(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(parent) / name
            yield path.relative_to(folder), path.read_bytes().lower() if path.is_file() else b""


@pytest.fixture(autouse=True)
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A runtime folder in memory of the test's own."""
    folder = Path(tempfile.mkdtemp(prefix="witnessmark-test-", dir=SHM))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's temporary folder, for this test an empty one of its own."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


class Built(NamedTuple):
    """An encrypted case worked on once for all tests: where it lies, its keys, and what its temporary folder was left with."""

    root: Path
    keys: Keys
    left: list[Path]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passphrases that cost little, which changes nothing else."""
    monkeypatch.setattr(passphrase, "LOG_N", 10)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """An encrypted case with planted names, built with a temporary folder of its own."""
    top, memory = tmp_path_factory.mktemp("sealed"), Path(tempfile.mkdtemp(prefix="witnessmark-test-", dir=SHM))
    (top / "temporary").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(memory))
        patch.setattr(tempfile, "tempdir", str(top / "temporary"))
        patch.setattr(passphrase, "LOG_N", 10)
        encrypted(top / "case", top / "evidence")
        keys = unlocked_keys(CaseFolder(top / "case"))
        assert keys is not None
        left = list((top / "temporary").rglob("*"))
    yield Built(top / "case", keys, left)
    shutil.rmtree(memory)


@pytest.fixture
def sealed(built: Built, tmp_path: Path, temporary: Path) -> Path:
    """A copy of that case, unlocked, beside a copy of its evidence."""
    shutil.copytree(built.root, tmp_path / "case")
    shutil.copytree(built.root.parent / "evidence", tmp_path / "evidence")
    keep_unlocked(built.keys)
    return tmp_path / "case"


def failed(root: Path) -> list[Check]:
    return [check for check in verify_case(root) if check.verdict is Verdict.FAIL]


def blob(root: Path) -> Path:
    return min((root / "vault").glob("[0-9a-f][0-9a-f]/*"))


def test_the_same_search_finds_every_planted_name_in_a_plain_case(tmp_path: Path) -> None:
    work_on(tmp_path / "case", tmp_path / "evidence", openers=[])
    assert traces(tmp_path / "case") == set(CANARIES)


def test_no_planted_name_is_in_the_raw_bytes_of_an_encrypted_case_or_of_temporary_folders(
    built: Built, sealed: Path, temporary: Path
) -> None:
    assert traces(built.root) == set()
    assert built.left == []
    lock_case(sealed)
    assert traces(sealed) == traces(temporary) == set()


def test_nothing_outside_memory_has_a_planted_name_while_the_case_is_open_for_writing(
    sealed: Path, temporary: Path, tmp_path: Path
) -> None:
    shutil.rmtree(tmp_path / "evidence")
    with open_case(sealed, write="test") as case:
        with case.asking() as connection:
            item = queries.items(connection)[0].id
        with case.vault.as_file(item) as clear, case.vault.open_original(item) as original:
            assert is_in_memory(clear)
            assert clear.read_bytes() == original.read()
            assert (sealed / "case.db-wal").exists()
            assert traces(sealed) == traces(temporary) == set()
        assert not clear.exists()
    assert traces(tmp_path) == set()


def test_an_unlocked_case_shows_its_dossier_in_memory_and_locking_wipes_all_of_it(sealed: Path, runtime: Path) -> None:
    assert unlock_case(sealed, PASSPHRASE, PASSWORD).dossier is not None
    assert "text" in traces(runtime)
    assert lock_case(sealed).was_unlocked
    assert [path for path in runtime.rglob("*") if path.is_file()] == []
    with pytest.raises(LockedError, match=r"is encrypted and locked. Open it: witnessmark unlock .*case"), open_case(sealed):
        pass
    shown = unlock_case(sealed, PASSPHRASE, PASSWORD)
    assert shown.dossier is not None
    assert is_in_memory(Path(shown.dossier))
    assert "<html" in Path(shown.dossier).read_text(encoding="utf-8")


def test_a_locked_case_is_verified_as_far_as_no_key_is_needed_and_says_what_is_not_checked(sealed: Path) -> None:
    unlocked = Counter(check.verdict for check in verify_case(sealed))
    lock_case(sealed)
    locked = list(verify_case(sealed))
    assert unlocked[Verdict.FAIL] == 0
    assert not [check for check in locked if check.verdict is Verdict.FAIL]
    unseen = {check.subject for check in locked if check.verdict is Verdict.NOT_CHECKED and "locked" in check.detail}
    assert unseen == {"case.toml", "records/custody", "records/analysis", "ledger/checkpoints", "vault", "dossier", "case.db", "members.db"}
    assert traces(sealed) == set()
    assert all(name.lower() not in check.detail.lower() for check in locked for name in CANARIES.values())


@pytest.mark.parametrize("locked", [True, False])
@pytest.mark.parametrize("what", ["vault", "records/custody", "records/analysis"])
def test_a_flipped_bit_and_a_removed_file_are_found_and_named_with_and_without_the_key(sealed: Path, what: str, locked: bool) -> None:  # noqa: FBT001
    if locked:
        lock_case(sealed)
    files = sorted(path for path in (sealed / what).rglob("*") if path.is_file())
    assert files
    for path in files:
        name, before = path.relative_to(sealed).as_posix(), path.read_bytes()
        path.chmod(0o600)
        path.write_bytes(before[:-20] + bytes([before[-20] ^ 4]) + before[-19:])
        assert any(name in check.subject for check in failed(sealed)), name
        path.unlink()
        assert any(name in check.subject for check in failed(sealed)), name
        path.write_bytes(before)
    assert failed(sealed) == []


@pytest.mark.parametrize("locked", [True, False])
def test_an_added_blob_and_two_exchanged_ones_are_found(sealed: Path, locked: bool) -> None:  # noqa: FBT001
    if locked:
        lock_case(sealed)
    (sealed / "vault" / "ab").mkdir(exist_ok=True)
    planted = sealed / "vault" / "ab" / ("c" * 62)
    planted.write_bytes(b"planted")
    assert [check.subject for check in failed(sealed)] == [f"vault/ab/{'c' * 62}"]
    planted.unlink()
    one, other = sorted((sealed / "vault").glob("[0-9a-f][0-9a-f]/*"))
    first, second = one.read_bytes(), other.read_bytes()
    for path, content in ((one, second), (other, first)):
        path.chmod(0o600)
        path.write_bytes(content)
    assert len(failed(sealed)) == 2


def test_an_original_lost_from_an_encrypted_case_comes_back_under_another_name(sealed: Path, tmp_path: Path) -> None:
    blob(sealed).unlink()
    assert len(failed(sealed)) == 1
    with open_case(sealed, write="add") as case:
        add(case, [tmp_path / "evidence"], Given())
    assert failed(sealed) == []
    lock_case(sealed)
    assert failed(sealed) == []


def test_a_wrong_passphrase_and_a_damaged_opener_are_told_apart(sealed: Path) -> None:
    lock_case(sealed)
    with pytest.raises(LockedError, match="not the passphrase of"):
        unlock_case(sealed, PASSPHRASE, PASSWORD + "!")
    opener = sealed / "keys" / "passphrase-1.age"
    opener.write_bytes(opener.read_bytes()[:-9])
    with pytest.raises(LockedError, match=r"keys/passphrase-1\.age is damaged"):
        unlock_case(sealed, PASSPHRASE, PASSWORD)


def test_a_key_file_opens_the_case_and_a_missing_or_false_one_says_so(tmp_path: Path, runtime: Path) -> None:
    key, other = tmp_path / "stick.key", tmp_path / "other.key"
    create_case(tmp_path / "case", openers=[(KEY_FILE, make_key_file(key, tmp_path / "case"))])
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    lock_case(tmp_path / "case")
    make_key_file(other, tmp_path / "case")
    with pytest.raises(LockedError, match=r"no key file .*nowhere"):
        read_key_file(tmp_path / "nowhere.key")
    with pytest.raises(LockedError, match="not the key file of"):
        unlock_case(tmp_path / "case", KEY_FILE, read_key_file(other))
    with pytest.raises(LockedError, match="has no passphrase to open it with: what opens it is a key file"):
        unlock_case(tmp_path / "case", PASSPHRASE, PASSWORD)
    unlock_case(tmp_path / "case", KEY_FILE, read_key_file(key))
    assert failed(tmp_path / "case") == []
    with pytest.raises(UsageError, match="lies inside the case"):
        make_key_file(tmp_path / "case" / "stick.key", tmp_path / "case")


def test_the_keys_of_another_case_put_in_the_place_of_these_are_refused(tmp_path: Path) -> None:
    key = tmp_path / "stick.key"
    make_key_file(key, tmp_path / "case")
    for name in ("case", "other"):
        create_case(tmp_path / name, openers=[(KEY_FILE, read_key_file(key))])
        lock_case(tmp_path / name)
    shutil.copy(tmp_path / "other" / "keys" / "key-file-1.age", tmp_path / "case" / "keys" / "key-file-1.age")
    with pytest.raises(CaseError, match="keys of another case"):
        unlock_case(tmp_path / "case", KEY_FILE, read_key_file(key))


def test_openers_are_added_and_removed_on_record_and_the_last_one_stays(sealed: Path) -> None:
    assert change_openers(sealed, add=[(PASSPHRASE, "another passphrase entirely")], remove="passphrase-1") == ["passphrase-2"]
    lock_case(sealed)
    with pytest.raises(LockedError):
        unlock_case(sealed, PASSPHRASE, PASSWORD)
    unlock_case(sealed, PASSPHRASE, "another passphrase entirely")
    with pytest.raises(UsageError, match="is the last opener"):
        change_openers(sealed, add=[], remove="passphrase-2")
    with pytest.raises(UsageError, match="at least 12 characters"):
        change_openers(sealed, add=[(PASSPHRASE, "short")])
    assert openers(CaseFolder(sealed)) == ["passphrase-2"]
    assert failed(sealed) == []


def test_a_backup_of_a_locked_case_is_encrypted_and_comes_back_locked(sealed: Path, tmp_path: Path) -> None:
    lock_case(sealed)
    assert back_up(sealed, tmp_path / "backup.zip").encrypted
    assert not any(name.lower().encode() in (tmp_path / "backup.zip").read_bytes().lower() for name in CANARIES.values())
    restore(tmp_path / "backup.zip", tmp_path / "again")
    assert failed(tmp_path / "again") == []
    unlock_case(tmp_path / "again", PASSPHRASE, PASSWORD)
    assert failed(tmp_path / "again") == []
    rebuild_case(tmp_path / "again")
    with open_case(tmp_path / "again") as case, case.asking() as connection:
        assert queries.title(connection) == CANARIES["title"]


def test_a_locked_case_is_not_rebuilt_and_keeps_its_database(sealed: Path) -> None:
    lock_case(sealed)
    with pytest.raises(LockedError):
        rebuild_case(sealed)
    assert (sealed / "case.db").exists()


def test_an_append_cut_short_in_an_encrypted_case_is_taken_back_whole(sealed: Path) -> None:
    custody = sealed / "ledger" / "custody" / "log.jsonl"
    heads, before = (sealed / "ledger" / "heads.json").read_bytes(), custody.read_bytes()
    change_openers(sealed, add=[(PASSPHRASE, "a second passphrase"), (PASSPHRASE, "a third passphrase")])
    lines = custody.read_bytes()[len(before) :].splitlines(keepends=True)
    assert len(lines) == 2
    (sealed / "case.db").unlink()
    (sealed / "ledger" / "heads.json").write_bytes(heads)
    custody.write_bytes(before + lines[0] + lines[1][:20])
    with open_case(sealed, write="test"):
        pass
    assert custody.read_bytes() == before
    assert failed(sealed) == []


def test_a_private_folder_that_is_not_this_users_own_is_refused(runtime: Path) -> None:
    (runtime / "witnessmark").mkdir(mode=0o755)
    (runtime / "witnessmark").chmod(0o755)
    with pytest.raises(StorageError, match="not a folder of this user alone"):
        make_private_place("0" * 32)
    (runtime / "witnessmark").rmdir()
    (runtime / "elsewhere").mkdir(mode=0o700)
    (runtime / "witnessmark").symlink_to(runtime / "elsewhere")
    with pytest.raises(StorageError, match="not a folder of this user alone"):
        make_private_place("0" * 32)


def test_where_nothing_lies_in_memory_nothing_is_unlocked_unless_that_is_said(
    sealed: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock_case(sealed)
    monkeypatch.setattr("witnessmark.case.private_place.is_in_memory", lambda _: False)
    with pytest.raises(StorageError, match="no folder in memory"):
        unlock_case(sealed, PASSPHRASE, PASSWORD)
    place = Path(unlock_case(sealed, PASSPHRASE, PASSWORD, on_disk=True).place)
    assert place.is_relative_to(temporary)
    assert access_if_unlocked(CaseFolder(sealed)) is not None
    assert failed(sealed) == []
    lock_case(sealed)
    assert not place.exists()


def test_a_case_that_is_not_encrypted_has_nothing_to_lock(tmp_path: Path) -> None:
    create_case(tmp_path / "case")
    with pytest.raises(CaseError, match="is not encrypted"):
        lock_case(tmp_path / "case")
    assert not os.path.lexists(tmp_path / "case" / "keys")


def test_settings_that_call_an_encrypted_case_plain_let_nothing_be_written_in_the_clear(sealed: Path, tmp_path: Path) -> None:
    lock_case(sealed)
    (sealed / "case.toml").write_text('format_version = 3\ntitle = "case"\n', encoding="utf-8")
    assert failed(sealed)
    for _ in range(2):
        with pytest.raises(WitnessmarkError), open_case(sealed, write="add") as case:
            add(case, [tmp_path / "evidence"], Given())
        with pytest.raises(WitnessmarkError):
            rebuild_case(sealed)
    shutil.rmtree(tmp_path / "evidence")
    assert traces(sealed) == set()


def test_locking_wipes_what_every_session_of_this_user_unlocked(sealed: Path, built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    places = {keep_unlocked(built.keys)}
    with monkeypatch.context() as without_session:
        without_session.delenv("XDG_RUNTIME_DIR")
        places.add(keep_unlocked(built.keys))
    lock_case(sealed)
    assert [place for place in places if place.exists()] == []
