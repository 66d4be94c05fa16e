"""Counting a question as it was planned, and putting every run on record, whatever it gave."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.counting_cost import cost_of_tables, tables_of_methods, time_words
from witnessmark.case.counting_lists import link_question, linked_from
from witnessmark.case.counting_plan import question_of
from witnessmark.case.estimating import estimating
from witnessmark.case.judging_pairs import judgements_of
from witnessmark.case.stages import step_of
from witnessmark.count.checks import FEWEST_LISTS
from witnessmark.count.histories import CaptureHistory, LabelledTable
from witnessmark.count.jobs import Cost
from witnessmark.count.linkages import QUICK, count_linkages
from witnessmark.count.strata import estimate_linked_strata, fill_linkages, tables_of
from witnessmark.count.table import CaptureTable
from witnessmark.model.counting import CountedQuestion, CountResult, LabelledHistories, Linked, LinkedCount, Plan, StratifiedEstimate
from witnessmark.model.deed import CountRun

COUNT, VERSION = "count", "1"
Tell = Callable[[str], None]


def run_question(
    case: Case, number: str, *, link_again: bool = False, tell: Tell = lambda _: None, announce: Tell = lambda _: None
) -> CountedQuestion:
    """Link the lists of a question where that was not done since the last judgement, count it by the methods of its plan, and record what came out.

    `tell` hears what is being done, `announce` once, before anything is estimated, how long that will take.

    Raises:
        UsageError: there is no such question, or a list cannot be read as planned.
        MissingPartError: the libraries for linking or counting are not installed.
    """
    question = question_of(case, number)
    said = judgements_of(case)
    linked = question.linked
    if linked is None or link_again or linked.input != linked_from(question, said):
        link_question(case, question, said, tell=tell)
        question = question_of(case, number)
        linked = question.linked
    assert linked is not None  # noqa: S101 -- just recorded
    if cost := _cost(question.plan, linked.linkage):
        announce(f"Estimating takes about {time_words(cost)}.")
    result = _result(question, linked, tell)
    input_id = hashlib.sha256(msgspec.json.encode((question.id, linked.seq))).hexdigest()
    case.record([CountRun(step_of(COUNT, VERSION, None, input_id), question.id, linked.seq, result)])
    return question_of(case, number)


def _result(question: CountedQuestion, linked: Linked, tell: Tell) -> CountResult:
    plan, linkage = question.plan, linked.linkage
    names = tuple(one.name for one in linkage.lists)
    result = count_linkages(
        CaptureTable.from_histories(names, linkage.chosen),
        [CaptureTable.from_histories(names, drawn) for drawn in linkage.drawn],
        {float(bar): CaptureTable.from_histories(names, histories) for bar, histories in linkage.at_thresholds.items()},
        plan.methods,
        seed=plan.seed,
        level=plan.level,
        sensitivity=True,
        over=estimating(tell),
        tell=tell,
    )
    return msgspec.structs.replace(result, strata=_strata(question, linked, tell)) if plan.by else result


def _strata(question: CountedQuestion, linked: Linked, tell: Tell) -> dict[str, StratifiedEstimate]:
    """Each stratum by the methods the plan has for strata; what missing labels may be is drawn anew with each linkage."""
    plan, linkage = question.plan, linked.linkage
    names = tuple(one.name for one in linkage.lists)
    chosen = _labelled(names, plan.by, linkage.chosen_labelled)
    filled = fill_linkages([_labelled(names, plan.by, cells) for cells in linkage.drawn_labelled], seed=plan.seed)
    tables = len(tables_of(filled))
    found = {}
    for method in _strata_methods(plan):
        tell(f"{method}: strata, {tables} tables; {time_words(cost_of_tables({method: tables}, len(names)))}")
        made = estimate_linked_strata(chosen, filled, method=method, seed=plan.seed, level=plan.level, over=estimating(tell))
        found[method] = _without_draws(made)
    return found


def _cost(plan: Plan, linkage: LinkedCount) -> Cost | None:
    """Of all there is to be estimated, now that it is known how many of the linkages differ; None where there are too few lists for any."""
    held = len(linkage.lists)
    if held < FEWEST_LISTS:
        return None
    names = tuple(one.name for one in linkage.lists)
    whole = cost_of_tables(tables_of_methods(plan, len(set(linkage.drawn)), names), held)
    if not plan.by:
        return whole
    strata = len(tables_of([_labelled(names, plan.by, cells) for cells in linkage.drawn_labelled]))
    return whole.plus(cost_of_tables(dict.fromkeys(_strata_methods(plan), strata), held))


def _strata_methods(plan: Plan) -> tuple[str, ...]:
    return plan.strata_methods or tuple(one for one in plan.methods if one in QUICK)


def _labelled(names: tuple[str, ...], by: tuple[str, ...], cells: LabelledHistories) -> LabelledTable:
    return LabelledTable.from_counts(names, by, Counter({CaptureHistory(on, labels): n for on, labels, n in cells}))


def _without_draws(found: StratifiedEstimate) -> StratifiedEstimate:
    """Draws of every stratum are many, and nothing shows them."""
    strata = tuple(msgspec.structs.replace(one, estimate=one.estimate.without_draws()) for one in found.strata)
    return msgspec.structs.replace(found, strata=strata, total=found.total.without_draws())
