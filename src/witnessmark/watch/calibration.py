"""The threshold of change, and how often it is passed on unchanged ground that had no part in setting it.

With stable ground marked, the threshold is the quantile of the statistic there, and the rate is counted on blocks of it left out in turn: blocks, because neighbours are alike and a random half would
hide it. Without, both come from the law of unchanged ground fitted to the scene, set on one half of the blocks and held against the law of the other.
"""

from __future__ import annotations

import math

import msgspec
import numpy as np
from numpy.typing import NDArray

from witnessmark.errors import UsageError
from witnessmark.watch.null import Null, fit_null

BLOCKS = 10
"""Blocks along the longer side of a scene."""
FOLDS = 5
FEWEST_OVER = 5
"""Pixels of stable ground that must lie over the threshold; with fewer it is set by a handful."""
FEW_OVER = 20
MOST_CHANGED = 0.5
"""Where more of a scene is changed than not, what is learned of unchanged ground from the scene itself may be the other thing."""
MOST_ALIKE = 0.1
"""Share of pixels with one value of the statistic; whole-numbered pixels of six bands give under a hundredth."""


class Calibration(msgspec.Struct, frozen=True):
    """A threshold, the held-out share of unchanged ground over it (None where it could not be held out), the rate of each fold, and the law it came from (None where stable ground was marked)."""

    threshold: float
    false_alarm_rate: float | None
    folds: tuple[float, ...]
    null: Null | None
    problems: tuple[str, ...]


def calibrate_on(statistic: NDArray[np.float64], stable: NDArray[np.bool_], alpha: float) -> Calibration:
    """From ground that a person marked as unchanged.

    Raises:
        UsageError: so few pixels are marked that no threshold can be set for this `alpha`.
    """
    values = statistic[stable]
    if len(values) * alpha < FEWEST_OVER:
        raise UsageError(
            f"Only {len(values):,} pixels of stable ground can be used; alpha={alpha:g} needs at least {math.ceil(FEWEST_OVER / alpha):,}. Mark more, or raise alpha."
        )
    problems = []
    if len(values) * alpha < FEW_OVER:
        problems.append(
            f"Stable ground is small ({len(values):,} pixels): the threshold rests on the highest {len(values) * alpha:.0f} of them."
        )
    folds, over, held = [], 0, 0
    numbers = _folds(statistic.shape)
    for fold in range(FOLDS):
        left_out, kept = statistic[stable & (numbers == fold)], statistic[stable & (numbers != fold)]
        if not len(left_out) or len(kept) * alpha < 1:
            continue
        passed = int((left_out > _quantile(kept, alpha)).sum())
        folds.append(passed / len(left_out))
        over, held = over + passed, held + len(left_out)
    if held < len(values):
        problems.append(
            "Stable ground lies in one part of the scene: its false-alarm rate could not be held out everywhere. Mark some elsewhere."
        )
    return Calibration(_quantile(values, alpha), over / held if held else None, tuple(folds), None, tuple(problems))


def calibrate_by_itself(statistic: NDArray[np.float64], valid: NDArray[np.bool_], bands: int, alpha: float) -> Calibration:
    """From the scene itself."""
    null = fit_null(statistic[valid], bands)
    problems = [
        "No stable ground was marked: threshold and false-alarm rate come from a model of the scene itself, checked between its own blocks. Mark ground known to be unchanged to have them measured."
    ]
    if null.share < MOST_CHANGED:
        problems.append(
            f"Only {null.share:.0%} of the scene looks like unchanged ground; the threshold means little without marked stable ground."
        )
    alike = _commonest(statistic[valid])
    if alike > MOST_ALIKE:
        problems.append(
            f"{alike:.0%} of the pixels differ by the same amount: the scenes are saturated or have few grey values, and no threshold can be learned from them."
        )
    return Calibration(null.threshold(alpha), *_held_out(statistic, valid, bands, alpha), null, tuple(problems))


def _commonest(values: NDArray[np.float64]) -> float:
    """The share of the value met most often."""
    return float(np.unique(values, return_counts=True)[1].max() / len(values))


def _held_out(statistic: NDArray[np.float64], valid: NDArray[np.bool_], bands: int, alpha: float) -> tuple[float | None, tuple[float, ...]]:
    """The threshold of either half of the blocks, put to the law of the other half."""
    half = _blocks(statistic.shape).sum(axis=0) % 2 == 0
    halves = [statistic[valid & part] for part in (half, ~half)]
    if min(map(len, halves)) < 2 * FEWEST_OVER / alpha:
        return None, ()
    one, other = (fit_null(values, bands) for values in halves)
    rates = (other.exceeding(one.threshold(alpha)), one.exceeding(other.threshold(alpha)))
    return sum(rates) / 2, rates


def _quantile(values: NDArray[np.float64], alpha: float) -> float:
    """The smallest threshold that a new, exchangeable value passes with a probability of at most `alpha` (split conformal)."""
    rank = min(math.ceil((len(values) + 1) * (1 - alpha)), len(values))
    return float(np.partition(values, rank - 1)[rank - 1])


def _blocks(shape: tuple[int, ...]) -> NDArray[np.int64]:
    side = max(math.ceil(max(shape) / BLOCKS), 1)
    return np.indices(shape) // side


def _folds(shape: tuple[int, ...]) -> NDArray[np.int64]:
    """Which fold each pixel's block is in: a knight's move apart, so that no two neighbouring blocks share one."""
    down, across = _blocks(shape)
    folds: NDArray[np.int64] = (down + 2 * across) % FOLDS
    return folds
