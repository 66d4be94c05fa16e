"""The vault: originals under the hash of their bytes, written once, read-only, never without a log entry.

Files are copied to `incoming/` while they are hashed; a group of them is synced together, witnessed (the log entries, written
by the function `keep` is given) and only then moved to their places. A crash leaves at most files in `incoming/`: those already
witnessed are moved by `settle` if they still are what they were, the others dropped. What lies in its place is never replaced,
except that a copy found altered is set aside when the true bytes come in again.

An *item's* sha256 is that of the original; its *address* is the sha256 of the bytes as stored, and names the file. Without a
cipher they are the same. `_address` is the one place where the one becomes the other.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

import msgspec

from witnessmark.durable import sync_folder
from witnessmark.preserve.cipher import Bytes, Cipher
from witnessmark.preserve.opened import opened

BUFFER_BYTES = 256 * 1024
"""Measured 2 to 2.8 times faster than 1-4 MiB for large files, hashing included."""

INCOMING = "incoming"
READ_ONLY = 0o444
"""Nobody may write; who may read stays as the user's own settings have it."""


class Stored(msgspec.Struct, frozen=True):
    """An original now in the vault: its sha256 (64 hex digits) and `size` in bytes, whether the vault held it before, and the `address` it is stored under."""

    sha256: str
    size: int
    known: bool
    address: str


class Vault:
    """The originals of one case, below `folder`."""

    def __init__(
        self,
        folder: Path,
        cipher: Cipher | None = None,
        *,
        addresses: Callable[[str], str | None] = lambda _: None,
        work: Path | None = None,
    ) -> None:
        """Nothing is made until something is stored.

        With a `cipher`, `addresses` tells the address of an item's sha256 by the records (None where there is none), and `work` is the private
        folder in which working copies in the clear may lie. Without, both are left alone.
        """
        self.folder = folder
        self._cipher = cipher
        self._addresses = addresses
        self._work = work
        self._staged: dict[str, str] = {}
        self._former: list[Path] = []

    def path_of(self, sha256: str) -> Path:
        """Where this original is stored: a folder for the first two digits of its address, a file for the rest."""
        return self._place_of(self._address(sha256))

    def open_original(self, sha256: str) -> IO[bytes]:
        """The original's bytes to read, wherever and however they are stored. Raises FileNotFoundError where the vault has none."""
        stored = self.whereabouts(sha256).open("rb")
        if self._cipher is None:
            return stored
        return opened(self._cipher, stored)

    @contextmanager
    def as_file(self, sha256: str) -> Iterator[Path]:
        """A file with the original's bytes for as long as the block lasts, for programs that want a path; never to be written to."""
        if self._cipher is None:
            yield self.whereabouts(sha256)
            return
        with tempfile.NamedTemporaryFile(dir=self._work) as clear, self.whereabouts(sha256).open("rb") as stored:
            self._cipher.decrypt(stored, cast("IO[bytes]", clear))
            clear.flush()
            yield Path(clear.name)

    def stage(self, source: Bytes) -> Stored:
        """Copy `source` to `incoming/`, hashed on the way. Raises OSError with nothing left behind."""
        incoming = self.folder / INCOMING
        incoming.mkdir(parents=True, exist_ok=True)
        temporary = incoming / f"unhashed-{os.getpid()}"
        try:
            with temporary.open("wb") as target:
                stored = self._copy(source, target)
                target.flush()
                os.fsync(target.fileno())
            known = stored.sha256 in self._staged or self.holds(stored.sha256)
            if known:
                temporary.unlink()
                return msgspec.structs.replace(stored, known=True, address=self._address(stored.sha256))
            temporary.replace(incoming / stored.address)
            self._supersede(stored)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        return stored

    def holds(self, sha256: str) -> bool:
        """Whether the vault has these very bytes in their place; reads them to be sure."""
        return self._is_whole(self._address(sha256))

    def keep(self, staged: Sequence[Stored], witness: Callable[[], None]) -> None:
        """Make staged files part of the vault: their custody entry first, then their place. Raises OSError from either."""
        if not staged:
            return
        sync_folder(self.folder / INCOMING)
        witness()
        for stored in staged:
            self._place(stored.address)
        for former in self._former:
            self._set_aside(former)
        self._forget_staged()

    def discard(self, staged: Sequence[Stored]) -> None:
        """Drop staged files that will not be witnessed."""
        for stored in staged:
            if not stored.known:
                (self.folder / INCOMING / stored.address).unlink(missing_ok=True)
        self._forget_staged()

    def settle(self, witnessed: Callable[[str], bool]) -> None:
        """After a crash: place what was witnessed (told by its address) and still has its hash, drop what never was witnessed."""
        for path in self._incoming():
            if not witnessed(path.name):
                path.unlink()
            elif hash_file(path) == path.name:
                self._place(path.name)

    def whereabouts(self, sha256: str) -> Path:
        """Where it is stored right now: in its place, or still in `incoming/` where a crash came between entry and move."""
        address = self._address(sha256)
        place, staged = self._place_of(address), self.folder / INCOMING / address
        return staged if staged.exists() and not place.exists() else place

    def _address(self, sha256: str) -> str:
        if self._cipher is None:
            return sha256
        return self._staged.get(sha256) or self._addresses(sha256) or sha256

    def _place_of(self, address: str) -> Path:
        return self.folder / address[:2] / address[2:]

    def _copy(self, source: Bytes, target: IO[bytes]) -> Stored:
        clear = _Hashing(source)
        if self._cipher is None:
            while block := clear.read(BUFFER_BYTES):
                target.write(block)
            return Stored(clear.sha256, clear.size, known=False, address=clear.sha256)
        stored = _HashingTarget(target)
        self._cipher.encrypt(clear, cast("IO[bytes]", stored))
        return Stored(clear.sha256, clear.size, known=False, address=stored.sha256)

    def _supersede(self, stored: Stored) -> None:
        """Note what was just staged, and the altered copy under another address that it comes in the place of."""
        former = self._place_of(self._address(stored.sha256))
        if former != self._place_of(stored.address) and former.exists():
            self._former.append(former)
        self._staged[stored.sha256] = stored.address

    def _forget_staged(self) -> None:
        self._staged.clear()
        self._former.clear()

    def _is_whole(self, address: str) -> bool:
        place = self._place_of(address)
        return place.is_file() and not place.is_symlink() and hash_file(place) == address

    def _incoming(self) -> list[Path]:
        incoming = self.folder / INCOMING
        return sorted(incoming.iterdir()) if incoming.is_dir() else []

    def _place(self, address: str) -> None:
        staged, place = self.folder / INCOMING / address, self._place_of(address)
        if not staged.exists():
            return
        if self._is_whole(address):
            staged.unlink()
            return
        fresh_folder = not place.parent.exists()
        place.parent.mkdir(exist_ok=True)
        if place.exists() or place.is_symlink():
            self._set_aside(place)
        staged.replace(place)
        place.chmod(stat.S_IMODE(place.stat().st_mode) & READ_ONLY)
        sync_folder(place.parent)
        if fresh_folder:
            sync_folder(self.folder)

    def _set_aside(self, place: Path) -> None:
        """Move what is not the original out of its place, beside it, where `verify` shows it until somebody has looked."""
        number = 1
        while (aside := place.with_name(f"{place.name}.altered-{number}")).exists():
            number += 1
        place.replace(aside)


class _Hashing:
    """A source whose bytes are hashed and counted as they are read."""

    def __init__(self, source: Bytes) -> None:
        self._source = source
        self._digest = hashlib.sha256()
        self.size = 0

    def read(self, size: int, /) -> bytes:
        block = self._source.read(size)
        self._digest.update(block)
        self.size += len(block)
        return block

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


class _HashingTarget:
    """A target whose bytes are hashed as they are written."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target
        self._digest = hashlib.sha256()

    def write(self, block: bytes, /) -> int:
        self._digest.update(block)
        return self._target.write(block)

    def flush(self) -> None:
        self._target.flush()

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


def hash_file(path: Path) -> str:
    """The sha256 (64 hex digits) of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hash_bytes(content: bytes) -> str:
    """The sha256 (64 hex digits) of some bytes."""
    return hashlib.sha256(content).hexdigest()
