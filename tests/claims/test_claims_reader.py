from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from witnessmark.claims import ClaimReader
from witnessmark.model.claim import (
    Act,
    Addressee,
    Basis,
    Certainty,
    Claim,
    ClaimParty,
    ClaimPlace,
    Form,
    Interval,
    PartyRole,
    Per,
    Polarity,
    Stance,
    VictimCount,
)
from witnessmark.model.span import Span

DAY = "2024-05-08"


def one(claims: list[Claim], words: str) -> Claim:
    """The only claim whose content holds these words."""
    found = [claim for claim in claims if words in claim.quote]
    assert len(found) == 1, [claim.quote for claim in claims]
    return found[0]


def test_a_paraphrase_has_its_source_cue_and_content(reader: ClaimReader) -> None:
    claim = one(reader.read("Mayor Ilse Kantor told reporters on Monday that soldiers had burned three houses in Halvet.", DAY), "burned")
    assert claim.speaker is not None
    assert claim.speaker.name == "Ilse Kantor"
    assert claim.speaker.mention is not None
    assert claim.speaker.mention.text == "Mayor Ilse Kantor"
    assert [span.text for span in claim.cue] == ["told"]
    assert claim.quote == "that soldiers had burned three houses in Halvet"
    assert (claim.form, claim.stance, claim.act) == (Form.INDIRECT, Stance.ASSERTS, Act.DESTRUCTION)
    assert claim.said is not None
    assert claim.said.earliest == "2024-05-06"


def test_a_quotation_after_its_cue_goes_on_with_the_same_speaker(reader: ClaimReader) -> None:
    text = "“They came at dawn,” said Odile Marrant, a teacher. “They shot my brother. We buried him there.”"
    claims = reader.read(text, DAY)
    assert {claim.speaker.name for claim in claims if claim.speaker} == {"Odile Marrant"}
    assert len({claim.attribution for claim in claims}) == 1
    assert one(claims, "shot my brother").form is Form.DIRECT


def test_a_pronoun_takes_the_last_speaker_it_fits(reader: ClaimReader) -> None:
    text = "Colonel Dara Voss denied the report. He said the army had killed no civilians."
    claim = one(reader.read(text, DAY), "killed no civilians")
    assert claim.speaker is not None
    assert claim.speaker.name == "Dara Voss"


def test_a_pronoun_that_fits_nobody_has_no_name(reader: ClaimReader) -> None:
    claim = one(reader.read("She said that police had beaten two men.", DAY), "beaten")
    assert claim.speaker is not None
    assert claim.speaker.name is None
    assert claim.speaker.mention is not None
    assert claim.speaker.mention.text == "She"


def test_a_relay_is_named_behind_the_speaker(reader: ClaimReader) -> None:
    text = "The Interior Ministry said two men had died in custody, according to the state-run ORNA news agency."
    claim = one(reader.read(text, DAY), "two men had died")
    assert claim.speaker is not None
    assert claim.speaker.name == "Interior Ministry"
    assert any("ORNA" in relay for relay in claim.speaker.via)
    assert claim.act is Act.DEATH_IN_CUSTODY


def test_an_official_who_asks_not_to_be_named_is_anonymous(reader: ClaimReader) -> None:
    claim = one(reader.read("A senior official, who asked not to be named, said the prisoners had been shot.", DAY), "shot")
    assert claim.speaker is not None
    assert claim.speaker.anonymous


def test_a_cue_with_no_source_is_nobody_in_particular(reader: ClaimReader) -> None:
    claim = one(reader.read("Two fishermen were reportedly killed near the harbour.", DAY), "killed")
    assert claim.speaker is not None
    assert (claim.speaker.name, claim.speaker.mention, claim.speaker.anonymous) == (None, None, True)


@pytest.mark.parametrize(
    ("text", "words", "stance", "polarity"),
    [
        ("The army denied that troops entered the town.", "troops entered", Stance.DENIES, Polarity.REJECTED),
        ("“There are no graves in the valley,” the governor said.", "no graves", Stance.DENIES, Polarity.NEGATED),
        ("The ministry called the report a fabrication.", "fabrication", Stance.DENIES, Polarity.REJECTED),
        ("The general admitted that his men had looted shops.", "looted", Stance.CONCEDES, None),
        ("“Belmara must release the prisoners,” the envoy said.", "release", Stance.DEMANDS, None),
        ("The president pledged to punish the guards.", "punish", Stance.PLEDGES, None),
        ("“The siege will last for months,” the analyst said.", "siege", Stance.PREDICTS, None),
        ("“We are skeptical of the figures,” the envoy said.", "skeptical", Stance.DOUBTS, None),
    ],
)
def test_the_stance_follows_cue_and_wording(reader: ClaimReader, text: str, words: str, stance: Stance, polarity: Polarity | None) -> None:
    claim = one(reader.read(text, DAY), words)
    assert (claim.stance, claim.polarity) == (stance, polarity)


@pytest.mark.parametrize(
    ("text", "words", "certainty"),
    [
        ("The monitor said rebels may have used chlorine.", "chlorine", Certainty.POSSIBLE),
        ("The monitor said rebels probably used chlorine.", "chlorine", Certainty.PROBABLE),
        ("“We do not know who fired,” the mayor said.", "fired", Certainty.UNKNOWN),
        ("The monitor said rebels used chlorine.", "chlorine", Certainty.CERTAIN),
    ],
)
def test_certainty_is_the_speakers_own(reader: ClaimReader, text: str, words: str, certainty: Certainty) -> None:
    assert one(reader.read(text, DAY), words).certainty is certainty


def test_perpetrators_and_victims_come_from_their_places(reader: ClaimReader) -> None:
    claim = one(
        reader.read("Lakes Watch said the Third Brigade had executed at least 13 villagers near Dast Orun last week.", DAY), "executed"
    )
    assert [party.name for party in claim.parties if party.role is PartyRole.PERPETRATOR] == ["Third Brigade"]
    assert [(count.min, count.max, count.group) for count in claim.victims] == [(13, None, "villagers")]
    assert claim.when is not None
    assert (claim.when.earliest, claim.when.latest) == ("2024-04-29", "2024-05-05")
    assert claim.where is not None
    assert claim.where.text == "Dast Orun"


def test_an_adjunct_with_a_count_is_a_claim_of_its_own(reader: ClaimReader) -> None:
    text = "He said guards had carried out executions of prisoners, with as many as 30 men a week killed at the mint."
    claim = one(reader.read(text, DAY), "as many as 30")
    assert claim.quote == "with as many as 30 men a week killed at the mint"
    assert [(count.min, count.max, count.per) for count in claim.victims] == [(None, 30, Per.WEEK)]


def test_trucks_are_no_victims(reader: ClaimReader) -> None:
    assert one(reader.read("The Relief Council said soldiers had destroyed 12 trucks.", DAY), "trucks").victims == ()


def test_joined_deeds_are_separate_claims_of_one_attribution(reader: ClaimReader) -> None:
    claims = reader.read("Survivors said soldiers killed thirteen men and burned the bodies.", DAY)
    assert len(claims) == 2
    assert len({claim.attribution for claim in claims}) == 1
    assert [claim.act for claim in claims] == [Act.KILLING, Act.DESTRUCTION]


def test_the_documents_own_voice_claims_only_happenings(reader: ClaimReader) -> None:
    claims = reader.read("Kantor met President Rusk in Halvet on Monday. The quarry opened in 1962 and lies north of the town.", DAY)
    assert [claim.act for claim in claims] == [Act.MEETING]
    assert claims[0].speaker is None
    assert claims[0].cue == ()


def test_a_transcripts_label_is_the_speaker(reader: ClaimReader) -> None:
    text = "MS. ADEYRA: Good morning.\n\nQUESTION: Did your aircraft bomb the market?\n\nMR. LUNT: Our aircraft did not bomb the market."
    claim = one(reader.read(text, DAY), "did not bomb")
    assert claim.speaker is not None
    assert (claim.speaker.name, claim.stance) == ("Lunt", Stance.DENIES)
    assert claim.cue == ()


def test_a_general_denial_answers_the_allegations_of_others(reader: ClaimReader) -> None:
    text = (
        "Lakes Watch said soldiers had killed nine farmers. It said the army had burned their barns.\n\n"
        "The Defence Ministry said these allegations were false."
    )
    claims = reader.read(text, DAY)
    denial = one(claims, "these allegations")
    assert set(denial.answers) == {one(claims, "nine farmers").id, one(claims, "barns").id}


def test_nobody_answers_their_own_allegation(reader: ClaimReader) -> None:
    text = "Lakes Watch said soldiers had killed nine farmers. Lakes Watch denied that its report on the killed farmers was wrong."
    claims = reader.read(text, DAY)
    assert all(claim.answers == () for claim in claims)


def test_what_is_cited_is_the_basis_and_is_not_held(reader: ClaimReader) -> None:
    claim = one(reader.read("“They shot the prisoners,” Kantor said, citing satellite images.", DAY), "shot the prisoners")
    assert [(basis.text, basis.held) for basis in claim.basis] == [("satellite images", None)]


def test_capitals_are_read_and_quoted_as_written(reader: ClaimReader) -> None:
    text = "THE MINISTRY OF DEFENCE SAID TODAY THAT GUERRILLAS HAD KILLED FOUR SOLDIERS NEAR THE BRIDGE."
    claim = one(reader.read(text, DAY), "KILLED")
    assert claim.quote.startswith("THAT GUERRILLAS HAD KILLED FOUR SOLDIERS")
    assert claim.act is Act.KILLING


def test_ids_hold_the_place_and_the_item_only(reader: ClaimReader) -> None:
    text = "The mayor said police had beaten two men."
    first, again, elsewhere = (reader.read(text, day, item)[0].id for day, item in ((DAY, "a"), (None, "a"), (DAY, "b")))
    assert first == again
    assert first != elsewhere


def test_many_texts_are_read_as_each_alone(reader: ClaimReader) -> None:
    texts = ["The mayor said police had beaten two men.", "", "Witnesses said troops burned the mill.\n\n“We fled,” one said."]
    together = list(reader.read_all((text, DAY, None) for text in texts))
    assert together == [reader.read(text, DAY) for text in texts]


def test_one_long_line_keeps_its_offsets(reader: ClaimReader) -> None:
    text = "The mayor of Halvet said that soldiers had shot 13 villagers. " * 200
    claims = reader.read(text, DAY)
    assert len(claims) > 150
    assert all(span.holds_in(text) for claim in claims for span in claim.content)


WORDS = st.sampled_from(
    [
        "The mayor",
        "said",
        "that",
        "“",
        "”",
        "soldiers killed",
        "13 men",
        ",",
        ".",
        "\n\n",
        "denied",
        "he",
        "𝔘𝔫",
        "é́",
        "قال الوزير",
        "\r\n",
        "according to",
        "'",
        "on Monday",
        "in Halvet",
        ":",
        "MR. X:",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_every_span_equals_the_text(reader: ClaimReader, text: str) -> None:
    for claim in reader.read(text, DAY):
        mention = [claim.speaker.mention] if claim.speaker and claim.speaker.mention else []
        pointed: list[Span | ClaimParty | VictimCount | Basis] = [
            *claim.content,
            *claim.cue,
            *mention,
            *claim.parties,
            *claim.victims,
            *claim.basis,
        ]
        for span in pointed:
            assert text[span.start : span.end] == span.text
            assert span.text
        parts: list[Interval | ClaimPlace | Span | Addressee | None] = [
            claim.when,
            claim.said,
            claim.due,
            claim.where,
            claim.purpose,
            claim.addressee,
        ]
        for part in parts:
            assert part is None or text[part.start : part.end] == part.text
