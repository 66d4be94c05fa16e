"""Text in pictures, read by tesseract where it is installed: lines with their boxes, and how sure the program is.

Pictures go to the program through a pipe, so nothing of an original is left in a temporary file.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from witnessmark.engines.limits import die_with_parent
from witnessmark.model.document import Anchor, AnchorKind, GuessedWord
from witnessmark.model.media import SeenWord
from witnessmark.read.extract import Box, Passages
from witnessmark.read.request import ReadParams

if TYPE_CHECKING:
    from PIL.Image import Image

_SECONDS_A_PAGE = 120
_SCATTERED = 11
"""Tesseract's layout "sparse text": as much as there is, in no order."""
LEAST_CONFIDENCE = 60.0
"""Mean word confidence (0-100) below which a line is dropped. Of twelve made-up textures (noise, blots, strokes) tesseract 5.3 read
eight lines, one of them above 60; printed lines, sharp or slightly blurred, gave 96-97."""
DOUBTFUL_CONFIDENCE = 85.0
"""Mean confidence of the kept lines below which the person is warned that much may be misread; clean print stays ten points above."""


class OcrLine(msgspec.Struct, frozen=True):
    """One line as read: `box` in pixels, `block` the paragraph it belongs to, `confidence` from 0 to 100, of each of its `words` too."""

    text: str
    box: Box
    block: tuple[int, int]
    confidence: float
    words: tuple[GuessedWord, ...] = ()


class OcrText(msgspec.Struct, frozen=True):
    """The lines of one picture as text, paragraphs apart by blank lines; `problem` where reading it failed or is doubtful."""

    text: str
    anchors: tuple[Anchor, ...] = ()
    guesses: tuple[GuessedWord, ...] = ()
    problem: str | None = None


def ocr_name(params: ReadParams) -> str:
    """How the program is named in sentences for the person."""
    return f"tesseract {params.tesseract}, {'+'.join(params.ocr_languages)}"


def read_picture(picture: Image, params: ReadParams, label: str, dots: int | None = None) -> OcrText:
    """The text tesseract finds in `picture`, each line anchored with its box. `dots` (per inch) is its resolution where known."""
    table, problem = _table_of(picture, params.ocr_languages, dots)
    return OcrText("", problem=problem) if problem else _as_text(lines_of(table), label)


def read_words(picture: Image, params: ReadParams, dots: int | None = None) -> tuple[list[tuple[str, Box]], str | None]:
    """Every word tesseract sees in `picture`, however unsure it is, with its box in pixels; and what went wrong, None where nothing did.

    For hiding words, where one too many costs less than one too few.
    """
    table, problem = _table_of(picture, params.ocr_languages, dots)
    return [(cells[11].strip(), _box(cells)) for cells in _words_of(table)], problem


def scattered_words(picture: Image, languages: Sequence[str]) -> tuple[tuple[SeenWord, ...], str | None]:
    """The words tesseract is sure enough of wherever they stand in `picture`, as on signs and banners, without the lines of a page; and what went wrong, None where nothing did."""
    table, problem = _table_of(picture, languages, None, layout=_SCATTERED)
    found = (SeenWord(cells[11].strip(), round(float(cells[10]), 1), _box(cells)) for cells in _words_of(table))
    return tuple(word for word in found if word.confidence >= LEAST_CONFIDENCE and any(map(str.isalnum, word.text))), problem


def _words_of(table: str) -> Iterator[list[str]]:
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip():
            yield cells


def _box(cells: Sequence[str]) -> Box:
    left, top, width, height = (float(cell) for cell in cells[6:10])
    return (left, top, left + width, top + height)


def _table_of(picture: Image, languages: Sequence[str], dots: int | None, *, layout: int | None = None) -> tuple[str, str | None]:
    """Tesseract's table of words, or why there is none."""
    buffer = io.BytesIO()
    picture.convert("L").save(buffer, "PPM")  # not packed: packing a page costs more than the pipe
    command = [shutil.which("tesseract") or "tesseract", "stdin", "stdout", "-l", "+".join(languages)]
    command += ["--psm", str(layout)] if layout is not None else []
    command += ["--dpi", str(dots)] if dots else []
    try:
        done = subprocess.run(  # noqa: S603 -- a program of a fixed name
            [*command, "tsv"],
            input=buffer.getvalue(),
            capture_output=True,
            check=False,
            timeout=_SECONDS_A_PAGE,
            preexec_fn=die_with_parent if sys.platform == "linux" else None,  # safe: this process has one thread
        )
    except subprocess.TimeoutExpired:
        return "", f"OCR took more than {_SECONDS_A_PAGE} s and was stopped"
    except OSError as error:
        return "", f"OCR could not be started ({error.strerror or error})"
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        return "", f"OCR failed ({said[-1] if said else f'exit code {done.returncode}'})"
    return done.stdout.decode(errors="replace"), None


def lines_of(tsv: str) -> list[OcrLine]:
    """The lines in tesseract's table of words that it is sure enough of, in reading order."""
    words: dict[tuple[int, int, int], list[list[str]]] = {}
    for cells in _words_of(tsv):
        words.setdefault((int(cells[2]), int(cells[3]), int(cells[4])), []).append(cells)
    lines = [_line(place, cells) for place, cells in words.items()]
    return [line for line in lines if line.confidence >= LEAST_CONFIDENCE]


def _line(place: tuple[int, int, int], words: list[list[str]]) -> OcrLine:
    boxes = [_box(word) for word in words]
    return OcrLine(
        text=" ".join(word[11].strip() for word in words),
        box=(
            min(left for left, _, _, _ in boxes),
            min(top for _, top, _, _ in boxes),
            max(right for _, _, right, _ in boxes),
            max(bottom for _, _, _, bottom in boxes),
        ),
        block=place[:2],
        confidence=sum(float(word[10]) for word in words) / len(words),
        words=tuple(_guesses(words)),
    )


def _guesses(words: list[list[str]]) -> Iterator[GuessedWord]:
    """Each word of a line with its place in it, the words apart by one space."""
    at = 0
    for word in words:
        text = word[11].strip()
        yield GuessedWord(at, at + len(text), round(float(word[10]), 1))
        at += len(text) + 1


def _as_text(lines: list[OcrLine], label: str) -> OcrText:
    paragraphs = Passages()
    block = Passages("\n")
    for index, line in enumerate(lines):
        block.add_part(line.text, (Anchor(0, len(line.text), AnchorKind.IMAGE, label, line.box),), line.words)
        if index + 1 == len(lines) or lines[index + 1].block != line.block:
            paragraphs.add_part(block.text, tuple(block.anchors), tuple(block.guesses))
            block = Passages("\n")
    mean = sum(line.confidence for line in lines) / len(lines) if lines else 100.0
    doubt = f"OCR is unsure of much of it (average confidence {mean:.0f} of 100)" if mean < DOUBTFUL_CONFIDENCE else None
    return OcrText(paragraphs.text, tuple(paragraphs.anchors), tuple(paragraphs.guesses), doubt)
