"""Where words stand in a picture: boxes in shares of its width and height, one for each line.

A text that OCR read keeps no place of each word, so the picture is read once more and the two rows of words are laid beside each other; a word
that is not found again has no box, and none is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from witnessmark.read.ocr import read_words
from witnessmark.read.request import ReadParams

if TYPE_CHECKING:
    from PIL.Image import Image

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_WORD = re.compile(r"\S+")


def boxes_by_sight(
    picture: Image, text: str, spans: Sequence[tuple[int, int]], params: ReadParams | None, dots: int | None
) -> tuple[tuple[Box, ...], ...]:
    """By span of a text that OCR read in this picture, a box for each line it stands on; none where OCR cannot be had. `dots` is the resolution per inch."""
    if params is None or not params.can_ocr:
        return tuple(() for _ in spans)
    seen, _ = read_words(picture, params, dots)
    written = [(match.start(), match.end()) for match in _WORD.finditer(text)]
    matcher = SequenceMatcher(a=[text[start:end] for start, end in written], b=[word for word, _ in seen], autojunk=False)
    found: dict[int, Box] = {}
    for block in matcher.get_matching_blocks():
        found.update({block.a + place: seen[block.b + place][1] for place in range(block.size)})
    width, height = picture.size
    return tuple(
        tuple(
            lines_of_boxes(
                (box[0] / width, box[1] / height, box[2] / width, box[3] / height)
                for place, (first, last) in enumerate(written)
                if first < end and start < last and (box := found.get(place)) is not None
            )
        )
        for start, end in spans
    )


def lines_of_boxes(letters: Iterable[Box]) -> Iterator[Box]:
    """Letters or words that follow one another on one line as one box."""
    line: Box | None = None
    for box in letters:
        if line is not None and min(line[3], box[3]) - max(line[1], box[1]) > 0.5 * min(line[3] - line[1], box[3] - box[1]):
            line = (min(line[0], box[0]), min(line[1], box[1]), max(line[2], box[2]), max(line[3], box[3]))
            continue
        if line is not None:
            yield line
        line = box
    if line is not None:
        yield line
