"""Files to read, made on the spot, and short ways to read them."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import msgspec

from witnessmark.model.document import Document, Failure, Reading
from witnessmark.read import ReadParams, ReadRequest, media_type_of
from witnessmark.read.decode import decode
from witnessmark.read.request import DecodeJob, Outcome

BARE = ReadParams(tesseract=None, ocr_languages=(), exiftool=None, ffprobe=None)
"""Parameters of a machine without any outside program."""


def request_for(path: Path, name: str | None = None) -> ReadRequest:
    name = name or path.name
    return ReadRequest(hashlib.sha256(path.read_bytes()).hexdigest(), path, name, media_type_of(path, name))


def outcome_of(path: Path, name: str | None = None, params: ReadParams = BARE) -> Outcome:
    """What the child's job answers, run in this process."""
    return msgspec.msgpack.decode(decode(msgspec.msgpack.encode(DecodeJob.of(request_for(path, name), params))), type=Outcome)


def reading_of(path: Path, name: str | None = None, params: ReadParams = BARE) -> Reading:
    outcome = outcome_of(path, name, params)
    assert outcome.reading is not None, outcome.unreadable
    anchors_hold(outcome.reading.document)
    return outcome.reading


def document_of(path: Path, name: str | None = None, params: ReadParams = BARE) -> Document:
    return reading_of(path, name, params).document


def reason_of(path: Path, name: str | None = None, params: ReadParams = BARE) -> str:
    """Why the file could not be read: one plain sentence or two, no traceback."""
    outcome = outcome_of(path, name, params)
    assert outcome.unreadable is not None, outcome.reading
    assert "\n" not in outcome.unreadable
    assert outcome.unreadable.endswith(".")
    return outcome.unreadable


def anchors_hold(document: Document) -> None:
    """Every anchor lies inside the text, holds something, and they follow one another."""
    end = 0
    for anchor in document.anchors:
        assert end <= anchor.start < anchor.end <= len(document.text)
        end = anchor.end


def anchored(document: Document) -> list[tuple[str, str]]:
    return [(anchor.label, document.text[anchor.start : anchor.end]) for anchor in document.anchors]


def stored(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def sentence(result: Reading | Failure) -> str:
    assert isinstance(result, Failure)
    return result.reason


def pdf_with(pages: list[list[str]], **options: object) -> bytes:
    """A PDF whose pages hold the given lines; an empty string leaves a gap."""
    from reportlab.pdfgen import canvas

    buffer = io.BytesIO()
    drawing = canvas.Canvas(buffer, **options)
    for lines in pages:
        height = 760
        for line in lines:
            drawing.drawString(72, height, line)
            height -= 14
        drawing.showPage()
    drawing.save()
    return buffer.getvalue()


def picture_of(lines: list[str], size: tuple[int, int] = (1400, 500)) -> bytes:
    """A PNG that shows the lines in black on white."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("L", size, 255)
    drawing = ImageDraw.Draw(image)
    for index, line in enumerate(lines):
        drawing.text((60, 60 + 80 * index), line, fill=0, font=ImageFont.load_default(44))
    buffer = io.BytesIO()
    image.save(buffer, "PNG", dpi=(300, 300))
    return buffer.getvalue()
