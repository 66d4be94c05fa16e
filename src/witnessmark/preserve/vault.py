"""The vault: originals under the hash of their bytes, written once, read-only, never without a log entry.

Files are copied to `incoming/` while they are hashed; a group of them is synced together and hashed again as it lies on disk,
witnessed (the log entries, written by the function `keep` is given) and only then moved to its places. A crash leaves at most
files in `incoming/`: those already witnessed are moved by `settle` if they still are what they were, the others dropped. What lies
in its place is never replaced, except that a copy found altered is set aside when the true bytes come in again.

An *item's* sha256 is that of the original; its *address* is the sha256 of the bytes as stored, and names the file. Without a
cipher they are the same. `_address` is the one place where the one becomes the other.
"""

from __future__ import annotations

import stat
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

import msgspec

from witnessmark.durable import destroy_file, sync_folder
from witnessmark.preserve.cipher import Bytes, Cipher
from witnessmark.preserve.hashing import BUFFER_BYTES, Digests, HashedSource, HashedTarget, copy_hashed, hash_file, hash_small
from witnessmark.preserve.incoming import INCOMING, READ_ONLY, Incoming, Unnamed
from witnessmark.preserve.opened import opened
from witnessmark.preserve.places import Places

__all__ = ["BUFFER_BYTES", "INCOMING", "READ_ONLY", "Stored", "Vault", "hash_file"]


class Stored(msgspec.Struct, frozen=True, gc=False):
    """An original now in the vault: its sha256 (64 hex digits) and `size` in bytes, whether the vault held it before, and the `address` it is stored under.

    `blake3` is its second digest, None where none was asked for.
    """

    sha256: str
    size: int
    known: bool
    address: str
    blake3: str | None = None


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
        self._incoming = Incoming(folder)
        self._places = Places(folder)
        self._staged: dict[str, str] = {}
        self._former: dict[str, Path] = {}

    def path_of(self, sha256: str) -> Path:
        """Where this original is stored: a folder for the first two digits of its address, a file for the rest."""
        return self._places.path(self._address(sha256))

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

    def stage(self, source: Bytes, *, blake3: bool = False) -> Stored:
        """Copy `source` to `incoming/`, hashed on the way; not on disk for sure before `keep`. Raises OSError with nothing left behind."""
        first = source.read(BUFFER_BYTES)
        second = source.read(BUFFER_BYTES) if first else b""
        if self._cipher is None and not second:
            digests = hash_small(first, blake3=blake3)
            return self._enter(digests, digests.sha256, lambda address: self._incoming.write(address, first))
        with self._incoming.unnamed() as unnamed:
            digests, address = self._copy(first, second, source, unnamed, blake3=blake3)
            return self._enter(digests, address, lambda address: self._incoming.name(unnamed, address))

    def holds(self, sha256: str) -> bool:
        """Whether the vault has these very bytes in their place; reads them to be sure."""
        return self._places.is_whole(self._address(sha256))

    def sync_soon(self, staged: Sequence[Stored]) -> None:
        """Begin to bring staged files to disk while others are staged; `keep` waits for it and raises what went wrong."""
        self._incoming.sync_soon([stored.address for stored in staged if not stored.known])

    def is_on_disk(self, staged: Sequence[Stored]) -> bool:
        """Whether `keep` would not wait for these files, nor for those sent to disk together with them."""
        return self._incoming.is_on_disk([stored.address for stored in staged if not stored.known])

    def keep(self, staged: Sequence[Stored], witness: Callable[[], None]) -> None:
        """Make staged files part of the vault: on disk first, then their custody entry, then their place. Raises OSError from any of it.

        What cannot be synced, or is not the same when it is read again, is never witnessed, and no sync is tried twice.
        """
        if not staged:
            return
        addresses = [stored.address for stored in staged if not stored.known]
        try:
            self._incoming.sync(addresses)
        except OSError:
            self.discard(staged)
            raise
        try:
            witness()
            self._places.take(addresses, self._incoming)
            for former in [self._former[stored.sha256] for stored in staged if stored.sha256 in self._former]:
                self._places.set_aside(former)
        finally:  # whether it was witnessed or not: what comes of it is for `settle` to say
            self._forget(staged)

    def sync_places(self) -> None:
        """Make it durable that files are in their places; once after all that is kept in one go. Raises OSError."""
        self._places.sync()

    def close(self) -> None:
        """Let go of what bringing files to disk takes; it is there again when it is needed."""
        self._incoming.close()

    def discard(self, staged: Sequence[Stored]) -> None:
        """Drop staged files that will not be witnessed."""
        for stored in staged:
            if not stored.known:
                self._incoming.drop(stored.address)
        self._forget(staged)

    def destroy(self, sha256: str) -> None:
        """Destroy the original, and copies of it that were set aside or never placed. Raises OSError."""
        address = self._address(sha256)
        place = self._places.path(address)
        for path in (place, *sorted(place.parent.glob(f"{place.name}.altered-*")), self._incoming.path(address)):
            destroy_file(path)
        if place.parent.is_dir():
            sync_folder(place.parent)

    def is_there(self, sha256: str) -> bool:
        """Whether anything lies in this original's place or waits to; whether it is the original is not looked at."""
        address = self._address(sha256)
        return self._places.path(address).exists() or self._incoming.path(address).exists()

    def settle(self, witnessed: Callable[[str], bool]) -> None:
        """After a crash: place what was witnessed (told by its address) and still has its hash, drop what never was witnessed."""
        sound = []
        for path in self._incoming.files():
            if not witnessed(path.name):
                self._incoming.drop(path.name)
            elif hash_file(path) == path.name:
                mode = stat.S_IMODE(path.lstat().st_mode)
                if mode & ~READ_ONLY:  # left by an older version
                    path.chmod(mode & READ_ONLY)
                sound.append(path.name)
        self._places.take(sound, self._incoming)
        self._places.sync()

    def whereabouts(self, sha256: str) -> Path:
        """Where it is stored right now: in its place, or still in `incoming/` where a crash came between entry and move."""
        address = self._address(sha256)
        place, staged = self._places.path(address), self._incoming.path(address)
        return staged if staged.exists() and not place.exists() else place

    def _address(self, sha256: str) -> str:
        if self._cipher is None:
            return sha256
        return self._staged.get(sha256) or self._addresses(sha256) or sha256

    def _forget(self, staged: Sequence[Stored]) -> None:
        for stored in staged:
            if not stored.known:
                self._staged.pop(stored.sha256, None)
                self._former.pop(stored.sha256, None)

    def _copy(self, first: bytes, second: bytes, source: Bytes, target: Unnamed, *, blake3: bool) -> tuple[Digests, str]:
        rest = _After(second, source)
        if self._cipher is None:
            digests = copy_hashed(first, rest, target.write, blake3=blake3)
            return digests, digests.sha256
        clear, stored = HashedSource(_After(first, rest), blake3=blake3), HashedTarget(target)
        self._cipher.encrypt(clear, cast("IO[bytes]", stored))
        return clear.digests(), stored.digests().sha256

    def _enter(self, digests: Digests, address: str, lay: Callable[[str], None]) -> Stored:
        """Have the bytes laid in `incoming/` under their address, unless the vault has them."""
        sha256 = digests.sha256
        former = self._address(sha256)
        if sha256 in self._staged or self._places.is_whole(former):
            return Stored(sha256, digests.size, known=True, address=former, blake3=digests.blake3)
        lay(address)
        if former != address and self._places.path(former).exists():
            self._former[sha256] = self._places.path(former)
        self._staged[sha256] = address
        return Stored(sha256, digests.size, known=False, address=address, blake3=digests.blake3)


class _After:
    """A source of which `first` was read already, and is read again."""

    def __init__(self, first: bytes, source: Bytes) -> None:
        self._first = first
        self._source = source

    def read(self, size: int, /) -> bytes:
        if not self._first:
            return self._source.read(size)
        block, self._first = self._first[:size], self._first[size:]
        return block
