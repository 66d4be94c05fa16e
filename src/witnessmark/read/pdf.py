"""PDF: the text layer page by page, OCR for pages that have pictures but no text, and the pictures in its pages.

Characters are kept as the file gives them; words hyphenated at a line end stay so. A PDF has no paragraphs, only
lines, so a blank line is set where the gap between two lines is clearly wider than their leading.
"""

from __future__ import annotations

import ctypes
from pathlib import Path
from typing import TYPE_CHECKING

from witnessmark.model.document import Anchor, AnchorKind, Child
from witnessmark.read.extract import Extract, Original, Passages, Reader, UnreadableError, bare_name, described
from witnessmark.read.held_pictures import HeldPictures
from witnessmark.read.ocr import ocr_name, read_picture
from witnessmark.read.pdf_pictures import is_scan, keep_of_page
from witnessmark.read.request import ReadParams
from witnessmark.read.tools import install_command

if TYPE_CHECKING:
    import pypdfium2

_POINTS_AN_INCH = 72
_MOST_PIXELS = 40_000_000
MOST_PAGES = 20_000
"""Pages that are read; a file of a kilobyte can claim a hundred million."""
MOST_ATTACHMENTS = 1_000
_LARGEST_ATTACHMENT = 100_000_000
_WIDE_GAP = 0.5
"""Gap between two lines, as a share of their height, from which a paragraph ends. Single spacing leaves 0-0.25, one and a half 0.4."""
_OTHER_SIZE = 1.2
"""Ratio of line heights from which two lines are of different kinds (a heading and its text)."""
_HYPHENS = str.maketrans({"\ufffe": "-\n", "\x02": "-\n"})  # what PDFium gives for a hyphen at a line end, the break swallowed


def read_pdf(original: Original, params: ReadParams) -> Extract:
    """Text of all pages, each anchored, with the files embedded in the PDF and the pictures in its pages as children."""
    import pypdfium2

    pdf = opened_pdf(original.path)
    try:
        return _Reading(pdf, params).extract()
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(f"The PDF is damaged ({error}).") from error
    finally:
        pdf.close()


def opened_pdf(path: Path) -> pypdfium2.PdfDocument:
    """The PDF at `path`, to be closed by whoever asked. Raises UnreadableError."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(
            path if path.resolve().exists() else path.read_bytes()
        )  # a file handed over in memory lies in no folder
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableError("The PDF is encrypted; save it without its password and add that file as well.") from error
        raise UnreadableError(f"The PDF is damaged and cannot be opened: {str(error).rstrip('.')}.") from error


class _Reading:
    """One pass over the pages, collecting text and what is to be said about it."""

    def __init__(self, pdf: pypdfium2.PdfDocument, params: ReadParams) -> None:
        self._pdf = pdf
        self._params = params
        self._passages = Passages()
        self._pictures = HeldPictures()
        self._problems: list[str] = []
        self._by_ocr = 0
        self._unread: list[int] = []
        self._damaged: list[int] = []

    def extract(self) -> Extract:
        """Everything the pages give. Raises UnreadableError where that is nothing and a person can do something about it."""
        import pypdfium2

        reason = ""
        pages = min(len(self._pdf), MOST_PAGES)
        for number in range(1, pages + 1):
            try:
                self._read_page(number)
            except pypdfium2.PdfiumError as error:
                self._damaged.append(number)
                reason = str(error)
        if self._damaged and len(self._damaged) == pages:
            raise UnreadableError(f"The PDF is damaged: none of its pages can be read ({reason}).")
        self._say_what_was_not_read()
        if not self._passages.text and self._unread and not self._params.can_ocr:
            raise UnreadableError(
                f"No page of the PDF has a text layer, and OCR is not installed: {install_command('tesseract')}, then read the case again."
            )
        if not self._passages.text and not self._problems:
            self._problems.append("No page of the PDF holds text or a picture that could be found.")
        metadata = self._pdf.get_metadata_dict(skip_empty=True)
        children = self._attachments()
        return Extract(
            self._passages.text,
            title=metadata.get("Title"),
            author=metadata.get("Author"),
            anchors=tuple(self._passages.anchors),
            guesses=tuple(self._passages.guesses),
            problems=(*self._problems, *self._pictures.problems()),
            metadata=described({"pages": len(self._pdf), **metadata, **self._pictures.told()}),
            children=(*children, *self._pictures.children),
        )

    def _read_page(self, number: int) -> None:
        page = self._pdf[number - 1]
        try:
            text = page_text(page)
            scanned = is_scan(page) if text.strip() else self._is_read_by_ocr(page, number)
            self._passages.add(text.strip(), AnchorKind.PAGE, str(number))
            if not scanned:
                keep_of_page(self._pictures, page, number)
        finally:
            page.close()

    def _is_read_by_ocr(self, page: pypdfium2.PdfPage, number: int) -> bool:
        """Whether a page without text is a scan, as far as can be told: OCR found words in it, or did not look."""
        if next(page.get_objects(max_depth=2), None) is None:
            return False
        if not self._params.can_ocr or self._by_ocr >= self._params.ocr_pages:
            self._unread.append(number)
            return True
        self._by_ocr += 1
        width, height = page.get_size()
        scale = min(self._params.ocr_dots / _POINTS_AN_INCH, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
        picture = page.render(scale=scale, grayscale=True).to_pil()
        found = read_picture(picture, self._params, str(number), dots=max(70, round(scale * _POINTS_AN_INCH)))
        self._passages.add_part(found.text, (Anchor(0, len(found.text), AnchorKind.PAGE, str(number)),), found.guesses)
        if found.text:
            doubt = f"; {found.problem}" if found.problem else ""
            self._problems.append(
                f"Page {number} was read by OCR ({ocr_name(self._params)}): check names and numbers against the image{doubt}."
            )
        else:
            self._problems.append(f"Page {number} has no text layer, and {found.problem or 'OCR found no text in it'}.")
        return bool(found.text)

    def _say_what_was_not_read(self) -> None:
        if self._unread:
            which = _ranges(self._unread)
            if self._params.can_ocr:
                reason = f"only {self._params.ocr_pages} pages of a file are read by OCR"
            else:
                reason = f"OCR is not installed: {install_command('tesseract')}"
            self._problems.append(f"No text layer on page {which}, not read: {reason}.")
        if len(self._pdf) > MOST_PAGES:
            self._problems.append(f"Only the first {MOST_PAGES:,} of {len(self._pdf):,} pages that the PDF claims to have were read.")
        if self._damaged:
            self._problems.append(f"Damaged and not read: page {_ranges(self._damaged)}.")
        if self._pdf.get_formtype() != 0:
            self._problems.append("The PDF has form fields; what is filled in may not be part of the text read.")

    def _attachments(self) -> tuple[Child, ...]:
        children = []
        held = self._pdf.count_attachments()
        if held > MOST_ATTACHMENTS:
            self._problems.append(f"Only the first {MOST_ATTACHMENTS:,} of {held:,} files embedded in the PDF were taken out.")
        for index in range(min(held, MOST_ATTACHMENTS)):
            attachment = self._pdf.get_attachment(index)
            content = bytes(attachment.get_data())
            if len(content) > _LARGEST_ATTACHMENT:
                self._problems.append(f"An attachment of {len(content) // 1_000_000} MB was not taken out; it is in the original.")
            else:
                children.append(Child(bare_name(attachment.get_name()) or f"attachment {index + 1}", "application/octet-stream", content))
        return tuple(children)


def page_text(page: pypdfium2.PdfPage) -> str:
    """The text layer of one page, a line break for each line and a blank line for each wide gap."""
    layer = page.get_textpage()
    try:
        raw: str = layer.get_text_range()
        pieces: list[str] = []
        previous: tuple[float, float] | None = None
        start = 0
        for line in raw.split("\r\n"):
            here = _extent(layer, raw, start, line)
            if pieces:
                pieces.append("\n\n" if previous and here and _are_apart(previous, here) else "\n")
            pieces.append(line.translate(_HYPHENS))
            previous = _extent(layer, raw, start, line, at_end=True) or previous
            start += len(line) + 2
        return "".join(pieces).strip()
    finally:
        layer.close()


def _extent(layer: pypdfium2.PdfTextPage, raw: str, start: int, line: str, *, at_end: bool = False) -> tuple[float, float] | None:
    """Bottom and top, in points, of the first (or last) character of a line that is no space; None where the page does not say."""
    import pypdfium2

    body = line.rstrip() if at_end else line.lstrip()
    if not body:
        return None
    offset = start + len(body) - 1 if at_end else start + len(line) - len(body)
    units = len(raw[:offset].encode("utf-16-le")) // 2
    index = pypdfium2.raw.FPDFText_GetCharIndexFromTextIndex(layer, ctypes.c_int(units))
    if not 0 <= index < layer.count_chars():
        return None
    _, bottom, _, top = layer.get_charbox(index, loose=True)
    return (bottom, top) if top > bottom else None


def _are_apart(above: tuple[float, float], below: tuple[float, float]) -> bool:
    height, other = above[1] - above[0], below[1] - below[0]
    if max(height, other) > _OTHER_SIZE * min(height, other):
        return True
    return above[0] - below[1] > _WIDE_GAP * min(height, other)


def _ranges(numbers: list[int]) -> str:
    """Page numbers in rising order as "2, 4-7"."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in parts)


READER = Reader("pdf", "2", read_pdf)
