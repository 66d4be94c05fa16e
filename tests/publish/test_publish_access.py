"""The dossier by keyboard, by ear and in any script: what a browser and a screen reader are told of each page."""

from __future__ import annotations

from collections.abc import Iterator

import lxml.html
import pytest
from tests.publish.publish_counting import WHOLE, linked, result, strata, stratum, with_questions, with_result

from witnessmark.model.view import CaseView
from witnessmark.publish import draft


@pytest.fixture(scope="module")
def pages(case: CaseView) -> dict[str, lxml.html.HtmlElement]:
    given = result(strata={"lcmcr": strata(stratum(("Tessel",), 40), stratum(("Orvan",), WHOLE - 40))})
    question = with_result(1, given, linkages=(linked(by_year=(("2030", 700), ("2031", WHOLE - 700))),))
    files = draft(with_questions(case, question))
    return {path: lxml.html.document_fromstring(content) for path, content in files.items() if path.endswith(".html")}


def each(pages: dict[str, lxml.html.HtmlElement], tag: str) -> Iterator[tuple[str, lxml.html.HtmlElement]]:
    for path, page in pages.items():
        for element in page.iter(tag):
            yield path, element


def test_the_first_thing_the_keyboard_meets_skips_to_the_content(pages: dict[str, lxml.html.HtmlElement]) -> None:
    for path, page in pages.items():
        first = next(page.iter("a"))
        assert (first.get("href"), first.get("class")) == ("#main", "skip"), path
        assert page.get_element_by_id("main").get("tabindex") == "-1"


def test_the_keyboard_follows_the_order_of_the_page_and_every_stop_has_a_name(pages: dict[str, lxml.html.HtmlElement]) -> None:
    for path, page in pages.items():
        stops = [element for element in page.iter() if element.get("tabindex") is not None]
        assert {stop.get("tabindex") for stop in stops} <= {"0", "-1"}, path
        assert all(stop.get("aria-label") for stop in stops if stop.get("tabindex") == "0")


def test_every_link_has_words(pages: dict[str, lxml.html.HtmlElement]) -> None:
    for path, link in each(pages, "a"):
        assert link.text_content().strip(), (path, link.get("href"))


def test_every_drawing_has_a_title_a_description_and_the_same_in_a_table(pages: dict[str, lxml.html.HtmlElement]) -> None:
    drawings = list(each(pages, "svg"))
    assert drawings
    for path, drawing in drawings:
        assert [child.tag for child in drawing][:2] == ["title", "desc"], path
        (figure,) = drawing.xpath("ancestor::figure")
        assert figure.xpath("following::table"), path


def test_tables_name_their_columns_and_say_what_they_hold(pages: dict[str, lxml.html.HtmlElement]) -> None:
    for path, table in each(pages, "table"):
        assert table.xpath("./caption"), path
        assert all(head.get("scope") in {"col", "row"} for head in table.iter("th"))
        assert all(cell.get("data-label") for cell in table.xpath(".//td") if not table.xpath("ancestor::div[contains(@class, 'grid')]"))


def test_pages_are_english_and_evidence_is_in_its_own_language(pages: dict[str, lxml.html.HtmlElement]) -> None:
    assert {page.get("lang") for page in pages.values()} == {"en"}
    arabic = [element for _, element in each(pages, "bdi") if element.get("lang") == "ar"]
    assert arabic
    assert {element.get("dir") for element in arabic} == {"rtl"}


def test_names_of_any_script_are_kept_apart_from_the_direction_of_the_line(pages: dict[str, lxml.html.HtmlElement]) -> None:
    for path, page in pages.items():
        for element in page.xpath("//*[not(self::title) and not(self::desc)]/text()[contains(., 'لينا')]"):
            around = element.getparent().xpath("ancestor-or-self::*[self::bdi or self::text or @dir]")
            assert around, path
