"""How far the total could lie from every estimate if some people were harder to reach than others by every list.

The likelihood of the total under two classes of people, profiled over everything but the total. The odds of one class to stand on a list are at most `TIMES_HARDER` those of the other, since people whom no list could ever reach would fit
any total. No method here estimates by it: with few lists it is nearly flat upwards, which is what it is here to show. What lies inside it and outside a method's interval is left out by what that method assumes of people whom all
lists miss, and not by the lists (Link, Biometrics 59, 2003; Whitehead, Jackson, Balch & Francis, Journal of Human Trafficking 7, 2021).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np

from witnessmark.count.checks import refusal, without_empty_lists
from witnessmark.count.table import CaptureTable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

TIMES_HARDER = 10
"""Times the odds of one class to stand on a list may be those of the other: a choice that no table decides."""
MOST_TIMES = 100
"""Times the documented up to which a total is looked at."""
TOTALS = 60
"""Totals that are looked at, from the documented to `MOST_TIMES` it, at equal ratios."""
STARTS = 3
"""Starts at each total, besides from where the total before ended."""
FARTHEST = 12.0
"""Bound on the logit of a chance: six in a million, or all but that."""


class HardToReach(msgspec.Struct, frozen=True):
    """The totals that two such classes of people explain about as well as the one they explain best: from `low` to `high`, None where that goes beyond `MOST_TIMES` the documented."""

    low: float
    high: float | None


def hard_to_reach(table: CaptureTable, *, level: float = 0.95, seed: int = 1) -> HardToReach | None:
    """The interval of the total by the profile likelihood of two classes; None for a table that nothing can be estimated from.

    Raises MissingPartError where the libraries for counting are not installed (as every estimate does).
    """
    if refusal(table) is not None:
        return None
    from scipy.stats import chi2

    kept = without_empty_lists(table)
    unseen = np.concatenate([[0.0], kept.documented * np.expm1(np.linspace(0, np.log(MOST_TIMES), TOTALS))[1:]])
    heights = _profile(kept, unseen, np.random.default_rng(seed))
    inside = heights >= heights.max() - chi2.ppf(level, 1) / 2
    first, last = int(np.argmax(inside)), int(len(inside) - 1 - np.argmax(inside[::-1]))
    low = kept.documented + unseen[max(first - 1, 0)] if first else float(kept.documented)
    return HardToReach(float(low), None if last == len(unseen) - 1 else float(kept.documented + unseen[last + 1]))


def sentence_on(table: CaptureTable, *, level: float = 0.95, seed: int = 1) -> str:
    """What that says of the table, as a sentence after others; empty where nothing can be said."""
    found = hard_to_reach(table, level=level, seed=seed)
    if found is None:
        return ""
    to = f"{found.high:,.0f}" if found.high is not None else f"beyond {MOST_TIMES * table.documented:,}"
    told = f" If some people were up to {TIMES_HARDER} times harder to reach than others by every list, these lists would fit totals from {found.low:,.0f} to {to} about equally well"
    return told + (": they bound such a total from below only." if found.high is None else ".")


def _profile(table: CaptureTable, unseen: Floats, rng: np.random.Generator) -> Floats:
    """The greatest log-likelihood at each number of unseen people, the lower neighbour's best parameters among the starts."""
    from scipy.optimize import minimize

    on = table.design().astype(float)
    size = 2 * on.shape[1] + 1
    apart = float(np.log(TIMES_HARDER))
    bounds = [(-FARTHEST, FARTHEST)] * (1 + on.shape[1]) + [(-apart, apart)] * on.shape[1]
    before: list[Floats] = []
    heights = []
    for number in unseen:
        counts = np.array(table.counts, dtype=float)
        counts[0] = number
        starts = [*before, *np.clip(rng.normal(-1.0, 1.0, (STARTS, size)), *np.array(bounds).T)]
        fits = [minimize(_loss, start, args=(on, counts), jac=True, method="L-BFGS-B", bounds=bounds) for start in starts]
        best = min(fits, key=lambda one: float(one.fun))
        before = [best.x]
        heights.append(_ways(table.documented, number) - float(best.fun))
    return np.array(heights)


def _ways(seen: int, unseen: float) -> float:
    """Logarithm of how many ways there are to leave so many of all unseen."""
    from scipy.special import gammaln

    return float(gammaln(seen + unseen + 1) - gammaln(unseen + 1) - gammaln(seen + 1))


def _loss(parameters: Floats, on: Floats, counts: Floats) -> tuple[float, Floats]:
    """Less the log-likelihood of the cells, and its slope; `parameters` are logits: of the first class's share, of its chances on each list, and how much those of the second class differ."""
    lists = on.shape[1]
    logits = np.stack([parameters[1 : lists + 1], parameters[1 : lists + 1] + parameters[lists + 1 :]])
    share = -np.logaddexp(0, np.array([-parameters[0], parameters[0]]))
    each = share[:, None] - np.logaddexp(0, -logits) @ on.T - np.logaddexp(0, logits) @ (1 - on).T
    together = np.logaddexp(each[0], each[1])
    belongs = np.exp(each - together) * counts
    slope = np.empty_like(parameters)
    slope[0] = belongs[0].sum() - np.exp(share[0]) * counts.sum()
    of_each = belongs @ on - belongs.sum(axis=1, keepdims=True) / (1 + np.exp(-logits))
    slope[1 : lists + 1], slope[lists + 1 :] = of_each.sum(axis=0), of_each[1]
    return -float(counts @ together), -slope
