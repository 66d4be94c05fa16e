"""What the latent-class sampler works on: the observed cells, the prior, and the state of a chain, as plain tuples of arrays that numba can take."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from witnessmark.count.table import CaptureTable

THIN = 20
"""Sweeps from one draw that is kept to the next."""
FEWEST_UNSEEN, MOST_UNSEEN = -1.0, 1.5
"""A chain starts with between a tenth and thirty times as many unseen as seen (logarithms to base 10)."""


class Cells(NamedTuple):
    """The cells in which anyone was observed: `bits` (cells, lists), 1 where its people are on the list, and `counts` (cells), how many they are."""

    bits: NDArray[np.int64]
    counts: NDArray[np.int64]


class Prior(NamedTuple):
    """The concentration of the Dirichlet process is Gamma(shape, rate)."""

    shape: float
    rate: float


class State(NamedTuple):
    """Where a chain is.

    `on` and `off` (classes, lists): probabilities of being on a list and of not being on it; `log_weights` (classes); `alpha` (1): the concentration;
    `members` (classes): how many people of the whole population are in a class; `marks` (classes, lists): how many of them are on a list.
    """

    on: NDArray[np.float64]
    off: NDArray[np.float64]
    log_weights: NDArray[np.float64]
    alpha: NDArray[np.float64]
    members: NDArray[np.int64]
    marks: NDArray[np.int64]


def cells_of(table: CaptureTable) -> Cells:
    """The cells of a table in which anyone was observed."""
    counts = np.array(table.counts, dtype=np.int64)
    return Cells(bits=np.ascontiguousarray(table.design()[counts > 0], dtype=np.int64), counts=counts[counts > 0])


def dispersed_state(rng: np.random.Generator, cells: Cells, classes: int) -> State:
    """A start far from any posterior: the unseen between a tenth and thirty times the seen, everyone in classes at random, each cell apart.

    Probabilities, weights and concentration are not set: a sweep begins by drawing them, given `members`, `marks` and a concentration of 1.
    """
    lists = cells.bits.shape[1]
    members = np.zeros(classes, dtype=np.int64)
    marks = np.zeros((classes, lists), dtype=np.int64)
    for bits, count in zip(cells.bits, cells.counts, strict=True):
        part = rng.multinomial(count, rng.dirichlet(np.full(classes, 0.5)))
        members += part
        marks += part[:, None] * bits
    unseen = int(cells.counts.sum() * 10.0 ** rng.uniform(FEWEST_UNSEEN, MOST_UNSEEN))
    members += rng.multinomial(unseen, rng.dirichlet(np.full(classes, 0.5)))
    return State(
        on=np.full((classes, lists), 0.5),
        off=np.full((classes, lists), 0.5),
        log_weights=np.full(classes, -np.log(classes)),
        alpha=np.ones(1),
        members=members,
        marks=marks,
    )
