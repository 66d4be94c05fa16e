"""Labels by which linked people are divided into strata: where, when, sex and age, as the records of one person state them.

Records that state nothing leave the others to speak; records of one person that state different things leave the label unknown, and such people are counted:
no list is taken to be right against another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from witnessmark.errors import UsageError
from witnessmark.link.dimensions import DIMENSIONS
from witnessmark.link.draws import lists_by_person
from witnessmark.link.graph import Ints
from witnessmark.link.mapping import suggestion
from witnessmark.link.records import ListRecord
from witnessmark.model.counting import LabelledHistories, Labels

UNKNOWN = -1


class RecordLabels:
    """What each record states in each dimension.

    `codes` (dimensions, records) holds places in `names[dimension]`, or UNKNOWN.
    """

    def __init__(self, names: list[list[str]], codes: NDArray[np.int32]) -> None:
        self._names = names
        self._codes = codes

    @classmethod
    def of(cls, records: Sequence[ListRecord], by: Sequence[str]) -> RecordLabels:
        """The labels of these records. Raises UsageError where there is no such dimension, or one is named twice."""
        dimensions = known_dimensions(by)
        names: list[list[str]] = []
        codes = np.empty((len(dimensions), len(records)), dtype=np.int32)
        for number, dimension in enumerate(dimensions):
            stated = DIMENSIONS[dimension](records)
            names.append(sorted({label for label in stated if label is not None}))
            place = {label: code for code, label in enumerate(names[-1])}
            codes[number] = [UNKNOWN if label is None else place[label] for label in stated]
        return cls(names, codes)

    def people(self, records: Sequence[ListRecord], group: Ints, lists: Sequence[str]) -> LabelledHistories:
        """The people of one linkage by the lists they stand on and their labels, in a fixed order. `group` (records) holds the number of each record's person."""
        on = lists_by_person(records, group, lists)
        people, inverse = np.unique(group, return_inverse=True)
        agreed = [np.where(lowest == highest, lowest, UNKNOWN).tolist() for lowest, highest in self._ends(inverse, len(people))]
        counted = Counter(zip((on[person] for person in people.tolist()), *agreed, strict=True))
        return tuple((history, self._labels(codes), count) for (history, *codes), count in sorted(counted.items()))

    def disagreeing(self, group: Ints) -> tuple[int, ...]:
        """Of how many people of a linkage the records state different things, for each dimension."""
        people, inverse = np.unique(group, return_inverse=True)
        return tuple(int((lowest < highest).sum()) for lowest, highest in self._ends(inverse, len(people)))

    def _ends(self, inverse: Ints, people: int) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int32]]]:
        """For each dimension the lowest and highest code stated of each person, both UNKNOWN where none is."""
        for codes in self._codes:
            stated = codes != UNKNOWN
            highest = np.full(people, UNKNOWN, dtype=np.int32)
            np.maximum.at(highest, inverse[stated], codes[stated])
            lowest = highest.copy()
            np.minimum.at(lowest, inverse[stated], codes[stated])
            yield lowest, highest

    def _labels(self, codes: Iterable[int]) -> Labels:
        return tuple(None if code == UNKNOWN else names[code] for names, code in zip(self._names, codes, strict=True))


def known_dimensions(by: Sequence[str]) -> tuple[str, ...]:
    """The dimensions asked for. Raises UsageError where there is no such dimension, or one is named twice."""
    for number, dimension in enumerate(by):
        if dimension not in DIMENSIONS:
            raise UsageError(f"People cannot be divided by {dimension!r}. {suggestion(dimension, DIMENSIONS)}")
        if dimension in by[:number]:
            raise UsageError(f"People are to be divided by {dimension!r} twice. Name it once.")
    return tuple(by)
