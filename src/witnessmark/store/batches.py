"""Long lists of values in questions to the database, a part at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

MOST_VALUES = 500
"""How many values one question carries; SQLite's own limit is 999 in older builds."""


def batches(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values in order, at most `MOST_VALUES` at a time."""
    return (values[start : start + MOST_VALUES] for start in range(0, len(values), MOST_VALUES))
