"""The times that a shadow allows at a place known to some metres, what captions claim, and directions read in a frame."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from witnessmark.errors import UsageError
from witnessmark.model.sheet import Basis, Moments, ShadowMeasured
from witnessmark.watch.bearings import azimuth_in_frame
from witnessmark.watch.claimed_times import interval_of, states_zone
from witnessmark.watch.shadow_times import DOES_NOT, FITS, MOST_KEPT, ShadowRead, as_line, read_shadow
from witnessmark.watch.shadows import Measured, Shadow, Span, times_that_fit
from witnessmark.watch.sun import Place, sun_at

KARVEL = Place(47.286, -31.942)
NOON = dt.datetime(2031, 3, 9, 13, 20, tzinfo=dt.UTC)


def measured_at(
    time: dt.datetime, place: Place = KARVEL, *, within: float = 100, days: tuple[str, str] = ("2031-03-01", "2031-03-31")
) -> ShadowMeasured:
    """What a faultless observer would measure there and then, with ordinary errors."""
    sun = sun_at([time], place)
    ratio = 1 / math.tan(math.radians(sun.elevation[0]))
    return ShadowMeasured(((sun.azimuth[0] + 180) % 360, 1.5), (ratio, 0.05), place.latitude, place.longitude, within, *days)


def covers(spans: tuple[Span, ...], time: dt.datetime) -> bool:
    return any(span.start <= time <= span.end for span in spans)


@pytest.mark.parametrize("hour", [10, 12, 14, 17])
@pytest.mark.parametrize(("north", "east"), [(1, 0), (0, 1), (-1, 0), (0, -1)], ids=["north", "east", "south", "west"])
def test_what_fits_anywhere_within_the_uncertainty_of_the_place_is_kept(hour: int, north: int, east: int) -> None:
    time = dt.datetime(2031, 6, 9, hour, 20, tzinfo=dt.UTC)
    true = Place(KARVEL.latitude + north * 0.89, KARVEL.longitude + east * 0.89 / math.cos(math.radians(KARVEL.latitude)))
    sun = sun_at([time], true)
    shadow = Shadow(
        azimuth=Measured((sun.azimuth[0] + 180) % 360, 0.01), ratio=Measured(1 / math.tan(math.radians(sun.elevation[0])), 0.001)
    )
    assert covers(times_that_fit(shadow, KARVEL, time.date(), time.date(), within=100_000), time)
    assert not covers(times_that_fit(shadow, KARVEL, time.date(), time.date()), time)


def test_an_uncertain_place_never_narrows_what_fits() -> None:
    sun = sun_at([NOON], KARVEL)
    shadow = Shadow(azimuth=Measured((sun.azimuth[0] + 180) % 360, 1))
    exact = times_that_fit(shadow, KARVEL, NOON.date(), NOON.date())
    rough = times_that_fit(shadow, KARVEL, NOON.date(), NOON.date(), within=50_000)
    assert [(a.start >= b.start, a.end <= b.end) for a, b in zip(exact, rough, strict=True)] == [(True, True)]
    assert rough[0].start < exact[0].start


def test_a_place_known_to_a_thousand_kilometres_is_refused() -> None:
    with pytest.raises(UsageError, match="uncertainty in metres"):
        times_that_fit(Shadow(azimuth=Measured(10, 1)), KARVEL, NOON.date(), NOON.date(), within=1_000_000)


def test_near_the_pole_an_uncertain_place_leaves_the_direction_open() -> None:
    near = Place(89.99, 0)
    midsummer = dt.date(2031, 6, 21)
    (span,) = times_that_fit(Shadow(azimuth=Measured(10, 1)), near, midsummer, midsummer, within=5_000)
    assert span.end - span.start >= dt.timedelta(days=1)


def test_the_day_a_caption_claims_fits_or_does_not_and_no_time_is_given() -> None:
    read = read_shadow(measured_at(NOON), ["2031-03-09", "2031-03-25"], zone="-02:00")
    assert [held.verdict for held in read.claims] == [FITS, DOES_NOT]
    assert all(span.end > span.start for span in read.moments)


def test_a_claim_outside_the_days_looked_at_is_neither() -> None:
    with pytest.raises(UsageError, match="outside the days looked at"):
        read_shadow(measured_at(NOON), ["2031-06-09"], zone="-02:00")


def test_a_sheet_keeps_what_was_measured_and_every_interval() -> None:
    line = as_line(read_shadow(measured_at(NOON)))
    assert line.basis is Basis.SHADOW
    assert line.shadow == measured_at(NOON)
    assert any(each.start <= NOON <= each.end for each in line.moments)


def test_so_many_intervals_that_they_say_nothing_are_not_kept() -> None:
    read = read_shadow(measured_at(NOON))
    with pytest.raises(UsageError, match="fewer days"):
        as_line(ShadowRead(read.measured, read.moments[:1] * (MOST_KEPT + 1)))


@pytest.mark.parametrize(
    ("text", "zone", "start", "end"),
    [
        ("2031-03-04", "+02:00", "2031-03-03 22:00", "2031-03-04 22:00"),
        ("2031-03-04", None, "2031-03-03 10:00", "2031-03-05 12:00"),
        ("2031-03-04T10:15+02:00", None, "2031-03-04 08:15", "2031-03-04 08:16"),
        ("2031-03-04 10:15Z..2031-03-04 11:00Z", "+05:00", "2031-03-04 10:15", "2031-03-04 11:01"),
        ("2031-03-04..2031-03-06", "Z", "2031-03-04 00:00", "2031-03-07 00:00"),
    ],
    ids=["day with zone", "day without", "minute", "two minutes", "days"],
)
def test_a_stated_time_is_the_whole_of_what_it_may_mean(text: str, zone: str | None, start: str, end: str) -> None:
    assert interval_of(text, zone) == Moments(*(dt.datetime.fromisoformat(each).replace(tzinfo=dt.UTC) for each in (start, end)))


@pytest.mark.parametrize(
    "text", ["", "4 March", "2031-13-04", "2031-03-04T25:00", "2031-03-06..2031-03-04", "2031-03-04T10:00+19:00", "0001-01-01"]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        interval_of(text)


def test_a_zone_counts_as_stated_only_where_every_end_states_one() -> None:
    assert states_zone("2031-03-04T10:00Z..2031-03-04T11:00+02:00")
    assert not states_zone("2031-03-04T10:00Z..2031-03-04T11:00")


@pytest.mark.parametrize(
    ("tip", "bearing"), [((100, 0), 0), ((200, 100), 90), ((100, 200), 180), ((0, 100), 270)], ids=["up", "right", "down", "left"]
)
def test_a_direction_in_a_frame_whose_upward_line_points_north(tip: tuple[float, float], bearing: float) -> None:
    found = azimuth_in_frame((100, 100), tip, ((50, 900), (50, 100)), Measured(0, 2), read_within=1)
    assert found.value == pytest.approx(bearing)
    assert found.error == pytest.approx(2 + math.degrees(math.asin(2 / 100)) + math.degrees(math.asin(2 / 800)))


def test_a_frame_turned_on_the_map_turns_the_shadow_with_it() -> None:
    found = azimuth_in_frame((0, 0), (0, -100), ((0, 0), (300, 0)), Measured(120, 1))
    assert found.value == pytest.approx(30)


def test_points_too_near_each_other_give_no_direction() -> None:
    with pytest.raises(UsageError, match="further apart"):
        azimuth_in_frame((100, 100), (101, 101), ((0, 0), (300, 0)), Measured(120, 1))
