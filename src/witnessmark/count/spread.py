"""Draws of a total from the very distribution its interval is made of, where a method has no posterior to draw from: so that strata add up and linkages mix.

They are draws of a confidence distribution (Schweder & Hjort, Scandinavian Journal of Statistics 29, 2002): of what the method holds for likely, not of a posterior. Draws are
quantiles at even steps, in random order, so that their own quantiles are the ends of the interval and nothing is added by chance.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DRAWS = 4_000
FARTHEST_SCORE = 4.0
"""Standard normal scores beyond this are not looked for: DRAWS even quantiles end at 3.7."""
STEPS = 100
"""Of the profile likelihood, each way from its peak."""


def normal_scores(seed: int) -> Floats:
    """DRAWS even quantiles of the standard normal distribution, in random order."""
    from scipy.special import ndtri

    ranks = (np.arange(DRAWS) + 0.5) / DRAWS
    return np.asarray(ndtri(np.random.default_rng(seed).permutation(ranks)), dtype=np.float64)


def log_normal_draws(documented: int, unseen: float, spread: float, *, seed: int) -> tuple[float, ...]:
    """Totals whose unseen part is log-normal: `unseen` its median, `spread` the standard deviation of its logarithm."""
    return tuple((documented + unseen * np.exp(spread * normal_scores(seed))).tolist())


def profile_draws(peak: float, profile: Callable[[float], float], *, spread: float, farthest: float, seed: int) -> Floats:
    """Numbers of unseen, `(DRAWS,)`, by the signed root of a profile likelihood, which is standard normal at the truth.

    Args:
        peak: the logarithm of the unseen at which the profile is highest.
        profile: the log-likelihood at a number of unseen.
        spread: about the standard deviation of the logarithm of the unseen; the profile is followed in quarters of it, growing.
        farthest: how far from the peak it is followed, in logarithms, at most; what lies beyond is drawn as what lies there.
        seed: of the order of the draws.
    """
    best = profile(float(np.exp(peak)))

    def score(log_unseen: float) -> float:
        return float(np.sqrt(2 * max(best - profile(float(np.exp(log_unseen))), 0.0)))

    steps = np.minimum(np.cumsum(spread / 4 * 1.03 ** np.arange(STEPS)), farthest)
    points, scores = [peak], [0.0]
    for side in (-1, 1):
        for step in steps:
            points.append(peak + side * float(step))
            scores.append(side * score(points[-1]))
            if abs(scores[-1]) > FARTHEST_SCORE or step >= farthest:
                break
    order = np.argsort(points)
    rising = np.maximum.accumulate(np.array(scores)[order])
    return np.asarray(np.exp(np.interp(normal_scores(seed), rising, np.array(points)[order])), dtype=np.float64)
