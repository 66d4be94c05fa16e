"""The tables of estimates: each method by itself, whether they agree, the checks they were put to, other settings, other thresholds. Every row rests on its run."""

from __future__ import annotations

from witnessmark.model.counting import CountedQuestion, Run
from witnessmark.model.estimate import Estimate
from witnessmark.publish.block import Row, Table
from witnessmark.publish.citation import of_run
from witnessmark.publish.counted_words import LONGEST, METHOD_WORDS, by_method, figures_words, level_words, method_words
from witnessmark.publish.counts import PEOPLE_CHECKS, few
from witnessmark.publish.plot_posterior import Bins
from witnessmark.publish.prose import Code, Given, Inline, clip, joined


def methods_table(asked: CountedQuestion, run: Run) -> Table:
    """Each method by itself."""
    rows = tuple(
        Row(
            (
                (f"{method_words(method)} ({method})" if method in METHOD_WORDS else method,),
                (figures_words(found),) if found.refused is None else ("no estimate: ", Given(clip(found.refused, LONGEST))),
                (level_words(found.level),) if found.refused is None else (),
                _made_by(found),
            ),
            (of_run(asked, run),),
        )
        for method, found in by_method(asked, run.result.estimates)
    )
    return Table("Each method by itself", ("Method", "Interval (middle)", "Level", "Version, seed, settings", "Rests on"), rows)


def _made_by(found: Estimate) -> Inline:
    parts: list[Inline] = [(Code(clip(found.method, LONGEST)),)]
    if found.seed is not None:
        parts.append((f"seed {found.seed}",))
    if found.parameters:
        parts.append((Code(clip(", ".join(f"{name} = {value}" for name, value in found.parameters.items()), LONGEST)),))
    return joined(parts, "; ")


def agreement_table(asked: CountedQuestion, run: Run) -> Table:
    """Every two methods that have an estimate."""
    rows = tuple(
        Row(
            (
                (f"{method_words(each.first)} and {method_words(each.second)}",),
                ("do not contradict each other",) if each.agree else ("disagree",),
                (Given(each.detail),),
            ),
            (of_run(asked, run),),
        )
        for each in run.result.comparisons
    )
    return Table("Whether the methods agree", ("Methods", "Verdict", "Their intervals", "Rests on"), rows)


def diagnostics_table(asked: CountedQuestion, run: Run) -> Table:
    """The checks each estimate was put to, with their limits, kept or not."""
    rows = tuple(
        Row(
            (
                (method_words(method),),
                (Given(check.name),),
                (_figure(check.value),),
                (_figure(check.limit) if check.limit is not None else "none",),
                ("for information",) if check.limit is None else ("kept",) if check.kept else ("not kept",),
                (Given(clip(check.detail, LONGEST)),),
            ),
            (of_run(asked, run),),
            tone=None if check.kept else "broken",
        )
        for method, found in by_method(asked, run.result.estimates)
        for check in found.diagnostics
        if check.name not in PEOPLE_CHECKS
    )
    return Table(
        "Checks each estimate was put to", ("Method", "Check", "Value", "Limit", "Kept", "In words", "Rests on"), rows, folded=True
    )


def _figure(value: float | None) -> str:
    return "not finite" if value is None else f"{value:,.4g}" if abs(value) < 10_000 else f"{value:,.0f}"


def sensitivity_table(asked: CountedQuestion, run: Run) -> Table:
    """The methods with settings that no table decides set otherwise."""
    rows = tuple(
        Row(
            (
                (method_words(each.method),),
                (Code(each.setting),),
                (figures_words(each.estimate),)
                if each.estimate.refused is None
                else ("no estimate: ", Given(clip(each.estimate.refused, LONGEST))),
                (f"{each.shift:+.0%}",) if each.shift is not None else (),
            ),
            (of_run(asked, run),),
        )
        for each in run.result.sensitivity
    )
    return Table(
        "The same methods with other settings", ("Method", "Setting", "Interval (middle)", "Middle moves by", "Rests on"), rows, folded=True
    )


def thresholds_table(asked: CountedQuestion, run: Run) -> Table:
    """What linking from another probability on would give."""
    methods = list(dict.fromkeys(method for at in run.result.at_thresholds for method, _ in by_method(asked, at.estimates)))
    rows = tuple(
        Row(
            (
                (f"{at.threshold:.2f}",),
                (few(at.documented),),
                *((figures_words(at.estimates[method]) if method in at.estimates else "",) for method in methods),
            ),
            (of_run(asked, run),),
        )
        for at in run.result.at_thresholds
    )
    columns = ("Linked from a probability of", "People named", *map(method_words, methods), "Rests on")
    return Table("The total against the threshold of the linkage", columns, rows)


def bins_table(asked: CountedQuestion, run: Run, binned: dict[str, Bins]) -> Table:
    """The shares that the drawing of the posterior is made of."""
    first = next(iter(binned.values()))
    rows = [
        Row(
            (
                (f"{first.low + first.step * at:,.0f} to {first.low + first.step * (at + 1):,.0f}",),
                *((f"{bins.shares[at]:.1%}",) for bins in binned.values()),
            ),
            (of_run(asked, run),),
        )
        for at in range(len(first.shares))
        if any(bins.shares[at] >= 0.0005 for bins in binned.values())
    ]
    if any(bins.beyond for bins in binned.values()):
        rows.append(Row(((f"over {first.high:,.0f}",), *((f"{bins.beyond:.1%}",) for bins in binned.values())), (of_run(asked, run),)))
    return Table("The same draws in numbers", ("People", *map(method_words, binned), "Rests on"), tuple(rows), folded=True)
