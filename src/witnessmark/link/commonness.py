"""How common a value is among other people, which is what it says least by: two rows that share a rare name or day are one person sooner than two that share a usual one.

Splink takes the share of rows that hold a value. Two things make that too large, and pairs look less sure than they are:

- the rows of one person hold a value together: of a day and place that three rows share, all three may be one man's. What counts are the rows of others;
- a degree of agreement that another one precedes (same consonants, but not the same sound) is reached by fewer than share the value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

Value = str | int | float | None
Columns = Mapping[str, Sequence[Value]]

PARTS = ("given", "father", "grandfather", "family", "mother")


class Degree(NamedTuple):
    """What a degree of agreement asks rows to share, `value`; a degree before it asks for `finer` besides. `people` tells the rows of one value apart by person, roughly."""

    value: str
    finer: str | None = None
    people: str | None = None


DEGREES = (
    *(Degree(f"{part}_skeleton", finer=f"{part}_sound") for part in PARTS),
    Degree("day_place", people="given_skeleton"),
    Degree("day_region", finer="day_place", people="given_skeleton"),
    Degree("exact_day", finer="day_region", people="given_skeleton"),
)
"""Those of which the share of rows alone would be too large."""


def shares_of(columns: Columns, degree: Degree) -> dict[Hashable, float]:
    """For each value how likely a row of somebody else is to agree with it in this degree."""
    values = columns[degree.value]
    held: Counter[Value] = Counter(value for value in values if value is not None)
    rows = held.total()
    others = _rows_of_others(columns, degree, held)
    apart = _apart(columns, degree, held)
    share = others if degree.people is None else _smoothed(held, others)
    reached = sum(held[value] * others[value] * apart[value] / share[value] for value in held)
    return {value: share[value] / rows * (reached / rows if reached else 1.0) for value in held}


def _rows_of_others(columns: Columns, degree: Degree, held: Counter[Value]) -> dict[Value, float]:
    """How many rows of a value are other people's, seen from a row that holds it; of names so common that its own do not matter, all."""
    if degree.people is None:
        return dict(held)
    named = {
        (value, number if person is None else person)
        for number, (value, person) in enumerate(zip(columns[degree.value], columns[degree.people], strict=True))
        if value is not None
    }
    people: Counter[Value] = Counter(value for value, _ in named)
    return {value: held[value] * (1 - 1 / people[value]) for value in held}


def _smoothed(held: Counter[Value], others: Mapping[Value, float]) -> dict[Value, float]:
    """Few rows tell little of how common a value is: the mean of its exponential posterior, whose prior mean is that of all rows."""
    mean = sum(held[value] * others[value] for value in held) / held.total() if held else 0.0
    return {value: (others[value] + 1) / (1 + 1 / max(mean, 1e-3)) for value in held}


def _apart(columns: Columns, degree: Degree, held: Counter[Value]) -> dict[Value, float]:
    """The share of pairs of rows of a value that no finer degree has taken already."""
    if degree.finer is None:
        return dict.fromkeys(held, 1.0)
    within: Counter[Value] = Counter()
    for (value, finer), count in Counter(zip(columns[degree.value], columns[degree.finer], strict=True)).items():
        if value is not None and finer is not None:
            within[value] += count * (count - 1)
    return {value: 1 - within[value] / (count * (count - 1)) if count > 1 else 0.0 for value, count in held.items()}
