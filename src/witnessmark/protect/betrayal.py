"""Hashes that betray a holding: the digests of an original, and every form in which people write one: hex in either case, in whole or by a beginning, base64 and base32."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import IO

import msgspec

from witnessmark.text.masking import COVER

SHORTEST = 10
"""Hex digits, or characters of base32 or base64, from which a piece of a hash is taken for that hash: by chance one in 10^12, 10^15 or 10^18, for each thing held."""

_BLOCK = 256 * 1024
RUN = re.compile(rb"[0-9a-fA-F]{10,}|[A-Za-z0-9+/_-]{10,}={0,2}")
_TEXT_RUN = re.compile(RUN.pattern.decode())


class Digests(msgspec.Struct, frozen=True):
    """The digests of one original, each as bytes."""

    sha256: bytes
    sha1: bytes
    md5: bytes
    blake3: bytes
    sha512: bytes


class HashCover:
    """Covers whatever run of hex or base64 holds a digest, or the beginning of one: the text of a document may quote the hash of another."""

    def __init__(self, secrets: Iterable[Digests]) -> None:
        """The digests that must not be seen."""
        self._beginnings = set(beginnings(all_digests(secrets)))

    def cover(self, text: str) -> str:
        """`text` with each such run covered whole; its length does not change."""
        return _TEXT_RUN.sub(self._covered, text) if self._beginnings else text

    def _covered(self, run: re.Match[str]) -> str:
        return COVER * len(run.group()) if holds(run.group().encode(), self._beginnings) else run.group()


def digests_of(original: IO[bytes]) -> Digests:
    """All digests by which somebody else may know a file."""
    from blake3 import blake3

    hashes = (hashlib.sha256(), hashlib.sha1(usedforsecurity=False), hashlib.md5(usedforsecurity=False), blake3(), hashlib.sha512())
    while block := original.read(_BLOCK):
        for each in hashes:
            each.update(block)
    return Digests(*(each.digest() for each in hashes))


def all_digests(secrets: Iterable[Digests]) -> Iterator[bytes]:
    """Each digest of each original."""
    return (getattr(digests, name) for digests in secrets for name in Digests.__struct_fields__)


def beginnings(digests: Iterable[bytes], length: int = SHORTEST) -> Iterator[bytes]:
    """By what each digest is known in a run of hex or, behind "=", of base64 or base32."""
    for digest in digests:
        yield digest.hex()[:length].encode()
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield b"=" + encode(digest)[:length]
        told = base64.b32encode(digest)[:length]  # as web archives write them
        yield from (b"=" + told, b"=" + told.lower())


def holds(run: bytes, known: set[bytes], length: int = SHORTEST) -> bool:
    """Whether a run holds what one of the digests begins with."""
    low = run.lower()
    return any(low[at : at + length] in known or b"=" + run[at : at + length] in known for at in range(len(run) - length + 1))
