"""Pledges tracked: each undertaking with the later claims that bear on it, and what is said to have become of it by a given day.

The state is read off those claims alone. Some say kept and none say broken: said to be kept; the other way about: said to be broken; both, or something said that settles nothing: unclear. Where nothing is said of
it after its date: overdue; before that: not yet due; without a date: unclear. A doubt is shown and decides nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from witnessmark.corroborate.bearing import Ties
from witnessmark.corroborate.days import days_of, days_of_interval
from witnessmark.corroborate.placed import PlacedClaim
from witnessmark.corroborate.undertakings import Undertaking, find_undertakings
from witnessmark.model.incident import Answer
from witnessmark.model.pledge import Bearing, LaterClaim, Pledge, PledgeKind, PledgeState

SETTLING = frozenset({Bearing.SAYS_KEPT, Bearing.SAYS_BROKEN})


def track_pledges(claims: Sequence[PlacedClaim], answers: Sequence[Answer], *, on: str) -> list[Pledge]:
    """All pledges among `claims` as they stand on the ISO day `on`, in the order of their oldest claim; what is dated later is not looked at."""
    day = days_of(on).last
    known = [placed for placed in {placed.claim.id: placed for placed in claims}.values() if _is_said_by(placed, day)]
    undertakings = find_undertakings(known)
    ties = Ties(undertakings, answers)
    later: dict[str, list[LaterClaim]] = defaultdict(list)
    for placed in known:
        for undertaking, bearing, why in ties.of(placed):
            later[undertaking.id].append(LaterClaim(placed.claim.id, bearing, why, _iso(placed.days.last)))
    return [_pledge(each, sorted(later[each.id], key=lambda one: one.day or "9999"), on) for each in undertakings]


def _pledge(undertaking: Undertaking, later: list[LaterClaim], on: str) -> Pledge:
    due = _due(undertaking)
    state, why = state_on(undertaking.kind, due, later, on)
    return Pledge(
        id=undertaking.id,
        kind=undertaking.kind,
        by=_by(undertaking),
        to=_once(
            told.claim.addressee.name or told.claim.addressee.text for told in undertaking.tellings if told.claim.addressee is not None
        ),
        due=due,
        claims=tuple(told.claim.id for told in undertaking.tellings),
        later=tuple(later),
        state=state,
        on=on,
        why=why,
    )


def state_on(kind: PledgeKind, due: tuple[str | None, str | None] | None, later: Sequence[LaterClaim], on: str) -> tuple[PledgeState, str]:
    """What is said to have become of an undertaking by the ISO day `on`, and why that and no more can be said."""
    said = {one.bearing for one in later} & SETTLING
    if said == SETTLING:
        return PledgeState.UNCLEAR, "Some claims say that it was kept and some that it was broken."
    if said:
        kept = said == {Bearing.SAYS_KEPT}
        met, refused = ("met", "refused") if kind is PledgeKind.DEMAND else ("kept", "broken")
        return (
            PledgeState.KEPT if kept else PledgeState.BROKEN
        ), f"Claims say that it was {met if kept else refused}; none says otherwise."
    if any(one.bearing in {Bearing.SPEAKS_OF, Bearing.DENIES} for one in later):
        return PledgeState.UNCLEAR, "Something is said of it, but not in words that say whether it was kept."
    if due is None or due[1] is None:
        return PledgeState.UNCLEAR, "It states no day by which it was due, and no claim says what became of it."
    if on > due[1]:
        return PledgeState.OVERDUE, "Its day has passed, and no claim held here says what became of it."
    return PledgeState.NOT_YET_DUE, "Its day has not come."


def _is_said_by(placed: PlacedClaim, day: int | None) -> bool:
    """Whether it was said on or before a day; what has no date cannot be told to be later."""
    return day is None or placed.days.first is None or placed.days.first <= day


def _due(undertaking: Undertaking) -> tuple[str | None, str | None] | None:
    """The latest day that a telling gives. What lies on or before the day it was said is the day of something else: nothing falls due before it is promised."""
    stated = [(days_of_interval(told.claim.due), told.days) for told in undertaking.tellings if told.claim.due is not None]
    dated = [
        due
        for due, said in stated
        if (due.first is not None or due.last is not None)
        and not (due.last is not None and said.first is not None and due.last <= said.first)
    ]
    if not dated:
        return None
    latest = max(dated, key=lambda due: due.last or 0)
    return _iso(latest.first), _iso(latest.last)


def _by(undertaking: Undertaking) -> tuple[str, ...]:
    """Who promises or demands; of an agreement, whoever the claims name as a party to it. Who only speaks of one is none."""
    if undertaking.kind is not PledgeKind.AGREEMENT:
        return _once(told.speaker_name for told in undertaking.tellings)
    return _once(party.name or party.text for told in undertaking.tellings for party in told.claim.parties)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _iso(ordinal: int | None) -> str | None:
    return date.fromordinal(ordinal).isoformat() if ordinal is not None else None
