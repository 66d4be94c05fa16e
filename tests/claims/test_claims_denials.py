from __future__ import annotations

import pytest

from witnessmark.claims import ClaimReader
from witnessmark.model.claim import Claim, Kind, Polarity, Stance

DAY = "2024-05-08"


def one(claims: list[Claim], words: str) -> Claim:
    """The only claim whose content holds these words."""
    found = [claim for claim in claims if words in claim.quote]
    assert len(found) == 1, [claim.quote for claim in claims]
    return found[0]


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor said that nobody was killed.",
        "The mayor said that there was no furnace in the yard.",
        "The mayor said that it never happened.",
        "The ministry said that the mill has never been used as a place of detention.",
        "The mayor said that no prisoner had been harmed.",
        "The colonel said that none of the guards fired.",
        "The minister said that the driver was not drunk, as some papers reported.",
        "The envoy said that he signed nothing.",
        "The envoy said that her office had not used that figure.",
        "The baker said that “not a window was broken”.",
        "The baker said that he had seen nothing.",
        "According to the baker, parcels were “never opened, only weighed”.",
        "The baker said that he could not have opened the gate.",
        "The minister said that the parcels were counted but not opened.",
        "The minister said that the fire on the ferry was theirs, not ours.",
    ],
)
def test_an_act_an_existence_or_an_occurrence_that_is_negated_is_denied(reader: ClaimReader, sentence: str) -> None:
    (claim,) = reader.read(sentence, DAY)
    assert (claim.stance, claim.polarity) == (Stance.DENIES, Polarity.NEGATED)


@pytest.mark.parametrize(
    "sentence",
    [
        "The envoy said that it was an upper figure, not an average.",
        "The envoy said that they had not been able to verify it.",
        "The envoy said that the regime does not act alone.",
        "The envoy said that it was not for her to announce.",
        "The envoy said that there was no need for a meeting.",
    ],
)
def test_an_ordinary_negation_is_no_denial(reader: ClaimReader, sentence: str) -> None:
    assert {claim.stance for claim in reader.read(sentence, DAY)} <= {Stance.ASSERTS, Stance.DOUBTS}


@pytest.mark.parametrize(
    "sentence",
    [
        "The minister called the report “a tale for winter evenings”.",
        "The minister described the allegation as “a kite without a string”.",
        "The minister said that the reports were “the wind in the reeds”.",
        "The minister called that impossible.",
        "The minister disputes that the ferry was searched.",
        "The minister would not concede that the ferry was searched.",
        "The minister said that the researchers had been misled.",
    ],
)
def test_what_was_said_is_denied_by_any_name_that_makes_light_of_it(reader: ClaimReader, sentence: str) -> None:
    assert Stance.DENIES in {claim.stance for claim in reader.read(sentence, DAY)}


@pytest.mark.parametrize(
    "sentence",
    [
        "The minister called the report “a serious warning”.",
        "The minister described the testimony as credible.",
        "The minister said that a report was “on its way”.",
        "The minister does not exclude that the ferry was searched.",
    ],
)
def test_what_upholds_or_leaves_open_what_was_said_denies_nothing(reader: ClaimReader, sentence: str) -> None:
    assert {claim.stance for claim in reader.read(sentence, DAY)} <= {Stance.ASSERTS}


def test_a_negation_of_what_another_alleges_is_a_denial_of_it(reader: ClaimReader) -> None:
    text = "The union said that the company moved its lorries across the border. The director said that the company did not move lorries."
    claims = reader.read(text, DAY)
    denial = one(claims, "did not move")
    assert (denial.stance, denial.polarity) == (Stance.DENIES, Polarity.NEGATED)
    assert denial.answers == (one(claims, "across the border").id,)


def test_a_denial_with_content_of_its_own_answers_nothing_it_shares_nothing_with(reader: ClaimReader) -> None:
    text = "A witness said that soldiers burned three houses. The mayor said that no tax had been raised."
    claims = reader.read(text, DAY)
    assert one(claims, "no tax").stance is Stance.DENIES
    assert one(claims, "no tax").answers == ()


def test_a_relayed_official_speaks_through_the_agency(reader: ClaimReader) -> None:
    text = (
        "The charges were invented, the state-run news agency ORNA said, quoting an official at the Justice Ministry whom it did not name."
    )
    claim = one(reader.read(text, DAY), "charges were invented")
    assert claim.speaker is not None
    assert (claim.speaker.name, claim.speaker.anonymous, claim.speaker.via) == ("official at the Justice Ministry", True, ("ORNA",))


def test_an_allegation_in_a_clause_of_time_is_its_own_subjects(reader: ClaimReader) -> None:
    text = "Belmara has dismissed as “a fable” a Kestrian account of mass executions, two days after a diplomat alleged that 40 men were hanged."
    claims = reader.read(text, DAY)
    hanged = one(claims, "hanged")
    assert hanged.speaker is not None
    assert hanged.speaker.mention is not None
    assert hanged.speaker.mention.text == "a diplomat"
    assert "diplomat" not in one(claims, "a fable").quote


def test_a_label_takes_the_full_name_that_the_head_gives(reader: ClaimReader) -> None:
    text = "Speaker: Odile Kantor, Acting Director\n\nMS KANTOR: Soldiers burned three houses.\n\nQUESTION: When?\n\nMS KANTOR: They shot two men on Monday."
    names = {claim.speaker.name for claim in reader.read(text, DAY) if claim.speaker}
    assert names == {"Odile Kantor"}


@pytest.mark.parametrize(
    ("sentence", "quotes"),
    [
        ("The envoy, who asked not to be named, pointed to three failed truces.", []),
        ("The envoy spoke of the deliveries.", []),
        ("The envoy spoke of the killing of 12 men.", ["the killing of 12 men"]),
        ("The ministry called the report a lie.", ["the report a lie"]),
        ("The ministry rejected the findings.", ["the findings"]),
    ],
)
def test_a_bare_thing_is_never_factual_but_a_deed_or_a_judged_thing_is(reader: ClaimReader, sentence: str, quotes: list[str]) -> None:
    assert [claim.quote for claim in reader.read(sentence, DAY) if claim.kind is not Kind.OPINION] == quotes


@pytest.mark.parametrize(
    ("sentence", "denied"),
    [
        ("The ministry said the building is not a prison.", True),
        ("The army said its troops had not entered the village.", True),
        ("The ministry said the men were not soldiers.", True),
        ("The minister said it was not an average.", False),
        ("The minister said they had not received the letter.", False),
    ],
)
def test_conduct_and_description_are_denied_by_negating_them(reader: ClaimReader, sentence: str, denied: bool) -> None:  # noqa: FBT001 -- a table's column
    (claim,) = reader.read(sentence)
    assert (claim.stance is Stance.DENIES) == denied


@pytest.mark.parametrize(
    "sentence",
    [
        "The governor rejected the accusation that guards had beaten a prisoner.",
        "The company dismissed claims that its trucks carried the bodies.",
        "The general denied allegations that his men burned the village.",
        "The coroner ruled out that the boy had been shot.",
    ],
)
def test_whoever_rejects_an_allegation_denies_what_it_says_and_nobody_asserts_it(reader: ClaimReader, sentence: str) -> None:
    claims = reader.read(sentence, DAY)
    assert [(claim.stance, claim.polarity) for claim in claims] == [(Stance.DENIES, Polarity.REJECTED)]
    assert claims[0].speaker is not None
    assert claims[0].speaker.name is not None


def test_an_allegation_that_is_only_made_is_still_put_forward(reader: ClaimReader) -> None:
    (claim,) = reader.read("The lawyer repeated the allegation that guards had beaten a prisoner.", DAY)
    assert claim.stance is Stance.ASSERTS


@pytest.mark.parametrize("verb", ["refused to confirm", "declined to say"])
def test_what_somebody_refuses_to_say_is_not_said(reader: ClaimReader, verb: str) -> None:
    assert reader.read(f"The spokeswoman {verb} that soldiers had entered the clinic.", DAY) == []


def test_a_statement_that_refutes_by_saying_so_is_its_own_denial(reader: ClaimReader) -> None:
    text = "STATEMENT OF THE HARBOUR BOARD\n\nBoth assertions are hereby refuted. No ferry was searched."
    assert {claim.quote: claim.stance for claim in reader.read(text, DAY)} == {
        "Both assertions are hereby refuted": Stance.DENIES,
        "No ferry was searched": Stance.DENIES,
    }


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("The captain said: “Ask your union.”", Stance.DEMANDS),
        ("The ministry said that some tents were removed at their own request.", Stance.CONCEDES),
        ("The ministry said that it did hold nine men.", Stance.CONCEDES),
        ("The ministry assured the families that nothing would be burned.", Stance.PLEDGES),
        ("A chemist cautioned that the burns could also have been caused by lime.", Stance.DOUBTS),
    ],
)
def test_a_stance_is_told_by_how_a_thing_is_put(reader: ClaimReader, sentence: str, stance: Stance) -> None:
    assert stance in {claim.stance for claim in reader.read(sentence, DAY)}
