"""How often a method's interval holds the truth: populations of a known size, listed in ways that suit a method's assumption or break it.

A kind of population is a law for who gets onto which list. `independent` is what every method allows for; `dependent pair` has two lists that
were compiled from each other in part; `two groups` has people whom every list hardly reaches, so that all lists depend on each other through them; `sparse` has
short lists that share few people. A method that refuses neither covers nor fails: refusals are counted apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from witnessmark.count.table import CaptureTable
from witnessmark.model.estimate import Estimate

KINDS = ("independent", "dependent pair", "two groups", "sparse")
LISTS = 4
PASSED_ON = 0.5
"""Share of the first list that the second took over, where the pair is dependent."""
HIDDEN = 0.5
"""Share of the group that lists hardly reach."""

Method = Callable[[CaptureTable, int], Estimate]
"""A method under test: a table and a seed to an estimate."""


class Population(NamedTuple):
    """What was listed, and how many there are."""

    kind: str
    table: CaptureTable
    truth: int


class Coverage(NamedTuple):
    """What one method did with the populations of one kind; `ratios` are totals over truths and `widths` interval widths over truths, of those it estimated."""

    method: str
    kind: str
    populations: int
    refused: int
    covered: int
    ratios: tuple[float, ...]
    widths: tuple[float, ...]


def simulate(kind: str, seed: int) -> Population:
    """A population of 1,000 to 3,000 people on four lists, the same for the same kind and seed."""
    rng = np.random.default_rng([KINDS.index(kind), seed])
    truth = int(rng.integers(1_000, 3_001))
    low, high = (0.02, 0.07) if kind == "sparse" else (0.1, 0.4)
    chances = np.tile(rng.uniform(low, high, LISTS), (truth, 1))
    if kind == "two groups":
        chances[rng.random(truth) < HIDDEN] /= 4
    listed = rng.random((truth, LISTS)) < chances
    if kind == "dependent pair":
        listed[:, 1] |= listed[:, 0] & (rng.random(truth) < PASSED_ON)
    return Population(kind, _table(listed), truth)


def measure(methods: Mapping[str, Method], kind: str, populations: int) -> list[Coverage]:
    """Every method on the same populations of one kind."""
    seen = [simulate(kind, seed) for seed in range(populations)]
    return [
        _coverage(name, kind, [(method(one.table, seed), one.truth) for seed, one in enumerate(seen)]) for name, method in methods.items()
    ]


def _coverage(method: str, kind: str, results: list[tuple[Estimate, int]]) -> Coverage:
    made = [(found.total, found.interval, truth) for found, truth in results if found.total is not None and found.interval is not None]
    return Coverage(
        method=method,
        kind=kind,
        populations=len(results),
        refused=len(results) - len(made),
        covered=sum(interval.low <= truth <= interval.high for _, interval, truth in made),
        ratios=tuple(total / truth for total, _, truth in made),
        widths=tuple((interval.high - interval.low) / truth for _, interval, truth in made),
    )


def _table(listed: NDArray[np.bool_]) -> CaptureTable:
    counted = np.bincount(listed @ (1 << np.arange(listed.shape[1])), minlength=1 << listed.shape[1])
    return CaptureTable.from_histories("ABCDEFGHIJKLMNOP"[: listed.shape[1]], enumerate(counted.tolist()))
