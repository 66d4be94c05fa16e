"""Change between two scenes, at a false-alarm rate that is held out."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
import pytest
from tests.watch.made_scenes import SIDE, block, changed_there, ground, scene, seen_again

from witnessmark.errors import MissingPartError, RegistrationError, SceneError, UsageError
from witnessmark.watch import Change, Scene, compare
from witnessmark.watch.facts import Acquired, SceneFacts
from witnessmark.watch.georeference import Georeference

TAIZHOU = Path(__file__).parents[3] / "shared" / "data" / "landsat" / "Taizhou"
NOMINAL = (0.01, 0.05)


@cache
def pair() -> tuple[Scene, Scene]:
    """Ground seen twice, with a block changed in between."""
    before = ground(1)
    return scene(before, "before"), scene(seen_again(changed_there(before, block()), 2), "after")


@cache
def found(alpha: float, *, marked: bool) -> Change:
    stable = ~block(top=50, left=70, rows=50, columns=44) if marked else None
    return compare(*pair(), stable, alpha)


@pytest.mark.parametrize("marked", [True, False], ids=["stable ground marked", "estimated"])
def test_a_changed_block_is_found(marked: bool) -> None:  # noqa: FBT001 (a parameter of the test)
    assert found(0.01, marked=marked).mask[block()].mean() > 0.9


@pytest.mark.parametrize("alpha", NOMINAL)
@pytest.mark.parametrize("marked", [True, False], ids=["stable ground marked", "estimated"])
def test_false_alarms_on_unchanged_ground_are_as_many_as_asked_for(alpha: float, marked: bool) -> None:  # noqa: FBT001
    change = found(alpha, marked=marked)
    assert change.mask[~block()].mean() <= 2.5 * alpha
    assert change.false_alarm_rate is not None
    assert alpha / 2.5 <= change.false_alarm_rate <= 2.5 * alpha


def test_other_light_alone_is_no_change() -> None:
    before = ground(3)
    assert compare(scene(before), scene(seen_again(before, 4))).mask.mean() <= 0.025


def test_two_copies_of_one_scene_hold_no_change() -> None:
    same = scene(ground(3))
    change = compare(same, same)
    assert not change.mask.any()
    assert any("one scene given twice" in problem for problem in change.problems)


def test_scenes_of_two_sensors_say_so() -> None:
    one, other = (
        msgspec.structs.replace(each, facts=SceneFacts(sensor=name))
        for each, name in zip(pair(), ("Landsat 7 ETM+", "Landsat 8 OLI"), strict=True)
    )
    assert any("The sensors differ (Landsat 7 ETM+, Landsat 8 OLI)" in problem for problem in compare(one, other).problems)


def test_without_the_libraries_the_command_that_installs_them_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("witnessmark.watch.needed.find_spec", lambda name: None if name == "rasterio" else object())
    with pytest.raises(MissingPartError, match=r"needs rasterio. Install what is missing with: pip install 'witnessmark\[imagery\]'"):
        compare(*pair())


def test_the_order_of_dates_does_not_move_the_mask() -> None:
    one, other = pair()
    assert (compare(other, one).mask == found(0.01, marked=False).mask).mean() > 0.999


def test_what_cloud_covers_is_neither_changed_nor_compared() -> None:
    one, other = pair()
    change = compare(one, other.without(block()))
    assert not change.mask[block()].any()
    assert np.isnan(change.statistic[block()]).all()


def test_a_threshold_without_marked_ground_says_so() -> None:
    assert any("No stable ground was marked" in problem for problem in found(0.01, marked=False).problems)
    assert not any("No stable ground" in problem for problem in found(0.01, marked=True).problems)


def test_scenes_of_buildings_get_places_to_look_at_and_no_verdict() -> None:
    one, other = (msgspec.structs.replace(each, facts=SceneFacts(ground_sampling_distance=0.5)) for each in pair())
    change = compare(one, other)
    assert change.ranks_only
    assert any("no verdict" in problem for problem in change.problems)


def test_scenes_of_few_grey_values_are_said_to_teach_nothing() -> None:
    before = ground(1)
    one, other = (scene((pixels > limit).astype(np.float32)) for pixels, limit in ((before, 100), (seen_again(before, 2), 105)))
    assert any("few grey values" in problem for problem in compare(one, other).problems)


def test_other_seasons_and_dates_turned_round_are_told() -> None:
    one, other = (
        msgspec.structs.replace(each, facts=SceneFacts(acquired=Acquired.on(day, "header")))
        for each, day in zip(pair(), (dt.date(2031, 7, 1), dt.date(2030, 12, 1)), strict=True)
    )
    said = " ".join(compare(one, other).problems)
    assert "different seasons" in said
    assert "was not taken before" in said


FAR = Georeference((30.0, 0.0, 400_000.0, 0.0, -30.0, 3_700_000.0), "EPSG:32637")


def refusals() -> dict[str, tuple[Scene, Scene, type[Exception], str]]:
    """Pairs that cannot be compared, and what is said of them."""
    pixels = ground(1)
    one = scene(pixels, "one")
    other = ground(77)
    return {
        "other bands": (one, scene(pixels[:3], "other"), SceneError, "4 bands, other has 3"),
        "other wavelengths": (
            msgspec.structs.replace(one, wavelengths=(0.48, 0.56, 0.66, 0.82)),
            msgspec.structs.replace(one, wavelengths=(0.56, 0.66, 0.82, 1.65)),
            SceneError,
            "other bands are not compared",
        ),
        "no overlap": (one, scene(pixels, "other", FAR), SceneError, "do not overlap: their middles are 100.0 km apart|do not overlap"),
        "all cloud": (one, one.without(np.ones((SIDE, SIDE), dtype=bool)), SceneError, "all of it is cloud"),
        "nearly all cloud": (one, one.without(np.indices((SIDE, SIDE))[0] > 3), SceneError, "Only 768 pixels"),
        "one flat band": (
            one,
            scene(np.concatenate([pixels[:3], np.full((1, SIDE, SIDE), 7, np.float32)])),
            SceneError,
            "same value everywhere",
        ),
        "other size, no georeference": (one, scene(pixels[:, :100], "other", None), SceneError, "Set control points by hand"),
        "other ground, no georeference": (scene(pixels, "one", None), scene(other, "other", None), RegistrationError, "tiles agree"),
    }


@pytest.mark.parametrize("case", refusals())
def test_scenes_that_cannot_be_compared_are_refused_in_a_sentence(case: str) -> None:
    before, after, error, said = refusals()[case]
    with pytest.raises(error, match=said):
        compare(before, after)


def test_other_ground_with_georeferences_is_compared_on_their_word_only_and_says_so() -> None:
    change = compare(scene(ground(1), "one"), scene(ground(77), "other"))
    assert change.residual is None
    assert any("on the word of their georeferences" in problem for problem in change.problems)


@pytest.mark.parametrize(
    ("stable", "alpha"),
    [(None, 0.7), (np.zeros((3, 3), dtype=bool), 0.01), (np.zeros((SIDE, SIDE), dtype=bool), 0.01)],
    ids=["alpha", "shape", "empty"],
)
def test_what_was_asked_for_has_to_make_sense(stable: np.ndarray | None, alpha: float) -> None:
    with pytest.raises(UsageError):
        compare(*pair(), stable, alpha)


@pytest.mark.skipif(not TAIZHOU.is_dir(), reason="the Landsat scenes are not here")
def test_change_on_real_scenes_reaches_its_figures_by_the_default_rule() -> None:
    from PIL import Image

    changed, unchanged = (np.asarray(Image.open(TAIZHOU / f"{name}.bmp").convert("L")) > 127 for name in ("change", "unchanged"))
    change = compare(Scene.open(TAIZHOU / "2000TM"), Scene.open(TAIZHOU / "2003TM"))
    hits, alarms = int((change.mask & changed).sum()), int((change.mask & unchanged).sum())
    assert 2 * hits / (hits + alarms + changed.sum()) >= 0.945
    assert alarms / unchanged.sum() <= 0.025
    assert change.residual is not None
    assert change.residual < 0.5
