"""Support told as what was given: arms, fuel or cover to a state or its forces make a supporter; bread for families does not."""

from __future__ import annotations

import pytest

from witnessmark.claims import ClaimReader
from witnessmark.model.claim import Act, PartyRole


@pytest.fixture(scope="module")
def reader() -> ClaimReader:
    return ClaimReader.load()


@pytest.mark.parametrize(
    ("words", "supporters", "recipients"),
    [
        ("The group said that Orvania sent arms to the militia.", {"Orvania"}, {"militia"}),
        ("The group said that Orvania and Kelmar have given the regime fuel and cover.", {"Orvania", "Kelmar"}, {"regime"}),
        ("The minister accused Orvania of giving Kelmar weapons and money.", {"Orvania"}, {"Kelmar"}),
        ("The group said that Orvania supplied the army with ammunition.", {"Orvania"}, {"army"}),
    ],
)
def test_who_gives_the_means_supports_and_who_gets_them_is_the_recipient(
    reader: ClaimReader, words: str, supporters: set[str], recipients: set[str]
) -> None:
    (claim,) = [claim for claim in reader.read(words) if claim.act is Act.SUPPORT]
    assert {party.name for party in claim.parties if party.role is PartyRole.SUPPORTER} == supporters
    assert {party.name for party in claim.parties if party.role is PartyRole.RECIPIENT} == recipients


@pytest.mark.parametrize(
    "words",
    [
        "The group said that it gave families money.",
        "The group said that the doctors sent blankets to the army.",
        "She said that her uncle gave her a book.",
    ],
)
def test_what_is_given_to_people_or_is_no_means_of_war_is_no_support(reader: ClaimReader, words: str) -> None:
    assert not [claim for claim in reader.read(words) if claim.act is Act.SUPPORT]
