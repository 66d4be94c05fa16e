"""What is said of a question about a number of people: what was asked, what was known by then, and what was found, in an order that never leaves a middle by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from witnessmark.model.counting import CountedQuestion, CountResult, Plan, Run
from witnessmark.model.estimate import Estimate, Interval
from witnessmark.publish.block import Card, Fact
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.citation import of_item, of_question, of_run
from witnessmark.publish.prose import Given, Inline, Ref, Sentence, clip, listed, sentence
from witnessmark.publish.words import counted, moment_words

T = TypeVar("T")

FEWEST_LISTS = 3
"""With fewer, no method can tell a dependence between lists from people on none."""

LONGEST = 600

METHOD_WORDS = {
    "lcmcr": "latent classes",
    "loglinear": "log-linear models",
    "decomposable": "averaged graphs",
    "chao": "Chao's lower bound",
}

VERDICT_WORDS = {
    "agree": "The methods do not contradict each other",
    "disagree": "These lists do not determine the total",
    "one estimate": "Only one method gives an estimate",
    "no estimate": "There is no estimate",
}

NO_INTERVAL = {
    "disagree": "none: the methods disagree beyond their intervals, and these lists do not determine the total",
    "one estimate": "none to stand for the whole: only one method gives an estimate, and nothing stands beside it to show how far it rests on its assumption",
    "no estimate": "none: no method gives an estimate of the total",
}

UNLINKED = "Rows of one person that share too little to be linked count as two people, here and in every figure."


def method_words(method: str) -> str:
    """A method by the words of the field."""
    return METHOD_WORDS.get(method, method)


def range_words(interval: Interval) -> str:
    """An interval in whole people."""
    return f"{interval.low:,.0f} to {interval.high:,.0f}"


def figures_words(found: Estimate) -> str:
    """An estimate: the interval first, its middle beside it, never the middle alone."""
    if found.interval is None:
        return "no estimate"
    middle = f" (middle {found.total:,.0f})" if found.total is not None else ""
    bound = "a lower bound of " if found.lower_bound else ""
    return f"{bound}{range_words(found.interval)}{middle}"


def short_figures(found: Estimate) -> str:
    """An estimate beside its bar: the interval alone."""
    if found.interval is None:
        return "no estimate"
    return f"{'a lower bound: ' if found.lower_bound else ''}{range_words(found.interval)}"


def level_words(level: float) -> str:
    """What an interval holds."""
    return f"{level * 100:g} %"


def chains_words(found: Estimate, linkages: int) -> str:
    """How well the chains of a sampler agree, in its figures; empty where it has none."""
    if found.chains is None:
        return ""
    chains = found.chains
    figures = (
        f"R-hat {_figure(chains.rhat, '.4f')} (1 is full agreement), as much told as by {_figure(chains.effective, ',.0f')} independent draws, "
        f"medians of two chains {_figure(chains.between, '.1f')} of their standard errors apart at most."
    )
    whose = f"Of {linkages:,} plausible linkages this is the one whose chains agree least: " if linkages > 1 else ""
    refused = " There is no estimate, and no height of these may be quoted." if found.refused is not None else ""
    return f"{whose}{figures}{refused}"


def _figure(value: float | None, form: str) -> str:
    return "not finite" if value is None else format(value, form)


def by_method(asked: CountedQuestion, given: Mapping[str, T]) -> Iterator[tuple[str, T]]:
    """What there is of each method, in the order of the plan, which a record does not keep."""
    order = {method: place for place, method in enumerate(asked.plan.methods)}
    yield from sorted(given.items(), key=lambda pair: order.get(pair[0], len(order)))


def can_be_estimated(asked: CountedQuestion) -> bool:
    """Whether there are enough lists for any method."""
    return len(asked.plan.lists) >= FEWEST_LISTS


def question_words(asked: CountedQuestion, casebook: Casebook) -> Iterator[Sentence]:
    """Of whom it was asked, when that was recorded, and how it was to be answered."""
    plan, cites = asked.plan, (of_question(asked),)
    yield sentence("Of whom: ", Given(clip(plan.population, LONGEST)), cites=cites)
    entry = "" if casebook.handed_out else f", as entry {asked.seq:,} of the analysis log"
    yield sentence(f"Recorded on {moment_words(asked.at)}{entry}, before any result of it.", cites=cites)
    ways = ", ".join(method_words(method) for method in plan.methods)
    lists = [of_item(held) for each in plan.lists if (held := casebook.items.get(each.item)) is not None]
    strata = f", by {' and '.join(plan.by)}{_strata_methods(plan)}" if plan.by else ", not divided"
    yield sentence(
        f"Planned: {counted(len(plan.lists), 'list')}{strata}; {ways}; {counted(plan.draws, 'plausible linkage')}; intervals at {level_words(plan.level)}; seed {plan.seed}.",
        cites=(*cites, *lists),
    )
    if plan.once:
        yield sentence("Taken to name nobody twice: ", *listed([(Given(name),) for name in plan.once]), ".", cites=cites)


def _strata_methods(plan: Plan) -> str:
    """By which methods strata were to be estimated, where not by all."""
    if not plan.strata_methods or set(plan.strata_methods) == set(plan.methods):
        return ""
    return f" (strata only by {' and '.join(method_words(method) for method in plan.strata_methods)})"


def known_words(asked: CountedQuestion, casebook: Casebook) -> Iterator[Sentence]:
    """Which results had been seen when it was planned, and which question it takes the place of."""
    cites = (of_question(asked),)
    if asked.known:
        known = listed([_named(number, casebook) for number in asked.known])
        yield sentence("When it was planned, results about some of the same lists were known already: those of ", *known, ".", cites=cites)
    else:
        yield sentence("When it was planned, no result of another question of this case about any of these lists was known.", cites=cites)
    if asked.takes_place_of is not None:
        why = Given(clip(asked.plan.why or "no reason is recorded", LONGEST))
        yield sentence("It takes the place of ", *_named(asked.takes_place_of, casebook), ", because: ", why, cites=cites)
    for other in casebook.view.counting:
        if other.takes_place_of == asked.number:
            yield sentence("Another question took its place: ", Ref(of_question(other)), ".", cites=(of_question(other),))


def _named(number: str, casebook: Casebook) -> Inline:
    """A link to a question by its number; what is no number of this dossier as it stands."""
    other = next((each for each in casebook.view.counting if each.number == number), None)
    return (number,) if other is None else (Ref(of_question(other)),)


def answer(asked: CountedQuestion, run: Run) -> Card:
    """What the newest run found: the documented minimum, the interval, and what each method rests on, in that order."""
    result = run.result
    return Card(
        title=(VERDICT_WORDS[result.verdict],),
        citations=(of_run(asked, run),),
        facts=tuple(_answer_facts(asked, result)),
        tone="count",
    )


def _answer_facts(asked: CountedQuestion, result: CountResult) -> Iterator[Fact]:
    yield Fact("Documented minimum", (minimum_words(result),))
    yield Fact("Interval", interval_line(asked, result))
    for method, found in by_method(asked, result.estimates):
        if found.refused is None:
            yield Fact(f"Assumption ({method_words(method)})", (Given(found.assumption),))
    refused = {method: found.refused for method, found in by_method(asked, result.estimates) if found.refused is not None}
    if refused and not can_be_estimated(asked):
        yield Fact("Why", (Given(clip(next(iter(refused.values())), LONGEST)),))
    elif refused:
        yield Fact("No estimate from", listed([(method_words(method),) for method in refused]))


def minimum_words(result: CountResult) -> str:
    """The fewest people that any linkage leaves."""
    ways = "the plausible linkage" if result.linkages == 1 else f"any of {result.linkages:,} plausible linkages"
    return f"{counted(result.documented, 'person', 'people')} at the least are named, in {ways} of the lists"


def interval_line(asked: CountedQuestion, result: CountResult) -> Inline:
    """The interval over all methods, or why there is none."""
    if result.interval is not None:
        level = level_words(asked.plan.level)
        return (
            f"{range_words(result.interval)}, from the lowest to the highest end of the methods that give an estimate, each at {level}",
        )
    if not can_be_estimated(asked):
        return (f"none: there are {counted(len(asked.plan.lists), 'list')}, and an estimate takes {FEWEST_LISTS} at the least",)
    return (NO_INTERVAL.get(result.verdict, "none"),)


def in_short(asked: CountedQuestion, run: Run) -> Iterator[Sentence]:
    """A run for the front page: minimum, interval, assumptions; no middle, and no figure but the minimum where methods disagree."""
    result, cites = run.result, (of_run(asked, run),)
    yield sentence(f"Documented minimum: {minimum_words(result)}. {UNLINKED}", cites=cites)
    yield sentence("Interval: ", *interval_line(asked, result), ".", cites=cites)
    for method, found in by_method(asked, result.estimates):
        if found.refused is None:
            yield sentence(f"Assumption ({method_words(method)}): ", Given(found.assumption), cites=cites)
