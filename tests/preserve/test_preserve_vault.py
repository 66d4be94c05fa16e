from __future__ import annotations

import hashlib
import io
import stat
from pathlib import Path

import pytest

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
