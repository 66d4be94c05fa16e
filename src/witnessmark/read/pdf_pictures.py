"""Photographs in the pages of a PDF: a JPEG comes out as it lies there, what is stored as pixels is decoded and saved as PNG.

The page of a scan is a picture, too, but not one in the page: its words are those of the page, read by OCR there, and it stays where it is. Masks and what the page draws over a picture are left aside: what comes out is the picture itself, which may show more than the page does.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import TYPE_CHECKING

from witnessmark.read.camera import FAULTS
from witnessmark.read.held_pictures import MOST_BYTES, SHORTEST, HeldPictures

if TYPE_CHECKING:
    import pypdfium2

_DEEPEST = 6
"""Forms in forms in which pictures are looked for; programs that place a figure use two or three."""
_MOST_PIXELS = 60_000_000
"""Of a picture that has to be decoded: a quarter of a gigabyte."""
_MOST_ON_A_PAGE = 2_000
_DAMAGED = "damaged, or coded in a way that is not known"
_JPEG = "DCTDecode"
_INVISIBLE = 3  # text rendering mode "neither fill nor stroke", ISO 32000-1, 9.3.6
_PAGE_SHARE = 0.8
"""Of the page, that a picture covers which is the page itself; scanners leave a margin."""


def keep_of_page(pictures: HeldPictures, page: pypdfium2.PdfPage, number: int) -> None:
    """Take out the pictures of one page; one that cannot be is counted, and the page goes on."""
    import pypdfium2

    try:
        for one in _images(page):
            try:
                _keep(pictures, one, f"page {number}")
            except (pypdfium2.PdfiumError, *FAULTS):
                pictures.leave_out(_DAMAGED)
    except pypdfium2.PdfiumError:
        pictures.leave_out(_DAMAGED)


def is_scan(page: pypdfium2.PdfPage) -> bool:
    """Whether a page with words is one picture under words that cannot be seen: a scan, with what OCR found laid under it."""
    import pypdfium2

    try:
        return any(_is_whole_page(one, page) for one in _images(page)) and _words_are_hidden(page)
    except pypdfium2.PdfiumError:
        return False


def _images(page: pypdfium2.PdfPage) -> Iterator[pypdfium2.PdfImage]:
    import pypdfium2

    wanted = [pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    for place, found in enumerate(page.get_objects(filter=wanted, max_depth=_DEEPEST)):
        if place >= _MOST_ON_A_PAGE:
            return
        if isinstance(found, pypdfium2.PdfImage):
            yield found


def _keep(pictures: HeldPictures, image: pypdfium2.PdfImage, where: str) -> None:
    width, height = image.get_px_size()
    if image.get_filters(skip_simple=True) == [_JPEG]:
        pictures.keep_file(_data(image, decoded=True), where)
    elif min(width, height) < SHORTEST:
        pictures.leave_out_small()
    elif width * height > _MOST_PIXELS:
        pictures.leave_out(f"{width} x {height} pixels")
    elif pictures.is_new(_data(image, decoded=False) + b"%d x %d" % (width, height)):
        bitmap = image.get_bitmap()
        try:
            pictures.keep_pixels(bitmap.to_pil(), where)
        finally:
            bitmap.close()


def _data(image: pypdfium2.PdfImage, *, decoded: bool) -> bytes:
    """The bytes of a picture, its simple coatings taken off or not; nothing where they are beyond all that is taken out."""
    import pypdfium2

    read = pypdfium2.raw.FPDFImageObj_GetImageDataDecoded if decoded else pypdfium2.raw.FPDFImageObj_GetImageDataRaw
    size = read(image, None, 0)
    if size > MOST_BYTES:
        return b""
    buffer = (ctypes.c_ubyte * size)()
    read(image, buffer, size)
    return bytes(buffer)


def _is_whole_page(image: pypdfium2.PdfImage, page: pypdfium2.PdfPage) -> bool:
    left, bottom, right, top = image.get_bounds()
    width, height = page.get_size()
    return bool((right - left) * (top - bottom) >= _PAGE_SHARE * width * height)


def _words_are_hidden(page: pypdfium2.PdfPage) -> bool:
    import pypdfium2

    texts = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], max_depth=_DEEPEST)
    return all(pypdfium2.raw.FPDFTextObj_GetTextRenderMode(one) == _INVISIBLE for one in texts)
