"""Wordings: what the words of a proposition do with what somebody else said, whatever the parser made of them.

A verdict needs no cue: "that is not so", "reports to the contrary are false", "we have been unable to corroborate this", "I misspoke". The patterns
(`data/wordings.tsv`) are of general English and read the plain words of one proposition, in lower case and with plain apostrophes. The first one that fits decides, so the
order says what wins: not knowing before denying, taking back before putting right.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from witnessmark.claims.lexicon import rows_of
from witnessmark.claims.propositions import Proposition
from witnessmark.model.claim import Stance

NAMED = re.compile(r"<[a-z]+>")
SPACE = re.compile(r"\s+")
PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "—": "-", "–": "-"})


class Wording(StrEnum):
    """What a proposition's words do beyond asserting."""

    IGNORES = "ignores"
    DOUBTS = "doubts"
    CONCEDES = "concedes"
    RETRACTS = "retracts"
    CORRECTS = "corrects"
    REJECTS = "rejects"
    NEGATES = "negates"
    DEMANDS = "demands"
    PLEDGES = "pledges"
    PREDICTS = "predicts"


STANCES = {
    Wording.IGNORES: Stance.ASSERTS,
    Wording.DOUBTS: Stance.DOUBTS,
    Wording.CONCEDES: Stance.CONCEDES,
    Wording.RETRACTS: Stance.RETRACTS,
    Wording.CORRECTS: Stance.CORRECTS,
    Wording.REJECTS: Stance.DENIES,
    Wording.NEGATES: Stance.DENIES,
    Wording.DEMANDS: Stance.DEMANDS,
    Wording.PLEDGES: Stance.PLEDGES,
    Wording.PREDICTS: Stance.PREDICTS,
}
"""The stance of each; not to know is put forward as a plain assertion."""

EMPTY = re.compile(
    r"^(?:no|nobody|none|nor|not(?= (?:a|one|any|my|our|here|tonight|today)\b))\b ?(?:a |one |single |my |our |such )*(?!doubt|longer|only|later|more|less|fewer|least|far|long|sooner|wonder|matter|end)\w+"
)
"""How a negative sentence opens."""


@cache
def patterns() -> tuple[tuple[Wording, re.Pattern[str]], ...]:
    """The patterns of `data/wordings.tsv` in their order, those of one wording that stand together as one, the named parts put in."""
    parts: dict[str, str] = {}
    joined: list[tuple[Wording, list[str]]] = []
    for name, pattern in rows_of("wordings.tsv"):
        if name.startswith("<"):
            parts[name] = pattern
        elif joined and joined[-1][0] == name:
            joined[-1][1].append(pattern)
        else:
            joined.append((Wording(name), [pattern]))
    return tuple((wording, re.compile(NAMED.sub(lambda match: parts[match.group()], "|".join(each)))) for wording, each in joined)


def words_of(proposition: Proposition) -> str:
    """The plain words of a proposition: lower case, one space between, plain apostrophes, no mark at the end."""
    parsed = proposition.parsed
    return plain_words(" ".join(parsed.doc.text[start - parsed.base : end - parsed.base] for start, end in proposition.extents))


def plain_words(raw: str) -> str:
    """Words as the patterns read them."""
    return SPACE.sub(" ", raw.translate(PLAIN).replace('"', "").lower()).strip(" .,;:!?-")


def wording_of(words: str) -> Wording | None:
    """What the words do beyond asserting; None where no pattern fits."""
    return next((wording for wording, pattern in patterns() if pattern.search(words)), None)


def takes_a_stance(words: str) -> bool:
    """Whether the words alone, a verb or none, deny, doubt, concede, retract, correct, demand or pledge something.

    A sentence that opens with an empty noun ("No shot was fired", "Not my boys", "No wounds on anyone") denies, too.
    """
    wording = wording_of(words)
    return (wording is not None and wording is not Wording.IGNORES) or EMPTY.search(words) is not None
