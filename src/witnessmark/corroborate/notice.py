"""The notice timeline: for each party said to support, order or let happen, what was public or delivered to it before each later act.

The acts are the dated allegations against whom the party is said to have helped (against itself, where it is said to have commanded); where claims do not name whom, those that the same speakers make in the
same documents. Before each act stand the items that certainly were public, or in the party's hands, on an earlier day and that allege acts of the same people or at the same place. Nothing
is concluded from it: a day before a day is all it shows.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from witnessmark.corroborate.as_of import known_since, published_by
from witnessmark.corroborate.bodies import party_key
from witnessmark.corroborate.days import days_of_interval
from witnessmark.corroborate.naming import name_keys
from witnessmark.corroborate.placed import ACCUSED, PlacedClaim
from witnessmark.model.claim import PartyRole
from witnessmark.model.notice import Known, NoticeBefore, NoticeTimeline
from witnessmark.model.responsibility import AllegedPart, Responsibility
from witnessmark.model.view import HeldItem

WATCHED = frozenset({PartyRole.COMMANDER, PartyRole.SUPPORTER, PartyRole.ACQUIESCING})
"""The parts of which it matters what somebody could have known."""


MOST_DURING = 12
"""Items named that came while an act is said to have gone on: the first are what somebody could have acted on."""


def notice_timelines(responsibility: Responsibility, claims: Sequence[PlacedClaim], items: Sequence[HeldItem]) -> list[NoticeTimeline]:
    """One timeline for each party said to support, order or let happen, in the order of the parties; none where no later act is alleged."""
    allegations = _Allegations(claims, items, {party.key: party.names for party in responsibility.parties})
    parts: dict[str, list[AllegedPart]] = defaultdict(list)
    for part in responsibility.parts:
        if part.role in WATCHED:
            parts[part.party].append(part)
    made = (allegations.timeline(party, parts[party]) for party in parts)
    return [timeline for timeline in made if timeline.acts or timeline.undated]


class _Allegations:
    """The allegations of a case by whom they accuse, who makes them, and the day from which their item was there."""

    def __init__(self, claims: Sequence[PlacedClaim], items: Sequence[HeldItem], names: Mapping[str, tuple[str, ...]]) -> None:
        self._names = names
        self._claims = {placed.claim.id: placed for placed in claims}
        self._items = {held.item.id: held for held in items}
        self._made = [placed for placed in self._claims.values() if placed.is_allegation]
        self._against: dict[str, list[PlacedClaim]] = defaultdict(list)
        self._by_voice: dict[tuple[str, str], list[PlacedClaim]] = defaultdict(list)
        for placed in self._made:
            for key in _accused_keys(placed):
                self._against[key].append(placed)
            self._by_voice[placed.item, placed.speaker_name].append(placed)

    def timeline(self, party: str, parts: Sequence[AllegedPart]) -> NoticeTimeline:
        """What was there before each act that `party` is said to have had a part in."""
        because = tuple(dict.fromkeys(claim for part in parts for claim in part.said))
        about = self._acts_of(party, parts)
        places = {placed.place_key for placed in about} - {None}
        related = list({placed.claim.id: placed for placed in (*about, *(one for one in self._made if one.place_key in places))}.values())
        names = {party, *map(party_key, self._names[party])}
        known = self._known_to(names, related)
        by_time: dict[tuple[str, str], list[PlacedClaim]] = defaultdict(list)
        undated = []
        for placed in about:
            when = days_of_interval(placed.claim.when)
            if when.first is None:
                undated.append(placed.claim.id)
            else:
                by_time[_iso(when.first), _iso(when.last)].append(placed)
        return NoticeTimeline(party, because, tuple(_set_before(sorted(by_time.items()), known)), tuple(undated))

    def _acts_of(self, party: str, parts: Sequence[AllegedPart]) -> list[PlacedClaim]:
        found: dict[str, PlacedClaim] = {}
        for part in parts:
            if part.role is PartyRole.COMMANDER:
                helped: Iterable[str] = (party,)
            else:
                helped = (part.of,) if part.of is not None else ()
            keys = {key for one in helped for key in (one, *(part for name in self._names[one] for part in name_keys(name)))}
            against = [placed for key in sorted(keys) for placed in self._against.get(key, ())]
            for placed in against or self._by_the_same(part.said):
                found[placed.claim.id] = placed
        return [placed for placed in self._made if placed.claim.id in found and party not in map(party_key, _speakers(placed))]

    def _by_the_same(self, said: Iterable[str]) -> list[PlacedClaim]:
        voices = dict.fromkeys((self._claims[claim].item, self._claims[claim].speaker_name) for claim in said if claim in self._claims)
        return [placed for voice in voices for placed in self._by_voice.get(voice, ())]

    def _known_to(self, names: set[str], related: Sequence[PlacedClaim]) -> list[Known]:
        by_item: dict[str, list[str]] = defaultdict(list)
        for placed in related:
            by_item[placed.item].append(placed.claim.id)
        found = [known for item, ids in by_item.items() if item in self._items for known in self._of_item(self._items[item], ids, names)]
        return sorted(found, key=lambda known: known.day)

    def _of_item(self, held: HeldItem, ids: Sequence[str], names: set[str]) -> Iterable[Known]:
        delivered = [delivery for delivery in held.item.deliveries if party_key(delivery.to) in names]
        public = _public_since(held, self._items)
        if public is not None:
            yield Known(held.item.id, public, None, tuple(ids))
        yield from (
            Known(held.item.id, delivery.day, delivery.to, tuple(ids)) for delivery in delivered if public is None or delivery.day < public
        )


def _set_before(acts: Sequence[tuple[tuple[str, str], Sequence[PlacedClaim]]], known: Sequence[Known]) -> Iterator[NoticeBefore]:
    """Each act with what was there before it, and what came while it is said to have gone on: where its end is open, until it was said to go on. `acts` and `known` are in order of their days."""
    days = [one.day for one in known]
    named = 0
    for (day, until), told in acts:
        before = bisect_left(days, day)
        said = max((last for placed in told if (last := placed.days.last) is not None), default=None)
        own = {placed.item for placed in told}
        came = known[before : bisect_right(days, until or _iso(said) or day)]
        during = tuple(islice((one for one in came if one.item not in own), MOST_DURING))
        yield NoticeBefore(tuple(placed.claim.id for placed in told), day, until or None, before, tuple(known[named:before]), during)
        named = before


def _iso(ordinal: int | None) -> str:
    """An ISO day; empty where it is open."""
    return date.fromordinal(ordinal).isoformat() if ordinal is not None else ""


def _public_since(held: HeldItem, items: Mapping[str, HeldItem]) -> str | None:
    """The last day on which what is public now can have become so; None for what is not."""
    if not held.item.already_public:
        return None
    return published_by(held) or known_since(held, items)


def _accused_keys(placed: PlacedClaim) -> Iterable[str]:
    for party in placed.claim.parties:
        if party.role in ACCUSED and party.name:
            yield from name_keys(party.name) or {party_key(party.name)}
            yield party_key(party.name)


def _speakers(placed: PlacedClaim) -> tuple[str, ...]:
    return (placed.speaker_name,) if placed.speaker_name else ()
