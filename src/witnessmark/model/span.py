"""A span: exact characters of one document's text, counted in Unicode code points.

`text` equals the document's characters from `start` to `end`. `Span.of` is the way to make one; `holds_in`
is the check that everything read back from storage or from a reader must pass (law 4: nothing is invented).
"""

from __future__ import annotations

import msgspec


class Span(msgspec.Struct, frozen=True, order=True):
    """Code points `start` (included) to `end` (excluded) of a document, and the characters found there."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, document_text: str, start: int, end: int) -> Span:
        """Cut a span out of `document_text`. Raises ValueError where the offsets are not inside it or hold nothing."""
        if not 0 <= start < end <= len(document_text):
            raise ValueError(f"span {start}-{end} is not inside a text of {len(document_text)} characters")
        return cls(start, end, document_text[start:end])

    def holds_in(self, document_text: str) -> bool:
        """Whether these are the characters that stand there."""
        return self.end > self.start >= 0 and document_text[self.start : self.end] == self.text
