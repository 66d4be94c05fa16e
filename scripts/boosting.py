"""Fits the scores of `witnessmark.corroborate.trees`: the mean, in log odds, of a logistic regression (Newton's method, ridge penalty `RIDGE`) and of trees of two questions, by gradient boosting with second-order steps
(Friedman 2001; Chen and Guestrin 2016). Used by the scripts that fit scores.

Everything is exact and in a fixed order: the same rows give the same trees.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from witnessmark.corroborate.trees import MILLION, Question, Tree, Trees, millionths

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

PARTS = 24
"""Parts of equal size into which the values of a feature are cut; questions lie between them."""


RIDGE = 1.0
STEPS = 30


class Settings(NamedTuple):
    """How many trees, how large a step each takes, how many rows each outcome needs at least, and the ridge on what it adds."""

    trees: int
    rate: float
    least: int
    ridge: float


class _Cut(NamedTuple):
    gain: Floats
    feature: Ints
    part: Ints


def fit(rows: Floats, same: Floats, weight: Floats, settings: Settings, threshold: float = 0.5) -> Trees:
    """The score that tells rows that are the `same` (1) from those that are not (0)."""
    halves = [round(float(value) / 2, 4) for value in straight(rows, same, weight)]
    trees, constant = _trees(rows, same, weight, settings)
    return Trees(tuple(trees), tuple(halves[:-1]), round(halves[-1] + constant / 2, 4), threshold)


def straight(rows: Floats, same: Floats, weight: Floats) -> Floats:
    """The coefficients of the logistic regression, the constant last."""
    wide = np.column_stack([rows, np.ones(len(rows))])
    fitted = np.zeros(wide.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-wide @ fitted))
        slope = wide.T @ (weight * (likely - same)) + RIDGE * fitted
        curve = (wide * (weight * likely * (1 - likely))[:, None]).T @ wide + RIDGE * np.eye(len(fitted))
        fitted -= np.linalg.solve(curve, slope)
    return fitted


def _trees(rows: Floats, same: Floats, weight: Floats, settings: Settings) -> tuple[list[Tree], float]:
    """The trees, each adding half of what it found, and the constant they start from."""
    whole = np.stack([millionths(column) for column in rows.T], axis=1)
    bounds = [_bounds(column) for column in whole.T]
    parts = np.stack([np.searchsorted(bound, column) for bound, column in zip(bounds, whole.T, strict=True)], axis=1)
    mean = float(np.average(same, weights=weight))
    constant = float(np.log(mean / (1 - mean)))
    stands = np.full(len(same), constant)
    trees = []
    for _ in range(settings.trees):
        likely = 1 / (1 + np.exp(-stands))
        slope, curve = weight * (same - likely), weight * likely * (1 - likely)
        tree, adds = _grown(_Rows(parts, bounds, slope, curve), settings)
        trees.append(tree)
        stands += adds
    return trees, constant


def _bounds(column: Floats) -> Ints:
    """Where a feature can be asked about: between its parts, never beyond its largest value."""
    found = np.unique(np.quantile(column, np.linspace(0, 1, PARTS + 1)[1:-1], method="lower"))
    return found[found < column.max()].astype(np.int64)


class _Rows(NamedTuple):
    """The part of each feature each row lies in, where the parts end, and the first and second slope of each row's loss."""

    parts: Ints
    bounds: Sequence[Ints]
    slope: Floats
    curve: Floats


def _grown(rows: _Rows, settings: Settings) -> tuple[Tree, Floats]:
    none = np.zeros(len(rows.slope), dtype=np.int64)
    root = _best(rows, none, 1, settings)
    yes = _answers(rows.parts, root, none)
    next_ = _best(rows, yes, 2, settings)
    leaf = yes * 2 + _answers(rows.parts, next_, yes)
    adds = settings.rate * np.bincount(leaf, rows.slope, 4) / (np.bincount(leaf, rows.curve, 4) + settings.ridge)
    halves = tuple(round(float(add) / 2, 4) for add in adds)

    def asked(cut: _Cut, node: int) -> Question:
        feature = int(cut.feature[node])
        return Question(max(feature, 0), int(rows.bounds[feature][cut.part[node]]) if feature >= 0 else MILLION * 2000)

    tree = Tree(asked(root, 0), asked(next_, 0), asked(next_, 1), halves)  # type: ignore[arg-type]
    return tree, adds[leaf]


def _best(rows: _Rows, node: Ints, nodes: int, settings: Settings) -> _Cut:
    """The best question of each node; feature -1 where none is worth asking."""
    found = _Cut(np.full(nodes, 1e-9), np.full(nodes, -1), np.zeros(nodes, dtype=np.int64))
    for feature, bound in enumerate(rows.bounds):
        many = len(bound) + 1
        if many < 2:
            continue
        at = node * many + rows.parts[:, feature]
        slopes, curves, counts = (
            np.bincount(at, each, nodes * many).reshape(nodes, many).cumsum(axis=1) for each in (rows.slope, rows.curve, np.ones(len(at)))
        )
        gain = sum(
            np.square(one) / (other + settings.ridge)
            for one, other in ((slopes[:, :-1], curves[:, :-1]), (slopes[:, -1:] - slopes[:, :-1], curves[:, -1:] - curves[:, :-1]))
        )
        gain = gain - np.square(slopes[:, -1:]) / (curves[:, -1:] + settings.ridge)
        gain[(counts[:, :-1] < settings.least) | (counts[:, -1:] - counts[:, :-1] < settings.least)] = -1.0
        part = gain.argmax(axis=1)
        best = gain[np.arange(nodes), part]
        better = best > found.gain + 1e-9
        for kept, new in zip(found, (best, np.full(nodes, feature), part), strict=True):
            kept[better] = new[better]
    return found


def _answers(parts: Ints, cut: _Cut, node: Ints) -> Ints:
    feature = cut.feature[node]
    yes = parts[np.arange(len(node)), np.maximum(feature, 0)] > cut.part[node]
    return np.asarray(yes & (feature >= 0), dtype=np.int64)


def as_json(fitted: Trees, features: Sequence[str], threshold: float, made: Mapping[str, Any]) -> str:
    """The file a model is kept in, with how it was made: a tree a line."""

    def asked(question: Question) -> list[Any]:
        return [features[question.feature], question.than / MILLION]

    trees = [
        {"first": asked(tree.first), "after no": asked(tree.after_no), "after yes": asked(tree.after_yes), "adds": list(tree.adds)}
        for tree in fitted.trees
    ]
    coefficients = dict(zip(features, fitted.coefficients, strict=True))
    head = json.dumps({"made": made, "threshold": threshold, "constant": fitted.constant, "coefficients": coefficients}, indent=1)[:-2]
    return f'{head},\n "trees": [\n' + ",\n".join(f"  {json.dumps(tree)}" for tree in trees) + "\n ]\n}\n"
