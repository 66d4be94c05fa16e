"""Questions about a number of people in an invented case, built by hand: what a run gave is written down here, not estimated."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from msgspec.structs import replace

from witnessmark.model.counting import (
    AtThreshold,
    Comparison,
    CountedQuestion,
    CountResult,
    Intersection,
    Linked,
    LinkedCount,
    ListCounted,
    ListSize,
    Overlaps,
    PairOverlap,
    PairToJudge,
    Plan,
    PlannedList,
    Run,
    SensitivityRun,
    StratifiedEstimate,
    StratumEstimate,
    Verdict,
)
from witnessmark.model.estimate import Diagnostic, Estimate, Interval
from witnessmark.model.view import CaseView

LISTS = ("church", "مستشفى", "observers")
CELLS = (410, 377, 268, 95, 61, 58, 22)
"""On the first alone, the second, the third, the first two, first and third, last two, all."""
WHOLE = sum(CELLS)

AGREE = "The methods that give an estimate do not contradict each other."
DISAGREE = "Methods disagree beyond their intervals: these lists do not determine the total."


def estimate(total: float, low: float, high: float, method: str = "lcmcr/1", **fields: object) -> Estimate:
    """An estimate of about these people; its draws lie evenly in the interval."""
    draws = tuple(low + (high - low) * at / 199 for at in range(200))
    found = Estimate(
        documented=WHOLE,
        total=total,
        interval=Interval(low, high),
        level=0.95,
        method=method,
        assumption=f"Nobody is out of reach of {method}.",
        diagnostics=(Diagnostic("split R-hat", 1.0031, 1.01, kept=True, detail="Chains agree."),),
        seed=1,
        draws=draws,
    )
    return replace(found, **fields)


def refused(reason: str, method: str = "loglinear/1") -> Estimate:
    """No estimate, for a reason."""
    return Estimate(documented=WHOLE, total=None, interval=None, level=0.95, method=method, assumption="None.", refused=reason)


TWO = {"lcmcr": estimate(2451, 2103, 3017), "decomposable": estimate(2618, 2206, 3392, "decomposable/1")}
APART = {"lcmcr": estimate(1733, 1611, 1852), "decomposable": estimate(2618, 2206, 3392, "decomposable/1")}


def overlaps(cells: Sequence[int] = CELLS, lists: Sequence[str] = LISTS) -> Overlaps:
    """The overlaps of three lists, or of two, with these people in the cells."""
    on = [some for size in range(1, len(lists) + 1) for some in combinations(lists, size)]
    held = sorted(((names, n) for names, n in zip(on, cells, strict=True) if n), key=lambda each: -each[1])

    def holding(*names: str) -> int:
        return sum(n for some, n in held if set(names) <= set(some))

    return Overlaps(
        documented=sum(cells),
        sizes=tuple(ListSize(name, holding(name), dict(held).get((name,), 0)) for name in lists),
        pairs=tuple(PairOverlap(one, other, holding(one, other), None, None) for one, other in combinations(lists, 2)),
        intersections=tuple(Intersection(names, n) for names, n in held),
        warnings=(),
    )


def result(estimates: dict[str, Estimate] = TWO, verdict: Verdict = "agree", **fields: object) -> CountResult:
    """What a run gave."""
    made = [found.interval for found in estimates.values() if found.interval is not None]
    whole = Interval(min(one.low for one in made), max(one.high for one in made)) if verdict == "agree" else None
    names = list(estimates)
    agree = verdict != "disagree"
    found = CountResult(
        documented=1279,
        linkages=20,
        interval=whole,
        estimates=estimates,
        comparisons=(Comparison(names[0], names[1], agree, "Their intervals were compared."),) if len(names) > 1 else (),
        verdict=verdict,
        sentence=f"The lists name 1,279 to 1,291 different people. {AGREE if agree else DISAGREE}",
        sensitivity=(SensitivityRun("decomposable", "delta = 0.5", estimate(2711, 2300, 3471, draws=()), 0.036),),
        at_thresholds=(AtThreshold(0.5, 1291, {"chao": estimate(1999, 1903, 2111, draws=(), lower_bound=True)}),),
        overlaps=overlaps(),
    )
    return replace(found, **fields)


def stratum(labels: tuple[str, ...], documented: int, found: Estimate | None = None) -> StratumEstimate:
    """A stratum with this many people."""
    return StratumEstimate(
        labels, documented, documented, documented, found or estimate(documented * 2, documented, documented * 3, draws=())
    )


def strata(*counted: StratumEstimate, by: tuple[str, ...] = ("place",)) -> StratifiedEstimate:
    """Strata with a total over them."""
    return StratifiedEstimate(by, counted, estimate(2555, 2101, 3205, draws=()), "A note that names strata with 3 people.")


def linked(seq: int = 41, at: str = "2031-03-06T10:00:00Z", **fields: object) -> Linked:
    """A linkage on record."""
    lists = tuple(
        ListCounted(name, f"item {name}", f"Body of {name}", f"How {name} came about", "dead", 640, 7, {"a date no calendar has": 9})
        for name in LISTS
    )
    found = LinkedCount(
        lists=lists,
        records=1920,
        pairs=18_342,
        threshold=0.62,
        people=WHOLE,
        fewest=1279,
        most=1303,
        judgements=140,
        warnings=("I4:12 and I5:7 were judged y, which other judgements stand against.",),
        groups=(("I4:12", "I5:7"),),
        to_judge=(PairToJudge("I4:13", "I5:8", 0.5),),
        chosen=((1, 410),),
        drawn=(((1, 410),),),
        at_thresholds={"0.50": ((1, 410),)},
    )
    return Linked(seq, at, "link@1", replace(found, **fields))


def asked(number: int, items: Sequence[str] = (), **fields: object) -> CountedQuestion:
    """A question about three lists, with a linkage and a run."""
    lists = tuple(
        PlannedList(item, f"I{place}", name, "mapping of columns")
        for place, (item, name) in enumerate(zip([*items, *["gone"] * 3], LISTS, strict=False), 1)
    )
    plan = Plan(
        question=f"How many people were killed ({number})?",
        population="Everyone killed in Kelmar over the winter",
        lists=lists,
        methods=("lcmcr", "decomposable"),
        draws=20,
        level=0.95,
        seed=1,
    )
    found = CountedQuestion(
        id=f"q-{number}",
        number=f"Q{number}",
        public_id=f"{number:016x}",
        seq=40,
        at="2031-03-06T09:12:00Z",
        plan=plan,
        linkages=(linked(),),
        runs=(Run(42, "2031-03-06T11:00:00Z", "count@1", 41, result()),),
        takes_place_of=None,
        known=(),
        released=False,
    )
    return replace(found, **fields)


def with_result(number: int, given: CountResult, items: Sequence[str] = (), **fields: object) -> CountedQuestion:
    """The same with another result."""
    question = asked(number, items, **fields)
    return replace(question, runs=(replace(question.runs[0], result=given),))


def with_questions(case: CaseView, *questions: CountedQuestion) -> CaseView:
    """The case with these questions, their lists being its first items."""
    items = [held.item.id for held in case.items]
    placed = [
        replace(
            each,
            plan=replace(
                each.plan,
                lists=tuple(replace(one, item=items[at] if one.item == "gone" else one.item) for at, one in enumerate(each.plan.lists)),
            ),
            linkages=tuple(
                replace(
                    link,
                    linkage=replace(link.linkage, lists=tuple(replace(one, item=items[at]) for at, one in enumerate(link.linkage.lists))),
                )
                for link in each.linkages
            ),
        )
        for each in questions
    ]
    return replace(case, counting=tuple(placed))
