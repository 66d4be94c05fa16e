"""Who is said to have done, ordered, supported, let happen or gained from what: claims gathered by party, part and what it is a part in.

A claim asserted or conceded as fact says it; a denial of the same part, or of such a claim, stands beside it. Demands, predictions and opinions give nobody a part. What a party supports is whom the same claim
calls the recipient or, where it names one, the perpetrator.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from witnessmark.corroborate.bodies import Bodies, party_key
from witnessmark.corroborate.placed import PlacedClaim
from witnessmark.model.claim import Act, Claim, ClaimParty, Kind, PartyRole, Stance
from witnessmark.model.decision import Decision
from witnessmark.model.incident import Answer
from witnessmark.model.responsibility import (
    ANSWERABLE,
    DECIDERS,
    NAMED_RESPONSIBILITY,
    PARTY,
    PARTY_KIND,
    AllegedPart,
    AllegedParty,
    PartyKind,
    Responsibility,
)

SAYING = frozenset({Stance.ASSERTS, Stance.CONCEDES})
BESIDE = frozenset({Stance.DENIES, Stance.RETRACTS, Stance.CORRECTS})
"""Answers that stand beside an edge as denials; doubts and concessions stand as answers to it."""
HELPING = frozenset({PartyRole.SUPPORTER, PartyRole.ACQUIESCING, PartyRole.BENEFICIARY})

ANYBODY = frozenset(
    [
        "whoever",
        "who",
        "someone",
        "somebody",
        "anyone",
        "anybody",
        "everyone",
        "nobody",
        "others",
        "people",
        "one",
        "it",
        "they",
        "he",
        "she",
        "we",
        "i",
        "you",
        "him",
        "her",
        "them",
        "us",
        "me",
    ]
)
"""Words that stand where a name would and name nobody."""

Edge = tuple[str, PartyRole, Act | None, str | None]


class PartyDecisions(msgspec.Struct, frozen=True):
    """What people decided of parties, by key: what carries the name, and who may be named."""

    kinds: dict[str, PartyKind]
    named: frozenset[str]


def party_decisions(decisions: Iterable[Decision]) -> PartyDecisions:
    """Read the decisions on parties that stand. Of each person the last on a party counts; it takes `DECIDERS` who say yes and nobody who says no."""
    kinds: dict[str, PartyKind] = {}
    votes: dict[str, dict[str, str]] = defaultdict(dict)
    for made in decisions:
        if made.undone or not made.subject.startswith(PARTY):
            continue
        key = made.subject.removeprefix(PARTY)
        if made.field == PARTY_KIND:
            kinds[key] = PartyKind(made.value)
        elif made.field == NAMED_RESPONSIBILITY:
            votes[key][made.by] = made.value
    named = {key for key, said in votes.items() if len(said) >= DECIDERS and set(said.values()) == {"yes"}}
    return PartyDecisions(kinds, frozenset(named))


UNDECIDED = PartyDecisions({}, frozenset())


def alleged_responsibility(claims: Sequence[PlacedClaim], answers: Sequence[Answer], decided: PartyDecisions = UNDECIDED) -> Responsibility:
    """The graph of parties, each part in the order in which claims first tell of it."""
    by_id = {placed.claim.id: placed.claim for placed in claims}
    said: dict[Edge, list[str]] = defaultdict(list)
    denials: dict[tuple[str, PartyRole], list[Claim]] = defaultdict(list)
    nameless: list[str] = []
    for claim in by_id.values():
        if claim.stance is Stance.DENIES:
            for party, role, _, _ in _edges(claim):
                denials[party, role].append(claim)
        elif claim.stance in SAYING and claim.kind is Kind.FACTUAL:
            for edge in _edges(claim):
                said[edge].append(claim.id)
            if any(party.role in ANSWERABLE and not _is_named(party) for party in claim.parties):
                nameless.append(claim.id)
    answered = _answering(answers, by_id)
    parts = [_part(edge, ids, denials[edge[:2]], answered) for edge, ids in said.items()]
    ordered = sorted(parts, key=lambda part: ANSWERABLE.index(part.role))
    return Responsibility(tuple(_parties(claims, ordered, decided)), tuple(ordered), tuple(nameless))


def _edges(claim: Claim) -> Iterator[Edge]:
    found: dict[Edge, None] = {}
    for party in claim.parties:
        if party.role in ANSWERABLE and _is_named(party):
            key = party_key(party.name or "")
            found.update(((key, party.role, claim.act, of), None) for of in _helped(party, key, claim))
    yield from found


def _is_named(party: ClaimParty) -> bool:
    return bool(party.name) and party_key(party.name or "") not in ANYBODY


def _helped(party: ClaimParty, key: str, claim: Claim) -> list[str | None]:
    """Whom the party is said to have helped; None where the claim does not name them, or the part is in the act itself."""
    for role in (PartyRole.RECIPIENT, PartyRole.PERPETRATOR) if party.role in HELPING else ():
        others = {party_key(other.name or "") for other in claim.parties if other.role is role and _is_named(other)} - {key}
        if others:
            return [*sorted(others)]
    return [None]


def _answering(answers: Sequence[Answer], by_id: Mapping[str, Claim]) -> dict[str, list[Claim]]:
    """The claims that answer each claim, in the order of the answers."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for answer in answers:
        if answer.claim in by_id:
            found[answer.about].append(by_id[answer.claim])
    return found


def _part(edge: Edge, said: list[str], denials: Sequence[Claim], answering: Mapping[str, list[Claim]]) -> AllegedPart:
    """The edge with every denial of the same part that names no other act, and every answer to a claim that says it."""
    party, role, act, of = edge
    answers = [claim for each in said for claim in answering.get(each, ())]
    own = [claim for claim in denials if claim.act in {act, None}]
    denied = dict.fromkeys(claim.id for claim in (*own, *(claim for claim in answers if claim.stance in BESIDE)))
    others = dict.fromkeys(claim.id for claim in answers if claim.stance not in BESIDE)
    return AllegedPart(party, role, act, of, tuple(said), tuple(denied), tuple(others))


def _parties(claims: Sequence[PlacedClaim], parts: Sequence[AllegedPart], decided: PartyDecisions) -> Iterator[AllegedParty]:
    """The parties of the graph, with the ways they are written."""
    wanted = dict.fromkeys(key for part in parts for key in (part.party, part.of) if key is not None)
    written: dict[str, dict[str, None]] = {key: {} for key in wanted}
    for placed in claims:
        for party in placed.claim.parties:
            if party.name and (key := party_key(party.name)) in written:
                written[key][" ".join(party.name.split())] = None
    bodies = Bodies(claims, decided.kinds)
    for key, names in written.items():
        first = next(iter(names))
        kind = bodies.kind_of(first)
        named = key in decided.named or (key in decided.kinds and kind is PartyKind.BODY)
        harmless = kind is PartyKind.BODY and not any(map(bodies.names_somebody, names))
        yield AllegedParty(key, tuple(names), kind, None if harmless else bodies.office_of(first), harmless or named)
