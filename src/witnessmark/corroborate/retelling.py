"""How likely one document tells again what an older one told of the same incident, or both have it from one source, where no words are copied and none is cited.

A logistic score over what two documents share in one incident, fitted by `scripts/fit-retelling` on the worlds of `corpus/incidents/dev` alone (`data/retelling.json` says how, and how it did on worlds it had
not seen). It proposes a tie that a person can reject; that none is proposed does not show that two accounts are independent.
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import NamedTuple

from witnessmark.corroborate.documents import PlacedDocument
from witnessmark.corroborate.likeness import days_between
from witnessmark.corroborate.naming import name_words
from witnessmark.corroborate.telling import Telling
from witnessmark.corroborate.voices import Voice, VoiceKind, Voices, speaks_for_itself
from witnessmark.corroborate.words import Weights, overlap
from witnessmark.text.fold import folded

FEATURES = (
    "words shared",
    "paragraphs share",
    "same number",
    "one speaker",
    "one names the other's publisher",
    "one names who speaks in the other",
    "neither speaks for itself",
    "days between",
)
SMALL_NUMBER = 2
"""Numbers up to this are shared by chance."""
MOST_OLDER = 60
"""Older documents of one incident that a document is compared with."""
_WORD = re.compile(r"\w+")


class RetellingModel(NamedTuple):
    """The coefficients by feature, the constant, and the least score at which a tie is proposed."""

    coefficients: tuple[float, ...]
    constant: float
    threshold: float

    @staticmethod
    @cache
    def load() -> RetellingModel:
        """The model shipped with the package."""
        stored = json.loads((files("witnessmark.corroborate") / "data" / "retelling.json").read_text(encoding="utf-8"))
        return RetellingModel(tuple(stored["coefficients"][name] for name in FEATURES), stored["constant"], stored["threshold"])


class Retold(NamedTuple):
    """The older item an item most likely goes back to, or shares its source with, and how likely (0 to 1)."""

    of: str
    likely: float


class Account:
    """What one document tells of one incident. Raises ValueError without a telling."""

    def __init__(self, tellings: Sequence[Telling], voices: Voices) -> None:
        if not tellings:
            raise ValueError("An account holds at least one telling.")
        self.tellings = tellings
        self._voices = [voices.of(one) for one in tellings]

    @property
    def document(self) -> PlacedDocument | None:
        """The document it stands in."""
        return self.tellings[0].document

    @cached_property
    def own(self) -> Weights:
        """The words of its claims."""
        return _joined(one.words for one in self.tellings)

    @cached_property
    def around(self) -> Weights:
        """The words of the paragraphs these stand in."""
        return _joined(one.around for one in self.tellings)

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The numbers it states of people."""
        return frozenset(number for one in self.tellings for _, number in one.figures if number > SMALL_NUMBER)

    @cached_property
    def speakers(self) -> frozenset[str]:
        """Who is told apart in it, named or described."""
        return frozenset(voice.key for voice in self._voices if voice.kind in {VoiceKind.NAMED, VoiceKind.DESCRIBED})

    @property
    def speaks_for_itself(self) -> bool:
        """Whether it is the word of who issued it."""
        return speaks_for_itself(self.document)

    @property
    def publisher(self) -> str:
        """Who published it; empty where that is not known."""
        return (self.document.publisher if self.document else None) or ""

    def names(self, name: str) -> bool:
        """Whether its document has all words of a name that tell it from others."""
        words = name_words(name)
        return bool(words) and self.document is not None and words <= _words_in(self.document.text)

    def names_who_speaks_in(self, other: Account) -> bool:
        """Whether its document names a person or body that speaks in the other."""
        return any(self.names(voice.name) for voice in other.voices if voice.kind in {VoiceKind.NAMED, VoiceKind.BODY})

    @property
    def voices(self) -> Sequence[Voice]:
        """The voice of each telling."""
        return self._voices


def retold(tellings: Sequence[Telling], voices: Voices) -> dict[str, Retold]:
    """By item, the older item of the incident that it most likely goes back to; items that most likely go back to none are left out."""
    accounts = accounts_of(tellings, voices)
    model = RetellingModel.load()
    found: dict[str, Retold] = {}
    for place, account in enumerate(accounts):
        scored = [(_score(features(older, account), model), older) for older in accounts[: min(place, MOST_OLDER)]]
        best = max(scored, key=lambda each: each[0], default=None)
        if best is not None and best[0] >= model.threshold:
            found[account.tellings[0].item] = Retold(best[1].tellings[0].item, best[0])
    return found


def accounts_of(tellings: Iterable[Telling], voices: Voices) -> list[Account]:
    """What each document tells of an incident, oldest first."""
    by_item: dict[str, list[Telling]] = defaultdict(list)
    for one in tellings:
        by_item[one.item].append(one)
    return [Account(found, voices) for found in sorted(by_item.values(), key=lambda found: min(one.age for one in found))]


def features(older: Account, account: Account) -> tuple[float, ...]:
    """What the score goes by, in the order of `FEATURES`."""
    return (
        overlap(older.own, account.own),
        overlap(older.around, account.around),
        float(bool(older.numbers & account.numbers)),
        float(bool(older.speakers & account.speakers)),
        float(account.names(older.publisher)),
        float(account.names_who_speaks_in(older) or older.names_who_speaks_in(account)),
        float(not older.speaks_for_itself and not account.speaks_for_itself),
        days_between(older.document, account.document),
    )


def _score(found: Sequence[float], model: RetellingModel) -> float:
    return 1 / (1 + math.exp(-sum(a * b for a, b in zip(found, model.coefficients, strict=True)) - model.constant))


def _joined(found: Iterable[Weights]) -> Weights:
    joined: Weights = {}
    for words in found:
        joined |= words
    return joined


@lru_cache(maxsize=512)
def _words_in(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(folded(text)))
