"""Keys that sign: that of the case, in `keys/` inside it, and those that people keep outside.

Reading and writing the case's key is here and nowhere else. A person's key belongs on another medium than the case: whoever holds the case can sign with
the case's own key, but not with that one.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from witnessmark.case.telling import typed
from witnessmark.durable import UNFINISHED, sync_folder
from witnessmark.errors import CustodyError, StorageError, UsageError
from witnessmark.ledger.notes import Kind, SigningKey, VerifierKey, new_key, parse_private, parse_verifier

KEYS = "keys"
"""The folder of a case's keys."""

SIGNING_KEY = f"{KEYS}/signing.key"
_FILE_LIMIT = 4096
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def case_key(root: Path) -> SigningKey | None:
    """The key with which the case at `root` signs, None where it has none yet. Raises CustodyError where the file holds no key."""
    try:
        return parse_private((root / SIGNING_KEY).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (UsageError, UnicodeDecodeError) as error:
        raise CustodyError(f"{root / SIGNING_KEY} is damaged: {error} Restore it from a copy of the case.") from error


def keep_case_key(root: Path, key: SigningKey) -> None:
    """Store the key with which the case at `root` signs, durably and for this user's eyes only. Raises OSError."""
    path = root / SIGNING_KEY
    path.parent.mkdir(mode=0o700, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}{UNFINISHED}")
    try:
        _write_new(temporary, key)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)
    sync_folder(root)


def make_key(path: Path) -> SigningKey:
    """Draw a person's own key into the new file `path`. Raises UsageError where something is there, StorageError."""
    key = new_key(f"w-{secrets.token_hex(8)}")
    try:
        _write_new(path, key)
        sync_folder(path.parent)
    except FileExistsError as error:
        raise UsageError(f"{path} exists already, and a key is never written over. Choose another name.") from error
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror or error}. No key was made.") from error
    return key


def read_key(path: Path) -> SigningKey:
    """A person's own key. Raises UsageError where the file holds none."""
    try:
        return parse_private(_content(path))
    except UsageError as error:
        new = "FILE" if path.exists() else typed(path)
        raise UsageError(
            f"{error if not path.is_file() else f'{path} is no signing key.'} Make one with: witnessmark key new {new}"
        ) from error


def trusted_key(given: str) -> VerifierKey:
    """A verifier key as somebody gave it: the line itself, or a file that holds the line or a signing key. Raises UsageError."""
    path = Path(given)
    if "+" in given and not path.is_file():
        return parse_verifier(given)
    content = _content(path)
    return parse_private(content).verifier(Kind.COSIGNATURE) if content.startswith("PRIVATE+") else parse_verifier(content)


def _content(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_FILE_LIMIT).decode().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read as a key: {getattr(error, 'strerror', None) or error}.") from error


def _write_new(path: Path, key: SigningKey) -> None:
    with os.fdopen(os.open(path, _NEW, 0o600), "wb") as file:
        file.write(key.line.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
