from __future__ import annotations

import pytest

from witnessmark.claims import ClaimReader
from witnessmark.claims.answering import answers_for
from witnessmark.claims.wordings import Wording, patterns, takes_a_stance, wording_of
from witnessmark.model.claim import Certainty, Speaker, Stance

DAY = "2024-05-08"


@pytest.mark.parametrize(
    ("words", "wording"),
    [
        ("reports of a second raid are without foundation", Wording.REJECTS),
        ("that is not so", Wording.REJECTS),
        ("the article is a pure invention", Wording.REJECTS),
        ("the governor was misquoted", Wording.REJECTS),
        ("we do not accept the panel's conclusions", Wording.REJECTS),
        ("nothing of the kind had occurred", Wording.NEGATES),
        ("the video was staged", Wording.REJECTS),
        ("the protest was staged in the square", None),
        ("there is no trace of a fire", Wording.REJECTS),
        ("the cart was not stolen, as was reported in the gazette", Wording.NEGATES),
        ("the quay was cleared without a shot", Wording.NEGATES),
        ("it is true that the gate was shut", Wording.CONCEDES),
        ("i now think that was wrong", Wording.RETRACTS),
        ("the brigade had nothing to do with the fire", Wording.NEGATES),
        ("we have been unable to corroborate this", Wording.DOUBTS),
        ("the claim could not be verified", Wording.DOUBTS),
        ("there was no evidence that the well was poisoned", Wording.DOUBTS),
        ("i cannot exclude that a guard fired", Wording.IGNORES),
        ("i misspoke about the bridge", Wording.RETRACTS),
        ("the bulletin was issued in error", Wording.RETRACTS),
        ("the correct figure is 41", Wording.CORRECTS),
        ("13, not 14", Wording.CORRECTS),
        ("nobody knows who gave the order", Wording.IGNORES),
        ("please take the picture down", Wording.DEMANDS),
        ("the board has undertaken to reopen the quay", Wording.PLEDGES),
        ("soldiers burned the mill on monday", None),
        ("she lay in the yard until dark", None),
        ("lies north of the town", None),
        ("the school was reduced to ashes", None),
    ],
)
def test_the_words_alone_say_what_they_do_with_what_others_said(words: str, wording: Wording | None) -> None:
    assert wording_of(words) is wording


@pytest.mark.parametrize(
    ("words", "taken"),
    [
        ("no shot was fired", True),
        ("not my men", True),
        ("not to be named", False),
        ("no fewer than twelve men were held", False),
        ("we do not know who fired", False),
    ],
)
def test_a_sentence_without_a_cue_may_take_a_stance(words: str, taken: bool) -> None:  # noqa: FBT001 -- a table's column
    assert takes_a_stance(words) == taken


def test_no_pattern_fits_an_empty_text() -> None:
    assert [wording for wording, pattern in patterns() if pattern.search("")] == []


def test_offices_and_bodies_answer_for_what_is_alleged_and_bystanders_do_not() -> None:
    assert answers_for(Speaker("Ministry of Works"))
    assert answers_for(Speaker("Odile Kantor", role="a spokeswoman for the garrison"))
    assert not answers_for(Speaker("Odile Kantor", role="a nurse"))
    assert not answers_for(None)


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("The ministry said that it employs no such person.", Stance.DENIES),
        ("The colonel said that not one house was touched.", Stance.DENIES),
        ("The colonel said that the reports were a fairy tale.", Stance.DENIES),
        ("The nurse said that nobody knew who had fired.", Stance.ASSERTS),
        ("The envoy said that the account could not be confirmed.", Stance.DOUBTS),
        ("The envoy said that the toll could rise.", Stance.PREDICTS),
    ],
)
def test_the_stance_of_reported_words_follows_what_they_do(reader: ClaimReader, sentence: str, stance: Stance) -> None:
    assert [claim.stance for claim in reader.read(sentence, DAY)] == [stance]


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("The envoy said that the burns could have been caused by acid.", Certainty.POSSIBLE),
        ("The envoy said that gas cannot be excluded.", Certainty.POSSIBLE),
        ("The porter suspects that the guard burned the list.", Certainty.POSSIBLE),
        ("The envoy said that a stray round must have hit the mill.", Certainty.PROBABLE),
        ("The envoy said that it was unclear who burned the mill.", Certainty.UNKNOWN),
        ("The envoy said that soldiers burned the mill.", Certainty.CERTAIN),
    ],
)
def test_certainty_is_read_as_worded(reader: ClaimReader, sentence: str, certainty: Certainty) -> None:
    assert {claim.certainty for claim in reader.read(sentence, DAY)} == {certainty}


@pytest.mark.parametrize(
    "sentence",
    ["Soldiers are said to have burned the mill.", "Soldiers reportedly burned the mill.", "It is alleged that soldiers burned the mill."],
)
def test_hearsay_that_nobody_is_named_for_is_worth_unknown(reader: ClaimReader, sentence: str) -> None:
    assert [claim.relay_certainty for claim in reader.read(sentence, DAY)] == [Certainty.UNKNOWN]


def test_who_has_just_denied_a_thing_goes_on_answering_it(reader: ClaimReader) -> None:
    text = "A baker said that soldiers burned the mill at Tolmen. The colonel denied that soldiers burned the mill. He said that no such order was given."
    first, denial, more = reader.read(text, DAY)
    assert denial.answers == (first.id,)
    assert (more.stance, more.answers) == (Stance.DENIES, (first.id,))
