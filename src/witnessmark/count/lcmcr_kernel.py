"""The sweeps of the latent-class sampler, compiled by numba.

A sweep works on the observed cells of a capture table, never on individuals. It is a partially collapsed Gibbs sampler:

1. `_drift` moves a class's capture probabilities and weight by Metropolis steps with the classes of people, and the unseen altogether, summed out;
2. `_swap` exchanges the places of neighbouring classes on the stick, which changes nothing but the prior of the weights;
3. `_allocate` draws how many are unseen, then the class of everyone, cell by cell;
4. `_renew` draws probabilities, sticks and concentration given those classes.

Steps 1 and 2 keep the distribution of the parameters with people summed out, and 3 draws people afresh before 4 needs them, so the order matters.
Weights are kept as logarithms, and sticks are drawn as logarithms, because an empty last stick is often below the smallest double, and clipping it
pulls the concentration towards larger values.

Source: Manrique-Vallier, D. (2016) Bayesian population size estimation using Dirichlet process mixtures, Biometrics 72, 1246-1254. Swapping places on the
stick: Papaspiliopoulos and Roberts (2008), Biometrika 95, 169-186.

Shapes: `bits` (cells, lists) and `counts` (cells) of the observed cells; `on` and `off` (classes, lists) the probabilities of being on a list and of not;
`log_weights` (classes); `members` (classes) and `marks` (classes, lists) people of a class, and those of them on a list; `alpha` (1).
"""

from __future__ import annotations

import os
from math import exp, inf, log, log1p
from pathlib import Path

import numpy as np
from numba import njit

_COMPILED = Path(__file__).parent / "__pycache__"
_CACHED = os.access(_COMPILED if _COMPILED.exists() else _COMPILED.parent, os.W_OK)
"""Compiled code is kept beside this file or not at all: numba would otherwise write into the home folder."""


@njit(cache=_CACHED, nogil=True)
def _log_gamma_draw(rng, shape):
    """The logarithm of a Gamma(shape, 1) draw, exact for shapes whose draws underflow."""
    if shape >= 1.0:
        return log(rng.standard_gamma(shape))
    return log(rng.standard_gamma(shape + 1.0)) + log1p(-rng.random()) / shape


@njit(cache=_CACHED, nogil=True)
def _log_add(x, y):
    high, low = (x, y) if x > y else (y, x)
    return high if low == -inf else high + log1p(exp(low - high))


@njit(cache=_CACHED, nogil=True)
def _renew(rng, members, marks, on, off, log_weights, alpha, a, b):
    """Probabilities, weights and concentration given the classes of people."""
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
    alpha[0] = exp(_log_gamma_draw(rng, a + classes - 1.0)) / (b - rest)


@njit(cache=_CACHED, nogil=True)
def _densities_of(bits, on, off, k, densities):
    """Fill `densities` with the probability of each observed cell in class k; returns that of being on any list."""
    cells, lists = bits.shape
    for c in range(cells):
        p = 1.0
        for j in range(lists):
            p *= on[k, j] if bits[c, j] else off[k, j]
        densities[c] = p
    seen = 0.0
    for j in range(lists):
        seen += (1.0 - seen) * on[k, j]
    return seen


@njit(cache=_CACHED, nogil=True)
def _log_likelihood(counts, densities, seen, log_weights):
    """Of the observed cells given that people were observed; weights need not sum to 1."""
    cells = counts.shape[0]
    mixed = np.zeros(cells)
    observed = 0.0
    for k in range(log_weights.shape[0]):
        w = exp(log_weights[k])
        observed += w * seen[k]
        for c in range(cells):
            mixed[c] += w * densities[k, c]
    total, people = 0.0, 0.0
    for c in range(cells):
        if mixed[c] <= 0.0:
            return -inf
        total += counts[c] * log(mixed[c])
        people += counts[c]
    return total - people * log(observed)


@njit(cache=_CACHED, nogil=True)
def _log_prior(log_weights, alpha):
    """Of weights known up to a factor, as a density of their logarithms relative to one of them; and the logarithm of their sum."""
    last = log_weights.shape[0] - 1
    tail = log_weights[last]
    total = alpha * tail
    for k in range(last - 1, -1, -1):
        tail = _log_add(tail, log_weights[k])
        total += log_weights[k]
        if k > 0:
            total -= tail
    return total - (alpha + 1.0) * tail, tail


@njit(cache=_CACHED, nogil=True)
def _drift(rng, bits, counts, on, off, log_weights, alpha, moves, scratch):
    classes, lists = on.shape
    densities = np.empty((classes, bits.shape[0]))
    seen = np.empty(classes)
    for k in range(classes):
        seen[k] = _densities_of(bits, on, off, k, densities[k])
    likelihood = _log_likelihood(counts, densities, seen, log_weights)
    prior, _ = _log_prior(log_weights, alpha)
    kept_on, kept_off, kept_densities = np.empty(lists), np.empty(lists), np.empty(bits.shape[0])
    for _move in range(moves):
        u = rng.random()
        k = 0
        while k < classes - 1 and u > exp(log_weights[k]):
            u -= exp(log_weights[k])
            k += 1
        kept_on[:], kept_off[:], kept_densities[:] = on[k], off[k], densities[k]
        kept_seen, kept_weight = seen[k], log_weights[k]
        scale = exp(scratch[0] + scratch[1] * rng.random())
        common = scale * rng.standard_normal()
        jacobian = 0.0
        for j in range(lists):
            factor = exp(common + scratch[2] * scale * rng.standard_normal())
            both = on[k, j] * factor + off[k, j]
            on[k, j] = on[k, j] * factor / both
            off[k, j] = off[k, j] / both
            jacobian += log(factor) - 2.0 * log(both)
        seen[k] = _densities_of(bits, on, off, k, densities[k])
        log_weights[k] += log(kept_seen / seen[k]) + scratch[3] * scale * rng.standard_normal()
        new_likelihood = _log_likelihood(counts, densities, seen, log_weights)
        new_prior, total = _log_prior(log_weights, alpha)
        ratio = new_likelihood - likelihood + new_prior - prior + jacobian + log_weights[k] - total - kept_weight
        scratch[4] += 1
        if log(rng.random()) < ratio:
            scratch[5] += 1
            log_weights -= total
            likelihood = new_likelihood
            prior, _ = _log_prior(log_weights, alpha)
        else:
            on[k], off[k], densities[k] = kept_on, kept_off, kept_densities
            seen[k], log_weights[k] = kept_seen, kept_weight


@njit(cache=_CACHED, nogil=True)
def _swap(rng, on, off, log_weights, alpha):
    classes, lists = on.shape
    after = -inf
    for k in range(classes - 2, -1, -1):
        first, second = log_weights[k], log_weights[k + 1]
        if k == classes - 2:
            ratio = (alpha - 1.0) * (first - second)
        else:
            ratio = _log_add(second, after) - _log_add(first, after)
        if log(rng.random()) < ratio:
            log_weights[k], log_weights[k + 1] = second, first
            for j in range(lists):
                on[k, j], on[k + 1, j] = on[k + 1, j], on[k, j]
                off[k, j], off[k + 1, j] = off[k + 1, j], off[k, j]
        after = _log_add(after, log_weights[k + 1])


@njit(cache=_CACHED, nogil=True)
def _share(rng, people, shares, part):
    """Share people out over classes, multinomially, in proportion to `shares`."""
    classes = shares.shape[0]
    rest = np.empty(classes)
    rest[classes - 1] = shares[classes - 1]
    for k in range(classes - 2, -1, -1):
        rest[k] = rest[k + 1] + shares[k]
    part[:] = 0
    for k in range(classes):
        if people == 0:
            break
        if k == classes - 1 or shares[k] >= rest[k]:
            taken = people
        else:
            taken = rng.binomial(people, shares[k] / rest[k])
        part[k] = taken
        people -= taken


@njit(cache=_CACHED, nogil=True)
def _allocate(rng, bits, counts, on, off, log_weights, members, marks):
    """Draw the unseen and everyone's class; returns how many are unseen."""
    classes, lists = on.shape
    cells = counts.shape[0]
    weights = np.exp(log_weights)
    members[:] = 0
    marks[:] = 0
    shares = np.empty(classes)
    part = np.empty(classes, dtype=np.int64)
    people = 0
    for c in range(cells):
        for k in range(classes):
            p = weights[k]
            for j in range(lists):
                p *= on[k, j] if bits[c, j] else off[k, j]
            shares[k] = p
        _share(rng, counts[c], shares, part)
        people += counts[c]
        for k in range(classes):
            if part[k] > 0:
                members[k] += part[k]
                for j in range(lists):
                    if bits[c, j]:
                        marks[k, j] += part[k]
    missed, caught = 0.0, 0.0
    for k in range(classes):
        p, s = 1.0, 0.0
        for j in range(lists):
            p *= off[k, j]
            s += (1.0 - s) * on[k, j]
        shares[k] = weights[k] * p
        missed += shares[k]
        caught += weights[k] * s
    unseen = rng.poisson(rng.standard_gamma(float(people)) * missed / caught)
    _share(rng, unseen, shares, part)
    for k in range(classes):
        members[k] += part[k]
    return unseen


@njit(cache=_CACHED, nogil=True)
def advance(rng, bits, counts, on, off, log_weights, alpha, members, marks, a, b, moves, thin, scratch, unseen):
    """Fill `unseen` with draws of the number unseen, `thin` sweeps apart; the state goes on from where it is and is left where it ends."""
    for i in range(unseen.shape[0]):
        for _sweep in range(thin):
            _renew(rng, members, marks, on, off, log_weights, alpha, a, b)
            if moves > 0:
                _drift(rng, bits, counts, on, off, log_weights, alpha[0], moves, scratch)
            _swap(rng, on, off, log_weights, alpha[0])
            unseen[i] = _allocate(rng, bits, counts, on, off, log_weights, members, marks)
