"""Judging, correcting, adding and taking back in the workbench: what each records, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import msgspec
from reading_cases import ARABIC, claim_words, hold
from workbench import Browser, field

from conftest import Enter
from witnessmark.case.case import open_case
from witnessmark.case.deciding import decide
from witnessmark.model.decision import Decision
from witnessmark.model.office import Role
from witnessmark.store import queries

TWICE = "They fled. Later they fled. In the end they fled."


def decisions(case: Path) -> list[Decision]:
    with open_case(case) as opened, opened.asking() as connection:
        return [one for one in queries.decisions(connection) if not one.undone]


def values_of(browser: Browser, number: str) -> dict[str, str]:
    claim = browser.json(f"/claims/{number}.json")["claim"]  # type: ignore[index]
    return {one["label"]: one["value"] for one in claim["fields"]}


def seen(browser: Browser, number: str) -> str:
    return str(browser.json(f"/claims/{number}.json")["seen"])  # type: ignore[index]


def test_the_ones_the_reader_was_least_sure_of_come_first_then_by_number(case: Path, enter: Enter) -> None:
    number = hold(case, "sure.txt", "One fell. Two fell. Three fell.")
    confidences = (0.9, 0.3, None)
    claims = claim_words(
        case,
        number,
        ["One fell", "Two fell", "Three fell"],
        change=lambda claim, place: msgspec.structs.replace(claim, confidence=confidences[place]),
    )
    listed = [line["number"] for line in enter(Role.VIEWER).json("/claims.json?item=" + number)["lines"]]  # type: ignore[index]
    assert listed == [claims[1], claims[0], claims[2]]
    first = [line["number"] for line in enter(Role.OWNER).json("/claims.json")["lines"]]  # type: ignore[index]
    assert first.index(claims[1]) < first.index(claims[0])


def test_filters_are_those_of_the_command_and_a_wrong_one_is_named(enter: Enter) -> None:
    viewer = enter(Role.VIEWER)
    denials = viewer.json("/claims.json?stance=denies")["lines"]  # type: ignore[index]
    assert denials
    assert {line["stance"] for line in denials} == {"denies"}
    assert viewer.json("/claims.json?source=brecht")["waiting"] > 0  # type: ignore[index]
    assert viewer.json("/claims.json?doubt=any")["waiting"] > 0  # type: ignore[index]
    assert viewer.json("/claims.json?status=accepted")["waiting"] == 0  # type: ignore[index]
    assert viewer.get("/claims?stance=shouts").status_code == 400
    assert viewer.get("/claims/waiting?item=I1&stance=asserts").headers["location"].endswith("?item=I1&stance=asserts")


def test_judging_goes_on_with_the_next_that_fits_and_back_leads_to_the_one_just_judged(enter: Enter) -> None:
    reviewer = enter(Role.REVIEWER)
    start = reviewer.get("/claims/waiting?item=I1").headers["location"]
    page = reviewer.json(start.replace("?", ".json?"))
    number, following = page["claim"]["number"], page["next"]  # type: ignore[index]
    gone = reviewer.post(f"/claims/{number}/status", status="accepted", seen=page["seen"], next=following, filters="item=I1")  # type: ignore[index]
    assert gone.headers["location"] == f"/claims/{following}?item=I1"
    after = reviewer.json(f"/claims/{following}.json?item=I1")
    assert after["previous"] == number  # type: ignore[index]
    assert after["waiting"] == page["waiting"] - 1  # type: ignore[index]


def test_several_fields_are_corrected_in_one_act_and_taken_back_in_one(case: Path, enter: Enter) -> None:
    reviewer = enter(Role.REVIEWER)
    before = values_of(reviewer, "C1")
    answer = reviewer.post(
        "/claims/C1/fields",
        seen=seen(reviewer, "C1"),
        act="torture",
        speaker="envoy Ana Brecht = Anna Brecht",
        certainty="possible",
        why="as it says",
    )
    assert answer.headers["location"] == "/claims/C1"
    made = decisions(case)
    assert [one.field for one in made] == ["speaker", "certainty", "act", "status"]
    assert {one.why for one in made} == {"as it says"}
    assert values_of(reviewer, "C1")["act"] == "torture"
    claim = reviewer.json("/claims/C1.json")["claim"]  # type: ignore[index]
    assert next(one["machine"] for one in claim["fields"] if one["label"] == "act") == before["act"]
    assert claim["status"] == "accepted"
    assert reviewer.post("/claims/undo").headers["location"] == "/claims/C1"
    assert decisions(case) == []
    assert values_of(reviewer, "C1") == before
    assert "nothing to take back" in reviewer.get(reviewer.post("/claims/undo").headers["location"]).text


def test_a_correction_that_does_not_fit_records_nothing_and_shows_what_was_typed(case: Path, enter: Enter) -> None:
    reviewer = enter(Role.REVIEWER)
    answer = reviewer.post("/claims/C1/fields", seen=seen(reviewer, "C1"), act="torture", where="Nowhereville = Nowhere")
    assert answer.status_code == 400
    assert "does not stand in the document" in answer.text
    assert "Nowhereville = Nowhere" in answer.text
    assert decisions(case) == []
    assert reviewer.post("/claims/C1/fields", seen=seen(reviewer, "C1")).status_code == 400
    both = reviewer.post("/claims/C1/fields", seen=seen(reviewer, "C1"), content="Guards at Korrin prison", act="killing")
    assert both.status_code == 400
    assert decisions(case) == []


def test_a_correction_of_a_claim_somebody_else_decided_meanwhile_is_refused(case: Path, enter: Enter) -> None:
    one, other = enter(Role.OWNER), enter(Role.REVIEWER)
    mark = seen(one, "C1")
    other.post("/claims/C1/status", status="rejected", seen=mark, why="not said there")
    late = one.post("/claims/C1/fields", seen=mark, act="torture")
    assert late.status_code == 409
    assert "not said there" in late.text
    assert [decision.value for decision in decisions(case)] == ["rejected"]


def test_other_words_make_another_claim_and_call_this_one_misread(case: Path, enter: Enter) -> None:
    reviewer = enter(Role.REVIEWER)
    answer = reviewer.post("/claims/C1/fields", seen=seen(reviewer, "C1"), content="killed at least 40 detainees")
    new = answer.headers["location"].rpartition("/")[2]
    assert new != "C1"
    assert values_of(reviewer, new)["words"] == "“killed at least 40 detainees”"
    assert reviewer.json("/claims/C1.json")["claim"]["status"] == "rejected"  # type: ignore[index]
    reviewer.post("/claims/undo")
    assert decisions(case) == []


def test_a_claim_is_added_from_a_selection_in_any_language_at_the_very_place_selected(case: Path, enter: Enter) -> None:
    arabic, twice = hold(case, "ar.txt", ARABIC), hold(case, "twice.txt", TWICE)
    reviewer = enter(Role.REVIEWER)
    added = reviewer.post(f"/items/{arabic}/claims", words="الحراس قتلوا أربعين محتجزا", near="17").headers["location"].rpartition("/")[2]
    assert values_of(reviewer, added)["words"] == "“الحراس قتلوا أربعين محتجزًا”"
    second = (
        reviewer.post(f"/items/{twice}/claims", words="they fled", near=str(TWICE.rindex("they"))).headers["location"].rpartition("/")[2]
    )
    read = reviewer.json(f"/items/{twice}.json")["reader"]  # type: ignore[index]
    assert [(card["number"], card["at"], card["status"]) for card in read["claims"] if card["number"] == second] == [
        (second, TWICE.rindex("they"), "accepted")
    ]
    refused = reviewer.post(f"/items/{twice}/claims", words="they stayed")
    assert refused.status_code == 400
    assert enter(Role.VIEWER).post(f"/items/{twice}/claims", words="they fled").status_code == 403


def test_one_decision_is_taken_back_from_the_list_of_those_made(case: Path, enter: Enter) -> None:
    reviewer = enter(Role.REVIEWER)
    reviewer.post("/claims/C1/status", status="unsure", seen=seen(reviewer, "C1"))
    reviewer.post("/claims/C1/status", status="accepted", seen=seen(reviewer, "C1"))
    first = decisions(case)[0]
    assert reviewer.post(f"/decisions/{first.id}/undo", number="C1").headers["location"] == "/claims/C1"
    assert [decision.value for decision in decisions(case)] == ["accepted"]


def test_the_page_works_as_a_plain_form_and_enter_in_the_reason_judges_nothing(enter: Enter) -> None:
    page = enter(Role.REVIEWER).get("/claims/C1?item=I1").text
    assert field(page, "filters") == "item=I1"
    form = page.partition('class="judge"')[2].partition("</form>")[0]
    assert form.index("<button disabled hidden>") < form.index('value="accepted"')


def test_what_is_kept_out_of_lists_waits_for_nobody_until_it_is_asked_for(case: Path, enter: Enter) -> None:
    reviewer = enter(Role.REVIEWER)
    in_all = reviewer.json("/claims.json")["waiting"]  # type: ignore[index]
    of_item = reviewer.json("/claims.json?item=I1")["waiting"]  # type: ignore[index]
    with open_case(case, write="test") as opened:
        decide(opened, "I1", "hidden", "yes", why="a duplicate")
    assert reviewer.json("/claims.json")["waiting"] == in_all - of_item  # type: ignore[index]
    assert reviewer.json("/claims.json?item=I1")["waiting"] == of_item  # type: ignore[index]
