"""An age file that a passphrase opens (https://c2sp.org/age, "scrypt recipient stanza"), with a work factor of our own choosing.

The age library tunes the work factor to how quick this machine is at the moment, and refuses to open a file that would take it too long: on an
old or busy laptop the right passphrase would then not open the case. Here the factor is fixed, and what is written opens with `age -d`, too.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

LOG_N = 18
"""scrypt with N = 2^18, r = 8, p = 1: 256 MiB of memory and about a second for each guess."""

RANDOM_LOG_N = 10
"""Enough for a secret of 256 random bits, which nobody guesses."""

_MOST_LOG_N = 22
_CHUNK = 64 * 1024
_HEADER = re.compile(
    rb"age-encryption\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n([A-Za-z0-9+/]{43})\n--- ([A-Za-z0-9+/]{43})\n", re.DOTALL
)


class WrongPassphraseError(Exception):
    """The file is whole as far as can be told, and this is not its passphrase."""


class DamagedError(Exception):
    """The file is not what was written."""


def seal_with(passphrase: str, content: bytes, *, log_n: int = LOG_N) -> bytes:
    """`content` (at most 64 KiB) as an age file that the passphrase opens."""
    if len(content) > _CHUNK:
        raise ValueError("more than one chunk")
    file_key, salt, nonce = secrets.token_bytes(16), secrets.token_bytes(16), secrets.token_bytes(16)
    wrapped = ChaCha20Poly1305(_stretched(passphrase, salt, log_n)).encrypt(bytes(12), file_key, None)
    head = b"age-encryption.org/v1\n-> scrypt %s %d\n%s\n---" % (_text(salt), log_n, _text(wrapped))
    body = ChaCha20Poly1305(_derived(file_key, nonce, b"payload")).encrypt(_LAST_CHUNK, content, None)
    return head + b" " + _text(_mac(file_key, head)) + b"\n" + nonce + body


def open_with(passphrase: str, sealed: bytes) -> bytes:
    """What was sealed. Raises WrongPassphraseError, DamagedError."""
    found = _HEADER.match(sealed)
    if found is None or int(found[2]) > _MOST_LOG_N:
        raise DamagedError
    salt, wrapped, mac = (_bytes(found[group]) for group in (1, 3, 4))
    try:
        file_key = ChaCha20Poly1305(_stretched(passphrase, salt, int(found[2]))).decrypt(bytes(12), wrapped, None)
    except InvalidTag as error:
        raise WrongPassphraseError from error
    head, rest = sealed[: found.start(4) - 1], sealed[found.end() :]
    if not hmac.compare_digest(_mac(file_key, head), mac):
        raise DamagedError
    try:
        return ChaCha20Poly1305(_derived(file_key, rest[:16], b"payload")).decrypt(_LAST_CHUNK, rest[16:], None)
    except (InvalidTag, ValueError) as error:
        raise DamagedError from error


_LAST_CHUNK = bytes(11) + b"\x01"
"""The nonce of chunk 0 where it is the last one: a counter of 11 bytes and a flag."""


def _stretched(passphrase: str, salt: bytes, log_n: int) -> bytes:
    return Scrypt(salt=b"age-encryption.org/v1/scrypt" + salt, length=32, n=2**log_n, r=8, p=1).derive(passphrase.encode())


def _derived(file_key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(file_key)


def _mac(file_key: bytes, head: bytes) -> bytes:
    return hmac.new(_derived(file_key, b"", b"header"), head, hashlib.sha256).digest()


def _text(value: bytes) -> bytes:
    return base64.b64encode(value).rstrip(b"=")


def _bytes(text: bytes) -> bytes:
    """The bytes of unpadded base64. Raises DamagedError where the bits that say nothing are not zero, as age demands: they could be altered unseen."""
    value = base64.b64decode(text + b"=" * (-len(text) % 4))
    if _text(value) != text:
        raise DamagedError
    return value
