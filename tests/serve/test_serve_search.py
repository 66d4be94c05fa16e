"""Whatever is typed is found or answered in words, narrowed by what the hits are about, kept, and taken along."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from workbench import Browser, Served, shut_out

from conftest import Enter
from witnessmark.case.case import open_case, rebuild_case
from witnessmark.case.deciding import decide
from witnessmark.case.going_on import go_on
from witnessmark.case.persons import add_person
from witnessmark.model.office import Role
from witnessmark.serve.office import Office
from witnessmark.store import queries

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium


def found(browser: Browser, asked: str) -> dict[str, object]:
    return browser.json(f"/search.json?{asked}")["found"]  # type: ignore[index,no-any-return]


def test_a_word_lights_up_where_it_stands_and_opens_what_holds_it(enter: Enter) -> None:
    page = enter(Role.VIEWER).get("/search?q=prison")
    assert page.status_code == 200
    assert "<mark>" in page.text
    assert 'href="/C' in page.text
    assert enter(Role.VIEWER).get("/go?q=mass+graves").headers["location"] == "/search?q=mass+graves"
    assert enter(Role.VIEWER).get("/go?q=c12").headers["location"] == "/claims/C12"


def test_every_value_the_hits_are_about_asks_for_as_many_as_it_says(enter: Enter) -> None:
    browser = enter(Role.VIEWER)
    page = browser.json("/search.json?in=claims&q=prison+OR+prisoners+OR+guards")
    about = page["about"]  # type: ignore[index]
    assert {"source", "act", "party", "stance", "status", "language", "sensitivity"} <= set(about)
    for name in ("act", "party", "stance", "status", "language", "sensitivity"):
        for value in about[name]:
            narrowed = browser.json(value["to"].replace("/search?", "/search.json?"))["found"]["totals"]["claims"]  # type: ignore[index]
            assert narrowed >= value["count"], (name, value)
            if name != "party":  # part of a party's name will do, so that others of that name are found, too
                assert narrowed == value["count"], (name, value)


def test_a_filter_that_is_chosen_is_taken_away_again_by_its_own_link(enter: Enter) -> None:
    browser = enter(Role.VIEWER)
    page = browser.json("/search.json?q=prison&stance=asserts&in=claims")
    (chosen,) = page["chosen"]  # type: ignore[index]
    assert (chosen["name"], chosen["to"]) == ("stance", "/search?q=prison&in=claims")


@pytest.mark.parametrize(
    "asked", ["q=%22open", "q=a+OR", "act=flying", "from=2020-01-01&to=2019-01-01&q=x", "q=x&language=xx", "q=x&page=99"]
)
def test_what_cannot_be_read_is_answered_with_what_to_do(enter: Enter, asked: str) -> None:
    page = enter(Role.VIEWER).get(f"/search?{asked}")
    assert page.status_code == 400
    assert 'role="alert"' in page.text


def test_script_in_a_query_and_in_every_filter_is_shown_as_words(enter: Enter) -> None:
    bad = "%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%27"
    browser = enter(Role.VIEWER)
    for name in (
        "q",
        "in",
        "from",
        "to",
        "fuzzy",
        "source",
        "act",
        "place",
        "party",
        "stance",
        "status",
        "language",
        "sensitivity",
        "item",
        "page",
    ):
        assert "<script>alert" not in browser.get(f"/search?{name}={bad}").text


def test_a_search_is_kept_for_everybody_survives_a_rebuild_and_can_be_taken_back(enter: Enter, office: Office) -> None:
    browser = enter(Role.REVIEWER)
    with office.reading() as case, case.asking() as connection:
        before = queries.state(connection)
    browser.post("/search/save", q="prison NOT hospital", stance="denies", name="Denials")
    browser.post("/search/save", q="prison", name="denials")
    assert enter(Role.VIEWER).json("/search.json")["saved"][0]["to"] == "/search?q=prison+NOT+hospital&stance=denies"  # type: ignore[index]
    rebuild_case(office.root)
    (kept,) = browser.json("/search.json")["saved"]  # type: ignore[index]
    assert kept["name"] == "Denials"
    with office.reading() as case, case.asking() as connection:
        assert queries.state(connection) == before, "nothing has to be weighed again for it"
    browser.post("/search/forget", decision=kept["decision"])
    assert browser.json("/search.json")["saved"] == []  # type: ignore[index]


def test_a_table_of_hits_holds_every_hit_with_its_address_and_no_formula(enter: Enter, office: Office) -> None:
    browser = enter(Role.REVIEWER)
    hostile = b'=HYPERLINK("http://evil.example","zinnober") the commander of the depot said that zinnober was burned there on Monday.\n'
    browser.client.post("/intake", data={"form_token": browser.form_token}, files=[("files", ("=cmd.txt", hostile))])
    go_on(office.root, "Tam Ledo")
    answer = browser.get("/search/table/csv?q=zinnober")
    assert answer.headers["content-disposition"].startswith("attachment")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows
    assert all(row["address"].startswith("http://127.0.0.1:8642/") for row in rows)
    assert {row["file"] for row in rows} == {"'=cmd.txt"}
    assert not any(cell.lstrip()[:1] in "=+-@" for row in rows for cell in row.values() if cell)
    book = load_workbook(io.BytesIO(browser.get("/search/table/xlsx?q=zinnober").content))
    assert {cell.data_type for line in book["hits"].iter_rows(min_row=2) for cell in line} <= {"s", "inlineStr", "n"}


def test_a_list_of_queries_is_asked_line_by_line_and_a_bad_line_stops_no_other(enter: Enter) -> None:
    browser = enter(Role.VIEWER)
    listed = b'query,stance\nprison,\n"""open",\nprison,denies\n'
    page = browser.client.post("/search/batch", data={"form_token": browser.form_token}, files=[("list", ("q.csv", listed))])
    assert page.status_code == 200
    assert "cannot be read" in page.text
    assert "/search?q=prison&amp;stance=denies" in page.text
    table = browser.client.post("/search/batch", data={"form_token": browser.form_token, "as": "csv"}, files=[("list", ("q.csv", listed))])
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert {row["kind"] for row in rows} == {"claim", "document", "problem"}
    refused = browser.client.post("/search/batch", data={"form_token": browser.form_token}, files=[("list", ("q.csv", b"x\n" * 300))])
    assert refused.status_code == 400


def test_words_of_a_graphic_item_are_closed_until_asked_for(enter: Enter, case: Path) -> None:
    browser = enter(Role.VIEWER)
    item = found(browser, "q=prison&in=documents")["hits"][0]["item"]  # type: ignore[index]
    with open_case(case, write="test") as opened:
        decide(opened, item, "sensitivity", "graphic", why="shows the dead")
    assert '<details class="graphic">' in browser.get(f"/search?q=prison&item={item}").text
    assert found(browser, "q=prison&sensitivity=graphic&in=documents")["totals"] == {"documents": 1}
    assert found(browser, f"q=prison&sensitivity=unknown&in=documents&item={item}")["totals"] == {"documents": 0}


def test_the_keys_search_and_open_and_from_right_to_left_nothing_runs_out_of_a_telephone(served: Served, chromium: Chromium) -> None:
    page = served.page(chromium, Role.VIEWER)
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("prison")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=prison")
    assert shut_out(page) == []
    page.keyboard.press("o")
    page.wait_for_url("**/claims/C*")
    small = served.page(chromium, Role.VIEWER, viewport={"width": 390, "height": 800}, locale="ar")
    for path in ("/search?q=prison", "/intake", "/accounts", "/items/I1/custody"):
        small.goto(path)
        assert small.get_attribute("html", "dir") == "rtl"
        assert small.evaluate("document.documentElement.scrollWidth") <= 390, path


def test_a_sealed_name_is_found_by_nobody_and_stands_in_no_answer_nor_saved_search(enter: Enter, office: Office) -> None:
    browser = enter(Role.REVIEWER)
    about = browser.json("/search.json?in=claims&stance=asserts")["about"]["source"]  # type: ignore[index]
    name = next(one["value"] for one in about if len(one["value"].split()) == 2 and one["value"].istitle())
    browser.post("/search/save", q=f'"{name}"', name=f"What {name} said")
    with open_case(office.root, write="test") as case:
        decide(case, add_person(case, name).number, "protection", "sealed", why="in danger")
    for path in (
        "/search",
        "/search.json",
        "/search?in=claims&stance=asserts",
        "/search.json?in=claims&stance=asserts",
        "/search/table/csv?stance=asserts",
    ):
        assert name not in browser.get(path).text, path
    assert browser.json(f'/search.json?q="{name}"')["found"]["hits"] == []  # type: ignore[index]
