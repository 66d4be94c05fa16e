"""Whether the words before a date look ahead or back, from the nearest verb: "will meet Friday" or "met Friday".

A bare "Friday" or "Nov. 9" is a day to come only where the text says so; otherwise it is the last one there was.
"""

from __future__ import annotations

import re
from enum import Enum


class Outlook(Enum):
    """Where the nearest verb before an expression looks."""

    AHEAD = "ahead"
    BACK = "back"
    UNSAID = "unsaid"


_AHEAD = (
    r"(?:will|shall|[’']ll|won[’']t|would|may|must|should|(?:is|are|set|going|due|scheduled|expected|planned|slated|supposed|plans?|wants?|hopes?)\s+to|to\s+be)"
    r"(?:\s+not)?(?:\s+be)?(?:\s+[a-z]+ed\b)?"
    r"|(?:is|are)\s+(?:scheduled|expected|due|set|planned|slated)|scheduled|expects?|expected|due|plans|planned|payable|effective|expires?|expiring"
    r"|matur(?:es|ing|ity)|upcoming|deadline|to\s+(?:begin|start|meet|hold|take|open|vote|leave|arrive|end|run|resume|visit|attend)|intends?|no\s+later\s+than|coming"
)
_BACK = (
    r"[a-z]{2,}(?<!ne)(?<!spe)ed|said|told|was|were|had|did|came|went|fell|rose|took|began|gave|made|met|held|found|saw|got|left|won|lost|sent|spoke|broke|wrote|shot|hit|cut|put"
    r"|brought|fought|caught|thought|bought|sold|led|fled|flew|grew|drew|threw|knew|struck|sank|ran|has|have|sought|set|died"
)
_VERB = re.compile(rf"\b(?:(?P<ahead>{_AHEAD})|(?P<back>{_BACK}))\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?;][\"'”’)]?\s+(?=[\"'“‘(]?[A-Z])|\n\s*\n")
_REACH = 90


def outlook(text: str, start: int) -> Outlook:
    """The outlook of the nearest verb before `start`, within the sentence."""
    reach = max(0, start - _REACH)
    for sentence_end in _SENTENCE_END.finditer(text, reach, start):
        if text[max(0, sentence_end.start() - 4) : sentence_end.start()].casefold().strip() not in {
            "mr",
            "dr",
            "mrs",
            "nov",
            "dec",
            "oct",
            "sept",
        }:
            reach = sentence_end.end()
    nearest = Outlook.UNSAID
    for verb in _VERB.finditer(text, reach, start):
        nearest = Outlook.AHEAD if verb["ahead"] else Outlook.BACK
    return nearest
