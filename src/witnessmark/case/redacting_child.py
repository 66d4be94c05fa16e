"""What the limited child runs to rebuild a file: the drawing of `protect`, with the OCR of `read` handed to it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import msgspec

from witnessmark.engines.handover import handed_over
from witnessmark.protect.redaction import Drawn
from witnessmark.protect.redaction_drawing import DrawJob, UndrawableError, Word, draw
from witnessmark.read.ocr import read_words
from witnessmark.read.request import ReadParams

if TYPE_CHECKING:
    from PIL.Image import Image


class RebuildJob(msgspec.Struct, frozen=True):
    """What to draw, and the programs to read pictures with."""

    drawing: DrawJob
    params: ReadParams


class Rebuilt(msgspec.Struct, frozen=True):
    """What comes back: the rebuilt file, or the reason why there is none."""

    drawn: Drawn | None = None
    refused: str | None = None


def rebuild(payload: bytes) -> bytes:
    """An encoded RebuildJob in, an encoded Rebuilt out."""
    job = msgspec.msgpack.decode(payload, type=RebuildJob)
    handed = handed_over()
    drawing = msgspec.structs.replace(job.drawing, path=os.fsencode(handed)) if handed is not None else job.drawing

    def words_of(picture: Image, dots: int) -> tuple[list[Word], str | None]:
        if not job.params.can_ocr:
            return [], None  # said once for the whole file by whoever asked
        words, problem = read_words(picture, job.params, dots)
        return [Word(text, box) for text, box in words], problem

    try:
        return msgspec.msgpack.encode(Rebuilt(drawn=draw(drawing, words_of)))
    except UndrawableError as error:
        return msgspec.msgpack.encode(Rebuilt(refused=str(error)))
