from __future__ import annotations

from witnessmark.claims import ClaimReader
from witnessmark.model.claim import Act, ClaimParty, PartyRole


def _parties(parties: tuple[ClaimParty, ...]) -> set[tuple[PartyRole, str]]:
    return {(party.role, party.text) for party in parties}


def test_to_put_people_to_death_is_to_kill_them(reader: ClaimReader) -> None:
    (claim,) = reader.read("The envoy said that the government had put thousands of detainees to death.")
    assert claim.act is Act.KILLING
    assert (PartyRole.PERPETRATOR, "the government") in _parties(claim.parties)


def test_who_disappears_is_a_victim_not_a_perpetrator(reader: ClaimReader) -> None:
    (claim,) = reader.read("The envoy said that two men disappeared.")
    assert claim.act is Act.ENFORCED_DISAPPEARANCE
    assert _parties(claim.parties) == {(PartyRole.VICTIM, "two men")}
