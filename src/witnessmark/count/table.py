"""A capture table: how many people stand on exactly these lists and on no others."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from witnessmark.errors import UsageError

COUNT = "count"
MOST_DIGITS = 10
MOST_LISTS = 16
"""Beyond this the table has more cells than any list has people."""


class CaptureTable(msgspec.Struct, frozen=True):
    """People counted by the lists they stand on.

    `lists` names the columns. `counts[h]` is the number of people whose history is `h`: bit `j` (value `1 << j`) is set where they stand on list `j`
    (from zero). `counts[0]` is always 0: those on no list are what is asked for.
    """

    lists: tuple[str, ...]
    counts: tuple[int, ...]

    @classmethod
    def read_csv(cls, path: Path | str) -> CaptureTable:
        """A table with one 0/1 column a list and a column `count`; histories that do not occur may be left out, those that occur twice are added up. The line of those on no list
        may stand there with 0 or nothing for a count, and with nothing else.

        Raises:
            UsageError: a column or value is not what it should be; the message names the line and the value.
        """
        try:
            text = Path(path).read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise UsageError(f"{path} is no CSV file in UTF-8 ({error.reason} at byte {error.start}). Save it as CSV UTF-8.") from error
        with io.StringIO(text, newline="") as file:
            rows = csv.reader(file)
            header = [name.strip() for name in next(rows, [])]
            lists = _lists_of(header, path)
            written = (_row(header, row, number, path) for number, row in enumerate(rows, start=2) if any(cell.strip() for cell in row))
            return cls.from_histories(lists, written)

    @classmethod
    def from_histories(cls, lists: Iterable[str], histories: Iterable[tuple[int, int]]) -> CaptureTable:
        """A table from pairs of a history and how many have it; people on no list are not counted."""
        names = tuple(lists)
        counted: Counter[int] = Counter()
        for history, count in histories:
            counted[history] += count
        return cls(lists=names, counts=tuple(0 if h == 0 else counted[h] for h in range(1 << len(names))))

    @classmethod
    def from_mapping(cls, lists: Iterable[str], counts: Mapping[tuple[str, ...], int]) -> CaptureTable:
        """A table from the names of the lists people stand on."""
        names = tuple(lists)
        return cls.from_histories(names, ((sum(1 << names.index(name) for name in on), count) for on, count in counts.items()))

    @property
    def documented(self) -> int:
        """How many people stand on a list at all."""
        return sum(self.counts)

    def sizes(self) -> tuple[int, ...]:
        """How many people each list holds, in the order of `lists`."""
        return tuple(sum(n for h, n in enumerate(self.counts) if h >> j & 1) for j in range(len(self.lists)))

    def design(self) -> NDArray[np.int8]:
        """The histories as rows of 0 and 1, `(2 ** lists, lists)`, in the order of `counts`."""
        return (np.arange(len(self.counts))[:, None] >> np.arange(len(self.lists)) & 1).astype(np.int8)


def _lists_of(header: list[str], path: Path | str) -> tuple[str, ...]:
    lists = tuple(header[:-1])
    if not header or header[-1].casefold() != COUNT:
        raise UsageError(f"{path}: the last column of a capture table is {COUNT!r}; here the columns are {', '.join(header) or 'none'}.")
    if len(set(lists)) < len(lists) or not all(lists):
        raise UsageError(f"{path}: each list needs a name of its own; here the columns are {', '.join(header)}.")
    if len(lists) > MOST_LISTS:
        raise UsageError(
            f"{path} has {len(lists)} lists; more than {MOST_LISTS} cannot be counted with. Join those that were compiled from each other."
        )
    return lists


def _row(header: list[str], row: list[str], number: int, path: Path | str) -> tuple[int, int]:
    cells = [cell.strip() for cell in row]
    if len(cells) != len(header):
        raise UsageError(f"{path}, line {number}: {len(cells)} values for {len(header)} columns.")
    for name, cell in zip(header[:-1], cells[:-1], strict=True):
        if cell not in {"0", "1"}:
            raise UsageError(f"{path}, line {number}: {cell!r} in column {name} is neither 0 nor 1.")
    on = sum(1 << j for j, cell in enumerate(cells[:-1]) if cell == "1")
    if not on and cells[-1] in {"", "0"}:
        return 0, 0
    if not on:
        raise UsageError(
            f"{path}, line {number} counts {cells[-1]!r} people who stand on no list. Nobody can have counted them: they are what is to be estimated. Leave the line out."
        )
    if not (cells[-1].isascii() and cells[-1].isdigit()):
        raise UsageError(f"{path}, line {number}: {cells[-1]!r} is not a number of people.")
    if len(cells[-1]) > MOST_DIGITS:
        raise UsageError(f"{path}, line {number}: {cells[-1]} is more people than there are.")
    return on, int(cells[-1])
