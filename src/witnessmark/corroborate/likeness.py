"""How likely two tellings speak of one happening, from what they share: the features, and a logistic score over them.

The coefficients (`data/grouping.json`) were fitted by `scripts/fit-grouping` on the worlds of `corpus/incidents/dev`, never on the test part; that file says
how, on how much, and how well the score did on worlds it had not seen. Nothing here says whether two tellings agree.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from witnessmark.corroborate.days import Days
from witnessmark.corroborate.documents import PlacedDocument
from witnessmark.corroborate.rarity import Rarity
from witnessmark.corroborate.telling import Telling, paragraph_of
from witnessmark.corroborate.words import Weights, cosine, length_of, overlap, rarest_shared, shared_weight

FEATURES = (
    "documents alike",
    "same document",
    "same paragraph",
    "near in the text",
    "days between",
    "words shared",
    "rarest word shared",
    "paragraphs share",
    "same figure",
    "same number",
    "same act",
    "another act",
    "same time",
    "another time",
    "same place",
    "another place",
    "paragraphs of one time",
)

SMALL_NUMBER = 2
"""Numbers up to this are shared by chance."""
NEAR = 3.0
"""Claims of one document that lie so many apart are a third as near as neighbours (1/e)."""
MOST_DAYS = 1000

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """The tellings of one document, with their words weighed by how rare these are in the case. `length` is that of `words` as a vector."""

    document: PlacedDocument
    tellings: tuple[Telling, ...]
    vocabulary: frozenset[str]
    words: Weights
    length: float
    own: tuple[Weights, ...]
    around: tuple[Weights, ...]
    paragraphs: tuple[int, ...]
    times: tuple[tuple[Days, ...], ...]

    @classmethod
    def of(cls, document: PlacedDocument, tellings: Sequence[Telling], words: Weights, rarity: Rarity) -> Sheet:
        """Weigh the words of a document and its tellings, which come in the order of the text; `words` are those of its text."""
        weighed = rarity.weigh(words)
        paragraphs = tuple(paragraph_of(document.text, one.start)[0] for one in tellings)
        dated: dict[int, list[Days]] = {}
        for one, paragraph in zip(tellings, paragraphs, strict=True):
            if _is_closed(one.compared.when):
                dated.setdefault(paragraph, []).append(one.compared.when)
        return cls(
            document,
            tuple(tellings),
            frozenset(words),
            weighed,
            length_of(weighed),
            tuple(rarity.weigh(one.words) for one in tellings),
            tuple(rarity.weigh(one.around) for one in tellings),
            paragraphs,
            tuple(tuple(dated.get(paragraph, ())) for paragraph in paragraphs),
        )


class Model(NamedTuple):
    """The coefficients by feature, the constant, and from which mean score two groups are one."""

    coefficients: npt.NDArray[np.float64]
    constant: float
    threshold: float

    @staticmethod
    @cache
    def load() -> Model:
        """The model shipped with the package."""
        stored = json.loads((files("witnessmark.corroborate") / "data" / "grouping.json").read_text(encoding="utf-8"))
        return Model(np.array([stored["coefficients"][name] for name in FEATURES]), stored["constant"], stored["threshold"])


def scores(one: Sheet, other: Sheet, model: Model) -> Scores:
    """For each telling of `one` and each of `other`, how likely both speak of one happening (0 to 1)."""
    found = features(one, other) @ model.coefficients + model.constant
    return np.asarray(1 / (1 + np.exp(-found)), dtype=np.float64)


def features(one: Sheet, other: Sheet) -> Scores:
    """The features of each pair of tellings: an array of (tellings of `one`, tellings of `other`, features)."""
    same = one.document.item == other.document.item
    alike = 1.0 if same else cosine(one.words, other.words)
    days = days_between(one.document, other.document)
    found = np.zeros((len(one.tellings), len(other.tellings), len(FEATURES)))
    for n in range(len(one.tellings)):
        for m in range(len(other.tellings)):
            if not same or n > m:
                found[n, m] = (
                    alike,
                    same,
                    *_position(one, other, n, m, same=same),
                    days,
                    *_words(one, other, n, m),
                    *_facts(one, other, n, m),
                )
    if same:
        found += found.transpose(1, 0, 2)
    return found


def _position(one: Sheet, other: Sheet, n: int, m: int, *, same: bool) -> tuple[float, float]:
    if not same:
        return 0.0, 0.0
    return float(one.paragraphs[n] == other.paragraphs[m]), math.exp(-abs(n - m) / NEAR)


def _words(one: Sheet, other: Sheet, n: int, m: int) -> tuple[float, float, float]:
    mine, theirs = one.own[n], other.own[m]
    return overlap(mine, theirs), rarest_shared(mine, theirs), math.log1p(shared_weight(one.around[n], other.around[m]))


def _facts(one: Sheet, other: Sheet, n: int, m: int) -> tuple[float, ...]:
    mine, theirs = one.tellings[n], other.tellings[m]
    figures = {figure for figure in mine.figures & theirs.figures if figure[1] > SMALL_NUMBER}
    numbers = {number for _, number in mine.figures if number > SMALL_NUMBER} & {number for _, number in theirs.figures}
    act, their_act = mine.placed.claim.act, theirs.placed.claim.act
    place, their_place = mine.compared.place, theirs.compared.place
    together, apart = _times(mine.compared.when, theirs.compared.when)
    return (
        float(bool(figures)),
        float(bool(numbers)),
        float(act is not None and act == their_act),
        float(act is not None and their_act is not None and act != their_act),
        together,
        apart,
        float(place is not None and place == their_place),
        float(place is not None and their_place is not None and place != their_place),
        _paragraph_times(one.times[n], other.times[m]),
    )


def _times(one: Days, other: Days) -> tuple[float, float]:
    """How closely two closed intervals pin down one time, and how far they lie apart."""
    if not _is_closed(one) or not _is_closed(other):
        return 0.0, 0.0
    if one.overlaps(other):
        return 1 / (1 + math.log1p(max(_length(one), _length(other)))), 0.0
    return 0.0, min(1.0, math.log1p(max((one.first or 0) - (other.last or 0), (other.first or 0) - (one.last or 0))) / 5)


def _paragraph_times(one: Sequence[Days], other: Sequence[Days]) -> float:
    if not one or not other:
        return 0.0
    return 1.0 if any(mine.overlaps(theirs) for mine in one for theirs in other) else -1.0


def _is_closed(days: Days) -> bool:
    return days.first is not None and days.last is not None


def _length(days: Days) -> int:
    return (days.last or 0) - (days.first or 0)


def days_between(one: PlacedDocument | None, other: PlacedDocument | None) -> float:
    """From 0 for documents of one day to 1 for those years apart; one half where a date is missing."""
    days, their_days = one.day if one else None, other.day if other else None
    if days is None or their_days is None:
        return 0.5
    return math.log1p(min(abs(days - their_days), MOST_DAYS)) / math.log1p(MOST_DAYS)


def as_json(coefficients: Mapping[str, float], constant: float, threshold: float, made: Mapping[str, object]) -> str:
    """The file a model is kept in, with how it was made."""
    return json.dumps({"made": made, "threshold": threshold, "constant": constant, "coefficients": coefficients}, indent=1) + "\n"
