"""How far tiles of one scene lie from where they are in the other, each by itself.

What is correlated is not brightness, which seasons and sensors change, but the direction of edges, its angle doubled so that a bright roof on dark ground matches a dark one on bright
ground (Fitch et al., Orientation correlation, BMVC 2002), weighted by how strong the edge is up to that of a usual one. Peaks are placed between pixels by a parabola through three
values; its bias vanishes where nothing is left to move, which is where the rounds of registration end.
"""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.fft import fft2, ifft2
from scipy.ndimage import gaussian_filter

ACROSS = 6
"""Tiles along a side, where there is room."""
SMALLEST, LARGEST = 32, 160
"""Pixels on a tile's side."""
_SEEN = 0.7
"""Share of a tile that both scenes must show."""
_EDGE_WIDTH = 1.0
_NO_EDGE = 1e-12


class TileShifts(msgspec.Struct, frozen=True, eq=False):
    """Middles of the tiles that could be matched, `(n, 2)` rows and columns; how far what is there lies off in the other scene, `(n, 2)`; and the scene's rows and columns."""

    middles: NDArray[np.float64]
    shifts: NDArray[np.float64]
    shape: tuple[int, int]


def edges_of(bands: NDArray[np.float32], valid: NDArray[np.bool_]) -> NDArray[np.complex128]:
    """The direction of edges, summed over bands; 0 where there is no data."""
    total = np.zeros(valid.shape, dtype=np.complex128)
    for band in bands:
        seen = band[valid].astype(np.float64)
        filled = np.where(valid, band.astype(np.float64) - np.median(seen), 0) / (seen.std() or 1.0)
        slope = gaussian_filter(filled, _EDGE_WIDTH, order=(0, 1)) + 1j * gaussian_filter(filled, _EDGE_WIDTH, order=(1, 0))
        strength = np.abs(slope)
        usual = float(np.median(strength[valid])) or float(strength.mean()) or 1.0
        relative = strength / usual
        total += (slope / np.maximum(strength, _NO_EDGE)) ** 2 * relative / np.sqrt(1 + relative**2)
    return np.where(valid, total, 0)


def shift_between(one: NDArray[np.complex128], other: NDArray[np.complex128]) -> NDArray[np.float64]:
    """How far (rows, columns) what is in `one` lies off in `other`."""
    window = np.outer(np.hanning(one.shape[0] + 2)[1:-1], np.hanning(one.shape[1] + 2)[1:-1])
    match = ifft2(fft2((other - other.mean()) * window) * np.conj(fft2((one - one.mean()) * window))).real
    peak = np.unravel_index(int(match.argmax()), match.shape)
    between = np.array([_between(*(match[_beside(peak, axis, step, match.shape)] for step in (-1, 0, 1))) for axis in (0, 1)])
    half = np.array(match.shape) // 2
    shift: NDArray[np.float64] = (np.array(peak) + half) % match.shape - half + between
    return shift


def _beside(peak: tuple[np.intp, ...], axis: int, step: int, shape: tuple[int, ...]) -> tuple[int, ...]:
    place = [int(each) for each in peak]
    place[axis] = (place[axis] + step) % shape[axis]
    return tuple(place)


def _between(left: float, middle: float, right: float) -> float:
    """Where the parabola through three values has its top, from the middle one."""
    bend = left - 2 * middle + right
    return 0.5 * (left - right) / bend if bend < 0 else 0.0


def tile_shifts(one: NDArray[np.complex128], other: NDArray[np.complex128], seen: NDArray[np.bool_]) -> TileShifts:
    """The shift of every tile that both scenes show and that has edges in both."""
    shape = one.shape
    side = int(np.clip(min(shape) // ACROSS, SMALLEST, LARGEST))
    across = [max(min(length // side, ACROSS), 1) for length in shape]
    starts = [np.linspace(0, length - side, count).astype(int) for length, count in zip(shape, across, strict=True)]
    middles, shifts = [], []
    for top in starts[0]:
        for left in starts[1]:
            tile = np.s_[top : top + side, left : left + side]
            if seen[tile].mean() >= _SEEN and np.ptp(np.abs(one[tile])) > 0 and np.ptp(np.abs(other[tile])) > 0:
                middles.append((top + (side - 1) / 2, left + (side - 1) / 2))
                shifts.append(shift_between(one[tile], other[tile]))
    return TileShifts(np.array(middles).reshape(-1, 2), np.array(shifts).reshape(-1, 2), (shape[0], shape[1]))
