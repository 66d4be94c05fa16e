"""Reads the annotated form of a corpus document: a text with its claims marked inside it, and what is said of each claim beneath it.

The plain text is what remains when the marks are taken out, so a span can never point elsewhere than its annotator meant. `guide.md` says how
to annotate; `check.py` proves what can be proved.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

RULE = "+++"
"""The line between head, text and fields."""
OPENING = re.compile(r"\[((?:[a-z0-9]+\.(?:says|who|cue))(?: [a-z0-9]+\.(?:says|who|cue))*)\|")
ESCAPED = re.compile(r"\\([\[\]\\])")

Extent = tuple[int, int]


class MarkupError(ValueError):
    """The marks of a document do not fit together; the message says where."""


@dataclass(slots=True)
class Marked:
    """One claim's places in the text: what it says (in one piece or more), who is named as saying it, by which words."""

    says: list[Extent] = field(default_factory=list)
    who: list[Extent] = field(default_factory=list)
    cue: list[Extent] = field(default_factory=list)


@dataclass(slots=True)
class Annotated:
    """A document: its head, its plain text, and its claims with their places and fields."""

    head: dict[str, Any]
    text: str
    marked: dict[str, Marked]
    fields: dict[str, dict[str, Any]]


def read_annotated(path: Path) -> Annotated:
    """The document in an annotated file; MarkupError where head, text or fields are not well formed."""
    parts = re.split(rf"^{re.escape(RULE)}\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    if len(parts) != 3:
        raise MarkupError(f"{path.name}: {len(parts) - 1} lines of {RULE}, where head, text and fields are parted by two")
    try:
        head, fields = tomllib.loads(parts[0]), tomllib.loads(parts[2])
    except tomllib.TOMLDecodeError as error:
        raise MarkupError(f"{path.name}: {error}") from error
    text, marked = without_marks(parts[1].strip("\n") + "\n", path.name)
    return Annotated(head, text, marked, fields)


def without_marks(body: str, name: str) -> tuple[str, dict[str, Marked]]:
    """The plain text of a marked one, and where each claim's parts stand in it, in code points."""
    plain: list[str] = []
    length, at = 0, 0
    open_marks: list[tuple[list[str], int]] = []
    marked: dict[str, Marked] = {}
    while at < len(body):
        opening, escaped = OPENING.match(body, at), ESCAPED.match(body, at)
        if opening:
            open_marks.append((opening[1].split(), length))
            at = opening.end()
        elif body[at] == "]":
            if not open_marks:
                raise MarkupError(f"{name}: a ] closes nothing, after {''.join(plain)[-40:]!r}; write \\] for a bracket of the text")
            targets, start = open_marks.pop()
            for target in targets:
                claim, part = target.split(".")
                getattr(marked.setdefault(claim, Marked()), part).append((start, length))
            at += 1
        elif body[at] == "[":
            raise MarkupError(f"{name}: a [ opens no mark, at {body[at : at + 40]!r}; write \\[ for a bracket of the text")
        else:
            character = escaped[1] if escaped else body[at]
            plain.append(character)
            length, at = length + 1, at + (2 if escaped else 1)
    if open_marks:
        raise MarkupError(f"{name}: the mark [{' '.join(open_marks[-1][0])}| is never closed")
    return "".join(plain), marked
