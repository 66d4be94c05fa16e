"""What a sampled estimate has to pass before it is shown, and the refusal in plain words where it does not.

Draws that have not settled look like any others: a number, an interval. So the limits are the strict ones of the literature, kept by every figure that is
printed, and a sampler that cannot keep them ends in "no estimate", with what was seen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from witnessmark.count import diagnostics
from witnessmark.model.estimate import Chains, Diagnostic

RHAT, BULK, TAIL = "split R-hat", "bulk effective sample size", "tail effective sample size"
BETWEEN = "difference between chains"


class Gates(msgspec.Struct, frozen=True):
    """Limits of convergence.

    `rhat` and `ess` are those of Vehtari et al. (2021): at most 1.01, and a hundred effective draws for each of four chains. `between` is how many standard
    errors chains' medians may be apart: six pairs of converged chains exceed four about once in three thousand runs. `median_error` and `end_error` are
    Monte-Carlo standard errors relative to the figure itself: an upper end carried by a tail that was visited only now and then has a large one.
    """

    rhat: float = 1.01
    ess: float = 400.0
    between: float = 4.0
    median_error: float = 0.005
    end_error: float = 0.01


FEWEST_CHAINS = 4
"""With fewer, agreement says little."""
TRACED = 200
"""Values of each chain that are kept for its drawing, about a pixel and a half apart."""


def check(draws: NDArray[np.float64], level: float, gates: Gates) -> tuple[Diagnostic, ...]:
    """Every gate, for draws `(chains, draws)` of a total whose median and central interval of probability `level` are to be shown."""
    rhat = diagnostics.split_rhat(draws)
    bulk, tail = diagnostics.bulk_ess(draws), diagnostics.tail_ess(draws)
    between = diagnostics.between_chains(draws)
    ends = ((1 - level) / 2, (1 + level) / 2)
    median = _relative_error(draws, 0.5)
    end = max(_relative_error(draws, p) for p in ends)
    return (
        _at_most(RHAT, rhat, gates.rhat, f"Chains from different starts have an R-hat of {rhat:.4f}; 1 is full agreement."),
        _at_least(BULK, bulk, gates.ess, f"The draws tell as much of the middle as {bulk:,.0f} independent ones."),
        _at_least(TAIL, tail, gates.ess, f"The draws tell as much of the tails as {tail:,.0f} independent ones."),
        _at_most(
            BETWEEN,
            between,
            gates.between,
            f"The medians of two chains differ by {between:,.1f} of their standard errors.",
        ),
        _at_most(
            "Monte-Carlo error of the median",
            median,
            gates.median_error,
            f"Sampling alone leaves the median uncertain by {median:.2%} of itself.",
        ),
        _at_most(
            "Monte-Carlo error of the ends",
            end,
            gates.end_error,
            f"Sampling alone leaves an end of the interval uncertain by {end:.2%} of itself.",
        ),
    )


def traced(drawn: NDArray[np.float64], checks: Sequence[Diagnostic], apart: int) -> Chains:
    """What is shown of chains of totals `(chains, draws)`, `apart` sweeps from one draw to the next, the first half of each dropped, with what `check` found of the other."""
    step = -(-drawn.shape[1] // TRACED)
    values = {one.name: one.value for one in checks}
    sizes = (values[BULK], values[TAIL])
    return Chains(
        traces=tuple(tuple(int(total) for total in chain[::step]) for chain in drawn),
        apart=apart * step,
        dropped=-(-(drawn.shape[1] // 2) // step),
        rhat=values[RHAT],
        effective=min((size for size in sizes if size is not None), default=None),
        between=values[BETWEEN],
    )


def passed(checks: Sequence[Diagnostic]) -> bool:
    """Whether every gate is kept."""
    return all(check.kept for check in checks)


def refusal(checks: Sequence[Diagnostic], draws: NDArray[np.float64], sweeps: int) -> str:
    """Why there is no estimate, in plain words, with the medians each chain by itself would have given."""
    medians = sorted(float(np.median(chain)) for chain in draws)
    failed = " ".join(check.detail for check in checks if not check.kept)
    return (
        f"No estimate: the sampler has not settled after {sweeps:,} sweeps in each of {len(draws)} chains. {failed} "
        f"Started from different places, the chains end with medians from {medians[0]:,.0f} to {medians[-1]:,.0f}; none of them may be quoted. "
        "Look at the other methods, join lists that were compiled from each other, or leave the total open."
    )


def _relative_error(draws: NDArray[np.float64], probability: float) -> float:
    return diagnostics.quantile_error(draws, probability) / float(np.quantile(draws, probability))


def _at_most(name: str, value: float, limit: float, detail: str) -> Diagnostic:
    return Diagnostic(name=name, value=_finite(value), limit=limit, kept=value <= limit, detail=detail)


def _at_least(name: str, value: float, limit: float, detail: str) -> Diagnostic:
    return Diagnostic(name=name, value=_finite(value), limit=limit, kept=value >= limit, detail=detail)


def _finite(value: float) -> float | None:
    """JSON has no infinity; a value that is none is told in the detail."""
    return value if math.isfinite(value) else None
