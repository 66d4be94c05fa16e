"""Decomposable graphs over a few lists: every way in which they can depend on each other so that the graph falls apart into cliques joined at separators.

A graph is decomposable where its vertices can be taken away one by one, each with neighbours that are all joined among themselves (Lauritzen, Graphical Models, 1996,
section 2.1); the probability of a cell is then a product over those families divided by the product over their neighbour sets.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from witnessmark.count.terms import pairs


@dataclass(frozen=True)
class Graph:
    """Which lists are joined (`edges`), and for each list as it was taken away itself with its neighbours (`families`) and those neighbours alone (`separators`), as bit masks."""

    edges: tuple[int, ...]
    families: tuple[int, ...]
    separators: tuple[int, ...]


@lru_cache(maxsize=8)
def decomposable_graphs(lists: int) -> tuple[Graph, ...]:
    """All of them, the complete one and the one without edges included: 8 over three lists, 61 over four, 822 over five, 18,154 over six."""
    possible = pairs(lists)
    found = (_taken_apart(tuple(pair for k, pair in enumerate(possible) if code >> k & 1), lists) for code in range(1 << len(possible)))
    return tuple(graph for graph in found if graph)


def _taken_apart(edges: tuple[int, ...], lists: int) -> Graph | None:
    neighbours = [0] * lists
    for edge in edges:
        for vertex in _bits(edge):
            neighbours[vertex] |= edge & ~(1 << vertex)
    left, families, separators = (1 << lists) - 1, [], []
    while left:
        removable = [v for v in _bits(left) if _joined(neighbours[v] & left, neighbours)]
        if not removable:
            return None
        vertex = removable[0]
        around = neighbours[vertex] & left
        families.append(around | 1 << vertex)
        separators.append(around)
        left &= ~(1 << vertex)
    return Graph(edges, tuple(families), tuple(separators))


def _joined(vertices: int, neighbours: list[int]) -> bool:
    """Whether these vertices are all neighbours of each other."""
    return all(vertices & ~neighbours[v] == 1 << v for v in _bits(vertices))


def _bits(mask: int) -> list[int]:
    return [j for j in range(mask.bit_length()) if mask >> j & 1]
