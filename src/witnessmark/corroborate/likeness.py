"""How likely two tellings speak of one happening, from what they share: the features, and a logistic score over them.

The coefficients (`data/grouping.json`) were fitted by `scripts/fit-grouping` on the worlds of `corpus/incidents/dev`, never on the test part; that file says
how, on how much, and how well the score did on worlds it had not seen. Nothing here says whether two tellings agree.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from witnessmark.corroborate.days import Days
from witnessmark.corroborate.documents import PlacedDocument
from witnessmark.corroborate.rarity import Rarity
from witnessmark.corroborate.telling import Telling
from witnessmark.corroborate.whereabouts import Whereabouts, elsewhere, whereabouts
from witnessmark.corroborate.words import Weights, cosine, length_of
from witnessmark.model.meaning import DIMENSIONS
from witnessmark.text.meaning import SCALE
from witnessmark.text.paragraphs import paragraphs_before

Scores = npt.NDArray[np.float64]

FEATURES = (
    "documents alike",
    "same document",
    "same paragraph",
    "near in the text",
    "days between",
    "words shared",
    "rarest word shared",
    "paragraphs share",
    "paragraphs near in meaning",
    "words closest in both documents",
    "paragraphs closest in both documents",
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
"""Claims of one document that lie so many claims or paragraphs apart are a third as near as the same place (1/e)."""
DECIMALS = 9
"""Scores are rounded to so many, so that the order in which words were added up never decides between two groups."""
MOST_DAYS = 1000
TYPICAL = 0.3
"""How near two paragraphs of one case lie to each other on average; what is taken where that is not known."""
MOST_ALIKE = 0.15
"""Cosine from which documents count as alike: copies of one article are no reason to take all it tells of for one happening (.683 against .650 without it, on worlds left out)."""


class Table(NamedTuple):
    """Several stretches of one document as rows of weights; `words` are the numbers of the columns, in order."""

    words: npt.NDArray[np.int64]
    weights: Scores
    sums: Scores

    @staticmethod
    def of(rows: Sequence[Weights], number: Callable[[str], int]) -> Table:
        """The table of some stretches; `number` numbers the words of the case."""
        numbers = {word: number(word) for row in rows for word in row}
        words = np.array(sorted(numbers.values()), dtype=np.int64)
        place = {word: n for n, word in enumerate(words.tolist())}
        weights = np.zeros((len(rows), len(words)))
        for n, row in enumerate(rows):
            for word, weight in row.items():
                weights[n, place[numbers[word]]] = weight
        return Table(words, weights, weights.sum(axis=1))

    def shared(self, other: Table) -> Scores:
        """For each row of both and each word they have in common, the lesser weight."""
        _, mine, theirs = np.intersect1d(self.words, other.words, assume_unique=True, return_indices=True)
        return np.minimum(self.weights[:, None, mine], other.weights[None, :, theirs])


class Facts(NamedTuple):
    """What is stated beside words, a row for each telling; 0 is an act or place that is not stated, and NaN a time that is not closed."""

    acts: npt.NDArray[np.int64]
    places: npt.NDArray[np.int64]
    first: Scores
    last: Scores
    figures: tuple[frozenset[tuple[str | None, int]], ...]
    whereabouts: Whereabouts


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
    own_table: Table
    around_table: Table
    meanings: Scores
    paragraphs: npt.NDArray[np.int64]
    facts: Facts
    times: tuple[tuple[Days, ...], ...]

    @classmethod
    def of(
        cls, document: PlacedDocument, tellings: Sequence[Telling], words: Weights, rarity: Rarity, number: Callable[[str], int]
    ) -> Sheet:
        """Weigh the words of a document and its tellings, which come in the order of the text; `words` are those of its text."""
        weighed = rarity.weigh(words)
        paragraphs = [paragraphs_before(document.text, one.start) for one in tellings]
        dated: dict[int, list[Days]] = {}
        for one, paragraph in zip(tellings, paragraphs, strict=True):
            if _is_closed(one.compared.when):
                dated.setdefault(paragraph, []).append(one.compared.when)
        own, around = [rarity.weigh(one.words) for one in tellings], [rarity.weigh(one.around) for one in tellings]
        return cls(
            document,
            tuple(tellings),
            frozenset(words),
            weighed,
            length_of(weighed),
            tuple(own),
            tuple(around),
            Table.of(own, number),
            Table.of(around, number),
            _meanings(tellings),
            np.array(paragraphs, dtype=np.int64),
            _facts_of(tellings, number),
            tuple(tuple(dict.fromkeys(dated.get(paragraph, ()))) for paragraph in paragraphs),
        )


def _facts_of(tellings: Sequence[Telling], number: Callable[[str], int]) -> Facts:
    acts = [one.placed.claim.act for one in tellings]
    places = [one.compared.place for one in tellings]
    times = [one.compared.when if _is_closed(one.compared.when) else None for one in tellings]
    return Facts(
        np.array([number(f"act {act}") if act else 0 for act in acts], dtype=np.int64),
        np.array([number(f"place {place}") if place else 0 for place in places], dtype=np.int64),
        np.array([float(when.first or 0) if when else np.nan for when in times]),
        np.array([float(when.last or 0) if when else np.nan for when in times]),
        tuple(frozenset((harm, bound) for harm, bound in one.figures if bound > SMALL_NUMBER) for one in tellings),
        whereabouts(tellings),
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
    """For each telling of `one` and each of `other`, how likely both speak of one happening (0 to 1); 0 where they state known places that cannot be one."""
    found = 1 / (1 + np.exp(-(features(one, other) @ model.coefficients + model.constant)))
    return np.where(elsewhere(one.facts.whereabouts, other.facts.whereabouts), 0.0, np.round(found, DECIMALS))


def features(one: Sheet, other: Sheet) -> Scores:
    """The features of each pair of tellings: an array of (tellings of `one`, tellings of `other`, features)."""
    same = one.document.item == other.document.item
    shape = len(one.tellings), len(other.tellings)
    own, around = one.own_table.shared(other.own_table), one.around_table.shared(other.around_table)
    least = np.minimum(one.own_table.sums[:, None], other.own_table.sums[None, :])
    columns = (
        np.full(shape, MOST_ALIKE if same else min(MOST_ALIKE, cosine(one.words, other.words))),
        np.full(shape, float(same)),
        (one.paragraphs[:, None] == other.paragraphs[None, :]).astype(float) if same else np.zeros(shape),
        np.exp(-_apart(one) / NEAR) if same else np.zeros(shape),
        np.full(shape, days_between(one.document, other.document)),
        np.divide(own.sum(axis=2), least, out=np.zeros(shape), where=least > 0),
        own.max(axis=2, initial=0.0),
        np.log1p(around.sum(axis=2)),
        _nearness(one, other),
        _closest(own.sum(axis=2), same=same),
        _closest(around.sum(axis=2), same=same),
        *_figures(one.facts, other.facts),
        *_same_or_another(one.facts.acts, other.facts.acts),
        *_times(one.facts, other.facts),
        *_same_or_another(one.facts.places, other.facts.places),
        _paragraph_times(one.times, other.times),
    )
    return np.stack(columns, axis=2)


def _meanings(tellings: Sequence[Telling]) -> Scores:
    """The vectors of the paragraphs of tellings, a row each; zeros where none was made."""
    found = np.zeros((len(tellings), DIMENSIONS), dtype=np.float64)
    for row, one in zip(found, tellings, strict=True):
        if one.placed.meaning:
            row[:] = np.frombuffer(one.placed.meaning, dtype=np.int8)
    return found


def _nearness(one: Sheet, other: Sheet) -> Scores:
    """The cosine of the paragraphs' vectors; `TYPICAL` where one has none. Whole numbers are added up, so that their order decides nothing."""
    mine, theirs = (np.asarray(each.meanings.any(axis=1)) for each in (one, other))
    known = mine[:, None] & theirs[None, :]
    return np.where(known, one.meanings @ other.meanings.T / SCALE**2, TYPICAL)


def _apart(one: Sheet) -> Scores:
    """How many claims or paragraphs the tellings of one document lie apart, whichever is more."""
    claims = np.arange(len(one.tellings))
    paragraphs = np.abs(np.subtract.outer(one.paragraphs, one.paragraphs))
    return np.asarray(np.maximum(np.abs(np.subtract.outer(claims, claims)), paragraphs), dtype=np.float64)


def _closest(shared: Scores, *, same: bool) -> Scores:
    """How near each telling is to being the closest of its document to the other, for the worse of both: what keeps two happenings apart that two documents both tell of."""
    if same or not shared.size:
        return np.zeros_like(shared)
    mine, theirs = shared.max(axis=1, keepdims=True), shared.max(axis=0, keepdims=True)
    best: Scores = np.maximum(mine, theirs)
    return np.asarray(np.divide(shared, best, out=np.zeros_like(shared), where=best > 0), dtype=np.float64)


def _figures(one: Facts, other: Facts) -> tuple[Scores, Scores]:
    """Whether both state one number of one harm, and whether they state one number at all."""
    figures, numbers = np.zeros((len(one.figures), len(other.figures))), np.zeros((len(one.figures), len(other.figures)))
    for n, mine in enumerate(one.figures):
        for m, theirs in enumerate(other.figures) if mine else ():
            figures[n, m] = bool(mine & theirs)
            numbers[n, m] = bool({number for _, number in mine} & {number for _, number in theirs})
    return figures, numbers


def _same_or_another(one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> tuple[Scores, Scores]:
    """Whether both are stated and the same, and whether both are stated and differ."""
    stated = (one != 0)[:, None] & (other != 0)[None, :]
    same = one[:, None] == other[None, :]
    return (stated & same).astype(float), (stated & ~same).astype(float)


def _times(one: Facts, other: Facts) -> tuple[Scores, Scores]:
    """How closely two closed intervals pin down one time, and how far they lie apart."""
    apart: Scores = np.maximum(one.first[:, None] - other.last[None, :], other.first[None, :] - one.last[:, None])
    longest = np.maximum((one.last - one.first)[:, None], (other.last - other.first)[None, :])
    known = ~np.isnan(apart)
    together = np.where(known & (apart <= 0), 1 / (1 + np.log1p(np.nan_to_num(longest))), 0.0)
    return together, np.where(known & (apart > 0), np.minimum(1.0, np.log1p(np.maximum(np.nan_to_num(apart), 0.0)) / 5), 0.0)


def _paragraph_times(one: Sequence[tuple[Days, ...]], other: Sequence[tuple[Days, ...]]) -> Scores:
    """1 where the paragraphs state times that meet, -1 where they state times and none meet."""
    found = np.zeros((len(one), len(other)))
    for n, mine in enumerate(one):
        for m, theirs in enumerate(other) if mine else ():
            if theirs:
                found[n, m] = 1.0 if any(a.overlaps(b) for a in mine for b in theirs) else -1.0
    return found


def _is_closed(days: Days) -> bool:
    return days.first is not None and days.last is not None


def days_between(one: PlacedDocument | None, other: PlacedDocument | None) -> float:
    """From 0 for documents of one day to 1 for those years apart; one half where a date is missing."""
    days, their_days = one.day if one else None, other.day if other else None
    if days is None or their_days is None:
        return 0.5
    return math.log1p(min(abs(days - their_days), MOST_DAYS)) / math.log1p(MOST_DAYS)


def as_json(coefficients: Mapping[str, float], constant: float, threshold: float, made: Mapping[str, object]) -> str:
    """The file a model is kept in, with how it was made."""
    return json.dumps({"made": made, "threshold": threshold, "constant": constant, "coefficients": coefficients}, indent=1) + "\n"
