"""Whether an XML part declares a document type of its own: entities that unfold without end, or that name files and addresses.

Office formats forbid it, so a part that has one is made by hand to do harm; it is refused before any parser sees it.
The parsers behind this expand no outside entity either; this makes it one rule for all of them.
"""

from __future__ import annotations

import re

LOOKED_AT = 65_536
"""Bytes from the beginning. What comes before the first element is a line; a part that fills this without one is refused, too."""

_BEFORE_ROOT = re.compile(r"\s*+(?:(?:<\?.*?\?>|(?><!--.*?-->))\s*+)*+", re.DOTALL)
_ELEMENT = re.compile(r"<[^\W\d]|<:")


def has_plain_beginning(head: bytes) -> bool:
    """Whether the XML that begins with `head` goes straight to its first element, with no document type in between."""
    text = _decoded(head)
    before = _BEFORE_ROOT.match(text)
    return before is not None and _ELEMENT.match(text, before.end()) is not None


def _decoded(head: bytes) -> str:
    """As UTF-16 where it looks like it, else as something whose ASCII is ASCII; anything stranger shows no element and is refused."""
    if head.startswith((b"\xff\xfe", b"<\0")):
        return head.decode("utf-16-le", errors="replace").removeprefix("\ufeff")
    if head.startswith((b"\xfe\xff", b"\0<")):
        return head.decode("utf-16-be", errors="replace").removeprefix("\ufeff")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
