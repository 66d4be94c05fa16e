"""Scores that are the mean of two: a logistic one, and boosted trees (Friedman 2001) of two questions each, since a shared number says much on one day and little a year apart.

The logistic half keeps the score from leaping where a value lies beside a question. Both are tables that `scripts/boosting.py` fits and that are kept in the package, so a score is a sum of numbers anybody can look up. Values are compared as whole millionths: the order in which words were added up never
decides on which side of a question a pair falls.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

MILLION = 10**6


class Question(NamedTuple):
    """Whether a feature is larger than `than` millionths."""

    feature: int
    than: int


class Tree(NamedTuple):
    """The question asked of all, those asked next after a no and after a yes, and what each of the four outcomes adds to the score: no-no, no-yes, yes-no, yes-yes."""

    first: Question
    after_no: Question
    after_yes: Question
    adds: tuple[float, float, float, float]


class Trees(NamedTuple):
    """A score in log odds: a constant, what each feature adds by its coefficient, and what each tree adds. `threshold` is from which likelihood it decides anything."""

    trees: tuple[Tree, ...]
    coefficients: tuple[float, ...]
    constant: float
    threshold: float

    @classmethod
    def load(cls, name: str, features: Sequence[str]) -> Trees:
        """A model shipped with the package, with the places of its features among `features`."""
        stored = json.loads((files("witnessmark.corroborate") / "data" / name).read_text(encoding="utf-8"))
        return cls.of(stored, features)

    @classmethod
    def of(cls, stored: Mapping[str, Any], features: Sequence[str]) -> Trees:
        """The model that a stored one describes."""
        place = {feature: n for n, feature in enumerate(features)}

        def asked(question: Sequence[Any]) -> Question:
            name, than = question
            return Question(place[name], round(than * MILLION))

        trees = (
            Tree(asked(each["first"]), asked(each["after no"]), asked(each["after yes"]), tuple(each["adds"])) for each in stored["trees"]
        )
        coefficients = tuple(stored["coefficients"][feature] for feature in features)
        return cls(tuple(trees), coefficients, stored["constant"], stored["threshold"])

    def likely(self, columns: Sequence[Floats | None], shape: tuple[int, ...]) -> Floats:
        """The likelihood (0 to 1) of each pair: `columns` are the features in their order, each of `shape` or what spreads to it; None where it is 0 for all."""
        whole = [millionths(column) for column in columns]
        stands = np.full(shape, self.constant)
        for coefficient, column in zip(self.coefficients, columns, strict=True):
            if column is not None:
                stands += coefficient * column
        for tree in self.trees:
            first, no, yes = (whole[question.feature] > question.than for question in tree[:3])
            neither, after_no, after_first, after_both = tree.adds
            stands += neither
            stands += (after_no - neither) * (no & ~first)
            stands += (after_first - neither) * first
            stands += (after_both - after_first) * (first & yes)
        return np.asarray(1 / (1 + np.exp(-stands)), dtype=np.float64)


def millionths(column: Floats | None) -> Floats:
    """A column in whole millionths."""
    return np.zeros(1) if column is None else np.asarray(np.rint(column * MILLION))
