from __future__ import annotations

import itertools
import random

import msgspec

from witnessmark.corroborate import PlacedClaim, find_answers, group_incidents
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
    Speaker,
    Stance,
    VictimCount,
)  # fmt: skip
from witnessmark.model.incident import Role
from witnessmark.model.span import Span

COUNT = itertools.count(1)


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
