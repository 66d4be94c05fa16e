"""People in the workbench: persons with statuses by their standards, estimates with their assumption, pairs judged by one key, what is alleged of whom."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.victim_lists_of_ost import write_lists
from workbench import NAMES, Browser, enrol, field, serving

from conftest import Enter
from witnessmark.case.case import create_case, open_case
from witnessmark.case.counting_plan import Asked, plan_question
from witnessmark.case.counting_run import run_question
from witnessmark.case.deciding import decide
from witnessmark.case.intake import Given, add
from witnessmark.case.judging_pairs import judgements_of
from witnessmark.case.persons import add_person
from witnessmark.model.office import Role
from witnessmark.serve.app import build_app
from witnessmark.serve.office import Office

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with three lists, linked and counted once."""
    pytest.importorskip("splink", reason="the extra [link] is not installed")
    folder = tmp_path_factory.mktemp("ost")
    files = write_lists(folder, people=120)
    create_case(folder / "case")
    with open_case(folder / "case", write="count") as case:
        add(case, files, Given())
        lists = {f"I{number}": file.with_suffix(".toml").read_bytes() for number, file in enumerate(files, start=1)}
        plan_question(case, Asked(lists=lists, question="How many died?", population="killed in Ost, 2013", methods=("chao",)))
        run_question(case, "Q1")
    return folder / "case"


@pytest.fixture
def counting(counted: Path, tmp_path: Path) -> Office:
    return Office(Path(shutil.copytree(counted, tmp_path / "counted")), hosts=("127.0.0.1:8642",))


def sign_in(office: Office, role: Role) -> Browser:
    from starlette.testclient import TestClient

    browser = Browser(TestClient(build_app(office), base_url="http://127.0.0.1:8642", follow_redirects=False))
    browser.begin(office, enrol(office, role))
    return browser


def values(browser: Browser, path: str) -> dict[str, Any]:
    found = browser.json(path)
    assert isinstance(found, dict)
    return found


def test_somebody_entered_has_statuses_each_with_its_standard_side_by_side_and_undone(enter: Enter) -> None:
    owner = enter(Role.OWNER)
    assert owner.post("/people", name="Dara Ilin", forms="Ilin\nD. Ilin").headers["location"] == "/people/P1"
    for status, standard in (("missing", "her family"), ("detained", "the prison register")):
        seen = field(owner.get("/people/P1").text, "seen")
        answer = owner.post("/people/P1/decide", field="status", status=status, standard=standard, why="as told", seen=seen)
        assert answer.status_code == 303, answer.text
    person = values(owner, "/people/P1.json")
    assert [(one["status"], one["standard"]) for one in person["person"]["statuses"]] == [
        ("missing", "her family"),
        ("detained", "the prison register"),
    ]
    owner.post("/people/P1/undo", decision=person["decided"][0]["id"])
    assert [one["status"] for one in values(owner, "/people/P1.json")["person"]["statuses"]] == ["missing"]


def test_a_status_without_a_standard_is_refused(enter: Enter) -> None:
    owner = enter(Role.OWNER)
    owner.post("/people", name="Dara Ilin")
    seen = field(owner.get("/people/P1").text, "seen")
    answer = owner.post("/people/P1/decide", field="status", status="confirmed_dead", standard="", why="read it", seen=seen)
    assert answer.status_code == 400
    assert "which standard" in answer.text


def test_a_record_is_joined_to_somebody_and_taken_away_again(enter: Enter) -> None:
    owner = enter(Role.OWNER)
    owner.post("/people", name="Dara Ilin")
    for away, joined in (("", ["C1"]), ("1", [])):
        seen = field(owner.get("/people/P1").text, "seen")
        owner.post("/people/P1/decide", field="joined", value="c1", away=away, why="it names her", seen=seen)
        assert values(owner, "/people/P1.json")["person"]["joined"] == joined


def test_two_people_at_one_person_never_overwrite_each_other_silently(enter: Enter) -> None:
    owner, reviewer = enter(Role.OWNER), enter(Role.REVIEWER)
    owner.post("/people", name="Dara Ilin")
    seen = field(reviewer.get("/people/P1").text, "seen")
    owner.post("/people/P1/decide", field="status", status="missing", standard="her family", why="told us", seen=seen)
    late = reviewer.post("/people/P1/decide", field="status", status="detained", standard="a list", why="read it", seen=seen)
    assert late.status_code == 409


def test_a_sealed_name_stands_on_no_page_whoever_asks(enter: Enter, office: Office) -> None:
    with open_case(office.root, write="person") as case:
        add_person(case, "Ana Brecht", ["Brecht"])
        decide(case, "P1", "protection", "sealed", why="she is in danger")
    for role in Role:
        browser = enter(role)
        for path in (
            "/people",
            "/people.json",
            "/people/P1",
            "/people/P1.json",
            "/incidents/N1",
            "/incidents/N1.json",
            "/people/about/responsibility",
            "/dossier/sentences",
        ):
            answer = browser.get(path)
            assert answer.status_code == 200, path
            assert "Brecht" not in answer.text, path


def test_what_is_alleged_and_what_was_promised_stand_as_in_the_dossier(enter: Enter) -> None:
    viewer = enter(Role.VIEWER)
    assert "states nothing of its own" in viewer.get("/people/about/responsibility").text
    assert viewer.get("/people/about/pledges").status_code == 200
    assert viewer.get("/people/about/neighbours").status_code == 404


def test_a_question_shows_the_minimum_first_and_the_assumption_in_words(counting: Office) -> None:
    viewer = sign_in(counting, Role.VIEWER)
    (row,) = values(viewer, "/people.json")["people"]["questions"]
    assert row["documented"] > 0
    page = viewer.get("/people/questions/Q1").text
    assert page.index("Documented minimum") < page.index("Interval")
    assert "A lower bound, not an estimate" in page
    assert "<svg" in page
    assert viewer.get("/people/questions/Q9").status_code == 400


def test_a_pair_is_judged_once_and_the_figures_are_said_to_be_older(counting: Office) -> None:
    reviewer, owner = sign_in(counting, Role.REVIEWER), sign_in(counting, Role.OWNER)
    shown = values(reviewer, "/people/questions/Q1/pairs.json")["shown"]
    pair = {"one": shown["pair"]["one"], "other": shown["pair"]["other"], "seen": shown["seen"], "next": str(shown["following"])}
    assert shown["left"] == shown["of"]
    answer = reviewer.post("/people/questions/Q1/pairs", verdict="n", **pair)
    assert answer.headers["location"] == f"/people/questions/Q1/pairs?at={shown['following']}"
    late = owner.post("/people/questions/Q1/pairs", verdict="y", **pair)
    assert late.status_code == 409
    with counting.reading() as case:
        (said,) = judgements_of(case)
    assert said.verdict == "different"
    (row,) = values(owner, "/people.json")["people"]["questions"]
    assert row["old"] is True
    assert row["to_judge"] == shown["of"] - 1
    again = values(owner, "/people/questions/Q1/pairs.json?at=1")["shown"]
    assert again["decided"][0]["by"] == NAMES[Role.REVIEWER]
    owner.post("/people/questions/Q1/undo", decision=again["decided"][0]["id"])
    assert values(owner, "/people.json")["people"]["questions"][0]["old"] is False


def test_what_is_no_pair_of_records_is_refused(counting: Office) -> None:
    owner = sign_in(counting, Role.OWNER)
    for one, other in (("I1:2", "I1:2"), ("I1", "I2:3"), ("x", "y"), ("", "")):
        assert owner.post("/people/questions/Q1/pairs", verdict="y", one=one, other=other, seen="").status_code == 400
    assert owner.post("/people/questions/Q1/pairs", verdict="z", one="I1:2", other="I2:3", seen="").status_code == 400


def test_pairs_are_judged_by_one_key_in_a_browser(counted: Path, tmp_path: Path, chromium: Chromium) -> None:
    with serving(Path(shutil.copytree(counted, tmp_path / "served"))) as served:
        page = served.page(chromium, Role.REVIEWER)
        page.goto("/people/questions/Q1/pairs")
        assert "Pair 1" in page.inner_text("main")
        page.keyboard.press("h")
        page.wait_for_url("**/pairs?at=2")
        assert "Pair 2" in page.inner_text("main")
