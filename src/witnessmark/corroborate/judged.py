"""What people decided about incidents, ties and bodies. It is applied after everything that was worked out, and so survives whatever comes in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from witnessmark.corroborate.clusters import components
from witnessmark.corroborate.telling import Telling


class Judged(msgspec.Struct, frozen=True):
    """`merged` are sets of claims whose groups are one, `apart` sets of claims that make a group of their own, each in the order of the decisions.

    `rejected` are the ids of ties that do not hold. `grades` are the reliabilities A-F of bodies by name.
    """

    merged: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()
    rejected: frozenset[str] = frozenset()
    grades: Mapping[str, str] = {}


def judged_groups(groups: Sequence[Sequence[Telling]], judged: Judged) -> list[tuple[Telling, ...]]:
    """The groups as people merged and parted them: first what is one, then what is apart."""
    if not judged.merged and not judged.apart:
        return [tuple(group) for group in groups]
    of = {telling.id: n for n, group in enumerate(groups) for telling in group}
    links = [(of[claims[0]], of[claim]) for claims in judged.merged if claims and claims[0] in of for claim in claims[1:] if claim in of]
    found = [[telling for n in part for telling in groups[n]] for part in components(len(groups), links)]
    for claims in judged.apart:
        taken = set(claims)
        out = [telling for group in found for telling in group if telling.id in taken]
        found = [*([telling for telling in group if telling.id not in taken] for group in found), out]
    return [tuple(sorted(group, key=lambda one: (one.age, one.id))) for group in found if group]
