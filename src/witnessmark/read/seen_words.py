"""Words on signs, banners and papers in a photograph or film, as OCR proposes them. Runs in the limited child alone.

Of a film those frames are read that stand by themselves, some seconds apart. A word that stays in sight is kept once, where OCR was surest of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from witnessmark.model.media import Box, SeenWord
from witnessmark.read.extract import Original, UnreadableError
from witnessmark.read.image import SMALLEST_FOR_OCR
from witnessmark.read.ocr import scattered_words
from witnessmark.read.pictures import key_frames

if TYPE_CHECKING:
    from PIL.Image import Image

_LONGEST_SIDE = 3000
"""Pixels of a picture that OCR is given; letters that need more are lost, and a photograph of 50 million takes minutes."""
FRAME_SIDE = 1600
"""Pixels of a frame of a film that OCR is given: what the larger of common phones record is brought to that."""
MOST_FRAMES = 24
"""Each takes OCR a second or two."""
APART = 2.0
"""Seconds between two frames at the least."""
MOST_WORDS = 500


def words_in(image: Image, languages: Sequence[str], problems: list[str]) -> tuple[SeenWord, ...]:
    """Of a photograph, upright; boxes in its own pixels. What went wrong is added to `problems`."""
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(image)
    share = min(1.0, _LONGEST_SIDE / max(upright.size))
    small = upright.convert("L").resize((max(1, round(upright.width * share)), max(1, round(upright.height * share))))
    return _some(_read(small, 1 / share, languages, problems), problems)


def words_in_film(original: Original, length: float, languages: Sequence[str], problems: list[str]) -> tuple[SeenWord, ...]:
    """Of a film of so many seconds (0: not known), each word with the second it was read at; boxes in pixels of the film."""
    apart = max(APART, length / MOST_FRAMES)
    try:
        frames = key_frames(original, apart=apart, long_side=FRAME_SIDE, most=MOST_FRAMES)
    except UnreadableError as error:
        problems.append(f"Words in it were not looked for. {error}")
        return ()
    found: dict[str, SeenWord] = {}
    for at, size, frame in frames:
        for word in _read(frame, size[0] / frame.width, languages, problems):
            before = found.get(word.text.casefold())
            if before is None or before.confidence < word.confidence:
                found[word.text.casefold()] = msgspec.structs.replace(word, seconds=at)
    problems.append(
        f"Words were looked for in {len(frames)} of its frames, {apart:.1f} s apart or more; what stands between them was not read."
    )
    return _some(sorted(found.values(), key=lambda word: word.seconds or 0.0), problems)


def _read(picture: Image, scale: float, languages: Sequence[str], problems: list[str]) -> tuple[SeenWord, ...]:
    if min(picture.size) < SMALLEST_FOR_OCR:
        return ()
    words, problem = scattered_words(picture, languages)
    if problem and f"{problem}." not in problems:
        problems.append(f"{problem}.")
    return tuple(SeenWord(word.text, word.confidence, _scaled(word.box, scale)) for word in words)


def _some(words: Sequence[SeenWord], problems: list[str]) -> tuple[SeenWord, ...]:
    if len(words) > MOST_WORDS:
        problems.append(f"Of {len(words)} words that OCR proposes the first {MOST_WORDS} are kept.")
    return tuple(words[:MOST_WORDS])


def _scaled(box: Box, by: float) -> Box:
    left, top, right, bottom = (round(edge * by, 1) for edge in box)
    return left, top, right, bottom
