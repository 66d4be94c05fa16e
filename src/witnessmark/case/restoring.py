"""Restoring: a backup becomes a case again, whole or not at all.

It is unpacked beside the place it is to have, each file held against its sum while it is written; then the case's own verify looks
at the unpacked folder, and only when nothing fails does the folder get its name. A backup from elsewhere is treated as what it may be: see
`archive` for what is refused before a byte is written.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from witnessmark.case.archive import Archive, open_archive
from witnessmark.case.folder import FORMAT_VERSION, CaseFolder, refuse_occupied
from witnessmark.case.keys import KEYS
from witnessmark.case.one_at_a_time import alone_at
from witnessmark.case.package_kind import is_whole_bag
from witnessmark.case.telling import BYTES, Standing, Tell, amount
from witnessmark.case.verifying import verify_case
from witnessmark.case.verifying_database import draw
from witnessmark.case.whole_bag import BaggedCase, open_whole
from witnessmark.durable import sync_folder
from witnessmark.errors import CaseError, CustodyError, StorageError
from witnessmark.ledger.untrusted import LINK, kind_of
from witnessmark.ledger.verify import check_logs, new_surveys
from witnessmark.model.verdict import Check, Verdict
from witnessmark.preserve.vault import READ_ONLY

_LAID_OUT = ("vault", "ledger", "records", "dossier")
"""Folders every case has, even where they are empty and a backup holds nothing of them."""


_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG}
_CLUSTER = 4096
"""Bytes that file systems give out at a time: a small file takes as many."""

_DATABASE_OF_RECORDS = 4
"""How many times as large as its records a database is: 2.2 to 3.7 times in seven ordinary cases of 0.4 to 185 MB of records (2026-11)."""


class Restored(msgspec.Struct, frozen=True):
    """The case restored: where, in which format, its files and bytes, and how many checks of `verify` said what."""

    case: str
    case_format: int
    made_at: str
    files: int
    bytes: int
    checks: dict[Verdict, int]


def restore(backup: Path, root: Path, *, tell: Tell = lambda _: None) -> Restored:
    """Make the case that `backup` holds at `root`, where nothing may be yet.

    Raises CaseError where `backup` is none or `root` is taken, CustodyError where anything in it is not what was backed up, CaseBusyError where
    another restore to `root` is running, StorageError; with nothing left at `root`.
    """
    _refuse_taken(root)
    try:
        with open_whole(backup) if is_whole_bag(backup) else open_archive(backup) as archive:
            root.parent.mkdir(parents=True, exist_ok=True)
            with alone_at(root, "restore"):
                return _bring_back(archive, root, tell)
    except OSError as error:
        way_on = "free some space there" if error.errno in _FULL else "see whether that folder is there and you may write to it"
        raise StorageError(
            f"{root} cannot be written: {error.strerror or error}. Nothing was restored; {way_on}, or choose another place."
        ) from error


def _bring_back(archive: Archive | BaggedCase, root: Path, tell: Tell) -> Restored:
    draft = root.with_name(f".{root.name}.{os.getpid()}.restoring")
    _refuse_taken(root)  # asked again, for another restore may have been at work here
    _drop_leftovers(root)
    _refuse_full(root, archive)
    try:
        _unpack(archive, draft, tell)
        counts = _verify(draft, archive.path, tell)
        settings = CaseFolder(draft).settings()
        version = settings.format_version
        if version == FORMAT_VERSION and not settings.encrypted:  # a locked one is drawn when it is first opened
            _draw(draft, root, archive, tell)
        _settle(draft)
        _refuse_taken(root)
        if root.is_dir():
            root.rmdir()
        draft.rename(root)
        sync_folder(root.parent)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Restored(str(root), version, archive.about.made_at, len(archive.sums), archive.bytes, counts)


def verify_backup(backup: Path, *, tell: Tell = lambda _: None) -> Iterator[Check]:
    """Check every file in a backup against its sums. Raises CaseError where it is none, CustodyError where it is refused as a whole."""
    done = 0
    with open_archive(backup) as archive:
        for name in archive.sums:
            yield archive.check(name)
            done += archive.size(name)
            tell(Standing("hashed again", done, archive.bytes, unit=BYTES))
    yield Check(
        "the case inside",
        Verdict.NOT_CHECKED,
        "Its logs and what they say of the originals are verified when it is restored, before it gets its place.",
    )


def _refuse_taken(root: Path) -> None:
    if kind_of(root) == LINK:
        raise CaseError(
            f"{root} is a symbolic link, and a case is a folder. Restore to the folder itself ({root.resolve()}), or to another name."
        )
    refuse_occupied(root)


def _drop_leftovers(root: Path) -> None:
    """Remove what a restore to this very place left when it was killed; none is running, for this one is alone here."""
    left = re.compile(r"\." + re.escape(root.name) + r"\.\d+\.restoring")
    for path in root.parent.iterdir():
        if left.fullmatch(path.name):
            shutil.rmtree(path, ignore_errors=True)


def _refuse_full(root: Path, archive: Archive | BaggedCase) -> None:
    needed = sum(-(-archive.size(name) // _CLUSTER) * _CLUSTER for name in archive.sums) + _database_bytes(archive)
    free = shutil.disk_usage(root.parent).free
    if free < needed:
        raise StorageError(
            f"{root.parent} has {amount(free, BYTES)} free; the case and its database need about {amount(needed, BYTES)}. "
            f"Nothing was restored. Free {amount(needed - free, BYTES)} there, then run restore again, or choose another place."
        )


def _database_bytes(archive: Archive | BaggedCase) -> int:
    """About how large the database is going to be, in bytes."""
    if archive.about.case_format != FORMAT_VERSION:
        return 0
    return _DATABASE_OF_RECORDS * sum(archive.size(name) for name in archive.sums if name.startswith("records/"))


def _unpack(archive: Archive | BaggedCase, draft: Path, tell: Tell) -> None:
    """Write every file of the case below `draft`, durably and for this user's eyes only. Raises CustodyError at the first that is not what was backed up."""
    draft.mkdir(mode=0o700)
    for folder in _LAID_OUT:
        (draft / folder).mkdir()
    done = 0
    for name in archive.sums:
        path = draft / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            for block in archive.blocks(name):
                file.write(block)
                done += len(block)
                tell(Standing("restored", done, archive.bytes, unit=BYTES))
            file.flush()
            os.fsync(file.fileno())


def _verify(draft: Path, backup: Path, tell: Tell) -> dict[Verdict, int]:
    counts: Counter[Verdict] = Counter()
    for check in verify_case(draft, tell=tell):
        if check.verdict is Verdict.FAIL:
            raise CustodyError(f"The case in {backup} does not verify, so it was not restored: {check.subject}: {check.detail}")
        counts[check.verdict] += 1
    return {verdict: counts[verdict] for verdict in Verdict}


def _draw(draft: Path, root: Path, archive: Archive | BaggedCase, tell: Tell) -> None:
    """Draw the database that a backup leaves out. Raises CustodyError where the logs cannot be drawn, StorageError where there is no room."""
    surveys = new_surveys()
    for _ in check_logs(draft, surveys=surveys):
        pass
    try:
        draw(draft, surveys, CaseFolder(draft).database, tell=tell)
    except StorageError as error:
        raise StorageError(
            f"There is no room at {root.parent} for the database of the case. Nothing was restored. "
            f"Free {amount(_database_bytes(archive), BYTES)} there, then run restore again, or choose another place. ({error})"
        ) from error


def _settle(draft: Path) -> None:
    """Take the right to write from the originals again and the keys out of others' reach, and sync every folder."""
    for path in (draft / KEYS).glob("*"):
        path.chmod(0o600)
    for path in (draft / "vault").glob("??/*"):
        path.chmod(stat.S_IMODE(path.stat().st_mode) & READ_ONLY)
    for folder in [draft, *(path for path in draft.rglob("*") if path.is_dir())]:
        sync_folder(folder)
