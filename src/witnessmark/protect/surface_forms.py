"""Proposes by which words documents may name somebody: parts of the name, initials, other spellings and endings, other scripts.

A proposal is no more than that: a person says which of them are meant. Words of other scripts are compared by their consonants alone (Arabic and Latin, Cyrillic and
Latin), so the list is generous; it finds what was written, and no spelling that no document has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from witnessmark.text.fold import folded
from witnessmark.text.names import short_forms, strip_titles

SHORTEST_PART = 3
"""Letters of a part of a name that is proposed by itself: shorter ones are particles and everyday words."""
SHORTEST_STEM = 4
LONGEST_ENDING = 3
"""Letters by which a case ending may lengthen a name."""
SHORTEST_SKELETON = 3
"""Consonants of a name that are enough to be compared across scripts: with two, chance finds more than meaning does."""

_PARTICLES = frozenset({"al", "el", "ad", "ar", "as", "ash", "an", "abu", "abd", "bin", "ibn", "ben", "van", "von", "der", "den", "de", "del", "della", "di", "da", "la", "le"})  # fmt: skip
_TWO_LETTERS = {"kh": "k", "sh": "s", "ch": "s", "th": "t", "dh": "d", "gh": "g", "ph": "f", "zh": "s", "ts": "s"}
_CONSONANTS = {
    **dict(zip("bcdfghjklmnpqrstvxz", "bkdfghjklmnpkrstfsz", strict=True)),
    **dict(zip("بتثجحخدذرزسشصضطظغفقكلمنه", "bttjhkddrzsssdtzgfkklmnh", strict=True)),
    **dict(zip("бвгґджзйклмнпрстфхцчшщ", "bfggdsz klmnprstfhssss", strict=True)),
}
_WORD = re.compile(r"[^\W\d_]+")


def by_rule(name: str) -> tuple[str, ...]:
    """The forms that follow from the name itself: parts, initials, the family name first."""
    bare = strip_titles(name)
    parts = _parts(bare)
    forms = [bare, *(form for form in short_forms(name) if len(form) >= SHORTEST_PART), *parts]
    if len(parts) > 1:
        first, last = parts[0], parts[-1]
        forms += [f"{first[0]}. {last}", f"{first} {last[0]}.", f"{last}, {first}", f"{last} {first}"]
    return tuple(form for form in dict.fromkeys(forms) if form != name)


def in_documents(name: str, words: Iterable[str]) -> tuple[str, ...]:
    """Words of the documents (folded) that may be a part of the name with an ending, or in another script or spelling."""
    parts = [folded(part) for part in _parts(strip_titles(name))]
    stems = [part.rstrip("aeiouyаеиоуыюяіїє") if len(part) > SHORTEST_STEM else part for part in parts]
    skeletons = {skeleton for part in parts if len(skeleton := _skeleton(part)) >= SHORTEST_SKELETON}
    found = [
        word
        for word in words
        if word not in parts
        and (
            any(len(stem) >= SHORTEST_STEM and word.startswith(stem) and len(word) <= len(stem) + LONGEST_ENDING for stem in stems)
            or _skeleton(word) in skeletons
        )
    ]
    return tuple(dict.fromkeys(found))


def _parts(name: str) -> list[str]:
    return [part for part in _WORD.findall(name) if len(part) >= SHORTEST_PART and folded(part) not in _PARTICLES]


def _skeleton(word: str) -> str:
    """The consonants of a word in one alphabet, doubled ones once, without the Arabic article."""
    plain = folded(word)
    plain = plain.removeprefix("ال") if len(plain) > 4 else plain
    for letters, one in _TWO_LETTERS.items():
        plain = plain.replace(letters, one)
    consonants = (_CONSONANTS.get(letter, "") for letter in plain)
    return re.sub(r"(.)\1+", r"\1", "".join(consonants).replace(" ", ""))
