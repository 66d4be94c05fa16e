"""Grouping claims about one happening, first cut: same act, same stated place, times that overlap or are both unstated; or one allegation retold.

Two allegations make a pair when they meet that rule; incidents are the connected components of the pairs, so the order in
which claims come in changes nothing. Answers join the incidents of what they are about. How many independent lines there
are is not established yet and says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from witnessmark.corroborate.compared import Compared, repeat_key
from witnessmark.corroborate.days import UNKNOWN, Days
from witnessmark.corroborate.placed import PlacedClaim
from witnessmark.model.claim import Act, Stance
from witnessmark.model.incident import Answer, Incident, IncidentClaim, IncidentPlace, IncidentTime, Role, VictimRange

ROLE_OF_ANSWER = {
    Stance.DENIES: Role.DENIES,
    Stance.CORRECTS: Role.CONTRADICTS,
    Stance.RETRACTS: Role.CONTRADICTS,
    Stance.DOUBTS: Role.CONTEXT,
    Stance.CONCEDES: Role.CONTEXT,
}
"""A doubt or concession is shown with the incident but counts on neither side; a denial never counts as support."""

NOT_ESTABLISHED = "Which of these claims are independent of each other has not been established."


def group_incidents(claims: Sequence[PlacedClaim], answers: Sequence[Answer]) -> list[Incident]:
    """Incidents in the order of their oldest claim (`claims` come oldest first). A claim given twice counts once."""
    by_id: dict[str, PlacedClaim] = {}
    for placed in claims:
        by_id.setdefault(placed.claim.id, placed)
    answered_by: dict[str, list[PlacedClaim]] = defaultdict(list)
    for answer in answers:
        if answer.claim in by_id:
            answered_by[answer.about].append(by_id[answer.claim])
    allegations = [Compared.of(placed) for placed in by_id.values() if placed.is_allegation]
    return [_incident(group, answered_by) for group in _components(allegations)]


def _components(allegations: Sequence[Compared]) -> list[list[Compared]]:
    parent = list(range(len(allegations)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for one, other in _pairs(allegations):
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    groups: dict[int, list[Compared]] = defaultdict(list)
    for n, compared in enumerate(allegations):
        groups[root(n)].append(compared)
    return [groups[n] for n in sorted(groups)]


def _pairs(allegations: Sequence[Compared]) -> Iterator[tuple[int, int]]:
    blocks: dict[tuple[Act, str], list[int]] = defaultdict(list)
    repeats: dict[object, list[int]] = defaultdict(list)
    for n, compared in enumerate(allegations):
        act = compared.placed.claim.act
        repeats[repeat_key(compared)].append(n)
        if act and compared.place:
            blocks[act, compared.place].append(n)
    for told in repeats.values():
        yield from ((told[0], n) for n in told[1:])
    for block in blocks.values():
        yield from _pairs_in_time(allegations, block)


def _pairs_in_time(allegations: Sequence[Compared], block: list[int]) -> Iterator[tuple[int, int]]:
    """Pairs of one act and place: the unstated times together, the dated ones by sweeping over their intervals."""
    undated = [n for n in block if allegations[n].when == UNKNOWN]
    yield from ((undated[0], n) for n in undated[1:])
    dated = sorted((allegations[n].when.first or 0, n) for n in block if allegations[n].when != UNKNOWN)
    furthest: tuple[int, Days] | None = None
    for _, n in dated:
        when = allegations[n].when
        if furthest and furthest[1].overlaps(when):
            yield furthest[0], n
        if furthest is None or (furthest[1].last is not None and (when.last is None or when.last > furthest[1].last)):
            furthest = n, when


def _incident(group: list[Compared], answered_by: dict[str, list[PlacedClaim]]) -> Incident:
    oldest = group[0].placed.claim
    answering = list({by.claim.id: by for compared in group for by in answered_by.get(compared.id, ())}.values())
    denials = [placed for placed in answering if placed.claim.stance is Stance.DENIES]
    return Incident(
        id=oldest.id,
        act=oldest.act,
        where=_place(group),
        when=_time(group),
        claims=(
            *(IncidentClaim(compared.id, Role.SUPPORTS) for compared in group),
            *(IncidentClaim(placed.claim.id, ROLE_OF_ANSWER[placed.claim.stance]) for placed in answering),
        ),
        independent_lines=None,
        independent_lines_max=None,
        lines=(),
        victims=tuple(VictimRange(v.min, v.max, v.per, v.harm, "as stated") for one in group for v in one.placed.claim.victims),
        support=None,
        reasons=(NOT_ESTABLISHED,),
        denied_by=tuple(dict.fromkeys(_speaker_name(placed) for placed in denials)),
        disputed_by=(),
        asked_for=tuple(dict.fromkeys(basis.text for one in group for basis in one.placed.claim.basis if basis.held is None)),
    )


def _place(group: list[Compared]) -> IncidentPlace | None:
    where = next((one.placed.claim.where for one in group if one.placed.claim.where), None)
    return IncidentPlace(where.name or where.text, where.id) if where else None


def _time(group: list[Compared]) -> IncidentTime | None:
    stated = [one.when for one in group if one.when != UNKNOWN]
    if not stated:
        return None
    starts, ends = [when.first for when in stated], [when.last for when in stated]
    return IncidentTime(
        None if None in starts else _iso(min(filter(None, starts))),
        None if None in ends else _iso(max(filter(None, ends))),
    )


def _iso(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def _speaker_name(placed: PlacedClaim) -> str:
    speaker = placed.claim.speaker
    if speaker is None:
        return "the document itself"
    return speaker.name or (speaker.mention.text if speaker.mention else "a source that is not named")
