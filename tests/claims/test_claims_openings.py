"""What stands before the words of a passage, and who therefore speaks."""

from __future__ import annotations

import pytest

from witnessmark.claims import ClaimReader
from witnessmark.claims.transcripts import without_openings
from witnessmark.model.claim import Claim
from witnessmark.text.segmentation import segment

DAY = "2021-06-03"


def saying(claims: list[Claim], words: str) -> Claim:
    """The claim whose content holds the words."""
    return next(claim for claim in claims if words in " ".join(span.text for span in claim.content))


def starts(text: str) -> list[str]:
    """The first words of each passage once its opening is off."""
    return [text[one.start : one.end][:12] for one in without_openings(text, segment(text))]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("MS KANTOR: It burned.\n\nQ (Bay Post): When?\n\nMS KANTOR: On Monday.", "It burned."),
        ("@ana_r: it burned, all of it\n\n@olt: no it did not, i was there", "it burned, a"),
        ("@ana_r  Thu 3 Jun 2021\nit burned, all of it\n\n@olt · 14:02\nno it did not, i was there", "it burned, a"),
        ("0410 Shelling from the hill.\n\n0500 Four admitted.\n\n0620 Two dead.", "Shelling fro"),
        ("12 Sept. Parade 40.\n\n13 Sept., noon. Quiet.\n\n14 Sept. Rain.", "Parade 40."),
        ("1. RADIO OLT, 0600: NO SHOT WAS FIRED.\n\n2. VOICE OF RIM, 0730: NINE MEN WERE SHOT.", "NO SHOT WAS "),
    ],
)
def test_an_opening_is_no_part_of_what_is_said(text: str, first: str) -> None:
    assert starts(text)[0] == first


def test_points_under_headings_of_their_own_are_nobodys_speech() -> None:
    text = "The Long Wait for Water: Wells have run dry.\n\nFew Schools Left Open: Roofs fell in.\n\nNo Doctors After Dark: The clinic shuts at four."
    assert [one.label for one in without_openings(text, segment(text))] == [None] * 3
    spoken = "THE PRESIDENT: Nobody was shot.\n\nANA RIM: Two were.\n\nTHE PRESIDENT: None."
    assert next(one.label.name for one in without_openings(spoken, segment(spoken)) if one.label is not None) == "THE PRESIDENT"


def test_a_message_of_an_exported_chat_is_its_senders_and_what_the_program_notes_is_nobodys(reader: ClaimReader) -> None:
    text = (
        "11/03/2031, 19:02 - Messages in this group are end-to-end encrypted. Nobody outside it can read them.\n"
        "11/03/2031, 19:05 - Nadja: Soldiers burned the mill at Korrin.\n"
        "\u200e[11/03/2031, 7:06:04\u202fPM] +999 55 123: Nobody burned a mill.\n"
        "11/03/2031, 19:07 - Nadja: <Media omitted>\n"
    )
    said = [(c.speaker.name if c.speaker else None, " ".join(s.text for s in c.content)) for c in reader.read(text, "2031-03-12")]
    assert said == [("Nadja", "Soldiers burned the mill at Korrin"), ("+999 55 123", "Nobody burned a mill")]


def test_a_line_of_the_head_is_no_speech() -> None:
    text = "Speaker: Odile Kantor, director\n\nMS KANTOR: It burned.\n\nQUESTION: When?\n\nMS KANTOR: On Monday."
    assert next(one.label.name for one in without_openings(text, segment(text)) if one.label is not None) == "MS KANTOR"


def test_a_handle_speaks_and_relays_whoever_speaks_in_its_post(reader: ClaimReader) -> None:
    text = "@ana_r: Soldiers burned three houses. A nurse told me that two men were shot.\n\n@olt: That is not true. Nobody was shot."
    claims = reader.read(text, DAY)
    burned, shot = saying(claims, "three houses"), saying(claims, "two men")
    assert burned.speaker is not None
    assert burned.speaker.name == "@ana_r"
    assert shot.speaker is not None
    assert (shot.speaker.name, shot.speaker.anonymous, shot.speaker.via) == ("nurse", True, ("@ana_r",))


def test_the_paper_of_whoever_asks_relays_those_it_quotes(reader: ClaimReader) -> None:
    text = "MR LUND: Good morning.\n\nQ (Bay Post): A woman told us that soldiers burned her house. Is that so?\n\nMR LUND: We have no such report."
    speaker = saying(reader.read(text, DAY), "burned her house").speaker
    assert speaker is not None
    assert (speaker.name, speaker.via) == ("woman", ("Bay Post",))


def test_a_log_puts_forward_what_has_no_verb(reader: ClaimReader) -> None:
    text = "0410 Four in, all from the mill.\n\n0500 Two children dead on arrival.\n\n0620 No burns on anyone."
    contents = [claim.content[0].text for claim in reader.read(text, DAY) if claim.speaker is None]
    assert "Two children dead on arrival" in contents
    assert "No burns on anyone" in contents


def test_counts_of_a_log_are_read_apart(reader: ClaimReader) -> None:
    text = "0410 Quiet.\n\n0500 61 treated, 17 dead.\n\n0620 Quiet again."
    contents = [claim.content[0].text for claim in reader.read(text, DAY)]
    assert contents[:2] == ["61 treated", "17 dead"]


def test_a_station_over_a_broadcast_relays_it(reader: ClaimReader) -> None:
    text = (
        "RADIO OLT IN RIMIC 1900 GMT 12 MAR 81\n\n(TEXT) THE MINISTRY OF ORDER ANNOUNCED THAT SIXTEEN MEN WERE SHOT AT TARN. "
        "THE STATION SAID THAT NO CIVILIANS WERE PRESENT."
    )
    claims = reader.read(text, DAY)
    shot, present = saying(claims, "SIXTEEN MEN").speaker, saying(claims, "CIVILIANS").speaker
    assert shot is not None
    assert shot.via == ("Radio Olt",)
    assert present is not None
    assert present.name == "Radio Olt"


def test_how_a_report_was_made_is_no_claim(reader: ClaimReader) -> None:
    text = (
        "Report of the Rim Panel\n\n1. Soldiers of the Third Brigade burned the mill at Tarn on 3 May and shot nine men in the yard beside it, as all accounts agree.\n\n"
        "2. Method. The Panel has spoken to many people in three towns. No one was paid.\n\n3. The bodies were left in the yard for two days, and nobody was allowed to fetch them."
    )
    contents = [claim.content[0].text for claim in reader.read(text, DAY)]
    assert not any("paid" in content for content in contents)
    assert any("left in the yard" in content for content in contents)


def test_whoever_is_named_only_later_has_the_name_from_the_start(reader: ClaimReader) -> None:
    text = (
        "The commander said that nine men were shot. He said that it was dark.\n\nTwo women denied it.\n\n"
        "“We buried them,” the commander, Colonel Emil Tarrow, told reporters on Monday."
    )
    speaker = saying(reader.read(text, DAY), "nine men").speaker
    assert speaker is not None
    assert (speaker.name, speaker.anonymous) == ("Emil Tarrow", False)


def test_a_described_person_is_unnamed_and_a_body_is_not(reader: ClaimReader) -> None:
    claims = reader.read("The blacksmith said that the mill burned. The navy said that two boats sank.", DAY)
    smith, navy = saying(claims, "mill").speaker, saying(claims, "boats").speaker
    assert smith is not None
    assert navy is not None
    assert (smith.anonymous, navy.anonymous) == (True, False)


def test_armed_men_who_act_are_perpetrators_whatever_they_do(reader: ClaimReader) -> None:
    claim = saying(reader.read("A teacher said that soldiers of the Third Brigade poured paraffin on the looms.", DAY), "paraffin")
    assert [(party.role.value, party.name) for party in claim.parties] == [("perpetrator", "soldiers of the Third Brigade")]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A teacher said that nine men were shot at the tannery of Zhurvelt.", "the tannery of Zhurvelt"),
        ("A teacher said that soldiers shelled the sugar wharf on Monday.", "the sugar wharf"),
    ],
)
def test_a_place_that_is_only_described_is_given_in_its_words(reader: ClaimReader, text: str, place: str) -> None:
    where = reader.read(text, DAY)[-1].where
    assert where is not None
    assert where.text == place


def test_what_a_third_person_saw_is_a_basis(reader: ClaimReader) -> None:
    claim = saying(reader.read("A teacher said that she saw soldiers burn the mill.", DAY), "burn")
    assert [(basis.kind.value, basis.text) for basis in claim.basis] == [("saw", "she saw")]


def test_a_message_of_an_exported_chat_is_said_by_who_sent_it(reader: ClaimReader) -> None:
    text = (
        "2031-03-13 09:04 (note by the program) Messages are encrypted.\n\n"
        "2031-03-13 09:05 Dara Ilin: The guards killed ten men at Korrin prison.\n\n"
        "2031-03-14 09:07 +999 55 12: We saw the graves near Korrin.\n\n"
        "2031-03-14 09:08 (note by the program) Ana left\n"
    )
    claims = reader.read(text)
    killed, saw = saying(claims, "killed ten men"), saying(claims, "saw the graves")
    assert killed.speaker is not None
    assert killed.speaker.name == "Dara Ilin"
    assert saw.speaker is not None
    assert saw.speaker.mention is not None
    assert saw.speaker.mention.text == "+999 55 12"
    assert not any(span.text.startswith("2031") for claim in claims for span in claim.content)
