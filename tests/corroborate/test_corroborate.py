from __future__ import annotations

import itertools
import random
from datetime import date

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.corroborate import PlacedClaim, find_answers, group_incidents
from witnessmark.corroborate.answers import BESIDE
from witnessmark.corroborate.days import days_of_interval
from witnessmark.model.claim import (
    Act,
    Certainty,
    Claim,
    ClaimParty,
    ClaimPlace,
    Form,
    Harm,
    Interval,
    Kind,
    PartyRole,
    Precision,
    Speaker,
    Stance,
    VictimCount,
)  # fmt: skip
from witnessmark.model.incident import IncidentTime, Role
from witnessmark.model.span import Span

COUNT = itertools.count(1)
DENIER = "Foreign Ministry of Tolvaria"


def placed(
    stance: Stance = Stance.ASSERTS,
    act: Act | None = Act.KILLING,
    *,
    item: str = "briefing",
    published: str | None = "2031-05-15",
    speaker: str | None = "Ana Brecht",
    accused: str | None = "the government of Tolvaria",
    place: str | None = "site:korrin-prison",
    when: tuple[str | None, str | None] | None = None,
    **more: object,
) -> PlacedClaim:
    n = next(COUNT)
    claim = Claim(
        id=f"c-{n}", attribution=f"a-{n}", form=Form.INDIRECT, kind=Kind.FACTUAL, polarity=None, content=(Span(n, n + 1, "x"),), cue=(),
        speaker=Speaker(name=speaker) if speaker else None, stance=stance, certainty=Certainty.CERTAIN, act=act,
        parties=(ClaimParty(accused, PartyRole.PERPETRATOR, 0, 1, accused),) if accused else (),
        where=ClaimPlace(place, place, None, None, None, 0, 1, place) if place else None,
        when=Interval(when[0], when[1], 0, 1, "then") if when else None,
    )  # fmt: skip
    return PlacedClaim(msgspec.structs.replace(claim, **more), item, published)


def pairs(claims: list[PlacedClaim]) -> set[tuple[str, str, bool]]:
    return {(answer.claim, answer.about, answer.general) for answer in find_answers(claims)}


def test_a_particular_denial_answers_the_same_act_at_the_same_place_in_another_document() -> None:
    killing, torture = placed(), placed(act=Act.TORTURE)
    denial = placed(Stance.DENIES, item="agency", published="2031-05-16", speaker="Foreign Ministry of Tolvaria", accused=None)
    assert pairs([killing, torture, denial]) == {(denial.claim.id, killing.claim.id, False)}


def test_a_denial_of_killings_elsewhere_or_at_another_time_answers_nothing() -> None:
    killing = placed(when=("2031-03-01", "2031-03-31"))
    elsewhere = placed(Stance.DENIES, item="agency", speaker="Tolvaria", place="site:other-prison")
    another_time = placed(Stance.DENIES, item="agency", speaker="Tolvaria", when=("2030-01-01", "2030-12-31"))
    assert pairs([killing, elsewhere, another_time]) == set()


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


def general(item: str = "agency", *, speaker: str = DENIER, place: str | None = None, answers: tuple[str, ...] = ()) -> PlacedClaim:
    return placed(Stance.DENIES, act=None, item=item, published="2031-05-16", speaker=speaker, accused=None, place=place, answers=answers)


def killed(number: int) -> tuple[VictimCount, ...]:
    return (VictimCount(number, number, None, Harm.KILLED, None, None, approximate=False, derived=False, start=0, end=1, text="x"),)


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


def test_an_allegation_that_many_documents_repeat_is_answered_once_at_its_oldest_telling() -> None:
    tellings = [placed(item=f"outlet-{n}", published=f"2031-05-{15 - n}") for n in range(5)]
    for denial in (general(), placed(Stance.DENIES, item="agency", published="2031-05-16", speaker=DENIER, accused=None)):
        assert {about for _, about, _ in pairs([*tellings, denial])} == {tellings[-1].claim.id}


def test_repeats_with_no_place_share_the_incident_and_so_the_denial() -> None:
    tellings = [placed(item=f"outlet-{n}", place=None, victims=killed(40)) for n in range(3)]
    claims = [*tellings, placed(item="outlet-3", place=None, victims=killed(50)), general()]
    first, other = group_incidents(claims, find_answers(claims))
    assert [part.role for part in first.claims] == [Role.SUPPORTS, Role.SUPPORTS, Role.SUPPORTS, Role.DENIES]
    assert [part.role for part in other.claims] == [Role.SUPPORTS, Role.DENIES]


def test_two_documents_that_speak_in_their_own_voice_repeat_nobody() -> None:
    one, other = placed(speaker=None), placed(item="paper", speaker=None)
    denial = placed(Stance.DENIES, item="agency", published="2031-05-16", speaker=DENIER, accused=None)
    assert {about for _, about, _ in pairs([one, other, denial])} == {one.claim.id, other.claim.id}


def test_what_is_set_beside_one_denial_is_bounded_and_says_so() -> None:
    alleged = [placed(item=f"item-{n}", victims=killed(n)) for n in range(BESIDE + 5)]
    for denial in (general(), placed(Stance.DENIES, item="agency", published="2031-05-16", speaker=DENIER, accused=None)):
        answers = find_answers([*alleged, denial])
        assert len(answers) == len({answer.about for answer in answers}) == BESIDE
        assert all(f"the {BESIDE} latest" in answer.why for answer in answers)
    assert not any("latest" in answer.why for answer in find_answers([*alleged[:BESIDE], denial]))


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


def test_a_general_retraction_is_about_the_latest_words_of_its_speaker() -> None:
    older, latest = placed(published="2031-05-12", act=Act.TORTURE), placed(item="later", published="2031-05-14")
    retraction = placed(Stance.RETRACTS, act=None, item="paper", published="2031-05-17", accused=None, place=None)
    assert pairs([older, latest, retraction]) == {(retraction.claim.id, latest.claim.id, True)}


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


def test_happenings_of_a_year_and_of_a_month_in_it_meet() -> None:
    year, month, next_year = (placed(item=at, when=(at, at)) for at in ("2031", "2031-05", "2032"))
    incidents = group_incidents([year, month, next_year], [])
    assert [[part.id for part in incident.claims] for incident in incidents] == [[year.claim.id, month.claim.id], [next_year.claim.id]]
    assert incidents[0].when == IncidentTime("2031-01-01", "2031-12-31")


def test_a_claim_that_comes_twice_counts_once() -> None:
    alleged, denial = placed(), general()
    claims = [alleged, denial, alleged, denial]
    answers = find_answers(claims)
    assert [(answer.claim, answer.about) for answer in answers] == [(denial.claim.id, alleged.claim.id)]
    (incident,) = group_incidents(claims, answers)
    assert [part.id for part in incident.claims] == [alleged.claim.id, denial.claim.id]


def test_a_denial_of_several_tellings_stands_in_their_incident_once() -> None:
    claims = [placed(speaker=f"Witness {name}") for name in ("Arno", "Bela", "Cyra")]
    claims += [general(), placed(Stance.DENIES, item="agency", published="2031-05-16", speaker=DENIER, accused=None)]
    (incident,) = group_incidents(claims, find_answers(claims))
    assert [part.role for part in incident.claims] == [Role.SUPPORTS] * 3 + [Role.DENIES] * 2
    assert incident.denied_by == (DENIER,)


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


def test_what_a_document_sets_beside_each_other_stays_beside_each_other() -> None:
    alleged = placed()
    denial = placed(Stance.DENIES, act=None, answers=(alleged.claim.id,))
    assert pairs([alleged, denial]) == {(denial.claim.id, alleged.claim.id, True)}


def test_an_answer_to_a_claim_that_was_called_misread_is_dropped() -> None:
    assert pairs([placed(Stance.DENIES, act=None, answers=("c-gone",))]) == set()


def test_claims_of_one_act_place_and_time_are_one_incident() -> None:
    one = placed(when=("2031-03-01", "2031-03-10"))
    other = placed(item="report", speaker="Relief Watch", when=("2031-03-10", "2031-03-31"))
    apart = placed(when=("2031-04-01", "2031-04-02"))
    incidents = group_incidents([one, other, apart], [])
    assert [[part.id for part in incident.claims] for incident in incidents] == [[one.claim.id, other.claim.id], [apart.claim.id]]
    assert (incidents[0].when and incidents[0].when.earliest, incidents[0].when and incidents[0].when.latest) == (
        "2031-03-01",
        "2031-03-31",
    )


def test_claims_with_no_stated_place_are_never_grouped() -> None:
    assert len(group_incidents([placed(place=None), placed(place=None)], [])) == 2


def test_the_order_in_which_claims_come_in_does_not_change_the_groups() -> None:
    claims = [placed(when=(f"2031-03-{day:02}", f"2031-03-{day + 2:02}")) for day in (1, 3, 9, 11, 20, 2)] + [placed(), placed()]
    expected = {frozenset(part.id for part in incident.claims) for incident in group_incidents(claims, [])}
    assert len(expected) == 4
    for seed in range(10):
        shuffled = random.Random(seed).sample(claims, len(claims))  # noqa: S311 -- an order, not a secret
        assert {frozenset(part.id for part in incident.claims) for incident in group_incidents(shuffled, [])} == expected


def test_a_denial_never_counts_as_support() -> None:
    alleged = placed()
    denial = placed(Stance.DENIES, item="agency", speaker="Tolvaria", accused=None)
    claims = [alleged, denial]
    (incident,) = group_incidents(claims, find_answers(claims))
    assert [(part.id, part.role) for part in incident.claims] == [(alleged.claim.id, Role.SUPPORTS), (denial.claim.id, Role.DENIES)]
    assert incident.denied_by == ("Tolvaria",)


def test_two_figures_stay_two_figures() -> None:
    def victims(low: int | None, high: int | None) -> VictimCount:
        return VictimCount(low, high, None, Harm.KILLED, "detainees", None, approximate=False, derived=False, start=0, end=1, text="x")

    one, other = placed(victims=(victims(None, 50),)), placed(item="other", victims=(victims(50, None),))
    (incident,) = group_incidents([one, other], [])
    assert [(v.min, v.max, v.rule) for v in incident.victims] == [(None, 50, "as stated"), (50, None, "as stated")]


def test_opinions_and_meetings_are_no_incidents_and_independence_is_not_claimed() -> None:
    incidents = group_incidents([placed(kind=Kind.OPINION), placed(act=Act.MEETING), placed()], [])
    assert len(incidents) == 1
    assert incidents[0].independent_lines is None
    assert incidents[0].reasons
