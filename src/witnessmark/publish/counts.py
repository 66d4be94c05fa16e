"""Which counts of a question about a number of people a dossier shows: never one to four people, nor what would give such a number away.

Overlaps of lists are held to the sizes of the lists and to the whole (what two lists have in common is shown only where every part of it is); strata and years to each other and to the whole. The whole and the
sizes are told elsewhere in the dossier, so they are reckoned as known. The two kinds share nothing but the whole, so each can be looked at alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from witnessmark.model.counting import LIST_CHECKS, Overlaps, PairOverlap, StratifiedEstimate
from witnessmark.protect.small_cells import BELOW, Sum, hidden_cells

FEW = f"fewer than {BELOW}"
WITHHELD = "not shown"
KEPT_BACK = f"Where a number is not shown, it is of fewer than {BELOW} people, or would let somebody work out such a number: it could tell of single people."
PEOPLE_CHECKS = LIST_CHECKS | {"on one list", "on two lists"}
"""Checks whose figures are counts of people, which the sums that are reckoned with do not hold."""
DATED = frozenset({"year", "half-year", "quarter", "month"})
"""Dimensions whose labels begin with a year."""

Cell = tuple[str, ...]
WHOLE: Cell = ("whole",)
ALL_YEARS: Cell = ("all years",)
UNPLACED: Cell = ("unplaced",)


class ShownOverlaps(msgspec.Struct, frozen=True):
    """Overlaps as they may be shown: sizes and pairs in the order of the lists (None where not shown), intersections the largest first, and how many of those are left out."""

    sizes: tuple[tuple[str, int | None], ...]
    pairs: tuple[tuple[str, str, int | None], ...]
    intersections: tuple[tuple[tuple[str, ...], int], ...]
    left_out: int

    @property
    def pairs_all_shown(self) -> bool:
        """Whether any sentence about two lists gives away no more than the page does."""
        return not self.left_out and all(people is not None for _, _, people in self.pairs)


class ShownPeople(msgspec.Struct, frozen=True):
    """Documented people by stratum, in the order of the strata, and by year as they may be shown, None where not. `unplaced` are those in no stratum for want of a label (0 where there are none)."""

    strata: tuple[int | None, ...]
    unplaced: int | None
    years: tuple[tuple[str | None, int | None], ...]


def numbers_in(sentences: Iterable[str]) -> set[int]:
    """Every number that stands in a sentence."""
    return {int(found.replace(",", "")) for each in sentences for found in re.findall(r"\d+(?:,\d{3})*", each)}


def few(people: int) -> str:
    """A count that stands by itself."""
    return FEW if 0 < people < BELOW else f"{people:,}"


def shown_overlaps(overlaps: Overlaps) -> ShownOverlaps:
    """The overlaps of lists without what is small and what would give it away."""
    cells: dict[Cell, int] = {("on", *each.lists): each.people for each in overlaps.intersections}
    sizes: dict[Cell, int] = {("size", each.name): each.people for each in overlaps.sizes}
    sums = [Sum(WHOLE, list(cells)), *(Sum(size, [cell for cell in cells if size[1] in cell[1:]]) for size in sizes)]
    people = {**cells, **sizes, WHOLE: overlaps.documented}
    hidden = hidden_cells(people, sums, known=[WHOLE, *sizes])
    return ShownOverlaps(
        sizes=tuple((total[1], _unless(total, people, hidden)) for total in sizes),
        pairs=tuple((each.first, each.second, None if _hides(each, hidden) else each.people) for each in overlaps.pairs),
        intersections=tuple((cell[1:], n) for cell, n in cells.items() if cell not in hidden),
        left_out=sum(cell in hidden for cell in cells),
    )


def _hides(pair: PairOverlap, hidden: frozenset[Cell]) -> bool:
    """Whether somebody on both lists is in a cell that is not shown."""
    return any(cell[0] == "on" and {pair.first, pair.second} <= set(cell[1:]) for cell in hidden)


def shown_people(
    strata: StratifiedEstimate | None, by_year: Sequence[tuple[str | None, int]], whole: int, told: Iterable[str] = ()
) -> ShownPeople:
    """Strata and years of the same people; `whole` is how many they are. A number in a sentence that is `told` beside them protects no other: how many have no label may stand in one."""
    counted = strata.strata if strata is not None else ()
    people: dict[Cell, int] = {_stratum(place): one.documented for place, one in enumerate(counted)}
    people[UNPLACED] = max(whole - sum(people.values()), 0) if counted else 0
    in_strata = [cell for cell in people if cell != UNPLACED or people[cell] not in numbers_in(told)]
    people[WHOLE] = sum(people[cell] for cell in in_strata)
    people |= {_year(year): n for year, n in by_year}
    people[ALL_YEARS] = sum(n for _, n in by_year)
    sums = [Sum(WHOLE, in_strata), Sum(ALL_YEARS, [_year(year) for year, _ in by_year])]
    within, rests = _within_years(strata, people)
    people |= rests
    hidden = hidden_cells(people, [*sums, *within], known=[WHOLE, ALL_YEARS], unpublished=list(rests))
    return ShownPeople(
        strata=tuple(_unless(_stratum(place), people, hidden) for place in range(len(counted))),
        unplaced=_unless(UNPLACED, people, hidden),
        years=tuple((year, _unless(_year(year), people, hidden)) for year, _ in by_year),
    )


def _stratum(place: int) -> Cell:
    """By its place: labels that are covered may look alike."""
    return ("stratum", str(place))


def _year(year: str | None) -> Cell:
    return ("year", year) if year is not None else ("year not known",)


def _within_years(strata: StratifiedEstimate | None, people: Mapping[Cell, int]) -> tuple[list[Sum[Cell]], dict[Cell, int]]:
    """Where strata are by date: the strata of each year add up to it, but for those of that year whose other labels are not known, whom no table counts."""
    at = _dated_place(strata)
    if strata is None or at is None:
        return [], {}
    sums: list[Sum[Cell]] = []
    rests: dict[Cell, int] = {}
    for year in [cell for cell in people if cell[0] == "year"]:
        parts = [_stratum(place) for place, one in enumerate(strata.strata) if one.labels[at][:4] == year[1]]
        rest = people[year] - sum(people[part] for part in parts)
        if parts and rest >= 0:
            more: list[Cell] = [("rest of", year[1])] if rest else []
            rests |= dict.fromkeys(more, rest)
            sums.append(Sum(year, [*parts, *more]))
    return sums, rests


def _dated_place(strata: StratifiedEstimate | None) -> int | None:
    dimensions: Iterator[int] = (at for at, name in enumerate(strata.dimensions if strata else ()) if name in DATED)
    return next(dimensions, None)


def _unless(cell: Cell, people: Mapping[Cell, int], hidden: frozenset[Cell]) -> int | None:
    return None if cell in hidden else people[cell]
