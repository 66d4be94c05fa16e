"""Which pairs of rows are compared at all: those that share one of these combinations of keys.

A rule asks for two or three things of different kinds (name, date, place), so that one wrong or missing value leaves another rule to find the pair. Where too many rows share what a
rule asks for, these rows, and only these, are compared by its next, narrower form; what is alike even there is not compared, and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

Columns = Mapping[str, Sequence[str | int | float | None]]

RULES: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("both_names",), ("both_names", "year"), ("both_names", "month")),
    (("given_sound", "family_sound", "year"),),
    (("given_skeleton", "family_skeleton", "father_skeleton"),),
    (("given_skeleton", "family_skeleton", "region"),),
    (("given_skeleton", "father_skeleton", "region"), ("given_skeleton", "father_skeleton", "region", "year")),
    (("given_skeleton", "exact_day"), ("given_skeleton", "day", "place")),
    (("given_skeleton", "father_skeleton", "month"), ("given_skeleton", "father_skeleton", "day")),
    (("given_skeleton", "region", "month"), ("given_skeleton", "region", "month", "sex"), ("given_skeleton", "region", "month", "age")),
    (("given_skeleton", "region", "window"), ("given_skeleton", "place", "window")),
    (("given_skeleton", "region", "other_window"), ("given_skeleton", "place", "other_window")),
    (("given_skeleton", "family_head", "region", "year"), ("given_skeleton", "family_head", "place", "year")),
    (("given_skeleton", "family_tail", "region", "year"), ("given_skeleton", "family_tail", "place", "year")),
    (("given_skeleton", "region", "age"), ("given_skeleton", "place", "age", "year")),
    (("family_skeleton", "month"), ("family_skeleton", "day")),
    (("family_skeleton", "region", "year"), ("family_skeleton", "region", "month")),
    (("given_head", "family_skeleton", "region"), ("given_head", "family_skeleton", "region", "year")),
    (("given_tail", "family_skeleton", "region"), ("given_tail", "family_skeleton", "region", "year")),
    (("given_head", "region", "day"), ("given_head", "place", "day")),
    (("given_tail", "region", "day"), ("given_tail", "place", "day")),
    (("given_second", "year"), ("given_second", "month")),
    (("given_skeleton", "month"), ("given_skeleton", "exact_day")),
    (("father_skeleton", "family_skeleton", "region"), ("father_skeleton", "family_skeleton", "region", "year")),
    (("father_skeleton", "region", "month"), ("father_skeleton", "region", "exact_day")),
    (("mother_skeleton", "region", "month"), ("mother_skeleton", "region", "exact_day")),
    (("mother_skeleton", "given_skeleton"), ("mother_skeleton", "given_skeleton", "year")),
    (("family_skeleton", "region"), ("family_skeleton", "place"), ("family_skeleton", "region", "years")),
    (("family_head", "exact_day"), ("family_head", "exact_day", "region")),
    (("family_tail", "exact_day"), ("family_tail", "exact_day", "region")),
    (("place", "exact_day"), ("place", "exact_day", "sex"), ("place", "exact_day", "years")),
    (("region", "exact_day", "years"),),
)
"""Each rule in its forms, widest first."""
MOST_ALIKE = 50
"""Rows that share a key are compared with each other up to this many: no rule then gives more than half as many pairs a record, and all of them stay within what a laptop scores in minutes."""


class Blocks(NamedTuple):
    """For each rule that brings any two rows together the group of each row, None where it is in none: rows of one group are compared.

    `uncompared` counts rows that share keys with others, but always with too many.
    """

    groups: dict[str, list[int | None]]
    uncompared: int


def blocks_of(columns: Columns) -> Blocks:
    """The groups of rows to compare, in the order of the rules."""
    size = len(columns["number"])
    groups: dict[str, list[int | None]] = {}
    compared, crowded = [False] * size, [False] * size
    for number, forms in enumerate(RULES):
        group = _grouped(columns, forms, crowded)
        if any(one is not None for one in group):
            groups[f"block_{number}"] = group
            compared = [held or one is not None for held, one in zip(compared, group, strict=True)]
    return Blocks(groups, sum(many and not held for many, held in zip(crowded, compared, strict=True)))


def _grouped(columns: Columns, forms: Sequence[Sequence[str]], crowded: list[bool]) -> list[int | None]:
    """The group of each row by the first form in which it shares all keys with someone, but not with too many; marks the rows that share some form with too many."""
    group: list[int | None] = [None] * len(crowded)
    left: Sequence[int] = range(len(crowded))
    known: dict[Hashable, int] = {}
    for form in forms:
        keys = list(zip(*(columns[name] for name in form), strict=True))
        left = [row for row in left if None not in keys[row]]
        sizes = Counter(keys[row] for row in left)
        for row in left:
            if 1 < sizes[keys[row]] <= MOST_ALIKE:
                group[row] = known.setdefault((form, keys[row]), len(known))
        left = [row for row in left if sizes[keys[row]] > MOST_ALIKE]
        for row in left:
            crowded[row] = True
    return group


def pairs_of(columns: Columns, rule: Sequence[str]) -> int:
    """How many pairs of rows share all these keys; a missing key is shared with no one."""
    groups = Counter(key for key in zip(*(columns[name] for name in rule), strict=True) if None not in key)
    return sum(count * (count - 1) // 2 for count in groups.values())
