"""Transcripts: a label at the start of a paragraph names who speaks until the next label.

A document is read as a transcript where at least two paragraphs start with labels. A label for whoever asks ("QUESTION:", "Q.") names nobody.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from witnessmark.claims.parse import Parsed

FEWEST = 2
_NAME = r"[^\W\d_a-z][\w.'’\-]*"
_TITLE = (
    r"(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Prof|President|Chair(?:man|woman)?|The|Judge|Gen|Col|Capt|Minister|Speaker|Witness|MR|MRS|MS|DR|THE)\.?"
)
LABEL = re.compile(
    rf"(?P<name>(?:{_TITLE}\s+)?(?:{_NAME})(?:\s+(?:of|for|the|and|de|al)?\s*{_NAME}){{0,6}}|Q|A|@\w+(?:\s+replying)?)\s*(?P<role>\([^()\n]{{1,60}}\))?\s*(?P<mark>:|\.(?=\s*[—–-]{{1,2}}\s))\s+(?=\S)"
)
NUMBERED = re.compile(r"(?:\(?\d{1,3}[.)]|\d{1,3}/)\s+")
ASKING = frozenset({"question", "q", "reporter", "journalist", "interviewer"})


class Label(NamedTuple):
    """A label: where the name stands, the role in brackets, and where speech starts."""

    name: str
    start: int
    end: int
    role: str | None
    speech: int

    @property
    def asks(self) -> bool:
        """Whether it names nobody but whoever asks."""
        return self.name.lower().split()[0].strip(".") in ASKING


def labels_in(text: str, passages: list[Parsed]) -> dict[int, Label]:
    """The label of each passage that has one, by the passage's start; empty where the document is no transcript."""
    found: dict[int, Label] = {}
    for parsed in passages:
        start, end = parsed.base, parsed.base + len(parsed.doc.text)
        numbered = NUMBERED.match(text, start, end)
        match = LABEL.match(text, numbered.end() if numbered else start, min(end, start + 120))
        if match is not None:
            found[start] = _label(text, match)
    return found if len(found) >= FEWEST else {}


def _label(text: str, match: re.Match[str]) -> Label:
    name_start, name_end = match.span("name")
    role = match["role"]
    inner = role.strip("()").strip() if role else None
    if inner and re.match(rf"{_TITLE}\s", inner):
        bracket = match.start("role") + 1 + len(role[1:]) - len(role[1:].lstrip())
        return Label(inner, bracket, bracket + len(inner), text[name_start:name_end], match.end())
    return Label(text[name_start:name_end], name_start, name_end, inner, match.end())
