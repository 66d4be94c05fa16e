"""Pages and pictures rebuilt with boxes over what is to be hidden. Runs in the limited child: it decodes hostile files.

A PDF page is drawn, found words are blacked out in its pixels, and the pixels are all that is kept. An image is decoded, turned upright, blacked out and
encoded afresh from its bare pixels, so nothing that stood around them (EXIF, XMP, IPTC, profiles, thumbnails, C2PA) can come along.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from witnessmark.protect.metadata import bare, encoded
from witnessmark.protect.redaction import Box, Drawn, Form, Target
from witnessmark.protect.redaction_boxes import Rectangle, black_out, grown, joined_where_they_meet, line_height, one_for_each_line
from witnessmark.protect.redaction_layer import words_of_layer
from witnessmark.protect.redaction_pdf import PagePicture, pdf_of
from witnessmark.protect.spellings import occurrences

if TYPE_CHECKING:
    from PIL.Image import Image

DOTS = 200
"""Dots per inch at which pages are drawn: small print stays legible, an A4 page is 1,654 by 2,339 pixels."""
_POINTS = 72
_MOST_PIXELS = 40_000_000
MOST_PAGES = 400
"""Pages of a file that are redacted at once."""
_FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "WEBP", "BMP", "AVIF", "HEIF")
_MOST_IMAGE_PIXELS = 200_000_000


class Word(msgspec.Struct, frozen=True):
    """A word, or a single letter where a layer gives those, and where it stands in the picture. `after` is what parts it from the next."""

    text: str
    rectangle: Rectangle
    after: str = " "


WordsOf = Callable[["Image", int], tuple[Sequence[Word], str | None]]
"""Reads the words in a picture of so many dots per inch; with a sentence where it cannot."""


class DrawJob(msgspec.Struct, frozen=True):
    """What the child is asked: the file at `path`, what to take out of it, and what to write."""

    path: bytes
    media_type: str
    form: Form
    targets: tuple[Target, ...]
    boxes: tuple[Box, ...]


class _Page(msgspec.Struct):
    """A page at work: its picture, its size in points, pixels for each unit of a box given by hand, and the words of its text layer."""

    picture: Image
    points: tuple[float, float]
    scale: float
    layer: Sequence[Word]


class UndrawableError(ValueError):
    """The file cannot be rebuilt as asked; the message is a sentence."""


def draw(job: DrawJob, words_of: WordsOf) -> Drawn:
    """The file rebuilt. Raises UndrawableError with the reason where it cannot be."""
    work = _Redacting(job, words_of)
    with _strict_pillow():
        pages = [_kept(work.redacted(page, number), job.form) for number, page in enumerate(_pages(job), start=1)]
    work.check_boxes(len(pages))
    content = pdf_of(pages) if job.form is Form.PDF else pages[0].content
    return Drawn(content, len(pages), work.boxes, tuple(work.found), tuple(dict.fromkeys(work.problems)))


class _Redacting:
    """Counts while pages go by."""

    def __init__(self, job: DrawJob, words_of: WordsOf) -> None:
        self._job = job
        self._words_of = words_of
        self.boxes = 0
        self.found = [0] * len(job.targets)
        self.problems: list[str] = []

    def redacted(self, page: _Page, number: int) -> _Page:
        """The page with everything asked for blacked out, by its text layer and by what can be read in its picture."""
        read, problem = self._words_of(page.picture, DOTS) if self._job.targets else ((), None)
        if problem is not None:
            self.problems.append(f"Page {number}: {problem}.")
        line = line_height(word.rectangle for word in (*page.layer, *read))
        covered: list[tuple[Rectangle, str | None]] = []
        for number_of_target, target in enumerate(self._job.targets):
            if target.page in {None, number}:
                by_layer, by_sight = self._lines(page.layer, target, seen=False), self._lines(read, target, seen=True)
                self.found[number_of_target] += max(len(by_layer), len(by_sight))
                places = joined_where_they_meet(part for occurrence in (*by_layer, *by_sight) for part in occurrence)
                covered += [(grown(part, page.picture.size, line), target.shown) for part in places]
        for rectangle, shown in covered:
            black_out(page.picture, rectangle, shown)
        self.boxes += len(covered) + self._by_hand(page, number)
        return page

    def check_boxes(self, pages: int) -> None:
        """Raise UndrawableError for a box on a page that the file does not have."""
        beyond = next((box.page for box in self._job.boxes if not 1 <= box.page <= pages), None)
        if beyond is not None:
            raise UndrawableError(f"There is no page {beyond} in the file: it has {pages}.")

    def _by_hand(self, page: _Page, number: int) -> int:
        boxes = [box for box in self._job.boxes if box.page == number]
        for box in boxes:
            corners = (box.left, box.top, box.left + box.width, box.top + box.height)
            left, top, right, bottom = (corner * page.scale for corner in corners)
            if left >= page.picture.width or top >= page.picture.height:
                raise UndrawableError(f"The box at {box.left:g},{box.top:g} lies outside page {number}.")
            black_out(page.picture, (left, top, right, bottom), None)
        return len(boxes)

    @staticmethod
    def _lines(words: Sequence[Word], target: Target, *, seen: bool) -> list[list[Rectangle]]:
        """For each occurrence of the target among the words, its rectangles line by line."""
        text, starts = "", []
        for word in words:
            starts.append(len(text))
            text += word.text + word.after
        places = occurrences(text, target.words, seen=seen)
        if target.nth is not None and len(places) == target.of:
            places = places[
                target.nth : target.nth + 1
            ]  # where the counts differ all are taken out: too much is mendable, too little is not
        return [
            one_for_each_line(word.rectangle for word, at in zip(words, starts, strict=True) if at < end and at + len(word.text) > start)
            for start, end in places
        ]


def _pages(job: DrawJob) -> Iterator[_Page]:
    path = Path(os.fsdecode(job.path))
    if job.media_type == "application/pdf":
        return _pages_of_pdf(path)
    if job.media_type == "image/heic":
        from pi_heif import register_heif_opener

        register_heif_opener()
    return _pages_of_image(path, job.form)


def _pages_of_pdf(path: Path) -> Iterator[_Page]:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(path.read_bytes())  # a file handed over in memory lies in no folder
    except pypdfium2.PdfiumError as error:
        raise UndrawableError(f"The PDF cannot be opened ({error}).") from error
    try:
        if pdf.get_formtype():
            pdf.init_forms()  # so that what is filled in is drawn as well
        if len(pdf) > MOST_PAGES:
            raise UndrawableError(f"The PDF has {len(pdf)} pages; at most {MOST_PAGES} are redacted at once.")
        for index in range(len(pdf)):
            page = pdf[index]
            width, height = page.get_size()
            scale = min(DOTS / _POINTS, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
            bitmap = page.render(scale=scale)
            layer = [Word(text, rectangle, after="") for text, rectangle in words_of_layer(page, bitmap.get_posconv(page))]
            yield _Page(bare(bitmap.to_pil()), (width, height), scale, layer)
            page.close()
    finally:
        pdf.close()


def _pages_of_image(path: Path, form: Form) -> Iterator[_Page]:
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.init()
    try:
        with Image.open(path, formats=[name for name in _FORMATS if name in Image.OPEN]) as image:
            frames = getattr(image, "n_frames", 1)
            if frames > 1 and form is not Form.PDF:
                raise UndrawableError(f"The image holds {frames} pictures. Name the copy .pdf, so that each becomes a page.")
            if frames > MOST_PAGES:
                raise UndrawableError(f"The image holds {frames} pictures; at most {MOST_PAGES} are redacted at once.")
            for frame in range(frames):
                image.seek(frame)
                upright = bare(ImageOps.exif_transpose(image))
                yield _Page(upright, (upright.width * _POINTS / DOTS, upright.height * _POINTS / DOTS), 1.0, ())
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombWarning) as error:
        raise UndrawableError(f"The image cannot be decoded ({type(error).__name__}).") from error


@contextmanager
def _strict_pillow() -> Iterator[None]:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = _MOST_IMAGE_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _kept(page: _Page, form: Form) -> PagePicture:
    """The page encoded at once: a hundred drawn pages would not fit into the memory a decoder is allowed."""
    content = encoded(page.picture, "PNG" if form is Form.PNG else "JPEG")
    return PagePicture(content, page.picture.size, page.points)
