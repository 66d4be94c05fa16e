from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from witnessmark.case.verifying import verify_case
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


def test_the_database_is_never_called_a_pass_since_it_is_only_derived(case: Path) -> None:
    assert [check.verdict for check in verify_case(case) if check.subject == "case.db"] == [Verdict.NOT_CHECKED]
    (case / "case.db").write_bytes(b"SQLite format 3\0 and then nothing of the kind" * 100)
    for leftover in case.glob("case.db-*"):
        leftover.unlink()
    assert [check.subject for check in failed(case)] == ["case.db"]


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
