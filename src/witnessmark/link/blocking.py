"""Which pairs of rows are compared at all: those that share one of these combinations of keys.

A rule asks for two or three things of different kinds (name, date, place), so that one wrong or missing value leaves another rule to find the pair. A rule that would give more
pairs than a linkage can carry is narrowed to its next form, never left to run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

RULES: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("both_names",), ("both_names", "year"), ("both_names", "month")),
    (("given_sound", "family_sound", "year"),),
    (("given_skeleton", "family_skeleton", "father_skeleton"),),
    (("given_skeleton", "family_skeleton", "region"),),
    (("given_skeleton", "father_skeleton", "region"), ("given_skeleton", "father_skeleton", "region", "year")),
    (("given_skeleton", "day", "last_day"), ("given_skeleton", "day", "place")),
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
)
"""Each rule in its forms, widest first."""
PAIRS_PER_RECORD = 24
"""A form with more pairs than this for each record gives way to the next: nine rules then stay within some 100 pairs a record, which a laptop scores in minutes."""


def rules_for(columns: Mapping[str, Sequence[object]]) -> list[tuple[str, ...]]:
    """The rules to compare these rows by, each in the widest form that keeps within bounds; a rule none of whose forms does, or that no pair satisfies, is left out."""
    limit = PAIRS_PER_RECORD * len(columns["number"])
    chosen: list[tuple[str, ...]] = []
    for forms in RULES:
        counted = ((form, pairs_of(columns, form)) for form in forms)
        chosen += [form for form, pairs in [next(((form, pairs) for form, pairs in counted if pairs <= limit), ((), 0))] if pairs]
    return list(dict.fromkeys(chosen))


def pairs_of(columns: Mapping[str, Sequence[object]], rule: Sequence[str]) -> int:
    """How many pairs of rows share all these keys; a missing key is shared with no one."""
    groups = Counter(key for key in zip(*(columns[name] for name in rule), strict=True) if None not in key)
    return sum(count * (count - 1) // 2 for count in groups.values())
