"""Ways to break a file: by bytes, by the lengths and words its format knows, and from inside what is packed in it."""

from __future__ import annotations

import contextlib
import gzip
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

TOKENS: tuple[bytes, ...] = (
    *(
        b"%PDF-1.7",
        b"endobj",
        b"stream",
        b"endstream",
        b"xref",
        b"trailer",
        b"startxref",
        b"/Kids [1 0 R]",
        b"/Parent 1 0 R",
        b"/Count 99999999",
    ),
    *(
        b"/MediaBox [0 0 99999999 99999999]",
        b"/Length -1",
        b"/Filter [/FlateDecode /FlateDecode]",
        b"/ObjStm",
        b"/JS (app.alert(1))",
        b"/JBIG2Decode",
    ),
    *(
        b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
        b"&x;",
        b"<!ENTITY % p SYSTEM 'http://127.0.0.1:9/'>%p;",
        b"<![CDATA[",
        b"]]>",
    ),
    *(
        b"<div>" * 50,
        b"</div>",
        b"<table><tr><td>",
        b"<w:p>",
        b"<w:tbl>",
        b"<c r='XFD1048576'>",
        b"<dimension ref='A1:XFD1048576'/>",
        b"<!--",
        b"-->",
    ),
    *(
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n",
        b"--b--\r\n",
        b"Content-Transfer-Encoding: base64\r\n",
        b"=?utf-8?q?=",
        b"charset=utf-7",
    ),
    *(
        b"filename*0*=",
        b"IHDR",
        b"IDAT",
        b"IEND",
        b"acTL",
        b"zTXt",
        b"\xff\xd9",
        b"\xff\xda",
        b"II*\0",
        b"RIFF",
        b"PK\x01\x02",
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"moov",
        b"mdat",
        b"OggS",
        b"WARC/1.0\r\n",
        b"Content-Length: 99999999999\r\n",
        b"ustar\x0000",
    ),
    *(
        b'"',
        b'""',
        b"\r",
        b"\n",
        b"\t",
        b";",
        b"\0",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        "\u202e\u2066".encode(),
    ),
    *(
        b"-1",
        b"0",
        b"4294967295",
        b"1e999",
        b"99999999999999999999",
        b"NaN",
        b"%s%n",
        b"../../etc/passwd",
        b"Date: 99 Foo 99999 99:99:99 +9999",
    ),
)
_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)

Change = Callable[[bytearray, random.Random, bytes], None]


def mutated(content: bytes, other: bytes, chance: random.Random) -> bytes:
    """`content` broken in one to six ways, or by a part of `other`; an archive, a PNG and what is gzipped mostly from inside, so that their sums still hold."""
    if content.startswith(b"PK") and chance.random() < 0.7:
        with contextlib.suppress(zipfile.BadZipFile, ValueError):
            return _inside_zip(content, other, chance)
    if content.startswith(b"\x89PNG") and chance.random() < 0.5:
        return _inside_png(content, other, chance)
    if content.startswith(b"\x1f\x8b") and chance.random() < 0.5:
        with contextlib.suppress(OSError, EOFError, zlib.error):
            return gzip.compress(_broken(gzip.decompress(content), other, chance), 1, mtime=0)
    return _broken(content, other, chance)


def _broken(content: bytes, other: bytes, chance: random.Random) -> bytes:
    body = bytearray(content)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        chance.choice(_CHANGES)(body, chance, other)
    return bytes(body)


def _flip(body: bytearray, chance: random.Random, _: bytes) -> None:
    for _index in range(chance.choice((1, 1, 4, 32)) if body else 0):
        body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)


def _overwrite(body: bytearray, chance: random.Random, _: bytes) -> None:
    if body:
        start = chance.randrange(len(body))
        length = min(chance.choice((1, 4, 40)), len(body) - start)
        body[start : start + length] = chance.choice((b"\0", b"\xff", b"A", b"9", b"\x80")) * length


def _truncate(body: bytearray, chance: random.Random, _: bytes) -> None:
    del body[chance.randrange(len(body) + 1) :]


def _remove(body: bytearray, chance: random.Random, _: bytes) -> None:
    start = chance.randrange(len(body) + 1)
    del body[start : start + chance.choice((1, 8, 200))]


def _repeat(body: bytearray, chance: random.Random, _: bytes) -> None:
    start = chance.randrange(len(body) + 1)
    part = body[start : start + chance.choice((1, 16, 300))]
    body[start:start] = part * chance.choice((1, 20, 400))


def _splice(body: bytearray, chance: random.Random, other: bytes) -> None:
    if other:
        here, there = chance.randrange(len(body) + 1), chance.randrange(len(other))
        body[here : here + chance.choice((0, 100, 10_000))] = other[there : there + chance.choice((20, 500, 10_000))]


def _number(body: bytearray, chance: random.Random, _: bytes) -> None:
    """A length, count or offset of two or four bytes, either way round."""
    form = chance.choice((">H", "<H", ">I", "<I"))
    size = struct.calcsize(form)
    if len(body) >= size:
        start = chance.randrange(len(body) - size + 1)
        struct.pack_into(form, body, start, chance.choice(_NUMBERS) & (2 ** (8 * size) - 1))


def _digits(body: bytearray, chance: random.Random, _: bytes) -> None:
    """A number written in digits, as in PDF and mark-up."""
    places = [place for place, byte in enumerate(body) if 0x30 <= byte <= 0x39]
    if places:
        place = chance.choice(places)
        body[place : place + 1] = chance.choice((b"-1", b"0", b"99999999", b"2147483648", b"1e9", b"0.00000001"))


def _insert_token(body: bytearray, chance: random.Random, _: bytes) -> None:
    start = chance.randrange(len(body) + 1)
    body[start:start] = chance.choice(TOKENS) * chance.choice((1, 1, 1, 30, 1000))


_CHANGES: tuple[Change, ...] = (
    _flip,
    _flip,
    _overwrite,
    _truncate,
    _remove,
    _repeat,
    _splice,
    _number,
    _number,
    _digits,
    _insert_token,
    _insert_token,
)


def _inside_zip(content: bytes, other: bytes, chance: random.Random) -> bytes:
    """The archive packed anew with one member broken, so that its sums are right and the reader gets to see it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        names = [info.filename for info in source.infolist()]
        chosen = chance.choice(names)
        for name in names:
            body = source.read(name)
            target.writestr(name, _broken(body, other, chance) if name == chosen else body)
    return buffer.getvalue()


def _inside_png(content: bytes, other: bytes, chance: random.Random) -> bytes:
    """The picture with one chunk broken and its sum set right again."""
    chunks, place = [], 8
    while place + 12 <= len(content):
        (length,) = struct.unpack_from(">I", content, place)
        chunks.append((content[place + 4 : place + 8], content[place + 8 : place + 8 + length]))
        place += 12 + length
    chosen = chance.randrange(len(chunks))
    kind, body = chunks[chosen]
    chunks[chosen] = (kind, _broken(body, other, chance))
    return content[:8] + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
