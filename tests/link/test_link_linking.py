"""Scoring pairs: the prior, the threshold, and that the same rows give the same scores."""

from pathlib import Path

import numpy as np
import pytest
from tests.link.two_lists import people

from witnessmark.errors import UsageError
from witnessmark.link.linking import calibrated_threshold, score_pairs, with_prior_of_the_lists
from witnessmark.link.records import ListRecord, ScoredPair


def test_the_threshold_is_where_the_probabilities_expect_the_highest_f1() -> None:
    pairs = [ScoredPair("a", "b", 0.9), ScoredPair("c", "d", 0.8), ScoredPair("e", "f", 0.1)]
    # Linking the first two expects an F1 of 2 x 1.7 / (2 + 1.8); linking one or all three expects less.
    assert calibrated_threshold(pairs) == pytest.approx(1.7 / 3.8)


def test_without_pairs_nothing_is_linked() -> None:
    assert calibrated_threshold([]) == 1.0


def test_the_prior_is_the_share_of_matches_the_evidence_itself_expects() -> None:
    rng = np.random.default_rng(1)
    match = rng.random(200_000) < 0.02
    # Evidence of two normal populations has the log likelihood ratio 3x - 4.5 for values x around 3 and 0.
    evidence = 3 * rng.normal(np.where(match, 3.0, 0.0)) - 4.5
    guessed = 1 / (1 + np.exp(-(evidence + np.log(1e-4 / (1 - 1e-4)))))
    chances = with_prior_of_the_lists(guessed, size=633)
    assert chances.sum() == pytest.approx(match.sum(), rel=0.05)
    sure = chances > 0.5
    assert match[sure].mean() == pytest.approx(chances[sure].mean(), abs=0.02)
    assert guessed.sum() < match.sum() / 2


def test_a_prior_is_found_where_no_pair_matches() -> None:
    assert with_prior_of_the_lists(np.array([1e-9, 1e-9]), size=100).max() < 1e-3


def test_the_people_of_two_lists_are_found_and_the_same_rows_give_the_same_scores() -> None:
    records = people(400, seed=7)
    pairs = score_pairs(records)
    threshold = calibrated_threshold(pairs)
    linked = {(pair.one, pair.other) for pair in pairs if pair.probability >= threshold}
    true = {(f"one-{number}", f"two-{number}") for number in range(400)}
    assert len(linked & true) / len(true) > 0.95
    assert len(linked & true) / len(linked) > 0.95
    assert score_pairs(records) == pairs


@pytest.mark.parametrize("count", [0, 1])
def test_too_few_rows_have_no_pairs(count: int) -> None:
    assert score_pairs(people(1, seed=1)[:count]) == []


def test_rows_that_share_nothing_have_no_pairs() -> None:
    assert score_pairs([ListRecord(id="a", list="one", given="Karim"), ListRecord(id="b", list="two", family="Rimawi")]) == []


def test_linking_leaves_nothing_in_the_folder_one_works_in_and_says_where_memory_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Left to itself DuckDB would spill rows, with the keys of names, into a folder here."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("witnessmark.link.backend.MEMORY_LIMIT", "4MB")
    with pytest.raises(UsageError, match="Comparing 8,000 records takes more than"):
        score_pairs(people(4000, seed=3))
    assert list(tmp_path.iterdir()) == []
