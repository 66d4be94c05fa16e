"""Which words of a text in capitals are places."""

from __future__ import annotations

from witnessmark.claims import ClaimReader


def places(reader: ClaimReader, text: str) -> set[str]:
    return {claim.where.text for claim in reader.read(text) if claim.where is not None}


def test_plain_words_in_capitals_are_no_towns_of_that_name(reader: ClaimReader) -> None:
    text = "   BOGOTA, 9 JAN 90 (EFE) -- [TEXT] GUERRILLAS KILLED SIX PEASANTS NEAR THE CENTER OF THE AREA AT THE TIME OF THE MASSACRE, POLICE SAID."
    assert places(reader, text) == set()


def test_places_in_capitals_stay(reader: ClaimReader) -> None:
    text = "   BOGOTA, 9 JAN 90 (EFE) -- [TEXT] GUERRILLAS KILLED SIX PEASANTS IN MEDELLIN, POLICE SAID.  SOLDIERS KILLED TWO STUDENTS IN LIMA, WITNESSES SAID."
    assert places(reader, text) == {"MEDELLIN", "LIMA"}
