"""Forward stepwise choice of which pairs of lists depend on each other (Chan, Silverman & Vincent, JASA 116, 2021; the R package SparseMSE), for tables in which many overlaps are empty.

From the model of independent lists, the pair whose overlap is least likely under the model so far joins it, as long as its one-sided Poisson p-value is under the threshold
and the model with it has an estimate.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from witnessmark.count.checks import identifiable
from witnessmark.count.existence import fit_existing
from witnessmark.count.observable import Observable, contains, observe
from witnessmark.count.poisson import PoissonFit
from witnessmark.count.terms import Terms, closure, pairs

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Step:
    """A pair of lists that joined the model, with its one-sided Poisson p-value on joining."""

    pair: int
    p: float


@dataclass(frozen=True)
class Choice:
    """The model chosen, the cells it was fitted to and the fit; `fit` is None where not even independence has an estimate."""

    cells: Observable
    fit: PoissonFit | None
    steps: tuple[Step, ...]

    @property
    def total(self) -> float:
        """Documented and unseen together; infinite where there is no fit."""
        return float(self.cells.counts.sum()) + self.fit.unseen if self.fit else math.inf


def choose_model(counts: Floats, lists: int, *, threshold: float) -> Choice:
    """The stepwise model for these counts, `(2 ** lists,)` in the order of `CaptureTable.counts`."""
    chosen: Terms = closure((), lists)
    cells = observe(counts, lists, chosen)
    choice = Choice(cells, fit_existing(cells.design, cells.counts), ())
    while choice.fit:
        joined = _next_choice(counts, choice, chosen, threshold)
        if joined is None:
            return choice
        choice = joined
        chosen = (*chosen, choice.steps[-1].pair)
    return choice


def _next_choice(counts: Floats, choice: Choice, chosen: Terms, threshold: float) -> Choice | None:
    """The model with one pair more; None where no pair is left that is unlikely enough and leaves an estimate."""
    lists = choice.cells.lists
    for step in unlikely_pairs(counts, choice, chosen, threshold):
        cells = observe(counts, lists, (*chosen, step.pair))
        if not identifiable(lists, cells.kept, cells.empty):
            continue
        fit = fit_existing(cells.design, cells.counts)
        if fit:
            return Choice(cells, fit, (*choice.steps, step))
    return None


def unlikely_pairs(counts: Floats, choice: Choice, chosen: Terms, threshold: float) -> list[Step]:
    """Pairs not yet in the model whose overlap is less likely than the threshold, least likely first.

    The overlap (everyone on both lists, whatever others) is Poisson under the model; its p-value is the smaller of the two tails, the observed number in each.
    """
    from scipy.special import gammaln, pdtr, pdtrc, xlogy

    lists = choice.cells.lists
    left = tuple(pair for pair in pairs(lists) if pair not in chosen)
    if not left or choice.fit is None:
        return []
    within = contains(lists, left)
    observed = counts @ within
    expected = choice.fit.expected @ within[choice.cells.histories]
    upper = np.where(observed > 0, pdtrc(np.maximum(observed - 1, 0), expected), 1.0)
    p = np.minimum(pdtr(observed, expected), upper)
    # beyond the reach of floating point p is 0 for several pairs: the probability of just this overlap then puts them in order
    alone = xlogy(observed, expected) - expected - gammaln(observed + 1)
    order = sorted(range(len(left)), key=lambda k: (p[k], alone[k]))
    return [Step(left[k], float(p[k])) for k in order if p[k] < threshold]
