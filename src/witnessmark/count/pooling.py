"""Estimates put together by their draws: over strata, whose totals add up, and over linkages or imputations, each of which is one way the lists may be.

What the draws are of is the method's: of the posterior (lcmcr, decomposable), or of the distribution its interval is made of (`spread`), which is taken for one. Where any
part is a lower bound, so is the whole, and is said to be.

Draws rather than intervals: the ends of intervals do not add up, and an average of intervals hides that linkages disagree. A part without an estimate leaves
the whole without one, by name; it is never left out silently, which would count its unrecorded people as none.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

import msgspec
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from witnessmark.errors import UsageError
from witnessmark.model.counting import LIST_CHECKS
from witnessmark.model.estimate import Chains, Diagnostic, Estimate, Interval

POOLED_DRAWS = 4_000
"""Draws of a pooled total."""
TOLERATED = 0.1
"""The largest share of linkages that may be without an estimate; with more, those that have one are no fair picture of all."""
AT_LEAST = "A lower bound, not an estimate of the total: one part of it at the least is only a bound."

_FIGURES = re.compile(r"\d[\d,.]*")
Draws = NDArray[np.float64]


def sum_strata(strata: Mapping[str, Estimate], *, seed: int = 1, level: float = 0.95) -> Estimate:
    """The total over strata that share nobody: in each draw, one draw of every stratum, independently of the others.

    Strata are taken to be estimated apart, given their lists. `documented` is the sum of theirs. Where a stratum has no estimate the sum has none, and says which.

    Raises:
        UsageError: there are no strata, or a stratum has an estimate without draws.
    """
    parts = list(strata.values())
    blank = _blank(parts, f"sum of {len(parts)} strata", seed, level, documented=sum(part.documented for part in parts))
    missing = [name for name, part in strata.items() if part.refused is not None]
    if missing:
        least = "\n".join(f"{name}: at least {strata[name].documented:,} documented. {strata[name].refused}" for name in missing)
        return replace(blank, refused=f"No estimate of the sum: {len(missing)} of {len(parts)} strata could not be estimated.\n{least}")
    rng = np.random.default_rng(seed)
    total = sum((resampled(rng, part, name) for name, part in strata.items()), start=np.zeros(POOLED_DRAWS))
    return _told(blank, total)


class _Ways(msgspec.Struct, frozen=True):
    """What is pooled over, in words: one, several, what several are plausible for, and where what they disagree in comes from."""

    one: str
    several: str
    described: str
    source: str


LINKAGES = _Ways("linkage", "linkages", "plausible linkages of these lists", "not knowing which records are the same person")
IMPUTATIONS = _Ways("imputation", "imputations", "imputations of the missing labels", "labels that are missing")


def pool_linkages(linkages: Sequence[Estimate], *, seed: int = 1, level: float = 0.95) -> Estimate:
    """The total over draws of plausible linkages of the same lists: an equal mixture of their posteriors, so that it is as uncertain as within and between them together.

    `documented` is the fewest any linkage leaves: links decide how many different people the lists hold. Linkages without an estimate are left out and
    said to be, up to a share of TOLERATED; with more there is no estimate.

    Raises:
        UsageError: there are no linkages, or one has an estimate without draws.
    """
    return _mixture(linkages, LINKAGES, seed, level)


def pool_imputations(imputations: Sequence[Estimate], *, seed: int = 1, level: float = 0.95) -> Estimate:
    """The same over imputations of missing labels, which is Rubin's rule by draws: what lies within imputations and what lies between them."""
    return _mixture(imputations, IMPUTATIONS, seed, level)


def _mixture(parts: Sequence[Estimate], ways: _Ways, seed: int, level: float) -> Estimate:
    made = [one for one in parts if one.refused is None]
    documented = min((one.documented for one in parts), default=0)
    blank = _blank(list(parts), f"mixture over {len(parts)} {ways.several}", seed, level, documented=documented)
    without = len(parts) - len(made)
    blank = replace(blank, chains=least_agreeing(parts))
    if without > TOLERATED * len(parts):
        reasons = sorted({one.refused for one in parts if one.refused is not None})
        return replace(
            blank,
            refused=f"No estimate: {without} of {len(parts)} {ways.described} have none; the first says: {reasons[0]}",
        )
    rng = np.random.default_rng(seed)
    size = -(-POOLED_DRAWS // len(made))
    each = np.array([resampled(rng, one, f"{ways.one} {number}", size) for number, one in enumerate(made, start=1)])
    return replace(_told(blank, each.ravel()), diagnostics=(_left_out(without, len(parts), ways), _between(each, ways)))


def _blank(parts: Sequence[Estimate], how: str, seed: int, level: float, *, documented: int) -> Estimate:
    if not parts:
        raise UsageError("There is nothing to put together: no estimate was given.")
    if not 0 < level < 1:
        raise UsageError(f"The level of an interval lies between 0 and 1, as 0.95 does; here it is {level}.")
    methods = sorted({part.method for part in parts})
    bound = any(part.lower_bound for part in parts)
    # Parts differ in the figures of one sentence; it is said once, with those of the first.
    assumptions = sorted({_FIGURES.sub("", part.assumption): part.assumption for part in reversed(parts)}.values())
    return Estimate(
        documented=documented,
        total=None,
        interval=None,
        level=level,
        method=f"{how}: {', '.join(methods)}",
        assumption=" ".join([AT_LEAST, *assumptions] if bound and not all(part.lower_bound for part in parts) else assumptions),
        parameters={"parts": len(parts), "draws": POOLED_DRAWS},
        seed=seed,
        lower_bound=bound,
    )


def resampled(rng: np.random.Generator, part: Estimate, name: str, size: int = POOLED_DRAWS) -> Draws:
    """Draws of one part, as many as are wanted, in an order that has nothing to do with that of another part."""
    if not part.draws:
        raise UsageError(
            f"{name}: {part.method} gives an estimate without draws, so it cannot be put together with others. Use a method that draws, as lcmcr does."
        )
    return rng.choice(np.array(part.draws, dtype=np.float64), size=size, replace=size > len(part.draws))


def _told(blank: Estimate, draws: Draws) -> Estimate:
    low, median, high = np.quantile(draws, [(1 - blank.level) / 2, 0.5, (1 + blank.level) / 2])
    return replace(
        blank,
        total=max(float(median), blank.documented),
        interval=Interval(low=max(float(low), blank.documented), high=float(high)),
        draws=tuple(draws.tolist()),
    )


def least_agreeing(parts: Sequence[Estimate]) -> Chains | None:
    """The chains that agree least, of a part without an estimate where there is one; None where no part has chains."""
    held = [one for one in parts if one.chains is not None]
    return max(held, key=_disagreement).chains if held else None


def _disagreement(one: Estimate) -> tuple[bool, float]:
    return one.refused is not None, one.chains.rhat if one.chains is not None and one.chains.rhat is not None else math.inf


def least_kept(each: Sequence[Estimate]) -> tuple[Diagnostic, ...]:
    """Of every check that has a limit and that several estimates passed or failed, how many kept it, with the value of one that did not or else the range of values.

    Checks of the lists themselves, several of which have one name, are not among them: they are told of the linkage chosen, with the overlaps.
    """
    found: dict[str, list[Diagnostic]] = {}
    for one in each:
        for check in one.diagnostics:
            if check.limit is not None and check.value is not None and check.name not in LIST_CHECKS:
                found.setdefault(check.name, []).append(check)
    return tuple(_over_all(name, checks, len(each)) for name, checks in found.items())


def _over_all(name: str, checks: Sequence[Diagnostic], linkages: int) -> Diagnostic:
    failed = [check for check in checks if not check.kept]
    values = sorted(check.value for check in checks if check.value is not None)
    kept = f"kept in {len(checks) - len(failed)} of {len(checks)} linkages{'' if len(checks) == linkages else ' that came to it'}"
    detail = f"{name} from {values[0]:,.4g} to {values[-1]:,.4g} (limit {checks[0].limit:,.4g}); {kept}."
    shown = failed[0] if failed else checks[0]
    return Diagnostic(name=name, value=shown.value, limit=shown.limit, kept=not failed, detail=detail)


def _left_out(without: int, parts: int, ways: _Ways) -> Diagnostic:
    detail = f"{without} of {parts} {ways.several} have no estimate and are left out."
    return Diagnostic(name=f"{ways.several} without an estimate", value=without / parts, limit=TOLERATED, kept=True, detail=detail)


def _between(each: Draws, ways: _Ways) -> Diagnostic:
    """How much of the variance of the logarithm of the total lies between the ways; `each` (ways, draws)."""
    logs = np.log(each)
    between, whole = float(logs.mean(axis=1).var()), float(logs.var())
    share = between / whole if whole > 0 else 0.0
    detail = f"{share:.0%} of the uncertainty comes from {ways.source}."
    return Diagnostic(name=f"uncertainty from {ways.one}", value=share, limit=None, kept=True, detail=detail)
