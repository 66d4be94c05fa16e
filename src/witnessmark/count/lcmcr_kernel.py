"""The sweeps of the latent-class sampler, compiled by numba.

A sweep works on the observed cells of a capture table, never on individuals. It is a partially collapsed Gibbs sampler:

1. `_renew` draws probabilities, sticks and concentration given the classes of people;
2. `_drift` moves a class's probabilities and weight by Metropolis steps in which the classes of people, and the unseen altogether, are summed out;
3. `_swap` exchanges the places of neighbouring classes on the stick, which changes nothing but the prior of the weights;
4. `_allocate` draws how many are unseen, and then everyone's class, afresh.

Steps 2 and 3 leave the distribution of the parameters alone as it is, and whom they forget is drawn again by 4 before 1 needs them: that order keeps the sampler exact.
Sticks and weights are logarithms throughout: the last ones often lie below the smallest double, and clipping them pulls the concentration upwards.

Sources: Manrique-Vallier, D. (2016) Bayesian population size estimation using Dirichlet process mixtures, Biometrics 72, 1246-1254; swaps after
Papaspiliopoulos, O. and Roberts, G. O. (2008), Biometrika 95, 169-186.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from math import exp, inf, log, log1p
from pathlib import Path
from typing import NamedTuple, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

from witnessmark.count.lcmcr_state import THIN, Cells, Prior, State

Floats = NDArray[np.float64]
Rng = np.random.Generator
F = TypeVar("F", bound=Callable[..., object])

_COMPILED = Path(__file__).parent / "__pycache__"
_CACHED = os.access(_COMPILED if _COMPILED.exists() else _COMPILED.parent, os.W_OK)
"""Compiled code is kept beside this file or nowhere; left to itself numba would turn to the home folder."""

MOVES = 3
"""Steps of `_drift` in a sweep; of 0, 3, 10 and 30 this gave the most effective draws a second on the Kosovo table; on UK's, in long runs, four times as many as 0."""
SMALLEST, SPREAD = -3.0, 3.5
"""Logarithms of the steps of `_drift`, on the logit scale: uniform over SMALLEST to SMALLEST + SPREAD, so that none has to be tuned."""
TINY = 1e-300
"""Keeps what rounding left of nothing from being under it."""
OWN, WEIGHT = 0.5, 0.2
"""A list's own part in a step, and the weight's, beside the part all lists of the class have in common."""


def _compiled(function: F) -> F:
    return cast("F", njit(cache=_CACHED, nogil=True, error_model="numpy")(function))


class _Mixture(NamedTuple):
    """What the likelihood needs: `densities` (classes, cells) of each observed cell in each class, and `seen` (classes), the probability of being on any list."""

    densities: Floats
    seen: Floats


@_compiled
def _log_gamma_draw(rng: Rng, shape: float) -> float:
    """The logarithm of a Gamma(shape, 1) draw, also where the draw itself would underflow."""
    if shape >= 1.0:
        return log(rng.standard_gamma(shape))
    return log(rng.standard_gamma(shape + 1.0)) + log1p(-rng.random()) / shape


@_compiled
def _log_add(x: float, y: float) -> float:
    high, low = max(x, y), min(x, y)
    return high if low == -inf else high + log1p(exp(low - high))


@_compiled
def _renew(rng: Rng, state: State, prior: Prior) -> None:
    on, off, log_weights, alpha, members, marks = state
    classes, lists = on.shape
    for k in range(classes):
        for j in range(lists):
            hit = rng.standard_gamma(1.0 + marks[k, j])
            miss = rng.standard_gamma(1.0 + members[k] - marks[k, j])
            on[k, j] = hit / (hit + miss)
            off[k, j] = miss / (hit + miss)
    later = members.sum()
    rest = 0.0
    for k in range(classes - 1):
        later -= members[k]
        taken = _log_gamma_draw(rng, 1.0 + members[k])
        left = _log_gamma_draw(rng, alpha[0] + later)
        both = _log_add(taken, left)
        log_weights[k] = rest + taken - both
        rest += left - both
    log_weights[classes - 1] = rest
    alpha[0] = exp(_log_gamma_draw(rng, prior.shape + classes - 1.0)) / (prior.rate - rest)


@_compiled
def _describe(cells: Cells, state: State, k: int, mixture: _Mixture) -> None:
    """Bring class k of `mixture` up to date with its probabilities."""
    on, off = state.on[k], state.off[k]
    for c in range(cells.counts.shape[0]):
        p = 1.0
        for j in range(on.shape[0]):
            p *= on[j] if cells.bits[c, j] else off[j]
        mixture.densities[k, c] = p
    seen = 0.0
    for j in range(on.shape[0]):
        seen += (1.0 - seen) * on[j]
    mixture.seen[k] = seen


@_compiled
def _mix(mixture: _Mixture, log_weights: Floats, mixed: Floats) -> float:
    """Fill `mixed` (cells) with the probability of each observed cell over all classes; returns that of being on any list. The weights need not sum to 1."""
    mixed[:] = 0.0
    observed = 0.0
    for k in range(log_weights.shape[0]):
        weight = exp(log_weights[k])
        observed += weight * mixture.seen[k]
        for c in range(mixed.shape[0]):
            mixed[c] += weight * mixture.densities[k, c]
    return observed


@_compiled
def _log_likelihood(counts: NDArray[np.int64], mixed: Floats, observed: float) -> float:
    """Of the observed cells, given that whoever is in them was observed."""
    total, people = 0.0, 0.0
    for c in range(counts.shape[0]):
        total += counts[c] * log(max(mixed[c], TINY))
        people += counts[c]
    return total - people * log(observed)


@_compiled
def _log_prior(log_weights: Floats, alpha: float) -> tuple[float, float]:
    """Of weights known up to a factor, as a density of their logarithms relative to any one of them; and the logarithm of their sum.

    With sticks V ~ Beta(1, alpha) the weights have density alpha^(K-1) w_K^(alpha-1) / (r_2 ... r_(K-1)), r_k being the sum of those from k on;
    relative logarithms multiply it by w_1 ... w_K. Factors of alpha alone are left out.
    """
    last = log_weights.shape[0] - 1
    tail = log_weights[last]
    total = alpha * tail
    for k in range(last - 1, -1, -1):
        tail = _log_add(tail, log_weights[k])
        total += log_weights[k]
        if k > 0:
            total -= tail
    return total - (alpha + 1.0) * tail, tail


@_compiled
def _pick(rng: Rng, log_weights: Floats) -> int:
    left = rng.random()
    for k in range(log_weights.shape[0] - 1):
        left -= exp(log_weights[k])
        if left < 0.0:
            return k
    return len(log_weights) - 1


@_compiled
def _step(rng: Rng, state: State, k: int) -> tuple[float, float]:
    """Move the probabilities of class k; returns the logarithm of the Jacobian of their logits, and noise for its weight."""
    scale = exp(SMALLEST + SPREAD * rng.random())
    common = scale * rng.standard_normal()
    jacobian = 0.0
    for j in range(state.on.shape[1]):
        by = common + OWN * scale * rng.standard_normal()
        both = state.on[k, j] * exp(by) + state.off[k, j]
        state.on[k, j] *= exp(by) / both
        state.off[k, j] /= both
        jacobian += by - 2.0 * log(both)
    return jacobian, WEIGHT * scale * rng.standard_normal()


@_compiled
def _drift(rng: Rng, cells: Cells, state: State, mixture: _Mixture) -> None:
    """Move classes to and fro between few people often seen and many seldom seen: the direction in which lists say least of the total.

    A class is picked by its weight; when its probabilities move, its weight moves the other way, so that about as many of it stay seen. `mixture` is filled, and left as the state is.
    """
    log_weights, alpha = state.log_weights, state.alpha[0]
    classes, lists = state.on.shape
    for k in range(classes):
        _describe(cells, state, k, mixture)
    mixed, tried = np.empty(cells.counts.shape[0]), np.empty(cells.counts.shape[0])
    observed = _mix(mixture, log_weights, mixed)
    likelihood = _log_likelihood(cells.counts, mixed, observed)
    prior, _ = _log_prior(log_weights, alpha)
    on, off, densities = np.empty(lists), np.empty(lists), np.empty(cells.counts.shape[0])
    for _move in range(MOVES):
        k = _pick(rng, log_weights)
        on[:], off[:], densities[:] = state.on[k], state.off[k], mixture.densities[k]
        seen, weight = mixture.seen[k], log_weights[k]
        jacobian, noise = _step(rng, state, k)
        _describe(cells, state, k, mixture)
        log_weights[k] += log(seen / mixture.seen[k]) + noise
        before, after = exp(weight), exp(log_weights[k])
        for c in range(tried.shape[0]):
            tried[c] = mixed[c] - before * densities[c] + after * mixture.densities[k, c]
        seen_then = observed - before * seen + after * mixture.seen[k]
        proposed = _log_likelihood(cells.counts, tried, seen_then)
        proposed_prior, total = _log_prior(log_weights, alpha)
        picking = log_weights[k] - total - weight
        if log(rng.random()) < proposed - likelihood + proposed_prior - prior + jacobian + picking:
            log_weights -= total
            scale = exp(-total)
            for c in range(tried.shape[0]):
                mixed[c] = tried[c] * scale
            observed = seen_then * scale
            likelihood, prior = proposed, proposed_prior
        else:
            state.on[k], state.off[k], mixture.densities[k] = on, off, densities
            mixture.seen[k], log_weights[k] = seen, weight


@_compiled
def _swap(rng: Rng, state: State, mixture: _Mixture) -> None:
    log_weights = state.log_weights
    classes, lists = state.on.shape
    after = -inf
    for k in range(classes - 2, -1, -1):
        first, second = log_weights[k], log_weights[k + 1]
        ratio = (state.alpha[0] - 1.0) * (first - second) if k == classes - 2 else _log_add(second, after) - _log_add(first, after)
        if log(rng.random()) < ratio:
            log_weights[k], log_weights[k + 1] = second, first
            mixture.seen[k], mixture.seen[k + 1] = mixture.seen[k + 1], mixture.seen[k]
            for j in range(lists):
                state.on[k, j], state.on[k + 1, j] = state.on[k + 1, j], state.on[k, j]
                state.off[k, j], state.off[k + 1, j] = state.off[k + 1, j], state.off[k, j]
            for c in range(mixture.densities.shape[1]):
                mixture.densities[k, c], mixture.densities[k + 1, c] = mixture.densities[k + 1, c], mixture.densities[k, c]
        after = _log_add(after, log_weights[k + 1])


@_compiled
def _share_out(rng: Rng, people: int, shares: Floats, rest: Floats, part: NDArray[np.int64]) -> None:
    """Fill `part` with a multinomial draw of `people` in proportion to `shares`; `rest` is room to work in."""
    total = 0.0
    for k in range(shares.shape[0] - 1, -1, -1):
        total += shares[k]
        rest[k] = total
    part[:] = 0
    for k in range(shares.shape[0]):
        if people == 0:
            return
        certain = k == shares.shape[0] - 1 or shares[k] >= rest[k]
        part[k] = people if certain else rng.binomial(people, shares[k] / rest[k])
        people -= part[k]


@_compiled
def _allocate(rng: Rng, cells: Cells, state: State, mixture: _Mixture) -> int:
    """Draw how many are unseen, and everyone's class, given what `mixture` holds of the state; returns the unseen."""
    classes, lists = state.on.shape
    weights = np.exp(state.log_weights)
    part = np.empty(classes, dtype=np.int64)
    missed = np.copy(weights)
    shares, rest = np.empty(classes), np.empty(classes)
    state.members[:] = 0
    state.marks[:] = 0
    for k in range(classes):
        for j in range(lists):
            missed[k] *= state.off[k, j]
    for c in range(cells.counts.shape[0]):
        for k in range(classes):
            shares[k] = weights[k] * mixture.densities[k, c]
        _share_out(rng, cells.counts[c], shares, rest, part)
        for k in range(classes):
            if part[k] > 0:
                state.members[k] += part[k]
                for j in range(lists):
                    state.marks[k, j] += part[k] * cells.bits[c, j]
    rate = missed.sum() / (weights * mixture.seen).sum()
    unseen: int = rng.poisson(rng.standard_gamma(float(cells.counts.sum())) * rate)
    _share_out(rng, unseen, missed, rest, part)
    for k in range(classes):
        state.members[k] += part[k]
    return unseen


@_compiled
def advance(rng: Rng, cells: Cells, state: State, prior: Prior, unseen: NDArray[np.int64]) -> None:
    """Fill `unseen` with draws of how many are on no list, THIN sweeps apart, going on from `state`, which is left where the last sweep ends."""
    classes = state.on.shape[0]
    mixture = _Mixture(np.empty((classes, cells.counts.shape[0])), np.empty(classes))
    for i in range(unseen.shape[0]):
        for _sweep in range(THIN):
            _renew(rng, state, prior)
            _drift(rng, cells, state, mixture)
            _swap(rng, state, mixture)
            unseen[i] = _allocate(rng, cells, state, mixture)
