"""Recovery shares: so many open the case, fewer do not, and a slip of the pen is told from a share of another case."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from witnessmark.case.access import access_if_unlocked
from witnessmark.case.case import create_case, open_case
from witnessmark.case.folder import CaseFolder
from witnessmark.case.locking import lock_case, unlock_case
from witnessmark.case.private_place import is_in_memory
from witnessmark.case.recovery import PRIME, drill, read_share, recovered_secret, split
from witnessmark.case.sealed_keys import KEY_FILE, RECOVERY, make_key_file
from witnessmark.case.verifying import verify_case
from witnessmark.errors import LockedError, UsageError
from witnessmark.model.entry import Stream
from witnessmark.model.verdict import Verdict

SHM = Path("/dev/shm")  # noqa: S108 -- the system's tmpfs
pytestmark = pytest.mark.skipif(not (SHM.is_dir() and is_in_memory(SHM)), reason="no folder in memory here")


@pytest.fixture(autouse=True)
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A runtime folder in memory of the test's own."""
    folder = Path(tempfile.mkdtemp(prefix="witnessmark-test-", dir=SHM))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def shared(tmp_path: Path) -> tuple[Path, list[Path]]:
    """A locked case, and the five shares of which three open it."""
    root = tmp_path / "case"
    create_case(root, openers=[(KEY_FILE, make_key_file(tmp_path / "stick.key", root))])
    shares = split(root, tmp_path / "shares", shares=5, threshold=3)
    lock_case(root)
    return root, shares


def test_any_three_of_five_shares_open_the_case_and_no_two_do(shared: tuple[Path, list[Path]]) -> None:
    root, shares = shared
    secrets = {recovered_secret(root, three) for three in itertools.combinations(shares, 3)}
    assert len(secrets) == 1
    unlock_case(root, RECOVERY, secrets.pop())
    assert not [check for check in verify_case(root) if check.verdict is Verdict.FAIL]
    for two in itertools.combinations(shares, 2):
        with pytest.raises(LockedError, match="3 different shares are needed, and 2 were given"):
            recovered_secret(root, two)


def test_the_same_share_twice_counts_once(shared: tuple[Path, list[Path]]) -> None:
    root, shares = shared
    with pytest.raises(LockedError, match="3 different shares are needed, and 2 were given"):
        recovered_secret(root, [shares[0], shares[1], shares[1]])


def test_a_drill_leaves_the_case_locked_and_is_on_record(shared: tuple[Path, list[Path]], runtime: Path) -> None:
    root, shares = shared
    assert drill(root, shares[2:]).given == 3
    assert access_if_unlocked(CaseFolder(root)) is None
    assert [path for path in runtime.rglob("*") if path.is_file()] == []
    unlock_case(root, RECOVERY, recovered_secret(root, shares[:3]))
    with open_case(root) as case:
        assert [entry.action for entry in case.logs[Stream.CUSTODY].entries()][-2:] == ["keys.changed", "recovery.drilled"]


def test_a_mistyped_letter_is_told_before_anything_is_tried(shared: tuple[Path, list[Path]]) -> None:
    _, shares = shared
    text = shares[0].read_text(encoding="utf-8")
    letters = text.splitlines()[6]
    shares[0].write_text(text.replace(letters, letters[:8] + ("A" if letters[8] != "A" else "B") + letters[9:]), encoding="utf-8")
    with pytest.raises(UsageError, match="a character is wrong"):
        read_share(shares[0])


def test_a_share_reads_the_same_when_it_was_typed_from_paper_with_other_spaces(shared: tuple[Path, list[Path]]) -> None:
    _, shares = shared
    before, text = read_share(shares[0]), shares[0].read_text(encoding="utf-8")
    shares[0].write_text(
        text.replace("\n", "\r\n  ").replace(text.splitlines()[6], text.splitlines()[6].replace(" ", "-")), encoding="utf-8"
    )
    assert read_share(shares[0]) == before


def test_shares_of_another_case_open_nothing(shared: tuple[Path, list[Path]], tmp_path: Path) -> None:
    _, shares = shared
    other = tmp_path / "other"
    create_case(other, openers=[(KEY_FILE, make_key_file(tmp_path / "other.key", other))])
    with pytest.raises(UsageError, match="shares of another case"):
        recovered_secret(other, shares)


def test_shares_that_cannot_be_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    root = tmp_path / "case"
    create_case(root, openers=[(KEY_FILE, make_key_file(tmp_path / "stick.key", root))])
    for shares, threshold in ((5, 1), (2, 3), (100, 3)):
        with pytest.raises(UsageError, match="cannot be"):
            split(root, tmp_path / "shares", shares=shares, threshold=threshold)
    with pytest.raises(UsageError, match="inside the case"):
        split(root, root / "shares", shares=3, threshold=2)
    assert not (tmp_path / "shares").exists()


def test_the_field_of_the_shares_is_a_prime_field() -> None:
    """By Miller and Rabin, to the first forty primes as bases."""
    odd, twos = PRIME - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    bases = [n for n in range(2, 180) if all(n % d for d in range(2, n))][:40]
    assert all(pow(base, odd, PRIME) == 1 or any(pow(base, odd << twice, PRIME) == PRIME - 1 for twice in range(twos)) for base in bases)
