"""Times on a sheet set side by side, what they are consistent with, and places by pairs of points."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from witnessmark.errors import UsageError
from witnessmark.model.sheet import Basis, Line, Moments, Placed, PointPair, ShadowMeasured, Shows, Timed
from witnessmark.model.sheet_words import moments_words
from witnessmark.watch.agreement import compare_times, consistent_with, furthest_apart, meet
from witnessmark.watch.placing import error_from_above, pair_of, position_of


def day(number: int, hour: int = 0) -> dt.datetime:
    return dt.datetime(2031, 3, number, hour, tzinfo=dt.UTC)


def days(first: int, last: int) -> Moments:
    return Moments(day(first), day(last))


def timed(place: int, basis: Basis, *moments: Moments, shadow: ShadowMeasured | None = None) -> Line:
    return Line(f"decision-{place}", Timed(basis, moments, "said", shadow=shadow), "", "k-1", "2031-04-01T00:00:00Z")


def placed(place: int, latitude: float, shows: Shows = Shows.SUBJECT) -> Line:
    return Line(f"decision-{place}", Placed(shows, latitude, 10.0, 50), "", "k-1", "2031-04-01T00:00:00Z")


def test_moments_meet_where_both_have_them() -> None:
    assert meet((days(1, 3), days(5, 9)), (days(2, 6), days(8, 12))) == (days(2, 3), days(5, 6), days(8, 9))
    assert meet((days(1, 3),), (days(4, 6),)) == ()


def test_times_that_disagree_stay_side_by_side_and_nothing_is_made_of_them() -> None:
    lines = [timed(1, Basis.METADATA, days(1, 3)), timed(2, Basis.WEATHER, days(5, 6)), timed(3, Basis.STATEMENT, days(2, 5))]
    assert [(each.one, each.other, each.agree) for each in compare_times(lines)] == [
        ("decision-1", "decision-2", False),
        ("decision-1", "decision-3", True),
        ("decision-2", "decision-3", True),
    ]
    assert consistent_with(lines) == ()


def test_a_caption_is_held_against_the_others_and_never_narrows_them() -> None:
    lines = [timed(1, Basis.CAPTION, days(2, 3)), timed(2, Basis.METADATA, days(1, 9)), timed(3, Basis.WEATHER, days(2, 12))]
    assert consistent_with(lines) == (days(2, 9),)


def test_one_time_alone_is_consistent_with_nothing_but_itself() -> None:
    assert consistent_with([timed(1, Basis.METADATA, days(2, 3)), timed(2, Basis.CAPTION, days(2, 3))]) == ()


def test_a_shadow_says_nothing_of_days_in_which_it_was_not_looked_for() -> None:
    looked = ShadowMeasured((10.0, 1.0), None, 47.0, 8.0, 50, "2031-03-01", "2031-03-05")
    shadow = timed(1, Basis.SHADOW, days(2, 3), shadow=looked)
    (outside, _, _) = compare_times([shadow, timed(2, Basis.CAPTION, days(5, 8)), timed(3, Basis.CAPTION, days(4, 5))])
    assert outside.agree is None
    (inside,) = compare_times([shadow, timed(3, Basis.CAPTION, days(4, 5))])
    assert inside.agree is False


def test_a_shadow_that_fits_at_no_time_agrees_with_nothing() -> None:
    (pair,) = compare_times([timed(1, Basis.SHADOW), timed(2, Basis.METADATA, days(1, 2))])
    assert pair.agree is False


def test_positions_of_one_thing_are_measured_against_each_other_and_the_camera_apart() -> None:
    assert furthest_apart([placed(1, 47.0), placed(2, 47.01), placed(3, 20.0, Shows.CAMERA)]) == pytest.approx(1112, abs=2)
    assert furthest_apart([placed(1, 47.0), placed(3, 20.0, Shows.CAMERA)]) is None


def test_moments_of_days_in_a_row_are_one_stretch_also_where_noon_is_midnight_in_utc() -> None:
    noon = [Moments(day(n, 23) + dt.timedelta(minutes=48 + n), day(n + 1) + dt.timedelta(minutes=10)) for n in range(4, 12)]
    assert moments_words(noon) == "2031-03-04 to 2031-03-11, each day for at most 18 min between 23:52 and 00:10 UTC"


def test_two_times_of_each_day_are_two_stretches() -> None:
    both = [Moments(day(n, hour), day(n, hour + 1)) for n in range(4, 8) for hour in (6, 15)]
    assert moments_words(both).count("each day") == 2


def test_no_moment_is_said_in_words() -> None:
    assert moments_words(()) == "at no time in the days looked at"


def frame(*, off: float = 0.0) -> list[PointPair]:
    """Six points of a frame in which a pixel is a thousandth of a degree, one of them off by some pixels."""
    at = [(100, 100), (900, 120), (880, 700), (150, 650), (500, 400), (300, 200)]
    found = []
    for place, (column, row) in enumerate(at):
        wrong = off if place == 4 else 0.0
        found.append(PointPair(column + wrong, row, 10 - row / 1e5, 20 + column / 1e5, f"point {place}"))
    return found


def test_the_error_of_a_place_is_measured_at_points_left_out_of_the_fit() -> None:
    assert error_from_above(frame()) < 0.1
    off = error_from_above(frame(off=30))
    metres = 30 / 1e5 * 111_320 * math.cos(math.radians(10))
    assert metres / math.sqrt(6) < off < metres * 1.5


def test_three_points_give_no_error() -> None:
    with pytest.raises(UsageError, match="4 pairs"):
        error_from_above(frame()[:3])


def test_points_on_a_line_give_no_error() -> None:
    with pytest.raises(UsageError, match="line"):
        error_from_above([PointPair(n, n, 10 + n / 1e5, 20 + n / 1e5, "x") for n in (0, 100, 200, 300)])


def test_a_pair_is_read_with_what_it_is() -> None:
    pair = pair_of("412,280.5=-47.2863,31.9421  north corner")
    assert pair == PointPair(412, 280.5, -47.2863, 31.9421, "north corner")


@pytest.mark.parametrize("text", ["412,280=47.28,31.94", "412=47.28,31.94 x", "1,2=91,0 x", "", "1,2=3,4,5 x"])
def test_what_is_no_pair_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        pair_of(text)


def test_what_is_no_position_is_refused() -> None:
    with pytest.raises(UsageError, match="no position"):
        position_of("47.28")
