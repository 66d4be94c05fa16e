"""What people's judgements of pairs teach of others."""

import numpy as np
import pytest
from tests.link.two_lists import people

from witnessmark.link.judgements import Judgement
from witnessmark.link.learning import relearnt
from witnessmark.link.linking import score_pairs


def pairs(count: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs whose scores count one thing twice: two comparisons say the same, a third something of its own. Returns scores, what was said, and the truth."""
    rng = np.random.default_rng(seed)
    same = rng.random(count) < 0.3
    one, other = (2 * rng.normal(np.where(same, 1.0, -1.0)) for _ in range(2))
    said = np.column_stack([one, one, other])
    return 1 / (1 + np.exp(-(said.sum(axis=1) + np.log(0.3 / 0.7)))), said, same


def loss(chances: np.ndarray, same: np.ndarray) -> float:
    return float(-np.log(np.where(same, chances, 1 - chances)).mean())


def test_without_judgements_scores_stay() -> None:
    chances, said, _ = pairs(50, 1)
    assert relearnt(chances, said, {}) is chances


def test_judgements_of_doubtful_pairs_weigh_down_what_was_counted_twice() -> None:
    chances, said, same = pairs(20_000, 1)
    asked = np.argsort(np.abs(chances - 0.5))[:200].tolist()
    after = relearnt(chances, said, {number: bool(same[number]) for number in asked})
    assert loss(after, same) < loss(chances, same)


def test_one_judgement_moves_scores_little() -> None:
    chances, said, _ = pairs(1000, 1)
    number = int(np.argmin(np.abs(chances - 0.5)))
    after = relearnt(chances, said, {number: True})
    assert after[number] > chances[number]
    assert np.abs(after - chances).max() < 0.2


def test_judging_pairs_of_real_rows_is_learnt_from_and_repeatable() -> None:
    records = people(400, seed=7)
    before = score_pairs(records)
    doubtful = sorted(before, key=lambda pair: abs(pair.probability - 0.5))[:30]
    said = [Judgement(pair.other, pair.one, "different") for pair in doubtful]
    after = score_pairs(records, judgements=said)
    assert [(pair.one, pair.other) for pair in after] == [(pair.one, pair.other) for pair in before]
    assert sum(pair.probability for pair in after) < sum(pair.probability for pair in before)
    assert score_pairs(records, judgements=said) == after


def test_unsure_teaches_nothing() -> None:
    records = people(100, seed=7)
    before = score_pairs(records)
    unsure = [Judgement(before[0].one, before[0].other, "same"), Judgement(before[0].one, before[0].other, "unsure")]
    after = score_pairs(records, judgements=unsure)
    assert [pair.probability for pair in after] == pytest.approx([pair.probability for pair in before])
