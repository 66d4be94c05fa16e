"""Incidents in the workbench: drawn as in the dossier, decided with a reason, undone, weighed anew, and shown as of an earlier day."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from workbench import NAMES, Browser, Served, field, shut_out

from conftest import Enter
from witnessmark.case.incident_rows import IncidentRow, Narrowed, Order, narrowed
from witnessmark.case.intake import Given
from witnessmark.case.pipeline import build
from witnessmark.errors import UsageError
from witnessmark.model.assessment import Assessment
from witnessmark.model.claim import Act
from witnessmark.model.office import Role
from witnessmark.serve.errands import Done, Errands
from witnessmark.serve.office import Office
from witnessmark.serve.pages.incidents import WEIGHING

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium


BURNING = "C3"
"""Of the built case's one incident, the claim that bodies were burned."""


SHELLING = """Shells fell on market of Delvin

DELVIN, 2 June 2033 (Northern Wire) -- Soldiers shelled the market of Delvin on 1 June 2033 and killed 12 traders, doctor Ivo Rand told reporters on Thursday.
"""


def decide(browser: Browser, number: str = "N1", **fields: str) -> Any:  # noqa: ANN401 -- the client's own answer
    seen = field(browser.get(f"/incidents/{number}").text, "seen")
    return browser.post(f"/incidents/{number}/decide", seen=seen, **{"why": "as a test", **fields})


def row(number: str, **values: object) -> IncidentRow:
    plain = IncidentRow(
        number,
        Act.KILLING,
        "alleged killing",
        "Korrin",
        "2031-03-01",
        "2031-03-31",
        3,
        "words",
        1,
        2,
        "40 killed",
        2,
        1,
        (),
        (),
        Assessment(),
    )
    return msgspec.structs.replace(plain, **values)


def test_the_list_holds_every_incident_with_its_support_and_readings_to_check(enter: Enter) -> None:
    shown = enter(Role.VIEWER).json("/incidents.json")
    assert isinstance(shown, dict)
    assert shown["of"] == len(shown["rows"]) > 0
    (first,) = [each for each in shown["rows"] if each["number"] == "N1"]
    assert first["unread"] == first["claims"] > 0
    assert first["support"]
    assert shown["old"] is False


def test_a_list_is_narrowed_by_words_act_day_support_denial_and_readings() -> None:
    rows = (
        row("N1", denied_by=("the ministry",)),
        row("N2", act=Act.DETENTION, about="alleged detention", place="Tolvar", earliest=None, latest=None, level=5, unread=0),
        row("N3", earliest="2032-01-01", latest=None),
    )

    def kept(**asked: Any) -> list[str]:  # noqa: ANN401 -- values of several types
        return [each.number for each in narrowed(rows, Narrowed(**asked))]

    assert kept(words="KORRIN killing") == ["N1", "N3"]
    assert kept(act="detention") == ["N2"]
    assert kept(until="2031-12-31") == ["N1"]
    assert kept(since="2031-06-01") == ["N3"]
    assert kept(least=4) == ["N2"]
    assert kept(denied=True) == ["N1"]
    assert kept(unread=True) == ["N1", "N3"]
    assert kept(order=Order.SUPPORT)[0] == "N2"
    assert kept(order=Order.DATE) == ["N1", "N3", "N2"]


def test_a_page_shows_what_the_dossier_shows_with_links_into_the_workbench(enter: Enter) -> None:
    page = enter(Role.VIEWER).get("/incidents/N1").text
    assert "How well supported" in page
    assert "What each line states" in page
    assert 'href="/C' in page
    anchors, targets = set(re.findall(r'\bid="([^"]+)"', page)), re.findall(r'href="#([^"]+)"', page)
    assert [target for target in targets if target not in anchors] == []
    assert 'name="seen"' not in page, "a viewer decides nothing"


def test_no_page_or_twin_tells_a_hash_or_a_key(enter: Enter, office: Office) -> None:
    decide(enter(Role.OWNER), field="reply", value="asked the ministry; no answer")
    with office.reading() as case, case.asking() as connection:
        from witnessmark.store import queries

        hashes = [one.id for one in queries.items(connection)]
        keys = [one.by for one in queries.decisions(connection)]
    for role in Role:
        browser = enter(role)
        for path in ("/incidents", "/incidents.json", "/incidents/N1", "/incidents/N1.json", "/incidents/N1/claims.json"):
            text = browser.get(path).text
            assert not [each for each in (*hashes, *keys) if each in text], path


def test_a_judgement_is_recorded_with_who_and_why_and_a_viewer_sees_no_name(enter: Enter) -> None:
    owner = enter(Role.OWNER)
    assert decide(owner, field="likelihood", value="very likely", why="three lines agree").status_code == 303
    reviewer, viewer = enter(Role.REVIEWER), enter(Role.VIEWER)
    assert NAMES[Role.OWNER] in reviewer.get("/incidents/N1").text
    seen = viewer.get("/incidents/N1").text
    assert "three lines agree" in seen
    assert "very likely" in seen
    assert NAMES[Role.OWNER] not in seen
    assert NAMES[Role.OWNER] not in viewer.get("/incidents/N1.json").text


def test_a_decision_without_a_reason_or_of_another_field_is_refused(enter: Enter) -> None:
    owner = enter(Role.OWNER)
    assert decide(owner, field="likelihood", value="likely", why=" ").status_code == 400
    assert decide(owner, field="status", value="accepted").status_code == 400
    assert decide(owner, field="merged", value="N999").status_code == 400


def test_two_people_at_one_incident_never_overwrite_each_other_silently(enter: Enter) -> None:
    owner, reviewer = enter(Role.OWNER), enter(Role.REVIEWER)
    seen = field(reviewer.get("/incidents/N1").text, "seen")
    decide(owner, field="confidence", value="low")
    late = reviewer.post("/incidents/N1/decide", field="confidence", value="high", why="sure", seen=seen)
    assert late.status_code == 409
    assert "Nothing of yours was recorded" in late.text


def test_parted_claims_wait_for_weighing_and_come_back_when_it_is_undone(enter: Enter, office: Office) -> None:
    owner = enter(Role.OWNER)
    members = claims_of(owner, "N1")
    assert decide(owner, field="apart", claims=BURNING).status_code == 303
    assert "older than what was" in owner.get("/incidents/N1").text
    assert claims_of(owner, "N1") == members
    weigh(owner, office)
    assert "older than what was" not in owner.get("/incidents/N1").text
    assert BURNING not in claims_of(owner, "N1")
    assert BURNING in claims_of(owner, "N2")
    (decision,) = [made for made in history(owner, "N1") if made["field"] == "apart"]
    assert decision["value"] == BURNING
    assert decision["mine"] is True
    owner.post("/incidents/N1/undo", decision=decision["id"])
    weigh(owner, office)
    assert claims_of(owner, "N1") == members
    (undone,) = [made for made in history(owner, "N1") if made["field"] == "apart"]
    assert undone["undone"] is True


def test_an_incident_merged_into_another_leads_there(enter: Enter, office: Office, tmp_path: Path) -> None:
    more = tmp_path / "more"
    more.mkdir()
    (more / "shelling.txt").write_text(SHELLING, encoding="utf-8")
    build(more, office.root, Given())
    owner = enter(Role.OWNER)
    decide(owner, "N2", field="merged", value="n1")
    weigh(owner, office)
    answer = owner.get("/incidents/N2")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/incidents/N1"
    assert [(made["of"], made["value"]) for made in history(owner, "N1") if made["field"] == "merged"] == [("N2", "N1")]


def test_an_earlier_day_shows_what_was_there_then_and_nothing_to_decide(enter: Enter) -> None:
    owner = enter(Role.OWNER)
    assert owner.json("/incidents.json?as_of=2001-01-01")["of"] == 0  # type: ignore[index]
    assert owner.get("/incidents/N1?as_of=2001-01-01").status_code == 404
    now = owner.get("/incidents/N1?as_of=2099-01-01&known=1")
    assert now.status_code == 200
    assert 'name="seen"' not in now.text
    assert owner.get("/incidents?as_of=yesterday").status_code == 400


def test_one_errand_of_a_kind_is_under_way_at_a_time_and_says_how_it_ended() -> None:
    import threading

    errands, going = Errands(), threading.Event()
    assert errands.start("weigh", lambda: Done("done" if going.wait(10) else "never told", made=7))
    assert not errands.start("weigh", lambda: Done("again"))
    going.set()
    ended = errands.wait("weigh")
    assert ended is not None
    assert (ended.running, ended.said, ended.failed) == (False, "done", False)
    assert errands.made_by("weigh") == 7

    def refused() -> Done:
        raise UsageError("It will not do.")

    errands.start("weigh", refused)
    ended = errands.wait("weigh")
    assert ended is not None
    assert (ended.said, ended.failed) == ("It will not do.", True)


def weigh(browser: Browser, office: Office) -> None:
    assert browser.post("/incidents/weigh").status_code == 303
    ended = office.errands.wait(WEIGHING)
    assert ended is not None
    assert not ended.failed, ended.said


def claims_of(browser: Browser, number: str) -> list[str]:
    page = browser.json(f"/incidents/{number}.json")
    assert isinstance(page, dict)
    return [each["number"] for each in page["shown"]["drawn"]["members"]]


def history(browser: Browser, number: str) -> list[dict[str, Any]]:
    page = browser.json(f"/incidents/{number}.json")
    assert isinstance(page, dict)
    return list(page["shown"]["history"])


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_an_analyst_records_a_judgement_in_a_browser(served: Served, chromium: Chromium, script: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    page = served.page(chromium, Role.REVIEWER, java_script_enabled=script, viewport={"width": 390, "height": 800})
    page.goto("/incidents/N1")
    if script:
        page.keyboard.press("a")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    else:
        page.click("summary:has-text('How likely')")
    form = page.locator("form:has(input[value=likelihood])")
    form.locator("select").select_option("likely")
    form.locator("textarea").fill("two lines agree")
    form.locator("button").click()
    assert "two lines agree" in page.inner_text("#history")


@pytest.mark.parametrize(
    "path", ["/incidents", "/incidents/N1", "/incidents/N1/claims", "/people", "/people/about/pledges", "/dossier", "/dossier/sentences"]
)
def test_no_page_of_these_rooms_shuts_anybody_out(served: Served, chromium: Chromium, path: str) -> None:
    page = served.page(chromium, Role.OWNER, viewport={"width": 390, "height": 800})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert shut_out(page) == []
