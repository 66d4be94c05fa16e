"""How one picture looks: hashes and keypoints of its grey values, packed so that they can be kept."""

from __future__ import annotations

from importlib.metadata import packages_distributions, version

import numpy as np
import numpy.typing as npt

from witnessmark.model.matching import Look
from witnessmark.watch.media.keypoints import keypoints_of
from witnessmark.watch.media.perceptual import hashes_of

HASHING = "1"


def method() -> str:
    """What made the hashes and keypoints, to be kept beside them. OpenCV comes under several names."""
    builds = packages_distributions().get("cv2", ())
    return f"pdq, sift ({builds[0]} {version(builds[0])}), {HASHING}" if builds else f"pdq, {HASHING}"


def look_of(picture: npt.NDArray[np.uint8], smaller: npt.NDArray[np.uint8], *, size: tuple[int, int], seconds: float | None = None) -> Look:
    """Hashes of `picture` (grey, about 512 on the long side) and keypoints of `smaller`, the same at `keypoints.LONG_SIDE`; `size` is that of the whole, across and down. Raises MissingPartError."""
    hashes, found = hashes_of(picture), keypoints_of(smaller)
    return Look(
        seconds=seconds,
        width=size[0],
        height=size[1],
        fine=hashes.fine,
        fine_mirrored=hashes.fine_mirrored,
        coarse=hashes.coarse,
        coarse_mirrored=hashes.coarse_mirrored,
        quality=hashes.quality,
        looked_at=found.size,
        keypoints=found.packed(),
    )
