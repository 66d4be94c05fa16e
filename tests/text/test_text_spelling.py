"""Near words are near by letters, and the nearest come first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.text.spelling import edit_distance, nearest


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("seydnaya", "sednaya", 1), ("saydnaya", "sednaya", 2), ("homs", "hims", 1), ("ab", "ba", 1), ("", "abc", 3), ("same", "same", 0)],
)
def test_letters_apart_are_counted(one: str, other: str, apart: int) -> None:
    assert edit_distance(one, other) == apart


WORDS = st.text(alphabet="abcd", max_size=7)


@settings(deadline=None)
@given(WORDS, WORDS)
def test_distance_is_the_same_both_ways_and_nothing_only_of_a_word_to_itself(one: str, other: str) -> None:
    assert edit_distance(one, other) == edit_distance(other, one)
    assert (edit_distance(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= edit_distance(one, other) <= max(len(one), len(other))


def test_the_nearest_words_come_first_and_far_ones_not_at_all() -> None:
    assert nearest("seydnaya", ["saydnaia", "sednaya", "seydnaya", "sidney", "damascus"]) == ["sednaya", "saydnaia"]
    assert nearest("homs", ["hims", "hama", "homsi"]) == ["homsi", "hims"]


def test_numbers_and_very_short_words_have_no_near_spelling() -> None:
    assert nearest("1982", ["1983"]) == []
    assert nearest("of", ["or"]) == []
