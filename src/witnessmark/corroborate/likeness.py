"""How likely two tellings speak of one happening, from what they share: the features, and the score of trees over them.

The trees (`data/grouping.json`) were fitted by `scripts/fit-grouping` on the worlds of `corpus/incidents/dev`, never on the test part; that file says
how, on how much, and how well the score did on worlds it had not seen. Nothing here says whether two tellings agree.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import numpy.typing as npt

from witnessmark.corroborate.documents import PlacedDocument
from witnessmark.corroborate.sheets import Floats, Ints, Rows, Sheet
from witnessmark.corroborate.trees import Trees
from witnessmark.corroborate.whereabouts import elsewhere
from witnessmark.text.meaning import SCALE

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

NEAR = 3.0
"""Claims of one document that lie so many claims or paragraphs apart are a third as near as the same place (1/e)."""
DECIMALS = 9
"""Scores are rounded to so many, so that the order in which words were added up never decides between two groups."""
MOST_DAYS = 1000
TYPICAL = 0.3
"""How near two paragraphs of one case lie to each other on average; what is taken where that is not known."""
MOST_ALIKE = 0.15
"""Cosine from which documents count as alike: copies of one article are no reason to take all it tells of for one happening (.683 against .650 without it, on worlds left out)."""


@cache
def model() -> Trees:
    """The model shipped with the package; its threshold is from which mean score two groups are one."""
    return Trees.load("grouping.json", FEATURES)


def scores(one: Sheet, others: Sheet, weights: Floats, model: Trees) -> Floats:
    """For each telling of one document and each of `others`, how likely both speak of one happening (0 to 1); 0 where they state known places that cannot be one."""
    found = model.likely(columns(one, others, weights), (len(one.acts), len(others.acts)))
    return np.where(elsewhere(one.whereabouts, others.whereabouts), 0.0, np.round(found, DECIMALS))


def features(one: Sheet, other: Sheet, weights: Floats) -> Floats:
    """The features of each pair of tellings of two documents: an array of (tellings of `one`, tellings of `other`, features)."""
    shape = len(one.acts), len(other.acts)
    found = columns(one, other, weights)
    return np.stack([np.zeros(shape) if column is None else np.broadcast_to(column, shape) for column in found], axis=2)


def columns(one: Sheet, others: Sheet, weights: Floats) -> list[Floats | None]:
    """The features in the order of `FEATURES`, each as (tellings of `one`, tellings of `others`) or what spreads to it; None where it is 0 for all."""
    same = len(others.documents) == 1 and one.document.item == others.document.item
    each = others.sizes
    own, rarest = _shared(one.own, others.own, weights)
    around, _ = _shared(one.around, others.around, weights)
    least = np.minimum(one.own.sums(weights)[:, None], others.own.sums(weights)[None, :])
    alike = np.full(1, MOST_ALIKE) if same else np.minimum(MOST_ALIKE, cosines(one, others, weights))
    return [
        np.repeat(alike, each)[None, :],
        np.ones((1, 1)) if same else None,
        (one.paragraphs[:, None] == others.paragraphs[None, :]).astype(float) if same else None,
        np.exp(-_apart(one) / NEAR) if same else None,
        np.repeat(_days_between(one.days, others.days), each)[None, :],
        np.divide(own, least, out=np.zeros_like(own), where=least > 0),
        rarest,
        np.log1p(around),
        _nearness(one, others),
        None if same else _closest(own, each),
        None if same else _closest(around, each),
        _met(one.figures, others.figures),
        _met(one.bounds, others.bounds),
        *_same_or_another(one.acts, others.acts),
        *_times(one, others),
        *_same_or_another(one.places, others.places),
        _paragraph_times(one.dated, others.dated),
    ]


def _days_between(one: Floats, others: Floats) -> Floats:
    """As `days_between`, of one document and each of the others."""
    days = np.log1p(np.minimum(np.abs(one - others), MOST_DAYS)) / math.log1p(MOST_DAYS)
    return np.where(np.isnan(days), 0.5, days)


def _shared(one: Rows, others: Rows, weights: Floats) -> tuple[Floats, Floats]:
    """For each pair of rows the weight of the words both have, and that of the rarest of them."""
    mine = np.unique(one.values)
    mine = mine[weights[mine] > 0]
    place = np.full(len(weights), -1, dtype=np.int32)
    place[mine] = np.arange(len(mine))
    table = np.zeros((len(one.sizes), len(mine) + 1))
    rows = np.repeat(np.arange(len(one.sizes)), one.sizes)
    table[rows, place[one.values]] = weights[one.values]
    table[:, -1] = 0.0
    met = place[others.values]
    held = np.flatnonzero(met >= 0)
    starts = np.searchsorted(held, others.starts)
    filled = np.flatnonzero(np.diff(starts))
    total, most = np.zeros((2, len(table), len(others.sizes)))
    if len(filled):
        weighed = table[:, met[held]]
        total[:, filled] = np.add.reduceat(weighed, starts[filled], axis=1)
        most[:, filled] = np.maximum.reduceat(weighed, starts[filled], axis=1)
    return total, most


def cosines(one: Sheet, others: Sheet, weights: Floats) -> Floats:
    """The cosine of the angle between a document and each of the others, as vectors of weights, from 0 to 1."""
    squares = np.zeros(len(weights))
    squares[one.words.values] = weights[one.words.values] ** 2
    length = np.sqrt(squares.sum()) * np.sqrt(others.words.sums(weights**2))
    return np.asarray(np.divide(others.words.sums(squares), length, out=np.zeros_like(length), where=length > 0), dtype=np.float64)


def _nearness(one: Sheet, others: Sheet) -> Floats:
    """The cosine of the paragraphs' vectors; `TYPICAL` where one has none. Sums of such whole numbers are exact in 32 bits, so their order decides nothing."""
    found = np.full((len(one.meant), len(others.meant)), TYPICAL)
    mine, theirs = np.flatnonzero(one.meant), np.flatnonzero(others.meant)
    if len(mine) and len(theirs):
        near = one.meanings[mine].astype(np.float32) @ others.meanings[theirs].astype(np.float32).T / SCALE**2
        found[np.ix_(mine, theirs)] = near
    return found


def _apart(one: Sheet) -> Floats:
    """How many claims or paragraphs the tellings of one document lie apart, whichever is more."""
    claims = np.arange(len(one.paragraphs))
    paragraphs = np.abs(np.subtract.outer(one.paragraphs, one.paragraphs))
    return np.asarray(np.maximum(np.abs(np.subtract.outer(claims, claims)), paragraphs), dtype=np.float64)


def _closest(shared: Floats, sizes: npt.NDArray[np.int32]) -> Floats:
    """How near each telling is to being the closest of its document to the other, for the worse of both: what keeps two happenings apart that two documents both tell of."""
    if not shared.size:
        return shared
    filled = sizes[sizes > 0]
    mine = np.repeat(np.maximum.reduceat(shared, np.cumsum(filled) - filled, axis=1), filled, axis=1)
    best = np.maximum(mine, shared.max(axis=0, keepdims=True))
    return np.asarray(np.divide(shared, best, out=np.zeros_like(shared), where=best > 0), dtype=np.float64)


def _met(one: Rows, others: Rows) -> Floats | None:
    """Whether two rows have a value in common."""
    if not len(one.values) or not len(others.values):
        return None
    found = np.zeros((len(one.sizes), len(others.sizes)))
    rows, owners = (np.repeat(np.arange(len(each.sizes)), each.sizes) for each in (one, others))
    for row, value in zip(rows.tolist(), one.values.tolist(), strict=True):
        found[row, owners[others.values == value]] = 1.0
    return found


def _same_or_another(one: Ints, other: Ints) -> tuple[Floats, Floats]:
    """Whether both are stated and the same, and whether both are stated and differ."""
    stated = (one != 0)[:, None] & (other != 0)[None, :]
    same = one[:, None] == other[None, :]
    return (stated & same).astype(float), (stated & ~same).astype(float)


def _times(one: Sheet, others: Sheet) -> tuple[Floats | None, Floats | None]:
    """How closely two closed intervals pin down one time, and how far they lie apart."""
    mine, theirs = np.flatnonzero(~np.isnan(one.first)), np.flatnonzero(~np.isnan(others.first))
    if not len(mine) or not len(theirs):
        return None, None
    first, last = one.first[mine, None], one.last[mine, None]
    their_first, their_last = others.first[None, theirs], others.last[None, theirs]
    apart = np.maximum(first - their_last, their_first - last)
    longest = np.maximum(last - first, their_last - their_first)
    together, far = np.zeros((2, len(one.first), len(others.first)))
    here = np.ix_(mine, theirs)
    together[here] = np.where(apart <= 0, 1 / (1 + np.log1p(longest)), 0.0)
    far[here] = np.where(apart > 0, np.minimum(1.0, np.log1p(np.maximum(apart, 0.0)) / 5), 0.0)
    return together, far


def _paragraph_times(one: Rows, others: Rows) -> Floats | None:
    """1 where the paragraphs state times that meet, -1 where they state times and none meet."""
    filled = np.flatnonzero(others.sizes)
    if not len(one.values) or not len(filled):
        return None
    found = np.zeros((len(one.sizes), len(others.sizes)))
    their_first, their_last, starts = others.values[::2], others.values[1::2], others.starts[filled] // 2
    for n, mine in enumerate(np.split(one.values, one.starts[1:-1])):
        if len(mine):
            meet = ((mine[::2, None] <= their_last[None, :]) & (their_first[None, :] <= mine[1::2, None])).any(axis=0)
            found[n, filled] = np.where(np.logical_or.reduceat(meet, starts), 1.0, -1.0)
    return found


def days_between(one: PlacedDocument | None, other: PlacedDocument | None) -> float:
    """From 0 for documents of one day to 1 for those years apart; one half where a date is missing."""
    days, their_days = one.day if one else None, other.day if other else None
    if days is None or their_days is None:
        return 0.5
    return math.log1p(min(abs(days - their_days), MOST_DAYS)) / math.log1p(MOST_DAYS)
