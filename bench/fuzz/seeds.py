"""One or more valid files of every kind that is read, made on the spot, about an invented place. The same bytes each time, but for dates that writers put in."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import struct
import tarfile
import zipfile
from collections.abc import Callable

TEXT = (
    "KORRIN, 15 May 2031 (Northern Wire) -- Guards at Korrin prison killed at least 40 detainees, envoy Ana Brecht said.\n\n"
    "The Tolvarian Foreign Ministry denied it. “Nothing of the kind took place,” it said on 16 May.\n"
)
ARABIC = "قال شهود إن الحراس قتلوا أربعين معتقلاً في سجن كورين يوم الخميس.\n"
PAGE = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Korrin</title><meta property='article:published_time' content='2031-05-15'>"
    '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2031-05-15","author":[{"name":"A. Brecht"}]}</script></head>'
    f"<body><nav>menu</nav><article><h1>Korrin</h1><p>{TEXT}</p><table><tr><td>a</td><td>b</td></tr></table><ul><li>one</li></ul></article></body></html>"
)
SVG = "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><text x='1' y='2'>Korrin</text></svg>"
MAIL = (
    "From: Ana Brecht <ana@example.org>\r\nTo: desk@example.org\r\nDate: Thu, 15 May 2031 10:00:00 +0000\r\nSubject: =?utf-8?b?S29ycmlu?=\r\n"
    "Message-ID: <1@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
    "Content-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\nContent-Type: text/plain; charset=utf-8\r\n"
    "Content-Transfer-Encoding: quoted-printable\r\n\r\nGuards killed =E2=80=9C40=E2=80=9D.\r\n--c\r\nContent-Type: text/html\r\n\r\n<p>Guards</p>\r\n--c--\r\n"
    "--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename*=utf-8''list%20a.csv\r\n"
    "Content-Transfer-Encoding: base64\r\n\r\nbmFtZSxhZ2UKRGFyYSwyOQo=\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: x@example.org\r\nSubject: inner\r\n\r\nhello\r\n--b--\r\n"
)
HTML_MAIL = (
    "From: a@example.org\nDate: Thu, 15 May 2031 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n" + PAGE
)
CSV = "name;age;place\n" + "".join(f"Person {n};{20 + n % 50};Korrin\n" for n in range(40)) + '"quoted; ""name""";3;"a\nb"\n'
WHATSAPP = "".join(
    f"{n}/3/31, 2:2{n % 10} PM - {'Ren' if n % 2 else 'Ana Brecht'}: {'IMG-2031.jpg (file attached)' if n == 5 else f'words {n}'}\n"
    for n in range(1, 14)
)
TELEGRAM = (
    '{"name": "Korrin", "type": "personal_chat", "id": 1, "messages": ['
    '{"id": 1, "type": "message", "date": "2031-05-15T10:00:00", "date_unixtime": "1936778400", "from": "Ana", "from_id": "user1", "text": "Guards came."},'
    '{"id": 2, "type": "message", "date": "2031-05-15T10:01:00", "date_unixtime": "1936778460", "from": "Ren", "from_id": "user2", "photo": "photos/a.jpg",'
    ' "text": ["see ", {"type": "link", "text": "https://example.org"}], "text_entities": []}]}'
)
TELEGRAM_PAGE = (
    '<html><body><div class="page_header"><div class="text bold">Korrin</div></div><div class="history">'
    '<div class="message default clearfix" id="message1"><div class="body"><div class="pull_right date details" title="15.05.2031 10:00:00 UTC+02:00">10:00</div>'
    '<div class="from_name">Ana</div><div class="text">Guards came.<br>Twice.</div></div></div></div></body></html>'
)


def seeds() -> dict[str, bytes]:
    """Valid files by the name they are received under."""
    texts = {
        "plain.txt": TEXT.encode(),
        "marked.txt": b"\xef\xbb\xbf" + TEXT.encode(),
        "arabic.txt": (ARABIC * 4).encode("cp1256"),
        "wide.txt": (TEXT + ARABIC).encode("utf-16"),
        "latin.txt": ("Le détenu a été tué à Korrin, déclare l'envoyée. " * 4).encode("cp1252"),
        "notes.md": f"# Korrin\n\n{TEXT}\n```\ncode\n```\n".encode(),
        "data.json": b'{"name": "Korrin", "killed": [40, null, {"a": 1.5e3}]}',
        "page.html": PAGE.encode(),
        "wide.html": PAGE.encode("utf-16"),
        "drawing.svg": SVG.encode(),
        "feed.xml": b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        "letter.eml": MAIL.encode(),
        "html.eml": HTML_MAIL.encode(),
        "list.csv": CSV.encode(),
        "list.tsv": CSV.replace(";", "\t").encode(),
        "letter.rtf": b"{\\rtf1 Korrin}",
        "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024),
        "clip.mp4": _boxes(b"mp42"),
        "voice.m4a": _boxes(b"M4A "),
        "clip.3gp": _boxes(b"3gp4"),
        "voice.ogg": _ogg(),
        "voice.amr": b"#!AMR\n" + (b"\x04" + bytes(12)) * 50,
        "WhatsApp Chat with Ren.txt": WHATSAPP.encode(),
        "_chat.txt": "".join(f"[{n:02d}/03/2031, 14:22:0{n % 10}] Ana: line {n}\n" for n in range(1, 25)).encode(),
        "result.json": TELEGRAM.encode(),
        "messages.html": TELEGRAM_PAGE.encode(),
    }
    return texts | {name: make() for name, make in _MADE.items()}


def _pdf(**options: object) -> bytes:
    from reportlab.pdfgen import canvas

    buffer = io.BytesIO()
    drawing = canvas.Canvas(buffer, **options)
    for page in range(3):
        drawing.bookmarkPage(f"p{page}")
        drawing.addOutlineEntry(f"Page {page}", f"p{page}")
        for line, words in enumerate(TEXT.splitlines()):
            drawing.drawString(72, 760 - 14 * line, words)
        drawing.linkURL("https://example.org", (72, 72, 200, 100))
        drawing.showPage()
    drawing.save()
    return buffer.getvalue()


def _pdf_of_picture() -> bytes:
    from PIL import Image

    return _saved(Image.new("L", (200, 100), 200), "PDF")


def _pdf_form() -> bytes:
    from reportlab.pdfgen import canvas

    buffer = io.BytesIO()
    drawing = canvas.Canvas(buffer, pageCompression=0)
    drawing.drawString(72, 700, "Form of Korrin prison")
    drawing.acroForm.textfield(name="n", x=72, y=600, value="filled")
    drawing.showPage()
    drawing.save()
    return buffer.getvalue()


def _docx() -> bytes:
    import docx

    document = docx.Document()
    document.add_heading("Korrin")
    for paragraph in TEXT.split("\n\n"):
        document.add_paragraph(paragraph)
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "name"
    document.core_properties.author = "A. Brecht"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _xlsx() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    for line in CSV.splitlines()[:20]:
        sheet.append(line.split(";"))
    sheet["E2"] = "=1+1"
    book.create_sheet("Note").append(["hidden", 3.5, True])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _saved(image: object, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)  # type: ignore[attr-defined]  # Pillow's image, imported where it is used
    return buffer.getvalue()


def _picture(kind: str, mode: str = "RGB", **options: object) -> Callable[[], bytes]:
    def make() -> bytes:
        from PIL import Image

        return _saved(Image.radial_gradient("L").resize((64, 48)).convert(mode), kind, **options)

    return make


def _photograph() -> bytes:
    from PIL import Image

    exif = Image.Exif()
    exif[0x010F] = "Maker"
    exif[0x9003] = "2031:05:15 10:00:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (33.0, 30.0, 15.0), 3: "E", 4: (36.0, 15.0, 1.0)})
    return _saved(Image.linear_gradient("L").resize((64, 48)).convert("RGB"), "JPEG", exif=exif, icc_profile=b"x" * 200, comment=b"seen")


def _frames(kind: str) -> Callable[[], bytes]:
    def make() -> bytes:
        from PIL import Image

        frames = [Image.new("L", (40, 30), shade) for shade in (10, 90, 200)]
        return _saved(frames[0], kind, save_all=True, append_images=frames[1:])

    return make


def _png_with_text() -> bytes:
    from PIL import Image, PngImagePlugin

    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "Korrin " * 40, zip=True)
    words.add_itxt("Title", "Korrin", "ar", "كورين", zip=True)
    return _saved(Image.new("P", (40, 30)), "PNG", pnginfo=words)


def _heic() -> bytes:
    """No writer of HEIC is at hand: AVIF in its box, which is the same container with another codec."""
    return _picture("AVIF")().replace(b"ftypavif", b"ftypheic", 1)


def _box(kind: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return struct.pack(">I", 8 + len(body)) + kind + body


def _boxes(brand: bytes) -> bytes:
    """A film or sound as phones make it, with the header that says how long it is and nothing to play."""
    times = struct.pack(">IIIII", 0, 3_870_000_000, 3_870_000_000, 1000, 5400)
    head = _box(b"mvhd", times, bytes(80))
    track = _box(
        b"trak", _box(b"tkhd", bytes(84)), _box(b"mdia", _box(b"mdhd", times, bytes(4)), _box(b"hdlr", bytes(8), b"vide", bytes(12)))
    )
    return _box(b"ftyp", brand, bytes(4), brand, b"isom") + _box(b"moov", head, track, _box(b"udta", _box(b"\xa9xyz", b"\0\x12\x15\xc7+33.50+036.25/"))) + _box(b"mdat", bytes(200))  # fmt: skip


def _ogg() -> bytes:
    """Two pages of Opus: its header, and one that ends after two seconds."""

    def page(flag: int, granule: int, body: bytes) -> bytes:
        return b"OggS\0" + bytes([flag]) + struct.pack("<qIII", granule, 7, flag, 0) + bytes([1, len(body)]) + body

    return page(2, 0, b"OpusHead\x01\x01\x38\x01\x80\xbb\0\0\0\0\0") + page(0, 0, b"OpusTags" + bytes(8)) + page(4, 96_312, bytes(60))


def _heic_of_phone() -> bytes:
    """The boxes of a picture of a phone, with the items it lists and no coded picture behind them."""
    location = _box(b"iloc", bytes(4), b"\x44\0\0\x01\0\x01\0\0\0\x01", struct.pack(">II", 300, 100))
    items = _box(b"iinf", bytes(4), b"\0\x01", _box(b"infe", b"\x02\0\0\0\0\x01\0\0Exif\0"))
    meta = _box(b"meta", bytes(4), _box(b"hdlr", bytes(8), b"pict", bytes(13)), _box(b"pitm", bytes(4), b"\0\x01"), location, items, _box(b"iprp", _box(b"ipco", _box(b"ispe", bytes(4), struct.pack(">II", 40, 30)))))  # fmt: skip
    return _box(b"ftyp", b"heic", bytes(4), b"mif1heic") + meta + _box(b"mdat", b"\0\0\0\x06Exif\0\0MM\0*", bytes(200))


def _nested(depth: int) -> Callable[[], bytes]:
    def make() -> bytes:
        content = _zip()
        for level in range(depth):
            buffer = io.BytesIO()
            with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(f"level {level}/inner.zip", content)
                archive.writestr(f"level {level}/note.txt", TEXT)
            content = buffer.getvalue()
        return content

    return make


def _warc(*, packed: bool) -> Callable[[], bytes]:
    def make() -> bytes:
        from warcio.statusandheaders import StatusAndHeaders
        from warcio.warcwriter import WARCWriter

        buffer = io.BytesIO()
        writer = WARCWriter(buffer, gzip=packed)
        writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "a crawler"}))
        for number, body in enumerate((PAGE.encode(), gzip.compress(PAGE.encode(), mtime=0))):
            fields = [("Content-Type", "text/html"), *([("Content-Encoding", "gzip")] if number else [])]
            headers = StatusAndHeaders("200 OK", fields, protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(f"https://example.org/{number}", "response", io.BytesIO(body), http_headers=headers)
            )
        return buffer.getvalue()

    return make


def _wacz() -> bytes:
    archived = _warc(packed=True)()
    listed = {"path": "archive/data.warc.gz", "hash": f"sha256:{hashlib.sha256(archived).hexdigest()}", "bytes": len(archived)}
    package = json.dumps({"profile": "data-package", "wacz_version": "1.1.1", "resources": [listed]})
    digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(package.encode()).hexdigest()}"}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("archive/data.warc.gz", archived)
        archive.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0"}\n{"url": "https://example.org/0", "title": "Korrin"}\n')
        archive.writestr("datapackage.json", package)
        archive.writestr("datapackage-digest.json", json.dumps(digest))
    return buffer.getvalue()


def _zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/note.txt", TEXT)
        archive.writestr("list.csv", CSV)
    return buffer.getvalue()


def _tar(mode: str) -> Callable[[], bytes]:
    def make() -> bytes:
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]  # the mode is chosen below
            member = tarfile.TarInfo("note.txt")
            member.size = len(TEXT.encode())
            archive.addfile(member, io.BytesIO(TEXT.encode()))
        return buffer.getvalue()

    return make


_MADE: dict[str, Callable[[], bytes]] = {
    "packed.pdf": lambda: _pdf(pageCompression=1),
    "open.pdf": lambda: _pdf(pageCompression=0),
    "locked.pdf": lambda: _pdf(encrypt="secret"),
    "picture.pdf": _pdf_of_picture,
    "form.pdf": _pdf_form,
    "report.docx": _docx,
    "table.xlsx": _xlsx,
    "plain.png": _picture("PNG"),
    "text.png": _png_with_text,
    "photo.jpg": _photograph,
    "scan.tiff": _frames("TIFF"),
    "packed.tiff": _picture("TIFF", compression="tiff_lzw"),
    "fax.tiff": _picture("TIFF", "1", compression="group4"),
    "moving.gif": _frames("GIF"),
    "plain.bmp": _picture("BMP"),
    "photo.webp": _picture("WEBP"),
    "photo.avif": _picture("AVIF"),
    "photo.heic": _heic,
    "files.zip": _zip,
    "files.tar": _tar("w"),
    "files.tar.gz": _tar("w:gz"),
    "files.tar.xz": _tar("w:xz"),
    "files.tar.bz2": _tar("w:bz2"),
    "note.txt.gz": lambda: gzip.compress(TEXT.encode(), mtime=0),
    "nested.zip": _nested(2),
    "deep.zip": _nested(7),
    "page.warc": _warc(packed=False),
    "page.warc.gz": _warc(packed=True),
    "pages.wacz": _wacz,
    "phone.heic": _heic_of_phone,
}
