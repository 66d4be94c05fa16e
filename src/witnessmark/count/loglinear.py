"""A log-linear model given by name, fitted to the observable cells; those on no list are the exponential of its intercept.

Fienberg (Biometrika 59, 1972) for the model, Rivest & Baillargeon for the standard error, and Cormack (Biometrics 48, 1992) for the interval: the profile of the
multinomial likelihood over the total.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from witnessmark.count.checks import without_estimate
from witnessmark.count.existence import fit_existing
from witnessmark.count.observable import Observable, observe
from witnessmark.count.poisson import PoissonFit, fit_poisson
from witnessmark.count.spread import profile_draws
from witnessmark.count.table import CaptureTable
from witnessmark.count.terms import read_model, write_model
from witnessmark.model.estimate import Diagnostic, Estimate, Interval

METHOD = "loglinear/1"
FARTHEST = 1e6
"""The profile is followed to so many times the unseen estimate; an interval that is open there has no upper end."""


def estimate_loglinear(table: CaptureTable, *, model: str, seed: int = 1, level: float = 0.95) -> Estimate:
    """The total under one hierarchical model, such as `[123,14,34]`, with its standard error, profile likelihood interval and BIC; `draws`, by `seed`, are of that profile.

    Raises:
        UsageError: the model cannot be read.
    """
    terms = read_model(model, len(table.lists))
    written = write_model(terms, len(table.lists))
    cells = observe(np.array(table.counts, dtype=np.float64), len(table.lists), terms)
    assumption = f"Lists depend on each other as in the log-linear model {written} and in no other way, and everyone has the same chance of being on each."
    reason = without_estimate(cells, table.lists)
    fit = None if reason else fit_existing(cells.design, cells.counts)
    interval = profile_interval(cells, fit, level=level) if fit else None
    if fit is None:
        reason = reason or f"The model {written} could not be fitted to these lists: Newton's method did not arrive."
    elif interval is None:
        reason = f"The model {written} puts no upper end to the total at level {level:g}: totals without bound fit these lists nearly as well as the best."
    estimated = fit is not None and interval is not None and not reason
    return Estimate(
        documented=table.documented,
        total=table.documented + fit.unseen if fit and estimated else None,
        interval=interval if estimated else None,
        level=level,
        method=METHOD,
        assumption=assumption,
        diagnostics=fit_diagnostics(cells, fit) if fit else (),
        refused=reason,
        parameters={"model": written},
        standard_error=standard_error(fit) if fit and estimated else None,
        seed=seed,
        draws=_draws(cells, fit, seed) if fit and estimated else (),
    )


def standard_error(fit: PoissonFit) -> float:
    """Of the total: the intercept's variance by the delta method, and the unseen themselves varying as a Poisson count."""
    return math.sqrt(fit.unseen + fit.unseen**2 * float(fit.covariance[0, 0]))


def bic(cells: Observable, fit: PoissonFit) -> float:
    """Bayesian information criterion with the documented people as the sample size; lower is better."""
    return -2 * fit.log_likelihood + cells.parameters * math.log(cells.counts.sum())


def fit_diagnostics(cells: Observable, fit: PoissonFit) -> tuple[Diagnostic, ...]:
    """BIC, and how far the fit is from the counts."""
    from scipy.special import xlogy
    from scipy.stats import chi2

    freedom = cells.design.shape[0] - cells.design.shape[1]
    deviance = float(2 * np.sum(xlogy(cells.counts, cells.counts / fit.expected) - (cells.counts - fit.expected)))
    p = float(chi2.sf(deviance, freedom)) if freedom else None
    detail = f"Deviance {deviance:.2f} on {freedom} degrees of freedom" + (
        "." if p is None else f", p = {p:.2g}: a small p means that the model does not fit."
    )
    return (
        Diagnostic("BIC", bic(cells, fit), None, kept=True, detail="To compare models of the same lists by; lower is better."),
        Diagnostic("goodness of fit", p, 0.01 if freedom else None, kept=p is None or p >= 0.01, detail=detail),
    )


def profile_interval(cells: Observable, fit: PoissonFit, *, level: float) -> Interval | None:
    """Totals whose profile likelihood is within the chi-squared quantile of the best; None where there is no upper end.

    For each total the unseen cell is taken as filled up to it and the model fitted to all cells; the likelihood is multinomial, so the total itself counts.
    """
    from scipy.optimize import brentq
    from scipy.stats import chi2

    documented = float(cells.counts.sum())
    profile = profile_likelihood(cells)
    peak = _peak(profile, fit)
    least = profile(math.exp(peak)) - float(chi2.ppf(level, 1)) / 2

    def above(log_unseen: float) -> float:
        return profile(math.exp(log_unseen)) - least

    nobody, farthest = math.log(1e-3), peak + math.log(FARTHEST)
    if above(farthest) > 0:
        return None
    low = 0.0 if peak <= nobody or above(nobody) > 0 else math.exp(brentq(above, nobody, peak))
    return Interval(low=documented + low, high=documented + math.exp(brentq(above, peak, farthest)))


def _draws(cells: Observable, fit: PoissonFit, seed: int) -> tuple[float, ...]:
    profile = profile_likelihood(cells)
    spread = standard_error(fit) / fit.unseen
    unseen = profile_draws(_peak(profile, fit), profile, spread=spread, farthest=math.log(FARTHEST), seed=seed)
    return tuple((cells.counts.sum() + unseen).tolist())


def _peak(profile: Callable[[float], float], fit: PoissonFit) -> float:
    """The logarithm of the unseen at which the profile is highest."""
    from scipy.optimize import minimize_scalar

    start = math.log(fit.unseen)
    return float(minimize_scalar(lambda log_unseen: -profile(math.exp(log_unseen)), bracket=(start - 0.1, start)).x)


def profile_likelihood(cells: Observable) -> Callable[[float], float]:
    """The multinomial log-likelihood of so many unseen, the model's parameters at their best; constants left out."""
    from scipy.special import gammaln, xlogy

    design = cells.design_with_unseen

    def profile(unseen: float) -> float:
        counts = np.concatenate([[unseen], cells.counts])
        total = counts.sum()
        fitted = fit_poisson(design, counts)
        if fitted is None:
            return -math.inf
        return float(gammaln(total + 1) - gammaln(unseen + 1) + np.sum(xlogy(counts, fitted.expected / total)))

    return profile
