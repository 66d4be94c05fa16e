"""Pledges: what is said to have become of them is what claims say, and never more."""

from __future__ import annotations

import pytest
from tests.corroborate.corroborate_claims import placed

from witnessmark.corroborate import PlacedClaim, find_answers
from witnessmark.corroborate.bearing import says
from witnessmark.corroborate.pledges import track_pledges
from witnessmark.model.claim import Act, Addressee, Interval, Kind, Polarity, Stance
from witnessmark.model.pledge import Bearing, Pledge, PledgeKind, PledgeState
from witnessmark.model.span import Span

LATER = "2032-01-01"


def told(words: str, stance: Stance = Stance.ASSERTS, act: Act | None = None, *, at: int = 0, **more: object) -> PlacedClaim:
    more = {"accused": None, "place": None, **more}
    return placed(stance, act, content=(Span(at, at + len(words), words),), **more)  # type: ignore[arg-type]


def due(day: str) -> Interval:
    return Interval(None, day, 0, 1, "then")


def promise() -> PlacedClaim:
    return told("Tolvaria will admit observers to Korrin prison", Stance.PLEDGES, speaker="Oren Vale", due=due("2031-08-31"))


def truce() -> PlacedClaim:
    return told("the truce of 4 May was signed in Perrin", act=Act.AGREEMENT, when=("2031-05-04", "2031-05-04"))


def tracked(*claims: PlacedClaim, on: str = LATER) -> list[Pledge]:
    return track_pledges(claims, find_answers(claims), on=on)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("the government kept its promise", Bearing.SAYS_KEPT),
        ("they have honoured the truce", Bearing.SAYS_KEPT),
        ("the army violated the truce eleven times", Bearing.SAYS_BROKEN),
        ("the army has not violated the truce", Bearing.SAYS_KEPT),
        ("the ministry never complied with it", Bearing.SAYS_BROKEN),
        ("they failed to honour it", Bearing.SAYS_BROKEN),
        ("Tolvaria remains committed to the truce", Bearing.SPEAKS_OF),
        ("one side kept it and the other broke it", Bearing.SPEAKS_OF),
        ("observers were seen near the gate", Bearing.SPEAKS_OF),
    ],
)
def test_words_say_kept_or_broken_only_where_a_word_for_it_stands_there(words: str, meant: Bearing) -> None:
    assert says(words) is meant


def test_a_promise_with_its_day_to_come_is_not_yet_due_and_after_it_overdue() -> None:
    (before,), (after,) = tracked(promise(), on="2031-08-31"), tracked(promise(), on="2031-09-01")
    assert (before.state, after.state) == (PledgeState.NOT_YET_DUE, PledgeState.OVERDUE)
    assert (after.by, after.due, after.kind) == (("Oren Vale",), (None, "2031-08-31"), PledgeKind.COMMITMENT)


def test_a_promise_without_a_day_is_unclear_and_never_overdue() -> None:
    (pledge,) = tracked(told("Tolvaria will admit observers", Stance.PLEDGES))
    assert pledge.state is PledgeState.UNCLEAR


@pytest.mark.parametrize("day", ["2031-05-14", "2031-05-15"])
def test_a_day_that_is_past_when_it_is_said_is_no_day_on_which_anything_falls_due(day: str) -> None:
    (pledge,) = tracked(told("the ministry to answer eleven questions", Stance.DEMANDS, due=due(day)))
    assert (pledge.due, pledge.state) == (None, PledgeState.UNCLEAR)


def test_a_later_claim_that_says_so_is_what_makes_a_promise_broken() -> None:
    later = told(
        "Oren Vale has broken his promise to admit observers to Korrin", item="report", published="2031-10-02", speaker="Dana Ilin"
    )
    (pledge,) = tracked(promise(), later)
    assert pledge.state is PledgeState.BROKEN
    assert pledge.bearing(Bearing.SAYS_BROKEN) == (later.claim.id,)


def test_what_is_said_after_the_day_asked_about_is_not_looked_at() -> None:
    later = told(
        "Oren Vale has broken his promise to admit observers to Korrin", item="report", published="2031-10-02", speaker="Dana Ilin"
    )
    (pledge,) = tracked(promise(), later, on="2031-10-01")
    assert (pledge.state, pledge.later) == (PledgeState.OVERDUE, ())


def test_a_claim_about_somebody_else_s_observers_says_nothing_of_the_promise() -> None:
    later = told("the bank has broken its promise to its customers", item="report", published="2031-10-02", speaker="Dana Ilin")
    (pledge,) = tracked(promise(), later)
    assert pledge.later == ()


def test_claims_for_both_leave_it_unclear() -> None:
    kept = told("the truce signed in Perrin has been respected", item="one", when=("2031-05-04", "2031-05-04"), published="2031-06-01")
    broken = told("the truce signed in Perrin was violated", item="two", when=("2031-05-04", "2031-05-04"), published="2031-06-01")
    (pledge,) = tracked(truce(), kept, broken)
    assert pledge.state is PledgeState.UNCLEAR
    assert {later.bearing for later in pledge.later} == {Bearing.SAYS_KEPT, Bearing.SAYS_BROKEN}


def test_an_opinion_that_it_was_broken_settles_nothing() -> None:
    opinion = told(
        "the truce signed in Perrin was violated", item="two", when=("2031-05-04", "2031-05-04"), published="2031-06-01", kind=Kind.OPINION
    )
    (pledge,) = tracked(truce(), opinion)
    assert pledge.state is PledgeState.UNCLEAR


def test_a_denial_that_it_was_broken_does_not_make_it_kept() -> None:
    denial = told(
        "that it violated the truce signed in Perrin", Stance.DENIES, item="two", published="2031-06-01", when=("2031-05-04", "2031-05-04"), polarity=Polarity.REJECTED
    )  # fmt: skip
    (pledge,) = tracked(truce(), denial)
    assert pledge.state is PledgeState.UNCLEAR
    assert pledge.bearing(Bearing.DENIES) == (denial.claim.id,)


def test_a_doubt_close_after_it_is_shown_and_decides_nothing() -> None:
    doubt = told("few think that this one will last", Stance.DOUBTS, at=200)
    far = told("few think that this one will last", Stance.DOUBTS, at=2000)
    (pledge,) = tracked(truce(), doubt, far)
    assert pledge.bearing(Bearing.DOUBTS) == (doubt.claim.id,)
    assert pledge.state is PledgeState.UNCLEAR


def test_tellings_of_one_agreement_in_several_documents_are_one() -> None:
    other = told("a truce signed on 4 May", act=Act.AGREEMENT, item="wire", when=("2031-05-04", "2031-05-04"), speaker=None)
    another = told("the truce of June", act=Act.AGREEMENT, item="wire", when=("2031-06-01", "2031-06-30"), speaker=None)
    assert sorted(len(pledge.claims) for pledge in tracked(truce(), other, another)) == [1, 2]


def test_remarks_on_truces_in_general_are_no_agreement() -> None:
    assert tracked(told("three failed truces last year", act=Act.AGREEMENT, kind=Kind.OPINION)) == []


def test_a_demand_keeps_to_whom_it_is_made_and_its_repeats_are_one() -> None:
    first = told("Tolvaria to open Korrin prison to doctors", Stance.DEMANDS, addressee=Addressee("Tolvaria", 0, 8, "Tolvaria"))
    again = told("Tolvaria to open Korrin prison to doctors now", Stance.DEMANDS, item="wire")
    (pledge,) = tracked(first, again)
    assert (pledge.kind, pledge.to, len(pledge.claims)) == (PledgeKind.DEMAND, ("Tolvaria",), 2)


def test_promises_of_two_speakers_are_never_one() -> None:
    assert len(tracked(promise(), told("Tolvaria will admit observers to Korrin prison", Stance.PLEDGES, speaker="Ana Brecht"))) == 2


def test_the_order_of_claims_changes_nothing_but_the_order_of_pledges() -> None:
    claims = [
        truce(),
        promise(),
        told("the truce signed in Perrin was violated", item="two", when=("2031-05-04", "2031-05-04"), published="2031-06-01"),
    ]
    one, other = tracked(*claims), tracked(*reversed(claims))
    assert {(pledge.id, pledge.state, pledge.later) for pledge in one} == {(pledge.id, pledge.state, pledge.later) for pledge in other}
