"""Everything that custody does, done in one encrypted case: seals, checkpoints, disposal, erasing, hand-over and the public dossier hold there, too."""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from witnessmark.case.backing_up import back_up
from witnessmark.case.case import create_case, open_case, rebuild_case
from witnessmark.case.checkpointing import keep_outside, signed_checkpoint
from witnessmark.case.comparing_checkpoints import read_kept
from witnessmark.case.deciding import decide
from witnessmark.case.disposing import dispose
from witnessmark.case.erasing import erase
from witnessmark.case.handing_over import Asked, hand_over
from witnessmark.case.intake import Given, add
from witnessmark.case.locking import lock_case, unlock_case
from witnessmark.case.persons import add_person
from witnessmark.case.pipeline import read
from witnessmark.case.private_place import is_in_memory
from witnessmark.case.publishing import publish_draft
from witnessmark.case.publishing_public import publish_public
from witnessmark.case.restoring import restore
from witnessmark.case.sealed_keys import PASSPHRASE
from witnessmark.case.sealing import seal
from witnessmark.case.search_question import Question
from witnessmark.case.searching import search_case
from witnessmark.case.verifying import verify_case
from witnessmark.case.verifying_package import verify_package
from witnessmark.case.verifying_public import verify_public
from witnessmark.case.weighing import weigh
from witnessmark.ledger.log import Blobs
from witnessmark.model.deed import ItemCommitted
from witnessmark.model.entry import Stream
from witnessmark.model.verdict import Verdict
from witnessmark.protect import passphrase

SHM = Path("/dev/shm")  # noqa: S108 -- the system's tmpfs
pytestmark = pytest.mark.skipif(not (SHM.is_dir() and is_in_memory(SHM)), reason="no folder in memory here")

PASSWORD = "harbour copper lantern nine"  # noqa: S105 -- of an invented case
WITNESS, ENVOY = "Ottoline Vashtrup", "Derrin Quail"
STATEMENT = f"Guards at Korrin prison killed at least 40 detainees in March 2031, {WITNESS} told reporters.\n"
DENIAL = f"Envoy {ENVOY} denied that anybody was killed at Korrin prison.\n"


@pytest.fixture(autouse=True)
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A runtime folder in memory of the test's own, and a passphrase that opens at once."""
    folder = Path(tempfile.mkdtemp(prefix="witnessmark-test-", dir=SHM))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    monkeypatch.setattr(passphrase, "LOG_N", 4)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """An encrypted case of a statement, a denial and a container, read, weighed and published, left unlocked."""
    evidence = tmp_path / "evidence"
    evidence.mkdir()
    (evidence / "statement.txt").write_text(STATEMENT, encoding="utf-8")
    (evidence / "denial.txt").write_text(DENIAL, encoding="utf-8")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as container:
        container.writestr("notes/list.csv", "name,age\nSomebody Else,34\n")
    (evidence / "phone.zip").write_bytes(packed.getvalue())
    root = tmp_path / "case"
    create_case(root, title="Korrin", member="ana", openers=[(PASSPHRASE, PASSWORD)])
    with open_case(root, write="test", member="ana") as case:
        add(case, [evidence], Given())
        read(case, rules_only=True)
        weigh(case)
        publish_draft(case)
    return root


def failures(root: Path, **given: object) -> list[str]:
    return [f"{check.subject}: {check.detail}" for check in verify_case(root, **given) if check.verdict is Verdict.FAIL]  # type: ignore[arg-type]


def verified_both_ways(root: Path) -> None:
    """Unlocked, locked, and unlocked again: nothing fails."""
    assert failures(root) == []
    lock_case(root)
    assert failures(root) == []
    unlock_case(root, PASSPHRASE, PASSWORD)


def number_of(root: Path, name: str) -> str:
    with open_case(root) as case, case.asking() as connection:
        from witnessmark.store import queries

        labels = queries.labels(connection)
        return next(labels[item].number for item, said in queries.receipts(connection).items() if said[0].name.endswith(name))


def test_a_container_is_unpacked_and_a_checkpoint_kept_outside_agrees(whole: Path, tmp_path: Path) -> None:
    assert number_of(whole, "list.csv")
    with open_case(whole, write="checkpoint") as case:
        keep_outside(signed_checkpoint(case), tmp_path / "kept.note")
    assert failures(whole, outside=read_kept([tmp_path / "kept.note"], [], None)) == []
    verified_both_ways(whole)


def test_what_is_disposed_of_is_gone_and_the_case_verifies_locked_and_unlocked(whole: Path) -> None:
    number = number_of(whole, "statement.txt")
    blobs = {path for path in (whole / "vault").rglob("*") if path.is_file()}
    with open_case(whole, write="dispose") as case:
        dispose(case, [number], why="kept for five years", authority="retention rule 4")
        assert not search_case(case, Question(query="Vashtrup")).hits
    assert len({path for path in (whole / "vault").rglob("*") if path.is_file()}) == len(blobs) - 1
    verified_both_ways(whole)
    rebuild_case(whole)
    verified_both_ways(whole)


def test_a_segment_put_back_from_before_a_disposal_is_found_without_the_key(whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole / "records", tmp_path / "before")
    with open_case(whole, write="dispose") as case:
        dispose(case, [number_of(whole, "statement.txt")], why="kept for five years", authority="retention rule 4")
    lock_case(whole)
    changed = [
        path
        for path in (tmp_path / "before").rglob("*.age")
        if (whole / "records" / path.relative_to(tmp_path / "before")).read_bytes() != path.read_bytes()
    ]
    assert changed
    for path in changed:
        shutil.copyfile(path, whole / "records" / path.relative_to(tmp_path / "before"))
        assert any(path.name in failure for failure in failures(whole))


def test_a_sealed_person_is_masked_and_an_erased_one_is_gone(whole: Path) -> None:
    with open_case(whole, write="seal") as case:
        add_person(case, WITNESS)
        seal(case, "P1", ("Vashtrup", "Ottoline"), why="she asked for it")
    with open_case(whole) as case:
        assert not search_case(case, Question(query="Vashtrup")).hits
    verified_both_ways(whole)
    with open_case(whole, write="erase") as case:
        erase(case, "P1", why="she asked for it", authority="data protection officer")
    verified_both_ways(whole)
    rebuild_case(whole)
    with open_case(whole) as case:
        texts = "".join(str(record.body) for log in case.logs.values() for _, record in log.entries_with_records())
    assert "Vashtrup" not in texts
    verified_both_ways(whole)


def test_a_hand_over_and_a_public_dossier_leave_an_encrypted_case_and_verify_without_it(whole: Path, tmp_path: Path) -> None:
    with open_case(whole, write="test") as case:
        for name in ("denial.txt", "statement.txt"):
            decide(case, number_of(whole, name), "release", "released", why="agreed")
            decide(case, number_of(whole, name), "already_public", "yes", why="printed")
        weigh(case)
        done = hand_over(case, Asked("Commission of Inquiry"), tmp_path / "package")
        publish_public(case, tmp_path / "public")
    assert done.items
    lock_case(whole)
    assert [check for check in verify_package(tmp_path / "package") if check.verdict is Verdict.FAIL] == []
    assert [check for check in verify_public(tmp_path / "public", None) if check.verdict is Verdict.FAIL] == []
    assert STATEMENT.encode() in b"".join(path.read_bytes() for path in (tmp_path / "package" / "data").rglob("*") if path.is_file())


def test_it_is_backed_up_locked_and_restored_the_same(whole: Path, tmp_path: Path) -> None:
    with open_case(whole, write="dispose") as case:
        dispose(case, [number_of(whole, "statement.txt")], why="kept for five years", authority="retention rule 4")
    lock_case(whole)
    back_up(whole, tmp_path / "backup.zip")
    restore(tmp_path / "backup.zip", tmp_path / "again")
    unlock_case(tmp_path / "again", PASSPHRASE, PASSWORD)
    assert failures(tmp_path / "again") == []


def test_an_original_removed_behind_an_entry_that_excuses_it_is_no_pass(whole: Path) -> None:
    """Somebody who writes an entry that an original need not be there any more, without a decision to dispose of it."""
    with open_case(whole, write="test") as case:
        blob = next(entry.blob for entry in case.logs[Stream.CUSTODY].entries() if entry.blob)
        log = case.logs[Stream.CUSTODY]
        deed = ItemCommitted("0" * 64)
        log.append(log.prepare([("item.disposed", deed)], at="2031-06-01T08:00:00Z", actor="k-0000000000000000", blobs=[Blobs(None, blob)]))
    place = f"vault/{blob[:2]}/{blob[2:]}"
    (whole / place).unlink()
    assert any(failure.startswith(f"{place}:") for failure in failures(whole)) or not_checked(whole, place)
    lock_case(whole)
    assert not_checked(whole, place) or any(failure.startswith(f"{place}:") for failure in failures(whole))


def not_checked(root: Path, subject: str) -> bool:
    return any(check.subject == subject and check.verdict is Verdict.NOT_CHECKED for check in verify_case(root))


def test_segments_sealed_anew_are_named_where_nobody_can_look_into_them(whole: Path) -> None:
    with open_case(whole, write="dispose") as case:
        dispose(case, [number_of(whole, "statement.txt")], why="kept for five years", authority="retention rule 4")
        seq = case.logs[Stream.CUSTODY].size - 1
    assert any("retention rule 4" in check.detail and check.verdict is Verdict.PASS for check in verify_case(whole))
    lock_case(whole)
    said = [check.detail for check in verify_case(whole) if check.verdict is Verdict.NOT_CHECKED]
    assert any(f"sealed anew, and are as custody entry {seq} names them" in detail for detail in said)
    assert any("It is missing, and custody entry" in detail for detail in said)
