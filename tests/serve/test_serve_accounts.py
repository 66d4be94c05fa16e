"""An account is kept as it was taken, with what its giver agreed to, and nobody is asked twice without being told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from workbench import Browser, Idle, Served, shut_out

from conftest import Enter
from witnessmark.case.case import open_case
from witnessmark.case.going_on import go_on
from witnessmark.case.persons import add_person
from witnessmark.case.sealed_fields import make_key
from witnessmark.model.office import Role
from witnessmark.serve.office import Office
from witnessmark.store import queries

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium

WORDS = "They took my brother from the bakery on the second of May. I heard two shots."
AGREED = {"purposes": ["store", "analyse"], "consent_form": "read out and signed"}


@pytest.fixture
def person(case: Path) -> str:
    with open_case(case, write="test") as opened:
        return add_person(opened, "Dara Ilin").number


def record(browser: Browser, **fields: object):  # type: ignore[no-untyped-def] # noqa: ANN201
    return browser.client.post("/accounts", data={"form_token": browser.form_token, **AGREED, "words": WORDS, **fields})


def test_an_account_becomes_an_item_with_its_consent_and_is_read(enter: Enter, idle: Idle) -> None:
    browser = enter(Role.REVIEWER)
    answer = record(browser, taken="2031-05-04", language="en", read_back="yes", referral="made")
    assert answer.status_code == 303, answer.text
    item = browser.json(answer.headers["location"] + ".json")["item"]  # type: ignore[index]
    assert item["consent_words"] == "store, analyse"
    assert item["account_words"] == "taken by us, on 2031-05-04, in en, read back, referred to help"
    assert item["values"]["bound_by_consent"] == "yes"
    assert item["values"]["protection"] == "sensitive"
    assert idle.woken == ["Tam Ledo"]
    assert item["number"] in browser.get("/accounts").text


def test_without_consent_to_store_it_nothing_is_recorded_and_nothing_typed_is_lost(enter: Enter, office: Office, idle: Idle) -> None:
    browser = enter(Role.REVIEWER)
    answer = record(browser, purposes=["analyse"])
    assert answer.status_code == 400
    assert "Nothing was recorded" in answer.text
    assert WORDS in answer.text
    with office.reading() as case, case.asking() as connection:
        assert queries.decisions_in(connection, "account") == []
    assert idle.woken == []


def test_no_claims_are_looked_for_where_they_did_not_agree_to_that(enter: Enter, office: Office, idle: Idle) -> None:
    browser = enter(Role.REVIEWER)
    told = "Inspector Brecht said on Monday that guards killed at least thirteen prisoners at the depot, and the ministry denied it."
    kept = record(browser, purposes=["store"], words=told).headers["location"].split("/")[2]
    go_on(office.root, idle.woken[0])
    item = browser.json(f"/items/{kept}/custody.json")["item"]  # type: ignore[index]
    assert (item["language"], item["claims"]) == ("en", 0)
    assert "no claims are looked for" in browser.get("/accounts").text
    record_consent_to_analyse = {"purposes": ["store", "analyse"], "why": "asked again", "seen": item["seen"]}
    browser.client.post(f"/items/{kept}/consent", data={"form_token": browser.form_token, **record_consent_to_analyse})
    go_on(office.root, "Tam Ledo")
    assert browser.json(f"/items/{kept}/custody.json")["item"]["claims"] > 0  # type: ignore[index]


def test_whoever_was_asked_before_is_asked_again_only_for_a_reason_and_the_first_account_stays_apart(enter: Enter, person: str) -> None:
    browser = enter(Role.REVIEWER)
    first = record(browser, person=person).headers["location"].split("/")[2]
    assert first in browser.get(f"/accounts/new?person={person}").text
    warned = record(browser, person=person, words="I heard three shots.")
    assert warned.status_code == 400
    assert "gave an account before" in warned.text
    assert first in warned.text
    later = record(browser, person=person, words="I heard three shots.", again="she asked to").headers["location"].split("/")[2]
    (giver,) = browser.json("/accounts.json")["accounts"]["by_person"]  # type: ignore[index]
    assert giver["first"]["number"] == first
    assert [one["number"] for one in giver["later"]] == [later]
    assert giver["later"][0]["follows"] == first


def test_names_of_an_interview_are_sealed_or_nothing_is_recorded(enter: Enter, case: Path, tmp_path: Path) -> None:
    browser = enter(Role.REVIEWER)
    refused = record(browser, interpreter="Sela Dorn")
    assert refused.status_code == 400
    assert "no key to seal to" in refused.text
    with open_case(case, write="test") as opened:
        make_key(opened, tmp_path / "sealed.key")
    answer = record(browser, interpreter="Sela Dorn", giver="Ana Vess", place="the clinic")
    assert answer.status_code == 303
    for path in (answer.headers["location"], "/accounts", "/accounts.json", answer.headers["location"] + ".json"):
        assert not any(name in browser.get(path).text for name in ("Sela Dorn", "Ana Vess", "the clinic"))
    assert b"Sela Dorn" not in b"".join(path.read_bytes() for path in case.rglob("*") if path.is_file())


def test_the_same_words_are_not_stored_twice_and_one_of_three_ways_is_enough(enter: Enter) -> None:
    browser = enter(Role.REVIEWER)
    number = record(browser).headers["location"].split("/")[2]
    assert f"as {number}" in record(browser).text
    assert "one of the three" in record(browser, item=number).text
    assert record(browser, words="", item=number).status_code == 303


def test_script_in_any_field_is_shown_as_words(enter: Enter) -> None:
    browser = enter(Role.REVIEWER)
    bad = "<script>alert(1)</script>\"'>"
    page = record(browser, purposes=[], earlier=bad, consent_form=bad, language=bad, words=bad, taken=bad, person="")
    assert "<script>alert" not in page.text
    record(browser, earlier=bad, consent_form=bad, language="en")
    assert "<script>alert" not in browser.get("/accounts").text


def test_an_interview_is_recorded_without_any_script_on_a_telephone(served: Served, chromium: Chromium) -> None:
    served.office.worker = Idle()  # type: ignore[assignment]
    page = served.page(chromium, Role.REVIEWER, java_script_enabled=False, viewport={"width": 390, "height": 800})
    page.goto("/accounts/new")
    page.fill("textarea[name=words]", WORDS)
    page.click("text=Record >> nth=-1")
    assert "Nothing was recorded" in page.inner_text("[role=alert]")
    assert page.input_value("textarea[name=words]") == WORDS
    page.check("input[value=store]")
    page.click("text=Record >> nth=-1")
    assert "/custody" in page.url
    seen = served.page(chromium, Role.REVIEWER, viewport={"width": 390, "height": 800})
    for path in ("/accounts/new", "/accounts"):
        seen.goto(path)
        assert seen.evaluate("document.documentElement.scrollWidth") <= 390, path
        assert shut_out(seen) == []
