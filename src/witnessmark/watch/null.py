"""What the statistic does on unchanged ground, learned from the scene itself where nobody marked stable ground.

On unchanged ground with even noise the sum of squares over p bands would follow a chi-square law with p degrees of freedom. Ground is uneven: fields, roofs and water each have a
spread of their own. So the law here is chi-square times a scale that varies log-normally over the ground, and, where that fits clearly better, a broad log-normal law beside it for what changed; the numbers are found by maximum likelihood
over the scene. No label enters. A plain gamma law for unchanged ground gave four to eight times the nominal false alarms; the textbook chi-square threshold gives 40 to 50 %.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import msgspec
import numpy as np
from numpy.polynomial.hermite_e import hermegauss
from numpy.typing import NDArray
from scipy import optimize, special

BINS = 400
LEAST_GAIN = 0.01
"""Of log likelihood for each pixel, by which two laws have to fit better than one: uneven ground on which nothing changed gave up to .0044 over seven scenes, scenes with change .015 to .28."""
_NODES, _WEIGHTS = hermegauss(41)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()
_LOWEST_KEPT = 0.001
"""Below this quantile of the statistic lie the exact zeros of whole-numbered pixels, whose logarithm is no number."""


class Null(msgspec.Struct, frozen=True):
    """The law of the statistic on unchanged ground: `share` of the scene, chi-square of `bands` degrees of freedom times exp(N(`centre`, `spread` squared))."""

    share: float
    bands: int
    centre: float
    spread: float

    def exceeding(self, statistic: float) -> float:
        """The share of unchanged ground over a value."""
        return float(special.chdtrc(self.bands, np.exp(math.log(statistic) - self.centre - self.spread * _NODES)) @ _WEIGHTS)

    def threshold(self, alpha: float) -> float:
        """The value that a share `alpha` of unchanged ground exceeds."""
        reach = 12 * self.spread + 12
        middle = self.centre + math.log(self.bands)
        return math.exp(optimize.brentq(lambda log: self.exceeding(math.exp(log)) - alpha, middle - reach, middle + reach))


def fit_null(statistic: NDArray[np.float64], bands: int) -> Null:
    """The law of unchanged ground in these values of the statistic; of values that are all alike, a law that exceeds nothing but them."""
    values = statistic[statistic > max(float(np.quantile(statistic, _LOWEST_KEPT)), 0.0)]
    if len(values) < BINS:
        return Null(share=1.0, bands=bands, centre=math.log(max(float(statistic.max(initial=0.0)), 1e-12)), spread=0.0)
    logs = np.log(values)
    counts, edges = np.histogram(logs, BINS)
    places, heights = (edges[:-1] + edges[1:]) / 2, counts / counts.sum()
    unchanged = (float(np.quantile(logs, 0.4)) - math.log(bands), -0.5)
    alone, its_fit = _most_likely(lambda n: _density(places, bands, n[0], math.exp(n[1])), heights, unchanged)
    mixed, their_fit = _most_likely(lambda n: _mixed(places, bands, n), heights, (*unchanged, 2.0, float(np.quantile(logs, 0.95)), 0.0))
    if their_fit - its_fit < LEAST_GAIN:
        return Null(share=1.0, bands=bands, centre=alone[0], spread=math.exp(alone[1]))
    return Null(share=float(special.expit(mixed[2])), bands=bands, centre=mixed[0], spread=math.exp(mixed[1]))


def _most_likely(
    density: Callable[[NDArray[np.float64]], NDArray[np.float64]], heights: NDArray[np.float64], start: tuple[float, ...]
) -> tuple[list[float], float]:
    """The numbers that make the histogram likeliest, and the logarithm of its likelihood for each pixel."""
    found = optimize.minimize(
        lambda numbers: -float(heights @ np.log(density(numbers) + 1e-300)),
        start,
        method="Nelder-Mead",
        options={"maxiter": 4000, "xatol": 1e-4, "fatol": 1e-9},
    )
    return found.x.tolist(), -float(found.fun)


def _mixed(logs: NDArray[np.float64], bands: int, numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Unchanged ground and changed, by centre and log spread of the one, log odds of its share, centre and log spread of the other."""
    share, spread = special.expit(numbers[2]), math.exp(numbers[4])
    changed = np.exp(-(((logs - numbers[3]) / spread) ** 2) / 2) / (spread * math.sqrt(2 * math.pi))
    mixture: NDArray[np.float64] = share * _density(logs, bands, numbers[0], math.exp(numbers[1])) + (1 - share) * changed
    return mixture


def _density(logs: NDArray[np.float64], bands: int, centre: float, spread: float) -> NDArray[np.float64]:
    """Of the logarithm of the statistic on unchanged ground, by Gauss-Hermite quadrature over the scale."""
    standard = logs[:, None] - centre - spread * _NODES
    return np.exp(bands / 2 * standard - np.exp(np.minimum(standard, 50)) / 2) @ _WEIGHTS / (2 ** (bands / 2) * math.gamma(bands / 2))
