"""A claim's page: its words lit in the original, each field with what it was read from, what the machine had read, and who checked it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lxml.html
import msgspec
import pytest

from witnessmark.model.claim import Act, Speaker, Stance
from witnessmark.model.correction import ADDED, encode
from witnessmark.model.decision import Decision, Status
from witnessmark.model.document import Anchor, AnchorKind
from witnessmark.model.incident import Answer
from witnessmark.model.view import CaseView, ReadClaim
from witnessmark.publish import draft
from witnessmark.publish.sections import claims as claims_section

if TYPE_CHECKING:
    from tests.publish.conftest import Pile


def words(element: lxml.html.HtmlElement) -> str:
    for cell in element.iter("td", "th", "dt", "dd"):
        cell.tail = f" {cell.tail or ''}"
    return " ".join(element.text_content().split())


def parsed(content: bytes) -> lxml.html.HtmlElement:
    whole: lxml.html.HtmlElement = lxml.html.document_fromstring(content)
    return whole


def main_of(view: CaseView, number: str) -> lxml.html.HtmlElement:
    read = next(read for read in view.claims if read.number == number)
    (main,) = parsed(draft(view)[f"claim-{read.public_id}.html"]).iter("main")
    return main


def changed(view: CaseView, number: str, **fields: object) -> CaseView:
    return msgspec.structs.replace(
        view, claims=tuple(msgspec.structs.replace(read, **fields) if read.number == number else read for read in view.claims)
    )


def decision(read: ReadClaim, field: str, value: str, why: str, name: str = "d") -> Decision:
    return Decision(f"{name}-{field}", read.claim.id, field, value, why, "actor-90bc", "2031-03-08T10:00:00Z")


def test_every_claim_has_a_page_and_every_citation_of_it_leads_there(case: CaseView) -> None:
    files = draft(case)
    assert {f"claim-{read.public_id}.html" for read in case.claims} <= files.keys()
    front = parsed(files["index.html"])
    links = [link for link in front.iter("a") if link.text == "C1"]
    assert links
    assert {link.get("href") for link in links} == {f"claim-{case.claims[0].public_id}.html#claim-{case.claims[0].public_id}"}


def test_the_page_lights_the_words_in_a_wide_stretch_of_the_original_and_links_to_the_whole(case: CaseView) -> None:
    main = main_of(case, "C2")
    assert [words(mark) for mark in main.iter("mark")] == ["a furnace was built behind the store"]
    shown = words(next(main.iter("blockquote")))
    assert "Over the winter we have followed" in shown
    assert "A reporter asked who gave the orders" in shown
    assert any((link.get("href") or "").startswith("document-") for link in main.iter("a"))


def test_each_field_shows_the_words_it_was_read_from(case: CaseView) -> None:
    _, fields, *_ = main_of(case, "C1").iter("article")
    lit = {words(each) for each in fields.xpath(".//bdi[@class='written']")}
    assert {"said", "Ms Marsk", "the guards", "as many as 40 detainees a day", "since November", "Darrow Mill"} <= lit


def test_a_correction_shows_what_the_machine_had_read_and_who_changed_it_when_and_why(case: CaseView) -> None:
    read = case.claims[0]
    machine = msgspec.structs.replace(read.claim, act=Act.DETENTION, when=None)
    made = (
        decision(read, "act", "killing", "The sentence says killed."),
        decision(read, "when", encode(read.claim.when), "November is stated."),
    )
    text = words(main_of(changed(case, "C1", decisions=made, as_read=machine), "C1"))
    assert "Act killing — said by Lena Marsk The machine read: detention — said by Lena Marsk." in text.replace(" .", ".")
    assert "Corrected on 8 March 2031, 10:00 UTC by actor-90bc, because: The sentence says killed." in text
    assert "The machine read: nothing. Corrected on 8 March 2031" in text.replace(" .", ".")
    assert "act corrected actor-90bc The sentence says killed." in text


def test_a_correction_made_in_another_reading_of_the_original_is_said_to_be_left_out_and_never_to_stand(case: CaseView) -> None:
    read = case.claims[0]
    assert read.claim.when is not None
    elsewhere = encode(msgspec.structs.replace(read.claim.when, start=read.claim.when.start + 1, end=read.claim.when.end + 1))
    text = words(main_of(changed(case, "C1", decisions=(decision(read, "when", elsewhere, "A month later."),)), "C1"))
    assert "Left out a correction of when made in another reading of the original" in text
    assert "Corrected on" not in text


def test_a_field_a_person_took_out_is_still_named(case: CaseView) -> None:
    read = case.claims[0]
    bare = msgspec.structs.replace(read.claim, victims=())
    text = words(
        main_of(changed(case, "C1", claim=bare, decisions=(decision(read, "victims", "none", "Not a count."),), as_read=read.claim), "C1")
    )
    assert "Victims nothing: taken out by a person The machine read: at most 40 killed a day" in text


def test_a_claim_added_by_hand_says_so_and_has_no_machine_reading(case: CaseView) -> None:
    read = case.claims[0]
    made = (decision(read, ADDED, "{}", "Missed by the reader."),)
    text = words(main_of(changed(case, "C1", decisions=made, as_read=None, status=Status.ACCEPTED), "C1"))
    assert "Who added and checked it" in text
    assert "the claim was added by hand" in text
    assert "read by a person" in text
    assert "The machine read" not in text


def test_nobody_having_checked_is_said_and_is_not_about_truth(case: CaseView) -> None:
    assert "Nobody has checked this reading yet. Checking it says nothing about whether the claim is true." in words(main_of(case, "C1"))
    checked = words(main_of(case, "C2"))
    assert "the reading is called read correctly" in checked
    assert "compared with the recording" in checked
    assert "none is about whether the claim is true" in checked


def test_a_denial_stands_beside_the_claim_it_denies_on_both_their_pages(case: CaseView) -> None:
    for number, heading in (("C1", "What answers it"), ("C5", "What it answers")):
        main = main_of(case, number)
        (beside,) = main.xpath(".//div[@class='beside']")
        left, right = beside.xpath("./div")
        assert any(words(each).startswith("C1") for each in left.iter("h4"))
        assert [words(each)[:2] for each in right.iter("h4")] == ["C5"]
        assert any(heading in words(each) for each in main.iter("h3"))


def test_the_page_names_the_incident_and_how_the_original_came_in(case: CaseView) -> None:
    text = words(main_of(case, "C1"))
    assert "N1: alleged killing, Darrow Mill; with 2 other claims." in text
    assert "Received on 6 March 2031, 09:01 UTC from a courier, added from a folder." in text
    assert "2 entries on it in the log" in text


def test_a_claim_called_misread_is_set_beside_nothing_and_is_in_no_incident(case: CaseView) -> None:
    main = main_of(changed(case, "C1", status=Status.REJECTED), "C1")
    assert main.xpath(".//div[@class='beside']") == []
    assert "Its incident" not in words(main)


def test_a_case_with_more_claims_than_pages_has_a_card_for_each(case: CaseView, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims_section, "MOST_PAGES", 3)
    files = draft(case)
    assert not [path for path in files if path.startswith("claim-")]
    anchors = {each.get("id") for content in files.values() if b"<html" in content for each in parsed(content).iter("article")}
    assert {f"claim-{read.public_id}" for read in case.claims} <= anchors


def test_a_preserved_table_is_shown_as_one_with_claims_lit_in_their_cells(pile: Pile) -> None:
    rows = ["no | name | told by", "1 | Davin Orlec | a cook", "2 |  | his sister"]
    text = "\n".join(rows)
    starts = [text.index(row) for row in rows]
    anchors = tuple(
        Anchor(at, at + len(row), AnchorKind.ROW, str(number)) for number, (at, row) in enumerate(zip(starts, rows, strict=True), 1)
    )
    item = pile.hold(text.encode(), "list.csv", media_type="text/csv", text=text, document={"anchors": anchors})
    pile.say(item, "Davin Orlec", speaker=Speaker("a cook"), stance=Stance.ASSERTS)
    page = parsed(draft(pile.view())[f"document-{pile.items[0].public_id}.html"])
    (grid,) = page.xpath("//div[contains(@class, 'grid')]")
    for number in grid.xpath(".//sup"):
        number.drop_tree()
    cells = [[words(cell) for cell in row.iter("th", "td")] for row in grid.iter("tr")]
    assert cells == [["1", "no", "name", "told by"], ["2", "1", "Davin Orlec", "a cook"], ["3", "2", "", "his sister"]]
    assert [words(mark) for mark in grid.iter("mark")] == ["Davin Orlec"]
    assert page.xpath("//div[@class='passage']") == []


def test_answers_of_a_large_case_are_found_without_looking_through_all_of_them(pile: Pile) -> None:
    text = "".join(f"Guard {at} spoke of cell {at}.\n" for at in range(40)) + "The army denied everything.\n"
    item = pile.hold(text.encode(), "note.txt", text=text)
    about = [pile.say(item, f"cell {at}.", speaker=Speaker(f"Guard {at}")) for at in range(40)]
    denial = pile.say(item, "everything", cue="denied", speaker=Speaker("the army"), stance=Stance.DENIES)
    view = pile.view(answers=tuple(Answer(denial, each, general=True, why="denies everything") for each in about))
    assert "And 36 further claims" in words(main_of(view, "C41"))
