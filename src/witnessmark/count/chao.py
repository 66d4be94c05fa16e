"""Chao's lower bound of the total, for several lists of unequal reach (Chao, Biometrics 43, 1987; Rivest & Baillargeon, Biometrics 63, 2007).

If people differ in how easily they are listed at all, but not in which list favours whom, then by the Cauchy-Schwarz inequality those on no list are at least what those on
one and on two lists point to. The bound is the intercept of a log-linear model of independent lists in which numbers on three lists, on four, and so on, are left free.
"""

from __future__ import annotations

import math

import msgspec
import numpy as np
from numpy.typing import NDArray

from witnessmark.count.existence import fit_existing
from witnessmark.count.loglinear import standard_error
from witnessmark.count.poisson import PoissonFit
from witnessmark.count.spread import log_normal_draws
from witnessmark.count.table import CaptureTable
from witnessmark.model.estimate import Diagnostic, Estimate, Interval

METHOD = "chao/1"
ASSUMPTION = "A lower bound, not an estimate of the total: at least so many there were if people differ in how easily they are listed but lists do not depend on each other otherwise."

Floats = NDArray[np.float64]


def estimate_chao(table: CaptureTable, *, seed: int = 1, level: float = 0.95) -> Estimate:
    """The bound, and the log-normal interval of the bound (Chao 1987) from its variance; the truth may lie far above both. `draws`, by `seed`, are of the bound."""
    from scipy.special import ndtri

    once, twice = (sum(n for history, n in enumerate(table.counts) if history.bit_count() == k) for k in (1, 2))
    found = Estimate(
        documented=table.documented,
        total=None,
        interval=None,
        level=level,
        method=METHOD,
        assumption=ASSUMPTION,
        diagnostics=(
            Diagnostic("on one list", float(once), 1.0, kept=once > 0, detail="People on just one list."),
            Diagnostic("on two lists", float(twice), 1.0, kept=twice > 0, detail="People on just two lists."),
        ),
        parameters={},
        seed=seed,
        lower_bound=True,
    )
    if not twice:
        return msgspec.structs.replace(
            found,
            refused="No one is on just two lists, so that no bound can be had from how lists overlap. Look for links that were missed.",
        )
    fit = fit_existing(*bound_model(table))
    if fit is None:
        return msgspec.structs.replace(
            found,
            refused="The bound has no finite value: the people on two lists are on too few of the lists. Join lists that hardly overlap.",
        )
    spread = _spread(fit)
    factor = math.exp(float(ndtri((1 + level) / 2)) * spread)
    return msgspec.structs.replace(
        found,
        total=table.documented + fit.unseen,
        interval=Interval(table.documented + fit.unseen / factor, table.documented + fit.unseen * factor),
        standard_error=standard_error(fit),
        draws=log_normal_draws(table.documented, fit.unseen, spread, seed=seed),
    )


def bound_model(table: CaptureTable) -> tuple[Floats, Floats]:
    """The design (intercept, lists with anyone on them, one parameter for each number of lists from three up) and counts of the cells it is fitted to.

    Cells of a list with no one on it, and of numbers of lists on which no one is, are expected to be empty and left out.
    """
    histories = table.design()
    counts = np.array(table.counts, dtype=np.float64)
    held = np.flatnonzero(np.array(table.sizes()))
    on = histories.sum(axis=1)
    many = [k for k in range(3, len(table.lists) + 1) if counts[on == k].sum()]
    cells = np.isin(on, [1, 2, *many]) & (histories[:, held].sum(axis=1) == on)
    columns = [np.ones(len(on)), *(histories[:, j] for j in held), *((on == k) for k in many)]
    return np.column_stack(columns).astype(np.float64)[cells], counts[cells]


def _spread(fit: PoissonFit) -> float:
    """The standard deviation of the logarithm of the unseen, if they are log-normal with the variance the fit gives them."""
    if fit.unseen < np.finfo(np.float64).tiny:
        return 0.0
    return math.sqrt(math.log1p((standard_error(fit) / fit.unseen) ** 2))
