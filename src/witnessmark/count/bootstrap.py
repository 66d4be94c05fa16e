"""A bootstrap interval of a total, bias-corrected and accelerated (DiCiccio & Efron, Statistical Science 11, 1996), over the cells of a capture table.

People are resampled, but only how many have each history matters: a resample is one multinomial draw, and leaving out one person is the same for all with one history.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from witnessmark.model.estimate import Interval

Floats = NDArray[np.float64]
TotalOf = Callable[[Floats], float]
"""The total estimated from counts by history; infinite where they have no estimate."""

BEYOND = 1e300


def resampled_totals(counts: Floats, total_of: TotalOf, *, seed: int, resamples: int) -> Floats:
    """The totals of multinomial resamples of the documented people."""
    documented = int(counts.sum())
    drawn = np.random.default_rng(seed).multinomial(documented, counts / documented, size=resamples)
    return np.array([total_of(sample) for sample in drawn.astype(np.float64)])


def bca_interval(totals: Floats, total: float, acceleration: float, *, level: float) -> Interval | None:
    """The bias-corrected and accelerated percentiles of the resampled totals; None where an end is not finite."""
    from scipy.special import ndtri

    low, high = bca_quantiles(totals, total, acceleration, np.asarray(ndtri([(1 - level) / 2, (1 + level) / 2])))
    return Interval(float(low), float(high)) if high < BEYOND else None


def bca_quantiles(totals: Floats, total: float, acceleration: float, scores: Floats) -> Floats:
    """What the bias-corrected and accelerated bootstrap puts at standard normal scores; a resample without a finite total counts as the largest number there is."""
    from scipy.special import ndtr, ndtri

    below = np.clip(np.mean(totals < total), 0.5 / len(totals), 1 - 0.5 / len(totals))
    bias = float(ndtri(below))
    reach = bias + scores
    # beyond this the correction turns back on itself
    reach = (
        np.minimum(reach, 0.99 / acceleration) if acceleration > 0 else np.maximum(reach, 0.99 / acceleration) if acceleration else reach
    )
    finite = np.minimum(totals, np.finfo(np.float64).max)
    return np.asarray(np.quantile(finite, ndtr(bias + reach / (1 - acceleration * reach))), dtype=np.float64)


def jackknife_acceleration(counts: Floats, total_of: TotalOf) -> float:
    """How the spread of the estimate changes with the total, from leaving out one person at a time; histories whose loss leaves no estimate are passed over."""
    held = np.flatnonzero(counts)
    without = np.array([total_of(counts - (np.arange(len(counts)) == history)) for history in held])
    usable = np.isfinite(without)
    if not usable.any():
        return 0.0
    weights, totals = counts[held][usable], without[usable]
    away = np.average(totals, weights=weights) - totals
    spread = float(np.sum(weights * away**2))
    return float(np.sum(weights * away**3)) / (6 * spread**1.5) if spread else 0.0
