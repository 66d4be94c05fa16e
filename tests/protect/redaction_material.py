"""Files of an invented country with a planted name in every layer they have, and the thorough reader that looks for it afterwards."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageDraw, PngImagePlugin
from reportlab.pdfgen import canvas

from witnessmark.case.redacting import read_out
from witnessmark.protect.leaks import Extracted, Extractor

PLANTED = "Maren Vosk"
KEPT = "hospital"


def statement_pdf(path: Path) -> None:
    """Two pages: the name in the text layer, kerned and in capitals, in the title, a link and a bookmark, and one page that is a picture of it."""
    page = canvas.Canvas(str(path), pageCompression=1)
    page.setTitle(f"Statement of {PLANTED}")
    page.setAuthor(PLANTED)
    page.bookmarkPage("here")
    page.addOutlineEntry(PLANTED, "here")
    page.setFont("Helvetica", 14)
    page.drawString(72, 700, f"The nurse {PLANTED} told us that guards killed forty")
    page.drawString(72, 675, "detainees at Korrin. M A R E N  VOSK saw it herself.")
    page.linkURL(f"https://example.org/{PLANTED.replace(' ', '%20')}", (72, 700, 200, 715))
    page.showPage()
    page.drawInlineImage(picture_of(f"Ward list: {PLANTED}", "Korrin hospital"), 72, 500, 450, 150)
    page.save()


def picture_of(*lines: str) -> Image.Image:
    picture = Image.new("RGB", (900, 300), "white")
    draw = ImageDraw.Draw(picture)
    for place, line in enumerate(lines):
        draw.text((40, 60 + 100 * place), line, fill="black", font_size=56)
    return picture


def ward_photo(path: Path) -> None:
    """A JPEG with the name in its pixels, EXIF, comment, XMP and a thumbnail."""
    photo, small = picture_of(f"Patient {PLANTED}", "Korrin hospital"), io.BytesIO()
    photo.save(small, "JPEG")
    exif = Image.Exif()
    exif[0x010E] = f"{PLANTED} in the ward"
    exif[0x9286] = b"UNICODE\0" + PLANTED.encode("utf-16-le")
    written = exif.tobytes() + small.getvalue()
    photo.save(path, "JPEG", exif=written, comment=PLANTED, xmp=f"<x:xmpmeta>{PLANTED}</x:xmpmeta>".encode(), quality=92)


def ward_png(path: Path) -> None:
    """A PNG with the name in its pixels, in compressed text and in colours beneath full transparency."""
    photo, info = picture_of(f"Patient {PLANTED}", "Korrin hospital").convert("RGBA"), PngImagePlugin.PngInfo()
    info.add_itxt("Description", PLANTED, zip=True)
    photo.save(path, "PNG", pnginfo=info)


def thorough(folder: Path) -> Extractor:
    """Reads every document and picture found at any layer, with OCR where it is installed; `folder` is for working files."""
    marks = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff")

    def read(content: bytes, _: str) -> list[Extracted]:
        if not content.startswith(marks):
            return []
        file = folder / "layer"
        file.write_bytes(content)
        return [Extracted(each.method, each.text) for each in [read_out(file)]]

    return read
