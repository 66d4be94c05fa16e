"""Quotation marks that lost their partner: a span cut inside a quotation begins or ends with a mark that closes nothing.

Only what is shown as a headline is mended; the span itself, and its place lit in the document, keep every character.
Apostrophes are told from single quotation marks by their neighbours, and left alone in doubt.
"""

from __future__ import annotations

_FAMILIES = ('"', "“”„‟", "«»", "‹›", "‘’‚‛", "'", "「」", "『』")
"""Marks that can be each other's partner; which of two opens differs between languages."""

_FAMILY = {mark: family for family in _FAMILIES for mark in family}

_OPENING = frozenset("“„‟«‹‘‚‛「『")
"""Marks that open where their neighbours do not tell."""

_SINGLE = frozenset("‘’‚‛'")

_BEFORE_OPENING = frozenset("([{-–—/")


def without_lone_marks(text: str) -> str:
    """`text` without the unpaired quotation marks before its first and after its last letter or digit; else unchanged."""
    written = [at for at, character in enumerate(text) if character.isalnum()]
    if not written:
        return text
    lone = {at for at in _lone(text) if not written[0] < at < written[-1]}
    return "".join(character for at, character in enumerate(text) if at not in lone).strip() if lone else text


def _lone(text: str) -> set[int]:
    """Where a quotation mark stands that no other one pairs with."""
    opened: dict[str, list[int]] = {family: [] for family in _FAMILIES}
    lone: set[int] = set()
    for at, mark in enumerate(text):
        if mark not in _FAMILY:
            continue
        waiting = opened[_FAMILY[mark]]
        if _is_apostrophe(text, at, pending=bool(waiting)):
            continue
        if _opens(text, at, pending=bool(waiting)):
            waiting.append(at)
        elif waiting:
            waiting.pop()
        else:
            lone.add(at)
    return lone.union(*opened.values())


def _opens(text: str, at: int, *, pending: bool) -> bool:
    """Whether the mark opens, by what stands around it; where that does not tell, by its shape or by what is open."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    free_before = not before or before.isspace() or before in _BEFORE_OPENING
    free_after = not after or after.isspace()
    if free_before != free_after:
        return free_before
    return not pending if _FAMILY[text[at]] in {'"', "'"} else text[at] in _OPENING


def _is_apostrophe(text: str, at: int, *, pending: bool) -> bool:
    if text[at] not in _SINGLE:
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if before.isalnum():
        return after.isalnum() or not pending
    return text[at] == "’" and after.isalnum()
