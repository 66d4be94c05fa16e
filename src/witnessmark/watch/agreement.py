"""Whether the times on a verification sheet can all be right, two by two and all together.

What lies in all of them is only what they are consistent with: two copies of one clock, or a shadow and the caption it was measured for, are no two sources, and no
program can tell. So no time of a sheet is ever narrowed by another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import combinations

from witnessmark.model.sheet import Basis, Compared, Line, Moments, Placed, ShadowMeasured, Timed
from witnessmark.watch.georeference import kilometres_between


def meet(one: Sequence[Moments], other: Sequence[Moments]) -> tuple[Moments, ...]:
    """The moments that lie in both, in order; each of the two is in order and does not overlap itself."""
    found: list[Moments] = []
    at = place = 0
    while at < len(one) and place < len(other):
        start, end = max(one[at].start, other[place].start), min(one[at].end, other[place].end)
        if start <= end:
            found.append(Moments(start, end))
        if one[at].end <= other[place].end:
            at += 1
        else:
            place += 1
    return tuple(found)


def compare_times(lines: Iterable[Line]) -> tuple[Compared, ...]:
    """Each two times side by side. A time that fits no moment agrees with none."""
    timed = [(line.id, line.body) for line in lines if isinstance(line.body, Timed)]
    return tuple(Compared(one, other, _agree(first, second)) for (one, first), (other, second) in combinations(timed, 2))


def _agree(one: Timed, other: Timed) -> bool | None:
    if meet(one.moments, other.moments):
        return True
    unseen = any(of.shadow is not None and not looked_at(of.shadow, beside.moments) for of, beside in ((one, other), (other, one)))
    return None if unseen else False


def looked_at(measured: ShadowMeasured, moments: Sequence[Moments]) -> bool:
    """Whether all moments lie in the days (UTC) in which the shadow was looked for: of any other it says nothing."""
    start = dt.datetime.combine(dt.date.fromisoformat(measured.first), dt.time(), dt.UTC)
    end = dt.datetime.combine(dt.date.fromisoformat(measured.last), dt.time(), dt.UTC) + dt.timedelta(days=1)
    return all(start <= each.start and each.end <= end for each in moments)


def consistent_with(lines: Iterable[Line]) -> tuple[Moments, ...]:
    """The moments that lie in all times but captions; empty where they do not all meet, or there is one or none."""
    timed = [line.body.moments for line in lines if isinstance(line.body, Timed) and line.body.basis is not Basis.CAPTION]
    if len(timed) < 2:
        return ()
    common = timed[0]
    for other in timed[1:]:
        common = meet(common, other)
    return common


def furthest_apart(lines: Iterable[Line]) -> float | None:
    """How many metres the furthest two positions of the same thing (what is shown, or the camera) lie apart; None where there are no two."""
    placed = [line.body for line in lines if isinstance(line.body, Placed)]
    apart = [
        kilometres_between((one.latitude, one.longitude), (other.latitude, other.longitude)) * 1000
        for one, other in combinations(placed, 2)
        if one.shows is other.shows
    ]
    return max(apart, default=None)
