"""How common a value is among other people."""

from collections import Counter

import pytest

from witnessmark.link.commonness import Degree, shares_of


def test_a_value_that_nothing_else_is_known_of_is_as_common_as_its_rows() -> None:
    assert shares_of({"name": ["a", "a", "a", "b", None]}, Degree("name")) == pytest.approx({"a": 0.75, "b": 0.25})


def test_a_degree_that_a_finer_one_precedes_is_reached_by_fewer() -> None:
    """Where half of the pairs of one skeleton sound alike, to share the skeleton alone is half as likely."""
    sounds = ["ahmad"] * 51 + ["ahmed"] * 51
    share = shares_of({"bones": ["hmd"] * 102, "sound": sounds}, Degree("bones", finer="sound"))["hmd"]
    alike = sum(n * (n - 1) for n in Counter(sounds).values()) / (102 * 101)
    assert share == pytest.approx(1 - alike)


def test_rows_of_one_person_do_not_make_a_day_common() -> None:
    days = ["rare"] * 3 + ["shared"] * 3 + [f"day {number // 4}" for number in range(400)]
    names = ["Karim"] * 3 + ["Karim", "Tarek", "Munir"] + [("Nizar", "Layla", "Hind", "Rashid")[number % 4] for number in range(400)]
    shares = shares_of({"day": days, "given": names}, Degree("day", people="given"))
    assert shares["rare"] < shares["shared"] / 2
    assert shares["rare"] > 0


def test_rows_without_a_name_count_as_people_of_their_own() -> None:
    days = ["rare"] * 2 + ["shared"] * 2
    shares = shares_of({"day": days, "given": ["Karim", "Karim", None, None]}, Degree("day", people="given"))
    assert shares["rare"] < shares["shared"]


def test_where_no_pair_could_agree_shares_are_those_of_the_rows() -> None:
    shares = shares_of({"day": ["a", "b"], "finer": ["x", "y"]}, Degree("day", finer="finer"))
    assert shares == pytest.approx({"a": 0.5, "b": 0.5})


def test_a_column_that_states_nothing_has_no_shares() -> None:
    assert shares_of({"day": [None, None], "given": ["Karim", None]}, Degree("day", people="given")) == {}
