"""People at work: states, completed records, second readings apart from the first, agreement, practice; and what only an owner does."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from conftest import Enter
from witnessmark.case.case import open_case
from witnessmark.case.deciding import decide
from witnessmark.case.judging_claims import add_claim, correct
from witnessmark.case.practice import practice, score
from witnessmark.case.second_reading import alpha_of
from witnessmark.errors import UsageError
from witnessmark.model.office import Role
from witnessmark.serve.office import Office
from witnessmark.store import queries


def test_a_completed_item_takes_no_more_decisions_until_an_owner_opens_it_again(enter: Enter, office: Office) -> None:
    reviewer = enter(Role.REVIEWER)
    assert reviewer.post("/work/I1", state="completed", why="all read").status_code == 303
    seen = reviewer.json("/claims/C1.json")["seen"]  # type: ignore[index]
    refused = reviewer.post("/claims/C1/status", status="accepted", seen=seen)
    assert refused.status_code == 400
    assert "completed" in refused.text
    assert reviewer.post("/work/I1", state="in_progress", why="once more").status_code == 403
    with open_case(office.root, write="test") as case, pytest.raises(UsageError, match="completed"):
        decide(case, "I1", "protection", "sensitive", why="on the command line too")
    owner = enter(Role.OWNER)
    assert owner.post("/work/I1", state="in_progress", why="new evidence").status_code == 303
    assert reviewer.post("/claims/C1/status", status="accepted", seen=seen).status_code == 303


def test_what_is_completed_is_opened_by_an_owner_alone_by_whichever_way(enter: Enter, office: Office) -> None:
    reviewer = enter(Role.REVIEWER)
    reviewer.post("/work/I1", state="completed", why="all read")
    with open_case(office.root) as case, case.asking() as connection:
        (sealed,) = queries.decisions(connection)
    assert reviewer.post("/work/i1", state="in_progress", why="by another spelling").status_code == 403
    for way, field in (
        ("/decisions/{}/undo", {}),
        ("/incidents/N1/undo", {"decision": sealed.id}),
        ("/people/P1/undo", {"decision": sealed.id}),
    ):
        assert reviewer.post(way.format(sealed.id), **field).status_code in {403, 404}, way
    seen = reviewer.json("/claims/C1.json")["seen"]  # type: ignore[index]
    with open_case(office.root, write="test") as case:
        for act in (
            lambda: correct(case, "C1", {"act": ("killing", None)}, why="a correction", seen=seen),
            lambda: add_claim(case, "I1", "killed at least 40 detainees", near=0, why="one more"),
        ):
            with pytest.raises(UsageError, match="completed"):
                act()
    with open_case(office.root) as case, case.asking() as connection:
        assert [one.id for one in queries.decisions(connection) if not one.undone] == [sealed.id]
    assert enter(Role.OWNER).post(f"/decisions/{sealed.id}/undo").status_code == 303


def test_a_hidden_item_is_listed_as_hidden_and_comes_back(enter: Enter) -> None:
    reviewer = enter(Role.REVIEWER)
    reviewer.post("/items/I2/hidden", hidden="yes", why="the same letter twice")
    assert [one["number"] for one in reviewer.json("/work.json")["hidden"]] == ["I2"]  # type: ignore[index]
    reviewer.post("/items/I2/hidden", hidden="no", why="wanted again")
    assert reviewer.json("/work.json")["hidden"] == []  # type: ignore[index]


def test_a_second_reader_sees_nothing_of_the_first_reading(enter: Enter) -> None:
    first, second = enter(Role.REVIEWER), enter(Role.OWNER)
    seen = first.json("/claims/C1.json")["seen"]  # type: ignore[index]
    first.post("/claims/C1/status", status="rejected", seen=seen, why="the verb is another")
    assert first.json("/second.json")["waiting"] == 0  # type: ignore[index]
    page = second.get("/second")
    assert "C1" in page.text
    assert "the verb is another" not in page.text
    values = second.json("/second.json")
    assert values["shown"]["status"] == "proposed"  # type: ignore[index]
    assert values["shown"]["decisions"] == []  # type: ignore[index]
    second.post("/second/C1", status="accepted", seen=values["seen"])  # type: ignore[index]
    found = second.json("/agreement.json")["agreement"]  # type: ignore[index]
    assert (found["claims"], found["pairs"], found["alike"]) == (1, 1, 0)
    assert [one["number"] for one in found["apart"]] == ["C1"]
    assert second.json("/second.json")["waiting"] == 0  # type: ignore[index]


def test_alpha_is_that_of_the_book() -> None:
    """The nominal data of Krippendorff's own worked example ("Computing Krippendorff's alpha-reliability", 2011, C): .743."""
    one = ["1", "2", "3", "3", "2", "1", "4", "1", "2", ".", ".", "."]
    two = ["1", "2", "3", "3", "2", "2", "4", "1", "2", "5", ".", "3"]
    three = [".", "3", "3", "3", "2", "3", "4", "2", "2", "5", "1", "."]
    four = ["1", "2", "3", "3", "2", "4", "4", "1", "2", "5", "1", "."]
    units = [[value for value in column if value != "."] for column in zip(one, two, three, four, strict=True)]
    alpha = alpha_of(units)
    assert alpha is not None
    assert round(alpha, 3) == 0.743
    assert alpha_of([["a", "a"], ["a", "a"]]) is None
    assert alpha_of([["a", "a"], ["b", "b"]]) == 1


def test_practice_says_what_is_right_only_after_the_judgement_and_records_nothing(enter: Enter, office: Office) -> None:
    newcomer = enter(Role.VIEWER)
    assert "The known answer" not in newcomer.get("/practice").text
    for place, one in enumerate(practice(), 1):
        newcomer.post("/practice", n=str(place), status="accepted")
        assert one.because.partition("“")[0][:20] in newcomer.get(f"/practice?n={place}").text
    newcomer.post("/practice", n="2", status="rejected")  # too late: the answer was shown
    told = newcomer.json("/practice.json?n=20")["score"]  # type: ignore[index]
    right = sum(one.right for one in practice())
    assert (told["judged"], told["alike"], told["missed"]) == (20, right, 20 - right)
    with open_case(office.root) as case, case.asking() as connection:
        assert queries.decisions(connection) == []


def test_the_practice_set_holds_both_kinds_and_words_that_stand_in_its_texts() -> None:
    kinds = Counter(one.right for one in practice())
    assert min(kinds.values()) >= 8
    assert all(one.text.count(one.words) == 1 for one in practice())
    perfect = score({place: "accepted" if one.right else "rejected" for place, one in enumerate(practice())})
    assert (perfect.alike, perfect.missed, perfect.alpha) == (20, 0, 1)


def test_an_owner_disposes_of_an_item_only_by_typing_its_number_once_more(enter: Enter, office: Office) -> None:
    owner = enter(Role.OWNER)
    refused = owner.post("/items/I1/dispose", why="no longer needed", authority="the board", again="I2")
    assert refused.status_code == 400
    assert owner.post("/items/I1/dispose", why="no longer needed", authority="the board", again="i1").status_code == 303
    assert owner.get("/claims/C1").status_code in {400, 404}
    with open_case(office.root) as case, case.asking() as connection:
        assert [one.number for one in queries.disposals(connection)] == ["I1"]


def test_nothing_is_unsealed_without_a_key_and_a_reason(enter: Enter) -> None:
    owner = enter(Role.OWNER)
    assert owner.post("/sealed/I1", why="to ask again").status_code == 400
    answer = owner.client.post("/sealed/I1", data={"form_token": owner.form_token, "why": "x"}, files={"key": ("k", b"not a key")})
    assert answer.status_code == 400
    assert "Nothing is sealed" in re.sub(r"\s+", " ", answer.text)
