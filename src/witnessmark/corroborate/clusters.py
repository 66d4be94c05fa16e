"""Groups by average linkage: two groups are one where their members are alike enough on the average, so that one vague telling never chains two happenings together.

Nearest-neighbour chains (Murtagh 1983) give the same tree as joining the best pair again and again, in time and memory that grow with the square of a component alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

import numpy as np
import numpy.typing as npt

T = TypeVar("T")


def components(size: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The connected components of the numbers below `size`, each in order, in the order of their first."""
    parent = list(range(size))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for one, other in pairs:
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    groups: dict[int, list[int]] = defaultdict(list)
    for n in range(size):
        groups[root(n)].append(n)
    return [groups[n] for n in sorted(groups)]


def labels_of(size: int, one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The same for many pairs at once: for each number the least one of its component. Roots are hooked to the least they meet, then paths are halved (Shiloach and Vishkin 1982)."""
    label = np.arange(size)
    while True:
        first, second = label[one], label[other]
        apart = first != second
        if not apart.any():
            return label
        one, other = one[apart], other[apart]
        least = np.minimum(first, second)[apart]
        np.minimum.at(label, np.maximum(first, second)[apart], least)
        while not np.array_equal(label, further := label[label]):
            label = further


def average_linkage(likeness: npt.NDArray[np.float64], threshold: float) -> list[list[int]]:
    """The groups whose members are alike by at least `threshold` on the average; `likeness` is symmetric, and is used up."""
    size = len(likeness)
    np.fill_diagonal(likeness, -1.0)
    weight, alive = np.ones(size), np.ones(size, dtype=bool)
    joined: list[tuple[int, int]] = []
    chain: list[int] = []
    for _ in range(size - 1):
        if not chain:
            chain.append(int(np.argmax(alive)))
        while True:
            last = chain[-1]
            row = np.where(alive, likeness[last], -2.0)
            row[last] = -2.0
            nearest = int(np.argmax(row))
            if len(chain) > 1 and row[nearest] <= row[chain[-2]]:
                break
            chain.append(nearest)
        one, other = chain.pop(), chain.pop()
        if likeness[one, other] >= threshold:
            joined.append((one, other))
        keep, drop = min(one, other), max(one, other)
        mixed = (likeness[one] * weight[one] + likeness[other] * weight[other]) / (weight[one] + weight[other])
        likeness[keep], likeness[:, keep] = mixed, mixed
        weight[keep] += weight[drop]
        alive[drop] = False
    return components(size, joined)
