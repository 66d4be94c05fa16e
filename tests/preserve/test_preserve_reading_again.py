"""Reading a group again in a second process: what it tells, and what happens where there is none."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from witnessmark.durable import can_sync_whole
from witnessmark.preserve import incoming
from witnessmark.preserve.hashing import BUFFER_BYTES
from witnessmark.preserve.reading_again import SecondReader
from witnessmark.preserve.vault import Vault

pytestmark = pytest.mark.skipif(not can_sync_whole(), reason="the second reader is only used where a whole file system is synced")


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[SecondReader]:
    one = SecondReader(tmp_path)
    yield one
    one.close()


def lay(folder: Path, content: bytes) -> str:
    """A file named for its bytes."""
    name = hashlib.sha256(content).hexdigest()
    (folder / name).write_bytes(content)
    return name


def kill(reader: SecondReader) -> None:
    process = reader._process  # noqa: SLF001 -- what is to be gone
    assert process is not None
    process.kill()
    process.wait()


def never(_: SecondReader) -> None:
    """Not even started."""


def started(reader: SecondReader) -> None:
    reader.start()


def started_and_killed(reader: SecondReader) -> None:
    reader.start()
    kill(reader)


@pytest.mark.parametrize("ready", [started, never, started_and_killed])
def test_what_is_altered_cut_short_lengthened_or_gone_is_told_and_nothing_else(
    tmp_path: Path, reader: SecondReader, ready: Callable[[SecondReader], None]
) -> None:
    sizes = (0, 1, 7000, BUFFER_BYTES, 3 * BUFFER_BYTES + 1)
    whole = [lay(tmp_path, os.urandom(size)) for size in sizes for _ in range(20 if size < BUFFER_BYTES else 1)]
    altered, short, longer, gone = (lay(tmp_path, f"original {n}".encode()) for n in range(4))
    (tmp_path / altered).write_bytes(b"originaI 0")
    (tmp_path / short).write_bytes(b"original ")
    (tmp_path / longer).write_bytes(b"original 2\n")
    (tmp_path / gone).unlink()
    ready(reader)
    told = {address: error.errno for address, error in reader.faults([*whole, altered, short, longer, gone])}
    assert told == {altered: errno.EIO, short: errno.EIO, longer: errno.EIO, gone: errno.ENOENT}


def test_the_same_process_answers_again_and_again(tmp_path: Path, reader: SecondReader) -> None:
    reader.start()
    process = reader._process  # noqa: SLF001 -- the one that is to stay
    for n in range(5):
        names = [lay(tmp_path, f"{n} {m}".encode()) for m in range(100)]
        assert list(reader.faults(names)) == []
        reader.start()
    assert reader._process is process  # noqa: SLF001


def test_an_interpreter_that_cannot_be_started_is_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: SecondReader) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "none"))
    reader.start()
    name = lay(tmp_path, b"whole")
    assert list(reader.faults([name])) == []


def test_a_process_killed_between_groups_does_not_let_an_altered_file_through(tmp_path: Path) -> None:
    vault, witnessed = Vault(tmp_path / "vault"), list[str]()
    first = [vault.stage(io.BytesIO(f"first {n}".encode())) for n in range(incoming.LARGE_GROUP)]
    vault.keep(first, lambda: witnessed.append("first"))
    kill(vault._incoming._reader)  # noqa: SLF001 -- what a system short of memory does
    second = [vault.stage(io.BytesIO(f"second {n}".encode())) for n in range(incoming.LARGE_GROUP)]
    third = [vault.stage(io.BytesIO(f"third {n}".encode())) for n in range(incoming.LARGE_GROUP)]
    altered = vault.folder / incoming.INCOMING / third[-1].address
    altered.chmod(0o644)
    altered.write_bytes(b"another")
    vault.keep(second, lambda: witnessed.append("second"))
    with pytest.raises(OSError, match="not what can be read again"):
        vault.keep(third, lambda: witnessed.append("third"))
    vault.close()
    assert witnessed == ["first", "second"]


def test_a_vault_that_is_closed_leaves_no_process_and_may_be_used_again(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "vault")
    for turn in range(2):
        staged = [vault.stage(io.BytesIO(f"{turn} {n}".encode())) for n in range(incoming.LARGE_GROUP)]
        vault.keep(staged, lambda: None)
        process = vault._incoming._reader._process  # noqa: SLF001 -- what is to be gone
        vault.close()
        assert process is not None
        assert process.returncode is not None
        assert all(vault.holds(stored.sha256) for stored in staged)
