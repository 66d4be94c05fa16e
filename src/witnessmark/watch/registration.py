"""How one scene lies over another, measured by tiles that were each matched alone; or a refusal, where they do not agree.

A single best match always exists and says nothing of being right: on small, much-changed tiles every method's median error was 4 to 29 pixels. So a shift and rotation are
believed only where most tiles independently say the same; how far they differ from it is the residual. Otherwise control points have to be set by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from witnessmark.errors import RegistrationError
from witnessmark.watch.tiles import TileShifts, edges_of, shift_between, tile_shifts
from witnessmark.watch.warping import Motion, middle_of, moved_back, reached

AGREES = 1.0
"""Pixels between a tile's shift and the common motion."""
NEAR = 3.0
"""The same in the first round, while some rotation is left."""
MAJORITY = 0.5
FEWEST_TILES = 6
ROUNDS = 8
SETTLED = 0.01
MOST_BANDS = 3
"""Evenly chosen; more cost time and move the result by hundredths of a pixel."""
_COARSE = 512
"""Pixels on a side at which the first guess is made."""
_ANGLES = 360
_RADII = 128


class Registration(msgspec.Struct, frozen=True):
    """The motion from the first scene to the second, believed by `agreeing` of `tiles` tiles; `residual` is their root mean square distance from it in pixels, each tile by itself.

    Where `refused` holds a reason, motion and residual are not to be used.
    """

    motion: Motion
    residual: float
    agreeing: int
    tiles: int
    refused: str | None = None


def register(
    before: NDArray[np.float32],
    after: NDArray[np.float32],
    seen_before: NDArray[np.bool_],
    seen_after: NDArray[np.bool_],
    *,
    far: bool = True,
) -> Registration:
    """How `after` lies over `before`, both `(bands, rows, columns)` on grids of one size.

    Args:
        before: bands of the first scene.
        after: bands of the second.
        seen_before: where the first has data.
        seen_after: where the second has data.
        far: whether large shifts and rotations are looked for; False where a georeference already laid them.
    """
    used = np.unique(np.linspace(0, len(before) - 1, MOST_BANDS).round().astype(int))
    before, after = before[used], after[used]
    starts = _first_guesses(before, after, seen_before, seen_after) if far else iter([Motion()])
    found: list[Registration] = []
    for start in starts:
        found.append(_refined(start, before, after, seen_before, seen_after))
        if found[-1].refused is None:
            return found[-1]
    return max(found, key=lambda each: (each.agreeing, -each.residual))


def require_registered(registration: Registration, names: str) -> Registration:
    """The registration, or RegistrationError where it was refused."""
    if registration.refused is not None:
        raise RegistrationError(f"{names} cannot be laid over each other: {registration.refused} Set control points by hand in both.")
    return registration


def _refined(
    motion: Motion, before: NDArray[np.float32], after: NDArray[np.float32], seen_before: NDArray[np.bool_], seen_after: NDArray[np.bool_]
) -> Registration:
    edges = edges_of(before, seen_before)
    registration = Registration(motion, float("inf"), 0, 0, "no tiles could be matched.")
    for turn in range(ROUNDS):
        seen = reached(seen_after, motion)
        if not (seen & seen_before).any():
            return registration
        tiles = tile_shifts(edges, edges_of(moved_back(after, motion), seen), seen & seen_before)
        left, agree = _common_motion(tiles, NEAR if turn == 0 else AGREES)
        registration = _judged(motion.after(left), tiles, left, agree)
        if registration.agreeing < FEWEST_TILES or (turn > 0 and left.reach(tiles.shape) < SETTLED):
            return registration
        motion = registration.motion
    return registration


def _judged(motion: Motion, tiles: TileShifts, left: Motion, agree: NDArray[np.bool_]) -> Registration:
    agreeing, matched = int(agree.sum()), len(agree)
    off = _misfit(left, tiles)[agree]
    residual = float(np.sqrt((off**2).mean())) if agreeing else float("inf")
    refused = None
    if matched < FEWEST_TILES:
        refused = f"only {matched} tiles with anything to match are seen in both; {FEWEST_TILES} are needed."
    elif agreeing < max(FEWEST_TILES, MAJORITY * matched):
        refused = f"only {agreeing} of {matched} tiles agree on one shift and rotation within {AGREES:g} pixel."
    return Registration(motion, residual, agreeing, matched, refused)


def _common_motion(tiles: TileShifts, tolerance: float) -> tuple[Motion, NDArray[np.bool_]]:
    """The motion that most tiles agree on, begun from the shift that has most others near it."""
    if not len(tiles.shifts):
        return Motion(), np.zeros(0, dtype=bool)
    near = np.hypot(*(tiles.shifts[:, None] - tiles.shifts[None]).transpose(2, 0, 1)) < tolerance
    agree = near[near.sum(axis=1).argmax()]
    motion = Motion()
    for _ in range(ROUNDS):
        motion = _fitted(tiles, agree)
        now = _misfit(motion, tiles) < tolerance
        if (now == agree).all() or not now.any():
            break
        agree = now
    return motion, agree


def _fitted(tiles: TileShifts, agree: NDArray[np.bool_]) -> Motion:
    """The shift and rotation nearest to the tiles' shifts by least squares (Procrustes)."""
    here = tiles.middles[agree] - middle_of(tiles.shape)
    there = here + tiles.shifts[agree]
    one, other = here - here.mean(axis=0), there - there.mean(axis=0)
    turn = float(np.degrees(np.arctan2((one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]).sum(), (one * other).sum())))
    rows, columns = (there.mean(axis=0) - Motion(rotation=turn).matrix() @ here.mean(axis=0)).tolist()
    return Motion((rows, columns), turn)


def _misfit(motion: Motion, tiles: TileShifts) -> NDArray[np.float64]:
    """How far, in pixels, each tile's shift is from what the motion would make it."""
    distance: NDArray[np.float64] = np.hypot(*(motion.places(tiles.middles, tiles.shape) - tiles.middles - tiles.shifts).T)
    return distance


def _first_guesses(
    before: NDArray[np.float32], after: NDArray[np.float32], seen_before: NDArray[np.bool_], seen_after: NDArray[np.bool_]
) -> Iterator[Motion]:
    """No rotation, then the rotation at which the two amplitude spectra match best, each with the shift that then fits best."""
    step = -(-max(before.shape[1:]) // _COARSE)
    one, other = before[:, ::step, ::step], after[:, ::step, ::step]
    seen_one, seen_other = seen_before[::step, ::step], seen_after[::step, ::step]
    edges = edges_of(one, seen_one)
    turn = _rotation_between(one.mean(axis=0), other.mean(axis=0))
    for rotation in sorted({0.0, turn, turn - 180 if turn > 0 else turn + 180}, key=abs):
        turned = Motion((0.0, 0.0), rotation)
        seen = reached(seen_other, turned)
        rows, columns = (shift_between(edges, edges_of(moved_back(other, turned, order=1), seen)) * step).tolist()
        yield turned.after(Motion((rows, columns)))


def _rotation_between(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """The rotation, in degrees, between two pictures whatever their shift: that between their amplitude spectra, known up to half a turn."""
    from skimage import registration, transform

    correlate: Any = registration.phase_cross_correlation  # typed in part
    rolled = [
        transform.warp_polar(_spectrum(each), radius=min(one.shape) / 2, output_shape=(_ANGLES, _RADII))[: _ANGLES // 2]
        for each in (one, other)
    ]
    back, _, _ = correlate(*rolled, upsample_factor=10, normalization="phase")
    return float(back[0] * 360 / _ANGLES)


def _spectrum(picture: NDArray[np.float32]) -> NDArray[np.float64]:
    """The logarithm of the amplitude spectrum, low frequencies muted, zero frequency in the middle of a square."""
    side = min(picture.shape)
    square = picture[:side, :side].astype(np.float64)
    window = np.outer(np.hanning(side), np.hanning(side))
    amplitude = np.log1p(np.abs(np.fft.fftshift(np.fft.fft2((square - square.mean()) * window))))
    away = np.hypot(*(np.indices((side, side)) - side // 2))
    return np.where(away > side / 32, amplitude - amplitude.mean(), 0.0)
