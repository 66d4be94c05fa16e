"""Scenes made up for the tests: ground of fields, roads and houses in several bands, seen again under other light, with change where it is known to be."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import affine_transform, gaussian_filter, zoom

from witnessmark.watch import Scene
from witnessmark.watch.georeference import Georeference
from witnessmark.watch.warping import Motion, middle_of

SIDE = 192
BANDS = 4
UTM = Georeference((30.0, 0.0, 300_000.0, 0.0, -30.0, 3_700_000.0), "EPSG:32637")


def ground(seed: int, side: int = SIDE, bands: int = BANDS) -> NDArray[np.float32]:
    """Patches of several sizes, each with its own reflectance in each band."""
    rng = np.random.default_rng(seed)
    total = np.zeros((bands, side, side))
    for cells in (8, 24, 48):
        patches = zoom(rng.normal(size=(cells, cells)), side / cells, order=0)[:side, :side]
        total += patches * rng.uniform(0.5, 1.5, size=(bands, 1, 1))
    smooth = np.stack([gaussian_filter(band, 0.7) for band in total])
    return (smooth * 12 + 100).astype(np.float32)


def seen_again(pixels: NDArray[np.float32], seed: int, noise: float = 1.5) -> NDArray[np.float32]:
    """The same ground under other light (a gain and an offset in each band), with noise that is stronger in some fields than in others."""
    rng = np.random.default_rng(seed)
    gain, offset = rng.uniform(0.7, 1.4, size=(len(pixels), 1, 1)), rng.uniform(-20, 20, size=(len(pixels), 1, 1))
    cells = -(-pixels.shape[1] // 16)
    uneven = np.exp(zoom(rng.normal(scale=0.5, size=(cells, cells)), 16, order=0)[: pixels.shape[1], : pixels.shape[2]])
    again: NDArray[np.float32] = (gain * pixels + offset + noise * uneven * rng.normal(size=pixels.shape)).astype(np.float32)
    return again


def changed_there(pixels: NDArray[np.float32], where: NDArray[np.bool_], seed: int = 9) -> NDArray[np.float32]:
    """The ground with something else on it where the mask says."""
    return np.where(where, ground(seed, pixels.shape[1], len(pixels))[:, ::-1, ::-1] + 35, pixels).astype(np.float32)


def moved(pixels: NDArray[np.float32], motion: Motion) -> NDArray[np.float32]:
    """The scene a sensor would take that is off by `motion`, by splines of another order than the registration's own."""
    matrix, middle = motion.matrix(), middle_of((pixels.shape[1], pixels.shape[2]))
    offset = middle - matrix.T @ (middle + np.array(motion.shift))
    return np.stack([affine_transform(band.astype(np.float64), matrix.T, offset, order=5, mode="reflect") for band in pixels]).astype(
        np.float32
    )


def scene(pixels: NDArray[np.float32], name: str = "scene", georeference: Georeference | None = UTM) -> Scene:
    """A scene around pixels."""
    return Scene(
        name=name,
        pixels=pixels,
        valid=np.ones(pixels.shape[1:], dtype=bool),
        bands=tuple(f"band {number}" for number in range(len(pixels))),
        georeference=georeference,
    )


def block(side: int = SIDE, top: int = 60, left: int = 80, rows: int = 30, columns: int = 24) -> NDArray[np.bool_]:
    """A rectangle of change."""
    mask = np.zeros((side, side), dtype=bool)
    mask[top : top + rows, left : left + columns] = True
    return mask


def write_tiff(path: Path, pixels: NDArray[np.generic], georeference: Georeference | None = UTM, **more: object) -> Path:
    """A GeoTIFF of the pixels, or one without a georeference."""
    import rasterio
    from affine import Affine

    where = {} if georeference is None else {"crs": georeference.crs, "transform": Affine(*georeference.transform)}
    count, height, width = pixels.shape
    with rasterio.open(path, "w", driver="GTiff", count=count, height=height, width=width, dtype=pixels.dtype, **where, **more) as file:
        file.write(pixels)
    return path
