"""The cells of a capture table that a log-linear model can be fitted to, with overlaps in which there is nobody taken out.

Where no one stands on two lists together and the model has a parameter for the two, its maximum likelihood value is minus infinity: every cell with both lists is expected
to be empty, whatever the other parameters, and leaves the fit (the extended estimate of Chan, Silverman & Vincent, JASA 2021, section 2). A list with nobody on it goes
the same way, and so do interactions of any order.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from witnessmark.count.terms import Terms

Floats = NDArray[np.float64]
Histories = NDArray[np.int64]


@dataclass(frozen=True)
class Observable:
    """What a model is fitted to.

    `histories` are the observable cells left, `(cells,)`; `design` is 0 or 1, `(cells, 1 + kept)`, the intercept first; `counts` are people, `(cells,)`. `kept` are the terms with
    finite parameters, `empty` those at minus infinity (smallest first; what contains one of them is gone with it).
    """

    lists: int
    histories: Histories
    design: Floats
    counts: Floats
    kept: Terms
    empty: Terms

    @property
    def parameters(self) -> int:
        """How many parameters were estimated, the intercept and those at minus infinity included."""
        return 1 + len(self.kept) + len(self.empty)

    @property
    def design_with_unseen(self) -> Floats:
        """The design with the cell of those on no list before the others."""
        unseen = np.zeros((1, self.design.shape[1]))
        unseen[0, 0] = 1.0
        return np.vstack([unseen, self.design])


def observe(counts: Floats, lists: int, terms: Terms) -> Observable:
    """The cells and parameters of a model for these counts, `(2 ** lists,)` in the order of `CaptureTable.counts`."""
    margins = counts @ contains(lists, terms)
    kept = tuple(term for term, margin in zip(terms, margins, strict=True) if margin > 0)
    without: list[int] = []
    for term, margin in zip(terms, margins, strict=True):
        if margin == 0 and not any(term & smaller == smaller for smaller in without):
            without.append(term)
    histories, design = _cells(lists, kept, tuple(without))
    return Observable(lists, histories, design, counts[histories], kept, tuple(without))


@lru_cache(maxsize=512)
def contains(lists: int, terms: Terms) -> Floats:
    """Which histories hold which terms, 0 or 1, `(2 ** lists, terms)`."""
    histories = np.arange(1 << lists)[:, None]
    sets = np.array(terms, dtype=np.int64)[None, :]
    return _fixed((histories & sets == sets).astype(np.float64))


@lru_cache(maxsize=512)
def _cells(lists: int, kept: Terms, empty: Terms) -> tuple[Histories, Floats]:
    possible = contains(lists, empty).sum(axis=1) == 0
    possible[0] = False
    histories = np.flatnonzero(possible)
    return histories, _fixed(np.hstack([np.ones((len(histories), 1)), contains(lists, kept)[histories]]))


def _fixed(matrix: Floats) -> Floats:
    matrix.setflags(write=False)
    return matrix
