"""Grouping claims about one happening, first cut: same act, same stated place, times that overlap or are both unstated.

Two allegations make a pair when they meet that rule; incidents are the connected components of the pairs, so the order in
which claims come in changes nothing. Answers join the incidents of what they are about. How many independent lines there
are is not established yet and says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from witnessmark.corroborate.answers import overlap
from witnessmark.corroborate.placed import PlacedClaim
from witnessmark.model.claim import Interval, Stance
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
    """Incidents in the order of their oldest claim (`claims` come oldest first)."""
    allegations = [placed for placed in claims if placed.is_allegation]
    by_id = {placed.claim.id: placed for placed in claims}
    answered_by: dict[str, list[str]] = defaultdict(list)
    for answer in answers:
        answered_by[answer.about].append(answer.claim)
    return [_incident(group, answered_by, by_id) for group in _components(allegations)]


def _components(allegations: Sequence[PlacedClaim]) -> list[list[PlacedClaim]]:
    parent = list(range(len(allegations)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n, placed in enumerate(allegations):
        if placed.claim.act and placed.place_key:
            blocks[placed.claim.act, placed.place_key].append(n)
    for block in blocks.values():
        for one, other in _pairs(allegations, block):
            first, second = sorted((root(one), root(other)))
            parent[second] = first
    groups: dict[int, list[PlacedClaim]] = defaultdict(list)
    for n, placed in enumerate(allegations):
        groups[root(n)].append(placed)
    return [groups[n] for n in sorted(groups)]


def _pairs(allegations: Sequence[PlacedClaim], block: list[int]) -> list[tuple[int, int]]:
    """Pairs of one act and place: the unstated times together, the dated ones by sweeping over their intervals."""
    dated: list[tuple[str, int, Interval]] = []
    undated: list[int] = []
    for n in block:
        when = _stated_time(allegations[n])
        if when is None:
            undated.append(n)
        else:
            dated.append((when.earliest or "", n, when))
    pairs = [(undated[0], n) for n in undated[1:]]
    furthest: tuple[int, Interval] | None = None
    for _, n, when in sorted(dated, key=lambda entry: entry[:2]):
        if furthest and overlap(furthest[1], when):
            pairs.append((furthest[0], n))
        if furthest is None or (furthest[1].latest is not None and (when.latest is None or when.latest > furthest[1].latest)):
            furthest = n, when
    return pairs


def _stated_time(placed: PlacedClaim) -> Interval | None:
    """The time as far as a date is stated of it."""
    when = placed.claim.when
    return when if when is not None and (when.earliest or when.latest) else None


def _incident(group: list[PlacedClaim], answered_by: dict[str, list[str]], by_id: dict[str, PlacedClaim]) -> Incident:
    oldest = group[0].claim
    answering = [by_id[i] for i in dict.fromkeys(i for placed in group for i in answered_by[placed.claim.id])]
    denials = [placed for placed in answering if placed.claim.stance is Stance.DENIES]
    return Incident(
        id=oldest.id,
        act=oldest.act,
        where=_place(group),
        when=_time(group),
        claims=(
            *(IncidentClaim(placed.claim.id, Role.SUPPORTS) for placed in group),
            *(IncidentClaim(placed.claim.id, ROLE_OF_ANSWER[placed.claim.stance]) for placed in answering),
        ),
        independent_lines=None,
        independent_lines_max=None,
        lines=(),
        victims=tuple(VictimRange(v.min, v.max, v.per, v.harm, "as stated") for placed in group for v in placed.claim.victims),
        support=None,
        reasons=(NOT_ESTABLISHED,),
        denied_by=tuple(dict.fromkeys(_speaker_name(placed) for placed in denials)),
        disputed_by=(),
        asked_for=tuple(dict.fromkeys(basis.text for placed in group for basis in placed.claim.basis if basis.held is None)),
    )


def _place(group: list[PlacedClaim]) -> IncidentPlace | None:
    where = next((placed.claim.where for placed in group if placed.claim.where), None)
    return IncidentPlace(where.name or where.text, where.id) if where else None


def _time(group: list[PlacedClaim]) -> IncidentTime | None:
    stated = [when for placed in group if (when := _stated_time(placed))]
    if not stated:
        return None
    starts, ends = [when.earliest for when in stated], [when.latest for when in stated]
    return IncidentTime(
        None if None in starts else min(filter(None, starts)),
        None if None in ends else max(filter(None, ends)),
    )


def _speaker_name(placed: PlacedClaim) -> str:
    speaker = placed.claim.speaker
    if speaker is None:
        return "the document itself"
    return speaker.name or (speaker.mention.text if speaker.mention else "a source that is not named")
