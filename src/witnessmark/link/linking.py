"""Links lists: trains the model on the rows themselves, scores the pairs that share a blocking key, and says which threshold the scores themselves expect to do best.

The threshold is not set by hand: were the probabilities right, linking all pairs above it would give the highest expected F1 (Lipton, Elkan and Naryanaswamy 2014).
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from witnessmark.link.backend import in_duckdb
from witnessmark.link.blocking import rules_for
from witnessmark.link.features import COLUMNS, columns_of, feature_rows
from witnessmark.link.model import settings_of, sql_of
from witnessmark.link.records import ListRecord

LEAST = 1e-4
"""Pairs less probable than this are not kept."""
SAMPLED_PAIRS = 2e6
TRAINING_RULES = (
    ("given_skeleton", "family_skeleton"),
    ("given_skeleton", "day", "last_day"),
    ("family_skeleton", "father_skeleton", "month"),
)


class ScoredPair(msgspec.Struct, frozen=True, array_like=True):
    """Two records by their ids, in the order given, and the probability that they are about one person."""

    one: str
    other: str
    probability: float


def score_pairs(records: Sequence[ListRecord], *, seed: int = 1) -> list[ScoredPair]:
    """The pairs worth considering, in the order of the records; the same records and seed give the same pairs."""
    columns = columns_of(feature_rows(records))
    linker = in_duckdb(columns, COLUMNS, settings_of(rules_for(columns)))
    linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLED_PAIRS, seed=seed)
    for rule in TRAINING_RULES:
        linker.training.estimate_parameters_using_expectation_maximisation(sql_of(rule))
    scored = linker.inference.predict(threshold_match_probability=LEAST).as_pyarrow_table()
    rows = sorted(zip(*(scored[name].to_pylist() for name in ("number_l", "number_r", "match_probability")), strict=True))
    return [ScoredPair(records[one].id, records[other].id, probability) for one, other, probability in rows]


def calibrated_threshold(pairs: Sequence[ScoredPair]) -> float:
    """The probability from which on linking gives the highest expected F1; 1.0 where there is no pair."""
    if not pairs:
        return 1.0
    falling = np.sort(np.array([pair.probability for pair in pairs]))[::-1]
    expected = 2 * np.cumsum(falling) / (np.arange(1, len(falling) + 1) + falling.sum())
    return float(falling[int(np.argmax(expected))])
