"""From what each comparison says of two rows to how probable it is that they are one person, among these lists.

Splink adds up what the comparisons say as if people were strangers whose names have nothing to do with where they lived. Neither holds of victim lists, and pairs look surer than they are:

- *Names of a region.* Two people of one region share a name as often as it is borne there, not as often as in all lists together.
- *Kin.* Relatives are killed together: they share what families share, day and place included, and are two people. So a pair is one of three things, not two: one person, kin, or
  strangers. Of kin, names of the family, date and place are as of one person; given name, age, sex and list as of strangers. Only how many pairs are kin is learned.

The shares of pairs that are one person, and kin, are those at which as many are expected as the probabilities add up to (expectation maximisation). Where no relatives were
killed together the share of kin goes to nothing, and nothing changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import lgamma

import numpy as np

from witnessmark.link.graph import Floats, Ints

Columns = Mapping[str, Sequence[str | int | float | None]]

PARTS = ("given", "father", "grandfather", "family", "mother")
OF_FAMILIES = ("father", "grandfather", "family", "mother", "died", "place")
"""Comparisons in which kin are like one person."""
MOST_SAID = 25.0
"""One comparison is taken to say at the most this, natural logarithm, for or against: a degree that training never met says all or nothing."""
FIRST_SHARES = 1e-4, 1e-5
"""Of all pairs, one person and kin, to begin from."""
STILL, ROUNDS = 1e-7, 2_000
WEIGHTS = tuple(10 ** (step / 4) for step in range(4, 21))
"""How many rows of a region what is known from all lists may be worth."""


def with_names_of_regions(said: Mapping[str, Floats], columns: Columns, ones: Ints, others: Ints) -> dict[str, Floats]:
    """What each comparison says (pairs, natural logarithm), where two rows of one region share a name now by how common it is there. `ones` and `others` are the rows of each pair."""
    region = _coded(columns["region"])
    together = (region[ones] == region[others]) & (region[ones] >= 0)
    heard = {comparison: np.clip(values, -MOST_SAID, MOST_SAID) for comparison, values in said.items()}
    for part in PARTS:
        shared = np.zeros(len(ones), dtype=np.bool_)
        for key in ("sound", "skeleton"):
            name = _coded(columns[f"{part}_{key}"])
            alike = (name[ones] == name[others]) & (name[ones] >= 0) & ~shared
            shared |= alike
            if (here := alike & together).any():
                heard[part][here] += _rarer_there(name, region, name[ones[here]], region[ones[here]])
    return heard


def _coded(values: Sequence[str | int | float | None]) -> Ints:
    """Equal values as equal numbers from 0 on; -1 where there is none."""
    known: dict[str | int | float, int] = {}
    return np.array([-1 if value is None else known.setdefault(value, len(known)) for value in values], dtype=np.int64)


def _rarer_there(name: Ints, region: Ints, names: Ints, regions: Ints) -> Floats:
    """The logarithm of how much rarer each of `names` is in its region than in all lists; the two rows of the pair themselves are not counted."""
    both = (name >= 0) & (region >= 0)
    share = np.bincount(name[name >= 0]) / np.count_nonzero(name >= 0)
    rows = np.bincount(region[both], minlength=region.max() + 1)
    cell = name * len(rows) + region
    cells, counts = np.unique(cell[both], return_counts=True)
    weight = max(WEIGHTS, key=lambda one: _likelihood(counts, share[cells // len(rows)] * one, rows, one))
    there = counts[np.searchsorted(cells, names * len(rows) + regions)]
    expected = (np.maximum(there - 2, 0) + weight * share[names]) / (np.maximum(rows[regions] - 2, 0) + weight)
    rarer: Floats = np.log(share[names] / expected)
    return rarer


def _likelihood(counts: Ints, priors: Floats, rows: Ints, weight: float) -> float:
    """Of the names in all regions, were each region a draw from a Dirichlet distribution around all lists that is worth so many rows; natural logarithm, up to a constant."""
    names = sum(lgamma(count + prior) - lgamma(prior) for count, prior in zip(counts.tolist(), priors.tolist(), strict=True))
    return names - sum(lgamma(count + weight) - lgamma(weight) for count in rows.tolist())


def chances_of(said: Mapping[str, Floats], size: int) -> Floats:
    """The probability that each pair (pairs) is one person, out of `size` records, given what the comparisons say and that kin may be among them."""
    one = sum(said.values(), start=np.zeros(len(next(iter(said.values())))))
    kin = sum((said[comparison] for comparison in OF_FAMILIES), start=np.zeros(len(one)))
    whole = max(size * (size - 1) / 2, 1.0)
    least = 1 / whole / 10
    shares, before = FIRST_SHARES, (0.0, 0.0)
    for _ in range(ROUNDS):
        if abs(shares[0] - before[0]) + abs(shares[1] - before[1]) <= STILL * shares[0]:
            break
        before = shares
        same, related = _posterior(one, kin, shares)
        shares = (min(max(float(same.sum()) / whole, least), 0.4), min(float(related.sum()) / whole, 0.4))
    return _posterior(one, kin, shares)[0]


def _posterior(one: Floats, kin: Floats, shares: tuple[float, float]) -> tuple[Floats, Floats]:
    """The probabilities of one person and of kin (pairs each)."""
    same = shares[0] * np.exp(one)
    related = shares[1] * np.exp(kin)
    whole = same + related + 1 - shares[0] - shares[1]
    return same / whole, related / whole
