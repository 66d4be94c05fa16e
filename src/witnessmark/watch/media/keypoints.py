"""Keypoints of a picture: places that can be found again after it was cropped, turned, scaled or re-encoded, each with a description of what is around it.

Places and descriptions are SIFT's (Lowe 2004, "Distinctive Image Features from Scale-Invariant Keypoints", as OpenCV computes them). Of the 128 numbers of a description one bit each is kept,
whether it is above their median (Zhou et al. 2012, "Scalar Quantization for Large Scale Image Search"), so that a description is 16 bytes and is compared by counting bits.
Of a mirror image the bits are the same in another order, so that mirrored pictures are found without describing them twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np
import numpy.typing as npt

from witnessmark.errors import MissingPartError

MOST = 400
"""Keypoints kept of a picture, those that stand out most: a crop to a quarter of the area keeps about a hundred of them."""
LONG_SIDE = 384
"""Pixels on the long side of the pictures in which keypoints are looked for, and of which places are measured."""
LEAST_CONTRAST = 0.01
"""OpenCV's own is 0.04; a picture of haze or snow then has no keypoints at all. The strongest are kept, so that others lose nothing."""
BITS = 128
_CELLS, _DIRECTIONS = 4, 8
_SUBPIXEL = 16
"""Places are kept in sixteenths of a pixel."""

Places = npt.NDArray[np.float32]
Packed = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Keypoints:
    """`places` are N x 2, in pixels across and down; `bits` N x 16 bytes; `size` is across and down of the picture they were found in."""

    places: Places
    bits: Packed
    size: tuple[int, int]

    def __len__(self) -> int:
        return len(self.places)

    def mirrored(self) -> Keypoints:
        """As they would be found in the mirror image."""
        flipped = np.packbits(np.ascontiguousarray(np.unpackbits(self.bits, axis=1)[:, _MIRROR_ORDER]), axis=1)
        places = self.places * np.array([-1, 1], dtype=np.float32) + np.array([self.size[0] - 1, 0], dtype=np.float32)
        return Keypoints(places, flipped, self.size)

    def packed(self) -> bytes:
        """As bytes of which `unpacked` makes the same again: 20 a keypoint."""
        return np.round(self.places * _SUBPIXEL).astype("<u2").tobytes() + self.bits.tobytes()

    @classmethod
    def unpacked(cls, packed: bytes, size: tuple[int, int]) -> Keypoints:
        """The keypoints that were packed. Raises ValueError where the bytes are no keypoints."""
        count, rest = divmod(len(packed), 4 + BITS // 8)
        if rest:
            raise ValueError(f"{len(packed)} bytes are no whole number of keypoints")
        places = np.frombuffer(packed, dtype="<u2", count=2 * count).reshape(-1, 2) / _SUBPIXEL
        return cls(places.astype(np.float32), np.frombuffer(packed, dtype=np.uint8, offset=4 * count).reshape(-1, BITS // 8), size)


def require_keypoints() -> None:
    """Raises MissingPartError, with the install command, where OpenCV is missing."""
    if find_spec("cv2") is None:
        raise MissingPartError("Matching pictures needs OpenCV. Install it with: pip install 'witnessmark[media]'")


def keypoints_of(picture: npt.NDArray[np.uint8]) -> Keypoints:
    """The keypoints of luminance (rows x columns, 0 to 255; not more than LONG_SIDE on the long side). Raises MissingPartError where OpenCV is missing."""
    require_keypoints()
    import cv2

    cv2.setNumThreads(1)
    found, described = _detector(cv2).detectAndCompute(picture, None)
    size = picture.shape[1], picture.shape[0]
    if not found:
        return Keypoints(np.zeros((0, 2), dtype=np.float32), np.zeros((0, BITS // 8), dtype=np.uint8), size)
    order = sorted(range(len(found)), key=lambda n: (-found[n].response, found[n].pt, found[n].angle))[:MOST]
    values = np.asarray(described)[order]
    medians = np.partition(values, BITS // 2, axis=1)[:, BITS // 2, None]
    places = np.array([found[n].pt for n in order], dtype=np.float32).clip(0)
    return Keypoints(places, np.packbits(np.ascontiguousarray(values > medians), axis=1), size)


def _detector(cv2: Any) -> Any:  # noqa: ANN401 -- OpenCV has no types
    return cv2.SIFT_create(nfeatures=MOST, contrastThreshold=LEAST_CONTRAST)


def _mirror_order() -> npt.NDArray[np.int64]:
    """Where each bit of a mirrored description stands in the plain one: rows of cells turned over, directions turned the other way round."""
    order = np.arange(BITS).reshape(_CELLS, _CELLS, _DIRECTIONS)
    return order[::-1][:, :, (-np.arange(_DIRECTIONS)) % _DIRECTIONS].ravel()


_MIRROR_ORDER = _mirror_order()
