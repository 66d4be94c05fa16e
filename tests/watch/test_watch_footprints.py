"""Whether a footprint was modified, how large it is, between which dates, and what else it could have been."""

from __future__ import annotations

import datetime as dt
import itertools

import msgspec
import numpy as np
import pytest
from scipy import stats
from tests.watch.made_scenes import SIDE, block, changed_there, ground, scene, seen_again

from witnessmark.errors import UsageError
from witnessmark.model.watching import Sighting, State
from witnessmark.watch import compare
from witnessmark.watch.brackets import bracket
from witnessmark.watch.controls import null_controls
from witnessmark.watch.facts import Acquired
from witnessmark.watch.outlines import Seen, measure_area, within
from witnessmark.watch.placebo import footprint_statistic, placebo_test, placebos_in_space
from witnessmark.watch.ranking import rank_places
from witnessmark.watch.rivals import RIVALS, rivals

ROOF = ((10.0, 10.0), (40.0, 14.0), (38.0, 32.0), (24.0, 30.0), (23.0, 38.0), (8.0, 36.0))


def shoelace(corners: np.ndarray) -> float:
    """The area of a polygon."""
    x, y = corners.T
    return abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2


def uneven_statistic(rng: np.random.Generator) -> np.ndarray:
    """A statistic on unchanged ground whose neighbours are alike and whose spread varies, as real ones are."""
    cells = np.kron(np.exp(rng.normal(scale=0.8, size=(12, 12))), np.ones((10, 10)))
    return cells * rng.chisquare(4, size=(120, 120))


def test_unchanged_footprints_are_called_modified_as_rarely_as_the_level_says() -> None:
    rng, called, tests = np.random.default_rng(3), 0, 200
    shape = np.zeros((120, 120), dtype=bool)
    for _ in range(tests):
        statistic = uneven_statistic(rng)
        footprint = shape.copy()
        top, left = rng.integers(0, 12, 2) * 10
        footprint[top : top + 10, left : left + 10] = True
        placebos = placebos_in_space(statistic, footprint, ~shape)
        called += placebo_test(footprint_statistic(statistic, footprint), placebos).p <= 0.05
    low, high = stats.binom.interval(0.99, tests, 0.05)
    assert low <= called <= high


def test_a_modified_footprint_is_found_and_no_more_often_than_p_allows() -> None:
    before, footprint = ground(1), block(rows=12, columns=12)
    change = compare(scene(before), scene(seen_again(changed_there(before, footprint), 2)))
    placebos = placebos_in_space(change.statistic, footprint, np.ones((SIDE, SIDE), dtype=bool))
    test = placebo_test(footprint_statistic(change.statistic, footprint), placebos)
    assert len(placebos) > 100
    assert test.p == test.smallest_p == 1 / (1 + len(placebos))


def test_placebos_lie_on_comparison_ground_and_not_on_each_other() -> None:
    statistic, footprint = np.arange(64.0).reshape(8, 8), np.zeros((8, 8), dtype=bool)
    footprint[3:5, 3:5] = True
    assert len(placebos_in_space(statistic, footprint, np.indices((8, 8))[0] < 3)) == 4
    assert len(placebos_in_space(statistic, footprint, np.ones((8, 8), dtype=bool))) <= 15


def test_nineteen_placebos_reach_five_per_cent_and_eighteen_do_not() -> None:
    assert placebo_test(5.0, [1.0] * 19).p == pytest.approx(0.05)
    fewer = placebo_test(5.0, [1.0] * 18)
    assert fewer.p > 0.05
    assert "p cannot go under 0.0526" in fewer.sentence


def test_looks_are_counted() -> None:
    once, often = placebo_test(5.0, [1.0] * 99), placebo_test(5.0, [1.0] * 99, looks=12)
    assert once.p_looks == once.p
    assert often.p_looks == pytest.approx(0.12)
    assert "for 12 looks" in often.sentence


def test_a_placebo_as_large_as_the_footprint_counts_against_it() -> None:
    assert placebo_test(5.0, [5.0, *[1.0] * 18]).p == pytest.approx(2 / 20)


@pytest.mark.parametrize(
    ("observed", "placebos", "looks"), [(1.0, [], 1), (1.0, [1.0], 0), (float("nan"), [1.0], 1)], ids=["no placebo", "no look", "not seen"]
)
def test_a_test_without_its_parts_is_refused(observed: float, placebos: list[float], looks: int) -> None:
    with pytest.raises(UsageError):
        placebo_test(observed, placebos, looks=looks)


@pytest.mark.parametrize("drawings", [3, 5, 8])
def test_the_interval_of_an_area_holds_the_truth_as_often_as_it_says(drawings: int) -> None:
    rng, held, redraws = np.random.default_rng(drawings), 0, 600
    true, seen = np.array(ROOF), Seen(sampling_distance=0.5, residual=0.3)
    for _ in range(redraws):
        area = measure_area(redrawn(true, rng, drawings), seen)
        assert area.interval is not None
        held += area.interval[0] <= shoelace(true) * 0.25 <= area.interval[1]
    assert 0.90 <= held / redraws <= 0.98


def pixelated(true: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Where the edges seem to lie in a picture of pixels: each is off by up to half a pixel, the same for everybody who looks."""
    edges = np.roll(true, -1, axis=0) - true
    outward = np.column_stack([edges[:, 1], -edges[:, 0]]) / np.hypot(*edges.T)[:, None]
    level = (outward * true).sum(axis=1) + rng.uniform(-0.5, 0.5, len(true))
    before, its_level = np.roll(outward, 1, axis=0), np.roll(level, 1)
    return np.array(
        [
            np.linalg.solve(np.stack(pair), levels)
            for pair, levels in zip(zip(before, outward, strict=True), zip(its_level, level, strict=True), strict=True)
        ]
    )


def redrawn(true: np.ndarray, rng: np.random.Generator, drawings: int) -> list[list[tuple[float, float]]]:
    """What several people draw around one picture."""
    shown = pixelated(true, rng)
    return [(shown + rng.normal(scale=0.6, size=shown.shape)).tolist() for _ in range(drawings)]


def test_an_area_drawn_once_has_no_interval_and_says_why() -> None:
    area = measure_area([ROOF], Seen(sampling_distance=0.5))
    assert area.interval is None
    assert area.square_metres == pytest.approx(shoelace(np.array(ROOF)) / 4)
    assert any("Drawn 1 times" in problem for problem in area.problems)
    assert any("roof leans" in problem for problem in area.problems)


def test_a_leaning_building_widens_the_interval() -> None:
    drawings = redrawn(np.array(ROOF), np.random.default_rng(1), 5)
    upright, leaning = (measure_area(drawings, Seen(sampling_distance=0.5, off_nadir=angle, height=15)) for angle in (0.0, 25.0))
    assert upright.interval is not None
    assert leaning.interval is not None
    assert leaning.interval[1] - leaning.interval[0] > 2 * (upright.interval[1] - upright.interval[0])


def test_an_outline_holds_the_pixels_whose_middles_it_holds() -> None:
    mask = within(((2.0, 3.0), (5.0, 3.0), (5.0, 7.0), (2.0, 7.0)), (10, 10))
    assert np.argwhere(mask).tolist() == [[row, column] for row in range(3, 7) for column in range(2, 5)]


@pytest.mark.parametrize(
    "outline", [((0, 0), (1, 1)), ((0, 0), (1, 1), (2, 2)), ((50, 50), (60, 50), (60, 60))], ids=["two corners", "a line", "outside"]
)
def test_an_outline_around_nothing_is_refused(outline: tuple[tuple[float, float], ...]) -> None:
    with pytest.raises(UsageError):
        within(outline, (20, 20))


def sighting(day: str, state: str) -> Sighting:
    """What a scene of one day shows."""
    return Sighting(State(state), Acquired.on(dt.date.fromisoformat(day), "product id"), f"scene of {day}")


SERIES = (
    sighting("2031-01-08", "absent"),
    sighting("2031-02-20", "absent"),
    sighting("2031-02-25", "unclear"),
    sighting("2031-03-02", "present"),
    sighting("2031-06-01", "present"),
)


@pytest.mark.parametrize("order", list(itertools.permutations(range(5)))[::17], ids=str)
def test_a_bracket_does_not_depend_on_the_order_scenes_are_given_in(order: tuple[int, ...]) -> None:
    found = bracket([SERIES[place] for place in order])
    assert found.sentence == "Not present on or before 2031-02-20, present on or after 2031-03-02."
    assert found.unclear == ("scene of 2031-02-25 (2031-02-25)",)
    assert [(gap.start.date().isoformat(), gap.end.date().isoformat()) for gap in found.gaps] == [
        ("2031-01-08", "2031-02-20"),
        ("2031-03-02", "2031-06-01"),
    ]


def test_what_changed_twice_or_never_has_no_bracket() -> None:
    twice = bracket([sighting("2031-01-01", "absent"), sighting("2031-02-01", "present"), sighting("2031-03-01", "absent")])
    never = bracket([sighting("2031-01-01", "present"), sighting("2031-02-01", "present")])
    assert not twice.found
    assert "changed 2 times" in twice.sentence
    assert not never.found
    assert "is not known" in never.sentence
    assert not bracket([sighting("2031-01-01", "unclear")]).found


def test_one_clear_scene_shows_no_change() -> None:
    alone = bracket([sighting("2031-01-01", "present"), sighting("2031-02-01", "unclear")])
    assert not alone.found
    assert "a second date is needed" in alone.sentence


def test_two_states_on_one_day_need_the_time_of_day() -> None:
    with pytest.raises(UsageError, match="either may be the earlier"):
        bracket([sighting("2031-01-01", "absent"), sighting("2031-01-01", "present")])


def test_null_controls_hold_where_nothing_is_wrong_and_shifts_show_what_would_be() -> None:
    before = ground(1)
    one, other = scene(before, "one"), scene(seen_again(changed_there(before, block()), 2), "other")
    controls = {control.name: control for control in null_controls(one, other, compare(one, other))}
    assert [name for name, control in controls.items() if not control.kept] == []
    shifts = [controls[name].value for name in ("shift of 1 pixel", "shift of 4 pixels")]
    assert all(share is not None and share > 0.05 for share in shifts)


def test_controls_fail_where_a_mask_is_not_what_the_scenes_give() -> None:
    before = ground(1)
    one, other = scene(before, "one"), scene(seen_again(changed_there(before, block()), 2), "other")
    change = compare(one, other)
    doubtful = msgspec.structs.replace(change, mask=np.roll(change.mask, 40, axis=0))
    assert {control.name for control in null_controls(one, other, doubtful) if not control.kept} >= {"date swap", "gamma copy"}


def test_places_are_ranked_with_the_rate_at_which_comparison_ground_would_be_looked_at() -> None:
    rng = np.random.default_rng(5)
    statistic = rng.chisquare(3, size=(160, 160))
    statistic[16:32, 16:32] += 60
    site = np.indices((160, 160))[1] < 64
    ranking = rank_places(statistic, site, ~site)
    assert (ranking.places[0].row, ranking.places[0].column) == (16, 16)
    assert ranking.places[0].false_alarm_rate == 1 / (1 + ranking.compared)
    rates = [place.false_alarm_rate for place in ranking.places]
    assert rates == sorted(rates)
    assert rates[-1] > 0.5


def test_a_site_is_not_its_own_comparison() -> None:
    everywhere = np.ones((160, 160), dtype=bool)
    with pytest.raises(UsageError, match="overlap"):
        rank_places(np.ones((160, 160)), everywhere, everywhere)


def test_too_little_comparison_ground_gives_no_rate() -> None:
    site = np.indices((160, 160))[1] < 140
    with pytest.raises(UsageError, match="at least 20"):
        rank_places(np.ones((160, 160)), site, ~site)


def test_a_rival_nobody_looked_into_stays_open() -> None:
    table = rivals({"shadow": ((), ("the sun stood elsewhere",))})
    assert len(table) == len(RIVALS)
    assert {answered.rival.key for answered in table if not answered.open} == {"shadow"}
    with pytest.raises(UsageError, match="no rival explanation 'aliens'"):
        rivals({"aliens": ((), ())})
