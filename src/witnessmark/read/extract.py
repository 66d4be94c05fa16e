"""What a reader gets out of one original, and how it builds a text whose every part points back.

A reader is a function with a name and a version; the name enters a document's identity, the version does not.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from witnessmark.model.document import Anchor, AnchorKind, Child, GuessedWord, Stated
from witnessmark.read.request import Beside, ReadParams

Box = tuple[float, float, float, float]


class UnreadableError(Exception):
    """The original cannot be read; the message is the reason, one plain sentence for the person."""


class Original(msgspec.Struct, frozen=True):
    """The file to read: where it is stored, the name it was received under, its media type, and of a request what concerns containers."""

    path: Path
    name: str
    media_type: str
    depth: int = 0
    start: int = 0
    beside: tuple[Beside, ...] = ()


class Extract(msgspec.Struct, frozen=True):
    """What one reading gave. `dates_itself` says whether a date or dateline in the text speaks of the document as a whole."""

    text: str
    title: str | None = None
    author: str | None = None
    publisher: Stated | None = None
    published: Stated | None = None
    anchors: tuple[Anchor, ...] = ()
    guesses: tuple[GuessedWord, ...] = ()
    problems: tuple[str, ...] = ()
    metadata: dict[str, str] = msgspec.field(default_factory=dict)
    children: tuple[Child, ...] = ()
    dates_itself: bool = True
    more: int | None = None


class Reader(msgspec.Struct, frozen=True):
    """One way to read: `name@version` goes on record with each document. `read` raises UnreadableError with the reason."""

    name: str
    version: str
    read: Callable[[Original, ReadParams], Extract]


MOST_CHARACTERS = 50_000_000
"""Of the text of one original, as many as of a plain text; packed files can hold far more than they weigh."""


class Passages:
    """A text put together from parts, each with an anchor to where it stands in the original."""

    def __init__(self, separator: str = "\n\n") -> None:
        self._separator = separator
        self._pieces: list[str] = []
        self._length = 0
        self.anchors: list[Anchor] = []
        self.guesses: list[GuessedWord] = []

    def add(self, text: str, kind: AnchorKind, label: str, box: Box | None = None) -> None:
        """Append `text` after a separator, and its anchor. Empty text adds nothing."""
        self.add_part(text, (Anchor(0, len(text), kind, label, box),))

    def add_part(self, text: str, anchors: tuple[Anchor, ...], guesses: tuple[GuessedWord, ...] = ()) -> None:
        """Append `text` after a separator, with anchors and guesses that count from its own beginning. Empty text adds nothing."""
        if not text:
            return
        if self._length > MOST_CHARACTERS:
            raise UnreadableError(
                f"The file gives more than {MOST_CHARACTERS // 1_000_000} million characters of text. Cut it into parts and add those as well."
            )
        if self._pieces:
            self._pieces.append(self._separator)
            self._length += len(self._separator)
        moved = (msgspec.structs.replace(anchor, start=anchor.start + self._length, end=anchor.end + self._length) for anchor in anchors)
        self.anchors.extend(moved)
        self.guesses.extend(GuessedWord(word.start + self._length, word.end + self._length, word.confidence) for word in guesses)
        self._pieces.append(text)
        self._length += len(text)

    @property
    def text(self) -> str:
        """All parts with their separators."""
        return "".join(self._pieces)


def described(values: dict[str, object]) -> dict[str, str]:
    """Metadata as written, without what is empty; a value over 2,000 characters is cut, with an ellipsis."""
    texts = {key: str(value).strip() for key, value in values.items() if value is not None}
    return {key: text if len(text) <= 2000 else text[:2000] + "…" for key, text in texts.items() if text}


def bare_name(name: str | None) -> str | None:
    """A file name as written inside an original, without folders and characters that cannot be shown; None where nothing is left."""
    visible = "".join(character for character in name or "" if character.isprintable())
    return visible.replace("\\", "/").rpartition("/")[2] or None
