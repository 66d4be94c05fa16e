"""What the roots of an incident state, field by field, and the range of its victims.

A value enters once per root, from the root's own tellings; what relays made of it is drift and never enters. Values are shown apart or as a range and are
never intersected: two sources who say 9 and 12 do not make 9 truer. Figures that one root states beside each other in one document count different things, and stay apart. A subtotal ("11 children" of 43) is no total; a later count of the same source
supersedes its earlier one; what its source took back is withdrawn. The rule for the range is "min-max": from the lowest bound stated to the highest, open where a
root leaves it open; where that would say nothing at all, the figures stand as stated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from witnessmark.corroborate.lines import Traced
from witnessmark.corroborate.telling import Telling
from witnessmark.model.claim import Harm, Per, VictimCount
from witnessmark.model.incident import Stated, Use, VictimRange

MIN_MAX = "min-max"
AS_STATED = "as stated"

_Slot = tuple[Harm | None, Per | None]
_Bounds = tuple[int | None, int | None]
_Entered = tuple[Telling, VictimCount, str, Use]


def victim_ranges(traced: Sequence[Traced], withdrawn: Collection[str]) -> tuple[VictimRange, ...]:
    """One range for each harm and unit that roots count once each, and what one root counts several times as stated; `withdrawn` are claims their source took back."""
    slots: dict[_Slot, dict[str, dict[_Bounds, None]]] = defaultdict(lambda: defaultdict(dict))
    for _, count, line, use in _entered(traced, withdrawn):
        if use is Use.COUNTED:
            slots[count.harm, count.per][line][count.min, count.max] = None
    return tuple(each for slot, by_line in slots.items() for each in _combined(slot, [list(bounds) for bounds in by_line.values()]))


def stated_values(traced: Sequence[Traced], withdrawn: Collection[str]) -> tuple[Stated, ...]:
    """The values of the roots side by side: victims, place, time and who is said to have done it."""
    found = [Stated("victims", count.text, telling.id, line, use) for telling, count, line, use in _entered(traced, withdrawn)]
    for each in traced:
        for telling in each.own:
            use = Use.WITHDRAWN if telling.id in withdrawn else Use.COUNTED
            found += [Stated(field, value, telling.id, each.line.root, use) for field, value in _other_values(telling)]
    return tuple(dict.fromkeys(found))


def _other_values(telling: Telling) -> Iterator[tuple[str, str]]:
    claim = telling.placed.claim
    if claim.where is not None:
        yield "where", claim.where.text
    if claim.when is not None:
        yield "when", claim.when.text
    for party in claim.parties:
        if party.role == "perpetrator":
            yield "said to have done it", party.text


def _entered(traced: Sequence[Traced], withdrawn: Collection[str]) -> list[_Entered]:
    entered: list[_Entered] = []
    for each in traced:
        latest: dict[_Slot, tuple[int, str]] = {}
        for telling in each.own:
            for count in telling.placed.claim.victims:
                day = telling.age[0], telling.item
                latest[count.harm, count.per] = max(latest.get((count.harm, count.per), day), day)
        for telling in each.own:
            for count in telling.placed.claim.victims:
                use = _use(telling, count, withdrawn, superseded=telling.item != latest[count.harm, count.per][1])
                entered.append((telling, count, each.line.root, use))
    return entered


def _use(telling: Telling, count: VictimCount, withdrawn: Collection[str], *, superseded: bool) -> Use:
    if telling.id in withdrawn:
        return Use.WITHDRAWN
    if count.includes is not None:
        return Use.SUBTOTAL
    return Use.SUPERSEDED if superseded else Use.COUNTED


def _combined(slot: _Slot, lines: Sequence[Sequence[_Bounds]]) -> Iterator[VictimRange]:
    harm, per = slot
    alone = dict.fromkeys(bounds[0] for bounds in lines if len(bounds) == 1)
    apart = dict.fromkeys(each for bounds in lines if len(bounds) > 1 for each in bounds)
    low, high = _lowest([low for low, _ in alone]), _highest([high for _, high in alone])
    if len(alone) == 1 or (low is None and high is None):
        apart = {**alone, **apart}
    elif alone:
        yield VictimRange(low, high, per, harm, MIN_MAX)
    yield from (VictimRange(each_low, each_high, per, harm, AS_STATED) for each_low, each_high in apart)


def _lowest(bounds: Sequence[int | None]) -> int | None:
    """The lowest bound; None, which is open, where one of them is."""
    known = [bound for bound in bounds if bound is not None]
    return min(known) if known and len(known) == len(bounds) else None


def _highest(bounds: Sequence[int | None]) -> int | None:
    known = [bound for bound in bounds if bound is not None]
    return max(known) if known and len(known) == len(bounds) else None
