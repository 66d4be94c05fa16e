"""Collecting in the field: files encrypted to the public key of a case at once, on a machine that cannot read back what it took in.

A parcel is one age file. Inside is a TAR with `manifest.json` first (the name, SHA-256, size and time of each file, and when it was collected), then
the files. It is made under a temporary name from the files as they are read, nothing in the clear is written at any time, and what an interruption
leaves cannot be read by anybody but the owner of the key. Taking a parcel in adds its files like any others; what the manifest says is on the receipt.
"""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Annotated, cast

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.clock import now
from witnessmark.case.intake import Given, Received, add
from witnessmark.case.sealed_keys import read_key_file
from witnessmark.case.telling import BYTES, Standing, Tell
from witnessmark.case.work_folder import work_folder
from witnessmark.durable import UNFINISHED, sync_folder
from witnessmark.errors import CustodyError, StorageError, UsageError
from witnessmark.model.canonical import canonical_json
from witnessmark.preserve.opened import opened
from witnessmark.preserve.vault import BUFFER_BYTES
from witnessmark.protect.age import NOT_OURS, Age, encrypt_to

SUFFIX = ".wmparcel"
_MANIFEST, _FILES = "manifest.json", "files"
_AGE = b"age-encryption.org/v1"
_MANIFEST_LIMIT = 64 * 1024 * 1024


class Collected(msgspec.Struct, frozen=True):
    """One file of a parcel: `name` as it was met, SHA-256, size in bytes, and when it was last changed by the machine it lay on (UTC)."""

    name: str
    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    size: Annotated[int, msgspec.Meta(ge=0)]
    changed: int


class Manifest(msgspec.Struct, frozen=True):
    """What a parcel holds, and when it was collected by the clock of that machine."""

    collected_at: str
    files: tuple[Collected, ...]


class Parcel(msgspec.Struct, frozen=True):
    """A parcel made: where, of how many files and bytes; `sha256` is that of the parcel itself, to be told to whoever takes it in."""

    out: str
    files: int
    bytes: int
    sha256: str


def collect(paths: Sequence[Path], recipient: str, out: Path, *, tell: Tell = lambda _: None) -> Parcel:
    """Encrypt files, and the files below folders, to `recipient` (`age1...`) into a new file at `out`, or in that folder under the time of day.

    Raises UsageError for a path or recipient that is none, CustodyError where a file changes meanwhile, StorageError; with nothing left at `out`.
    """
    manifest, found = _survey(paths)
    target = out / f"{manifest.collected_at.replace(':', '').replace('-', '').lower()}{SUFFIX}" if out.is_dir() else out
    if target.exists():
        raise UsageError(f"{target} exists already, and nothing is overwritten. Choose another name.")
    temporary = target.with_name(f"{target.name}.{os.getpid()}{UNFINISHED}")
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            hashing = _Hashing(file)
            _encrypt(manifest, found, recipient, hashing, tell)
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(target)
        sync_folder(target.parent)
    except OSError as error:
        raise StorageError(f"{target} cannot be written: {error.strerror or error}. Nothing was collected.") from error
    finally:
        temporary.unlink(missing_ok=True)
    return Parcel(str(target), len(found), sum(one.size for one in manifest.files), hashing.digest.hexdigest())


def take_in_all(case: Case, parcels: Sequence[Path], key_file: Path | None, given: Given, *, tell: Tell = lambda _: None) -> Received:
    """Add the files of several parcels to a case, which a key file opens, or else the case's own key. Raises like `take_in`, LockedError."""
    identity, received = read_key_file(key_file) if key_file is not None else None, Received()
    for parcel in parcels:
        taken = take_in(case, parcel, identity, given, tell=tell)
        received.new += taken.new
        received.repeated += taken.repeated
        received.refused += taken.refused
    return received


def is_parcel(path: Path) -> bool:
    """Whether a file is encrypted as a parcel is; what is in it cannot be seen without the key."""
    try:
        with path.open("rb") as file:
            return file.read(len(_AGE)) == _AGE
    except OSError:
        return False


def take_in(case: Case, parcel: Path, identity: str | None, given: Given, *, tell: Tell = lambda _: None) -> Received:
    """Add the files of a parcel to a case. `identity` opens it; None for the case's own key. Raises UsageError, CustodyError, StorageError."""
    if identity is None and case.access is None:
        raise UsageError(f"{case.folder.root} is not encrypted and has no key of its own. Nothing was added. Name the key: --key FILE.")
    age = Age(identity) if identity is not None else case.access.cipher  # type: ignore[union-attr]  # refused above
    with work_folder(case.access) as folder:
        manifest = _decrypted(parcel, age, folder / _FILES)
        how = f"collected at {manifest.collected_at} by the clock of the machine it was collected on, in the parcel {parcel.name}"
        return add(case, [folder / _FILES], given, how=how, tell=tell)


def _survey(paths: Sequence[Path]) -> tuple[Manifest, list[Path]]:
    """Hash everything there is to collect; links are not followed."""
    found: list[tuple[str, Path]] = []
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            below = sorted(inner for inner in path.rglob("*") if inner.is_file() and not inner.is_symlink())
            found += [((Path(path.name) / inner.relative_to(path)).as_posix(), inner) for inner in below]
        elif path.is_file():
            found.append((path.name, path))
        else:
            raise UsageError(f"{path} is neither a file nor a folder. Nothing was collected.")
    if not found or len({name for name, _ in found}) < len(found):
        raise UsageError(
            "There is nothing to collect." if not found else "Two of these have the same name. Collect them one after the other."
        )
    return Manifest(now(), tuple(_described(name, path) for name, path in found)), [path for _, path in found]


def _described(name: str, path: Path) -> Collected:
    try:
        with path.open("rb") as file:
            return Collected(name, hashlib.file_digest(file, "sha256").hexdigest(), file.tell(), int(path.stat().st_mtime))
    except OSError as error:
        raise StorageError(f"{path} cannot be read: {error.strerror or error}. Nothing was collected.") from error


def _encrypt(manifest: Manifest, found: Sequence[Path], recipient: str, target: _Hashing, tell: Tell) -> None:
    """Write the parcel: one thread packs into a pipe, this one encrypts what comes out of it."""
    reading, writing = os.pipe()
    errors: list[BaseException] = []

    def pack() -> None:
        try:
            with os.fdopen(writing, "wb", buffering=BUFFER_BYTES) as pipe, tarfile.open(fileobj=pipe, mode="w|") as packed:
                _pack(manifest, found, packed, tell)
        except BaseException as error:  # noqa: BLE001 -- raised again by the thread that waits
            errors.append(error)

    packing = threading.Thread(target=pack, name="pack", daemon=True)
    with os.fdopen(reading, "rb", buffering=BUFFER_BYTES) as pipe:
        packing.start()
        encrypt_to(recipient, pipe, cast("IO[bytes]", target))
    packing.join()
    if errors:
        raise errors[0]


def _pack(manifest: Manifest, found: Sequence[Path], packed: tarfile.TarFile, tell: Tell) -> None:
    content = canonical_json(manifest)
    packed.addfile(_member(_MANIFEST, len(content)), io.BytesIO(content))
    done, total = 0, sum(one.size for one in manifest.files)
    for number, (one, path) in enumerate(zip(manifest.files, found, strict=True)):
        with path.open("rb") as file:
            source = _HashingSource(file)
            packed.addfile(_member(f"{_FILES}/{number}", one.size), source)
        if source.digest.hexdigest() != one.sha256:
            raise CustodyError(f"{path} changed while it was collected. Nothing was collected; collect again.")
        done += one.size
        tell(Standing("encrypted", done, total, unit=BYTES))


def _member(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size = size
    return info


def _decrypted(parcel: Path, age: Age, folder: Path) -> Manifest:
    """What `_unpack` gives, and the parcel named where its key does not open it."""
    try:
        return _unpack(parcel, age, folder)
    except CustodyError as error:
        if str(error) != NOT_OURS:
            raise
        raise CustodyError(
            f"{parcel} cannot be decrypted: it is no parcel, was altered, or was encrypted to another key. Nothing was added."
        ) from error


def _unpack(parcel: Path, age: Age, folder: Path) -> Manifest:
    """Lay the files of a parcel out under their names. Raises CustodyError where it is not as its manifest says."""
    try:
        with opened(age, parcel.open("rb")) as clear, tarfile.open(fileobj=clear, mode="r|") as packed:
            first = packed.next()
            if first is None or first.name != _MANIFEST or first.size > _MANIFEST_LIMIT:
                raise CustodyError(f"{parcel} is no parcel: it does not begin with a manifest. Nothing was added.")
            manifest = msgspec.json.decode(_content(packed, first).read(), type=Manifest)
            for number, one in enumerate(manifest.files):
                _lay_out(parcel, packed, number, one, folder)
            if packed.next() is not None:
                raise CustodyError(f"{parcel} holds more than its manifest names. Nothing was added.")
            while clear.read(BUFFER_BYTES):  # to its end, where a cut is noticed
                pass
    except FileNotFoundError as error:
        raise UsageError(f"There is no parcel {parcel}. Nothing was added.") from error
    except OSError as error:
        raise StorageError(f"{parcel} could not be laid out in memory: {error.strerror or error}. Nothing was added.") from error
    except (tarfile.TarError, msgspec.MsgspecError) as error:
        raise CustodyError(f"{parcel} is no parcel, or it was damaged ({error}). Nothing was added.") from error
    return manifest


def _lay_out(parcel: Path, packed: tarfile.TarFile, number: int, one: Collected, folder: Path) -> None:
    member = packed.next()
    path = folder.joinpath(*one.name.split("/"))
    if member is None or member.name != f"{_FILES}/{number}" or not member.isreg() or member.size != one.size:
        raise CustodyError(f"{parcel} does not hold what its manifest names. Nothing was added.")
    if any(part in {"", ".", ".."} for part in one.name.split("/")) or "\0" in one.name or path.exists():
        raise CustodyError(f"{parcel} names a file that none can be called: {one.name[:80]!a}. Nothing was added.")
    path.parent.mkdir(parents=True, exist_ok=True)
    source, digest = _content(packed, member), hashlib.sha256()
    with path.open("xb") as file:
        while block := source.read(BUFFER_BYTES):
            digest.update(block)
            file.write(block)
    if digest.hexdigest() != one.sha256:
        raise CustodyError(f"{one.name[:80]!a} in {parcel} is not what was collected. Nothing was added.")


def _content(packed: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = packed.extractfile(member)
    if content is None:
        raise tarfile.ReadError("a member without content")
    return content


class _HashingSource(io.RawIOBase):
    """A file whose bytes are hashed as they are read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes."""
        block = self._file.read(size)
        self.digest.update(block)
        return block


class _Hashing(io.RawIOBase):
    """A target whose bytes are hashed as they are written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def write(self, block: bytes, /) -> int:  # type: ignore[override]  # age hands over bytes
        """Write the next bytes."""
        self.digest.update(block)
        return self._file.write(block)
