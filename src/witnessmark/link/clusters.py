"""One clustering: pairs are taken from the surest down, and two groups are joined where all their pairs together speak for it.

Two groups joined by one sure pair and parted by several unlikely ones stay apart; plain connected components would join them, and everyone else along the chain.
"""

from __future__ import annotations

from math import log

import numpy as np

from witnessmark.link.graph import UNSCORED, Ints, PairGraph


def clustered(graph: PairGraph, threshold: float) -> Ints:
    """The group of each record, named by its lowest-numbered record. `threshold` is the probability from which on a single pair is linked (0 to 1)."""
    bar = log(threshold / (1 - threshold)) if 0 < threshold < 1 else (np.inf if threshold >= 1 else -np.inf)
    members: list[list[int]] = [[number] for number in range(graph.size)]
    group = list(range(graph.size))
    masks = graph.single.tolist()
    for one, other in _surest_first(graph, bar):
        first, second = sorted((group[one], group[other]))
        if first == second or masks[first] & masks[second] or _sum_between(graph, members[first], members[second], group, bar) <= 0:
            continue
        for number in members[second]:
            group[number] = first
        members[first] += members[second]
        members[second] = []
        masks[first] |= masks[second]
    return np.array(group, dtype=np.int64)


def _surest_first(graph: PairGraph, bar: float) -> list[tuple[int, int]]:
    ones = np.repeat(np.arange(graph.size), np.diff(graph.starts))
    kept = (ones < graph.neighbours) & (graph.weights >= bar)
    one, other, weight = ones[kept], graph.neighbours[kept], graph.weights[kept]
    order = np.lexsort((other, one, -weight))
    return list(zip(one[order].tolist(), other[order].tolist(), strict=True))


def _sum_between(graph: PairGraph, first: list[int], second: list[int], group: list[int], bar: float) -> float:
    """The log-odds of all pairs between two groups over the bar; a pair without a score counts as UNSCORED."""
    few, many = sorted((first, second), key=len)
    target = group[many[0]]
    total, scored = 0.0, 0
    for number in few:
        for place in range(graph.starts[number], graph.starts[number + 1]):
            if group[graph.neighbours[place]] == target:
                total += graph.weights[place] - bar
                scored += 1
    unscored = len(few) * len(many) - scored
    # Two single records are a pair at or over the bar: linked, also where their score equals it.
    return total + unscored * (UNSCORED - bar) if len(few) * len(many) > 1 else 1.0
