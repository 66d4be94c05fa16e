"""Backing up: one file from which the same case comes back, byte for byte.

Taken while the write lock is held, so that no writer is half-way; checked as `verify` checks, with the very bytes that were
copied, so that what cannot be restored is not made. Then the lock is free again, and the file is read back before it gets its name. The case itself is
not written to: no entry says that a backup was made, and docs/decisions/0014-backup.md says why.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import time
import zipfile
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

import msgspec

from witnessmark.case.access import access_if_unlocked
from witnessmark.case.archive import ABOUT, BACKUP_FORMAT, BLOCK, INSIDE, SUMS, About, is_case_file, open_archive
from witnessmark.case.clock import now
from witnessmark.case.folder import CaseFolder
from witnessmark.case.lock import write_lock
from witnessmark.case.one_at_a_time import alone_at
from witnessmark.case.telling import BYTES, Standing, Tell, amount, typed
from witnessmark.case.verifying import check_recorded
from witnessmark.case.verifying_deeds import Recorded
from witnessmark.case.verifying_dossier import check_dossier
from witnessmark.case.verifying_roster import check_roster
from witnessmark.case.verifying_sealed import check_keys, check_sealed_vault
from witnessmark.case.verifying_vault import check_vault
from witnessmark.durable import UNFINISHED, sync_folder
from witnessmark.errors import CustodyError, StorageError, UsageError
from witnessmark.ledger.heads import read_heads
from witnessmark.ledger.survey import Survey
from witnessmark.ledger.untrusted import FILE, FOLDER, Found, kind_of, open_plain, shown, walk_plain
from witnessmark.ledger.verify import new_surveys
from witnessmark.model.canonical import canonical_json
from witnessmark.model.entry import Stream
from witnessmark.model.verdict import Check, Verdict
from witnessmark.preserve.hashing import Digests

_SINGLE = ("case.toml", "members.db", "members.db-journal")
_FOLDERS = ("keys", "ledger", "records", "vault", "dossier", "dossier.new", "dossier.old")
_ROOM = 1024
"""Bytes a member takes besides its content, in its two headers and its line of the sums: at most 700 for the longest name."""

_NEW_FILE = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class BackedUp(msgspec.Struct, frozen=True):
    """The backup made: where, how many files of the case it holds, and their bytes; whether what is in it is encrypted, as an encrypted case is."""

    out: str
    files: int
    bytes: int
    encrypted: bool = False


def back_up(root: Path, out: Path, *, tell: Tell = lambda _: None, announce: Tell = lambda _: None) -> BackedUp:
    """Write a backup of the case at `root` to `out`, a file that does not exist yet; a case of an older format is backed up as it is.

    Raises UsageError for an `out` that cannot be, CustodyError where the case does not verify or the copy reads back otherwise, CaseBusyError where
    another backup to `out` is running, StorageError; with nothing left at `out`.
    """
    folder = CaseFolder(root)
    folder.settings()
    _refuse_place(folder, out)
    try:
        with alone_at(out, "backup"):
            return _write(folder, out, tell, announce)
    except OSError as error:
        raise StorageError(
            f"The backup {out} cannot be written: {error.strerror or error}. The case is as it was; choose another place, or free some space there."
        ) from error


def _write(folder: CaseFolder, out: Path, tell: Tell, announce: Tell) -> BackedUp:
    temporary = out.with_name(f"{out.name}.{os.getpid()}{UNFINISHED}")
    _refuse_place(folder, out)  # asked again, for another backup may have been at work here
    _drop_leftovers(out)
    try:
        with write_lock(folder.lock, "backup", tell=announce):
            sums = _take(folder, temporary, out, tell)
        total = sum(size for _, size in sums.values())
        _read_back(temporary, sums, total, tell)
        _refuse_place(folder, out)
        temporary.rename(out)
        sync_folder(out.parent)
    finally:
        temporary.unlink(missing_ok=True)
    return BackedUp(str(out), len(sums), total, folder.settings().encrypted)


def _take(folder: CaseFolder, temporary: Path, out: Path, tell: Tell) -> dict[str, tuple[str, int]]:
    """Copy the case, which nobody may write to meanwhile, into `temporary`; the sha256 and size of each file as copied."""
    encrypted, access = folder.settings().encrypted, access_if_unlocked(folder)
    surveys, recorded = new_surveys(sealed=encrypted, sealing=access.cipher if access else None), Recorded()
    _refuse_failed(folder.root, check_recorded(folder, surveys, recorded))
    if not encrypted or access is not None:
        _refuse_failed(folder.root, iter([check_roster(folder.root, access)]))
    found = _files(folder.root)
    total = sum((folder.root / name).stat().st_size for name in found)
    _refuse_full(out, total + _ROOM * len(found))
    sums = _pack(folder, temporary, found, total, tell)
    _refuse_failed(folder.root, _check_copied(folder.root, surveys, recorded, sums, encrypted=encrypted))
    return sums


def _refuse_place(folder: CaseFolder, out: Path) -> None:
    if out.resolve().is_relative_to(folder.root.resolve()):
        raise UsageError(f"{out} lies inside the case. Write the backup elsewhere, best to another disk.")
    if kind_of(out) is not None:
        raise UsageError(f"{out} exists already, and a backup overwrites nothing. Choose another name.")
    if not out.parent.is_dir():
        raise UsageError(f"There is no folder {out.parent}. Make it first, or choose another place.")


def _refuse_full(out: Path, needed: int) -> None:
    free = shutil.disk_usage(out.parent).free
    if free < needed:
        raise StorageError(f"{out.parent} has {amount(free, BYTES)} free; the backup needs {amount(needed, BYTES)}. Choose another place.")


def _drop_leftovers(out: Path) -> None:
    """Remove what a backup to this very name left when it was killed; none is running, for this one is alone here."""
    left = re.compile(re.escape(out.name) + r"\.\d+" + re.escape(UNFINISHED))
    for path in out.parent.iterdir():
        if left.fullmatch(path.name):
            path.unlink()


def _refuse_failed(root: Path, checks: Iterator[Check]) -> None:
    for check in checks:
        if check.verdict is Verdict.FAIL:
            raise CustodyError(
                f"{root} does not verify, and a backup of it would not restore: {check.subject}: {check.detail} Run `witnessmark verify {typed(root)}` to see all of it. "
                "Mend it from an earlier backup, or copy the folder as it stands."
            )


def _files(root: Path) -> list[str]:
    """The names of all files of the case, in order. Raises CustodyError where something among them is no plain file."""
    met: list[Found] = [Found(name, kind) for name in _SINGLE if (kind := kind_of(root / name)) is not None]
    for top in _FOLDERS:
        inside, faults = walk_plain(root, top)
        for fault in faults:
            raise CustodyError(f"{fault.subject} cannot be backed up: {fault.detail}")
        met += inside
    for found in met:
        if found.kind not in {FILE, FOLDER} or (found.kind == FILE and not is_case_file(found.name)):
            raise CustodyError(
                f"{shown(found.name)} is a {found.kind} that is no part of a case. Run `witnessmark verify`, and move it away."
            )
    return [found.name for found in met if found.kind == FILE]


def _pack(folder: CaseFolder, temporary: Path, found: list[str], total: int, tell: Tell) -> dict[str, tuple[str, int]]:
    """Write the archive, durably, under a temporary name that only this user may read; the sha256 and size of each file as copied."""
    settings, heads = folder.settings(), read_heads(folder.root)
    about = About(BACKUP_FORMAT, now(), version("witnessmark"), settings.title, settings.format_version, len(found), total, heads)
    content = msgspec.json.format(canonical_json(about), indent=2) + b"\n"
    sums: dict[str, tuple[str, int]] = {}
    done = 0
    with os.fdopen(os.open(temporary, _NEW_FILE, 0o600), "w+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as packed:
            packed.writestr(_member(ABOUT), content)
            for name in found:
                digest, size = hashlib.sha256(), 0
                for block in _copied(folder.root, name, packed):
                    digest.update(block)
                    size += len(block)
                    tell(Standing("copied", done + size, total, unit=BYTES))
                sums[name] = digest.hexdigest(), size
                done += size
            lines = [
                f"{hashlib.sha256(content).hexdigest()}  {ABOUT}",
                *(f"{sha256}  {INSIDE}{name}" for name, (sha256, _) in sums.items()),
            ]
            packed.writestr(_member(SUMS), "".join(line + "\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())
        if hasattr(os, "posix_fadvise"):  # so that reading back asks the disk, not what memory keeps of it
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return sums


def _member(name: str, size: int = 0) -> zipfile.ZipInfo:
    """The entry of a member: a plain file, dated when the backup was made (UTC)."""
    info = zipfile.ZipInfo(name, time.gmtime()[:6])
    info.external_attr = (stat.S_IFREG | 0o600) << 16
    info.file_size = size  # tells whether the entry needs the form for more than 4 GB
    return info


def _copied(root: Path, name: str, packed: zipfile.ZipFile) -> Iterator[bytes]:
    """Copy a file of the case into the archive; its blocks as they were written. Raises CustodyError where it cannot be read, OSError where it cannot be written."""
    try:
        source = open_plain(root, name)
    except OSError as error:
        raise CustodyError(_unreadable(name, error)) from error
    with source, packed.open(_member(INSIDE + name, os.fstat(source.fileno()).st_size), "w") as target:
        while True:
            try:
                block = source.read(BLOCK)
            except OSError as error:
                raise CustodyError(_unreadable(name, error)) from error
            if not block:
                return
            target.write(block)
            yield block


def _unreadable(name: str, error: OSError) -> str:
    return f"{name} of the case cannot be read ({error.strerror or error}), so no backup was made. Check the disk; what can still be read can be copied by hand."


def _check_copied(
    root: Path, surveys: Mapping[Stream, Survey], recorded: Recorded, sums: Mapping[str, tuple[str, int]], *, encrypted: bool
) -> Iterator[Check]:
    """Check originals by the hashes taken while they were copied, and the dossier where it lies; those of an encrypted case as they are stored."""

    def taken(name: str) -> tuple[str, int]:
        if name not in sums:
            raise FileNotFoundError(name)
        return sums[name]

    def as_copied(case: Path, name: str, *, blake3: bool = False) -> Digests:  # noqa: ARG001 -- as in Hash; what was copied has its sha256 alone
        sha256, size = taken(name)
        return Digests(sha256, None, size)

    listed, faults = walk_plain(root, "vault")
    yield from faults
    if encrypted:
        yield from check_keys(root)
        yield from check_sealed_vault(root, listed, recorded, surveys[Stream.CUSTODY], None, hashed=lambda _, name: taken(name))
        return
    yield from check_vault(root, listed, recorded, surveys[Stream.CUSTODY], hashed=as_copied)
    yield from check_dossier(root, recorded, surveys[Stream.ANALYSIS], busy=False)


def _read_back(temporary: Path, sums: Mapping[str, tuple[str, int]], total: int, tell: Tell) -> None:
    """Read the whole archive as a restore would. Raises CustodyError where it is not what was copied."""
    done = 0
    with open_archive(temporary) as archive:
        if archive.sums != {name: sha256 for name, (sha256, _) in sums.items()}:
            raise CustodyError("The backup reads back with other sums than it was written with. Try another disk.")
        for name in archive.sums:
            for block in archive.blocks(name):
                done += len(block)
                tell(Standing("read back", done, total, unit=BYTES))
