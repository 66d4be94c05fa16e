"""About how long a question takes to be counted, told before it is: from how many tables there are, by which methods, and how many strata."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from witnessmark.count.checks import FEWEST_LISTS
from witnessmark.count.jobs import Cost, cost_of
from witnessmark.count.side_by_side import sensitivity_settings
from witnessmark.count.table import CaptureTable
from witnessmark.engines.local import processors
from witnessmark.link.dimensions import DIMENSIONS
from witnessmark.link.records import VictimList
from witnessmark.model.counting import Plan

SHORT, LONG = 90, 120 * 60
"""Up to so many seconds are told as seconds, and as minutes."""


class Expected(msgspec.Struct, frozen=True):
    """How many strata the rows of the lists fall into, as they are written, and the cost of counting them and of the whole without them."""

    strata: int
    of_strata: Cost
    of_whole: Cost

    @property
    def together(self) -> Cost:
        """All of it."""
        return self.of_whole.plus(self.of_strata)


def expected(plan: Plan, lists: Sequence[VictimList]) -> Expected:
    """What counting a question will take; plausible linkages may be alike, and then it takes less."""
    held = len(lists)
    if held < FEWEST_LISTS:
        return Expected(0, Cost(), Cost())
    strata = _strata(plan, lists)
    tables = tables_of_methods(plan, plan.draws, tuple(one.name for one in lists))
    return Expected(strata, cost_of_tables(dict.fromkeys(plan.strata_methods, strata * plan.draws), held), cost_of_tables(tables, held))


def tables_of_methods(plan: Plan, linkages: int, lists: tuple[str, ...]) -> dict[str, int]:
    """How many tables each method of a plan is run on where so many plausible linkages differ, strata aside: those with other settings stand beside one that has none."""
    otherwise = Counter(method for method, _ in sensitivity_settings(CaptureTable.from_histories(lists, [])))
    return {method: linkages + (1 + otherwise[method] if otherwise[method] else 0) for method in plan.methods}


def cost_of_tables(tables: Mapping[str, int], lists: int) -> Cost:
    """By method, so many tables of so many lists."""
    cost = Cost()
    for method, number in tables.items():
        cost = cost.plus(cost_of(method, lists), number)
    return cost


def _strata(plan: Plan, lists: Sequence[VictimList]) -> int:
    """Combinations of labels that rows state; people whose labels are missing are put into one of them."""
    if not plan.by:
        return 0
    records = [record for one in lists for record in one.records]
    labels = zip(*(DIMENSIONS[dimension](records) for dimension in plan.by), strict=True)
    return len({stratum for stratum in labels if None not in stratum})


def time_words(cost: Cost) -> str:
    """How long it takes where it runs: "2 to 40 minutes on 4 processors"."""
    there = processors()
    least, most = (seconds / there for seconds in (cost.least, cost.most))
    where = "one processor" if there == 1 else f"{there} processors"
    unit, seconds = ("seconds", 1) if most <= SHORT else ("minutes", 60) if most <= LONG else ("hours", 3600)
    low, high = round(least / seconds), max(round(most / seconds), 1)
    return f"{low:,} to {high:,} {unit} on {where}" if 0 < low < high else f"up to {high:,} {unit if high > 1 else unit[:-1]} on {where}"
