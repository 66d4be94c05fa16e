"""Estimates from linked lists: every method once for each plausible linkage, pooled, so that not knowing who is who widens the interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from witnessmark.count.checks import refusal
from witnessmark.count.hard_to_reach import sentence_on
from witnessmark.count.jobs import Job, Over, run_job
from witnessmark.count.overlaps import describe_overlaps
from witnessmark.count.pooling import least_kept, pool_linkages
from witnessmark.count.side_by_side import compare, interval_of, moved, sensitivity_settings, sentence_of, shift_of, verdict_of
from witnessmark.count.table import CaptureTable
from witnessmark.model.counting import AtThreshold, CountResult, SensitivityRun
from witnessmark.model.estimate import Estimate

QUICK = ("decomposable", "chao")
"""Methods run at each threshold, too; both take a second or less."""


def count_linkages(  # noqa: PLR0913 -- what it may be told, each by its name
    chosen: CaptureTable,
    drawn: Sequence[CaptureTable],
    at_thresholds: Mapping[float, CaptureTable],
    methods: Sequence[str],
    *,
    seed: int,
    level: float,
    sensitivity: bool = False,
    over: Over = map,
    tell: Callable[[str], None] = lambda _: None,
) -> CountResult:
    """Every method on every plausible linkage, pooled, and the quick ones at each threshold.

    Args:
        chosen: the linkage that was chosen; sensitivity and overlaps are of it.
        drawn: plausible linkages, at least one.
        at_thresholds: what linking from each of several probabilities on would give.
        methods: by name, in the order they are to be shown.
        seed: of every method.
        level: of every interval.
        sensitivity: whether to run methods with other settings too, on the linkage chosen; the latent classes take minutes.
        over: where the estimates run.
        tell: hears what is being done.

    Raises:
        UsageError: a method or the level is not what it should be.
        MissingPartError: the libraries for counting are not installed.
    """
    kinds = list(dict.fromkeys(drawn))
    estimates: dict[str, Estimate] = {}
    for method in methods:
        tell(f"{method}: {len(kinds)} linkages")
        made = dict(zip(kinds, over(run_job, [Job(table, method, seed, level) for table in kinds]), strict=True))
        each = [made[table] for table in drawn]
        pooled = pool_linkages(each, seed=seed, level=level)
        estimates[method] = replace(pooled, diagnostics=(*pooled.diagnostics, *least_kept(each)))
    runs: tuple[SensitivityRun, ...] = ()
    if sensitivity and refusal(chosen) is None:
        tell("other settings")
        runs = _sensitivity(Job(chosen, "", seed, level), methods, over)
    comparisons = compare(estimates)
    verdict = verdict_of(estimates, comparisons)
    named = [table.documented for table in (*drawn, chosen)]
    return CountResult(
        documented=min(named),
        linkages=len(drawn),
        interval=interval_of(estimates, min(named)) if verdict == "agree" else None,
        estimates=estimates,
        comparisons=comparisons,
        verdict=verdict,
        sentence=sentence_of(verdict, estimates, comparisons, minimum=people_named(min(named), max(named)))
        + moved(runs)
        + (sentence_on(chosen, level=level, seed=seed) if sensitivity else ""),
        sensitivity=runs,
        at_thresholds=tuple(_at(threshold, table, seed, level) for threshold, table in sorted(at_thresholds.items())),
        overlaps=describe_overlaps(chosen),
    )


def people_named(fewest: int, most: int) -> str:
    """How many people the lists name: what a linkage says, not what is documented for certain."""
    return (
        f"The lists name {fewest:,} to {most:,} different people, as far as their rows could be linked. Rows of one person that share too little to be linked count as two people, "
        "here and in every figure below, lower bounds included."
    )


def _sensitivity(base: Job, methods: Sequence[str], over: Over) -> tuple[SensitivityRun, ...]:
    """The methods with other settings; `base` says of which table, with which seed and level."""
    settings = [(method, setting) for method, setting in sensitivity_settings(base.table) if method in methods]
    asked = list(dict.fromkeys(method for method, _ in settings))
    jobs = [
        *(replace(base, method=method) for method in asked),
        *(replace(base, method=method, setting=setting) for method, setting in settings),
    ]
    made = [one.without_draws() for one in over(run_job, jobs)]
    plain = dict(zip(asked, made, strict=False))
    runs = zip(settings, made[len(asked) :], strict=True)
    return tuple(
        shift_of(method, setting, found, plain[method]) for (method, setting), found in runs if plain[method].total or method == "lcmcr"
    )


def _at(threshold: float, table: CaptureTable, seed: int, level: float) -> AtThreshold:
    made = {method: run_job(Job(table, method, seed, level)).without_draws() for method in QUICK}
    return AtThreshold(threshold=threshold, documented=table.documented, estimates=made)
