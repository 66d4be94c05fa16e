"""Sealed fields: words encrypted with age to a recipient whose key is kept outside the case.

What is stored is an age file in base64. The case can seal with the public recipient alone; opening needs the key file, so a seized case gives up no name
that was sealed in it. The format is age's own (https://age-encryption.org/v1), so `age --decrypt -i KEY` opens it, too.
"""

from __future__ import annotations

import base64
import binascii
import os
from pathlib import Path

import pyrage

from witnessmark.errors import ProtectionError, UsageError


def new_key(path: Path) -> str:
    """Make a key, write it to `path` for this user alone, and return its public recipient. Raises UsageError where there is a file already."""
    identity = pyrage.x25519.Identity.generate()
    recipient = str(identity.to_public())
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise UsageError(f"{path} is there already. A key is never overwritten: what it sealed could not be opened again.") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}.") from error
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"# public key: {recipient}\n{identity}\n")
        file.flush()
        os.fsync(file.fileno())
    return recipient


def check_recipient(recipient: str) -> str:
    """The recipient where it is one. Raises UsageError."""
    try:
        return str(pyrage.x25519.Recipient.from_str(recipient.strip()))
    except pyrage.RecipientError:
        raise UsageError(
            f"{recipient[:80]!r} is no age recipient. It begins with age1, and stands in the second half of the key file's first line."
        ) from None


def seal(words: str, recipient: str) -> str:
    """The words encrypted to the recipient, base64."""
    return base64.b64encode(pyrage.encrypt(words.encode(), [pyrage.x25519.Recipient.from_str(recipient)])).decode()


def unseal(sealed: str, key: Path) -> str:
    """The words of a sealed field. Raises ProtectionError where the key is not the right one, UsageError where the file holds none."""
    try:
        words: bytes = pyrage.decrypt(base64.b64decode(sealed, validate=True), [_identity(key)])
        return words.decode()
    except (pyrage.DecryptError, binascii.Error, UnicodeDecodeError):
        raise ProtectionError(f"The key in {key} does not open this seal: it was made for another, or its record is damaged.") from None


def encrypt_file(content: bytes, recipient: str) -> bytes:
    """A whole file encrypted to an age recipient."""
    sealed: bytes = pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(check_recipient(recipient))])
    return sealed


def encrypt_with_passphrase(content: bytes, passphrase: str) -> bytes:
    """A whole file encrypted with a passphrase (scrypt)."""
    sealed: bytes = pyrage.passphrase.encrypt(content, passphrase)
    return sealed


def _identity(key: Path) -> pyrage.x25519.Identity:
    try:
        lines = key.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The key file {key} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    secret = next((line.strip() for line in lines if line.startswith("AGE-SECRET-KEY-")), None)
    if secret is None:
        raise UsageError(f"{key} holds no age key: a line that begins with AGE-SECRET-KEY-.")
    try:
        return pyrage.x25519.Identity.from_str(secret)
    except pyrage.IdentityError:
        raise UsageError(f"The key in {key} is damaged.") from None
