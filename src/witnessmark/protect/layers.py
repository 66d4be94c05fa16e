"""What lies inside a file: its own bytes, and whatever is compressed, packed, encoded or embedded in them, layer by layer.

Formats are not parsed but carved: every zip member, gzip, bzip2 and xz stream, every zlib stream wherever it stands (PDF streams, PNG text),
every run of base64 and every embedded JPEG. So a thumbnail or a stream that no table of contents lists is found too.
"""

from __future__ import annotations

import base64
import bz2
import lzma
import re
import zlib
from collections.abc import Callable, Iterable, Iterator

import msgspec

MOST_BYTES = 256 * 2**20
"""The largest layer that is unpacked; what is cut off there is said."""
DEEPEST = 6
_MOST_LAYERS = 20_000

_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_GZIP = re.compile(rb"\x1f\x8b\x08")
_BZIP2 = re.compile(rb"BZh[1-9]1AY&SY")
_XZ = re.compile(rb"\xfd7zXZ\x00")
_ZIP_MEMBER = re.compile(rb"PK\x03\x04")
_JPEG = re.compile(rb"\xff\xd8\xff")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}(?:[\r\n]+ ?[A-Za-z0-9+/_-]{4,})*={0,2}")
_HEXADECIMAL = re.compile(rb"(?:[0-9A-Fa-f]{2}\s?){8,}")
_FEWEST_USEFUL = 4
_LONG_RUN = 1024
"""Bytes from which a decoded run is a layer of its own."""
_DEFLATED, _ENCRYPTED = 8, 1


class Layer(msgspec.Struct, frozen=True):
    """Bytes found in a file; `where` says by which way ("", "zip member at 0", "zip member at 0, zlib stream at 118"), by offset, since names may be secrets."""

    where: str
    content: bytes


class Unsearched(msgspec.Struct, frozen=True):
    """A part of a file that could not be looked into, and why."""

    file: str
    why: str


def layers_of(content: bytes, unsearched: Callable[[str], None]) -> Iterator[Layer]:
    """The content itself and all that can be unpacked from it. `unsearched` is told, in a sentence, of what could not."""
    waiting = [(Layer("", content), 0)]
    seen: set[bytes] = set()
    count = 0
    while waiting:
        layer, depth = waiting.pop()
        yield layer
        count += 1
        for name, inner in _inside(layer.content, unsearched):
            mark = zlib.crc32(inner).to_bytes(4, "big") + len(inner).to_bytes(8, "big")
            if len(inner) < _FEWEST_USEFUL or mark in seen or inner == layer.content:
                continue
            seen.add(mark)
            if depth >= DEEPEST or count + len(waiting) > _MOST_LAYERS:
                unsearched(
                    f"It is packed deeper than {DEEPEST} layers, or in more than {_MOST_LAYERS} parts; what is further inside was not searched."
                )
                return
            waiting.append((Layer(f"{layer.where}, {name}".removeprefix(", "), inner), depth + 1))


def _inside(content: bytes, unsearched: Callable[[str], None]) -> Iterator[tuple[str, bytes]]:
    yield from _zip_members(content, unsearched)
    for name, pattern, start in (
        ("zlib stream", _ZLIB, zlib.decompressobj),
        ("gzip stream", _GZIP, lambda: zlib.decompressobj(zlib.MAX_WBITS | 16)),
        ("bzip2 stream", _BZIP2, bz2.BZ2Decompressor),
        ("xz stream", _XZ, lzma.LZMADecompressor),
    ):
        for found in pattern.finditer(content):
            inner = _unpacked(start(), content, found.start(), unsearched)
            if inner:
                yield f"{name} at {found.start()}", inner
    yield from ((f"JPEG at {found.start()}", content[found.start() :]) for found in _JPEG.finditer(content) if found.start())
    yield from _encoded(content)


def _encoded(content: bytes) -> Iterator[tuple[str, bytes]]:
    yield from _by_length("base64", ((found.start(), _from_base64(found.group())) for found in _BASE64.finditer(content)))
    yield from _by_length(
        "hexadecimal", ((found.start(), bytes.fromhex(found.group().decode("ascii"))) for found in _HEXADECIMAL.finditer(content))
    )
    yield from _ascii85(content)


def _ascii85(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Streams that end in "~>"; they begin behind the word "stream", behind "<~", or where the one before ended."""
    begin = 0
    while (end := content.find(b"~>", begin)) >= 0:
        start = max(
            begin,
            *(content.rfind(mark, begin, end) + len(mark) for mark in (b"stream", b"<~") if content.rfind(mark, begin, end) >= 0),
            begin,
        )
        begin = end + 2
        try:
            yield f"ASCII85 at {start}", base64.a85decode(content[start:end].strip())
        except ValueError:
            continue


def _from_base64(run: bytes) -> bytes:
    digits = re.sub(rb"\s", b"", run).rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
    whole = digits[: len(digits) - (len(digits) % 4 == 1)]
    return base64.b64decode(whole + b"=" * (-len(whole) % 4))


def _by_length(name: str, decoded: Iterable[tuple[int, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Long runs, which may be files, one by one; short ones together: a page of hashes is thousands of them."""
    short = []
    for start, inner in decoded:
        if len(inner) < _LONG_RUN:
            short.append(inner)
        else:
            yield f"{name} at {start}", inner
    yield f"short runs of {name}", b"\n".join(short)


def _zip_members(content: bytes, unsearched: Callable[[str], None]) -> Iterator[tuple[str, bytes]]:
    """By their local headers, so that members no directory lists any more are found as well."""
    for found in _ZIP_MEMBER.finditer(content):
        head = content[found.start() : found.start() + 30]
        if len(head) < 30:
            continue
        flags, method = int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little")
        names, extra = int.from_bytes(head[26:28], "little"), int.from_bytes(head[28:30], "little")
        if flags & _ENCRYPTED:
            unsearched(f"The zip member at {found.start()} is encrypted.")
        elif method == _DEFLATED:
            yield (
                f"zip member at {found.start()}",
                _unpacked(zlib.decompressobj(-zlib.MAX_WBITS), content, found.start() + 30 + names + extra, unsearched),
            )
        elif method:
            unsearched(f"The zip member at {found.start()} is packed by method {method}, which is not unpacked here.")


def _unpacked(unpacker: object, content: bytes, start: int, unsearched: Callable[[str], None]) -> bytes:
    """What comes out from `start` until the stream ends or breaks; a broken stream gives what came before."""
    unpacked, place, step = bytearray(), start, 4096
    view = memoryview(content)
    while place < len(content) and not unpacker.eof:  # type: ignore[attr-defined]  # the three unpackers share no public type
        try:
            unpacked += unpacker.decompress(view[place : place + step], MOST_BYTES - len(unpacked) + 1)  # type: ignore[attr-defined]
        except (zlib.error, OSError, lzma.LZMAError, EOFError):
            break
        if len(unpacked) > MOST_BYTES:
            unsearched(f"It unpacks to more than {MOST_BYTES // 2**20} MiB; what comes after was not searched.")
            break
        place += step
        step = min(step * 2, 2**20)
    return bytes(unpacked)
