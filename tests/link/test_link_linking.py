from witnessmark.link.linking import calibrated_threshold
from witnessmark.link.records import ScoredPair


def test_the_threshold_is_where_the_probabilities_expect_the_highest_f1() -> None:
    pairs = [ScoredPair("a", "b", 0.9), ScoredPair("c", "d", 0.8), ScoredPair("e", "f", 0.1)]
    assert calibrated_threshold(pairs) == 0.8


def test_without_pairs_nothing_is_linked() -> None:
    assert calibrated_threshold([]) == 1.0
