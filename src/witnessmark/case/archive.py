"""The form of a backup, and opening one that may have been made by somebody else.

A backup is one ZIP whose members are stored as they are, not compressed: `backup.json` says what it is, `case/...` are the
files of the case, `SHA256SUMS` comes last and is what `sha256sum -c` reads. Since nothing is compressed, nothing can unfold into more than is
there; every name is held against a narrow form before any byte is written; and the members have to be those that the sums
name, no more and no fewer. The argument for this form stands in docs/decisions/0014-backup.md.
"""

from __future__ import annotations

import hashlib
import re
import stat
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

import msgspec

from witnessmark.errors import CaseError, CustodyError
from witnessmark.ledger.untrusted import FILE, kind_of, shown
from witnessmark.model.verdict import Check, Verdict
from witnessmark.model.view import LogHead

BACKUP_FORMAT = 1
"""The form of the archive; the format of the case inside is told apart from it."""

ABOUT, SUMS, INSIDE = "backup.json", "SHA256SUMS", "case/"
BLOCK = 1024 * 1024

_ABOUT_LIMIT = 64 * 1024
_NAME_LIMIT = 200
"""Every name this program gives a file of a case is shorter than 90 characters."""

_SUM = re.compile(r"([0-9a-f]{64})  (\S+)")
_PART = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?<!\.)")
_TOPS = (
    "case.toml",
    "members.db",
    "members.db-journal",
    "ledger/",
    "records/",
    "keys/",
    "vault/",
    "dossier/",
    "dossier.new/",
    "dossier.old/",
)

_END, _END_64, _LOCATOR_BYTES = struct.Struct("<4s4H2LH"), struct.Struct("<4sQ2H2L4Q"), 20
"""The records that end a ZIP (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.14 to 4.3.16)."""

_DIRECTORY_LIMIT = 256 * 1024 * 1024
"""Room for the entries of two million originals."""

_UNREADABLE = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OverflowError, LookupError, struct.error)
"""What the standard library raises over a ZIP that is damaged, or made to confuse it."""


class About(msgspec.Struct, frozen=True):
    """What `backup.json` says. `files` and `bytes` count the files of the case; `heads` are those of its logs at that moment."""

    backup_format: int
    made_at: str
    program: str
    title: str
    case_format: int
    files: int
    bytes: int
    heads: tuple[LogHead, ...]


class Archive:
    """An opened backup whose list of members was found to be in order. Get one from `open_archive`."""

    def __init__(self, path: Path, packed: zipfile.ZipFile) -> None:
        """Raises CustodyError where a member is not what a backup holds, or the sums name others."""
        self.path = path
        self._packed = packed
        self._members = _members(path, packed)
        self.about = self._read_about()
        self.sums = self._read_sums()
        self.bytes = sum(self._members[INSIDE + name].file_size for name in self.sums)

    def blocks(self, name: str) -> Iterator[bytes]:
        """The bytes of a file of the case, a block at a time. Raises CustodyError where they are not those of the sums."""
        digest = hashlib.sha256()
        for block in self._blocks(INSIDE + name):
            digest.update(block)
            yield block
        if digest.hexdigest() != self.sums[name]:
            raise CustodyError(f"{shown(name)} in {self.path} is not what was backed up: its sha256 is now {digest.hexdigest()}.")

    def size(self, name: str) -> int:
        """How many bytes a file of the case has."""
        return self._members[INSIDE + name].file_size

    def check(self, name: str) -> Check:
        """Whether a file of the case still has its sha256, and an original the one it is named for."""
        try:
            for _ in self.blocks(name):
                pass
        except CustodyError as error:
            return Check(f"{INSIDE}{name}", Verdict.FAIL, str(error))
        return Check(f"{INSIDE}{name}", Verdict.PASS, f"{self.size(name)} bytes with the sha256 of the sums.")

    def _blocks(self, member: str) -> Iterator[bytes]:
        try:
            with self._packed.open(self._members[member]) as source:
                while block := source.read(BLOCK):
                    yield block
        except _UNREADABLE as error:
            raise CustodyError(f"{shown(member)} in {self.path} is damaged: {shown(str(error))}.") from error

    def _read_about(self) -> About:
        if self._members[ABOUT].file_size > _ABOUT_LIMIT:
            raise CustodyError(f"{ABOUT} in {self.path} is longer than any that this program writes.")
        content = b"".join(self._blocks(ABOUT))
        try:
            about = msgspec.json.decode(content, type=About)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise CustodyError(f"{ABOUT} in {self.path} is damaged: {shown(str(error))}.") from error
        if about.backup_format > BACKUP_FORMAT:
            raise CaseError(
                f"{self.path} is a backup of form {about.backup_format}; this program knows {BACKUP_FORMAT}. Install a newer witnessmark to restore it."
            )
        return about

    def _read_sums(self) -> dict[str, str]:
        """The sha256 of each file of the case by its name; all members accounted for. Raises CustodyError."""
        if self._members[SUMS].file_size > len(self._members) * (_NAME_LIMIT + 67):
            raise CustodyError(f"{SUMS} in {self.path} is longer than its members account for.")
        try:
            lines = b"".join(self._blocks(SUMS)).decode("ascii").splitlines()
        except UnicodeDecodeError as error:
            raise CustodyError(f"{SUMS} in {self.path} is damaged: {shown(str(error))}.") from error
        matches = [_SUM.fullmatch(line) for line in lines]
        named = {match[2]: match[1] for match in matches if match}
        if len(named) != len(lines):
            raise CustodyError(f"{SUMS} in {self.path} has a line that is no sum, or names a file twice.")
        _refuse_difference(self.path, set(self._members) - {SUMS}, set(named))
        about = hashlib.sha256(b"".join(self._blocks(ABOUT))).hexdigest()
        if named.pop(ABOUT) != about:
            raise CustodyError(f"{ABOUT} in {self.path} is not what was backed up: its sha256 is now {about}.")
        return {name.removeprefix(INSIDE): sha256 for name, sha256 in named.items()}


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open a backup to read it. Raises CaseError where it is none or a newer one, CustodyError where it is damaged or hostile."""
    kind = kind_of(path.resolve())
    if kind is None:
        raise CaseError(f"There is no {path}.")
    if kind != FILE:
        raise CaseError(f"{path} is a {kind}, not a backup. A backup is the one file that `witnessmark backup CASE OUT` wrote.")
    with path.open("rb") as file:
        _refuse_directory(path, file)
        try:
            packed = zipfile.ZipFile(file)
        except _UNREADABLE as error:
            raise CaseError(f"{path} is no backup, or one that was cut off or damaged ({shown(str(error))}).") from error
        with packed:
            yield Archive(path, packed)


def _refuse_directory(path: Path, file: IO[bytes]) -> None:
    """Refuse a list of members too long to be read whole, which is how the standard library reads it, before it does.

    The list's length stands in the last 22 bytes or, in a ZIP64, 76 bytes before them; a comment behind them, which no backup has, would leave in doubt where.
    """
    file.seek(max(0, path.stat().st_size - _END.size - _LOCATOR_BYTES - _END_64.size))
    tail = file.read()
    file.seek(0)
    if len(tail) < _END.size or not tail[-_END.size :].startswith(b"PK\x05\x06") or not tail.endswith(b"\0\0"):
        raise CaseError(f"{path} is no backup, or one that was cut off or damaged.")
    length = _END.unpack(tail[-_END.size :])[5]
    if tail.startswith(b"PK\x06\x06") and len(tail) == _END.size + _LOCATOR_BYTES + _END_64.size:
        length = max(length if length != 0xFFFFFFFF else 0, _END_64.unpack(tail[: _END_64.size])[8])
    if length > _DIRECTORY_LIMIT:
        raise CustodyError(f"{path} is refused: its list of members has {length:,} bytes, more than any case needs. Nothing was restored.")


def is_case_file(name: str) -> bool:
    """Whether a backup may hold a file of the case under this name."""
    parts = name.split("/")
    in_place = name in _TOPS or any(top.endswith("/") and name.startswith(top) for top in _TOPS)
    return in_place and len(name) <= _NAME_LIMIT and all(_PART.fullmatch(part) for part in parts)


def _members(path: Path, packed: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    members: dict[str, zipfile.ZipInfo] = {}
    seen: set[str] = set()
    for info in packed.infolist():
        fault = _fault_of(info)
        if fault is None and info.filename.casefold() in seen:
            fault = "is there twice"
        if fault:
            raise CustodyError(f"{path} is refused: its member {shown(info.orig_filename)[:_NAME_LIMIT]!r} {fault}. Nothing was restored.")
        seen.add(info.filename.casefold())
        members[info.filename] = info
    _refuse_files_as_folders(path, seen)
    missing = [name for name in (ABOUT, SUMS, f"{INSIDE}case.toml") if name not in members]
    if missing:
        raise CaseError(f"{path} is no backup of a case: it has no {missing[0]}.")
    if sum(info.file_size for info in members.values()) > path.stat().st_size:
        raise CustodyError(f"{path} is refused: its members claim more bytes than it has. Nothing was restored.")
    return members


def _refuse_files_as_folders(path: Path, names: set[str]) -> None:
    for name in sorted(names):
        above = next((folder for folder in map(str, PurePosixPath(name).parents) if folder in names), None)
        if above:
            raise CustodyError(
                f"{path} is refused: its member {shown(above)[:_NAME_LIMIT]!r} is a file where {shown(name)[:_NAME_LIMIT]!r} needs a folder. Nothing was restored."
            )


def _fault_of(info: zipfile.ZipInfo) -> str | None:
    """What is wrong with a member by its entry alone, None where nothing is."""
    name = info.orig_filename
    if name not in {ABOUT, SUMS} and not (name.startswith(INSIDE) and is_case_file(name.removeprefix(INSIDE))):
        return "is no name of a file of a case"
    if stat.S_IFMT(info.external_attr >> 16) not in {0, stat.S_IFREG}:
        return "is a link or a device, not a file"
    if info.flag_bits & 0x1:
        return "is encrypted, which no backup is"
    if info.compress_type != zipfile.ZIP_STORED or info.compress_size != info.file_size:
        return "is compressed, which nothing in a backup is"
    return None


def _refuse_difference(path: Path, members: set[str], named: set[str]) -> None:
    for names, fault in ((members - named, "is not named in its SHA256SUMS"), (named - members, "is missing")):
        if names:
            raise CustodyError(f"{path} is refused: {shown(min(names))[:_NAME_LIMIT]!r} {fault}. Nothing was restored.")
