"""Laying scenes over each other, and refusing to."""

from __future__ import annotations

import numpy as np
import pytest
from tests.watch.made_scenes import SIDE, changed_there, ground, moved, seen_again

from witnessmark.watch.registration import Registration, register
from witnessmark.watch.warping import Motion

SEEN = np.ones((SIDE, SIDE), dtype=bool)
MOTIONS = (
    Motion((0.0, 0.0), 0.0),
    Motion((1.3, -2.6), 0.0),
    Motion((-7.25, 4.5), 1.5),
    Motion((3.0, 9.2), -12.0),
    Motion((0.4, 0.3), 91.0),
)


def off(found: Registration, truth: Motion) -> float:
    """The largest error within the scene, away from its border, in pixels."""
    places = np.stack(np.meshgrid(np.linspace(20, SIDE - 20, 5), np.linspace(20, SIDE - 20, 5)), -1).reshape(-1, 2)
    return float(np.hypot(*(found.motion.places(places, (SIDE, SIDE)) - truth.places(places, (SIDE, SIDE))).T).max())


@pytest.mark.parametrize("motion", MOTIONS, ids=lambda motion: f"{motion.shift}, {motion.rotation}")
def test_a_known_shift_and_rotation_is_found_to_a_tenth_of_a_pixel(motion: Motion) -> None:
    before = ground(1)
    found = register(before, seen_again(moved(before, motion), 5), SEEN, SEEN)
    assert found.refused is None
    assert off(found, motion) < 0.1


def test_ground_half_of_which_changed_is_still_laid_where_it_was() -> None:
    before, motion = ground(1), Motion((2.5, -3.25), 0.8)
    half = np.indices((SIDE, SIDE))[1] > SIDE * 0.6
    found = register(before, moved(seen_again(changed_there(before, half), 5), motion), SEEN, SEEN)
    assert found.refused is None
    assert off(found, motion) < 0.5


@pytest.mark.parametrize("seed", range(40, 46))
def test_other_ground_is_refused(seed: int) -> None:
    found = register(ground(1), ground(seed), SEEN, SEEN)
    assert found.refused is not None
    assert "tiles agree" in found.refused


def test_light_that_turns_dark_roofs_bright_does_not_matter() -> None:
    before, motion = ground(1), Motion((2.0, 1.5), 0.0)
    found = register(before, 300 - moved(before, motion), SEEN, SEEN)
    assert found.refused is None
    assert off(found, motion) < 0.1


def test_scenes_seen_in_too_few_tiles_are_refused() -> None:
    before = ground(1)
    corner = SEEN & (np.indices((SIDE, SIDE)).max(axis=0) < 50)
    found = register(before, seen_again(before, 5), corner, corner)
    assert found.refused is not None
    assert "seen in both" in found.refused


def test_the_residual_grows_with_what_tiles_disagree_on() -> None:
    before = ground(1)
    good, worse = (register(before, seen_again(before, 5, noise), SEEN, SEEN) for noise in (0.5, 8.0))
    assert good.residual < worse.residual


def test_a_motion_and_its_reverse_end_where_they_began() -> None:
    motion = Motion((3.0, -2.0), 30.0)
    back = Motion(tuple((-motion.matrix().T @ np.array(motion.shift)).tolist()), -30.0)
    assert back.after(motion).reach((SIDE, SIDE)) < 1e-9
