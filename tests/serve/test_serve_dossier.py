"""The dossier in the workbench: what holds things back and how that is resolved, pages seen as their reader sees them and inert, built, taken away and verified."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from workbench import Browser, Served, enrol

from conftest import Enter
from witnessmark.case.case import open_case
from witnessmark.case.deciding import decide
from witnessmark.case.dossier_desk import resolving_value
from witnessmark.case.seen import entries_of
from witnessmark.case.verifying_public import verify_public
from witnessmark.errors import UsageError
from witnessmark.model.office import Role
from witnessmark.model.verdict import Verdict
from witnessmark.serve.office import Office

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium


def values(browser: Browser, path: str = "/dossier.json") -> dict[str, Any]:
    found = browser.json(path)
    assert isinstance(found, dict)
    return found


def ran(browser: Browser, office: Office, kind: str, **fields: str) -> str:
    """Have an errand of this room run to its end; what it said."""
    answer = browser.post(f"/dossier/{kind}", **fields)
    assert answer.status_code == 303, answer.text
    ended = office.errands.wait(kind)
    assert ended is not None
    assert not ended.failed, ended.said
    return ended.said


def release_all(browser: Browser) -> None:
    """Have everything released, and said that consent does not bind it."""
    for rule, value in (("not_released", "released"), ("no_consent", "no")):
        (block,) = [one for one in values(browser)["desk"]["blocked"] if one["rule"] == rule]
        for thing in block["things"]:
            answer = browser.post(
                "/dossier/resolve", field=block["field"], thing=f"{thing['number']} {thing['seen']}", value=value, why="the editor says so"
            )
            assert answer.status_code == 303, answer.text


def test_what_holds_things_back_is_told_by_rule_and_a_release_resolves_it(enter: Enter, office: Office) -> None:
    owner = enter(Role.OWNER)
    desk = values(owner)["desk"]
    assert desk["shown_items"] == 0
    assert {one["rule"] for one in desk["blocked"]} == {"not_released"}
    release_all(owner)
    desk = values(owner)["desk"]
    assert desk["shown_items"] == desk["items"]
    (unread,) = desk["blocked"]
    assert unread["rule"] == "unread"
    assert unread["number"] == desk["claims"]
    with open_case(office.root, write="decide") as case:
        decide(case, "C1", "status", "accepted", why="read")
    assert values(owner)["desk"]["shown_claims"] == 1


def test_what_somebody_else_decided_of_meanwhile_is_not_released(enter: Enter, office: Office) -> None:
    owner = enter(Role.OWNER)
    thing = values(owner)["desk"]["blocked"][0]["things"][0]
    with open_case(office.root, write="decide") as case:
        decide(case, thing["number"], "protection", "sensitive", why="it names a witness")
    answer = owner.post(
        "/dossier/resolve", field="release", thing=f"{thing['number']} {thing['seen']}", value="released", why="the editor allows it"
    )
    assert answer.status_code == 409


@pytest.mark.parametrize(
    ("field_name", "value", "until"),
    [
        ("release", "given away", ""),
        ("release", "withheld", "2031-01-01"),
        ("release", "released", "soon"),
        ("bound_by_consent", "yes", ""),
        ("protection", "none", ""),
    ],
)
def test_what_resolves_nothing_is_refused(field_name: str, value: str, until: str) -> None:
    with pytest.raises(UsageError):
        resolving_value(field_name, value, until)


def test_each_sentence_of_a_finding_says_what_it_rests_on_and_what_of_that_is_held_back(enter: Enter) -> None:
    found = values(enter(Role.VIEWER), "/dossier/sentences.json")["found"]
    sentences = [said for one in found for said in one["sentences"]]
    assert sentences
    assert all(said["rests_on"] for said in sentences)
    assert all(len(said["held_back"]) == len([each for each in said["rests_on"] if each[0] in "CI"]) for said in sentences)


def test_a_preview_shows_what_the_public_would_see_and_records_nothing(enter: Enter, office: Office) -> None:
    owner = enter(Role.OWNER)
    release_all(owner)
    with office.reading() as case:
        before = entries_of(case)
    ran(owner, office, "preview")
    with office.reading() as case:
        assert entries_of(case) == before
    page = owner.get("/dossier/preview/index.html")
    assert "Public dossier" in page.text
    policy = page.headers["content-security-policy"]
    assert policy.startswith("sandbox allow-same-origin; default-src 'none'")
    assert "script" not in policy
    assert owner.get("/dossier/preview/dossier.css").headers["content-type"].startswith("text/css")
    for name in ("../index.html", "%2e%2e/case.toml", "nothing.html", "/etc/passwd"):
        assert owner.get(f"/dossier/preview/{name}").status_code in {303, 404}


def test_the_public_dossier_is_built_taken_away_and_verified(enter: Enter, office: Office, tmp_path: Path) -> None:
    owner = enter(Role.OWNER)
    release_all(owner)
    with open_case(office.root, write="decide") as case:
        decide(case, "C1", "status", "accepted", why="read")
    ran(owner, office, "public")
    assert values(owner)["works"]["public"]["claims"] == 1
    assert "0 fail" in ran(owner, office, "verify-public")
    taken = owner.get("/dossier/public.zip")
    assert taken.headers["content-disposition"].startswith("attachment")
    zipfile.ZipFile(io.BytesIO(taken.content)).extractall(tmp_path)
    verdicts = {check.verdict for check in verify_public(tmp_path / "dossier")}
    assert Verdict.FAIL not in verdicts
    assert Verdict.PASS in verdicts
    assert values(owner)["works"]["public"]["old"] is False
    with open_case(office.root, write="decide") as case:
        decide(case, "C2", "status", "accepted", why="read")
    assert values(owner)["works"]["public"]["old"] is True


def test_a_page_that_was_altered_fails(enter: Enter, office: Office) -> None:
    owner = enter(Role.OWNER)
    release_all(owner)
    ran(owner, office, "public")
    made = office.errands.made_by("public")
    page = made.pages / "index.html"  # type: ignore[attr-defined]
    page.write_text(page.read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert "1 fail" in ran(owner, office, "verify-public")
    verified = values(owner)["works"]["verify-public"]["verified"]
    assert verified["checks"][0]["verdict"] == "fail"
    assert values(enter(Role.VIEWER))["works"]["verify-public"]["verified"]["checks"] == []


def test_the_draft_and_the_case_are_written_and_verified(enter: Enter, office: Office) -> None:
    owner = enter(Role.OWNER)
    with open_case(office.root, write="decide") as case:
        decide(case, "C1", "status", "accepted", why="read")
    owner.post("/incidents/weigh")
    office.errands.wait("weigh")
    assert values(owner)["draft"]["current"] is False
    assert "is written" in ran(owner, office, "draft")
    assert values(owner)["draft"]["current"] is True
    assert "0 fail" in ran(owner, office, "verify")
    page = enter(Role.VIEWER).get("/dossier/draft/index.html")
    assert page.status_code == 200
    assert "sandbox" in page.headers["content-security-policy"]


def test_a_sealed_dossier_opens_with_its_passphrase_alone(enter: Enter, office: Office) -> None:
    import pyrage

    owner = enter(Role.OWNER)
    words = "velvet harbour ninety lanterns"
    assert owner.post("/dossier/sealed", passphrase=words, again="another one entirely").status_code == 400
    assert owner.post("/dossier/sealed", passphrase=words[:5], again=words[:5]).status_code == 400
    ran(owner, office, "sealed", passphrase=words, again=words)
    taken = owner.get("/dossier/sealed.age").content
    assert taken.startswith(b"age-encryption.org")
    names = zipfile.ZipFile(io.BytesIO(pyrage.passphrase.decrypt(taken, words))).namelist()
    assert "dossier/index.html" in names


def test_nothing_that_was_not_built_can_be_taken(enter: Enter) -> None:
    owner = enter(Role.OWNER)
    for path in ("/dossier/public.zip", "/dossier/sealed.age", "/dossier/preview/index.html", "/dossier/public/index.html"):
        assert owner.get(path).status_code == 404
    assert owner.post("/dossier/verify-public").status_code == 404


def test_a_page_of_the_dossier_is_read_in_a_browser_and_one_stays_signed_in(served: Served, chromium: Chromium) -> None:
    page = served.page(chromium, Role.OWNER, viewport={"width": 390, "height": 800})
    page.goto("/dossier")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click("text=Open the draft")
    page.wait_for_url("**/dossier/draft/index.html")
    assert page.evaluate("document.styleSheets[0].cssRules.length") > 10, "its own style sheet is loaded"
    page.click("nav a >> nth=0")
    page.goto("/dossier")
    assert page.is_visible("text=See it, build it, verify it")


def test_the_room_is_open_to_somebody_who_only_reads(office: Office, enter: Enter) -> None:
    enrol(office, Role.OWNER)
    viewer = enter(Role.VIEWER)
    page = viewer.get("/dossier").text
    assert "Build the public dossier" not in page
    assert 'action="/dossier/resolve"' not in page
