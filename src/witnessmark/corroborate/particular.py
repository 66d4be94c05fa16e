"""What an answer that names an act is about, across documents: allegations of that act that share place or accused and differ in nothing both state.

Place, accused and time differ where both state them and they do not meet (a whole country meets any place but another country); an answer to what was said later is none. A denial or concession that
accuses nobody speaks for its speaker; a doubt speaks of others. Taking back is only ever about the same speaker's own words, and everybody else
answers others only. Each distinct allegation is answered once, at its oldest telling in another item: repeats join it in its incident.

Allegations lie in blocks of (act, place, party, period), so that an answer looks only at what can fit; `BESIDE` bounds what is set beside one answer.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from heapq import merge
from itertools import product
from typing import NamedTuple

from witnessmark.corroborate.compared import TAKING_BACK, Allegation, Compared
from witnessmark.corroborate.days import Days
from witnessmark.model.claim import Act, Stance
from witnessmark.text.names import same_name

PERIOD_DAYS = 30
"""Length of the periods by which dated happenings are blocked; it changes the speed, never the result."""
LONG_DAYS = 366
"""What may have lasted longer is compared with every dated answer, so that nothing lies in more than a dozen or so periods."""

ANY = "any"
NOT_STATED = "not stated"
LONG = "long"

ACCUSED, SPEAKER = "accused", "speaker"

Block = tuple[Act | None, str, str, str | int]
Looked = tuple[str, Block]
"""A block of the search by accused or of that by speaker."""
Place = tuple[object, ...]
"""Sorts the claims of a case."""


class Filed(NamedTuple):
    """An allegation with what it is ordered by: the day of its first telling, then the place of that in the case, which no other allegation has."""

    order: tuple[int, Place]
    allegation: Allegation


class ParticularSearch:
    """Distinct allegations, blocked by the parties `who` gives. They can be put in and taken out one by one."""

    def __init__(self, who: Callable[[Compared], frozenset[str]]) -> None:
        self._who = who
        self._blocks: dict[Block, list[Filed]] = defaultdict(list)
        self._unordered: set[Block] = set()

    def put(self, filed: Filed) -> list[Block]:
        """Put one in. The blocks it lies in."""
        blocks = self._blocks_of(filed.allegation.oldest)
        for block in blocks:
            self._blocks[block].append(filed)
        self._unordered.update(blocks)
        return blocks

    def take_out(self, filed: Filed) -> list[Block]:
        """Take one out. The blocks it lay in."""
        blocks = self._blocks_of(filed.allegation.oldest)
        for block in blocks:
            held = self._block(block)
            del held[bisect_left(held, filed.order, key=_order)]
        return blocks

    def _block(self, block: Block) -> list[Filed]:
        """The allegations of a block, oldest first."""
        found = self._blocks.get(block, [])
        if block in self._unordered:
            found.sort(key=_order)
            self._unordered.discard(block)
        return found

    def _blocks_of(self, told: Compared) -> list[Block]:
        parties = self._who(told) or {NOT_STATED}
        return [
            (told.placed.claim.act, place, party, period)
            for place, party, period in product(_places(told), (*parties, ANY), (*_periods(told.when), ANY))
        ]

    def told(self, answering: Compared, parties: frozenset[str], *, party_must_meet: bool) -> Iterator[Compared]:
        """The tellings that fit, each distinct allegation once, latest allegation first."""
        blocks = map(self._block, blocks_met(answering, parties, party_must_meet=party_must_meet))
        last: tuple[int, Place] | None = None
        for filed in merge(*(_latest_first(block, answering.days.last) for block in blocks if block), key=_order, reverse=True):
            if filed.order != last:
                last = filed.order
                told = filed.allegation.telling_outside(answering)
                if told is not None and told.when.overlaps(answering.when) and not _in_other_country(told, answering):
                    yield told


def _order(filed: Filed) -> tuple[int, Place]:
    return filed.order


def _first_day(filed: Filed) -> int:
    return filed.order[0]


def _latest_first(block: list[Filed], last: int | None) -> Iterator[Filed]:
    """The allegations of a block, the latest first, none first told after the day `last`."""
    until = len(block) if last is None else bisect_right(block, last, key=_first_day)
    return (block[n] for n in range(until - 1, -1, -1))


class ParticularAnswers:
    """Finds what particular answers are about among the distinct allegations of a case."""

    def __init__(self) -> None:
        self._by_accused = ParticularSearch(lambda told: told.accused)
        self._by_speaker = ParticularSearch(lambda told: told.speaker_keys)

    def put(self, filed: Filed) -> set[Looked]:
        """Put an allegation in. Where answers may find it."""
        return {*((ACCUSED, block) for block in self._by_accused.put(filed)), *((SPEAKER, block) for block in self._by_speaker.put(filed))}

    def take_out(self, filed: Filed) -> set[Looked]:
        """Take an allegation out. Where answers may have found it."""
        return {
            *((ACCUSED, block) for block in self._by_accused.take_out(filed)),
            *((SPEAKER, block) for block in self._by_speaker.take_out(filed)),
        }

    @staticmethod
    def looks(answering: Compared) -> frozenset[Looked]:
        """Where an answer looks: as long as nothing there changes, it is about the same."""
        if answering.placed.claim.stance in TAKING_BACK:
            return frozenset((SPEAKER, block) for block in blocks_met(answering, answering.speaker_keys, party_must_meet=True))
        return frozenset((ACCUSED, block) for block in blocks_met(answering, _parties(answering), party_must_meet=False))

    def about(self, answering: Compared) -> Iterator[tuple[Compared, str]]:
        """Each telling the answer is about with the reason in words, latest allegation first."""
        claim = answering.placed.claim
        if claim.stance in TAKING_BACK:
            for told in self._by_speaker.told(answering, answering.speaker_keys, party_must_meet=True):
                if is_same_speaker(answering, told):
                    yield told, f"The same speaker, of the same act ({claim.act})."
            return
        parties = _parties(answering)
        for told in self._by_accused.told(answering, parties, party_must_meet=False):
            if not answering.speaker or told.speaker != answering.speaker:
                shared = [
                    name
                    for name, same in (
                        ("place", answering.place is not None and answering.place == told.place),
                        ("accused", bool(parties & told.accused)),
                    )
                    if same
                ]
                yield told, f"The same act ({claim.act}), and the same {' and '.join(shared)}."


def _parties(answering: Compared) -> frozenset[str]:
    """Whom an answer speaks of or for."""
    return answering.accused or (frozenset() if answering.placed.claim.stance is Stance.DOUBTS else answering.speaker_keys)


def blocks_met(answering: Compared, parties: frozenset[str], *, party_must_meet: bool) -> list[Block]:
    """The blocks whose allegations an answer may be about."""
    return [
        (answering.placed.claim.act, place, party, period)
        for place, party in _places_and_parties(answering, parties, party_must_meet=party_must_meet)
        for period in _periods_met(answering.when)
    ]


def is_same_speaker(one: Compared, other: Compared) -> bool:
    """Whether two named speakers may be one: equal words, a surname or an acronym; never the document's own voice."""
    if not one.speaker or not other.speaker:
        return False
    return one.speaker == other.speaker or same_name(one.placed.speaker_name, other.placed.speaker_name)


def _place(told: Compared) -> str:
    return f"at {told.place}" if told.place else NOT_STATED


def _places(told: Compared) -> tuple[str, ...]:
    """The places an allegation may be looked for at; one of a whole country may be about any place in it."""
    return (_place(told), NOT_STATED, ANY) if told.wide else (_place(told), ANY)


def _in_other_country(one: Compared, other: Compared) -> bool:
    return one.wide and other.wide and one.place != other.place


def _places_and_parties(answering: Compared, parties: frozenset[str], *, party_must_meet: bool) -> list[tuple[str, str]]:
    """The blocks in which allegations share place or party with the answer and differ in neither."""
    if answering.place is None:
        return [(ANY, party) for party in parties]
    here = _place(answering)
    met = [(place, party) for place in ((ANY,) if answering.wide else (here, NOT_STATED)) for party in parties]
    if party_must_meet:
        return met
    return [*met, (here, NOT_STATED)] if parties else [(here, ANY)]


def _periods(when: Days) -> tuple[str | int, ...]:
    """The periods an allegation lies in."""
    if when.first is None and when.last is None:
        return (NOT_STATED,)
    if when.first is None or when.last is None or when.last - when.first > LONG_DAYS:
        return (LONG,)
    return tuple(range(when.first // PERIOD_DAYS, when.last // PERIOD_DAYS + 1))


def _periods_met(when: Days) -> tuple[str | int, ...]:
    """The periods whose allegations an answer of that time may meet."""
    periods = _periods(when)
    return (ANY,) if periods[0] in {NOT_STATED, LONG} else (NOT_STATED, LONG, *periods)
