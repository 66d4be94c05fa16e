"""Whether a capture table can be estimated from at all, whether a log-linear model has an estimate on it, and what about the lists a reader has to know.

Existence and identifiability are those of Fienberg & Rinaldo (Annals of Statistics 40, 2012) for the extended model of Chan, Silverman & Vincent (JASA 2021), which the R
package SparseMSE calls `checkident`: an estimate exists where some table with every cell above zero has the same margins as the observed one (a linear program), and
is unique where the design matrix has full rank.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from witnessmark.count.existence import exists
from witnessmark.count.observable import Observable, contains
from witnessmark.count.table import CaptureTable
from witnessmark.count.terms import Terms, members, pairs, write_model
from witnessmark.model.estimate import Diagnostic

FEWEST_LISTS = 3
NESTED = 0.95
"""A list of which this share stands on another adds next to nothing of its own."""
COPIED = 0.9
"""Two lists that share this much of each are likely one list twice."""


def refusal(table: CaptureTable) -> str | None:
    """Why no method may give a total for this table; None where they may."""
    if not table.documented:
        return "The lists hold no one, so there is nothing to estimate from."
    held = [name for name, size in zip(table.lists, table.sizes(), strict=True) if size]
    if len(held) < FEWEST_LISTS:
        return (
            f"{len(held)} {'list holds' if len(held) == 1 else 'lists hold'} anyone ({', '.join(held)}); at least three are needed. "
            "With two, any dependence between them goes unseen, and the total can be anything. Add a list that was compiled apart from these."
        )
    return None


def without_empty_lists(table: CaptureTable) -> CaptureTable:
    """The same people without the lists that hold no one, which say nothing of anyone: neither method nor prior is to count them."""
    held = [j for j, size in enumerate(table.sizes()) if size]
    if len(held) == len(table.lists):
        return table
    moved = ((sum((history >> old & 1) << new for new, old in enumerate(held)), n) for history, n in enumerate(table.counts))
    return CaptureTable.from_histories((table.lists[j] for j in held), moved)


def unidentifiable(table: CaptureTable) -> str | None:
    """Why dependence between the lists cannot be told from people on none; None where it can.

    With a parameter for every two lists, the number on no list is determined only where some three lists overlap two by two (Chan, Silverman & Vincent 2021, section 2.3).
    """
    lists = len(table.lists)
    share = set(_overlapping(table))
    for i in range(lists):
        for j in range(i + 1, lists):
            if any({1 << i | 1 << j, 1 << i | 1 << k, 1 << j | 1 << k} <= share for k in range(j + 1, lists)):
                return None
    return (
        "No three lists overlap two by two, so the number on no list is not identifiable: with dependence between lists allowed for, every total fits these lists equally well. "
        f"{_named_overlaps(table, share)} Look for links between the lists that were missed, or add a list."
    )


def without_estimate(cells: Observable, names: tuple[str, ...]) -> str | None:
    """Why the model these cells are of has no estimate, or not only one; None where it has one."""
    model = write_model((*cells.kept, *cells.empty), cells.lists)
    if not identifiable(cells.lists, cells.kept, cells.empty):
        return (
            f"The model {model} is not identifiable on these lists: {cells.design.shape[1]} parameters, but the cells that can hold anyone determine only "
            f"{np.linalg.matrix_rank(cells.design)}, so that many totals fit equally well.{_without(cells, names)} Leave out an interaction."
        )
    if not exists(cells.design, cells.counts):
        return (
            f"The model {model} has no finite estimate on these lists: the people on them lie so that the fit grows better without end as a parameter goes to infinity."
            f"{_without(cells, names)} Leave out an interaction, or join lists that hardly overlap."
        )
    return None


@lru_cache(maxsize=4096)
def identifiable(lists: int, kept: Terms, empty: Terms) -> bool:
    """Whether the parameters kept are determined by the cells without the empty terms and the unseen one."""
    possible = contains(lists, empty).sum(axis=1) == 0
    possible[0] = False
    design = np.hstack([np.ones((1 << lists, 1)), contains(lists, kept)])[possible]
    return len(design) > 0 and int(np.linalg.matrix_rank(design)) == design.shape[1]


def list_warnings(table: CaptureTable) -> tuple[Diagnostic, ...]:
    """What about the lists themselves makes any total doubtful: no one in common, one within another, two that are nearly one."""
    found = [
        Diagnostic("empty list", 0.0, 1.0, kept=False, detail=f"{name} holds no one; it is left out.")
        for name, size in zip(table.lists, table.sizes(), strict=True)
        if not size
    ]
    sizes = table.sizes()
    for pair in pairs(len(table.lists)):
        i, j = members(pair)
        if sizes[i] and sizes[j]:
            found.extend(_pair_warning(table.lists[i], table.lists[j], (sizes[i], sizes[j]), overlap(table, pair)))
    return tuple(found)


def overlap(table: CaptureTable, term: int) -> int:
    """How many people stand on every list of a term, and perhaps on others."""
    return sum(count for history, count in enumerate(table.counts) if history & term == term)


def _pair_warning(first: str, second: str, sizes: tuple[int, int], shared: int) -> list[Diagnostic]:
    shares = (shared / sizes[0], shared / sizes[1])
    if shared == 0:
        detail = f"{first} and {second} have no one in common: they cover different people, or their links were missed."
        return [Diagnostic("empty overlap", 0.0, 1.0, kept=False, detail=detail)]
    if min(shares) >= COPIED:
        detail = f"{first} and {second} are nearly the same list ({shared:,} of {sizes[0]:,} and of {sizes[1]:,}): they may be merged or copied, and count as one."
        return [Diagnostic("lists alike", min(shares), COPIED, kept=False, detail=detail)]
    if max(shares) >= NESTED:
        inner, outer, size = (first, second, sizes[0]) if shares[0] >= shares[1] else (second, first, sizes[1])
        detail = f"{shared:,} of the {size:,} people on {inner} stand on {outer} too: it may have been drawn from it, and methods that take lists as separate are off."
        return [Diagnostic("list within another", max(shares), NESTED, kept=False, detail=detail)]
    return []


def _overlapping(table: CaptureTable) -> list[int]:
    return [pair for pair in pairs(len(table.lists)) if overlap(table, pair)]


def _named_overlaps(table: CaptureTable, share: set[int]) -> str:
    if not share:
        return "No two lists share anyone."
    named = [" with ".join(table.lists[j] for j in members(pair)) for pair in sorted(share)]
    return f"Only these share anyone: {', '.join(named)}."


def _without(cells: Observable, names: tuple[str, ...]) -> str:
    if not cells.empty:
        return ""
    named = [" with ".join(names[j] for j in members(term)) for term in cells.empty]
    return f" Without anyone on: {', '.join(named)}."
