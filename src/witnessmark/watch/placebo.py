"""Was this footprint modified? It is compared with what the same statistic says of places where nothing is known to have happened.

The statistic is fixed before anything is looked at: the mean, over the footprint, of the logarithm of 1 + the change statistic. The placebos are copies of the footprint on comparison
ground, or the footprint itself on other pairs of dates. Where the footprint is one more draw of the same kind, its rank gives an exact p (R. A. Fisher's randomisation test): nothing is assumed of the distribution.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from witnessmark.errors import UsageError
from witnessmark.model.watching import PlaceboTest

STATISTIC = "mean of log(1 + squared normalised change) over the footprint"
LEVEL = 0.05
MOST_COPIES = 2000


def placebo_test(observed: float, placebos: Sequence[float], *, looks: int = 1) -> PlaceboTest:
    """How rare the observed statistic is among placebos; `looks` counts every test of this question, those that found nothing included.

    Raises:
        UsageError: there is no placebo, a value is no number, or fewer than one look.
    """
    if not placebos:
        raise UsageError(
            "There is no placebo to compare the footprint with: mark comparison ground on which it fits at least once, better 19 times."
        )
    if looks < 1:
        raise UsageError(f"looks={looks} is not the number of times the question was put; it is at least 1, this time.")
    if not np.isfinite([observed, *placebos]).all():
        raise UsageError("The statistic of the footprint or of a placebo is no number: part of it was not seen in both scenes.")
    at_least = sum(placebo >= observed for placebo in placebos)
    p, smallest = (1 + at_least) / (1 + len(placebos)), 1 / (1 + len(placebos))
    p_looks = min(1.0, p * looks)
    told = f"{at_least} of {len(placebos)} placebos changed at least as much: p = {p:.3g}"
    told += f", and {p_looks:.3g} for {looks} looks." if looks > 1 else "."
    if smallest * looks > LEVEL:
        told += f" With so few placebos p cannot go under {min(1.0, smallest * looks):.3g}, whatever happened."
    return PlaceboTest(observed, tuple(placebos), p, smallest, looks, p_looks, told, STATISTIC)


def footprint_statistic(statistic: NDArray[np.float64], footprint: NDArray[np.bool_]) -> float:
    """The one statistic of a footprint (a mask on the same grid); not a number where part of it was not seen."""
    return float(np.log1p(statistic[footprint]).mean()) if footprint.any() else float("nan")


def placebos_in_space(statistic: NDArray[np.float64], footprint: NDArray[np.bool_], ground: NDArray[np.bool_]) -> tuple[float, ...]:
    """The statistic of copies of the footprint on comparison ground, none overlapping another or the footprint, laid row by row from the top left.

    `ground` is a mask of comparison ground; copies have to lie on it whole and be seen in both scenes.

    Raises:
        UsageError: the footprint is empty.
    """
    shape, taken = _cut(footprint), ~ground | ~np.isfinite(statistic) | footprint
    rows, columns = shape.shape
    found: list[float] = []
    logs = np.log1p(np.nan_to_num(statistic))
    for top in range(statistic.shape[0] - rows + 1):
        band = np.s_[top : top + rows]
        free = np.flatnonzero(~(sliding_window_view(taken[band], columns, axis=1) & shape[:, None]).any(axis=(0, 2)))
        while len(free) and len(found) < MOST_COPIES:
            window = band, np.s_[free[0] : free[0] + columns]
            found.append(float(logs[window][shape].mean()))
            taken[window] |= shape
            free = free[free >= free[0] + columns]
    return tuple(found)


def _cut(footprint: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The footprint within the smallest rectangle around it."""
    if not footprint.any():
        raise UsageError("The footprint is empty: none of its pixels lies in the scene.")
    rows, columns = np.flatnonzero(footprint.any(axis=1)), np.flatnonzero(footprint.any(axis=0))
    return footprint[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
