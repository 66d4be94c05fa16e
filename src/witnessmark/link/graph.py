"""The records and the weights between them, as arrays: what clustering and the draws of linkages work on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from witnessmark.errors import UsageError
from witnessmark.link.records import ListRecord, ScoredPair

UNSCORED = -5.0
"""Log-odds given to two records that share no blocking key: against their being one person, but not beyond what two other records of that person can say."""
SUREST = 25.0
"""Log-odds are kept within this of zero."""
MOST_SINGLE = 62
"""Lists that may be named as holding each person once: one bit of an integer each."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class PairGraph(NamedTuple):
    """Records by number. The neighbours of record i are `neighbours[starts[i]:starts[i + 1]]`, in order, with `weights` (natural log-odds of being one person).

    `single` holds a bit for the list a record stands on where that list names each person once, else 0.
    """

    starts: Ints
    neighbours: Ints
    weights: Floats
    single: Ints

    @property
    def size(self) -> int:
        """How many records there are."""
        return len(self.single)

    @property
    def expected_links(self) -> float:
        """How many pairs of records the scores expect to be one person."""
        return float((1 / (1 + np.exp(-self.weights))).sum() / 2)


def graph_of(records: Sequence[ListRecord], pairs: Sequence[ScoredPair], *, once: Collection[str] = ()) -> PairGraph:
    """The graph of these pairs. On the lists named in `once` everyone stands once, so that no two of their rows are linked.

    Raises:
        UsageError: a pair names a record that is not there, or `once` a list that is not there or too many.
    """
    numbers = {record.id: number for number, record in enumerate(records)}
    bits = bits_of({record.list for record in records}, once)
    single = np.array([bits.get(record.list, 0) for record in records], dtype=np.int64)
    try:
        one = np.array([numbers[pair.one] for pair in pairs], dtype=np.int64)
        other = np.array([numbers[pair.other] for pair in pairs], dtype=np.int64)
    except KeyError as unknown:
        raise UsageError(f"A scored pair names record {unknown}, which is not among the {len(records):,} records given.") from unknown
    chance = np.clip(np.array([pair.probability for pair in pairs], dtype=np.float64), 1e-12, 1 - 1e-12)
    weight = np.clip(np.log(chance / (1 - chance)), -SUREST, SUREST)
    may = (single[one] & single[other]) == 0
    one, other, weight = one[may], other[may], weight[may]
    both, ends, weights = np.concatenate([one, other]), np.concatenate([other, one]), np.concatenate([weight, weight])
    order = np.lexsort((ends, both))
    return PairGraph(np.searchsorted(both[order], np.arange(len(records) + 1)).astype(np.int64), ends[order], weights[order], single)


def bits_of(lists: Collection[str], once: Collection[str]) -> dict[str, int]:
    """A bit for each list that names everyone once. Raises UsageError where there is no such list, or where there are too many."""
    unknown = sorted(set(once) - set(lists))
    if unknown:
        raise UsageError(f"No record stands on the list {unknown[0]!r}; the lists are {', '.join(sorted(lists))}.")
    if len(set(once)) > MOST_SINGLE:
        raise UsageError(f"At most {MOST_SINGLE} lists can be named as holding each person once; {len(set(once))} were.")
    return {name: 1 << number for number, name in enumerate(sorted(set(once)))}
