"""Scoring pairs: the prior, the threshold, and that the same rows give the same scores."""

import datetime as dt
from pathlib import Path

import msgspec
import pytest
from tests.link.two_lists import alike, people

from witnessmark.errors import UsageError
from witnessmark.link.linking import calibrated_threshold, score_pairs
from witnessmark.link.records import DateSpan, ListRecord, ScoredPair


def test_the_threshold_is_where_the_probabilities_expect_the_highest_f1() -> None:
    pairs = [ScoredPair("a", "b", 0.9), ScoredPair("c", "d", 0.8), ScoredPair("e", "f", 0.1)]
    # Linking the first two expects an F1 of 2 x 1.7 / (2 + 1.8); linking one or all three expects less.
    assert calibrated_threshold(pairs) == pytest.approx(1.7 / 3.8)


def test_without_pairs_nothing_is_linked() -> None:
    assert calibrated_threshold([]) == 1.0


def test_the_people_of_two_lists_are_found_and_the_same_rows_give_the_same_scores() -> None:
    records = people(400, seed=7)
    pairs = score_pairs(records).pairs
    threshold = calibrated_threshold(pairs)
    linked = {(pair.one, pair.other) for pair in pairs if pair.probability >= threshold}
    true = {(f"one-{number}", f"two-{number}") for number in range(400)}
    assert len(linked & true) / len(true) > 0.95
    assert len(linked & true) / len(linked) > 0.95
    assert score_pairs(records).pairs == pairs


@pytest.mark.parametrize("count", [0, 1])
def test_too_few_rows_have_no_pairs(count: int) -> None:
    assert score_pairs(people(1, seed=1)[:count]).pairs == []


def test_rows_that_share_nothing_have_no_pairs() -> None:
    assert score_pairs([ListRecord(id="a", list="one", given="Karim"), ListRecord(id="b", list="two", family="Rimawi")]).pairs == []


def test_linking_leaves_nothing_in_the_folder_one_works_in_and_says_where_memory_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Left to itself DuckDB would spill rows, with the keys of names, into a folder here."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("witnessmark.link.backend.MEMORY_LIMIT", "4MB")
    with pytest.raises(UsageError, match="Comparing 8,000 records takes more than"):
        score_pairs(people(4000, seed=3))
    assert list(tmp_path.iterdir()) == []


def test_rows_that_agree_in_everything_are_learnt_from() -> None:
    pairs = score_pairs(alike(200)).pairs
    assert {(pair.one, pair.other) for pair in pairs if pair.probability > 0.5} == {
        (f"one-{number}", f"two-{number}") for number in range(200)
    }


def test_where_no_round_of_training_ends_well_nothing_is_scored(monkeypatch: pytest.MonkeyPatch) -> None:
    """Splink refuses a degree of disagreement that has sunk to a probability of nothing; fewer rounds are what `ROUNDS` falls back on, until there are none left."""
    monkeypatch.setattr("witnessmark.link.linking.ROUNDS", ())
    with pytest.raises(UsageError, match="Nothing can be learnt from these rows"):
        score_pairs(alike(200))


def test_people_killed_on_one_day_are_told_apart_by_their_names() -> None:
    day = dt.date(2013, 8, 21)
    whole = [record for record in alike(245) if record.father == "Karim"]
    pairs = score_pairs([msgspec.structs.replace(record, died=DateSpan(day, day), age=None, father=None) for record in whole]).pairs
    right = [pair.probability for pair in pairs if pair.one.removeprefix("one-") == pair.other.removeprefix("two-")]
    wrong = [pair.probability for pair in pairs if pair.one.removeprefix("one-") != pair.other.removeprefix("two-")]
    assert len(right) == 35
    assert min(right) > 100 * max(wrong)
