"""The verb count: victim lists brought in, linked, and the unrecorded estimated, from files and with no case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from witnessmark.cli.options import Verb, json_option, print_json, progress
from witnessmark.cli.printing import count as counted
from witnessmark.cli.printing import say, typed
from witnessmark.errors import UsageError

if TYPE_CHECKING:
    from witnessmark.case.linked_lists import ListRead
    from witnessmark.model.counting import AtThreshold, Overlaps, SensitivityRun
    from witnessmark.model.estimate import Chains, Estimate, Interval

METHODS = ("lcmcr", "loglinear", "decomposable", "chao")
FAULTS_SHOWN = 6
INTERSECTIONS_SHOWN = 12

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
seed_option = click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="The same seed gives the same result.")
level_option = click.option(
    "--level", type=click.FloatRange(0, 1, min_open=True, max_open=True), default=0.95, show_default=True, help="Of every interval."
)
methods_option = click.option(
    "--method", "methods", multiple=True, type=click.Choice(METHODS), help="Only this method; may be given again. All four are usual."
)

sensitivity_option = click.option(
    "--no-sensitivity", is_flag=True, help="Leave out the runs with other settings, which take the most time."
)


@click.group()
def count() -> None:
    """Link victim lists and estimate how many people none of them recorded."""


@count.command(cls=Verb, name="map")
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@click.argument("item", required=False)
@json_option
def propose(file: Path, item: str | None, *, as_json: bool) -> None:
    r"""Propose how a list is to be read, from its headings.

    A list is a CSV file or an Excel workbook with a row for each victim. The mapping says which column holds what; it is looked for beside the list, under the same name ending in
    .toml. What is proposed here is a guess: look through it, and add who compiled the list and how. A list that a case holds is named by the case and its item.

    \b
    Example: witnessmark count map hospitals.csv > hospitals.toml
    Example: witnessmark count map harbour-road I4 > hospitals.toml
    """
    mapping = _proposed(file, item)
    if as_json:
        print_json({"mapping": mapping})
    else:
        click.echo(mapping, nl=not mapping.endswith("\n"))


@count.command(cls=Verb)
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FOLDER", help="A new folder for what is found out.")
@click.option("--once", multiple=True, metavar="LIST", help="A list (by its name) on which nobody stands twice; may be given again.")
@click.option(
    "--judged", type=FILE, metavar="FILE", help="What people said of pairs: to-judge.csv of an earlier linkage, with y, n or h in verdict."
)
@click.option("--draws", type=click.IntRange(min=20, max=1000), default=20, show_default=True, help="Plausible linkages to draw.")
@seed_option
@json_option
def link(files: tuple[Path, ...], out: Path, once: tuple[str, ...], judged: Path | None, draws: int, seed: int, *, as_json: bool) -> None:
    r"""Find the rows of several lists that are about one person.

    Each list is read by the mapping beside it (see `count map`). People are never merged in the lists: the folder says which rows belong together, how sure each pair is, and how
    many people stand on which lists, once for the linkage chosen and once for each of many plausible ones, for `count linked` to estimate from.

    \b
    Example: witnessmark count link hospitals.csv families.xlsx press.csv --out linked
    """
    from witnessmark.case.linked_lists import link_files

    with progress() as tell:
        found = link_files(files, out, once=once, judged=judged, draws=draws, seed=seed, tell=tell)
    if as_json:
        print_json(found)
        return
    for one in found.lists:
        _print_list(one)
    say(
        f"{found.records:,} records are of {found.fewest:,} to {found.most:,} people: {found.people:,} in the linkage chosen, and {draws} plausible ones besides."
    )
    say("Rows of one person that share too little to be linked count as two people: there are rather fewer.")
    if found.pairs:
        say(
            f"In the one chosen, pairs are linked from a probability of {found.threshold:.2f} on, which the scores themselves expect to do best."
        )
    for warning in found.warnings:
        say(f"Note: {warning}")
    say(f"Pairs most worth a person's look: {out / 'to-judge.csv'}. Write y, n or h beside them, and link again with --judged.")
    if len(found.lists) > 2:
        say(f"Estimate from it: witnessmark count linked {out}")
    else:
        say(
            "Two lists show how they overlap, and allow of no estimate: how many both missed cannot be told from whether they depend on each other."
        )


@count.command(cls=Verb)
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@methods_option
@sensitivity_option
@level_option
@seed_option
@json_option
def linked(folder: Path, methods: tuple[str, ...], level: float, seed: int, *, no_sensitivity: bool, as_json: bool) -> None:
    r"""Estimate the unrecorded from linked lists.

    Every method runs once for each plausible linkage, so that not knowing who is who widens the interval. How far the total rests on the threshold of the linkage is shown below.

    \b
    Example: witnessmark count linked linked
    """
    from witnessmark.case.counting_linked import count_linked

    with progress() as tell:
        found = count_linked(folder, methods or METHODS, sensitivity=not no_sensitivity, seed=seed, level=level, tell=tell)
    if as_json:
        print_json(found)
        return
    say(found.sentence)
    print_interval(found.interval, level)
    print_estimates(found.estimates, sure=False)
    print_sensitivity(found.sensitivity)
    print_thresholds(found.at_thresholds)
    print_overlaps(found.overlaps)


@count.command(cls=Verb)
@click.argument("table", type=FILE)
@methods_option
@click.option("--model", metavar="MODEL", help="Of the log-linear method: a model such as [123,14,34]; digits number the lists from 1.")
@sensitivity_option
@level_option
@seed_option
@json_option
def table(
    table: Path, methods: tuple[str, ...], model: str | None, level: float, seed: int, *, no_sensitivity: bool, as_json: bool
) -> None:
    r"""Estimate the unrecorded from a capture table.

    The table is a CSV file with one 0/1 column a list and a column `count`. With fewer than three lists their overlap is shown and nothing is estimated.

    \b
    Example: witnessmark count table kosovo.csv
    """
    from witnessmark.case.counting_table import count_table

    with progress() as tell:
        tell("estimating")
        found = count_table(table, methods or METHODS, model=model, sensitivity=not no_sensitivity, level=level, seed=seed)
    if as_json:
        print_json(found)
        return
    say(found.sentence)
    print_interval(found.interval, level)
    print_estimates(found.estimates, sure=True)
    print_sensitivity(found.sensitivity)
    print_overlaps(found.overlaps)


def _proposed(file: Path, item: str | None) -> str:
    if item is not None:
        from witnessmark.case.case import open_case
        from witnessmark.case.counting_plan import mapping_proposed

        with open_case(file) as opened:
            return mapping_proposed(opened, item)
    if file.is_dir():
        raise UsageError(f"{file} is a folder. Which list of the case? Write: witnessmark count map {typed(file)} I4")
    from witnessmark.case.linked_lists import proposed

    return proposed(file)


def _print_list(one: ListRead) -> None:
    say(f"{one.name}: {one.records:,} records, {one.unnamed:,} rows without a name, from {one.file}")
    if one.source is None or one.compiled is None:
        say(
            "  The mapping does not say who compiled the list, or how. An estimate rests on that: add source and compiled, above [columns]."
        )
    faults = sorted(one.faults.items(), key=lambda item: (-item[1], item[0]))
    for fault, times in faults[:FAULTS_SHOWN]:
        say(f"  {times:,} x {fault}")
    if len(faults) > FAULTS_SHOWN:
        say(f"  and {counted(len(faults) - FAULTS_SHOWN, 'more kind')}; each with its line and column is in problems.csv")


def print_interval(found: Interval | None, level: float) -> None:
    """The interval over all methods, where they leave one."""
    if found is not None:
        ends = "from the lowest to the highest end of the methods that give an estimate"
        say(f"Interval: {found.low:,.0f} to {found.high:,.0f}, {ends}, each at {level * 100:g}%.")


def print_estimates(estimates: Mapping[str, Estimate], *, sure: bool, brief: bool = False) -> None:
    """Each estimate, the interval first; `sure` where who is who is not in doubt, so that those documented are a minimum. `brief` is a line each."""
    for name, one in estimates.items():
        if brief:
            say(f"  {name}: {one.documented:,} named; {one.refused.splitlines()[0] if one.refused is not None else _short(one)}")
            continue
        say("")
        if one.refused is not None:
            say(f"{name}: {one.refused}")
            continue
        minimum = f"; at least {one.documented:,} documented" if sure else ""
        say(f"{name}: {_short(one)}, {one.level * 100:g}% interval{minimum}")
        say(f"  rests on: {one.assumption}")
        if one.chains is not None:
            say(f"  {_chains(one.chains)}")
        for check in one.diagnostics:
            if not check.kept:
                say(f"  {check.detail}")


def print_sensitivity(runs: Sequence[SensitivityRun]) -> None:
    """What methods give with the settings that no table decides set otherwise."""
    if not runs:
        return
    say("")
    say("With settings that no table decides set otherwise (interval; by how much the middle moves):")
    for run in runs:
        moved = f"; {run.shift:+.0%}" if run.shift is not None else ""
        found = run.estimate
        say(f"  {run.method} with {run.setting}: {_short(found) if found.refused is None else found.refused.splitlines()[0]}{moved}")


def print_thresholds(thresholds: Sequence[AtThreshold]) -> None:
    """What linking from other probabilities on would give."""
    say("")
    say("Had pairs been linked from another probability on (people named; estimates):")
    for at in thresholds:
        estimates = "; ".join(f"{name} {_short(one)}" for name, one in at.estimates.items())
        say(f"  {at.threshold:.1f}  {at.documented:9,}  {estimates}")


def _chains(one: Chains) -> str:
    """How well the chains of a sampler agree."""
    rhat, effective, between = ("not finite" if value is None else value for value in (one.rhat, one.effective, one.between))
    return f"{len(one.traces)} chains: R-hat {rhat:.4f}, {effective:,.0f} effective draws, medians {between:.1f} of their standard errors apart at most"


def _short(one: Estimate) -> str:
    """The interval first, the middle beside it; never the middle alone."""
    if one.interval is None:
        return "no estimate"
    written = f"{one.interval.low:,.0f} to {one.interval.high:,.0f} (middle {one.total:,.0f})"
    return f"a lower bound of {written}" if one.lower_bound else written


def print_overlaps(overlaps: Overlaps) -> None:
    """The lists and how they overlap."""
    say("")
    say("Lists: " + "; ".join(f"{one.name} {one.people:,} (on no other {one.alone:,})" for one in overlaps.sizes))
    for one in overlaps.intersections[:INTERSECTIONS_SHOWN]:
        say(f"  {one.people:9,}  only on {', '.join(one.lists)}")
    if len(overlaps.intersections) > INTERSECTIONS_SHOWN:
        say(f"  and {counted(len(overlaps.intersections) - INTERSECTIONS_SHOWN, 'smaller overlap')}")
    for warning in overlaps.warnings:
        if not warning.kept:
            say(f"  {warning.detail}")
