"""What changed between two dated scenes of a site, at a threshold whose false-alarm rate was held out and is told.

The scenes are laid on one grid, their registration is measured and, where it may be trusted, mended; the statistic is the normalised change vector; the threshold comes from stable
ground. At building scale no verdict is given: the mask ranks places to look at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np
from numpy.typing import NDArray

from witnessmark.errors import SceneError, UsageError
from witnessmark.watch.facts import day_of
from witnessmark.watch.grids import Laid, lay, require_same_bands
from witnessmark.watch.needed import require_imagery
from witnessmark.watch.scene import Scene
from witnessmark.watch.warping import Motion

if TYPE_CHECKING:
    from witnessmark.watch.registration import Registration

METHOD = "normalised change vectors/1"
FEWEST_COMPARED = 1000
"""Pixels both scenes must show."""
BUILDING_SCALE = 5.0
"""Metres a pixel: where single buildings are told apart, untrained methods score below "everything changed"."""
_ANOTHER_SEASON = 45
"""Days between two days of the year."""


class Change(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """Change between two scenes, on the grid of the first.

    `mask` (rows, columns) is where `statistic` passes `threshold`; outside `compared` the statistic is not a number and the mask False. `alpha` is the false-alarm rate
    asked for, `false_alarm_rate` the one held out (None where it could not be), `folds` its values part by part. `residual` is the error of registration in pixels, None where it could not be measured. `moved` is how the second scene
    was found to lie over the first, and was mended where that is more than a fraction of a pixel; `laid` is the second scene as it was compared. Where `ranks_only` is set there is no verdict: the mask says where to look. `problems` are sentences for the reader.
    """

    mask: NDArray[np.bool_]
    statistic: NDArray[np.float64]
    compared: NDArray[np.bool_]
    threshold: float
    alpha: float
    false_alarm_rate: float | None
    folds: tuple[float, ...] = ()
    residual: float | None = None
    moved: Motion = Motion()
    laid: Laid | None = None
    ranks_only: bool = False
    method: str = METHOD
    problems: tuple[str, ...] = ()


def compare(
    before: Scene, after: Scene, stable: NDArray[np.bool_] | None = None, alpha: float = 0.01, *, aligned_by: str | None = None
) -> Change:
    """Change from one scene to the other.

    Args:
        before: the scene whose grid is used.
        after: the other scene.
        stable: ground known to be unchanged, on the grid of `before`; None has the scene's own unchanged ground estimated.
        alpha: the share of unchanged ground that may be called changed.
        aligned_by: who laid the scenes over each other by hand, which is then believed where measuring it fails.

    Raises:
        SceneError: the scenes cannot be compared; the message says why.
        RegistrationError: they do not fit over each other, and no georeference says that they do.
        UsageError: `alpha` or `stable` is out of range.
    """
    from witnessmark.watch.calibration import calibrate_by_itself, calibrate_on
    from witnessmark.watch.change_vectors import change_statistic

    require_imagery()
    _require_asked(before, stable, alpha)
    laid, registered = overlay(before, after, aligned_by)
    compared = before.valid & laid.valid
    statistic = change_statistic(before.pixels, laid.pixels, compared)
    if stable is None:
        found = calibrate_by_itself(statistic, compared, len(before.pixels), alpha)
    else:
        found = calibrate_on(statistic, (stable != 0) & compared, alpha)
    return Change(
        mask=np.nan_to_num(statistic, nan=-1.0) > found.threshold,
        statistic=statistic,
        compared=compared,
        threshold=found.threshold,
        alpha=alpha,
        false_alarm_rate=found.false_alarm_rate,
        folds=found.folds,
        residual=None if registered.refused else registered.residual,
        moved=registered.motion,
        laid=laid,
        ranks_only=_building_scale(before),
        problems=(*_said_of(before, after), *laid.problems, *found.problems),
    )


def overlay(before: Scene, after: Scene, aligned_by: str | None = None) -> tuple[Laid, Registration]:
    """The second scene as it lies on the first, registered and mended, and how well.

    Raises:
        SceneError: they have other bands, do not overlap, or show too little of the ground.
        RegistrationError: as for `compare`.
    """
    from witnessmark.watch.aligning import align

    require_same_bands(before, after)
    laid = lay(after, before)
    _require_seen(before, after, before.valid & laid.valid)
    return align(laid, before, after.name, aligned_by)


def _require_asked(before: Scene, stable: NDArray[np.bool_] | None, alpha: float) -> None:
    if not 0 < alpha < 0.5:
        raise UsageError(f"alpha={alpha!r} is not between 0 and 0.5; 0.01 and 0.05 are usual.")
    if stable is not None and stable.shape != before.shape:
        raise UsageError(
            f"Stable ground has to be a mask of {before.shape} rows and columns, as {before.name} has; this one has {stable.shape}."
        )


def _require_seen(before: Scene, after: Scene, compared: NDArray[np.bool_]) -> None:
    for scene in (before, after):
        if not scene.valid.any():
            raise SceneError(f"{scene.name} shows nothing of the ground: all of it is cloud or without data. Choose another date.")
    if (seen := int(compared.sum())) < FEWEST_COMPARED:
        raise SceneError(
            f"Only {seen:,} pixels are seen clearly in both scenes; at least {FEWEST_COMPARED:,} are needed. Choose other dates."
        )


def _building_scale(scene: Scene) -> bool:
    distance = scene.facts.ground_sampling_distance
    return distance < BUILDING_SCALE if distance is not None else len(scene.pixels) <= 3


def _said_of(before: Scene, after: Scene) -> tuple[str, ...]:
    said = [*before.problems, *after.problems]
    if _building_scale(before):
        said.append(
            "At this scale no verdict is given: the mask ranks places to look at. Roofs seen from another angle, shadows, cars and snow pass the threshold too."
        )
    if before.pixels.shape == after.pixels.shape and np.array_equal(before.pixels, after.pixels):
        said.append("Both scenes hold the same pixels: one scene given twice shows no change, whatever happened.")
    sensors = before.facts.sensor, after.facts.sensor
    if all(sensors) and sensors[0] != sensors[1]:
        said.append(f"The sensors differ ({sensors[0]}, {sensors[1]}): bands of one name see slightly different light.")
    return (*said, *_said_of_times(before, after))


def _said_of_times(before: Scene, after: Scene) -> tuple[str, ...]:
    said = []
    one, other = before.facts.acquired, after.facts.acquired
    if one is None or other is None:
        said.append(
            "The time of acquisition is missing: "
            + " and ".join(scene.name for scene in (before, after) if scene.facts.acquired is None)
            + "."
        )
        return tuple(said)
    if one.latest > other.earliest:
        said.append(f"{before.name} ({day_of(one)}) was not taken before {after.name} ({day_of(other)}).")
    if (one.earliest, one.latest) == (other.earliest, other.latest):
        said.append(
            f"Both scenes are of the same time ({day_of(one)}): nothing can have changed between them; what is marked is how the two pictures were made."
        )
    days = abs(one.earliest.timetuple().tm_yday - other.earliest.timetuple().tm_yday)
    if min(days, 365 - days) > _ANOTHER_SEASON:
        said.append(f"The scenes are from different seasons ({day_of(one)}, {day_of(other)}): growth, snow and shadows differ.")
    return tuple(said)
