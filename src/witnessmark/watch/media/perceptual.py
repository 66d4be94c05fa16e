"""Hashes of how a picture looks: PDQ (256 bits), and the 64 coarsest of the same transform, each of the picture and of its mirror image.

PDQ is Facebook's open specification (Davis & Rosen 2019, "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm"): luminance is blurred
with two passes of a box (a Jarosz filter), sampled at 64x64, put through a cosine transform of which 16x16 coefficients are kept, and each bit says whether a coefficient is above their median.
The coarse hash takes 8x8 of these and is what others call pHash. Blurring and sampling are one matrix for each side of the picture; turned round, it gives the mirror image.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

SAMPLES = 64
KEPT = 16
COARSE = 8
LEAST_QUALITY = 50
"""Of 100; PDQ's own advice. Below it a picture is mostly flat, and flat pictures match each other."""

Picture = npt.NDArray[np.uint8]
Real = npt.NDArray[np.float32]
Packed = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Hashes:
    """The hashes of one picture as packed bits, and how much there is in it to hash (0 to 100)."""

    fine: bytes
    fine_mirrored: bytes
    coarse: bytes
    coarse_mirrored: bytes
    quality: int

    @property
    def is_plain(self) -> bool:
        """Whether it is too plain to be compared: a blank page, a logo on white."""
        return self.quality < LEAST_QUALITY


def hashes_of(picture: Picture) -> Hashes:
    """The hashes of luminance (rows x columns, 0 to 255, at least 2x2). About 512 on the long side is enough, as PDQ's own authors shrink to."""
    rows, columns = picture.shape
    shrunk = _sampling(rows) @ picture.astype(np.float32)
    across = _sampling(columns)
    sampled = shrunk @ across.T
    coefficients = _TRANSFORM @ sampled @ _TRANSFORM.T
    mirrored = _TRANSFORM @ (shrunk @ across[:, ::-1].T) @ _TRANSFORM.T
    coarse, coarse_mirrored = coefficients[:COARSE, :COARSE], mirrored[:COARSE, :COARSE]
    return Hashes(_bits(coefficients), _bits(mirrored), _bits(coarse), _bits(coarse_mirrored), _quality(sampled))


def _transform() -> Real:
    """The first KEPT rows of the cosine transform of SAMPLES values, without the constant one."""
    frequency, sample = np.arange(1, KEPT + 1)[:, None], np.arange(SAMPLES)[None, :]
    return np.asarray(np.sqrt(2 / SAMPLES) * np.cos(np.pi / (2 * SAMPLES) * frequency * (2 * sample + 1)), dtype=np.float32)


_TRANSFORM = _transform()


def _bits(coefficients: Real) -> bytes:
    """One bit a coefficient, the last first, as the hexadecimal form of a PDQ hash has them: whether it is above the lower median."""
    flat = coefficients.ravel()
    median = np.partition(flat, (len(flat) - 1) // 2)[(len(flat) - 1) // 2]
    return np.packbits(flat[::-1] > median).tobytes()


def _quality(sampled: Real) -> int:
    """PDQ's measure: the sum of steps between neighbouring samples, in whole hundredths of the range, over 90."""
    down = np.trunc(np.diff(sampled, axis=0) * (100 / 255))
    across = np.trunc(np.diff(sampled, axis=1) * (100 / 255))
    return min(100, int((np.abs(down).sum() + np.abs(across).sum()) / 90))


@lru_cache(maxsize=64)
def _sampling(length: int) -> Real:
    """SAMPLES x length: what blurring with two boxes and then sampling makes of a line of so many pixels. An even box reaches one further forward."""
    window = (length + 2 * SAMPLES - 1) // (2 * SAMPLES)
    offsets = np.arange(length)[None, :] - np.arange(length)[:, None]
    box = ((offsets >= -((window - 1) // 2)) & (offsets <= window // 2)).astype(np.float64)
    box /= box.sum(axis=1, keepdims=True)
    places = ((np.arange(SAMPLES) + 0.5) * length / SAMPLES).astype(np.int64)
    return (box[places] @ box).astype(np.float32)
