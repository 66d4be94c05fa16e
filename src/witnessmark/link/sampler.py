"""A Gibbs sampler over ways to divide records into people, compiled by numba.

A division has probability in proportion to exp(sum over its people of E), E of a person being the sum of the log-odds of all pairs of their records, and `cohesion` for each pair
beyond those that hold the records together. Without cohesion the prior odds against a match would count once for each pair of a person's records; they belong to each record that joins.
One step takes one record out and puts it back alone or with the records of a neighbour, in proportion to what each would give.
Steps of this kind are those of Neal (2000), Markov chain sampling methods for Dirichlet process mixture models, Journal of Computational and Graphical Statistics 9, 249-265, algorithm 1,
with the pairwise likelihood used for linkage by Sadinle (2014), Detecting duplicates in a homicide registry using a Bayesian partitioning approach, Annals of Applied Statistics 8, 2404-2434.
"""

from __future__ import annotations

# ruff: noqa: PLR0913, PLR0917 -- the graph and the state go to numba as plain arrays
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

import numpy as np
from numba import njit

from witnessmark.link.graph import UNSCORED, Floats, Ints

Rng = np.random.Generator
F = TypeVar("F", bound=Callable[..., object])

_COMPILED = Path(__file__).parent / "__pycache__"
_CACHED = os.access(_COMPILED if _COMPILED.exists() else _COMPILED.parent, os.W_OK)
"""Compiled code is kept beside this file or nowhere; left to itself numba would turn to the home folder."""


def _compiled(function: F) -> F:
    return cast("F", njit(cache=_CACHED, nogil=True, error_model="numpy")(function))


@_compiled
def _around(one: int, starts: Ints, neighbours: Ints, weights: Floats, group: Ints, near: Ints, sums: Floats, scored: Ints) -> int:
    """The groups of a record's neighbours into `near`, with the sum of the weights to each and how many there are; returns how many groups."""
    found = 0
    for place in range(starts[one], starts[one + 1]):
        other = group[neighbours[place]]
        at = 0
        while at < found and near[at] != other:
            at += 1
        if at == found:
            near[at], sums[at], scored[at] = other, 0.0, 0
            found += 1
        sums[at] += weights[place]
        scored[at] += 1
    return found


@_compiled
def _chosen(rng: Rng, gains: Floats, found: int) -> int:
    """One of the first `found` places with weight exp(gain), or `found` (alone, gain 0)."""
    top = 0.0
    for at in range(found):
        top = max(top, gains[at])
    whole = np.exp(-top)
    for at in range(found):
        whole += np.exp(gains[at] - top)
    left = rng.random() * whole
    for at in range(found):
        left -= np.exp(gains[at] - top)
        if left < 0:
            return at
    return found


@_compiled
def _gains(
    single: int, cohesion: float, sizes: Ints, masks: Ints, near: Ints, sums: Floats, scored: Ints, gains: Floats, found: int
) -> None:
    """What joining each of the `found` groups would give, into `gains`; joining one that holds a row of the same list, where that names everyone once, is impossible."""
    for at in range(found):
        inside = sizes[near[at]]
        gains[at] = sums[at] + (inside - scored[at]) * UNSCORED + (inside - 1) * cohesion
        if masks[near[at]] & single:
            gains[at] = -np.inf


@_compiled
def _start(group: Ints, single: Ints, sizes: Ints, masks: Ints, free: Ints) -> int:
    """Fills `masks` (the lists that name everyone once, of each group) and `free` (numbers of empty groups); returns how many are free."""
    empty = 0
    for one in range(len(group)):
        masks[group[one]] |= single[one]
        if sizes[one] == 0:
            free[empty] = one
            empty += 1
    return empty


@_compiled
def sweep(
    rng: Rng,
    starts: Ints,
    neighbours: Ints,
    weights: Floats,
    single: Ints,
    cohesion: float,
    group: Ints,
    sizes: Ints,
    sweeps: int,
) -> float:
    """Moves every record `sweeps` times, changing `group` and `sizes` (records of each group) in place. Returns the mean number of linked pairs after each sweep.

    `group` (records) holds numbers below the number of records; the caller keeps both arrays in step.
    """
    size = len(group)
    most = 1 + np.max(np.diff(starts)) if size else 1
    near, scored = np.empty(most, np.int64), np.empty(most, np.int64)
    sums, gains = np.empty(most), np.empty(most)
    masks, free = np.zeros(size, np.int64), np.empty(size, np.int64)
    empty = _start(group, single, sizes, masks, free)
    linked = 0.0
    for _ in range(sweeps):
        for one in range(size):
            if starts[one] == starts[one + 1]:
                continue
            left = group[one]
            sizes[left] -= 1
            masks[left] &= ~single[one]
            if sizes[left] == 0:
                free[empty] = left
                empty += 1
            group[one] = -1
            found = _around(one, starts, neighbours, weights, group, near, sums, scored)
            _gains(single[one], cohesion, sizes, masks, near, sums, scored, gains, found)
            at = _chosen(rng, gains, found)
            joined = near[at] if at < found else free[empty - 1]
            empty -= sizes[joined] == 0
            group[one] = joined
            sizes[joined] += 1
            masks[joined] |= single[one]
        linked += np.sum(sizes * (sizes - 1)) / 2
    return linked / sweeps
