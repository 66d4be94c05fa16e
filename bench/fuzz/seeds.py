"""One or more valid files of every kind that is read, made on the spot, about an invented place. The same bytes each time, but for dates that writers put in."""

from __future__ import annotations

import io
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
        "clip.mp4": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(200),
        "voice.ogg": b"OggS\0\x02" + bytes(100),
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
}
