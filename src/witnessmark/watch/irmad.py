"""How likely each pixel is to be unchanged, by iteratively reweighted multivariate alteration detection.

Canonical variates of the two scenes are subtracted; the differences are blind to any linear change of brightness, haze and sensor. Each round weighs pixels by the chance that so large a
difference is none, so that what changed loses its say (A. A. Nielsen, IEEE Transactions on Image Processing 16(2), 2007, 463-478). The weights are used to normalise; the chi-square
threshold of the paper is not, for the ground is never as even as it supposes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import special

MOST_ROUNDS = 100
SETTLED = 1e-4
"""Largest move of a canonical correlation in the last round."""
_NO_VARIANCE = 1e-10
"""Of the largest: a direction with less is the rounding of identical bands."""
FEWEST_LEFT = 50
"""Pixels a band that weights must still amount to; a round that leaves fewer is not taken."""


def no_change_weights(before: NDArray[np.float64], after: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights between 0 and 1 for pixels given as `(bands, pixels)`; all 1 where the scenes differ nowhere."""
    weights = np.ones(before.shape[1])
    settled = np.zeros(0)
    for _ in range(MOST_ROUNDS):
        statistic, correlations = _alteration(before, after, weights)
        if len(settled) == len(correlations) and np.abs(correlations - settled).max(initial=0) < SETTLED:
            break
        settled = correlations
        reweighted = special.chdtrc(len(correlations), statistic)
        if reweighted.sum() < FEWEST_LEFT * len(before):
            break
        weights = reweighted
    return weights


def _alteration(
    before: NDArray[np.float64], after: NDArray[np.float64], weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The sum of squared standardised MAD variates of each pixel (equation 8 of the paper), and the canonical correlations."""
    one, whiten_one = _centred(before, weights)
    other, whiten_other = _centred(after, weights)
    total = weights.sum()
    cross = whiten_one @ ((one * weights) @ other.T / total) @ whiten_other.T
    left, correlations, right = np.linalg.svd(cross, full_matrices=False)
    correlations = np.clip(correlations, 0, 1)
    variates = left.T @ whiten_one @ one - right @ whiten_other @ other
    variances = np.maximum(2 * (1 - correlations), _NO_VARIANCE)
    return (variates**2 / variances[:, None]).sum(axis=0), correlations


def _centred(bands: NDArray[np.float64], weights: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Bands about their weighted means, and the matrix that makes them uncorrelated with variance 1; directions without variance are dropped."""
    total = weights.sum()
    deviations = bands - ((bands * weights).sum(axis=1) / total)[:, None]
    values, vectors = np.linalg.eigh((deviations * weights) @ deviations.T / total)
    kept = values > _NO_VARIANCE * values.max(initial=0)
    return deviations, (vectors[:, kept] / np.sqrt(values[kept])).T
