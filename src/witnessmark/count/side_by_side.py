"""Every method on one table, what each rests on, how each moves with its settings, and whether they agree. Never one number from one method.

Where two methods' intervals do not meet, the verdict is that these lists do not determine the total, and no figure is singled out. Where they meet it is that they do not contradict
each other, which is no proof: people whom every list misses are missed by all methods alike (docs/counting.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import msgspec

from witnessmark.count.checks import refusal, without_empty_lists
from witnessmark.count.estimate import METHODS, NO_ESTIMATE, estimate
from witnessmark.count.hard_to_reach import sentence_on
from witnessmark.count.overlaps import describe_overlaps
from witnessmark.count.table import CaptureTable
from witnessmark.model.counting import Comparison, Overlaps, SensitivityRun, Verdict
from witnessmark.model.estimate import Estimate, Interval

Parameters = dict[str, float | int | str | bool]

NOT_DETERMINED = "these lists do not determine the total"
MOVES = 0.1
"""A setting that moves a method's total by more than this share of it is named in the sentence."""
TIMES_DOCUMENTED = (10, 1000)
"""Bounds on the unseen of `decomposable`, in times the documented, on either side of its default of a hundred."""


class SideBySide(msgspec.Struct, frozen=True):
    """All methods on one table.

    Print in this order: `documented`, the minimum; `interval`, from the lowest to the highest end of the methods that agree (None where they disagree or fewer than two have an
    estimate); `assumptions`, one sentence a method; then each estimate, its total never alone. `verdict` is one of four words and `sentence` says it in full.
    """

    documented: int
    interval: Interval | None
    assumptions: dict[str, str]
    verdict: Verdict
    sentence: str
    estimates: dict[str, Estimate]
    comparisons: tuple[Comparison, ...]
    sensitivity: tuple[SensitivityRun, ...]
    overlaps: Overlaps
    refused: str | None = None


def compare_methods(  # noqa: PLR0913 -- what it may be told, each by its name
    table: CaptureTable,
    *,
    methods: Sequence[str] = tuple(METHODS),
    seed: int = 1,
    level: float = 0.95,
    parameters: Mapping[str, Mapping[str, object]] | None = None,
    sensitivity: bool = True,
) -> SideBySide:
    """Run every method (or those named), and its sensitivity to K, to the prior of alpha, to delta, to the bound on the unseen and to people hard to reach by every list.

    Args:
        table: who stands on which lists; fewer than three lists get their overlaps and no estimate.
        methods: by name, in the order they are to be shown.
        seed: of every method.
        level: of every interval.
        parameters: a method's own settings, by its name, in place of its defaults.
        sensitivity: whether to run the methods with other settings too; the latent classes take minutes each on large tables.

    Raises:
        UsageError: a parameter is unknown or out of its range.
        MissingPartError: the libraries for counting are not installed.
    """
    given = {method: dict((parameters or {}).get(method, {})) for method in methods}
    estimates = {method: estimate(table, method, seed=seed, level=level, **given[method]) for method in methods}
    reason = refusal(table)
    runs: tuple[SensitivityRun, ...] = ()
    if sensitivity and reason is None:
        runs = tuple(
            _run_otherwise(table, estimates[method], method, setting, given[method])
            for method, setting in sensitivity_settings(table)
            if method in estimates and (estimates[method].total is not None or method == "lcmcr")
        )
    comparisons = compare(estimates)
    verdict = verdict_of(estimates, comparisons)
    return SideBySide(
        documented=table.documented,
        interval=interval_of(estimates, table.documented) if verdict == "agree" else None,
        assumptions={method: found.assumption for method, found in estimates.items() if found.assumption != NO_ESTIMATE},
        verdict=verdict,
        sentence=sentence_of(verdict, estimates, comparisons, minimum=f"At least {table.documented:,} people are documented.")
        + moved(runs)
        + (sentence_on(table, level=level, seed=seed) if sensitivity else ""),
        estimates=estimates,
        comparisons=comparisons,
        sensitivity=runs,
        overlaps=describe_overlaps(table),
        refused=reason,
    )


def compare(estimates: Mapping[str, Estimate]) -> tuple[Comparison, ...]:
    """Every two methods that have an estimate. A lower bound disagrees only where its whole interval lies above the other's: that one is then lower than it can be."""
    made = [(name, found) for name, found in estimates.items() if found.interval is not None]
    return tuple(_compared(*first, *second) for first, second in combinations(made, 2))


def _compared(first: str, one: Estimate, second: str, other: Estimate) -> Comparison:
    if one.lower_bound and not other.lower_bound:
        first, one, second, other = second, other, first, one
    low, high = _ends(one), _ends(other)
    below = low.high < high.low
    above = high.high < low.low and not other.lower_bound
    agree = not (below or above)
    joined = "meets" if max(low.low, high.low) <= min(low.high, high.high) else "lies above" if low.low > high.high else "lies below"
    what = "the lower bound of" if other.lower_bound else "that of"
    return Comparison(first, second, agree, f"The interval of {first} ({_written(low)}) {joined} {what} {second} ({_written(high)}).")


def sensitivity_settings(table: CaptureTable) -> list[tuple[str, Parameters]]:
    """Methods with the settings that no table decides, each set otherwise."""
    cells = 1 << len(without_empty_lists(table).lists)
    lcmcr: list[Parameters] = [{"K": 5}, {"K": 20}, {"a": 1.0, "b": 1.0}, {"a": 5.0, "b": 1.0}]
    decomposable: list[Parameters] = [{"delta": 0.5}, {"delta": 1.0}, {"delta": 0.5 / cells}]
    decomposable += [{"most_unseen": times * table.documented} for times in TIMES_DOCUMENTED]
    return [*(("lcmcr", setting) for setting in lcmcr), *(("decomposable", setting) for setting in decomposable)]


def _run_otherwise(table: CaptureTable, base: Estimate, method: str, setting: Parameters, given: Mapping[str, object]) -> SensitivityRun:
    found = estimate(table, method, seed=base.seed or 1, level=base.level, **{**given, **setting})
    return shift_of(method, setting, found, base)


def shift_of(method: str, setting: Parameters, found: Estimate, base: Estimate) -> SensitivityRun:
    """What one method gives with a setting, beside what it gives without."""
    shift = found.total / base.total - 1 if found.total is not None and base.total is not None else None
    written = ", ".join(f"{name} = {value:g}" if isinstance(value, float) else f"{name} = {value}" for name, value in setting.items())
    return SensitivityRun(method, written, found, shift)


def verdict_of(estimates: Mapping[str, Estimate], comparisons: Sequence[Comparison]) -> Verdict:
    """Whether these estimates agree, in one of four words. Lower bounds are no second estimate."""
    made = [found for found in estimates.values() if found.total is not None and not found.lower_bound]
    if not all(one.agree for one in comparisons):
        return "disagree"
    return "agree" if len(made) > 1 else "one estimate" if made else "no estimate"


def sentence_of(verdict: Verdict, estimates: Mapping[str, Estimate], comparisons: Sequence[Comparison], *, minimum: str) -> str:
    """The verdict in full, after the sentence on the minimum."""
    without = [name for name, found in estimates.items() if found.refused is not None]
    refused = f" No estimate from {', '.join(without)}." if without else ""
    if verdict == "disagree":
        apart = " ".join(one.detail for one in comparisons if not one.agree)
        return f"{minimum} Methods disagree beyond their intervals: {NOT_DETERMINED}. {apart}{refused}"
    if verdict == "no estimate":
        return f"{minimum} No method gives an estimate of the total.{refused}"
    if verdict == "one estimate":
        return f"{minimum} Only one method gives an estimate, so that nothing stands beside it to show how far it rests on its assumption.{refused}"
    return f"{minimum} The methods that give an estimate do not contradict each other. They may all miss the same people: agreement is no proof.{refused}"


def moved(runs: Sequence[SensitivityRun]) -> str:
    """Which settings move a total far, as a sentence after others; empty where none does."""
    far = [f"{run.method} with {run.setting} {run.shift:+.0%}" for run in runs if run.shift is not None and abs(run.shift) > MOVES]
    unsettled = [f"{run.method} with {run.setting}" for run in runs if run.estimate.refused is not None]
    told = f" Settings that no table decides move a total by more than {MOVES:.0%}: {', '.join(far)}." if far else ""
    return told + (f" With other settings there is no estimate: {', '.join(unsettled)}." if unsettled else "")


def interval_of(estimates: Mapping[str, Estimate], documented: int) -> Interval:
    """From the lowest to the highest end of the estimates, lower bounds aside; never under what is documented."""
    ends = [_ends(found) for found in estimates.values() if found.interval is not None and not found.lower_bound]
    return Interval(max(min(one.low for one in ends), documented), max(one.high for one in ends))


def _ends(found: Estimate) -> Interval:
    return found.interval or Interval(float(found.documented), float(found.documented))


def _written(interval: Interval) -> str:
    return f"{interval.low:,.0f} to {interval.high:,.0f}"
