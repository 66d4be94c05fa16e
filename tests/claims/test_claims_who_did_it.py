"""What a bomb did, nobody is named for; whom the sentence lets act is."""

from __future__ import annotations

import pytest

from witnessmark.claims import ClaimReader
from witnessmark.model.claim import PartyRole


def perpetrators(reader: ClaimReader, text: str) -> list[str]:
    return [party.text for claim in reader.read(text) for party in claim.parties if party.role is PartyRole.PERPETRATOR]


@pytest.mark.parametrize(
    "text",
    [
        "The explosion wounded seven people near the bridge.",
        "Two attacks killed four villagers in the valley.",
    ],
    ids=["an explosion", "attacks"],
)
def test_a_happening_is_no_perpetrator(reader: ClaimReader, text: str) -> None:
    assert perpetrators(reader, text) == []


def test_people_and_bodies_are(reader: ClaimReader) -> None:
    assert perpetrators(reader, "Gunmen killed three traders in the market of Tarn.") == ["Gunmen"]
    assert perpetrators(reader, "The army killed four villagers in the valley.") == ["The army"]
