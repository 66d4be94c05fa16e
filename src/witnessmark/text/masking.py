"""Masking names in text: every occurrence of a form, however it is spelt, covered character for character, so that offsets still hold.

Forms are compared folded (case, diacritics, harakat, alef forms), with anything but letters between their words ("Dara Ilin" is "dara_ilin" too;
"Ilin, Dara" is a form of its own), and with the Arabic particles that are written in one with a word. A form is matched as whole words only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from typing import Protocol, TypeVar, cast

import msgspec

from witnessmark.model.decision import Decision
from witnessmark.model.sheet import BODIES, line_of, recorded
from witnessmark.text.fold import fold, folded

COVER = "█"
"""Stands for each character that is covered."""

T = TypeVar("T")

_LETTER = r"[^\W\d_]"
_BETWEEN = r"[\W\d_]{0,4}"
_ARABIC_BEFORE = r"(?:[وف]?[بكل]?(?:ال)?|و?لل)"
_POSSESSIVE = r"(?:'?s)?"
_HASH = re.compile(r"[0-9a-f]{16,}")
_ARABIC = re.compile("[\u0600-\u06ff]")

IDENTIFIERS = frozenset(
    {"id", "item", "document", "attribution", "reader", "subject", "field", "by", "at", "parent", "media_type", "stage", "answers", "held", "method", "number"}
)  # fmt: skip
"""Fields that hold ids, times and versions: never words of evidence."""


class Cover(Protocol):
    """Something that covers what must not be seen, without changing the length of a text."""

    def cover(self, text: str) -> str:
        """`text` with what must not be seen covered."""


class Mask:
    """The forms of all who are to be masked."""

    def __init__(self, forms: Iterable[str]) -> None:
        """Forms without a letter are no names and mask nothing."""
        patterns = sorted({pattern for form in forms if (pattern := _pattern(form))}, key=lambda each: (-len(each), each))
        self._pattern = re.compile("|".join(patterns)) if patterns else None

    def __bool__(self) -> bool:
        return self._pattern is not None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the text names somebody, in code points."""
        if self._pattern is None or not text:
            return []
        plain = fold(text)
        return [plain.original(*found.span()) for found in self._pattern.finditer(plain.text)]

    def cover(self, text: str) -> str:
        """`text` with each character of a name covered, white space in it too; its length does not change."""
        covered: list[str] = []
        at = 0
        for start, end in self.spans(text):
            covered += [text[at:start], COVER * (end - start)]
            at = end
        return "".join([*covered, text[at:]]) if covered else text


class Covers:
    """Several covers, one after another."""

    def __init__(self, *covers: Cover) -> None:
        """In the order in which they are laid on."""
        self._covers = covers

    def cover(self, text: str) -> str:
        """`text` under all of them."""
        for each in self._covers:
            text = each.cover(text)
        return text


def is_covered(whole: str, shown: str) -> bool:
    """Whether `shown` is `whole` with some of its characters covered."""
    return len(whole) == len(shown) and all(now in {COVER, before} for before, now in zip(whole, shown, strict=True))


def covered(value: T, cover: Cover, text: str | None = None) -> T:
    """A noun with every word in it covered. `text` is its document's text, covered already: spans are cut from that, so that each still holds."""
    return cast("T", _covered(value, cover, text))  # every branch gives back the type it was given


def covered_decision(decision: Decision, cover: Cover) -> Decision:
    """A decision with every word in it covered; of one that writes a line of a verification sheet the words, never the shape: a name may be "Shadow"."""
    words = covered(decision, cover)
    if decision.field not in BODIES:
        return words
    line = line_of(decision)
    return msgspec.structs.replace(words, value=recorded(msgspec.structs.replace(line, body=covered(line.body, cover))))


def _covered(value: object, cover: Cover, text: str | None) -> object:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return value if _HASH.fullmatch(value) else cover.cover(value)
    if isinstance(value, tuple):
        return tuple(_covered(each, cover, text) for each in value)
    if isinstance(value, dict):
        return {_covered(key, cover, text): _covered(each, cover, text) for key, each in value.items()}
    if isinstance(value, msgspec.Struct):
        return _covered_struct(value, cover, text)
    return value


def _covered_struct(value: msgspec.Struct, cover: Cover, text: str | None) -> msgspec.Struct:
    changed: dict[str, object] = {}
    for name in value.__struct_fields__:
        before = getattr(value, name)
        if before is None or (name in IDENTIFIERS and not isinstance(before, msgspec.Struct)):
            continue
        cut = _cut(value, text) if name == "text" and isinstance(before, str) else None
        after = cut if cut is not None else _covered(before, cover, text)
        if after != before:
            changed[name] = after
    return msgspec.structs.replace(value, **changed) if changed else value


def _cut(span: msgspec.Struct, text: str | None) -> str | None:
    """The characters of the covered text at the place of a span; None where it is no span of that text."""
    start, end = getattr(span, "start", None), getattr(span, "end", None)
    if text is None or not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(text):
        return None
    return text[start:end] if len(span.text) == end - start else None  # type: ignore[attr-defined]  # asked for by the field's name


def _pattern(form: str) -> str | None:
    words = re.findall(rf"(?:{_LETTER})+", folded(form))
    if not words:
        return None
    inside = _BETWEEN.join(map(re.escape, words))
    before = _ARABIC_BEFORE if _ARABIC.match(words[0]) else ""
    return rf"(?<!{_LETTER}){before}{inside}{_POSSESSIVE}(?!{_LETTER})"
