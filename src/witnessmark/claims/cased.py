"""Text in capitals, put into sentence case of the same length, so that a parser trained on newspapers can read it.

Radio monitoring, old cables and telexes come in capitals. Every character is replaced by one character, so offsets hold.
Which words are names cannot be seen in capitals: a word keeps its first capital where it opens a sentence, follows a title or is no word of the
language. Spans are still cut from the text as written.
"""

from __future__ import annotations

import re
from collections.abc import Callable

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
MOSTLY = 0.7
FEWEST_LETTERS = 40
SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|[\"“]|\n[ \t]*\n\s*)$")
"""A line's start is none: cables and radio texts are broken at the width of a page."""
TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "president",
        "minister",
        "general",
        "colonel",
        "gen",
        "col",
        "lt",
        "capt",
        "captain",
        "major",
        "sergeant",
        "bishop",
        "father",
        "judge",
        "senator",
        "secretary",
    ]
)


SHORTEST_NAME = 3
"""Letters: shorter words that no dictionary holds are abbreviations and fragments as often as names."""
SUFFIXES = (
    ("s", ""),
    ("es", ""),
    ("ies", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("ied", "y"),
    ("ing", ""),
    ("ing", "e"),
    ("er", ""),
    ("er", "e"),
    ("ly", ""),
)
PREFIXES = ("anti", "counter", "ex", "inter", "non", "over", "pre", "pro", "re", "semi", "sub", "ultra", "un")


def sentence_case(text: str, is_word: Callable[[str], bool] | None = None) -> str:
    """`text` unchanged unless at least `MOSTLY` of its letters are capitals; then lower case with likely names capitalised.

    `is_word` says of a lower-case word whether a dictionary of the language has it; without it no name is known by being no word.
    """
    letters = [c for c in text if c.isalpha()]
    if len(letters) < FEWEST_LETTERS or sum(c.isupper() for c in letters) < MOSTLY * len(letters):
        return text
    return WORD.sub(lambda match: _recased(match, text, named=is_word is not None and _is_name(match.group().lower(), is_word)), text)


def _is_name(word: str, is_word: Callable[[str], bool]) -> bool:
    """Whether no form of a word is in the dictionary."""
    if len(word) < SHORTEST_NAME or "'" in word or "’" in word:
        return False
    stems = [word, *(word.removesuffix(ending) + instead for ending, instead in SUFFIXES if word.endswith(ending))]
    stems += [stem[:-1] for stem in stems if len(stem) > SHORTEST_NAME and stem[-1] == stem[-2]]
    stems += [stem.removeprefix(prefix) for stem in stems for prefix in PREFIXES if stem.startswith(prefix)]
    return not any(is_word(stem) for stem in stems)


def _recased(match: re.Match[str], text: str, *, named: bool) -> str:
    word = match.group()
    lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in word)
    before = text[max(0, match.start() - 12) : match.start()]
    previous = before.split()[-1].lower().strip(".,") if before.split() else ""
    if named or SENTENCE_START.search(before) or previous in TITLES:
        return word[0] + lower[1:]
    return lower
