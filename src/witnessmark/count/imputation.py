"""Missing labels filled in several times over, from what people on the same lists with the same other labels are.

Multiple imputation by data augmentation under the saturated multinomial model (Schafer, Analysis of Incomplete Multivariate Data, 1997, chapter 7): for each capture history apart,
probabilities of label combinations are drawn given everyone's labels, then the missing labels given the probabilities, and so on by turns. The prior counts as one person
a history, spread over the combinations as everyone's labels are (Fienberg & Holland, JASA 68, 1973), so that a history with few known labels borrows from the others.
"""

from __future__ import annotations

from collections import Counter
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray

from witnessmark.count.histories import CaptureHistory, LabelledTable, Labels, Stratum
from witnessmark.errors import UsageError

FEWEST_IMPUTATIONS = 10
BURN_IN, APART = 50, 20
"""Rounds before the first imputation and between two."""
PRIOR_PEOPLE = 1.0
JOINT = 0.5
"""How much of the prior follows labels as they occur together; the rest follows each dimension apart, so that no combination is impossible."""

Floats = NDArray[np.float64]


def impute(table: LabelledTable, *, seed: int = 1, imputations: int = FEWEST_IMPUTATIONS) -> tuple[LabelledTable, ...]:
    """So many tables in which nobody lacks a label; just the table itself where nobody does.

    Labels are taken to be missing at random: given the lists someone is on and the labels that are known, those that are missing are as likely as for others.

    Raises:
        UsageError: no imputation, or a dimension in which no one has a label.
    """
    if imputations < 1:
        raise UsageError(
            f"imputations={imputations!r} gives no table; take {FEWEST_IMPUTATIONS} to show how uncertain missing labels leave a total."
        )
    if not table.incomplete:
        return (table,)
    values = [table.values(dimension) for dimension in range(len(table.dimensions))]
    for name, known in zip(table.dimensions, values, strict=True):
        if not known:
            raise UsageError(f"No one has a label for {name}, so that nothing tells what theirs might be. Leave {name} out of the strata.")
    prior = _Prior(table, values)
    chains = [_History(rng, on, table, values, prior) for on, rng in _histories(table, seed)]
    complete = Counter({person: n for person, n in table.cells if None not in person.labels})
    made = []
    for number in range(imputations):
        filled = complete.copy()
        for chain in chains:
            chain.advance(APART if number else BURN_IN)
            filled.update(chain.filled())
        made.append(LabelledTable.from_counts(table.lists, table.dimensions, filled))
    return tuple(made)


class _Prior:
    """The share of a combination of labels among everyone, as they occur together where all are known and apart where not."""

    def __init__(self, table: LabelledTable, values: list[tuple[str, ...]]) -> None:
        self._joint: Counter[Labels] = Counter()
        self._apart: list[Counter[str]] = [Counter() for _ in values]
        for person, n in table.cells:
            if None not in person.labels:
                self._joint[person.labels] += n
            for counted, label in zip(self._apart, person.labels, strict=True):
                if label is not None:
                    counted[label] += n

    def share(self, stratum: Stratum) -> float:
        apart = prod(counted[label] / counted.total() for counted, label in zip(self._apart, stratum, strict=True))
        return JOINT * self._joint[stratum] / self._joint.total() + (1 - JOINT) * apart if self._joint else apart


class _History:
    """The people on just these lists: who of them could be what, and what they are for now."""

    def __init__(self, rng: np.random.Generator, on: int, table: LabelledTable, values: list[tuple[str, ...]], prior: _Prior) -> None:
        self._rng, self._on = rng, on
        people = [(person.labels, n) for person, n in table.cells if person.on == on]
        self._lacking = [(labels, n) for labels, n in people if None in labels]
        could_be = [_combinations(labels, values) for labels, _ in self._lacking]
        self._strata = sorted({stratum for some in could_be for stratum in some})
        place: dict[Labels, int] = {stratum: k for k, stratum in enumerate(self._strata)}
        self._could_be = [np.array([place[stratum] for stratum in some]) for some in could_be]
        known = np.zeros(len(self._strata))
        for labels, n in people:
            if labels in place:
                known[place[labels]] += n
        self._known = known + PRIOR_PEOPLE * np.array([prior.share(stratum) for stratum in self._strata])
        self._filled: Floats = np.zeros(len(self._strata))

    def advance(self, rounds: int) -> None:
        for _ in range(rounds):
            weights = _log_gamma_draws(self._rng, self._known + self._filled)
            self._filled = np.zeros(len(self._strata))
            for (_, n), some in zip(self._lacking, self._could_be, strict=True):
                shares = np.exp(weights[some] - weights[some].max())
                self._filled[some] += self._rng.multinomial(n, shares / shares.sum())

    def filled(self) -> Counter[CaptureHistory]:
        return Counter({CaptureHistory(self._on, stratum): int(n) for stratum, n in zip(self._strata, self._filled, strict=True) if n})


def _histories(table: LabelledTable, seed: int) -> list[tuple[int, np.random.Generator]]:
    """Every capture history that someone without a label has, with a source of chance of its own."""
    lacking = sorted({person.on for person, _ in table.cells if None in person.labels})
    return [(on, np.random.default_rng([seed, on])) for on in lacking]


def _combinations(labels: Labels, values: list[tuple[str, ...]]) -> list[Stratum]:
    return list(product(*((label,) if label is not None else known for label, known in zip(labels, values, strict=True))))


def _log_gamma_draws(rng: np.random.Generator, shapes: Floats) -> Floats:
    """Logarithms of Gamma draws, also where the draws themselves would underflow."""
    return np.asarray(np.log(rng.standard_gamma(shapes + 1)) + np.log1p(-rng.random(len(shapes))) / shapes)
