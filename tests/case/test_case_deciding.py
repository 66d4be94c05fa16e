from __future__ import annotations

from pathlib import Path

import pytest

from witnessmark.case.case import open_case
from witnessmark.case.deciding import decide, undo
from witnessmark.case.viewing import view_case
from witnessmark.errors import UsageError
from witnessmark.model.consent import Consent, Purpose
from witnessmark.model.decision import Status
from witnessmark.model.item import ReleaseState, Sensitivity


def status_of(case: Path, number: str) -> Status:
    with open_case(case) as opened:
        return next(claim.status for claim in view_case(opened).claims if claim.number == number)


def test_a_decision_is_kept_with_who_when_and_why_and_can_be_taken_back(case: Path) -> None:
    assert status_of(case, "C2") is Status.PROPOSED
    with open_case(case, write="test", member="Ilse") as opened:
        made = decide(opened, "c2", "status", "rejected", why="the pronoun is somebody else")
    assert made.by.startswith("k-")
    assert status_of(case, "C2") is Status.REJECTED
    with open_case(case, write="test") as opened:
        assert undo(opened).id == made.id
    assert status_of(case, "C2") is Status.PROPOSED


def test_a_later_decision_takes_the_place_of_an_earlier_and_undoing_it_brings_that_back(case: Path) -> None:
    with open_case(case, write="test") as opened:
        decide(opened, "C1", "status", "unsure", why="first look")
        decide(opened, "C1", "status", "accepted", why="second look")
    assert status_of(case, "C1") is Status.ACCEPTED
    with open_case(case, write="test") as opened:
        undo(opened)
    assert status_of(case, "C1") is Status.UNSURE


def test_the_names_of_those_who_decide_are_in_the_roster_and_nowhere_else(case: Path) -> None:
    with open_case(case, write="test", member="Ilse Varga") as opened:
        decide(opened, "C1", "status", "accepted", why="compared")
    holding = [path.name for path in case.rglob("*") if path.is_file() and b"Ilse Varga" in path.read_bytes()]
    assert holding == ["members.db"]


def test_items_can_be_graded_and_released(case: Path) -> None:
    with open_case(case, write="test") as opened:
        decide(opened, "I1", "sensitivity", "graphic", why="shows the dead")
        decide(opened, "I1", "release", "released", why="agreed with the source on 3 June")
    with open_case(case) as opened:
        item = view_case(opened).items[0].item
    assert (item.sensitivity, item.release.state, item.release.authority) == (
        Sensitivity.GRAPHIC,
        ReleaseState.RELEASED,
        "agreed with the source on 3 June",
    )


def test_there_is_no_consent_until_it_is_recorded_and_none_once_it_is_withdrawn(case: Path) -> None:
    def consent() -> Consent:
        with open_case(case) as opened:
            return view_case(opened).items[0].item.consent

    assert not any(consent().allows(purpose) for purpose in Purpose)
    with open_case(case, write="test") as opened:
        decide(opened, "I1", "consent", "analyse,share", why="signed form of 3 June")
    assert [purpose for purpose in Purpose if consent().allows(purpose)] == [Purpose.ANALYSE, Purpose.SHARE]
    with open_case(case, write="test") as opened:
        undo(opened)
    assert consent() == Consent()


@pytest.mark.parametrize(
    ("number", "field", "value", "why", "message"),
    [
        ("C99", "status", "accepted", "x", "There is no C99"),
        ("C1", "staus", "accepted", "x", "Did you mean status"),
        ("C1", "status", "true", "x", "Choose one of: proposed, accepted, rejected, unsure"),
        ("I1", "consent", "analyse,everything", "x", "Choose from: store, analyse"),
        ("C1", "status", "accepted", " ", "needs its reason"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_way_on_and_nothing_is_recorded(
    case: Path, number: str, field: str, value: str, why: str, message: str
) -> None:
    log = (case / "ledger/analysis/log.jsonl").read_bytes()
    with open_case(case, write="test") as opened, pytest.raises(UsageError, match=message):
        decide(opened, number, field, value, why=why)
    assert (case / "ledger/analysis/log.jsonl").read_bytes() == log


def test_undo_with_nothing_to_undo_says_so(case: Path) -> None:
    with open_case(case, write="test") as opened, pytest.raises(UsageError, match="no decision to take back"):
        undo(opened)
