from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.corroborate.corroborate_claims import DENIER, general, killed, pairs, placed

from witnessmark.corroborate import PlacedClaim, find_answers
from witnessmark.corroborate.answers import BESIDE
from witnessmark.corroborate.compared import Compared, repeat_key
from witnessmark.corroborate.days import days_of_interval
from witnessmark.model.claim import (
    Act,
    ClaimPlace,
    Precision,
    Stance,
)  # fmt: skip


def test_a_particular_denial_answers_the_same_act_at_the_same_place_in_another_document() -> None:
    killing, torture = placed(), placed(act=Act.TORTURE)
    denial = placed(Stance.DENIES, item="agency", published="2031-05-16", speaker="Foreign Ministry of Tolvaria", accused=None)
    assert pairs([killing, torture, denial]) == {(denial.claim.id, killing.claim.id, False)}


def test_a_denial_of_killings_elsewhere_or_at_another_time_answers_nothing() -> None:
    killing = placed(when=("2031-03-01", "2031-03-31"))
    elsewhere = placed(Stance.DENIES, item="agency", speaker="Tolvaria", place="site:other-prison")
    another_time = placed(Stance.DENIES, item="agency", speaker="Tolvaria", when=("2030-01-01", "2030-12-31"))
    assert pairs([killing, elsewhere, another_time]) == set()


def test_an_allegation_that_many_documents_repeat_is_answered_once_at_its_oldest_telling() -> None:
    tellings = [placed(item=f"outlet-{n}", published=f"2031-05-{15 - n}") for n in range(5)]
    for denial in (general(), placed(Stance.DENIES, item="agency", published="2031-05-16", speaker=DENIER, accused=None)):
        assert {about for _, about, _ in pairs([*tellings, denial])} == {tellings[-1].claim.id}


def test_two_documents_that_speak_in_their_own_voice_repeat_nobody() -> None:
    one, other = placed(speaker=None), placed(item="paper", speaker=None)
    denial = placed(Stance.DENIES, item="agency", published="2031-05-16", speaker=DENIER, accused=None)
    assert {about for _, about, _ in pairs([one, other, denial])} == {one.claim.id, other.claim.id}


def test_two_killings_of_one_person_each_are_no_tellings_of_one_allegation() -> None:
    one, other = (placed(item=item, place=None, victims=killed(1)) for item in ("briefing", "paper"))
    assert repeat_key(Compared.of(one)) != repeat_key(Compared.of(other))


def test_what_is_set_beside_one_denial_is_bounded_and_says_so() -> None:
    alleged = [placed(item=f"item-{n}", victims=killed(n)) for n in range(BESIDE + 5)]
    for denial in (general(), placed(Stance.DENIES, item="agency", published="2031-05-16", speaker=DENIER, accused=None)):
        answers = find_answers([*alleged, denial])
        assert len(answers) == len({answer.about for answer in answers}) == BESIDE
        assert all(f"the {BESIDE} latest" in answer.why for answer in answers)
    assert not any("latest" in answer.why for answer in find_answers([*alleged[:BESIDE], denial]))


def test_a_denial_for_a_whole_country_answers_allegations_inside_it_but_not_in_another_country() -> None:
    def country(name: str) -> ClaimPlace:
        return ClaimPlace(name, name, None, None, Precision.COUNTRY, 0, 1, name)

    alleged, abroad = placed(), placed(where=country("geonames:2"))
    denial = placed(Stance.DENIES, item="agency", speaker=DENIER, accused=None, where=country("geonames:1"))
    assert pairs([alleged, abroad, denial]) == {(denial.claim.id, alleged.claim.id, False)}


def test_a_doubt_of_a_third_party_answers_what_is_alleged_of_others_at_the_same_place() -> None:
    alleged = placed()
    doubt = placed(Stance.DOUBTS, item="paper", speaker="Anselm Roake", accused=None)
    assert pairs([alleged, doubt]) == {(doubt.claim.id, alleged.claim.id, False)}


def test_taking_back_is_about_ones_own_words_only() -> None:
    own, others = placed(), placed(item="report", speaker="Relief Watch")
    for stance in (Stance.RETRACTS, Stance.CORRECTS):
        particular = placed(stance, item="paper", speaker="Brecht", accused=None)
        assert pairs([own, others, particular]) == {(particular.claim.id, own.claim.id, False)}
        in_general = placed(stance, act=None, item="paper", published="2031-05-17", accused=None, place=None)
        assert pairs([own, others, in_general]) == {(in_general.claim.id, own.claim.id, True)}
        unnamed = placed(stance, item="paper", speaker=None, accused=None)
        assert pairs([own, others, placed(item="voice", speaker=None), unnamed]) == set()


def test_nobody_denies_their_own_allegation() -> None:
    alleged = placed(speaker=DENIER)
    particular = placed(Stance.DENIES, item="agency", speaker=DENIER, accused=None)
    assert pairs([alleged, particular, general()]) == set()


def test_a_date_of_which_only_year_or_month_is_known_excludes_only_what_lies_outside_it() -> None:
    for published in ("2031", "2031-05", "2031-05-16T08:00:00Z", "sometime", None):
        alleged = placed(published=published)
        denial = placed(Stance.DENIES, item="agency", published="2031-05-16", speaker=DENIER, accused=None)
        assert pairs([alleged, denial]) == {(denial.claim.id, alleged.claim.id, False)}, published
        assert bool(pairs([alleged, general()])) == (published == "2031-05-16T08:00:00Z"), published
    later = placed(published="2032")
    assert pairs([later, placed(Stance.DENIES, item="agency", published="2031-12", speaker=DENIER, accused=None)]) == set()


@given(st.data())
def test_blocks_find_exactly_the_allegations_that_comparing_every_pair_finds(data: st.DataObject) -> None:
    places, accused = st.sampled_from([None, "site:a", "site:b"]), st.sampled_from([None, "Tolvaria", "the Tolvarian army", "Sarn", "they"])
    bounds = st.none() | st.dates(date(2029, 1, 1), date(2032, 1, 1)).map(date.isoformat)
    times = st.none() | st.tuples(bounds, bounds).map(
        lambda when: (when[1], when[0]) if when[0] and when[1] and when[0] > when[1] else when
    )
    days = st.sampled_from([None, "2031", "2031-05-14", "2031-05-15", "2031-05-17"])

    def drawn(stance: Stance, n: int) -> PlacedClaim:
        speaker = f"Witness Number{n}" if stance is Stance.ASSERTS else data.draw(st.sampled_from(["Tolvaria", None]))
        return placed(
            stance, item=f"{stance}-{n}", published=data.draw(days), speaker=speaker, accused=data.draw(accused),
            place=data.draw(places), when=data.draw(times),
        )  # fmt: skip

    alleged = [drawn(Stance.ASSERTS, n) for n in range(data.draw(st.integers(0, 8)))]
    denial = drawn(Stance.DENIES, 0)
    assert {about for _, about, _ in pairs([*alleged, denial])} == {one.claim.id for one in alleged if fits(denial, one)}


def fits(denial: PlacedClaim, alleged: PlacedClaim) -> bool:
    """The rule for particular denials written for one pair."""
    ours, theirs = (days_of_interval(one.claim.when) for one in (denial, alleged))
    later = alleged.days.first is not None and denial.days.last is not None and alleged.days.first > denial.days.last
    parties = denial.accused or denial.speaker_words
    same_place, same_party = denial.place_key == alleged.place_key is not None, bool(parties & alleged.accused)
    differ = (bool(denial.place_key and alleged.place_key) and not same_place) or (bool(parties and alleged.accused) and not same_party)
    return not later and not differ and ours.overlaps(theirs) and (same_place or same_party)


def test_an_answer_to_a_claim_that_was_called_misread_is_dropped() -> None:
    assert pairs([placed(Stance.DENIES, act=None, answers=("c-gone",))]) == set()
