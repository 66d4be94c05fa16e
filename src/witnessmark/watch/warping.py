"""Shift and rotation between two grids of one size, and pixels moved by them."""

from __future__ import annotations

import math

import msgspec
import numpy as np
from numpy.typing import NDArray


class Motion(msgspec.Struct, frozen=True):
    """Where the second scene lies against the first: a point `p` (row, column) of the first is found at `R (p - middle) + middle + shift` in the second.

    `shift` is (rows, columns) in pixels; `rotation` is in degrees, positive where the row axis turns towards the column axis.
    """

    shift: tuple[float, float] = (0.0, 0.0)
    rotation: float = 0.0

    def matrix(self) -> NDArray[np.float64]:
        """The rotation R, on (row, column)."""
        angle = math.radians(self.rotation)
        return np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])

    def after(self, first: Motion) -> Motion:
        """The motion that carries a point by `first` and then by this one."""
        rows, columns = self.matrix() @ np.array(first.shift) + np.array(self.shift)
        return Motion((float(rows), float(columns)), self.rotation + first.rotation)

    def places(self, points: NDArray[np.float64], shape: tuple[int, int]) -> NDArray[np.float64]:
        """Where points `(n, 2)` of the first scene are found in the second."""
        middle = middle_of(shape)
        moved: NDArray[np.float64] = (points - middle) @ self.matrix().T + middle + np.array(self.shift)
        return moved

    def reach(self, shape: tuple[int, int]) -> float:
        """How far the corner that moves most is moved, in pixels."""
        rows, columns = shape
        corners = np.array([[0, 0], [rows - 1, 0], [0, columns - 1], [rows - 1, columns - 1]], dtype=float)
        return float(np.hypot(*(self.places(corners, shape) - corners).T).max())


def middle_of(shape: tuple[int, int]) -> NDArray[np.float64]:
    """The middle of a grid, in rows and columns."""
    return (np.array(shape) - 1) / 2


def moved_back(bands: NDArray[np.float32], motion: Motion, order: int = 3) -> NDArray[np.float32]:
    """The second scene's bands as they would lie on the first, by splines of `order`; zero where it does not reach."""
    from scipy.ndimage import affine_transform

    shape = bands.shape[1], bands.shape[2]
    matrix = motion.matrix()
    offset = middle_of(shape) + np.array(motion.shift) - matrix @ middle_of(shape)
    return np.stack([affine_transform(band, matrix, offset, order=order, mode="constant", cval=0.0) for band in bands])


def reached(valid: NDArray[np.bool_], motion: Motion) -> NDArray[np.bool_]:
    """The pixels of the first scene that valid pixels of the second reach whole."""
    from scipy.ndimage import affine_transform

    matrix = motion.matrix()
    shape = valid.shape[0], valid.shape[1]
    offset = middle_of(shape) + np.array(motion.shift) - matrix @ middle_of(shape)
    covered: NDArray[np.float32] = affine_transform(valid.astype(np.float32), matrix, offset, order=1, mode="constant", cval=0.0)
    return covered > 1 - 1e-3
