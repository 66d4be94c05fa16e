"""Where the sun stood, and the times a shadow allows."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from witnessmark.errors import UsageError
from witnessmark.watch.shadows import Measured, Shadow, caption_fits, times_that_fit
from witnessmark.watch.sun import Air, Place, sun_at

MOUNTAIN = dt.timezone(dt.timedelta(hours=-7))
KORRIN = Place(33.5, 36.3)


def test_nrels_published_case_is_met_to_a_ten_thousandth_of_a_degree() -> None:
    # Reda and Andreas 2004, table A5.1: zenith 50.11162, azimuth 194.34024
    time = dt.datetime(2003, 10, 17, 12, 30, 30, tzinfo=MOUNTAIN)
    sun = sun_at([time], Place(39.742476, -105.1786, 1830.14), Air(82_000, 11), delta_t=67)
    assert 90 - sun.elevation[0] == pytest.approx(50.11162, abs=1e-4)
    assert sun.azimuth[0] == pytest.approx(194.34024, abs=1e-4)


def shadow_at(time: dt.datetime, azimuth_error: float = 1.0, ratio_error: float = 0.03) -> Shadow:
    """What somebody who measures well would find at that time."""
    sun = sun_at([time], KORRIN)
    ratio = 1 / math.tan(math.radians(sun.elevation[0]))
    return Shadow(azimuth=Measured((sun.azimuth[0] + 180) % 360, azimuth_error), ratio=Measured(ratio, ratio_error))


@pytest.mark.parametrize("hour", [7, 9, 12])
def test_the_true_time_is_among_those_that_fit(hour: int) -> None:
    time = dt.datetime(2031, 3, 9, hour, 17, tzinfo=dt.UTC)
    spans = times_that_fit(shadow_at(time), KORRIN, dt.date(2031, 3, 1), dt.date(2031, 3, 31))
    assert caption_fits(spans, time, time)


def test_an_answer_is_intervals_and_never_a_point() -> None:
    time = dt.datetime(2031, 3, 9, 9, 0, tzinfo=dt.UTC)
    spans = times_that_fit(shadow_at(time, 0.01, 0.0001), KORRIN, dt.date(2031, 3, 9), dt.date(2031, 3, 9))
    assert all(span.end > span.start for span in spans)


def test_direction_and_length_together_allow_two_seasons() -> None:
    time = dt.datetime(2031, 3, 9, 8, 0, tzinfo=dt.UTC)
    months = {span.start.month for span in times_that_fit(shadow_at(time), KORRIN, dt.date(2031, 1, 1), dt.date(2031, 12, 31))}
    assert 3 in months
    assert months & {9, 10}
    assert not months & {1, 6, 7, 12}


def test_a_caption_of_another_season_is_contradicted() -> None:
    time = dt.datetime(2031, 1, 15, 9, 0, tzinfo=dt.UTC)
    spans = times_that_fit(shadow_at(time), KORRIN, dt.date(2031, 1, 1), dt.date(2031, 12, 31))
    assert not caption_fits(spans, dt.datetime(2031, 6, 1, tzinfo=dt.UTC), dt.datetime(2031, 6, 30, tzinfo=dt.UTC))


def test_a_shadow_towards_the_noon_sun_never_falls() -> None:
    south = Shadow(azimuth=Measured(180, 5), ratio=Measured(1, 0.1))
    assert times_that_fit(south, KORRIN, dt.date(2031, 1, 1), dt.date(2031, 1, 20)) == ()


@pytest.mark.parametrize(
    ("shadow", "said"),
    [(Shadow(), "Neither"), (Shadow(azimuth=Measured(90, 0)), "error"), (Shadow(ratio=Measured(-3, 1)), "cannot be")],
    ids=["nothing measured", "no error", "negative"],
)
def test_a_measurement_that_is_none_is_refused(shadow: Shadow, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        times_that_fit(shadow, KORRIN, dt.date(2031, 1, 1), dt.date(2031, 1, 2))


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(UsageError, match="time zone"):
        sun_at([dt.datetime(2031, 1, 1, 12)], KORRIN)  # noqa: DTZ001 (that is what is tested)
