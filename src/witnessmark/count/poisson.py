"""Maximum likelihood of a Poisson log-linear model, by Newton's method from the observed counts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STEPS = 60
SMALL_STEP = 1e-9
"""A Newton step this small in every parameter has arrived."""
LONG_STEP = 4.0
"""A longer step, in any parameter, is shortened to this: counts are exponentials of what is stepped through."""


@dataclass(frozen=True)
class PoissonFit:
    """Parameters (intercept first) and expected counts of the cells."""

    design: Floats
    counts: Floats
    parameters: Floats
    expected: Floats

    @property
    def unseen(self) -> float:
        """The expected count of the cell no list sees."""
        return float(np.exp(self.parameters[0]))

    @cached_property
    def covariance(self) -> Floats:
        """Of the parameters, from the expected information."""
        return np.asarray(np.linalg.inv(_information(self.design, self.expected)), dtype=np.float64)

    @property
    def log_likelihood(self) -> float:
        """Of the counts, constants included."""
        from scipy.special import gammaln, xlogy

        return float(np.sum(xlogy(self.counts, self.expected) - self.expected - gammaln(self.counts + 1)))


def fit_poisson(design: Floats, counts: Floats) -> PoissonFit | None:
    """The fit of `log E(counts) = design @ parameters`; None where Newton's method does not arrive. Whether a maximum exists is for `existence` to say: without one, counts near zero can look like arriving.

    Args:
        design: `(cells, parameters)`, the intercept first.
        counts: `(cells,)`, people.
    """
    try:
        parameters = _starting_point(design, counts)
        for _ in range(STEPS):
            expected = np.exp(design @ parameters)
            step = np.linalg.solve(_information(design, expected), design.T @ (counts - expected))
            longest = float(np.abs(step).max())
            if not np.isfinite(longest):
                return None
            parameters = parameters + step * min(1.0, LONG_STEP / max(longest, SMALL_STEP))
            if longest < SMALL_STEP:
                return PoissonFit(design, counts, parameters, np.exp(design @ parameters))
    except np.linalg.LinAlgError:
        return None
    return None


def _starting_point(design: Floats, counts: Floats) -> Floats:
    raised = counts + 0.5
    start = np.linalg.solve(_information(design, raised), design.T @ (raised * np.log(raised)))
    return np.asarray(start, dtype=np.float64)


def _information(design: Floats, expected: Floats) -> Floats:
    return np.asarray(design.T @ (expected[:, None] * design), dtype=np.float64)
