"""How far each pixel moved between two scenes: the length of its change vector, each band normalised by ground that did not change.

Bands are brought to mean 0 and standard deviation 1 over unchanged ground (weights of IR-MAD), subtracted, and the differences divided by their own spread there. The sum of squares is
blind to linear differences of brightness and contrast in any band. On the scenes it was chosen on it parts changed from unchanged ground better than the sum of squared MAD variates
(docs/decisions/0030-watching.md has the figures).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from witnessmark.errors import SceneError
from witnessmark.watch.irmad import no_change_weights

MOST_FITTED = 250_000
"""Pixels the normalisation is fitted to, taken evenly; more do not move it."""
_SMALLEST_SPREAD = 1e-6
"""Of a normalised band; below it two bands are the same but for rounding."""


def change_statistic(before: NDArray[np.float32], after: NDArray[np.float32], valid: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The squared length of each pixel's normalised change vector, `(rows, columns)`; not a number where `valid` is False.

    Args:
        before: `(bands, rows, columns)`.
        after: of the same shape, laid over `before`.
        valid: the pixels both scenes show.

    Raises:
        SceneError: a band has one value everywhere.
    """
    one, other = before[:, valid], after[:, valid]
    step = -(-one.shape[1] // MOST_FITTED)
    fitted_one, fitted_other = one[:, ::step].astype(np.float64), other[:, ::step].astype(np.float64)
    for fitted in (fitted_one, fitted_other):
        _require_contrast(fitted)
    weights = no_change_weights(fitted_one, fitted_other)
    statistic = np.zeros(one.shape[1])
    for band in range(len(one)):
        mean_one, spread_one = _moments(fitted_one[band], weights)
        mean_other, spread_other = _moments(fitted_other[band], weights)
        moved = (fitted_other[band] - mean_other) / spread_other - (fitted_one[band] - mean_one) / spread_one
        spread = max(float(np.sqrt((weights * moved**2).sum() / weights.sum())), _SMALLEST_SPREAD)
        statistic += (((other[band] - mean_other) / spread_other - (one[band] - mean_one) / spread_one) / spread) ** 2
    found = np.full(valid.shape, np.nan)
    found[valid] = statistic
    return found


def _moments(values: NDArray[np.float64], weights: NDArray[np.float64]) -> tuple[float, float]:
    mean = float((weights * values).sum() / weights.sum())
    spread = float(np.sqrt((weights * (values - mean) ** 2).sum() / weights.sum()))
    return mean, max(spread, _SMALLEST_SPREAD * max(abs(mean), 1.0))


def _require_contrast(bands: NDArray[np.float64]) -> None:
    flat = [number for number, band in enumerate(bands, start=1) if np.ptp(band) == 0]
    if flat:
        raise SceneError(f"Band {flat[0]} has the same value everywhere ({bands[flat[0] - 1, 0]:g}): there is nothing in it to compare.")
