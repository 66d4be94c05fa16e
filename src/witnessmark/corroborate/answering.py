"""What an answer is about in other documents, where neither its reader nor a written rule could say: the tellings of its own incident it comes closest to.

A logistic score over what both share, fitted by `scripts/fit-answers` on the worlds of `corpus/incidents/dev` alone (`data/answering.json` says how). It is asked only about older
tellings by others in the same incident, so an answer is never tied to anything later, nor to its own speaker's words.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from witnessmark.corroborate.compared import TAKING_BACK
from witnessmark.corroborate.grouping import Grouping
from witnessmark.corroborate.likeness import days_between
from witnessmark.corroborate.particular import is_same_speaker
from witnessmark.corroborate.telling import Telling
from witnessmark.corroborate.words import overlap, rarest_shared, shared_weight, words_of
from witnessmark.model.claim import ANSWERING
from witnessmark.model.incident import Answer

FEATURES = (
    "words shared",
    "rarest word shared",
    "paragraphs share",
    "days between",
    "one happening",
    "says it took place",
    "names who denies",
    "same act",
    "another act",
)
MOST_BESIDE = 8
"""Tellings one answer is set beside: gold denials answer one or two, seldom more than four."""
OF_BEST = 0.6
"""Share of the best score that another telling must reach beside it."""

WHY = "It stands closest, among what was told before of the same happening, to what this says."


class AnswerModel(NamedTuple):
    """The coefficients by feature, the constant, and the least score at which an answer is tied."""

    coefficients: tuple[float, ...]
    constant: float
    threshold: float

    @staticmethod
    @cache
    def load() -> AnswerModel:
        """The model shipped with the package."""
        stored = json.loads((files("witnessmark.corroborate") / "data" / "answering.json").read_text(encoding="utf-8"))
        return AnswerModel(tuple(stored["coefficients"][name] for name in FEATURES), stored["constant"], stored["threshold"])


def answers_in(group: Sequence[Telling], grouping: Grouping, answered: frozenset[str]) -> Iterator[Answer]:
    """The answers found in one group, of claims that are not `answered` across documents already; decided ones are left as people decided."""
    model = AnswerModel.load()
    alleging, oldest = _alleging(group), _oldest(group)
    for answering in group:
        claim = answering.placed.claim
        open_ = claim.stance in ANSWERING and claim.id not in answered and not answering.placed.answers_decided
        if open_ and (claim.stance in TAKING_BACK or _who(answering) not in alleging):
            for about in _closest(answering, candidates(answering, oldest), grouping, model):
                yield Answer(claim.id, about.id, general=False, why=WHY)


def _oldest(group: Sequence[Telling]) -> list[Telling]:
    """Of tellings in the same words the oldest: a thousand copies of one article are answered at its first."""
    found: dict[frozenset[str], Telling] = {}
    for telling in group:
        if telling.is_factual:
            found.setdefault(frozenset(telling.words), telling)
    return list(found.values())


def _alleging(group: Sequence[Telling]) -> set[object]:
    """Who puts forward at least as much of an incident as they answer: they are not taken to deny it for a sentence worded as a denial."""
    said: Counter[object] = Counter()
    for telling in group:
        said[_who(telling)] += 1 if telling.supports else -1 if telling.placed.claim.stance in ANSWERING else 0
    supporting = {_who(telling) for telling in group if telling.supports}
    return {who for who in supporting if said[who] >= 0}


def _who(telling: Telling) -> object:
    return telling.compared.speaker or (telling.document.publisher if telling.document and telling.document.publisher else telling.item)


def candidates(answering: Telling, group: Sequence[Telling]) -> list[Telling]:
    """The older tellings that it may answer, those in the same words once: of other documents and other speakers, or of its own speaker where it takes back."""
    takes_back = answering.placed.claim.stance in TAKING_BACK
    found: dict[frozenset[str], Telling] = {}
    for telling in group:
        if (
            telling.item != answering.item
            and telling.is_factual
            and telling.age < answering.age
            and is_own(telling, answering) is takes_back
        ):
            found.setdefault(frozenset(telling.words), telling)
    return list(found.values())


def is_own(telling: Telling, answering: Telling) -> bool:
    """Whether both are words of one speaker, or of one publisher where the documents speak."""
    if is_same_speaker(telling.compared, answering.compared):
        return True
    publishers = [one.document.publisher for one in (telling, answering) if one.document and not one.compared.speaker]
    return len(publishers) == 2 and publishers[0] is not None and publishers[0] == publishers[1]


def _closest(answering: Telling, others: Sequence[Telling], grouping: Grouping, model: AnswerModel) -> list[Telling]:
    scored = [(_score(features(answering, other, grouping), model), other) for other in others]
    best = max((score for score, _ in scored), default=0.0)
    likely = [(score, other) for score, other in scored if score >= max(model.threshold, OF_BEST * best)]
    return [other for _, other in sorted(likely, key=lambda each: (-each[0], each[1].age))[:MOST_BESIDE]]


def _score(found: Sequence[float], model: AnswerModel) -> float:
    return 1 / (1 + math.exp(-sum(a * b for a, b in zip(found, model.coefficients, strict=True)) - model.constant))


def features(answering: Telling, other: Telling, grouping: Grouping) -> tuple[float, ...]:
    """What the score goes by, in the order of `FEATURES`."""
    mine, theirs = grouping.weighed(answering), grouping.weighed(other)
    act, their_act = answering.placed.claim.act, other.placed.claim.act
    return (
        overlap(mine.own, theirs.own),
        rarest_shared(mine.own, theirs.own),
        math.log1p(shared_weight(mine.around, theirs.around)),
        days_between(answering.document, other.document),
        grouping.likeness(answering, other),
        float(other.supports),
        min(1.0, _names_the_denier(answering, other)),
        float(act is not None and act == their_act),
        float(act is not None and their_act is not None and act != their_act),
    )


def _names_the_denier(answering: Telling, other: Telling) -> float:
    document = answering.document
    name = answering.placed.speaker_name or (document.publisher if document and document.publisher else "")
    first, last = other.sentence
    sentence = other.document.text[first:last] if other.document else ""
    return shared_weight(_words(name), _words(sentence or other.placed.claim.quote))


_words = lru_cache(maxsize=16384)(words_of)
