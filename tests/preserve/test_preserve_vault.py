from __future__ import annotations

import errno
import hashlib
import io
import os
import stat
from pathlib import Path
from typing import IO

import pytest

from witnessmark.durable import can_sync_whole
from witnessmark.preserve import incoming, places, rereading
from witnessmark.preserve.cipher import Bytes
from witnessmark.preserve.vault import INCOMING, Vault, hash_file


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def in_place(vault: Vault) -> list[Path]:
    return sorted(vault.folder.glob("[0-9a-f][0-9a-f]/*"))


def in_incoming(vault: Vault) -> list[str]:
    return sorted(path.name for path in (vault.folder / INCOMING).glob("*"))


def test_an_original_lies_under_its_hash_read_only_and_unchanged(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "vault")
    stored = vault.stage(io.BytesIO(b"evidence"))
    vault.keep([stored], witness=lambda: None)
    path = vault.path_of(sha256(b"evidence"))
    assert (stored.sha256, stored.size, stored.known) == (sha256(b"evidence"), 8, False)
    assert path.read_bytes() == b"evidence"
    assert hash_file(path) == stored.sha256
    assert not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)


def test_nothing_is_in_its_place_before_it_was_witnessed(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "vault")
    stored = vault.stage(io.BytesIO(b"evidence"))
    seen: list[bool] = []
    vault.keep([stored], witness=lambda: seen.append(vault.path_of(stored.sha256).exists()))
    assert seen == [False]
    assert vault.path_of(stored.sha256).exists()


def test_a_witness_that_fails_leaves_the_vault_as_it_was(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "vault")
    stored = vault.stage(io.BytesIO(b"evidence"))

    def full() -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        vault.keep([stored], witness=full)
    assert in_place(vault) == []


def test_the_same_bytes_are_stored_once(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "vault")
    vault.keep([vault.stage(io.BytesIO(b"twice"))], witness=lambda: None)
    again = vault.stage(io.BytesIO(b"twice"))
    vault.keep([again], witness=lambda: None)
    assert again.known
    assert len(in_place(vault)) == 1


def test_after_a_crash_the_witnessed_is_placed_and_the_rest_dropped(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "vault")
    witnessed, lost = vault.stage(io.BytesIO(b"witnessed")), vault.stage(io.BytesIO(b"lost"))
    (vault.folder / INCOMING / "unhashed-1").write_bytes(b"half a fi")
    vault.settle(lambda name: name == witnessed.sha256)
    assert in_place(vault) == [vault.path_of(witnessed.sha256)]
    assert in_incoming(vault) == []
    assert not vault.path_of(lost.sha256).exists()


def test_a_source_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    class Breaking(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:  # noqa: ARG002 -- the signature of a file
            raise OSError(5, "Input/output error")

    vault = Vault(tmp_path / "vault")
    with pytest.raises(OSError, match="Input/output"):
        vault.stage(Breaking())
    assert in_incoming(vault) == []


class Shifting:
    """A cipher for tests: a fresh first byte, and every byte shifted by it."""

    def __init__(self) -> None:
        self.shift = 0

    def encrypt(self, source: Bytes, target: IO[bytes]) -> None:  # noqa: D102 -- as in Cipher
        self.shift += 1
        target.write(bytes([self.shift]))
        while block := source.read(3):
            target.write(bytes((byte + self.shift) % 256 for byte in block))

    def decrypt(self, source: IO[bytes], target: IO[bytes]) -> None:  # noqa: D102 -- as in Cipher
        (shift,) = source.read(1)
        target.write(bytes((byte - shift) % 256 for byte in source.read()))


def test_under_a_cipher_a_file_is_named_for_the_bytes_as_stored_and_read_as_it_was(tmp_path: Path) -> None:
    addresses: dict[str, str] = {}
    vault = Vault(tmp_path / "vault", Shifting(), addresses=addresses.get, work=tmp_path)
    stored, again = vault.stage(io.BytesIO(b"evidence")), vault.stage(io.BytesIO(b"evidence"))
    assert (stored.sha256, stored.size, stored.known) == (sha256(b"evidence"), 8, False)
    assert (again.known, again.address) == (True, stored.address)
    vault.keep([stored, again], witness=lambda: addresses.update({stored.sha256: stored.address}))
    (path,) = in_place(vault)
    assert path.parent.name + path.name == stored.address == sha256(path.read_bytes())
    assert vault.holds(stored.sha256)
    assert b"evidence" not in path.read_bytes()
    assert vault.open_original(stored.sha256).read() == b"evidence"
    with vault.as_file(stored.sha256) as clear:
        assert clear.read_bytes() == b"evidence"
    assert not clear.exists()


def test_an_altered_file_under_a_cipher_gets_a_new_address_when_the_true_bytes_come_in_again(tmp_path: Path) -> None:
    addresses: dict[str, str] = {}
    vault = Vault(tmp_path / "vault", Shifting(), addresses=addresses.get, work=tmp_path)
    first = vault.stage(io.BytesIO(b"evidence"))
    vault.keep([first], witness=lambda: addresses.update({first.sha256: first.address}))
    vault.path_of(first.sha256).chmod(0o644)
    vault.path_of(first.sha256).write_bytes(b"rotten")
    second = vault.stage(io.BytesIO(b"evidence"))
    assert not second.known
    vault.keep([second], witness=lambda: addresses.update({second.sha256: second.address}))
    assert vault.open_original(first.sha256).read() == b"evidence"
    assert [path.name for path in vault.folder.glob("??/*.altered-1")]


def test_every_file_and_then_its_folder_is_synced_before_it_is_witnessed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault, synced, real = Vault(tmp_path / "vault"), list[int](), os.fsync

    def noting(descriptor: int) -> None:
        real(descriptor)
        synced.append(os.fstat(descriptor).st_ino)

    monkeypatch.setattr(os, "fsync", noting)
    staged = [vault.stage(io.BytesIO(content)) for content in (b"", b"small", b"large" * 200_000)]
    vault.sync_soon(staged[:2])

    def witness() -> None:
        files = [(vault.folder / INCOMING / stored.address).stat().st_ino for stored in staged]
        assert set(files) <= set(synced[:-1])
        assert synced[-1] == (vault.folder / INCOMING).stat().st_ino

    vault.keep(staged, witness=witness)
    vault.sync_places()
    assert {path.parent.stat().st_ino for path in in_place(vault)} | {vault.folder.stat().st_ino} <= set(synced)


def test_a_sync_that_failed_is_not_tried_again_and_nothing_of_its_group_is_witnessed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault, tried, real = Vault(tmp_path / "vault"), list[int](), os.fsync
    staged = [vault.stage(io.BytesIO(content)) for content in (b"one", b"two", b"three")]
    broken = (vault.folder / INCOMING / staged[1].address).stat().st_ino

    def failing_once(descriptor: int) -> None:
        tried.append(os.fstat(descriptor).st_ino)
        if tried[-1] == broken and tried.count(broken) == 1:
            raise OSError(5, "Input/output error")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", failing_once)
    witnessed: list[bool] = []
    with pytest.raises(OSError, match="Input/output"):
        vault.keep(staged, witness=lambda: witnessed.append(True))
    assert not witnessed
    assert tried.count(broken) == 1
    assert not in_place(vault)
    assert not in_incoming(vault)


def test_a_large_file_is_read_again_while_it_is_written_and_never_kept_where_it_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rereading, "STRETCH", 300_000)
    content = os.urandom(2_000_001)
    vault = Vault(tmp_path / "vault")
    stored = vault.stage(io.BytesIO(content))
    vault.keep([stored], lambda: None)
    assert vault.open_original(stored.sha256).read() == content
    real = os.preadv

    def other(descriptor: int, buffers: list[memoryview], at: int) -> int:
        count = real(descriptor, buffers, at)
        if at:
            buffers[0][:count] = bytes(count)
        return count

    monkeypatch.setattr(os, "preadv", other)
    with pytest.raises(OSError, match="read again"):
        vault.stage(io.BytesIO(content[:-1]))
    assert list((tmp_path / "vault" / "incoming").iterdir()) == []


def test_a_large_file_whose_stretch_cannot_be_synced_is_not_kept_and_no_sync_is_tried_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rereading, "STRETCH", 300_000)
    vault, tried = Vault(tmp_path / "vault"), list[int]()
    vault.stage(io.BytesIO(b"first"))

    def failing(descriptor: int) -> None:
        tried.append(descriptor)
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", failing)
        with pytest.raises(OSError, match="Input/output"):
            vault.stage(io.BytesIO(os.urandom(2_000_001)))
    assert len(tried) == 1
    assert [path.name for path in (tmp_path / "vault" / "incoming").iterdir() if path.name.startswith("unhashed")] == []


@pytest.mark.skipif(not can_sync_whole(), reason="no call that syncs a whole file system and tells of errors here")
def test_a_group_whose_file_system_cannot_be_synced_is_never_witnessed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault, witnessed = Vault(tmp_path / "vault"), list[str]()
    staged = [vault.stage(io.BytesIO(f"original {n}".encode())) for n in range(incoming.LARGE_GROUP)]

    def failing(_: Path) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(incoming, "sync_whole", failing)
    with pytest.raises(OSError, match="Input/output"):
        vault.keep(staged, lambda: witnessed.append("all"))
    assert witnessed == []
    assert list((tmp_path / "vault" / "incoming").iterdir()) == []


@pytest.mark.skipif(not can_sync_whole(), reason="no call that syncs a whole file system and tells of errors here")
@pytest.mark.parametrize("begun_early", [False, True])
def test_a_group_in_which_one_file_reads_otherwise_from_disk_is_never_witnessed(tmp_path: Path, *, begun_early: bool) -> None:
    vault, witnessed = Vault(tmp_path / "vault"), list[str]()
    staged = [vault.stage(io.BytesIO(f"original {n}".encode())) for n in range(incoming.LARGE_GROUP)]
    altered = vault.folder / INCOMING / staged[-1].address
    altered.chmod(0o644)
    altered.write_bytes(b"another")
    if begun_early:
        vault.sync_soon(staged)
    with pytest.raises(OSError, match="not what can be read again"):
        vault.keep(staged, lambda: witnessed.append("all"))
    assert witnessed == []
    assert list((vault.folder / INCOMING).iterdir()) == []


def test_a_file_dropped_from_a_group_that_is_on_its_way_to_disk_spoils_nothing(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "vault")
    staged = [vault.stage(io.BytesIO(f"original {n}".encode())) for n in range(incoming.LARGE_GROUP)]
    vault.discard(staged[:1])
    vault.sync_soon(staged[1:])
    vault.keep(staged[1:], witness=lambda: None)
    vault.sync_places()
    assert len(in_place(vault)) == len(staged) - 1


@pytest.mark.skipif(not can_sync_whole(), reason="no call that syncs a whole file system and tells of errors here")
def test_places_that_cannot_be_synced_together_are_said_to_be_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = Vault(tmp_path / "vault")
    staged = [vault.stage(io.BytesIO(f"original {n}".encode())) for n in range(2 * places.MANY_FOLDERS)]
    vault.keep(staged, witness=lambda: None)
    assert len({path.parent for path in in_place(vault)}) >= places.MANY_FOLDERS

    def failing(_: Path) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(places, "sync_whole", failing)
    with pytest.raises(OSError, match="Input/output"):
        vault.sync_places()
