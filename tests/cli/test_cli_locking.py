"""Making, locking and unlocking an encrypted case from the command line, with a terminal that asks and without one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from witnessmark.case.private_place import is_in_memory
from witnessmark.errors import LockedError

SHM = Path("/dev/shm")  # noqa: S108 -- the system's tmpfs
pytestmark = pytest.mark.skipif(not (SHM.is_dir() and is_in_memory(SHM)), reason="no folder in memory here")
PASSWORD = "harbour copper lantern nine"  # noqa: S105 -- of an invented case


@pytest.fixture(autouse=True)
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A runtime folder in memory of the test's own."""
    folder = Path(tempfile.mkdtemp(prefix="witnessmark-test-", dir=SHM))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    yield folder
    shutil.rmtree(folder)


def witnessmark(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "witnessmark", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        stdin=subprocess.DEVNULL,
    )


def at_a_terminal(arguments: list[str | Path], answers: list[str]) -> tuple[int, str]:
    """Run a command at a terminal of its own and answer each question that ends in a colon; its exit code, and all that was shown."""
    import pty

    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, "-m", "witnessmark", *map(str, arguments)])  # noqa: S606 -- our own program
    shown, waiting, until = b"", list(answers), time.monotonic() + 120
    while time.monotonic() < until:
        try:
            block = os.read(terminal, 4096)
        except OSError:  # how Linux says that the other end is closed
            break
        if not block:
            break
        shown += block
        if waiting and shown.rstrip(b" ").endswith(b":"):
            os.write(terminal, waiting.pop(0).encode() + b"\n")
            shown += b"\n"
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), shown.decode()


def test_at_a_terminal_new_asks_twice_and_unlock_once_and_neither_shows_what_was_typed(tmp_path: Path) -> None:
    case = tmp_path / "case"
    code, shown = at_a_terminal(["new", case], ["short", PASSWORD, "something else", PASSWORD, PASSWORD])
    assert code == 0
    assert "needs 12 or more" in shown
    assert "The two differ." in shown
    assert "It is encrypted, and unlocked until" in shown
    assert PASSWORD not in shown
    assert witnessmark("lock", case).returncode == 0
    refused = witnessmark("status", case)
    assert (refused.returncode, refused.stderr) == (
        LockedError.exit_code,
        f"witnessmark: {case} is encrypted and locked. Open it: witnessmark unlock {case}\n",
    )
    code, shown = at_a_terminal(["unlock", case], ["not the passphrase"])
    assert code == LockedError.exit_code
    assert "That is not the passphrase of" in shown
    code, shown = at_a_terminal(["unlock", case], [PASSWORD])
    assert code == 0
    assert PASSWORD not in shown
    assert witnessmark("status", case).returncode == 0


def test_enter_at_a_terminal_makes_a_plain_case_and_says_so(tmp_path: Path) -> None:
    code, shown = at_a_terminal(["new", tmp_path / "case"], [""])
    assert code == 0
    assert "It is not encrypted" in shown
    assert not (tmp_path / "case" / "keys").exists()


def test_without_a_terminal_a_plain_case_is_made_and_that_is_said(tmp_path: Path) -> None:
    made = witnessmark("new", tmp_path / "case")
    assert "no terminal to ask for a passphrase in" in made.stderr
    assert "It is not encrypted" in made.stdout
    assert witnessmark("new", tmp_path / "other", "--plain").stderr == ""


def test_a_key_file_makes_opens_and_checks_a_case_with_no_terminal(tmp_path: Path, evidence: Path) -> None:
    case, key = tmp_path / "case", tmp_path / "stick.key"
    built = witnessmark("build", evidence, "--case", case, "--key-file", key)
    assert built.returncode == 0, built.stderr
    assert f"Made the key file {key}" in built.stderr
    assert "Encrypted, and unlocked now. When you are done:  witnessmark lock" in witnessmark("status", case).stdout
    assert json.loads(witnessmark("keys", case, "--json").stdout)["recipient"] in witnessmark("status", case, "--all").stdout
    assert witnessmark("lock", case).returncode == 0
    locked, opened = (witnessmark("verify", case, "--json", *given) for given in ((), ("--key-file", key)))
    unseen = [json.loads(found.stdout)["counts"]["not-checked"] for found in (locked, opened)]
    assert unseen[0] > unseen[1]
    assert witnessmark("status", case).returncode == LockedError.exit_code
    missing = witnessmark("unlock", case, "--key-file", tmp_path / "lost.key")
    assert (missing.returncode, "There is no key file" in missing.stderr) == (LockedError.exit_code, True)
    assert "There is no terminal" in witnessmark("unlock", case).stderr
    again = witnessmark("build", evidence, "--case", case, "--key-file", key)
    assert "Nothing to do" in again.stdout


def test_shares_are_split_drilled_and_open_the_case(tmp_path: Path) -> None:
    case, out = tmp_path / "case", tmp_path / "shares"
    witnessmark("new", case, "--key-file", tmp_path / "stick.key")
    assert witnessmark("recovery", "split", case, "--shares", "3", "--threshold", "2", "--out", out).returncode == 0
    alone = witnessmark("recovery", "drill", case, out / "share-1-of-3.txt")
    assert "2 different shares are needed, and 1 was given. Nothing was unlocked." in alone.stderr
    witnessmark("lock", case)
    shares = sorted(out.iterdir())
    drilled = witnessmark("recovery", "drill", case, *shares[:2])
    assert "It was not unlocked; the drill is on record." in drilled.stdout
    assert witnessmark("status", case).returncode == LockedError.exit_code
    assert witnessmark("recovery", "open", case, shares[1], shares[2]).returncode == 0
    assert "recovery-1" in witnessmark("keys", case).stdout


def test_what_was_collected_is_added(tmp_path: Path) -> None:
    case, note = tmp_path / "case", tmp_path / "note.txt"
    note.write_text("Seen at the gate.", encoding="utf-8")
    witnessmark("new", case, "--key-file", tmp_path / "stick.key")
    recipient = json.loads(witnessmark("keys", case, "--json").stdout)["recipient"]
    parcel = json.loads(witnessmark("collect", note, "--to", recipient, "--out", tmp_path, "--json").stdout)["out"]
    closed = witnessmark("add", case, parcel)
    assert f"{parcel} is encrypted. If it is a parcel, add what is in it: witnessmark add {case} {parcel} --collected" in closed.stdout
    added = witnessmark("add", case, parcel, "--collected")
    assert "1 new item" in added.stdout, added.stderr
    assert witnessmark("add", case, parcel, "--key", note).returncode == 2
    assert f"{note} cannot be decrypted: it is no parcel" in witnessmark("add", case, note, "--collected").stderr
