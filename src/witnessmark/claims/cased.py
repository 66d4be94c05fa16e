"""Text in capitals, put into sentence case of the same length, so that a parser trained on newspapers can read it.

Radio monitoring, old cables and telexes come in capitals. Every character is replaced by one character, so offsets hold.
Which words are names cannot be known from capitals: all words are lower-cased but those that open a sentence or follow a title. Spans are still
cut from the text as written.
"""

from __future__ import annotations

import re

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
MOSTLY = 0.7
FEWEST_LETTERS = 40
SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|[\"“]|\n\s*)$")
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


def sentence_case(text: str) -> str:
    """`text` unchanged unless at least `MOSTLY` of its letters are capitals; then lower case with likely names capitalised."""
    letters = [c for c in text if c.isalpha()]
    if len(letters) < FEWEST_LETTERS or sum(c.isupper() for c in letters) < MOSTLY * len(letters):
        return text
    return WORD.sub(lambda match: _recased(match, text), text)


def _recased(match: re.Match[str], text: str) -> str:
    word = match.group()
    lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in word)
    before = text[max(0, match.start() - 12) : match.start()]
    previous = before.split()[-1].lower().strip(".,") if before.split() else ""
    if SENTENCE_START.search(before) or previous in TITLES:
        return word[0] + lower[1:]
    return lower
