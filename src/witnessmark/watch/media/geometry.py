"""Whether the keypoints that two pictures have in common lie to each other in one picture as in the other: turned, scaled and shifted, but in the same order.

Every pair of the nearest correspondences proposes a similarity (turn, scale, shift); the one that most others agree with is fitted again to all that agree, as an affine
transform. That is RANSAC (Fischler & Bolles 1981) with all samples taken in the place of random ones, so that nothing hangs on a seed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from witnessmark.watch.media.keypoints import Keypoints

RATIO = 0.8
"""A correspondence counts where the second nearest differs in more bits than the nearest by this factor (Lowe 2004)."""
FARTHEST = 40
"""Bits of 128 in which corresponding descriptions may differ; unrelated ones differ in about 52."""
MOST_PROPOSING = 60
"""Correspondences whose pairs propose a transform, the nearest."""
TOLERANCE = 4.0
"""Pixels by which a place may miss where the transform puts it."""
LEAST_APART = 12.0
"""Pixels between two places that propose a transform; nearer ones tell little of turn and scale."""
SCALES = (0.15, 7.0)
TRIMMED = 0.15
"""Share of the agreeing keypoints at each edge that does not count for what they cover: a few by chance far from a strip of words make no area of it."""

Complex = npt.NDArray[np.complex128]
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Placement:
    """How one picture lies in another: `inliers` keypoints agree; `matrix` (2 x 3) takes places of the first to the second, in pixels of the pictures that keypoints were looked for in.

    `covers` is the share of each picture that lies within the rectangle around its agreeing keypoints, the outermost at each edge left out; `of_detail` is how large that rectangle is beside the one around
    all keypoints of the picture: of a small bright thing on a dark ground they span little of the picture, and all that there is to see in it.
    """

    inliers: int
    matrix: tuple[tuple[float, float, float], tuple[float, float, float]]
    covers: tuple[float, float]
    of_detail: tuple[float, float]

    @property
    def scale(self) -> float:
        """How much larger things are in the second picture."""
        (a, b, _), (c, d, _) = self.matrix
        return float(np.sqrt(abs(a * d - b * c)))

    @property
    def turned(self) -> float:
        """Degrees by which the second is turned against the first, clockwise as seen."""
        return float(np.degrees(np.arctan2(self.matrix[1][0], self.matrix[0][0])))


def correspondences(one: Keypoints, other: Keypoints) -> npt.NDArray[np.int64]:
    """Pairs (row of one, row of the other) that are nearest to each other and clearly nearer than the next, the nearest first."""
    if len(one) < 2 or len(other) < 2:
        return np.zeros((0, 2), dtype=np.int64)
    first, second = one.bits.view("<u8"), other.bits.view("<u8")
    differing = np.bitwise_count(first[:, None, 0] ^ second[None, :, 0]).astype(np.int16)
    differing += np.bitwise_count(first[:, None, 1] ^ second[None, :, 1])
    nearest = differing.argmin(axis=1)
    rows = np.arange(len(one))
    least = differing[rows, nearest]
    differing[rows, nearest] = 999
    next_least = differing.min(axis=1)
    differing[rows, nearest] = least
    mutual = differing.argmin(axis=0)[nearest] == rows
    kept = np.flatnonzero(mutual & (least <= FARTHEST) & (least < RATIO * next_least))
    kept = kept[np.argsort(least[kept], kind="stable")]
    return np.stack([kept, nearest[kept]], axis=1)


def placement(one: Keypoints, other: Keypoints, *, least: int = 3) -> Placement | None:
    """The transform that most correspondences agree with; None where no three do, or fewer than `least` correspond at all."""
    pairs = correspondences(one, other)
    if len(pairs) < max(least, 3):
        return None
    start, end = one.places[pairs[:, 0]].astype(np.float64), other.places[pairs[:, 1]].astype(np.float64)
    agreeing = _most_agreeing(start[:, 0] + 1j * start[:, 1], end[:, 0] + 1j * end[:, 1])
    if agreeing is None:
        return None
    matrix = _fitted(start[agreeing], end[agreeing])
    wider = np.linalg.norm(start @ matrix[:, :2].T + matrix[:, 2] - end, axis=1) <= TOLERANCE
    if wider.sum() >= agreeing.sum():
        agreeing = wider
        matrix = _fitted(start[agreeing], end[agreeing])
    count = min(_distinct(start[agreeing]), _distinct(end[agreeing]))
    extents = _extent(start[agreeing]), _extent(end[agreeing])
    whole = one.size[0] * one.size[1], other.size[0] * other.size[1]
    detail = max(_extent(one.places), 1.0), max(_extent(other.places), 1.0)  # square pixels, so that a row of dots is no nothing
    return Placement(
        count,
        _rows(matrix),
        (min(1.0, extents[0] / whole[0]), min(1.0, extents[1] / whole[1])),
        (min(1.0, extents[0] / detail[0]), min(1.0, extents[1] / detail[1])),
    )


def _most_agreeing(start: Complex, end: Complex) -> npt.NDArray[np.bool_] | None:
    """Places as complex numbers, so that a similarity is z -> a z + b."""
    first, second = np.triu_indices(min(len(start), MOST_PROPOSING), 1)
    before, after = start[second] - start[first], end[second] - end[first]
    apart = (np.abs(before) >= LEAST_APART) & (np.abs(after) >= LEAST_APART)
    first, factor = first[apart], after[apart] / before[apart]
    sized = (np.abs(factor) >= SCALES[0]) & (np.abs(factor) <= SCALES[1])
    first, factor = first[sized], factor[sized]
    if not len(factor):
        return None
    missed = np.abs(factor[:, None] * start[None, :] + (end[first] - factor * start[first])[:, None] - end[None, :])
    agree = missed <= TOLERANCE
    best = int(agree.sum(axis=1).argmax())
    return agree[best] if agree[best].sum() >= 3 else None


def _fitted(start: Matrix, end: Matrix) -> Matrix:
    """The affine transform nearest to the places by least squares; of fewer than six, the similarity, since an affine one fits any three."""
    if len(start) >= 6:
        solved, *_ = np.linalg.lstsq(np.column_stack([start, np.ones(len(start))]), end, rcond=None)
        return np.asarray(solved.T)
    across, down = start[:, 0], start[:, 1]
    one, none = np.ones(len(start)), np.zeros(len(start))
    rows = np.concatenate([np.column_stack([across, -down, one, none]), np.column_stack([down, across, none, one])])
    (a, b, right, below), *_ = np.linalg.lstsq(rows, np.concatenate([end[:, 0], end[:, 1]]), rcond=None)
    return np.array([[a, -b, right], [b, a, below]])


def _distinct(places: Matrix) -> int:
    """How many places there are, those within a few pixels counted once: SIFT gives one place several descriptions."""
    return len(np.unique(np.round(places / TOLERANCE), axis=0))


def _extent(places: npt.NDArray[np.floating[Any]]) -> float:
    """Square pixels within the rectangle around places, the outermost at each edge left out."""
    low, high = np.quantile(places, [TRIMMED, 1 - TRIMMED], axis=0)
    across, down = high - low
    return float(across * down)


def _rows(matrix: Matrix) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    (a, b, right), (c, d, below) = ([round(float(value), 4) for value in row] for row in matrix)
    return (a, b, right), (c, d, below)
