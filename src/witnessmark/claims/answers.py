"""Answers: which claims of the same document a denial, doubt, concession, correction or retraction is about.

Words like "these allegations" or "baseless" answer every factual allegation others make; a proposition of its own answers those it shares its act,
its content words or its place with. A negation that is no denial by its wording becomes one where somebody else puts the same thing forward. Nobody answers
themselves but by retracting or correcting. Where nothing fits, nothing is linked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from witnessmark.model.claim import ANSWERING, Act, Claim, Kind, Stance

GENERAL = frozenset(
    [
        "allegation",
        "accusation",
        "charge",
        "claim",
        "assertion",
        "finding",
        "content",
        "briefing",
        "report",
        "statement",
        "story",
        "rumour",
        "rumor",
        "narrative",
        "slander",
        "fabrication",
        "lie",
        "libel",
        "propaganda",
        "nonsense",
        "fiction",
        "fantasy",
        "falsehood",
        "disinformation",
        "untrue",
        "false",
        "baseless",
        "groundless",
        "unfounded",
        "fabricate",
        "fabricated",
        "foundation",
        "basis",
        "truth",
    ]
)
VERSIONS = frozenset(["version", "account", "denial", "explanation"])
AGREEMENTS = frozenset(
    ["plan", "deal", "agreement", "accord", "memorandum", "truce", "ceasefire", "treaty", "pact", "proposal", "initiative", "arrangement"]
)
DENYING = frozenset({Stance.DENIES, Stance.CONCEDES})
REACH = 150
"""Claims looked at on either side of an answer: more than a long article holds, and few enough that a book takes linear time."""
STILL = 3
"""Claims back to the speaker's last answer that an answer to nothing in particular still goes on with."""
NEAREST = 4
"""A doubt that names nothing in particular is put beside at most this many of the allegations just before it."""
PEACEFUL = frozenset({Act.AGREEMENT, Act.MEETING, Act.INVESTIGATION})
OWN = frozenset({Stance.RETRACTS, Stance.CORRECTS})
ALLEGING = frozenset({Stance.ASSERTS, Stance.PREDICTS})
WORD = re.compile(r"\w+")
LITTLE = frozenset({"the", "a", "an", "of", "at", "and", "for", "in"})
FEWEST_SHARED = 2
SAME = 0.5
"""Share of a negation's content words that the allegation it denies must hold."""
CLOSE = 0.3
"""Share of the shorter proposition's content words that two propositions must have in common."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim with the lemmas of its content words, those in its objects' place, and the name of who makes it."""

    claim: Claim
    words: frozenset[str]
    near: frozenset[str] = field(default_factory=frozenset)
    pointing: bool = False
    negated: bool = False

    @property
    def speaker(self) -> str | None:
        """Who makes it, as resolved."""
        return self.claim.speaker.name if self.claim.speaker else None


def link_answers(stated: list[Stated]) -> dict[str, tuple[str, ...]]:
    """For each answering claim's id, the ids of the claims it is about, among the `REACH` before and after it.

    Where nothing fits, a speaker who has just answered something goes on answering it: "We did not shell the town. Our guns were silent."
    """
    found: dict[str, tuple[str, ...]] = {}
    last: dict[str | None, int] = {}
    for place, answer in enumerate(stated):
        if answer.claim.stance not in ANSWERING:
            continue
        about = _about(answer, stated[max(0, place - REACH) : place], stated[place + 1 : place + 1 + REACH])
        ids = tuple(dict.fromkeys(other.claim.id for other in about))
        before = last.get(answer.speaker)
        if not ids and before is not None and place - before <= STILL:
            ids = tuple(id_ for id_ in found[stated[before].claim.id] if id_ != answer.claim.id)
        if ids:
            found[answer.claim.id] = ids
            last[answer.speaker] = place
    return found


def contested(stated: list[Stated]) -> frozenset[str]:
    """The ids of plain negations that deny after all: somebody else puts forward what they negate."""
    found = set()
    for place, claim in enumerate(stated):
        if claim.negated and claim.claim.stance is Stance.ASSERTS and claim.claim.speaker is not None:
            around = [*stated[max(0, place - REACH) : place], *stated[place + 1 : place + 1 + REACH]]
            if any(_contradicts(claim, other) for other in around):
                found.add(claim.claim.id)
    return frozenset(found)


def _contradicts(negation: Stated, other: Stated) -> bool:
    """Whether a negation takes up the words of another speaker's allegation: at least two, and most of its own."""
    shared = negation.words & other.words
    return (
        not other.negated
        and len(shared) >= FEWEST_SHARED
        and len(shared) >= SAME * len(negation.words)
        and _may_answer(negation, other)
        and _is_allegation(other)
    )


def _about(answer: Stated, before: list[Stated], after: list[Stated]) -> list[Stated]:
    if answer.claim.stance in OWN:
        return _of_own(answer, before)
    around = [*before, *after]
    others = [other for other in around if _may_answer(answer, other)]
    agreements = [other for other in others if other.claim.act is Act.AGREEMENT] if answer.near & AGREEMENTS else []
    if agreements:
        return agreements
    if answer.claim.stance is Stance.DOUBTS and answer.near & VERSIONS:
        return _of_the_other_side(answer, around)
    allegations = [other for other in others if _is_allegation(other)]
    if answer.near & GENERAL:
        return _of_accusers(allegations, around)
    earlier = [other for other in before if _may_answer(answer, other) and _is_allegation(other)]
    if answer.pointing:
        done = [other for other in earlier if other.claim.act is not None] if answer.claim.stance is Stance.DENIES else []
        return _last_said(done or earlier)
    return _alike(answer, allegations) or _of_the_place(answer, allegations) or _just_before(answer, earlier)


def _of_accusers(allegations: list[Stated], around: list[Stated]) -> list[Stated]:
    """Allegations of something done or of victims, by those who deny nothing themselves."""
    deniers = {other.speaker for other in around if other.claim.stance is Stance.DENIES and other.speaker is not None}
    return [other for other in allegations if other.speaker not in deniers and (other.claim.act is not None or other.claim.victims)]


def _alike(answer: Stated, allegations: list[Stated]) -> list[Stated]:
    act = answer.claim.act
    return [other for other in allegations if _closeness(answer, other) >= CLOSE or (act is not None and other.claim.act is act)]


def _just_before(answer: Stated, earlier: list[Stated]) -> list[Stated]:
    """What a doubt that names nothing follows upon; a denial that names nothing is not tied to whatever stands before it."""
    if answer.claim.stance is not Stance.DOUBTS:
        return []
    return [other for other in earlier if other.claim.act is not None][-NEAREST:] or _last_said(earlier)


def _of_the_place(answer: Stated, allegations: list[Stated]) -> list[Stated]:
    """What is alleged of the place that something is denied of."""
    where = answer.claim.where
    if where is None or answer.claim.stance is not Stance.DENIES:
        return []
    return [other for other in allegations if other.claim.where is not None and other.claim.where.name == where.name]


def _of_the_other_side(answer: Stated, stated: list[Stated]) -> list[Stated]:
    """What those said who deny: their denials, what they concede, and what they set against the allegation."""
    sides = {other.speaker for other in stated if other.claim.stance in DENYING and other.speaker not in {None, answer.speaker}}
    return [other for other in stated if other.speaker in sides and other.claim.kind is Kind.FACTUAL]


def _last_said(before: list[Stated]) -> list[Stated]:
    return [other for other in before if other.claim.attribution == before[-1].claim.attribution] if before else []


def _may_answer(answer: Stated, other: Stated) -> bool:
    if other.claim.stance in ANSWERING and not (answer.claim.stance is Stance.DOUBTS and other.claim.stance is Stance.DENIES):
        return False
    if answer.claim.attribution == other.claim.attribution:
        return False
    return answer.speaker is None or not _is_one_side(answer.speaker, other.speaker)


def _is_one_side(one: str, other: str | None) -> bool:
    """Whether two names are one speaker's, or one speaks for the other: nobody answers "the Ministry" who is "an official source at the Ministry of Defence"."""
    if other is None:
        return False
    words, others = (frozenset(WORD.findall(name.casefold())) - LITTLE for name in (one, other))
    return bool(words and others) and (words <= others or others <= words)


def _is_allegation(other: Stated) -> bool:
    claim = other.claim
    return (
        claim.stance in ALLEGING
        and claim.kind is Kind.FACTUAL
        and claim.act not in PEACEFUL
        and (claim.act is not None or bool(claim.victims) or claim.speaker is not None)
    )


def _of_own(answer: Stated, before: list[Stated]) -> list[Stated]:
    own = [other for other in before if other.speaker == answer.speaker]
    ranked = sorted(own, key=lambda other: (-_closeness(answer, other), -other.claim.content[0].start))
    return ranked[:1]


def _closeness(one: Stated, other: Stated) -> float:
    shorter = min(len(one.words), len(other.words))
    return len(one.words & other.words) / shorter if shorter else 0.0
