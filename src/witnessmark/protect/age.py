"""Encrypting with age (https://age-encryption.org/v1): what lies on the disk of an encrypted case is an ordinary age file.

One X25519 identity for a case. Each file has a random key of its own, so that a file that was removed cannot be opened by anything
kept elsewhere in the case. Whole small things are sealed in memory; originals are streamed and never stand in memory whole.
"""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any, Protocol

import pyrage

from witnessmark.errors import CustodyError, UsageError

_BLOCK = 256 * 1024
_ALONE = 1024 * 1024
"""Bytes below which a thread of its own costs more than it saves."""

NOT_OURS = "It cannot be decrypted: it was altered, or encrypted to another key."


class _Source(Protocol):
    def read(self, size: int, /) -> bytes: ...


def new_identity() -> str:
    """A fresh identity in age's own form, `AGE-SECRET-KEY-1...`."""
    return str(pyrage.x25519.Identity.generate())


def recipient_of(identity: str) -> str:
    """The public half of an identity, `age1...`: it encrypts, and opens nothing. Raises UsageError where it is no identity."""
    return str(_identity(identity).to_public())


def sealed_to(recipient: str, content: bytes) -> bytes:
    """`content` so that only the owner of `recipient` (`age1...`) opens it. Raises UsageError where that is no recipient."""
    sealed: bytes = pyrage.encrypt(content, [_recipient(recipient)])
    return sealed


def encrypt_to(recipient: str, source: _Source, target: IO[bytes]) -> None:
    """Like `sealed_to`, a block at a time. Raises OSError from either end, UsageError."""
    _encrypt(source, target, _recipient(recipient))


class Age:
    """Seals and opens with one identity."""

    def __init__(self, identity: str) -> None:
        """Raises UsageError where `identity` is none."""
        self._secret = _identity(identity)
        self._recipient = self._secret.to_public()
        self.recipient = str(self._recipient)

    def seal(self, content: bytes) -> bytes:
        """`content` encrypted."""
        sealed: bytes = pyrage.encrypt(content, [self._recipient])
        return sealed

    def open(self, content: bytes) -> bytes:
        """What was sealed. Raises CustodyError where it was altered or is another key's."""
        try:
            clear: bytes = pyrage.decrypt(content, [self._secret])
        except pyrage.DecryptError as error:
            raise CustodyError(NOT_OURS) from error
        return clear

    def encrypt(self, source: _Source, target: IO[bytes]) -> None:
        """Encrypt all of `source` into `target`, a block at a time. Raises what reading and writing raise.

        A large source is read, and hashed by whoever reads it, in this thread while another encrypts.
        """
        first = b""
        while len(first) < _ALONE and (block := source.read(_ALONE - len(first))):
            first += block
        if len(first) < _ALONE:
            _encrypt(io.BytesIO(first), target, self._recipient)
        else:
            _encrypt_beside(first, source, target, self._recipient)

    def decrypt(self, source: _Source, target: IO[bytes]) -> None:
        """Decrypt all of `source` into `target`. Raises CustodyError where it was altered; what was written before that block is authentic."""
        ends = _Watched(source), _Watched(target)
        try:
            pyrage.decrypt_io(*ends, [self._secret])
        except (pyrage.DecryptError, OSError) as error:
            raise _failure_of(ends) or CustodyError(NOT_OURS) from error


class _Watched:
    """One end of a stream that keeps the error it raised: the age library hands on its words alone, and those of a damaged file look the same."""

    def __init__(self, end: _Source | IO[bytes]) -> None:
        self._end: Any = end
        self.failure: BaseException | None = None

    def read(self, size: int = -1, /) -> bytes:
        return bytes(self._tried(self._end.read, size))

    def write(self, block: bytes, /) -> int:
        return int(self._tried(self._end.write, block))

    def flush(self) -> None:
        self._tried(self._end.flush)

    def _tried(self, act: Callable[..., Any], *given: object) -> Any:  # noqa: ANN401 -- whatever that end gives
        try:
            return act(*given)
        except BaseException as error:
            self.failure = error
            raise


def _failure_of(ends: tuple[_Watched, _Watched]) -> BaseException | None:
    return next((end.failure for end in ends if end.failure is not None), None)


def _encrypt(source: _Source, target: IO[bytes], recipient: pyrage.x25519.Recipient) -> None:
    """Encrypt a stream. Raises what either end raised."""
    ends = _Watched(source), _Watched(target)
    try:
        pyrage.encrypt_io(*ends, [recipient])
    except (pyrage.EncryptError, OSError) as error:
        raise _failure_of(ends) or OSError(f"It could not be encrypted: {error}") from error


def _encrypt_beside(first: bytes, source: _Source, target: IO[bytes], recipient: pyrage.x25519.Recipient) -> None:
    reading, writing = os.pipe()
    failed: list[BaseException] = []

    def encrypt() -> None:
        try:
            with os.fdopen(reading, "rb", buffering=_BLOCK) as pipe:
                _encrypt(pipe, target, recipient)
        except BaseException as error:  # noqa: BLE001 -- raised again by the thread that waits
            failed.append(error)

    encrypting = threading.Thread(target=encrypt, name="encrypt", daemon=True)
    encrypting.start()
    try:
        with suppress(BrokenPipeError), os.fdopen(writing, "wb", buffering=0) as pipe:  # the other thread says why it stopped reading
            block = first
            while block:
                _write_all(pipe.fileno(), block)
                block = source.read(_BLOCK)
    finally:
        encrypting.join()
    if failed:
        raise failed[0]


def _write_all(descriptor: int, block: bytes) -> None:
    rest = memoryview(block)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _identity(text: str) -> pyrage.x25519.Identity:
    try:
        return pyrage.x25519.Identity.from_str(text.strip())
    except pyrage.IdentityError as error:
        raise UsageError("This is no age identity (it begins with AGE-SECRET-KEY-1).") from error


def _recipient(text: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError as error:
        raise UsageError(
            f"{text[:80]!r} is no age recipient: it begins with age1, and `witnessmark keys CASE` prints that of a case."
        ) from error
