"""Whether chains of draws agree with each other and say enough: split R-hat, effective sample sizes, Monte-Carlo errors, and differences between chains.

All functions take draws as an array `(chains, draws)`. R-hat and effective sample sizes are those of Vehtari, Gelman, Simpson, Carpenter and Bürkner
(2021) Rank-normalization, folding, and localization, Bayesian Analysis 16, 667-718: on ranks, so that a heavy tail does not hide what they are there to show.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Draws = NDArray[np.float64]
TAIL = 0.05
SHORTEST = 8
"""Fewer draws a chain than this say nothing of convergence."""


def split_rhat(draws: Draws) -> float:
    """Rank-normalised split R-hat, the larger of that for location and that for spread; 1 where chains agree, infinite where constant chains differ."""
    halves = _halves(draws)
    folded = np.abs(halves - np.median(halves))
    return max(_rhat(_normal_scores(halves)), _rhat(_normal_scores(folded)))


def bulk_ess(draws: Draws) -> float:
    """How many independent draws the middle of the distribution is known as well as by."""
    return _ess(_normal_scores(_halves(draws)))


def tail_ess(draws: Draws) -> float:
    """The same of the tails: the smaller of those of the 5 % and the 95 % quantile."""
    return min(quantile_ess(draws, TAIL), quantile_ess(draws, 1 - TAIL))


def quantile_ess(draws: Draws, probability: float) -> float:
    """How many independent draws a quantile is known as well as by."""
    return _ess(_halves((draws <= np.quantile(draws, probability)).astype(np.float64)))


def quantile_error(draws: Draws, probability: float) -> float:
    """Monte-Carlo standard error of a quantile, in the units of the draws, from the Beta distribution of its rank."""
    from scipy.stats import beta

    size = quantile_ess(draws, probability)
    low, high = beta.ppf([0.15865525, 0.84134475], size * probability + 1, size * (1 - probability) + 1)
    ends = np.quantile(draws, [low, high])
    return float(ends[1] - ends[0]) / 2


def mean_error(draws: Draws) -> float:
    """Monte-Carlo standard error of the mean, in the units of the draws."""
    return float(draws.std(ddof=1) / np.sqrt(_ess(_halves(draws))))


def between_chains(draws: Draws) -> float:
    """The largest difference between two chains' medians, in standard errors of that difference, each chain's error reckoned from itself alone.

    R-hat compares chains with the spread of the draws, so it lets long chains pass that differ by many times what they could by chance; this does not.
    """
    medians = [float(np.median(chain)) for chain in draws]
    errors = [quantile_error(chain[None, :], 0.5) for chain in draws]
    return max((_in_errors(medians[i] - medians[j], errors[i], errors[j]) for i, j in combinations(range(len(draws)), 2)), default=0.0)


def _in_errors(difference: float, first: float, second: float) -> float:
    error = float(np.hypot(first, second))
    if error > 0:
        return abs(difference) / error
    return 0.0 if difference == 0 else float("inf")


def _halves(draws: Draws) -> Draws:
    length = draws.shape[1] // 2
    if length * 2 < SHORTEST:
        raise ValueError(f"{draws.shape[1]} draws a chain; at least {SHORTEST} are needed")
    return np.concatenate([draws[:, :length], draws[:, -length:]])


def _normal_scores(draws: Draws) -> Draws:
    from scipy.special import ndtri
    from scipy.stats import rankdata

    ranks = rankdata(draws, method="average", axis=None).reshape(draws.shape)
    scores: Draws = ndtri((ranks - 0.375) / (draws.size + 0.25))
    return scores


def _rhat(draws: Draws) -> float:
    length = draws.shape[1]
    within = float(draws.var(axis=1, ddof=1).mean())
    between = length * float(draws.mean(axis=1).var(ddof=1))
    if within == 0:
        return 1.0 if between == 0 else float("inf")
    return float(np.sqrt(((length - 1) * within + between) / (length * within)))


def _ess(draws: Draws) -> float:
    """From the autocorrelations of all chains together, summed by Geyer's initial monotone sequence; draws that never change count as one."""
    chains, length = draws.shape
    centred = draws - draws.mean(axis=1, keepdims=True)
    spectrum = np.fft.rfft(centred, 2 * length, axis=1)
    covariance = np.fft.irfft(spectrum * np.conj(spectrum), axis=1)[:, :length].mean(axis=0) / length
    within = covariance[0] * length / (length - 1)
    pooled = within * (length - 1) / length + float(draws.mean(axis=1).var(ddof=1))
    if pooled == 0:
        return 1.0
    correlation = 1 - (within - covariance * length / (length - 1)) / pooled
    pairs = correlation[: length // 2 * 2].reshape(-1, 2).sum(axis=1)
    ends = np.flatnonzero(pairs <= 0)
    pairs = np.minimum.accumulate(pairs[: ends[0]] if len(ends) else pairs)
    time = max(2 * float(pairs.sum()) - 1, 1 / np.log10(chains * length))
    return float(chains * length / time)
