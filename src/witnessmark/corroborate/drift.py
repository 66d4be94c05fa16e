"""Drift: where a relay says something else than the root it goes back to. It is shown with both texts and is never a value.

A figure is compared with the root's only where both speak of the same count: the same harm, and a number in common or a telling taken from it word for word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from witnessmark.corroborate.telling import Telling, words_in_common
from witnessmark.model.claim import Certainty, VictimCount
from witnessmark.model.incident import Change, Drift, Tie, TieKind

SAME_WORDS = 0.5
"""Overlap of rare words from which a telling is held against its root's hedge and attribution: below it may tell something else."""

_SURE = {Certainty.CERTAIN: 3, Certainty.PROBABLE: 2, Certainty.POSSIBLE: 1, Certainty.UNKNOWN: 0}


def drifts(telling: Telling, own: Sequence[Telling], tie: Tie | None) -> Iterator[Drift]:
    """What a telling changed of the root's own ones, `own`, of which it is none; of several, the closest is compared."""
    yield from _figures(telling, own, tie)
    closest = max(own, key=lambda one: words_in_common(telling, one))
    if words_in_common(telling, closest) < SAME_WORDS:
        return
    was, became = _certainty(closest), _certainty(telling)
    if _SURE[became] > _SURE[was]:
        yield Drift(telling.id, closest.id, Change.HEDGE, closest.placed.claim.quote, telling.placed.claim.quote)
    attributed = closest.placed.claim.speaker is not None or (tie is not None and tie.kind is TieKind.HEADLINE)
    if attributed and telling.placed.claim.speaker is None and tie is not None and tie.kind is not TieKind.TRANSLATION:
        yield Drift(telling.id, closest.id, Change.ATTRIBUTION, closest.placed.claim.quote, telling.placed.claim.quote)


def _figures(telling: Telling, own: Sequence[Telling], tie: Tie | None) -> Iterator[Drift]:
    copied = tie is not None and tie.kind in {TieKind.PASSAGE, TieKind.RELAY, TieKind.TRANSLATION}
    for count in telling.placed.claim.victims:
        if count.includes is not None:
            continue
        roots = [(one, each) for one in own for each in one.placed.claim.victims if each.includes is None and _is_one_count(count, each)]
        if not roots and copied:
            roots = [
                (one, each) for one in own for each in one.placed.claim.victims if one.id == (tie and tie.of) and each.harm == count.harm
            ]
        if not roots or any(_bounds(each) == _bounds(count) and _unit_agrees(each, count) for _, each in roots):
            continue
        one, each = roots[0]
        what = Change.UNIT if _bounds(each) == _bounds(count) else Change.FIGURE
        yield Drift(telling.id, one.id, what, each.text, count.text)


def _is_one_count(one: VictimCount, other: VictimCount) -> bool:
    """Whether two figures speak of the same count: of one harm, with a bound in common."""
    mine, theirs = {one.min, one.max} - {None}, {other.min, other.max} - {None}
    return one.harm == other.harm and bool(mine & theirs)


def _bounds(count: VictimCount) -> tuple[int | None, int | None, bool]:
    return count.min, count.max, count.approximate


def _unit_agrees(one: VictimCount, other: VictimCount) -> bool:
    """A unit that is only stated once is not known to differ."""
    return one.per == other.per or one.per is None or other.per is None


def _certainty(telling: Telling) -> Certainty:
    return telling.placed.claim.certainty
