"""The last look before anything is handed out: whether a page holds a hash of what is not public, or a name that must not be there.

It searches the finished bytes, so that no section, template or style sheet can forget. Hashes are sought in every form people write them: hex in either case, in
whole or by a beginning, base64 and base32. Names are sought in the words a reader sees, with tags taken out.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import IO

import msgspec

from witnessmark.text.masking import COVER, Mask

SHORTEST = 10
"""Hex digits, or characters of base64 or base32, from which a piece of a hash is taken for that hash: by chance one in 10^12, 10^15 or 10^18, for each thing held."""

_BLOCK = 256 * 1024
_RUN = re.compile(rb"[0-9a-fA-F]{10,}|[A-Za-z0-9+/_-]{10,}={0,2}")
_TEXT_RUN = re.compile(_RUN.pattern.decode())
_TAG = re.compile(r"<[^>]*>")


class Digests(msgspec.Struct, frozen=True):
    """The digests of one original, each as bytes."""

    sha256: bytes
    sha1: bytes
    md5: bytes
    blake3: bytes
    sha512: bytes


class Betrayal(msgspec.Struct, frozen=True):
    """What a page gives away: `what` in words, never the thing itself."""

    page: str
    what: str


class HashCover:
    """Covers whatever run of hex or base64 holds a digest, or the beginning of one: the text of a document may quote the hash of another."""

    def __init__(self, secrets: Iterable[Digests]) -> None:
        """The digests that must not be seen."""
        self._beginnings = set(_beginnings(secrets))

    def cover(self, text: str) -> str:
        """`text` with each such run covered whole; its length does not change."""
        return _TEXT_RUN.sub(self._covered, text) if self._beginnings else text

    def _covered(self, run: re.Match[str]) -> str:
        return COVER * len(run.group()) if _holds(run.group().encode(), self._beginnings) else run.group()


def digests_of(original: IO[bytes]) -> Digests:
    """All digests by which somebody else may know a file."""
    from blake3 import blake3

    hashes = (hashlib.sha256(), hashlib.sha1(usedforsecurity=False), hashlib.md5(usedforsecurity=False), blake3(), hashlib.sha512())
    while block := original.read(_BLOCK):
        for each in hashes:
            each.update(block)
    return Digests(*(each.digest() for each in hashes))


def betrayals(pages: Mapping[str, bytes], secrets: Iterable[Digests], names: Mask) -> Iterator[Betrayal]:
    """What the pages, or their names, give away."""
    beginnings = set(_beginnings(secrets))
    for page, content in pages.items():
        if any(_holds(run.group(), beginnings) for part in (page.encode(), content) for run in _RUN.finditer(part)):
            yield Betrayal(page, "a hash of an original that is not public")
        if names and any(names.spans(words) for words in (page, *_words(content))):
            yield Betrayal(page, "a name that must not be published")


def _beginnings(secrets: Iterable[Digests]) -> Iterator[bytes]:
    for digests in secrets:
        for name in Digests.__struct_fields__:
            digest: bytes = getattr(digests, name)
            yield digest.hex()[:SHORTEST].encode()
            for encode in (base64.b64encode, base64.urlsafe_b64encode):
                yield b"=" + encode(digest)[:SHORTEST]
            told = base64.b32encode(digest)[:SHORTEST]  # as web archives write them
            yield from (b"=" + told, b"=" + told.lower())


def _holds(run: bytes, beginnings: set[bytes]) -> bool:
    low = run.lower()
    return any(
        low[at : at + SHORTEST] in beginnings or b"=" + run[at : at + SHORTEST] in beginnings for at in range(len(run) - SHORTEST + 1)
    )


def _words(content: bytes) -> Iterator[str]:
    """The words of a page as a reader sees them, and as they stand in its source."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return
    yield html.unescape(text)
    yield html.unescape(_TAG.sub("", text))
