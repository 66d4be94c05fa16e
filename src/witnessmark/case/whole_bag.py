"""A whole case as a bag, and back: the files of a backup, unpacked, as the payload of a BagIt bag.

What `witnessmark backup` checks and copies is what the bag holds, so that one account of "the case" stands behind both; restoring from either gives the
same folder, byte for byte. A whole bag has everything in it, sealed and withheld originals and the roster besides: it is for keepers, not for recipients.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from witnessmark.case.archive import ABOUT as BACKUP_JSON
from witnessmark.case.archive import BACKUP_FORMAT, BLOCK, INSIDE, About, is_case_file, open_archive
from witnessmark.case.backing_up import back_up
from witnessmark.case.bagging import (
    PAYLOAD,
    Sums,
    check_bag,
    check_with_library,
    make_bag,
    survey_folder,
)
from witnessmark.case.package_kind import ABOUT_BACKUP
from witnessmark.case.telling import Tell
from witnessmark.case.verifying import verify_case
from witnessmark.durable import sync_folder
from witnessmark.errors import CaseError, CustodyError, StorageError, UsageError
from witnessmark.ledger.untrusted import FOLDER, kind_of, open_plain, shown
from witnessmark.model.verdict import Check, Verdict

CASE_INSIDE = f"{PAYLOAD}{INSIDE}"
_ABOUT_LIMIT = 64 * 1024


class Bagged(msgspec.Struct, frozen=True):
    """The bag made: where, how many files of the case it holds, and their bytes."""

    out: str
    files: int
    bytes: int


def bag_whole(root: Path, out: Path, *, tell: Tell = lambda _: None, announce: Tell = lambda _: None) -> Bagged:
    """Write the whole case at `root` as a bag to `out`, which must not exist yet. Needs room for it twice while it works.

    Raises like `back_up`, and UsageError where something is at `out`; with nothing left there.
    """
    if out.exists() or out.is_symlink():
        raise UsageError(f"{out} exists already. Choose a name that does not; nothing is ever overwritten.")
    draft, packed = (out.with_name(f".{out.name}.{os.getpid()}.{ending}") for ending in ("bagging", "zip"))
    try:
        made = back_up(root, packed, tell=tell, announce=announce)
        with open_archive(packed) as archive:
            for name in archive.sums:
                path = draft / INSIDE / name
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("xb") as file:
                    for block in archive.blocks(name):
                        file.write(block)
                    file.flush()
                    os.fsync(file.fileno())
            (draft / BACKUP_JSON).write_bytes(msgspec.json.encode(archive.about) + b"\n")
            info = {"Bagging-Date": archive.about.made_at[:10], "Bag-Software-Agent": archive.about.program}
        draft.chmod(0o700)
        make_bag(draft, {}, info)
        for folder in [draft, *(path for path in draft.rglob("*") if path.is_dir())]:
            sync_folder(folder)
        draft.rename(out)
        sync_folder(out.parent)
    except OSError as error:
        raise StorageError(
            f"{out} cannot be written: {error.strerror or error}. Free some space there, or choose another place."
        ) from error
    finally:
        packed.unlink(missing_ok=True)
        shutil.rmtree(draft, ignore_errors=True)
    return Bagged(str(out), made.files, made.bytes)


def check_whole(root: Path, *, tell: Tell = lambda _: None) -> Iterator[Check]:
    """Check the bag of a whole case: its files against the manifests, then the case inside as any case."""
    sums = Sums()
    faults = list(survey_folder(root, {}, sums, most_bytes=None))
    yield from faults
    yield from check_bag(root, sums)
    if faults:
        yield Check(
            "the bag", Verdict.NOT_CHECKED, "It holds what no bag holds, so neither the library nor the case's own checks were let near it."
        )
        return
    yield check_with_library(root)
    if kind_of(root / CASE_INSIDE.rstrip("/")) != FOLDER:
        yield Check(CASE_INSIDE, Verdict.FAIL, "There is no case in it.")
        return
    for check in verify_case(root / CASE_INSIDE.rstrip("/"), tell=tell):
        yield msgspec.structs.replace(check, subject=f"{CASE_INSIDE}{check.subject}")


class BaggedCase:
    """The bag of a whole case, opened to restore it; as `archive.Archive` to whoever unpacks it."""

    def __init__(self, path: Path) -> None:
        """Raises CaseError where it is none, CustodyError where anything in it is not what was bagged."""
        self.path = path
        sums = Sums()
        checks = [*survey_folder(path, {}, sums, most_bytes=None), *check_bag(path, sums)]
        wrong = next((check for check in checks if check.verdict is not Verdict.PASS), None)
        if wrong is not None:
            raise CustodyError(f"{path} is not what was bagged, so nothing was restored: {wrong.subject}: {wrong.detail}")
        self.about = self._read_about()
        names = [name.removeprefix(CASE_INSIDE) for name in sums.sha256 if name.startswith(CASE_INSIDE)]
        odd = next((name for name in names if not is_case_file(name)), None)
        if odd is not None or "case.toml" not in names:
            raise CustodyError(
                f"{path} is refused: {shown(odd or 'case.toml')!r} is {'no file of a case' if odd else 'missing'}. Nothing was restored."
            )
        self.sums = {name: sums.sha256[CASE_INSIDE + name] for name in names}
        self._sizes = {name: sums.size[CASE_INSIDE + name] for name in names}
        self.bytes = sum(self._sizes.values())

    def size(self, name: str) -> int:
        """How many bytes a file of the case has."""
        return self._sizes[name]

    def blocks(self, name: str) -> Iterator[bytes]:
        """The bytes of a file of the case, a block at a time. Raises CustodyError where they are not those that were checked."""
        digest = hashlib.sha256()
        with open_plain(self.path, CASE_INSIDE + name) as source:
            while block := source.read(BLOCK):
                digest.update(block)
                yield block
        if digest.hexdigest() != self.sums[name]:
            raise CustodyError(f"{shown(name)} in {self.path} is not what was bagged: its sha256 is now {digest.hexdigest()}.")

    def _read_about(self) -> About:
        try:
            with open_plain(self.path, ABOUT_BACKUP) as file:
                about = msgspec.json.decode(file.read(_ABOUT_LIMIT), type=About)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise CaseError(f"{self.path} is no bag of a whole case: {shown(str(error))}.") from error
        if about.backup_format > BACKUP_FORMAT:
            raise CaseError(
                f"{self.path} is of form {about.backup_format}; this program knows {BACKUP_FORMAT}. Install a newer witnessmark to restore it."
            )
        return about


@contextmanager
def open_whole(path: Path) -> Iterator[BaggedCase]:
    """Open the bag of a whole case to restore it; raises like `BaggedCase`."""
    yield BaggedCase(path)
