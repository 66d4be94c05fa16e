"""A total over strata estimated apart: every stratum its own capture table, missing labels imputed several times, sums and mixtures by draws.

A stratum that cannot be estimated is kept, with its reason, and enters the sum with its documented people alone. The sum is then a lower bound in that part, and says so:
its unrecorded people are not counted as none in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from witnessmark.count.estimate import estimate
from witnessmark.count.histories import LabelledTable, Stratum
from witnessmark.count.imputation import FEWEST_IMPUTATIONS, impute
from witnessmark.count.jobs import Job, Over, run_job
from witnessmark.count.pooling import least_kept, pool_imputations, pool_linkages, sum_strata
from witnessmark.count.table import CaptureTable
from witnessmark.errors import UsageError
from witnessmark.model.counting import StratifiedEstimate, StratumEstimate
from witnessmark.model.estimate import Estimate, Interval

Method = Callable[[CaptureTable, int, float], Estimate]
"""One capture table, a seed and the level of the interval to an estimate or a refusal."""
DOCUMENTED_ONLY = "Of strata without an estimate only the documented people are counted."
MISSING_AT_RANDOM = "Labels that are missing are taken to be as likely as for others on the same lists with the same other labels."


def estimate_strata(
    table: LabelledTable, *, method: Method | None = None, seed: int = 1, level: float = 0.95, imputations: int = FEWEST_IMPUTATIONS
) -> StratifiedEstimate:
    """Every stratum by one method, and the total over them.

    Args:
        table: linked people by lists and labels.
        method: of each stratum; by default `lcmcr` as it stands. Its estimates need draws.
        seed: of the imputations, the methods and the sums.
        level: of the pooled intervals.
        imputations: how often missing labels are filled in; ten at the least.

    Raises:
        UsageError: there are no people, too few imputations, a dimension no one has a label in, or an estimate without draws.
    """
    if imputations < FEWEST_IMPUTATIONS:
        raise UsageError(
            f"imputations={imputations!r} are too few to show how uncertain missing labels leave a total; take {FEWEST_IMPUTATIONS} at the least."
        )
    filled = impute(table, seed=seed, imputations=imputations)
    one = method or _latent_classes
    return _estimated(table, filled, _Settings(lambda tables: [one(table, seed, level) for table in tables], pool_imputations, seed, level))


def fill_linkages(drawn: Sequence[LabelledTable], *, seed: int) -> tuple[LabelledTable, ...]:
    """Plausible linkages with missing labels filled in once for each, so that a mixture over linkages is one over imputations too. Raises what `impute` raises."""
    return tuple(impute(table, seed=seed + place, imputations=1)[0] for place, table in enumerate(drawn))


def estimate_linked_strata(  # noqa: PLR0913 -- what it may be told, each by its name
    chosen: LabelledTable, filled: Sequence[LabelledTable], *, method: str, seed: int = 1, level: float = 0.95, over: Over = map
) -> StratifiedEstimate:
    """Every stratum by one method over plausible linkages, and the total over them.

    Args:
        chosen: the linkage whose people are the documented ones.
        filled: plausible linkages in which nobody lacks a label (`fill_linkages`).
        method: by name.
        seed: of the method and the sums.
        level: of the pooled intervals.
        over: where the estimates run.

    Raises:
        UsageError: there are no people, or an estimate without draws.
    """

    def run(tables: Sequence[CaptureTable]) -> list[Estimate]:
        return list(over(run_job, [Job(table, method, seed, level) for table in tables]))

    return _estimated(chosen, filled, _Settings(run, _pool_linkages, seed, level))


def tables_of(filled: Sequence[LabelledTable]) -> list[CaptureTable]:
    """Every table that strata are estimated from, each once, however many linkages or imputations have it."""
    return list(dict.fromkeys(table for one in filled for table in one.strata().values()))


class _Settings(msgspec.Struct, frozen=True):
    """How each stratum is estimated, and what several estimates of one are pooled over."""

    run: Callable[[Sequence[CaptureTable]], Sequence[Estimate]]
    pool: Callable[..., Estimate]
    seed: int
    level: float


def _estimated(table: LabelledTable, filled: Sequence[LabelledTable], how: _Settings) -> StratifiedEstimate:
    tables = [one.strata() for one in filled]
    nobody = CaptureTable.from_histories(table.lists, [])
    named = sorted({stratum for strata in tables for stratum in strata})
    every = list(dict.fromkeys(strata.get(stratum, nobody) for strata in tables for stratum in named))
    made = dict(zip(every, how.run(every), strict=True))
    found = {stratum: [made[strata.get(stratum, nobody)] for strata in tables] for stratum in named}
    pooled = {stratum: _pooled(each, how, place) for place, (stratum, each) in enumerate(found.items(), start=1)}
    certain = {stratum: one.documented for stratum, one in table.strata().items()}
    strata = tuple(_stratum(stratum, found[stratum], pooled[stratum], certain.get(stratum, 0)) for stratum in named)
    note = _note(table, strata, len(filled))
    total = _rolled_up(found, pooled, how)
    assumption = " ".join([total.assumption, MISSING_AT_RANDOM] if table.incomplete else [total.assumption])
    return StratifiedEstimate(table.dimensions, strata, replace(total, assumption=assumption), note)


def _latent_classes(table: CaptureTable, seed: int, level: float) -> Estimate:
    return estimate(table, "lcmcr", seed=seed, level=level)


def _pool_linkages(each: Sequence[Estimate], *, seed: int, level: float) -> Estimate:
    """A stratum over linkages, with how many kept each check."""
    pooled = pool_linkages(each, seed=seed, level=level)
    return replace(pooled, diagnostics=(*pooled.diagnostics, *least_kept(each)))


def _pooled(each: Sequence[Estimate], how: _Settings, place: int = 0) -> Estimate:
    return each[0] if len(each) == 1 else how.pool(each, seed=how.seed + place, level=how.level)


def _stratum(labels: Stratum, each: Sequence[Estimate], pooled: Estimate, certain: int) -> StratumEstimate:
    held = [one.documented for one in each]
    return StratumEstimate(labels, certain, min(held), max(held), replace(pooled, documented=certain))


def _rolled_up(found: Mapping[Stratum, Sequence[Estimate]], pooled: Mapping[Stratum, Estimate], how: _Settings) -> Estimate:
    """In each imputation or linkage the sum over strata, and the mixture of those sums: who is in one stratum for want of a label is not in another."""
    if not found:
        raise UsageError("There is no one on any list, so there are no strata to estimate.")
    imputations = len(next(iter(found.values())))
    none = all(one.refused for one in pooled.values())
    sums = []
    for number in range(imputations):
        parts = {", ".join(stratum): each[number] if none else _counted(each[number], pooled[stratum]) for stratum, each in found.items()}
        sums.append(sum_strata(parts, seed=how.seed + number, level=how.level))
    return _pooled(sums, how)


def _counted(one: Estimate, pooled: Estimate) -> Estimate:
    """What of a stratum enters the sum of one imputation: its estimate; where just this imputation has none, that of the others; where there is none, the documented."""
    if pooled.refused is None:
        return one if one.refused is None else replace(pooled, documented=one.documented)
    documented = float(one.documented)
    return replace(
        one,
        total=documented,
        interval=Interval(documented, documented),
        method="documented only",
        assumption=DOCUMENTED_ONLY,
        refused=None,
        draws=(documented,),
        lower_bound=True,
    )


def _note(table: LabelledTable, strata: Sequence[StratumEstimate], imputations: int) -> str:
    without = [one for one in strata if one.estimate.refused is not None]
    people = (
        f" Of {table.incomplete:,} of the {table.documented:,} documented people a label is missing; it was filled in {imputations} times."
        if table.incomplete
        else ""
    )
    if not without:
        return f"Each of {len(strata)} strata has an estimate.{people}"
    names = "; ".join(f"{', '.join(one.labels)} ({one.fewest:,} documented)" for one in without)
    if len(without) == len(strata):
        return f"None of {len(strata)} strata has an estimate: {names}. Only the {table.documented:,} documented people stand.{people}"
    return (
        f"{len(without)} of {len(strata)} strata have no estimate and enter the total with their documented people alone, "
        f"so that it leaves out whoever was not recorded there: {names}.{people}"
    )
