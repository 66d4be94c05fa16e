"""What a reading of a claim leaves in doubt, so that a person looks first where a look is needed most.

A doubt is about the reading alone. None of them says anything about whether what is claimed happened.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from witnessmark.model.claim import ANSWERING, Claim

LONGEST_QUOTE = 240
"""Characters beyond which one proposition is more likely two: twice what 99 in 100 of those marked in the development corpus have (118)."""


ABSTAIN = 0.6
"""Confidence below which the learned reader would rather not have said who says what: a person looks there first."""


class Doubt(StrEnum):
    """Why a reading deserves a second look."""

    TIE = "tie"
    SPEAKER = "speaker"
    ANSWERS = "answers"
    ACT = "act"
    VICTIMS = "victims"
    DATE = "date"
    PLACE = "place"
    WORDS = "words"
    SCAN = "scan"


DOUBT_WORDS = {
    Doubt.TIE: "the reader is not sure that these words are this speaker's, or where they begin and end",
    Doubt.SPEAKER: "it is not known who the words for the speaker stand for",
    Doubt.ANSWERS: "nothing was found that this answers",
    Doubt.ACT: "people are counted, but not what was done to them",
    Doubt.VICTIMS: "one count includes another, or has neither end",
    Doubt.DATE: "a time is named that could not be placed in the calendar",
    Doubt.PLACE: "a place is named that no gazetteer here holds",
    Doubt.WORDS: "the words are many, or lie apart in the text",
    Doubt.SCAN: "the text was read off an image by a machine; check names letter by letter",
}
"""Each doubt in words."""


def doubts_of(claim: Claim, *, from_image: bool, answers_something: bool) -> tuple[Doubt, ...]:
    """What is in doubt about how a claim was read.

    `from_image` where its text came from character recognition, `answers_something` where it was set beside a claim it answers.
    """
    return tuple(_doubts(claim, from_image=from_image, answers_something=answers_something))


def _doubts(claim: Claim, *, from_image: bool, answers_something: bool) -> Iterator[Doubt]:
    if claim.confidence is not None and claim.confidence < ABSTAIN:
        yield Doubt.TIE
    if claim.speaker is not None and claim.speaker.name is None and not claim.speaker.anonymous:
        yield Doubt.SPEAKER
    if claim.stance in ANSWERING and not answers_something:
        yield Doubt.ANSWERS
    if claim.victims and claim.act is None:
        yield Doubt.ACT
    if any(count.includes is not None or count.min is count.max is None for count in claim.victims):
        yield Doubt.VICTIMS
    if any(interval is not None and interval.earliest is interval.latest is None for interval in (claim.when, claim.said, claim.due)):
        yield Doubt.DATE
    if claim.where is not None and claim.where.id is None:
        yield Doubt.PLACE
    if len(claim.content) > 1 or len(claim.quote) > LONGEST_QUOTE:
        yield Doubt.WORDS
    if from_image:
        yield Doubt.SCAN
