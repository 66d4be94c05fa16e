"""Recovery shares: an opener of the case whose secret is split, so that a number of people together open the case and fewer learn nothing.

Shamir's scheme over a prime just above 2^256 (library `shamirs`). The secret is 256 random bits that open `keys/recovery-<n>.age`. A share is a
page of text that can be printed and typed again, with a checksum that tells a slip of the pen from a share of another case.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
import secrets
from collections.abc import Sequence
from pathlib import Path

import msgspec

from witnessmark.case.access import access_once
from witnessmark.case.case import open_case
from witnessmark.case.folder import CaseFolder
from witnessmark.case.locking import change_openers, encrypted_case
from witnessmark.case.sealed_keys import RECOVERY, Keys, open_keys
from witnessmark.case.telling import typed
from witnessmark.errors import LockedError, StorageError, UsageError
from witnessmark.model.deed import RecoveryDrilled

PRIME = 2**256 + 297
"""The smallest prime above 2^256."""

MOST_SHARES = 99
_BYTES = 33
_GROUP = 5
_SHARE = re.compile(
    r"case ([0-9a-f]{32})\s+opener (recovery-[0-9]+)\s+share ([0-9]+) of ([0-9]+), any ([0-9]+) open the case\s+([A-Z2-7\s-]+?)\s+checksum ([0-9a-f]{8})"
)


class Share(msgspec.Struct, frozen=True):
    """One share: `index` from 1 of `shares`, of which `threshold` open `opener` of the case with the id `case`."""

    case: str
    opener: str
    index: int
    shares: int
    threshold: int
    value: int

    def text(self) -> str:
        """The page to print."""
        letters = base64.b32encode(self.value.to_bytes(_BYTES, "big")).decode().rstrip("=")
        groups = " ".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))
        about = f"case {self.case}\nopener {self.opener}\nshare {self.index} of {self.shares}, any {self.threshold} open the case\n"
        return (
            f"WITNESSMARK RECOVERY SHARE\n\n{about}\n{groups}\n\nchecksum {self.checksum()}\n\n"
            f"Keep it apart from the case and from the other shares. {self.threshold} people with a share each open the case together:\n"
            f"witnessmark recovery open CASE SHARE...\n"
        )

    def checksum(self) -> str:
        """Eight hex digits over all that a share says."""
        said = f"{self.case}|{self.opener}|{self.index}|{self.shares}|{self.threshold}|{self.value:x}"
        return hashlib.sha256(said.encode()).hexdigest()[:8]


class Drill(msgspec.Struct, frozen=True):
    """What a drill found: which opener, and how many shares were held together of how many needed."""

    opener: str
    given: int
    threshold: int


def split(root: Path, out: Path, *, shares: int, threshold: int, member: str | None = None) -> list[Path]:
    """Add a recovery opener to the unlocked case at `root` and write its shares to the new folder `out`. Raises UsageError, LockedError, StorageError."""
    import shamirs

    folder = encrypted_case(root)
    if not 2 <= threshold <= shares <= MOST_SHARES:
        raise UsageError(
            f"{threshold} of {shares} cannot be: at least 2 people are needed, at most {MOST_SHARES} have a share. Nothing was written."
        )
    if out.resolve().is_relative_to(root.resolve()):
        raise UsageError(f"{out} lies inside the case, and shares beside their lock protect nothing. Nothing was written.")
    secret = secrets.token_bytes(32)
    try:
        out.mkdir(mode=0o700)
    except OSError as error:
        raise StorageError(
            f"{out} cannot be made: {error.strerror or error}. Nothing was written; name a folder that does not exist."
        ) from error
    (opener,) = change_openers(root, add=[(RECOVERY, secret.hex())], member=member)
    parts = shamirs.shares(int.from_bytes(secret, "big"), shares, modulus=PRIME, threshold=threshold)
    pages = [Share(folder.settings().id, opener, part.index, shares, threshold, part.value) for part in parts]
    try:
        return [_written(out / f"share-{share.index}-of-{shares}.txt", share) for share in pages]
    except OSError as error:
        raise StorageError(
            f"{out} cannot be written: {error.strerror or error}. Delete what is in it, take the opener away again with "
            f"`witnessmark keys {typed(root)} --remove {opener}`, and split once more."
        ) from error


def _written(path: Path, share: Share) -> Path:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(share.text())
        file.flush()
        os.fsync(file.fileno())
    return path


def drill(root: Path, shares: Sequence[Path], *, member: str | None = None) -> Drill:
    """Check that shares open the case, which stays locked if it was, and put that on record. Raises LockedError, UsageError, StorageError."""
    folder = encrypted_case(root)
    read, keys = _open(folder, shares)
    with access_once(folder, keys) as access, open_case(root, write="recovery drill", member=member, access=access) as case:
        case.record([RecoveryDrilled(read[0].opener, len(read))])
    return Drill(read[0].opener, len(read), read[0].threshold)


def recovered_secret(root: Path, shares: Sequence[Path]) -> str:
    """The secret that shares give back, as `open_keys` takes it for a recovery opener. Raises UsageError, LockedError."""
    return _joined(encrypted_case(root), _read(shares))


def read_share(path: Path) -> Share:
    """The share in a file. Raises UsageError where there is none, or its checksum says that a character is wrong."""
    try:
        found = _SHARE.search(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The share {path} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    if found is None:
        raise UsageError(f"{path} is no recovery share. A share has the lines case, opener, share, its letters, and checksum.")
    case, opener, index, shares, threshold, letters, checksum = found.groups()
    bare = re.sub(r"[\s-]", "", letters)
    try:
        value = int.from_bytes(base64.b32decode(bare + "=" * (-len(bare) % 8)), "big")
    except binascii.Error as error:
        raise UsageError(f"{path}: letters are missing from the share. Compare it with the paper.") from error
    share = Share(case, opener, int(index), int(shares), int(threshold), value)
    if share.checksum() != checksum:
        raise UsageError(f"{path}: the checksum does not fit, so a character is wrong. Compare it with the paper.")
    return share


def _open(folder: CaseFolder, paths: Sequence[Path]) -> tuple[list[Share], Keys]:
    read = _read(paths)
    return read, open_keys(folder, RECOVERY, _joined(folder, read))[1]


def _read(paths: Sequence[Path]) -> list[Share]:
    return list({share.index: share for share in map(read_share, paths)}.values())


def _joined(folder: CaseFolder, read: Sequence[Share]) -> str:
    import shamirs

    first = read[0]
    if any((share.case, share.opener) != (first.case, first.opener) for share in read):
        raise UsageError("These shares are not of one set: their case or opener differs. Nothing was unlocked.")
    if first.case != folder.settings().id:
        raise UsageError(f"These are shares of another case (its id is {first.case}). Nothing was unlocked.")
    if len(read) < first.threshold:
        raise LockedError(
            f"{first.threshold} different shares are needed, and {len(read)} was given. Nothing was unlocked."
            if len(read) == 1
            else f"{first.threshold} different shares are needed, and {len(read)} were given. Nothing was unlocked."
        )
    number: int = shamirs.interpolate([shamirs.share(share.index, share.value, PRIME) for share in read[: first.threshold]])
    if number >= 2**256:
        raise LockedError("These shares do not fit together. Nothing was unlocked.")
    return number.to_bytes(32, "big").hex()
