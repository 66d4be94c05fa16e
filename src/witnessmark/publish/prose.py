"""What a line of the dossier is made of: our own words, and the case's words, told apart.

Whatever comes from evidence or from a person is wrapped in a part that says what it is, so that only `OwnWords`
ever stands in quotation marks and every foreign string is isolated from the direction of the text around it.
"""

from __future__ import annotations

import msgspec

from witnessmark.publish.citation import Citation


class AsWritten(msgspec.Struct, frozen=True):
    """Characters of a document, shown as the document's and as nobody's speech. `language` is a BCP 47 tag or None."""

    text: str
    language: str | None = None


class OwnWords(msgspec.Struct, frozen=True):
    """Words the document gives as a speaker's own: the only thing shown in quotation marks."""

    text: str
    language: str | None = None


class Given(msgspec.Struct, frozen=True):
    """A name or note recorded in the case: a file name, a speaker's canonical name, a reason."""

    text: str


class FileName(msgspec.Struct, frozen=True):
    """A file name, always laid out left to right so that its ending stays at its end."""

    text: str


class Code(msgspec.Struct, frozen=True):
    """A hash, a version or a command."""

    text: str


class Ref(msgspec.Struct, frozen=True):
    """A link to a record by its short label."""

    citation: Citation


class Jump(msgspec.Struct, frozen=True):
    """A link to another place of the dossier."""

    text: str
    anchor: str


class Flag(msgspec.Struct, frozen=True):
    """A few words of ours that a reader must not miss; `kind` styles them."""

    text: str
    kind: str


Part = str | Flag | AsWritten | OwnWords | Given | FileName | Code | Ref | Jump
Inline = tuple[Part, ...]


class Sentence(msgspec.Struct, frozen=True):
    """A line of prose and the records it rests on. One without citations is refused."""

    parts: Inline
    citations: tuple[Citation, ...]


def sentence(*parts: Part, cites: tuple[Citation, ...]) -> Sentence:
    """A sentence of these parts, resting on these records."""
    return Sentence(parts, cites)


def plain(parts: Inline) -> str:
    """The words of a line without its links, for messages."""
    return "".join(part if isinstance(part, str) else "" if isinstance(part, Ref) else part.text for part in parts)


def joined(lines: list[Inline], separator: str = ", ") -> Inline:
    """Several lines as one, with `separator` between them."""
    parts: list[Part] = []
    for line in lines:
        if parts:
            parts.append(separator)
        parts.extend(line)
    return tuple(parts)


def some(lines: list[Inline], separator: str = "; ", most: int = 20) -> Inline:
    """The first lines joined, and how many more there are: a card must stay a card whatever a reader found."""
    more = (f"{separator}and {len(lines) - most:,} more",) if len(lines) > most else ()
    return (*joined(lines[:most], separator), *more)


def listed(lines: list[Inline]) -> Inline:
    """Several lines as a list in prose: "A, B and C"."""
    return (*joined(lines[:-1]), " and ", *lines[-1]) if len(lines) > 1 else joined(lines)


def clip(text: str, longest: int) -> str:
    """`text`, cut after `longest` characters with a sign that it goes on."""
    return text if len(text) <= longest else text[:longest].rstrip() + " […]"
