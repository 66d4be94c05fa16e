from __future__ import annotations

import msgspec
from tests.corroborate.corroborate_claims import DENIER, general, pairs, placed

from witnessmark.corroborate import PlacedClaim
from witnessmark.model.claim import (
    Act,
    Stance,
)  # fmt: skip
from witnessmark.model.span import Span


def test_a_general_denial_answers_what_the_denier_was_accused_of_in_the_days_before() -> None:
    alleged = placed()
    denial = placed(
        Stance.DENIES, act=None, item="agency", published="2031-05-16", speaker="Foreign Ministry of Tolvaria", accused=None, place=None
    )
    assert pairs([alleged, denial]) == {(denial.claim.id, alleged.claim.id, True)}


def test_a_general_denial_answers_neither_an_older_report_nor_a_later_one_nor_what_others_are_accused_of() -> None:
    older, later = placed(published="2031-02-07"), placed(published="2031-05-20")
    others = placed(accused="the militia of Sarn")
    denial = placed(
        Stance.DENIES, act=None, item="agency", published="2031-05-16", speaker="Foreign Ministry of Tolvaria", accused=None, place=None
    )
    assert pairs([older, later, others, denial]) == set()


def test_a_general_denial_answers_the_latest_briefing_and_not_another_report_of_the_same_week() -> None:
    report = placed(item="report", published="2031-05-11", speaker="Relief Watch", act=Act.TORTURE)
    briefing = placed(published="2031-05-15")
    denial = general()
    assert pairs([report, briefing, denial]) == {(denial.claim.id, briefing.claim.id, True)}


def test_a_general_denial_answers_the_briefing_itself_where_an_outlet_repeats_another_part_of_it_a_day_later() -> None:
    briefing = placed(published="2031-05-15")
    outlet = placed(item="outlet", published="2031-05-16", act=Act.TORTURE)
    denial = general()
    assert pairs([briefing, outlet, denial]) == {(denial.claim.id, briefing.claim.id, True), (denial.claim.id, outlet.claim.id, True)}


def test_a_general_denial_answers_what_a_briefing_says_without_naming_the_accused_again() -> None:
    accusing, unnamed = placed(), placed(act=Act.TORTURE, accused=None)
    pronoun, others = placed(act=Act.DETENTION, accused="it"), placed(act=Act.PILLAGE, accused="the militia of Sarn")
    denial = general()
    assert {about for _, about, _ in pairs([accusing, unnamed, pronoun, others, denial])} == {
        accusing.claim.id, unnamed.claim.id, pronoun.claim.id,
    }  # fmt: skip


def test_a_general_denial_set_beside_a_speakers_words_answers_that_speaker_and_nobody_else() -> None:
    briefing = placed(published="2031-05-14")
    other = placed(item="report", published="2031-05-16", speaker="Relief Watch", act=Act.TORTURE)
    quoted = placed(item="paper", published="2031-05-16", act=Act.DETENTION)
    denial = general("paper", answers=(quoted.claim.id,))
    assert {about for _, about, _ in pairs([briefing, other, quoted, denial])} == {briefing.claim.id, quoted.claim.id}


def test_a_general_denial_by_a_source_whose_name_says_nothing_answers_what_its_document_sets_it_beside() -> None:
    briefing, others = placed(), placed(item="other", accused="the militia of Sarn")
    quoted = placed(item="paper", published="2031-05-16", act=Act.DETENTION)
    denial = general("paper", speaker="an official source", answers=(quoted.claim.id,))
    assert {about for _, about, _ in pairs([briefing, others, quoted, denial])} == {briefing.claim.id, quoted.claim.id}


def test_a_general_denial_about_one_place_leaves_what_lies_elsewhere() -> None:
    here, elsewhere, unplaced = placed(), placed(place="site:other-prison"), placed(place=None)
    denial = general(place="site:korrin-prison")
    assert {about for _, about, _ in pairs([here, elsewhere, unplaced, denial])} == {here.claim.id, unplaced.claim.id}


def test_a_state_is_known_by_its_name_and_by_its_adjective() -> None:
    for accused, speaker in (
        ("the Tolvarian government", DENIER),
        ("Tolvaria", "a Tolvarian army spokesman"),
        ("RSG", "Rapid Shield Group"),
        ("Iraq", "Iraqi officials"),
    ):
        alleged, denial = placed(accused=accused), general(speaker=speaker)
        assert pairs([alleged, denial]) == {(denial.claim.id, alleged.claim.id, True)}, accused


def test_two_states_of_which_one_name_begins_the_other_stay_two() -> None:
    for accused, speaker in (("Niger", "Nigerian army"), ("Niger", "Nigeria"), ("the government", "the army")):
        assert pairs([placed(accused=accused), general(speaker=speaker)]) == set(), accused


def test_a_general_retraction_is_about_the_latest_words_of_its_speaker() -> None:
    older, latest = placed(published="2031-05-12", act=Act.TORTURE), placed(item="later", published="2031-05-14")
    retraction = placed(Stance.RETRACTS, act=None, item="paper", published="2031-05-17", accused=None, place=None)
    assert pairs([older, latest, retraction]) == {(retraction.claim.id, latest.claim.id, True)}


def test_what_a_document_sets_beside_each_other_stays_beside_each_other() -> None:
    alleged = placed()
    denial = placed(Stance.DENIES, act=None, answers=(alleged.claim.id,))
    assert pairs([alleged, denial]) == {(denial.claim.id, alleged.claim.id, True)}


def test_a_general_denial_by_a_source_whose_name_says_nothing_answers_what_was_last_alleged_of_the_place_it_states() -> None:
    older, latest = placed(published="2031-05-12", speaker="Relief Watch"), placed()
    elsewhere = placed(place="site:other-prison", published="2031-05-16")
    denial = general(speaker="an official source", place="site:korrin-prison")
    assert pairs([older, latest, elsewhere, denial]) == {(denial.claim.id, latest.claim.id, True)}
    own_voice = msgspec.structs.replace(denial, claim=msgspec.structs.replace(denial.claim, speaker=None))
    assert pairs([older, latest, elsewhere, own_voice]) == set()


def dated_denial(quote: str, when: str = "2031-05-15") -> PlacedClaim:
    return placed(
        Stance.DENIES, act=None, item="agency", published="2031-05-16", speaker="an official source", accused=None, place=None,
        when=(when, when), content=(Span(0, len(quote), quote),),
    )  # fmt: skip


def test_a_denial_that_dates_the_allegations_and_names_a_place_in_them_answers_that_briefing_and_all_it_says() -> None:
    at_korrin = placed(place="Korrin prison", accused=None)
    there = placed(act=Act.TORTURE, place=None, accused=None)
    elsewhere = placed(item="other", speaker="Relief Watch", place="Sarn", accused=None)
    day_before = placed(item="report", published="2031-05-14", speaker="Relief Watch", place="Korrin", accused=None)
    denial = dated_denial("the claims made on Thursday about Korrin are fabricated")
    assert {about for _, about, _ in pairs([at_korrin, there, elsewhere, day_before, denial])} == {at_korrin.claim.id, there.claim.id}


def test_a_denial_that_only_dates_the_allegations_or_dates_them_long_ago_answers_nothing() -> None:
    briefing = placed(place="Korrin prison", accused=None)
    assert pairs([briefing, dated_denial("the claims made on Thursday are fabricated")]) == set()
    assert pairs([briefing, dated_denial("the claims made in March about Korrin are fabricated", "2031-03-01")]) == set()
