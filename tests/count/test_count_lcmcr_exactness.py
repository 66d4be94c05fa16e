"""The sampler draws from the posterior it says it draws from: checked against a sum over all possibilities, and against the prior."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import betaln, gammaln

from witnessmark.count import diagnostics
from witnessmark.count.lcmcr_kernel import advance
from witnessmark.count.lcmcr_state import Cells, Prior, State, dispersed_state

CLASSES, LISTS = 3, 3
PRIOR = Prior(shape=0.25, rate=0.25)
ONE_EACH = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0]])
"""Four people, by the lists they are on."""
MOST_UNSEEN = 32


def stick_terms(members: NDArray[np.int64]) -> NDArray[np.float64]:
    """Log probability of one particular assignment of people to three classes, the concentration integrated out; `members` (rows, 3)."""
    nodes, weights = np.polynomial.legendre.leggauss(120)
    root = 1.75 * (nodes + 1)  # alpha = root ** 4 makes alpha ** -0.75 smooth
    alpha = root**4
    mass = weights * 1.75 * 4 * np.exp(-alpha / 4) * 0.25**0.25 / np.exp(gammaln(0.25))
    first, second, third = (members[:, k, None].astype(float) for k in range(CLASSES))
    terms = betaln(1 + first, alpha + second + third) + betaln(1 + second, alpha + third) - 2 * betaln(1, alpha)
    result: NDArray[np.float64] = np.log(np.exp(terms) @ mass)
    return result


def exact_posterior() -> NDArray[np.float64]:
    """Probability of 0, 1, ... MOST_UNSEEN unseen people, given that there are no more: summed over every assignment to classes."""
    unseen = np.array([x for x in product(range(MOST_UNSEEN + 1), repeat=CLASSES) if sum(x) <= MOST_UNSEEN])
    total = unseen.sum(axis=1)
    ways = gammaln(total + 1) - gammaln(unseen + 1).sum(axis=1)
    population = gammaln(total + len(ONE_EACH)) - gammaln(total + 1)  # 1/N times the ways to choose who is unseen
    sticks: dict[tuple[int, ...], NDArray[np.float64]] = {}
    mass = np.zeros(MOST_UNSEEN + 1)
    for assignment in product(range(CLASSES), repeat=len(ONE_EACH)):
        chosen = np.eye(CLASSES, dtype=np.int64)[list(assignment)]
        seen, marks = chosen.sum(axis=0), chosen.T @ ONE_EACH
        members = unseen + seen
        if tuple(seen) not in sticks:
            sticks[tuple(seen)] = stick_terms(members)
        capture = betaln(1 + marks, 1 + members[:, :, None] - marks).sum(axis=(1, 2))
        mass += np.bincount(total, weights=np.exp(ways + population + sticks[tuple(seen)] + capture), minlength=MOST_UNSEEN + 1)
    result: NDArray[np.float64] = mass / mass.sum()
    return result


def test_the_posterior_of_four_people_is_the_sum_over_every_way_they_could_be_classed() -> None:
    exact = exact_posterior()
    cells = Cells(bits=ONE_EACH, counts=np.ones(len(ONE_EACH), dtype=np.int64))
    draws = np.empty((4, 6_000), dtype=np.int64)
    for seed, row in enumerate(draws):
        rng = np.random.default_rng(seed)
        advance(rng, cells, dispersed_state(rng, cells, CLASSES), PRIOR, row)
    within = draws <= MOST_UNSEEN
    for most in (0, 1, 2, 4, 8, 16, 24):
        under = (draws <= most).astype(float)
        share, expected = under.sum() / within.sum(), exact[: most + 1].sum()
        assert share == pytest.approx(expected, abs=4.5 * diagnostics.mean_error(under) / within.mean()), most


def histories() -> NDArray[np.int64]:
    return np.array([x for x in product((0, 1), repeat=LISTS) if any(x)])


def simulate(rng: np.random.Generator, state: State, cells: Cells, people: int) -> Cells:
    """People observed from the parameters of `state`, whose classes are set to theirs and to those of as many unseen as p(N) ~ 1/N implies."""
    weights = np.exp(state.log_weights)
    dense = weights[:, None] * np.where(cells.bits[None], state.on[:, None], state.off[:, None]).prod(axis=2)
    missed = weights * state.off.prod(axis=1)
    observed = rng.multinomial(people, (dense / dense.sum()).ravel()).reshape(dense.shape)
    unseen = rng.poisson(rng.standard_gamma(people) * missed.sum() / dense.sum())
    state.members[:] = observed.sum(axis=1) + rng.multinomial(unseen, missed / missed.sum())
    state.marks[:] = observed @ cells.bits
    return Cells(bits=cells.bits, counts=observed.sum(axis=0).astype(np.int64))


def alternated(seed: int, rounds: int) -> Iterator[tuple[float, ...]]:
    """Data drawn from the parameters, parameters drawn from the data, and so on: then the parameters follow their prior (Geweke 2004)."""
    rng = np.random.default_rng(seed)
    cells = Cells(bits=histories(), counts=np.ones(2**LISTS - 1, dtype=np.int64))
    state = dispersed_state(rng, cells, CLASSES)
    unseen = np.empty(1, dtype=np.int64)
    for _ in range(rounds):
        advance(rng, cells, state, PRIOR, unseen)
        cells = simulate(rng, state, cells, 12)
        yield state.alpha[0], np.logaddexp(*state.log_weights[1:]), state.log_weights[2], state.on[0, 0], state.on[2, 1], state.on[0].prod()


def from_the_prior(rng: np.random.Generator, size: int) -> NDArray[np.float64]:
    alpha = rng.gamma(PRIOR.shape, 1 / PRIOR.rate, size)
    sticks = -rng.standard_exponential((size, 2)) / alpha[:, None]  # log(1 - V), V ~ Beta(1, alpha)
    on = rng.random((size, CLASSES, LISTS))
    return np.column_stack([alpha, sticks[:, 0], sticks.sum(axis=1), on[:, 0, 0], on[:, 2, 1], on[:, 0].prod(axis=1)])


def test_drawing_data_and_parameters_by_turns_keeps_the_prior_of_the_parameters() -> None:
    chains = np.array([list(alternated(seed, 4000)) for seed in range(2)])
    prior = from_the_prior(np.random.default_rng(9), 400_000)
    for statistic in range(chains.shape[2]):
        for probability in (0.1, 0.3, 0.5, 0.7, 0.9):
            under = (chains[:, 400:, statistic] <= np.quantile(prior[:, statistic], probability)).astype(float)
            assert under.mean() == pytest.approx(probability, abs=4.5 * diagnostics.mean_error(under)), (statistic, probability)
