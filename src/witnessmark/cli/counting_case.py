"""The verbs count plan, run, show and judge: counting in a case, where the question stands on record before any result."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from witnessmark.cli.counting import (
    METHODS,
    level_option,
    methods_option,
    print_estimates,
    print_interval,
    print_overlaps,
    print_sensitivity,
    print_thresholds,
    seed_option,
)
from witnessmark.cli.options import Verb, announce, case_argument, json_option, member_option, print_json, progress
from witnessmark.cli.printing import count as counted
from witnessmark.cli.printing import say, typed
from witnessmark.errors import UsageError

if TYPE_CHECKING:
    from witnessmark.case.counting_plan import Planned
    from witnessmark.model.counting import CountedQuestion, LinkedCount, Plan, Run, StratifiedEstimate

T = TypeVar("T")


@click.command(cls=Verb)
@case_argument
@click.option("--question", required=True, metavar="TEXT", help="What is asked, in words.")
@click.option("--population", required=True, metavar="TEXT", help="Of whom: what, where, from when to when.")
@click.option(
    "--list",
    "lists",
    multiple=True,
    required=True,
    metavar="I4=MAPPING",
    help="A list of the case, and the file that says how it is read; once for each.",
)
@methods_option
@click.option("--once", multiple=True, metavar="LIST", help="A list (by its name) on which nobody stands twice; may be given again.")
@click.option(
    "--by", multiple=True, metavar="DIMENSION", help="Strata: place, year, half-year, quarter, month, sex or age; may be given again."
)
@click.option(
    "--by-method",
    "strata_methods",
    multiple=True,
    type=click.Choice(METHODS),
    help="Strata only by this method; may be given again. By all methods otherwise, which may take hours.",
)
@click.option("--draws", type=click.IntRange(min=20, max=1000), default=20, show_default=True, help="Plausible linkages to draw.")
@level_option
@seed_option
@click.option("--instead-of", metavar="Q1", help="The question that this takes the place of; both stay on record.")
@click.option("--why", metavar="TEXT", help="Why it takes its place.")
@member_option
@json_option
def plan(
    case: Path,
    question: str,
    population: str,
    lists: tuple[str, ...],
    methods: tuple[str, ...],
    once: tuple[str, ...],
    by: tuple[str, ...],
    strata_methods: tuple[str, ...],
    draws: int,
    level: float,
    seed: int,
    instead_of: str | None,
    why: str | None,
    member: str | None,
    *,
    as_json: bool,
) -> None:
    r"""Record a question about a number of people, before any result: what is asked, of whom, from which lists, by which methods.

    The lists are items of the case, each read by a mapping (see `count map CASE ITEM`). A plan is never changed: another may take its place, with a reason, and says whose results were
    known by then. Nothing is linked or estimated yet.

    \b
    Example: witnessmark count plan harbour-road --question "How many were killed?" --population "killed in Karvel, 2031" --list I4=hospitals.toml --list I5=families.toml --list I6=press.toml
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.counting_plan import Asked, mappings_in, plan_question

    asked = Asked(
        question=question,
        population=population,
        lists=mappings_in(_files(lists)),
        methods=methods or METHODS,
        once=once,
        by=by,
        strata_methods=strata_methods,
        draws=draws,
        level=level,
        seed=seed,
        instead_of=instead_of,
        why=why,
    )
    with open_case(case, write="count plan", member=member, tell=announce) as opened:
        planned = plan_question(opened, asked)
    if as_json:
        print_json(planned.question)
        return
    _say_planned(planned, case)


@click.command(cls=Verb)
@case_argument
@click.argument("question", metavar="Q1")
@click.option("--link-again", is_flag=True, help="Link the lists anew though nothing was judged since.")
@member_option
@json_option
def run(case: Path, question: str, member: str | None, *, link_again: bool, as_json: bool) -> None:
    r"""Link the lists of a question and estimate, as it was planned. Every run stays on record, whatever it gives.

    Lists are linked once, and again where people have judged pairs since (see `count judge`).

    \b
    Example: witnessmark count run harbour-road Q1
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.counting_run import run_question

    with open_case(case, write="count run", member=member, tell=announce) as opened, progress() as tell:
        found = run_question(opened, question, link_again=link_again, tell=tell, announce=announce)
    if as_json:
        print_json(found)
        return
    _say_question(found)
    say("")
    say(f"Recorded. The dossier shows it after: witnessmark publish {typed(case)}")
    if found.linked is not None and found.linked.linkage.to_judge:
        say(f"Pairs most worth a person's look: witnessmark count judge {typed(case)} {found.number}")


@click.command(cls=Verb)
@case_argument
@click.argument("question", metavar="Q1", required=False)
@json_option
def show(case: Path, question: str | None, *, as_json: bool) -> None:
    r"""Show the questions of a case, or one of them with its linkage and every run.

    \b
    Example: witnessmark count show harbour-road Q1
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.counting_plan import question_of, questions_of

    with open_case(case) as opened:
        found = [question_of(opened, question)] if question else questions_of(opened)
    if as_json:
        print_json(found)
        return
    if not found:
        say(
            f"No question is planned. Plan one: witnessmark count plan {typed(case)} --question TEXT --population TEXT --list I1=MAPPING.toml ..."
        )
    for one in found:
        if question:
            _say_question(one)
        else:
            runs = counted(len(one.runs), "run") if one.runs else f"planned, not run: witnessmark count run {typed(case)} {one.number}"
            say(f"{one.number}  {one.plan.question} ({one.plan.population}); {counted(len(one.plan.lists), 'list')}; {runs}")


@click.command(cls=Verb)
@case_argument
@click.argument("question", metavar="Q1")
@member_option
@json_option
def judge(case: Path, question: str, member: str | None, *, as_json: bool) -> None:
    r"""Say of pairs of rows, one after the other, whether they are about one person: y same, n different, h cannot be told.

    Pairs that the scores decide least come first. What is said stands over the score the next time the lists are linked, and can be taken back (u, or `undo`). Keys can be piped in;
    --json prints the pairs instead.

    \b
    Example: witnessmark count judge harbour-road Q1
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.counting_plan import question_of
    from witnessmark.case.judging_pairs import pairs_of
    from witnessmark.cli.pairs import PairSitting

    with open_case(case) as opened:
        pairs = pairs_of(opened, question_of(opened, question))
        if as_json:
            print_json(pairs)
            return
        waiting = [pair for pair in pairs if pair.verdict is None]
        if not waiting:
            say(
                f"All {counted(len(pairs), 'pair')} that are worth a look were judged. Count with what was said: witnessmark count run {typed(case)} {question.upper()}"
            )
            return
    judged = PairSitting(case, waiting, member, sys.stdin).go_through()
    say(f"{counted(judged, 'pair')} judged. Count with what was said: witnessmark count run {typed(case)} {question.upper()}")


def _files(lists: tuple[str, ...]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for one in lists:
        number, equals, mapping = one.partition("=")
        if not equals or not mapping:
            raise UsageError(
                f"--list {one!r} names no mapping. Write --list {number or 'I4'}=MAPPING.toml; propose one with: witnessmark count map CASE {number or 'I4'}"
            )
        if number.upper() in found:
            raise UsageError(f"--list {number} is given twice.")
        found[number.upper()] = Path(mapping)
    return found


def _say_planned(planned: Planned, case: Path) -> None:
    question = planned.question
    say(f"{question.number} is on record, entry {question.seq} of the analysis log, and nothing is estimated yet: {question.plan.question}")
    for one, read in zip(question.plan.lists, planned.lists, strict=True):
        say(
            f"  {read.name} ({one.number}): {len(read.records):,} records, {counted(len(read.unnamed), 'row')} without a name, {counted(len(read.problems), 'fault')}"
        )
        if read.source is None or read.compiled is None:
            say(
                "    The mapping does not say who compiled the list, or how. An estimate rests on that: add source and compiled, and plan again with --instead-of."
            )
    if question.known:
        say(f"Results about these lists were known when it was planned: {', '.join(question.known)}. The dossier says so.")
    _say_expected(planned)
    if len(question.plan.lists) < 3:
        say("Two lists show how they overlap, and allow of no estimate.")
    say(f"Next: witnessmark count run {typed(case)} {question.number}")


def _say_expected(planned: Planned) -> None:
    """How long it will take, told before anybody waits for it."""
    from witnessmark.case.counting_cost import time_words

    plan, cost = planned.question.plan, planned.expected
    if not cost.together.most:
        return
    if plan.by:
        strata = f"{counted(cost.strata, 'stratum', 'strata')} ({', '.join(plan.by)}) by {', '.join(plan.strata_methods)}"
        say(f"Estimating takes about {time_words(cost.together)}, of which {strata}: {time_words(cost.of_strata)}.")
    else:
        say(f"Estimating takes about {time_words(cost.together)}.")


def _say_question(one: CountedQuestion) -> None:
    say(f"{one.number}  {one.plan.question}")
    say(f"  of: {one.plan.population}")
    say(f"  planned {one.at[:16].replace('T', ' ')} UTC, entry {one.seq} of the analysis log; methods: {', '.join(one.plan.methods)}")
    if one.takes_place_of:
        say(f"  takes the place of {one.takes_place_of}: {one.plan.why}")
    if one.known:
        say(f"  results of {', '.join(one.known)} about these lists were known by then")
    if one.linked is not None:
        _say_linkage(one.linked.linkage)
    for number, made in enumerate(one.runs, start=1):
        _say_run(number, len(one.runs), made, one.plan)


def _say_linkage(linkage: LinkedCount) -> None:
    for one in linkage.lists:
        say(
            f"  {one.name}: {one.records:,} records, {one.unnamed:,} rows without a name; compiled by {one.source or 'nobody named'}: {one.compiled or 'not stated how'}"
        )
    say(
        f"  {linkage.records:,} records are of {linkage.fewest:,} to {linkage.most:,} people, as far as they could be linked; {counted(linkage.judgements, 'pair')} judged by people."
    )
    for warning in linkage.warnings:
        say(f"  Note: {warning}")


def _say_run(number: int, of: int, made: Run, plan: Plan) -> None:
    say("")
    say(f"Run {number} of {of}, {made.at[:16].replace('T', ' ')} UTC, entry {made.seq}:")
    say(made.result.sentence)
    if number < of:
        return
    print_interval(made.result.interval, plan.level)
    print_estimates(_as_planned(plan, made.result.estimates), sure=False)
    print_sensitivity(made.result.sensitivity)
    for method, strata in _as_planned(plan, made.result.strata).items():
        _say_strata(method, strata)
    print_thresholds(made.result.at_thresholds)
    print_overlaps(made.result.overlaps)


def _as_planned(plan: Plan, found: Mapping[str, T]) -> dict[str, T]:
    """What there is of each method, in the order of the plan, which a record does not keep."""
    return {method: found[method] for method in plan.methods if method in found}


def _say_strata(method: str, found: StratifiedEstimate) -> None:
    say("")
    say(f"{method} by {', '.join(found.dimensions)}: {found.note}")
    named = {", ".join(one.labels): one.estimate for one in found.strata}
    print_estimates({**named, "all": found.total}, sure=False, brief=True)
