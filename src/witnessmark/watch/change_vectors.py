"""How far each pixel moved between two scenes: the length of its change vector, each band normalised by ground that did not change.

Bands are brought to mean 0 and standard deviation 1 over unchanged ground (weights of IR-MAD), subtracted, and the differences divided by their own spread there. The sum of squares is
blind to linear differences of brightness and contrast in any band. On the scenes it was chosen on it parts changed from unchanged ground better than the sum of squared MAD variates
(docs/decisions/0030-watching.md has the figures).
"""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from witnessmark.errors import SceneError
from witnessmark.watch.irmad import no_change_weights

MOST_FITTED = 250_000
"""Pixels the normalisation is fitted to, taken evenly; more do not move it."""
_SMALLEST_SPREAD = 1e-6
"""Of a normalised band; below it two bands are the same but for rounding."""


class Normalisation(msgspec.Struct, frozen=True, eq=False):
    """Mean and spread of each band over unchanged ground, before and after, `(bands,)`, and the spread that the difference of the normalised bands has there."""

    mean_before: NDArray[np.float64]
    spread_before: NDArray[np.float64]
    mean_after: NDArray[np.float64]
    spread_after: NDArray[np.float64]
    spread: NDArray[np.float64]


def normalisation(before: NDArray[np.float32], after: NDArray[np.float32], valid: NDArray[np.bool_]) -> Normalisation:
    """How the bands of two scenes, each `(bands, rows, columns)`, are brought together over the ground that did not change.

    Raises:
        SceneError: a band has one value everywhere.
    """
    step = -(-int(valid.sum()) // MOST_FITTED)
    one, other = (bands[:, valid][:, ::step].astype(np.float64) for bands in (before, after))
    for bands in (one, other):
        _require_contrast(bands)
    weights = no_change_weights(one, other)
    (mean_one, spread_one), (mean_other, spread_other) = _moments(one, weights), _moments(other, weights)
    moved = _normal(other, mean_other, spread_other) - _normal(one, mean_one, spread_one)
    spread = np.sqrt((weights * moved**2).sum(axis=1) / weights.sum())
    return Normalisation(mean_one, spread_one, mean_other, spread_other, np.maximum(spread, _SMALLEST_SPREAD))


def change_statistic(
    before: NDArray[np.float32], after: NDArray[np.float32], valid: NDArray[np.bool_], by: Normalisation | None = None
) -> NDArray[np.float64]:
    """The squared length of each pixel's normalised change vector, `(rows, columns)`; not a number where `valid` is False.

    Args:
        before: `(bands, rows, columns)`.
        after: of the same shape, laid over `before`.
        valid: the pixels both scenes show.
        by: another pair's normalisation; None has it found.

    Raises:
        SceneError: a band has one value everywhere.
    """
    by = by or normalisation(before, after, valid)
    found = np.full(valid.shape, np.nan)
    found[valid] = 0.0
    for band in range(len(before)):
        one = (before[band][valid] - by.mean_before[band]) / by.spread_before[band]
        other = (after[band][valid] - by.mean_after[band]) / by.spread_after[band]
        found[valid] += ((other - one) / by.spread[band]) ** 2
    return found


def _normal(bands: NDArray[np.float64], mean: NDArray[np.float64], spread: NDArray[np.float64]) -> NDArray[np.float64]:
    return (bands - mean[:, None]) / spread[:, None]


def _moments(bands: NDArray[np.float64], weights: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    mean = (bands * weights).sum(axis=1) / weights.sum()
    spread = np.sqrt((weights * (bands - mean[:, None]) ** 2).sum(axis=1) / weights.sum())
    return mean, np.maximum(spread, _SMALLEST_SPREAD * np.maximum(np.abs(mean), 1.0))


def _require_contrast(bands: NDArray[np.float64]) -> None:
    flat = [number for number, band in enumerate(bands, start=1) if np.ptp(band) == 0]
    if flat:
        raise SceneError(f"Band {flat[0]} has the same value everywhere ({bands[flat[0] - 1, 0]:g}): there is nothing in it to compare.")
