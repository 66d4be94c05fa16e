"""Figures: a measure over documents, with the interval that drawing the documents again would give it.

Every measure here is a function of counts summed over documents, so that it can be computed again for any draw of them (Efron 1979;
documents are drawn, not claims, since claims of one document stand or fall together).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

Counts = Counter[str]
DRAWS = 1_000
SEED = 7
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Figure:
    """A share between 0 and 1 with its interval; `value` None where there was nothing to measure. `of` says of how many; a mean is no share."""

    name: str
    value: float | None
    low: float | None
    high: float | None
    of: int
    is_mean: bool = False


def share(hits: float, total: float) -> float | None:
    """Hits over total; None where there is nothing."""
    return hits / total if total else None


def f_score(counts: Counts, key: str = "") -> float | None:
    """The F of `hit`, `gold` and `predicted` counts under a key's prefix."""
    return share(2 * counts[f"{key}hit"], counts[f"{key}gold"] + counts[f"{key}predicted"])


def macro_f(counts: Counts, values: Sequence[str], key: str = "") -> float | None:
    """The mean F over those values that gold holds at all."""
    found = [f_score(counts, f"{key}{value}.") for value in values if counts[f"{key}{value}.gold"]]
    return sum(f or 0.0 for f in found) / len(found) if found else None


def figure(name: str, documents: Sequence[Counts], measure: Callable[[Counts], float | None], of: str) -> Figure:
    """The measure over all documents, and its 95 % interval over draws of as many documents."""
    total = _sum(documents)
    value = measure(total)
    if value is None or len(documents) < 2:
        return Figure(name, value, None, None, total[of])
    keys = sorted(total)
    table = np.array([[document[key] for key in keys] for document in documents], dtype=np.float64)
    draws = np.random.default_rng(SEED).integers(0, len(documents), (DRAWS, len(documents)))
    values = [v for row in draws if (v := measure(Counter(dict(zip(keys, table[row].sum(0), strict=True))))) is not None]
    tail = 100 * (1 - LEVEL) / 2
    low, high = np.percentile(values, [tail, 100 - tail])
    return Figure(name, value, float(low), float(high), total[of])


def _sum(documents: Sequence[Counts]) -> Counts:
    total: Counts = Counter()
    for document in documents:
        total.update(document)
    return total
