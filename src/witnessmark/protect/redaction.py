"""What is to be taken out of a copy for publishing, and what came of it: the values that text, page and picture redaction share.

A redacted copy is built anew from what may be shown. Nothing is covered over what lies beneath, because what lies beneath is never written.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from witnessmark.protect.spellings import squeezed


class Form(StrEnum):
    """What a redacted copy is written as."""

    TEXT = "text/plain"
    HTML = "text/html"
    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"


SUFFIXES = {".txt": Form.TEXT, ".html": Form.HTML, ".pdf": Form.PDF, ".png": Form.PNG, ".jpg": Form.JPEG, ".jpeg": Form.JPEG}
"""The form a file name asks for."""


class Target(msgspec.Struct, frozen=True):
    """Words to take out: on `page` (None: everywhere) the occurrences counted `nth` from 0 of `of` (empty: all).

    `shown` stands in their place, None for a plain box.
    """

    words: str
    shown: str | None = None
    page: int | None = None
    nth: int | None = None
    of: int = 0


class Box(msgspec.Struct, frozen=True):
    """A rectangle given by hand: page (from 1), left, top, width, height, from the upper left corner, in points (PDF) or pixels (image)."""

    page: int
    left: float
    top: float
    width: float
    height: float


class Drawn(msgspec.Struct, frozen=True):
    """A rebuilt file: how many pages and boxes it has, how often each target was found, and sentences on what was not looked at."""

    content: bytes
    pages: int
    boxes: int
    found: tuple[int, ...]
    problems: tuple[str, ...] = ()


def derives_from(name: str, pseudonym: str) -> bool:
    """Whether a pseudonym gives the name away: shares a word of three letters or more with it, or is its initials."""
    letters = squeezed(pseudonym)
    words = [squeezed(word) for word in name.split()]
    initials = "".join(word[0] for word in words if word)
    shares = any(len(word) >= 3 and (word in letters or (len(letters) >= 3 and letters in word)) for word in words)
    return shares or (len(initials) > 1 and letters == initials)
