"""Plain text and Markdown: the decoded file unchanged, line ends included, because every offset counts from it."""

from __future__ import annotations

import re
from pathlib import Path

from witnessmark.read.extract import Extract, Original, Reader, UnreadableError
from witnessmark.read.request import ReadParams
from witnessmark.text.encoding import NotTextError, decode_text

MAX_TEXT_BYTES = 50_000_000
"""A book is a megabyte. Above fifty, a "text" is a log or a dump that must be cut by a person before a reader gains from it."""

_FENCE = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(
    r"^#{1,6}[ \t]+(?P<atx>[^\r\n]{1,1000}?)[ \t]*+#*+[ \t]*+\r?$|^(?P<setext>\S[^\r\n]*)\r?\n(?:=+|-{3,})[ \t]*\r?$", re.MULTILINE
)
_MARKS = re.compile(r"[*_`]+")


def read_bytes(path: Path, most: int, what: str) -> bytes:
    """The whole file; raises UnreadableError where it is larger than `most` bytes, before reading any of it."""
    size = path.stat().st_size
    if size > most:
        raise UnreadableError(
            f"The {what} has {size / 1e6:.0f} MB; at most {most / 1e6:.0f} MB are read. Cut it into parts and add those as well."
        )
    return path.read_bytes()


def read_plain(original: Original, _: ReadParams) -> Extract:
    """The decoded file unchanged."""
    text, problems = _decoded(original)
    return Extract(text, problems=problems)


def read_markdown(original: Original, _: ReadParams) -> Extract:
    """The decoded file unchanged, with its first heading as the title."""
    text, problems = _decoded(original)
    heading = _HEADING.search(_FENCE.sub("", text[:100_000]))
    title = _MARKS.sub("", heading["atx"] or heading["setext"]).strip() if heading else None
    return Extract(text, title=title or None, problems=problems)


def _decoded(original: Original) -> tuple[str, tuple[str, ...]]:
    try:
        return decode_text(read_bytes(original.path, MAX_TEXT_BYTES, "text"))
    except NotTextError as error:
        raise UnreadableError(f"The file is not text: {error}.") from error


PLAIN = Reader("plain-text", "1", read_plain)
MARKDOWN = Reader("markdown", "1", read_markdown)
