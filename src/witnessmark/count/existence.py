"""Whether a Poisson log-linear model has a finite maximum of its likelihood on these counts.

It has where some table with every cell above zero has the margins of the observed one (Haberman 1974; Fienberg & Rinaldo, Annals of Statistics 40, 2012), which is a linear program:
the largest least cell among tables with those margins.
"""

from __future__ import annotations

import numpy as np

from witnessmark.count.poisson import Floats, PoissonFit, fit_poisson

ZERO = 1e-6
"""What the linear program may give for zero, in people; its own tolerance is 1e-7."""
CLEAR = 1e-9
"""A fit with the observed margins and no expected count under this is itself such a table. Where there is no maximum, fits end with counts near 1e-16."""


def exists(design: Floats, counts: Floats) -> bool:
    """Whether the maximum exists, for a design `(cells, parameters)` of 0 and 1 and counts `(cells,)`."""
    from scipy.optimize import linprog

    cells = len(design)
    if not cells or not counts.sum():
        return False
    # each cell is written as the least one plus what it has more, which keeps the program at one row a parameter
    margins = np.hstack([design.T, design.T.sum(axis=1, keepdims=True)])
    goal = np.zeros(cells + 1)
    goal[-1] = -1.0
    found = linprog(goal, A_eq=margins, b_eq=design.T @ counts, bounds=(0, None), method="highs")
    return bool(found.success and found.x[-1] > ZERO)


def fit_existing(design: Floats, counts: Floats) -> PoissonFit | None:
    """The fit; None where the maximum does not exist, or Newton's method does not arrive at it."""
    fit = fit_poisson(design, counts)
    if fit is None or fit.expected.min() > CLEAR or exists(design, counts):
        return fit
    return None
