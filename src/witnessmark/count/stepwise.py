"""The total under the log-linear model that stepwise selection settles on, as SparseMSE gives it, and how the total moves when the selection is made anew.

The interval of `intervals="model"` is SparseMSE's `estimatepopulation.0`: log-normal around the unseen, the chosen model taken as known. That of `"bootstrap"` repeats the whole
selection in each resample (`estimatepopulation`; Chan, Silverman & Vincent 2021, section 3.3) and is the honest one about the choice; whichever is not asked for stands in the diagnostics.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from msgspec.structs import replace

from witnessmark.count.bootstrap import bca_interval, bca_quantiles, jackknife_acceleration, resampled_totals
from witnessmark.count.checks import without_estimate
from witnessmark.count.loglinear import fit_diagnostics, standard_error
from witnessmark.count.poisson import PoissonFit
from witnessmark.count.selection import Choice, Floats, choose_model
from witnessmark.count.spread import log_normal_draws, normal_scores
from witnessmark.count.table import CaptureTable
from witnessmark.count.terms import members, write_model
from witnessmark.errors import UsageError
from witnessmark.model.estimate import Diagnostic, Estimate, Interval

METHOD = "loglinear-stepwise/1"
THRESHOLD = 0.02
RESAMPLES = 1000
FEWEST_RESAMPLES = 100
INTERVALS = ("model", "bootstrap")
ASSUMPTION = (
    "Lists depend on each other in pairs only, as in the model {model} that the counts single out and that is taken as known, "
    "and everyone has the same chance of being on each."
)
ASSUMPTION_RESAMPLED = "Lists depend on each other in pairs only, in pairs that the counts single out anew in each resample, and everyone has the same chance of being on each."


def estimate_stepwise(  # noqa: PLR0913 (each is a named setting of the method)
    table: CaptureTable,
    *,
    seed: int = 1,
    level: float = 0.95,
    threshold: float = THRESHOLD,
    resamples: int = RESAMPLES,
    intervals: str = "model",
) -> Estimate:
    """The total under the model the counts choose.

    Args:
        table: the lists.
        seed: of the resamples.
        level: of the interval.
        threshold: the one-sided p-value under which a pair of lists joins the model.
        resamples: of the bootstrap; 0 for none.
        intervals: `model` or `bootstrap`, what the interval holds to be known.

    Raises:
        UsageError: a value that is none of these.
    """
    _require(threshold, resamples, intervals)
    lists = len(table.lists)
    counts = np.array(table.counts, dtype=np.float64)
    choice = choose_model(counts, lists, threshold=threshold)
    written = write_model((*choice.cells.kept, *choice.cells.empty), lists)
    parameters: dict[str, float | int | str | bool] = {
        "threshold": threshold,
        "resamples": resamples,
        "intervals": intervals,
    }
    found = Estimate(
        documented=table.documented,
        total=None,
        interval=None,
        level=level,
        method=METHOD,
        assumption=ASSUMPTION.format(model=written) if intervals == "model" else ASSUMPTION_RESAMPLED,
        diagnostics=choice_diagnostics(choice, table.lists),
        refused=without_estimate(choice.cells, table.lists),
        parameters=parameters,
        seed=seed,
    )
    if found.refused or choice.fit is None:
        return replace(found, refused=found.refused or "Independence of the lists could not be fitted: Newton's method did not arrive.")
    return _estimated(found, choice.fit, counts, lists, choice)


def log_normal_interval(documented: int, fit: PoissonFit, *, level: float) -> Interval:
    """The unseen times and over the exponential of so many standard deviations of the intercept."""
    from scipy.special import ndtri

    factor = math.exp(float(ndtri((1 + level) / 2)) * math.sqrt(float(fit.covariance[0, 0])))
    return Interval(documented + fit.unseen / factor, documented + fit.unseen * factor)


def choice_diagnostics(choice: Choice, names: tuple[str, ...]) -> tuple[Diagnostic, ...]:
    """The model, the pairs in the order they joined, and how the model fits."""
    model = write_model((*choice.cells.kept, *choice.cells.empty), len(names))
    numbered = ", ".join(f"{number} is {name}" for number, name in enumerate(names, start=1))
    joined = [Diagnostic("model chosen", None, None, kept=True, detail=f"{model}, where {numbered}.")]
    for k, step in enumerate(choice.steps, start=1):
        i, j = members(step.pair)
        empty = step.pair in choice.cells.empty
        what = (
            "no one is on both, where the model before expects some" if empty else "more or fewer are on both than the model before expects"
        )
        joined.append(Diagnostic(f"pair {k}", step.p, None, kept=True, detail=f"{names[i]} with {names[j]}: {what}."))
    return (*joined, *(fit_diagnostics(choice.cells, choice.fit) if choice.fit else ()))


def _estimated(found: Estimate, fit: PoissonFit, counts: Floats, lists: int, choice: Choice) -> Estimate:
    given = log_normal_interval(found.documented, fit, level=found.level)
    interval: Interval | None = given
    draws = log_normal_draws(found.documented, fit.unseen, math.sqrt(float(fit.covariance[0, 0])), seed=found.seed or 0)
    diagnostics = found.diagnostics
    if found.parameters["resamples"]:
        resampled = _resampled(found, counts, lists)
        bounded = _never_under(found.documented, bca_interval(resampled.totals, choice.total, resampled.acceleration, level=found.level))
        diagnostics += _interval_diagnostics(given, bounded, resampled.unbounded)
        if found.parameters["intervals"] == "bootstrap":
            interval, draws = bounded, resampled.draws(choice.total, found)
    if interval is None:
        reason = "The total has no upper end: in too many resamples of these lists no finite total fits. Join lists that hardly overlap, or look for missed links."
        return replace(found, refused=reason, diagnostics=diagnostics)
    return replace(found, total=choice.total, interval=interval, standard_error=standard_error(fit), diagnostics=diagnostics, draws=draws)


@dataclass(frozen=True)
class _Resamples:
    """Totals of resamples, `(resamples,)`, infinite where there is none, and how the spread of the estimate changes with it."""

    totals: Floats
    acceleration: float

    @property
    def unbounded(self) -> float:
        """The share of resamples without a finite total."""
        return float(np.mean(~np.isfinite(self.totals)))

    def draws(self, total: float, found: Estimate) -> tuple[float, ...]:
        """Draws that have the ends of the bootstrap interval; none where a resample has no finite total, as no number stands for it."""
        if self.unbounded:
            return ()
        quantiles = bca_quantiles(self.totals, total, self.acceleration, normal_scores(found.seed or 0))
        return tuple(np.maximum(quantiles, found.documented).tolist())


def _resampled(found: Estimate, counts: Floats, lists: int) -> _Resamples:
    threshold, resamples = float(found.parameters["threshold"]), int(found.parameters["resamples"])

    def total_of(sample: Floats) -> float:
        return choose_model(sample, lists, threshold=threshold).total

    totals = resampled_totals(counts, total_of, seed=found.seed or 0, resamples=resamples)
    return _Resamples(totals, jackknife_acceleration(counts, total_of))


def _never_under(documented: int, interval: Interval | None) -> Interval | None:
    return interval and Interval(max(interval.low, documented), interval.high)


def _interval_diagnostics(given: Interval, resampled: Interval | None, unbounded: float) -> tuple[Diagnostic, ...]:
    width = given.high - given.low
    held = resampled is not None and resampled.high - resampled.low <= 1.1 * width
    ends = f"{resampled.low:,.0f} to {resampled.high:,.0f}" if resampled else "without an upper end"
    detail = f"With the pairs taken as known {given.low:,.0f} to {given.high:,.0f}; with the pairs chosen anew in each resample (BCa bootstrap) {ends}."
    ratio = (resampled.high - resampled.low) / width if resampled else None
    return (
        Diagnostic("width of the bootstrap interval over that of the model", ratio, 1.1, kept=held, detail=detail),
        Diagnostic(
            "resamples without a finite total",
            unbounded,
            0.0,
            kept=unbounded == 0,
            detail="The share of resamples in which no model has an estimate.",
        ),
    )


def _require(threshold: float, resamples: int, intervals: str) -> None:
    if not 0 <= threshold < 1:
        raise UsageError(f"threshold={threshold!r} is not a p-value from 0 to 1; the published method takes {THRESHOLD}.")
    if intervals not in INTERVALS:
        raise UsageError(f"intervals={intervals!r} is none of {', '.join(INTERVALS)}.")
    if resamples < FEWEST_RESAMPLES and (resamples or intervals == "bootstrap"):
        raise UsageError(
            f"resamples={resamples!r} are too few for the ends of an interval; take {FEWEST_RESAMPLES} at the least, {RESAMPLES} as a rule."
        )
