from __future__ import annotations

import random

from tests.corroborate.corroborate_claims import DENIER, general, killed, placed

from witnessmark.corroborate import find_answers, group_incidents
from witnessmark.model.claim import (
    Act,
    Harm,
    Kind,
    Stance,
    VictimCount,
)  # fmt: skip
from witnessmark.model.incident import IncidentTime, Role


def test_repeats_with_no_place_share_the_incident_and_so_the_denial() -> None:
    tellings = [placed(item=f"outlet-{n}", place=None, victims=killed(40)) for n in range(3)]
    claims = [*tellings, placed(item="outlet-3", place=None, victims=killed(50)), general()]
    first, other = group_incidents(claims, find_answers(claims))
    assert [part.role for part in first.claims] == [Role.SUPPORTS, Role.SUPPORTS, Role.SUPPORTS, Role.DENIES]
    assert [part.role for part in other.claims] == [Role.SUPPORTS, Role.DENIES]


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
