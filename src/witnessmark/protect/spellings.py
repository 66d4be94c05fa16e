"""Where a name or phrase stands in a text however it is spelled there: other case, other accents, harakat, soft hyphens, letters set apart.

Redaction and the leak check use this one rule, so that what the check would find is what redaction takes out.
"""

from __future__ import annotations

import re
from functools import lru_cache

from witnessmark.text.fold import fold_character

SHORTEST_INSIDE = 5
"""Letters from which a secret is also found inside a longer word; "Ali" inside "reality" is nobody's name, "Haddad" inside "Haddadi" may be."""
SHORTEST_ACROSS = 8
"""Letters from which a secret is also found where spaces, signs or line ends stand between its letters. Shorter ones turn up across words by chance."""

_PREFIXES = "وفبكل"  # Arabic particles written together with the word behind them


class _Folding(dict[int, str]):
    """A table for `str.translate` that folds each character the first time it is met; signs become spaces."""

    def __missing__(self, code: int) -> str:
        folded = "".join(c if c.isalnum() else " " for c in fold_character(chr(code)))
        self[code] = folded
        return folded


_FOLDING = _Folding()
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")

_LOOKALIKES = str.maketrans("l1058", "iiosb")


def as_seen(folded: str) -> str:
    """Folded text with letters and digits made one that look alike in print, where OCR takes "Ilin" for "llin"."""
    return folded.translate(_LOOKALIKES)


def spaced(text: str) -> str:
    """`text` folded, with one space for whatever stands between two words."""
    return " ".join(_INVISIBLE.sub("", text).translate(_FOLDING).split())


def squeezed(text: str) -> str:
    """The letters and digits of `text` alone, folded."""
    return spaced(text).replace(" ", "")


class Wanted:
    """What to look for, prepared once: a name or phrase. `letters` is how many letters and digits it has; with none it is never found.

    `seen`: to be looked for in text that went through `as_seen`.
    """

    def __init__(self, value: str, *, seen: bool = False) -> None:
        self.words = as_seen(spaced(value)) if seen else spaced(value)
        self.run = self.words.replace(" ", "")
        self.letters = len(self.run)
        self._alone = re.compile(rf"(?<![^\s])[{_PREFIXES}]?{re.escape(self.words)}(?![^\s])")

    def stands_in(self, words: str, run: str) -> bool:
        """Whether it stands in a text given as `spaced` and as `squeezed`."""
        if not self.letters:
            return False
        if self.letters >= SHORTEST_ACROSS and self.run in run:
            return True
        return self.words in words if self.letters >= SHORTEST_INSIDE else self._alone.search(words) is not None


def occurrences(text: str, value: str, *, seen: bool = False) -> list[tuple[int, int]]:
    """Start and end of each place in `text` where `value` stands in any spelling, whole words, in order and not overlapping.

    `seen` where the text was read by OCR: letters that look alike then count as the same.
    """
    wanted = Wanted(value, seen=seen)
    if not wanted.letters:
        return []
    run, places = _run_with_places(text)
    run = as_seen(run) if seen else run
    found, start = [], run.find(wanted.run)
    while start >= 0:
        first, last = places[start], places[start + wanted.letters - 1]
        if _counts(wanted, text, first, last, seen=seen):
            found.append(_whole_words(text, first, last + 1))
        start = run.find(wanted.run, start + 1)
    return joined(found)


def joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same stretches in order, with those that overlap or touch made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _counts(wanted: Wanted, text: str, first: int, last: int, *, seen: bool) -> bool:
    """Whether letters that run as wanted from `first` to `last` are an occurrence by the rule of `Wanted.stands_in`."""
    if wanted.letters >= SHORTEST_ACROSS:
        return True
    start, end = _whole_words(text, first, last + 1)
    words = spaced(text[start:end])
    return wanted.stands_in(as_seen(words) if seen else words, "")


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and _in_word(text[start - 1]):
        start -= 1
    while end < len(text) and _in_word(text[end]):
        end += 1
    return start, end


@lru_cache(maxsize=4096)
def _in_word(character: str) -> bool:
    return character.isalnum() or fold_character(character) == ""


def _run_with_places(text: str) -> tuple[str, list[int]]:
    """`squeezed` of a text, with the place in the text that each of its characters comes from."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for folded in _FOLDING[ord(character)].replace(" ", ""):
            characters.append(folded)
            places.append(place)
    return "".join(characters), places
