"""What an answer and a telling it may be about have in common: the features by which `answering` ties them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from witnessmark.corroborate.grouping import Grouping
from witnessmark.corroborate.likeness import TYPICAL, days_between
from witnessmark.corroborate.naming import name_words
from witnessmark.corroborate.replying import NEGATION, OFFICE, sentence_words, speaker_keys
from witnessmark.corroborate.telling import Telling
from witnessmark.corroborate.trees import Floats
from witnessmark.corroborate.words import Weights, overlap, rarest_shared, shared_weight, words_of
from witnessmark.model.claim import ANSWERING
from witnessmark.model.item import SourceKind
from witnessmark.text.fold import folded

FEATURES = (
    "one happening",
    "as alike as the most alike",
    "tellings more alike",
    "tellings of its document more alike",
    "most alike of its document",
    "tellings of its document",
    "words shared",
    "fewer words shared than with another",
    "rarest word shared",
    "paragraphs share",
    "paragraphs near in meaning",
    "sentences share",
    "documents alike",
    "in one document",
    "days between",
    "later documents between",
    "same act",
    "another act",
    "figure in common",
    "says it took place",
    "accuses",
    "accuses who answers",
    "names who answers",
    "its publisher is named",
    "its speaker is named",
    "place in its document",
    "length",
    "negated",
    "worded as an answer",
    "read as fact",
    "states a basis",
    "somebody speaks",
    "an office speaks",
    "state document",
    "press document",
    "documents of one kind",
)


class _Held(NamedTuple):
    """What is compared of a telling's words, as they weigh in the case, and how many tellings stand before it in its document."""

    own: Weights
    around: Weights
    sentence: Weights
    before: float


class Pairs:
    """Compares answers of one group with what they may be about; what belongs to a single telling is worked out once."""

    def __init__(self, grouping: Grouping) -> None:
        self._grouping = grouping
        self._known: dict[str, _Held] = {}

    def features(self, answering: Telling, others: Sequence[Telling]) -> Floats:
        """A row of `FEATURES` for each of the tellings that may be answered, of which there is at least one."""
        alike = [self._grouping.likeness(answering, other) for other in others]
        mine = self._held(answering)
        own = [overlap(mine.own, self._held(other).own) for other in others]
        by_item: dict[str, list[float]] = {}
        for score, other in zip(alike, others, strict=True):
            by_item.setdefault(other.item, []).append(score)
        most, most_own = max(alike), max(own)
        ages = {other.item: other.age[:4] for other in others if other.item != answering.item}
        cosine = {item: self._grouping.documents_alike(answering.item, item) for item in by_item}
        rows = [
            (
                score,
                score / most if most else 0.0,
                float(sum(each > score for each in alike)),
                float(sum(each > score for each in by_item[other.item])),
                max(by_item[other.item]),
                float(len(by_item[other.item])),
                shared,
                most_own - shared,
                *_words(mine, self._held(other)),
                _nearness(answering.placed.meaning, other.placed.meaning),
                shared_weight(mine.sentence, self._held(other).sentence),
                cosine[other.item],
                *_places(answering, other, ages),
                *_contents(answering, other),
                *_names(answering, other),
                self._held(other).before,
                *_of_telling(other),
                *_sources(answering, other),
            )
            for score, shared, other in zip(alike, own, others, strict=True)
        ]
        return np.array(rows, dtype=np.float64)

    def _held(self, telling: Telling) -> _Held:
        known = self._known.get(telling.id)
        if known is None:
            weighed = self._grouping.weighed(telling)
            before = sum(one.start < telling.start for one in self._grouping.tellings_of(telling.item))
            known = _Held(weighed.own, weighed.around, self._grouping.weigh(_words_of(sentence_words(telling))), float(before))
            self._known[telling.id] = known
        return known


def _words(mine: _Held, theirs: _Held) -> tuple[float, float]:
    return rarest_shared(mine.own, theirs.own), math.log1p(shared_weight(mine.around, theirs.around))


def _places(answering: Telling, other: Telling, ages: Mapping[str, tuple[int, bool, int, str]]) -> tuple[float, ...]:
    here = other.item == answering.item
    later = 0 if here else sum(age > ages[other.item] for age in ages.values())
    return float(here), days_between(answering.document, other.document), math.log1p(later)


def _contents(answering: Telling, other: Telling) -> tuple[float, ...]:
    act, their_act = answering.placed.claim.act, other.placed.claim.act
    stated = act is not None and their_act is not None
    bounds = {bound for _, bound in answering.figures} & {bound for _, bound in other.figures}
    return float(stated and act == their_act), float(stated and act != their_act), float(len(bounds)), float(other.supports)


def _names(answering: Telling, other: Telling) -> tuple[float, ...]:
    document = answering.document
    who = answering.placed.speaker_name or (document.publisher if document and document.publisher else "")
    publisher = other.document.publisher if other.document else None
    text = document.text if document else ""
    outside = other.item != answering.item
    return (
        float(bool(other.compared.accused)),
        float(len(speaker_keys(answering) & other.compared.accused)),
        min(1.0, shared_weight(_words_of(who), _words_of(sentence_words(other)))),
        float(outside and _is_named(publisher or "", text)),
        float(outside and _is_named(other.placed.speaker_name, text)),
    )


def _of_telling(other: Telling) -> tuple[float, ...]:
    claim = other.placed.claim
    return (
        math.log1p(len(claim.quote)),
        float(NEGATION.search(claim.quote) is not None),
        float(claim.stance in ANSWERING),
        float(other.is_factual),
        float(bool(claim.basis)),
        float(claim.speaker is not None),
        float(OFFICE.search(other.placed.speaker_name) is not None),
    )


def _sources(answering: Telling, other: Telling) -> tuple[float, ...]:
    mine, theirs = (one.document.kind if one.document else None for one in (answering, other))
    return float(theirs is SourceKind.STATE), float(theirs is SourceKind.PRESS), float(mine == theirs)


def _nearness(one: bytes, other: bytes) -> float:
    """The cosine of two vectors kept as bytes, as `likeness` takes it."""
    if not one or not other:
        return TYPICAL
    mine, theirs = (np.frombuffer(each, dtype=np.int8).astype(np.int64) for each in (one, other))
    length = math.sqrt(int(mine @ mine) * int(theirs @ theirs))
    return int(mine @ theirs) / length if length else TYPICAL


def _is_named(name: str, text: str) -> bool:
    """Whether a text has all words of a name that tell it from others."""
    words = name_words(name)
    return bool(words) and all(word in _folded(text) for word in words)


_words_of = lru_cache(maxsize=16384)(words_of)
_folded = lru_cache(maxsize=256)(folded)
