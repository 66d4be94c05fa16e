"""Draws of plausible linkages: many ways the lists may belong together, each as likely as the scores make it, in place of one clustering taken for the truth.

What is uncertain in the linkage is carried into an estimate by estimating once for each draw. How strongly a person's records hold together is not set by hand: it is the value at
which the draws link as many pairs as the scores of the pairs, taken one by one, expect.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from witnessmark.errors import MissingPartError
from witnessmark.link.graph import Ints, PairGraph
from witnessmark.link.records import ListRecord

DRAWS = 20
SETTLE, APART = 60, 10
"""Sweeps before the first draw, and between draws."""
LEAST_COHESION, MOST_COHESION = -3.0, 6.0
HALVINGS = 8


def draw_linkages(graph: PairGraph, start: Ints, *, draws: int = DRAWS, seed: int = 1) -> list[Ints]:
    """`draws` divisions of the records into people, each an array (records) of group numbers; `start` is the clustering the chain begins from.

    Group numbers are those of the lowest-numbered record of the group. The same graph, start and seed give the same draws.

    Raises:
        MissingPartError: numba is not installed.
    """
    try:
        from witnessmark.link.sampler import sweep
    except ImportError as missing:
        raise MissingPartError(
            "Plausible linkages are drawn with numba, which is not installed: pip install 'witnessmark[link]'"
        ) from missing
    rng = np.random.default_rng(seed)
    cohesion = _cohesion(rng, graph, start)
    group, sizes = start.copy(), np.bincount(start, minlength=graph.size)
    drawn: list[Ints] = []
    for number in range(draws):
        sweep(rng, *graph, cohesion, group, sizes, APART if number else SETTLE)
        drawn.append(named_by_lowest(group))
    return drawn


def _cohesion(rng: np.random.Generator, graph: PairGraph, start: Ints) -> float:
    """Where the draws' mean number of linked pairs meets the number the pairs expect, by halving."""
    from witnessmark.link.sampler import sweep

    wanted = graph.expected_links
    low, high = LEAST_COHESION, MOST_COHESION
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        group, sizes = start.copy(), np.bincount(start, minlength=graph.size)
        sweep(rng, *graph, middle, group, sizes, APART)
        if sweep(rng, *graph, middle, group, sizes, APART) < wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def named_by_lowest(group: Ints) -> Ints:
    """The same division, each group named by its lowest-numbered record."""
    _, first, inverse = np.unique(group, return_index=True, return_inverse=True)
    return first[inverse].astype(np.int64)


def capture_histories(records: Sequence[ListRecord], group: Ints, lists: Sequence[str]) -> list[tuple[int, int]]:
    """How many people stand on just these lists: a history and the number of groups that have it."""
    return sorted(Counter(lists_by_person(records, group, lists).values()).items())


def lists_by_person(records: Sequence[ListRecord], group: Ints, lists: Sequence[str]) -> dict[int, int]:
    """The history of each group: bit j is set for those on `lists[j]`. Twice on one list is once."""
    bit = {name: 1 << number for number, name in enumerate(lists)}
    on: dict[int, int] = {}
    for record, person in zip(records, group.tolist(), strict=True):
        on[person] = on.get(person, 0) | bit[record.list]
    return on
