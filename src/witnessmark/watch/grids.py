"""Two scenes on one grid, that of the first: by their georeferences where both have one, as they stand where neither says otherwise."""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from witnessmark.errors import SceneError
from witnessmark.watch.georeference import Georeference, kilometres_between
from witnessmark.watch.scene import Scene

_SAME_PLACE = 0.02
"""Pixels; grids whose corners are closer are one grid."""
SAME_WAVELENGTH = 0.06
"""Micrometres: bands of one name on different Landsats and Sentinel-2 differ by less, neighbouring bands by more."""


class Laid(msgspec.Struct, frozen=True, eq=False):
    """The second scene on the grid of the first, the pixels it covers there, whether both georeferences were used, and what is to be said of it."""

    pixels: NDArray[np.float32]
    valid: NDArray[np.bool_]
    by_georeference: bool
    problems: tuple[str, ...] = ()


def require_same_bands(before: Scene, after: Scene) -> None:
    """Raises SceneError where the scenes do not show the same bands, so that no band of one can be subtracted from one of the other."""
    if len(before.pixels) != len(after.pixels):
        raise SceneError(
            f"{before.name} has {len(before.pixels)} bands, {after.name} has {len(after.pixels)}: scenes of different sensors are not compared. Choose the bands they share."
        )
    if before.wavelengths and after.wavelengths:
        for number, (one, other) in enumerate(zip(before.wavelengths, after.wavelengths, strict=True), start=1):
            if abs(one - other) > SAME_WAVELENGTH:
                raise SceneError(
                    f"Band {number} is at {one:g} micrometres in {before.name} and at {other:g} in {after.name}: other bands are not compared."
                )


def lay(after: Scene, before: Scene) -> Laid:
    """The second scene on the grid of the first.

    Raises:
        SceneError: they do not overlap, or have no georeference and different sizes.
    """
    if before.georeference is None or after.georeference is None:
        return _as_they_stand(after, before)
    if _same_grid(before.georeference, after.georeference) and before.shape == after.shape:
        return Laid(after.pixels, after.valid, by_georeference=True)
    return _reprojected(after, before)


def _as_they_stand(after: Scene, before: Scene) -> Laid:
    if before.shape != after.shape:
        raise SceneError(
            f"{before.name} is {before.shape[1]} x {before.shape[0]} pixels, {after.name} {after.shape[1]} x {after.shape[0]}, and not both have a georeference: they cannot be laid over each other. Set control points by hand."
        )
    return Laid(
        after.pixels,
        after.valid,
        by_georeference=False,
        problems=("Not both scenes have a georeference: they are laid over each other as they stand.",),
    )


def _same_grid(one: Georeference, other: Georeference) -> bool:
    from rasterio.crs import CRS

    if CRS.from_user_input(one.crs) != CRS.from_user_input(other.crs):
        return False
    corners = ((0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0))
    return all(np.hypot(*np.subtract(one.to_scene(*other.to_map(*corner)), corner)) < _SAME_PLACE for corner in corners)


def _reprojected(after: Scene, before: Scene) -> Laid:
    from affine import Affine
    from rasterio.warp import Resampling, reproject

    assert before.georeference is not None  # noqa: S101 (for the type checker: the caller has looked)
    assert after.georeference is not None  # noqa: S101
    grids = {
        "src_transform": Affine(*after.georeference.transform),
        "src_crs": after.georeference.crs,
        "dst_transform": Affine(*before.georeference.transform),
        "dst_crs": before.georeference.crs,
    }
    pixels = np.zeros((len(after.pixels), *before.shape), dtype=np.float32)
    for band, laid in zip(after.pixels, pixels, strict=True):
        reproject(band, laid, resampling=Resampling.cubic, **grids)
    covered = np.zeros(before.shape, dtype=np.float32)
    reproject(after.valid.astype(np.float32), covered, resampling=Resampling.bilinear, **grids)
    valid = covered > 1 - 1e-3
    if not valid.any():
        raise SceneError(_apart(after, before))
    return Laid(pixels, valid, by_georeference=True, problems=(f"{after.name} was resampled to the grid of {before.name} (cubic).",))


def _apart(after: Scene, before: Scene) -> str:
    assert before.georeference is not None  # noqa: S101
    assert after.georeference is not None  # noqa: S101
    centres = [
        reference.to_degrees(scene.shape[1] / 2, scene.shape[0] / 2)
        for scene, reference in ((before, before.georeference), (after, after.georeference))
    ]
    distance = kilometres_between(*centres)
    return f"{before.name} and {after.name} do not overlap: their middles are {distance:,.1f} km apart. Check that both show the site."
