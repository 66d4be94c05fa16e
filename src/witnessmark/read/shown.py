"""An original as a picture or an inert page, for whoever reads claims beside it. Runs in the limited child: it decodes hostile files.

What leaves the child is pixels in a fresh JPEG, or markup in which nothing runs, loads or leads anywhere. A word of a PDF's text layer is
found in its picture by the place that the file gives each letter.
"""

from __future__ import annotations

import ctypes
import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from witnessmark.engines.child import LimitedChild
from witnessmark.engines.handover import handed_over
from witnessmark.engines.limits import MEBIBYTE, Limits
from witnessmark.read.extract import Original, UnreadableError
from witnessmark.read.pdf import opened_pdf, page_text
from witnessmark.read.pictures import first_frame, small_picture
from witnessmark.read.request import ReadParams
from witnessmark.read.snapshot import inert_page
from witnessmark.read.word_boxes import Box, boxes_by_sight, lines_of_boxes

if TYPE_CHECKING:
    import pypdfium2
    from PIL.Image import Image

LIMITS = Limits(
    cpu_seconds=120, wall_seconds=120.0, file_size=MEBIBYTE, folder_size=16 * MEBIBYTE, folder_files=200, programs=("ffmpeg", "tesseract")
)
WIDTH = 1_100
"""Pixels across a page: small print of an A4 page can be read."""
LONG_SIDE = 1_400
_MOST_PIXELS = 6_000_000
_BLUR = 24
"""A blurred picture is drawn from so many pixels across: what is in it cannot be made out."""
_QUALITY = 82
DOTS = 300


class ShowJob(msgspec.Struct, frozen=True):
    """What to show: a `page` of a PDF (from 1), an image or film (page 0), a web page. `spans` are places in the page's text whose boxes are wanted;
    `picture` False asks for boxes alone. `text` is that text where OCR read it in a picture, and `params` how: its words are then looked for once more.
    """

    path: bytes
    media_type: str
    page: int = 0
    blurred: bool = False
    picture: bool = True
    spans: tuple[tuple[int, int], ...] = ()
    text: str = ""
    params: ReadParams | None = None


class Shown(msgspec.Struct, frozen=True):
    """A JPEG, or a page of markup; its size in pixels; and by span its boxes (left, top, right, bottom in shares of the page). `refused` is why there is none."""

    jpeg: bytes = b""
    markup: str = ""
    width: int = 0
    height: int = 0
    boxes: tuple[tuple[Box, ...], ...] = ()
    refused: str | None = None


def open_shower(within: Path | None = None) -> LimitedChild:
    """A child that shows originals, in a folder of its own below `within`."""
    return LimitedChild("witnessmark.read.shown:show", LIMITS, within=within)


def show(payload: bytes) -> bytes:
    """An encoded ShowJob in, an encoded Shown out."""
    job = msgspec.msgpack.decode(payload, type=ShowJob)
    original = Original(handed_over() or Path(os.fsdecode(job.path)), "", job.media_type)
    try:
        found = _shown(original, job)
    except UnreadableError as error:
        found = Shown(refused=str(error))
    return msgspec.msgpack.encode(found)


def _shown(original: Original, job: ShowJob) -> Shown:
    if original.media_type == "application/pdf":
        return _page_of(original, job)
    if original.media_type == "text/html":
        return Shown(markup=inert_page(original.path))
    if original.media_type.startswith("video/"):
        return _as_jpeg(first_frame(original), job)
    picture = small_picture(original, [], "RGB", LONG_SIDE)[1]
    if job.picture:
        return _as_jpeg(picture, job)
    return Shown(width=picture.width, height=picture.height, boxes=boxes_by_sight(picture, job.text, job.spans, job.params, None))


def _as_jpeg(picture: Image, job: ShowJob, boxes: tuple[tuple[Box, ...], ...] = ()) -> Shown:
    size = picture.size
    if job.blurred:
        height = max(1, round(_BLUR * size[1] / size[0]))
        picture = picture.resize((_BLUR, height), reducing_gap=2.0).resize((_BLUR * 20, height * 20))
    content = io.BytesIO()
    picture.info.clear()  # nothing that the file says of itself goes into what is shown
    picture.convert("RGB").save(content, "JPEG", quality=_QUALITY)
    return Shown(content.getvalue(), "", *size, boxes)


def _page_of(original: Original, job: ShowJob) -> Shown:
    import pypdfium2

    pdf = opened_pdf(original.path)
    try:
        if not 1 <= job.page <= len(pdf):
            raise UnreadableError(f"The PDF has {len(pdf)} pages; there is no page {job.page}.")
        page = pdf[job.page - 1]
        try:
            return _drawn(page, job)
        finally:
            page.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(f"The page is damaged ({error}).") from error
    finally:
        pdf.close()


def _drawn(page: pypdfium2.PdfPage, job: ShowJob) -> Shown:
    width, height = page.get_size()
    scale = min(WIDTH / max(width, 1.0), (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    boxes: tuple[tuple[Box, ...], ...] = ()
    if job.spans and job.text:
        dots = job.params.ocr_dots if job.params else DOTS
        sharp = min(dots / 72, (_MOST_PIXELS * 2 / max(1.0, width * height)) ** 0.5)
        boxes = boxes_by_sight(page.render(scale=sharp, grayscale=True).to_pil(), job.text, job.spans, job.params, round(sharp * 72))
    elif job.spans:
        boxes = _boxes_of(page, job.spans)
    if not job.picture:
        return Shown(width=round(width * scale), height=round(height * scale), boxes=boxes)
    return _as_jpeg(page.render(scale=scale).to_pil(), job, boxes)


def _boxes_of(page: pypdfium2.PdfPage, spans: Sequence[tuple[int, int]]) -> tuple[tuple[Box, ...], ...]:
    """By span of the page's text, a box for each line it stands on."""
    layer = page.get_textpage()
    try:
        raw: str = layer.get_text_range()
        places = _places_in(page_text(page), raw)
        units = _units(raw)
        return tuple(
            tuple(lines_of_boxes(_letters(page, layer, [units[at] for at in places[start:end] if at is not None]))) for start, end in spans
        )
    finally:
        layer.close()


def _places_in(text: str, raw: str) -> list[int | None]:
    """Where each character of the text as read stands in PDFium's own: both have the same letters in the same order, between other blanks."""
    letters = (at for at, letter in enumerate(raw) if not letter.isspace())
    return [None if letter.isspace() else next(letters, None) for letter in text]


def _units(raw: str) -> list[int]:
    """By character how many UTF-16 units stand before it, by which PDFium counts."""
    found, at = [], 0
    for letter in raw:
        found.append(at)
        at += 2 if ord(letter) > 0xFFFF else 1
    return found


def _letters(page: pypdfium2.PdfPage, layer: pypdfium2.PdfTextPage, units: Sequence[int]) -> Iterator[Box]:
    import pypdfium2

    width, height = 10_000, 10_000
    count = layer.count_chars()
    for unit in units:
        index = pypdfium2.raw.FPDFText_GetCharIndexFromTextIndex(layer, ctypes.c_int(unit))
        if not 0 <= index < count:
            continue
        left, bottom, right, top = layer.get_charbox(index, loose=True)
        corners = []
        for x, y in ((left, top), (right, bottom)):
            across, down = ctypes.c_int(), ctypes.c_int()
            pypdfium2.raw.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, ctypes.byref(across), ctypes.byref(down))
            corners.append((across.value / width, down.value / height))
        (x1, y1), (x2, y2) = corners
        yield min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
