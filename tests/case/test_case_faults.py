"""Disks that fail or are full: nothing is acknowledged that is not on disk, the case still verifies, and the person is told."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Lock

import case_crashes as crashes
import pytest

from witnessmark.case import intake
from witnessmark.case.case import create_case, open_case
from witnessmark.case.intake import Given, Received, add
from witnessmark.case.verifying import verify_case
from witnessmark.errors import StorageError
from witnessmark.model.verdict import Verdict
from witnessmark.store import queries

FILES, GROUP = 9, 3


class Fault:
    """Makes one call of `os` fail the nth time it is made by anybody, or from then on; counts how often it was made."""

    def __init__(self, call: str, code: int, nth: int, *, lasting: bool) -> None:
        self.call, self.code, self.nth, self.lasting = call, code, nth, lasting
        self.made, self.lock, self.real = 0, Lock(), getattr(os, call)

    def __call__(self, *arguments: object) -> object:  # noqa: D102 -- as the call it stands for
        with self.lock:
            self.made += 1
            fails = self.made >= self.nth if self.lasting else self.made == self.nth
        if fails:
            raise OSError(self.code, os.strerror(self.code))
        return self.real(*arguments)


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    crashes.lay_evidence(tmp_path / "evidence", FILES)
    return tmp_path / "evidence"


@pytest.fixture
def empty_case(tmp_path: Path) -> Path:
    create_case(tmp_path / "empty")
    return tmp_path / "empty"


@pytest.fixture
def acknowledged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The items of every commit that returned."""
    said: list[str] = []
    commit = intake._commit  # noqa: SLF001 -- what it returns from is the acknowledgement

    def acknowledging(case: object, group: list[object], kept: object, received: Received) -> None:
        commit(case, group, kept, received)  # type: ignore[arg-type]
        said.extend(one.stored.sha256 for one in group)  # type: ignore[attr-defined]

    monkeypatch.setattr(intake, "_commit", acknowledging)
    monkeypatch.setattr(intake, "BATCH_FILES", GROUP)
    return said


def add_all(case: Path, evidence: Path) -> Received:
    with open_case(case, write="add") as opened:
        return add(opened, [evidence], Given(), again=False)


def what_was_said(case: Path, evidence: Path) -> str | None:
    """The error that adding ended with, None where it did not."""
    try:
        add_all(case, evidence)
    except StorageError as error:
        return str(error)
    return None


def failed(case: Path) -> list[str]:
    return [f"{check.subject}: {check.detail}" for check in verify_case(case) if check.verdict is Verdict.FAIL]


@pytest.mark.parametrize("lasting", [False, True])
@pytest.mark.parametrize(("call", "code"), [("fsync", errno.EIO), ("write", errno.ENOSPC)])
def test_a_call_that_fails_at_any_point_of_an_add_is_never_taken_for_success(
    tmp_path: Path,
    empty_case: Path,
    evidence: Path,
    acknowledged: list[str],
    monkeypatch: pytest.MonkeyPatch,
    call: str,
    code: int,
    lasting: bool,  # noqa: FBT001 -- a parameter of a test
) -> None:
    nth, broke = 0, 0
    while True:
        nth += 1
        case = tmp_path / f"case-{nth}"
        shutil.copytree(empty_case, case)
        acknowledged.clear()
        fault = Fault(call, code, nth, lasting=lasting)
        with monkeypatch.context() as patched:
            patched.setattr(os, call, fault)
            said = what_was_said(case, evidence)
        assert (said is None) == (fault.made < nth), "the call failed and the add went on as if it had not"
        assert said is None or os.strerror(code) in said
        broke += said is not None
        assert not failed(case)
        with open_case(case, write="after") as opened, opened.asking() as connection:
            assert set(acknowledged) <= {item.id for item in queries.items(connection)}
            assert all(opened.vault.holds(sha256) for sha256 in acknowledged)
        if fault.made < nth:
            break
        add_all(case, evidence)
        assert {path.parent.name + path.name for path in (case / "vault").glob("??/*")} == crashes.digests_below(evidence)
        shutil.rmtree(case)
    assert broke >= FILES


def test_bytes_that_are_not_the_same_when_they_are_read_again_are_never_acknowledged(
    empty_case: Path, evidence: Path, acknowledged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write

    def flipping(descriptor: int, content: bytes) -> int:
        flipped = bytes([content[0] ^ 1]) + bytes(content[1:]) if bytes(content[:9]) == b"statement" else content
        return real(descriptor, flipped)

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", flipping)
        with pytest.raises(StorageError, match="not what can be read again"):
            add_all(empty_case, evidence)
    assert not acknowledged
    assert not failed(empty_case)


@pytest.mark.skipif(not crashes.can_trace(), reason="strace is not here, or may not inject")
@pytest.mark.parametrize(
    ("call", "fault", "words"),
    [("fsync", "error=EIO:when=2", "Input/output error"), ("write", "error=ENOSPC:when=12", "No space left on device|is full")],
)
def test_a_fault_of_the_system_itself_is_told_and_nothing_is_acknowledged_by_it(
    empty_case: Path, evidence: Path, call: str, fault: str, words: str
) -> None:
    done = crashes.run_injected(empty_case, evidence, call, fault, group=GROUP)
    said = {line for line in done.stdout.split() if len(line) == 64}
    assert done.returncode != 0
    assert re.search(words, done.stderr)
    assert not list(crashes.faults_after(empty_case, said))
    assert not list(crashes.faults_after_rerun(empty_case, evidence))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Mounts a file system of so many KiB, where this user may."""
    place = tmp_path / "disk"
    place.mkdir()

    def mounted(kibibytes: int) -> Path:
        if sys.platform != "linux" or os.geteuid() != 0:
            pytest.skip("only root can mount a file system to fill")
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={kibibytes}k", "tmpfs", str(place)], capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            pytest.skip(f"no file system could be mounted: {done.stderr.strip()}")
        return place

    yield mounted
    subprocess.run(["umount", str(place)], capture_output=True, check=False)


def test_a_disk_of_one_mebibyte_fills_up_and_loses_nothing(
    small_disk: Callable[[int], Path], evidence: Path, tmp_path: Path, acknowledged: list[str]
) -> None:
    place = small_disk(1024)
    case = place / "case"
    create_case(case)
    add_all(case, evidence)
    crashes.lay_evidence(tmp_path / "more", 300, each=9000)
    with pytest.raises(StorageError, match=r"No space left on device|is full"):
        add_all(case, tmp_path / "more")
    assert not failed(case)
    held = {path.parent.name + path.name for path in (case / "vault").glob("??/*")}
    assert crashes.digests_below(evidence) <= set(acknowledged) <= held
    subprocess.run(["mount", "-o", "remount,size=16m", str(place)], check=True)
    add_all(case, tmp_path / "more")
    assert not failed(case)
    assert crashes.digests_below(tmp_path / "more") <= {path.parent.name + path.name for path in (case / "vault").glob("??/*")}
