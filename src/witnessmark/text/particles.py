"""Arabic words with what is written onto their front: the article, and the particles for and, so, in, as and to.

A bare word is searched with these forms besides, because in Arabic "and Muhammad" is one word; a word in quotation marks is not.
The forms are spelt out, none is cut off a word of the text: what is found is a word that somebody could have typed.
"""

from __future__ import annotations

import re

SHORTEST = 3
"""Letters a word needs: onto shorter ones the particles make too many other words (و + رد is also ورد)."""

_ARABIC = re.compile(r"[\u0621-\u064a]+\Z")
_ARTICLE = "ال"
_BEFORE_BARE = ("و", "ف", "ب", "ك", "ل", "وب", "ول", "فب", "فل", "ال", "وال", "فال", "بال", "كال", "لل", "وبال", "ولل")
_BEFORE_DEFINITE = ("وال", "فال", "بال", "كال", "لل", "وبال", "ولل")
"""The article's alef is lost after ل: ل + السجن is للسجن."""


def with_particles(word: str) -> tuple[str, ...]:
    """Forms of a folded Arabic word with particles written onto it; of one that has the article, those that keep it. None of other words."""
    if not _ARABIC.match(word):
        return ()
    if word.startswith(_ARTICLE) and len(word) - len(_ARTICLE) >= SHORTEST:
        return tuple(particle + word.removeprefix(_ARTICLE) for particle in _BEFORE_DEFINITE)
    return tuple(particle + word for particle in _BEFORE_BARE) if len(word) >= SHORTEST else ()
