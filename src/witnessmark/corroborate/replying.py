"""How likely a claim answers what others said of the same happening, also where no word of it denies: "the gate was open", "they were moved for maintenance".

A score over who speaks (an office, a party that is accused), in what kind of document, after whom, and how much of that document is worded as an answer; fitted by `scripts/fit-answers` on
the worlds of `corpus/incidents/dev` alone (`data/replying.json` says how, and how well it did on worlds it had not seen). It says nothing of whether an answer is true. A claim that is taken for an answer so stays what it was read as: it is set
beside what it answers, and is never called a denial.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from witnessmark.corroborate.compared import TAKING_BACK
from witnessmark.corroborate.grouping import Grouping
from witnessmark.corroborate.naming import name_keys
from witnessmark.corroborate.telling import Telling
from witnessmark.corroborate.trees import Floats, Trees
from witnessmark.model.claim import ANSWERING, Kind, Stance
from witnessmark.model.item import SourceKind

FEATURES = (
    "worded as a denial",
    "worded as a doubt",
    "worded as a concession",
    "worded as a correction",
    "worded as an assertion",
    "read as fact",
    "negations in it",
    "negations in its sentence",
    "words for what is said, in its sentence",
    "words for what is said, in its document",
    "share of its document that is negated",
    "share of its document worded as answers",
    "share of its speaker's claims that are negated",
    "share of its speaker's claims worded as answers",
    "state document",
    "press document",
    "document of a witness or helper",
    "document of another body",
    "its document speaks",
    "an office speaks",
    "an office's document speaks",
    "accused before",
    "says it took place",
    "accuses",
    "states an act",
    "older documents",
    "days since the last of them",
    "place in its document",
    "length",
    "figures",
    "tellings of it",
)

NEGATION = re.compile(r"\b(?:no|not|nor|never|nobody|none|neither|nothing|without|cannot|false|untrue)\b|n['’]t\b", re.IGNORECASE)
OF_WHAT_IS_SAID = re.compile(
    r"\b(?:alleg\w+|claim\w*|rumou?r\w*|so-called|invent\w+|fabricat\w+|unfounded|baseless|report\w*|accus\w+|media|slander\w*|lies?|tales?|propaganda|circulat\w+|said to|supposed\w*)\b",
    re.IGNORECASE,
)
OFFICE = re.compile(
    r"\b(?:ministr\w+|minister|spokes\w+|command\w*|general|official|source|governor|police|army|guard|directorate|secretar\w+|commission\w*|office|mayor|colonel|major|captain|lawyer|counsel|company|director|government|deputy|chief)\b",
    re.IGNORECASE,
)
HELPERS = frozenset({SourceKind.WITNESS, SourceKind.HOSPITAL, SourceKind.NGO})


class Reply(NamedTuple):
    """A claim that may answer, with how likely it does (0 to 1)."""

    telling: Telling
    likely: float


@cache
def model() -> Trees:
    """The model shipped with the package; its threshold is from which likelihood a claim is looked at as an answer."""
    return Trees.load("replying.json", FEATURES)


def replies_in(group: Sequence[Telling], grouping: Grouping) -> list[Reply]:
    """The tellings of a group that are likely enough to answer others of it, oldest first, as the group is."""
    rows = features_of(group, grouping)
    likely = model().likely(list(rows.T), (len(group),))
    return [Reply(telling, round(float(chance), 6)) for telling, chance in zip(group, likely, strict=True) if chance >= model().threshold]


def features_of(group: Sequence[Telling], grouping: Grouping) -> Floats:
    """A row of `FEATURES` for each telling of a group, which comes oldest first."""
    own: dict[str, list[Telling]] = defaultdict(list)
    for telling in group:
        own[telling.item].append(telling)
    rows = []
    items, accused, last = 0, frozenset[str](), None
    for item, tellings in own.items():
        beside = grouping.tellings_of(item) or tellings
        of_document, by_speaker = _wording(beside), _wordings_by_speaker(beside)
        place = {telling.id: n for n, telling in enumerate(beside)}
        day = tellings[0].age[0]
        since = math.log1p(max(0, day - last)) if last is not None else 9.0
        rows += [
            (
                *_of_claim(telling),
                of_document.said,
                of_document.negated,
                of_document.answering,
                *_others(by_speaker[_speaker(telling)], telling),
                *_of_source(telling),
                float(len(speaker_keys(telling) & accused)),
                *_of_content(telling),
                math.log1p(items),
                since,
                place.get(telling.id, 0) / max(1, len(beside)),
                math.log1p(len(telling.placed.claim.quote)),
                float(len(telling.figures)),
                math.log1p(len(group)),
            )
            for telling in tellings
        ]
        items, last = items + 1, day
        accused |= frozenset(key for telling in tellings for key in telling.compared.accused)
    return np.array(rows, dtype=np.float64)


class _Wording(NamedTuple):
    """How claims are worded: how many there are, how many of them are negated or worded as answers as shares, and words for what is said in a thousand characters."""

    many: int
    negated: float
    answering: float
    said: float


def _wording(tellings: Sequence[Telling]) -> _Wording:
    many = len(tellings)
    text = tellings[0].document.text if tellings[0].document else ""
    return _Wording(
        many,
        sum(_negations(sentence_words(one)) > 0 for one in tellings) / many,
        sum(one.placed.claim.stance in ANSWERING for one in tellings) / many,
        1000 * _said(text) / max(1, len(text)),
    )


def _wordings_by_speaker(tellings: Iterable[Telling]) -> dict[str, _Wording]:
    by: dict[str, list[Telling]] = defaultdict(list)
    for one in tellings:
        by[_speaker(one)].append(one)
    return {speaker: _wording(found) for speaker, found in by.items()}


def _others(wording: _Wording, telling: Telling) -> tuple[float, float]:
    """The shares of the other claims of its speaker there, one more counted that is neither."""
    negated = wording.negated * wording.many - (_negations(sentence_words(telling)) > 0)
    answering = wording.answering * wording.many - (telling.placed.claim.stance in ANSWERING)
    return negated / wording.many, answering / wording.many


def _of_claim(telling: Telling) -> tuple[float, ...]:
    claim, sentence = telling.placed.claim, sentence_words(telling)
    stance = claim.stance
    kinds = (stance is Stance.DENIES, stance is Stance.DOUBTS, stance is Stance.CONCEDES, stance in TAKING_BACK, stance is Stance.ASSERTS)
    counted = (_negations(claim.quote), _negations(sentence), _said(sentence))
    return (*map(float, kinds), float(claim.kind is Kind.FACTUAL), *map(float, counted))


def _of_source(telling: Telling) -> tuple[float, ...]:
    document, speaker = telling.document, telling.placed.claim.speaker
    kind = document.kind if document else None
    words = " ".join(filter(None, (speaker.name, speaker.role, speaker.mention.text if speaker.mention else ""))) if speaker else ""
    publisher = (document.publisher or "") if document and speaker is None else ""
    return tuple(
        float(bool(each))
        for each in (
            kind is SourceKind.STATE,
            kind is SourceKind.PRESS,
            kind in HELPERS,
            kind is SourceKind.OTHER,
            speaker is None,
            OFFICE.search(words),
            OFFICE.search(publisher),
        )
    )


def _of_content(telling: Telling) -> tuple[float, ...]:
    return float(telling.supports), float(bool(telling.compared.accused)), float(telling.placed.claim.act is not None)


def speaker_keys(telling: Telling) -> frozenset[str]:
    """Name keys of who speaks, of their post, and of the publisher where the document speaks."""
    speaker = telling.placed.claim.speaker
    if speaker is not None:
        return telling.compared.speaker_keys | (name_keys(speaker.role) if speaker.role else frozenset())
    publisher = telling.document.publisher if telling.document else None
    return name_keys(publisher) if publisher else frozenset()


def sentence_words(telling: Telling) -> str:
    """The sentence or sentences a claim stands in; its own words where the text is not known."""
    first, last = telling.sentence
    return (telling.document.text[first:last] if telling.document else "") or telling.placed.claim.quote


def _speaker(telling: Telling) -> str:
    return telling.placed.speaker_name


@lru_cache(maxsize=16384)
def _negations(text: str) -> int:
    return len(NEGATION.findall(text))


@lru_cache(maxsize=16384)
def _said(text: str) -> int:
    return len(OF_WHAT_IS_SAID.findall(text))
