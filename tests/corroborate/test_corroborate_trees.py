"""Scores by a logistic half and a half of trees, as a stored table describes them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from witnessmark.corroborate import likeness, pairing, replying
from witnessmark.corroborate.trees import Trees

STORED = {
    "constant": -1.0,
    "threshold": 0.3,
    "coefficients": {"near": 0.5, "same day": 0.0},
    "trees": [{"first": ["near", 0.25], "after no": ["same day", 0.5], "after yes": ["near", 0.75], "adds": [-0.2, 0.1, 0.3, 0.9]}],
}
MODEL = Trees.of(STORED, ("same day", "near"))


def odds(near: float, same_day: float) -> float:
    likely = float(MODEL.likely([np.array([same_day]), np.array([near])], (1,))[0])
    return math.log(likely / (1 - likely))


@pytest.mark.parametrize(
    ("near", "same_day", "adds"),
    [(0.25, 0.0, -0.2), (0.2, 1.0, 0.1), (0.5, 0.0, 0.3), (1.0, 1.0, 0.9)],
    ids=["no and no", "no and yes", "yes and no", "yes and yes"],
)
def test_a_pair_gets_what_its_features_and_its_answers_to_both_questions_add(near: float, same_day: float, adds: float) -> None:
    assert odds(near, same_day) == pytest.approx(-1.0 + 0.5 * near + adds)


def test_a_feature_that_no_pair_has_is_answered_with_no() -> None:
    found = MODEL.likely([None, np.array([[0.2], [0.5]])], (2, 3))
    assert found.shape == (2, 3)
    assert np.log(found / (1 - found))[:, 0] == pytest.approx([-1.1, -0.45])


def test_a_value_a_billionth_beside_a_question_is_on_the_side_of_the_value_itself() -> None:
    assert odds(0.25 + 1e-9, 0.0) == pytest.approx(odds(0.25, 0.0), abs=1e-8)


@pytest.mark.parametrize(
    ("model", "features"),
    [
        (likeness.model(), likeness.FEATURES),
        (replying.model(), replying.FEATURES),
        (Trees.load("answering.json", pairing.FEATURES), pairing.FEATURES),
    ],
    ids=["grouping", "replying", "answering"],
)
def test_a_shipped_score_asks_only_about_features_there_are_and_decides_between_none_and_certain(
    model: Trees, features: tuple[str, ...]
) -> None:
    asked = {question.feature for tree in model.trees for question in (tree.first, tree.after_no, tree.after_yes)}
    assert asked <= set(range(len(features)))
    assert len(model.coefficients) == len(features)
    assert 0 < model.threshold < 1
