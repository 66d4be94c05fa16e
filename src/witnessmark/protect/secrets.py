"""A secret to search outputs for, and the bytes it could hide as: encodings, hexadecimal, base64, hashes.

A person's name is looked for as text in any spelling (`spellings`) and as bytes in the forms listed here.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections.abc import Iterator

import msgspec

from witnessmark.protect.spellings import SHORTEST_INSIDE, Wanted

_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1252", "cp1256", "iso8859-6", "mac_roman")
_HASHES = ("md5", "sha1", "sha256", "sha512", "blake2b")
_DIGEST = re.compile(r"[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}|[0-9a-fA-F]{128}")
_FEWEST_ENCODED = 6
"""Characters of base64 or hexadecimal below which a match would be chance. Shorter secrets are found where what is encoded gets decoded."""
_FEWEST_BYTES = 4


class Secret(msgspec.Struct, frozen=True):
    """What must not get out: `what` names it in messages ("name of I3's witness"), which never show `value`."""

    what: str
    value: str | bytes


class Needle(msgspec.Struct, frozen=True):
    """Bytes to look for, and the form of the secret they are. `folded`: to be looked for in bytes whose ASCII is in lower case."""

    form: str
    content: bytes
    folded: bool = False


class Sought(msgspec.Struct, frozen=True):
    """A secret prepared for the search; `wanted`, and `seen` for text read by OCR, are None where it is bytes and no text."""

    secret: Secret
    needles: tuple[Needle, ...]
    wanted: Wanted | None
    seen: Wanted | None


def sought(secret: Secret) -> Sought:
    """Prepare a secret. One without a letter, digit or byte is found nowhere."""
    needles = {needle.content: needle for needle in reversed(list(_needles(secret.value))) if len(needle.content) >= _FEWEST_BYTES}
    if isinstance(secret.value, bytes):
        return Sought(secret, tuple(needles.values()), None, None)
    return Sought(secret, tuple(needles.values()), Wanted(secret.value), Wanted(secret.value, seen=True))


def _needles(value: str | bytes) -> Iterator[Needle]:
    if isinstance(value, bytes):
        yield Needle("as it is", value)
        yield from _encoded("", value)
        yield from _hashed(value)
        return
    if _DIGEST.fullmatch(value):
        yield Needle("as the bytes of the hash", bytes.fromhex(value))
        yield from _in_base64("of the hash", bytes.fromhex(value))
        yield from _text_needles(value.lower())
        return  # it has one spelling, and nobody hides the hash of a hash
    for spelling in _spellings(value):
        yield from _text_needles(spelling)
        yield from _hashed(spelling.encode())


def _spellings(value: str) -> list[str]:
    cased = (value, value.lower(), value.upper(), value.title(), value.casefold())
    return list(dict.fromkeys(unicodedata.normalize(form, one) for one in cased for form in ("NFC", "NFD")))


def _text_needles(spelling: str) -> Iterator[Needle]:
    for encoding in _ENCODINGS:
        try:
            content = spelling.encode(encoding)
        except UnicodeEncodeError:
            continue
        if len(spelling) >= SHORTEST_INSIDE:
            yield Needle(f"in {encoding}", content.lower(), folded=True)
        if encoding.startswith("utf"):
            yield from _encoded(f" of {encoding}", content)


def _encoded(of: str, content: bytes) -> Iterator[Needle]:
    if len(content) * 2 >= _FEWEST_ENCODED + 2:
        yield Needle(f"as hexadecimal{of}", content.hex().encode(), folded=True)
    yield from _in_base64(of.strip(), content)


def _in_base64(of: str, content: bytes) -> Iterator[Needle]:
    """The characters that stand for `content` wherever it lies in what was encoded: three alignments, each without the ends it shares."""
    for shift in range(3):
        text = base64.b64encode(b"\0" * shift + content)
        first = -(-shift * 8 // 6)
        last = (shift + len(content)) * 8 // 6
        inner = text[first:last]
        if len(inner) >= _FEWEST_ENCODED:
            yield Needle(f"as base64 {of}".rstrip(), inner)
            yield Needle(f"as base64url {of}".rstrip(), inner.translate(bytes.maketrans(b"+/", b"-_")))


def _hashed(content: bytes) -> Iterator[Needle]:
    for name in _HASHES:
        digest = hashlib.new(name, content, usedforsecurity=False).digest()
        yield Needle(f"as its {name}", digest.hex().encode(), folded=True)
        yield Needle(f"as the bytes of its {name}", digest)
        yield from _in_base64(f"of its {name}", digest)
