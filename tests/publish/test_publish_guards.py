"""Items that a person sealed or called sensitive: marked wherever they are shown, with what was decided of them, and counted in the limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lxml.html
import msgspec
import pytest

from witnessmark.model.claim import Act, Interval, Speaker
from witnessmark.model.consent import Consent, Purpose
from witnessmark.model.item import Protection, Release, ReleaseState, Sensitivity
from witnessmark.model.view import CaseView
from witnessmark.publish import draft

if TYPE_CHECKING:
    from tests.publish.conftest import Pile

CONSENT = Consent((Purpose.STORE, Purpose.CONTACT_AGAIN), form="paper form 4", recorded="2031-03-06T12:00:00Z")


def words(element: lxml.html.HtmlElement) -> str:
    for cell in element.iter("td", "th", "dt", "dd"):
        cell.tail = f" {cell.tail or ''}"
    return " ".join(element.text_content().split())


def decided(view: CaseView, number: str, **fields: object) -> CaseView:
    """The case with this decided of an item."""
    items = tuple(
        msgspec.structs.replace(held, item=msgspec.structs.replace(held.item, **fields)) if held.item.number == number else held
        for held in view.items
    )
    return msgspec.structs.replace(view, items=items)


def pages(view: CaseView) -> dict[str, lxml.html.HtmlElement]:
    return {path: lxml.html.document_fromstring(content) for path, content in draft(view).items() if path.endswith(".html")}


def marks(element: lxml.html.HtmlElement) -> set[str]:
    return {words(each) for each in element.xpath(".//*[@class='guard']")}


@pytest.mark.parametrize("protection", [Protection.SEALED, Protection.SENSITIVE])
def test_every_part_that_cites_a_protected_item_or_a_claim_in_it_names_it(case: CaseView, protection: Protection) -> None:
    files = pages(decided(case, "I1", protection=protection))
    front, mark = files["index.html"], f"{protection.value}: I1"
    own = {"I1", "C1", "C2", "C3", "C4", "decision on C2", "custody 2", "custody 3"}
    parts = [
        (part, {words(link) for link in part.xpath(".//a[@class='ref']")})
        for tag in ("article", "tr", "p", "h3")
        for part in front.iter(tag)
    ]
    parts = [(part, cited) for part, cited in parts if part.get("class") not in {"cites", "guards", "source"}]
    assert len([cited for _, cited in parts if cited & own]) > 15
    for part, cited in parts:
        assert (mark in marks(part)) == bool(cited & own), words(part)
    assert all(marks(caption) == {mark} for caption in front.iter("figcaption"))


def test_a_list_shows_the_same_mark_once(case: CaseView) -> None:
    view = decided(case, "I1", protection=Protection.SEALED)
    files = pages(view)
    origin = files[f"claim-{view.claims[0].public_id}.html"].xpath("//main//ul[@class='sentences']")[-1]
    assert [words(each) for each in origin.xpath(".//*[@class='guard']")] == ["sealed: I1"]
    summary = files["index.html"].get_element_by_id("section-summary")
    assert [words(each) for each in summary.xpath(".//*[@class='guard']")] == ["sealed: I1"]


def test_the_pages_of_a_protected_document_and_of_its_claims_say_so(case: CaseView) -> None:
    view = decided(case, "I1", protection=Protection.SEALED)
    files = pages(view)
    document = files[f"document-{view.items[0].public_id}.html"]
    assert "I1 (sealed): Briefing on Darrow Mill" in words(document.xpath("//h2")[0])
    for passage in document.xpath("//div[@class='passage']"):
        assert words(passage.getprevious()) == "sealed: I1"
    claim = files[f"claim-{view.claims[0].public_id}.html"]
    assert all(marks(article) == {"sealed: I1"} for article in claim.xpath("//main//section/article"))
    other = files[f"claim-{view.claims[8].public_id}.html"]
    assert marks(other) == set()
    assert marks(files[f"document-{view.items[1].public_id}.html"]) == set()


def test_a_case_in_which_nothing_is_protected_has_no_mark(case: CaseView) -> None:
    files = pages(decided(case, "I1", protection=Protection.NONE))
    assert all(marks(page) == set() for page in files.values())
    assert "People have marked no items as sealed and no items as sensitive; of 5 items nobody has said" in words(files["index.html"])


def test_a_part_that_shows_both_kinds_names_the_sealed_first_and_only_so_many(pile: Pile) -> None:
    for at in range(9):
        text = f"House {at} burnt on 3 May.\n"
        item = pile.hold(text.encode(), f"note {at}.txt", text=text)
        pile.say(
            item,
            f"House {at} burnt",
            speaker=Speaker("a nurse"),
            act=Act.DESTRUCTION,
            when=Interval("2031-05-03", "2031-05-03", 0, 5, "House"),
        )
    view = decided(pile.view(), "I9", protection=Protection.SEALED)
    for at in range(8):
        view = decided(view, f"I{at + 1}", protection=Protection.SENSITIVE)
    (figure,) = pages(view)["index.html"].xpath("//figure[@class='chart']")
    shown = [words(each) for each in figure.xpath(".//*[@class='guard']")]
    assert shown == ["sealed: I9", "sensitive: I1, I2, I3, I4, I5, I6 and 2 more"]


def test_the_evidence_and_the_claims_page_show_what_was_decided_of_the_item(case: CaseView) -> None:
    release = Release(ReleaseState.RESTRICTED, by="actor-7f3a", authority="the giver's letter", until="2032-01-01")
    fields = {"protection": Protection.SEALED, "sensitivity": Sensitivity.GRAPHIC, "release": release, "consent": CONSENT}
    view = decided(case, "I1", **fields)
    files = pages(view)
    card = words(files["index.html"].get_element_by_id(f"item-{view.items[0].public_id}"))
    origin = words(files[f"claim-{view.claims[0].public_id}.html"].xpath("//main//ul[@class='sentences']")[-1])
    for label, value in (
        ("Protection", "sealed, the strictest: it would endanger somebody if it became known that we hold this"),
        ("Sensitivity", "graphic: it can harm who looks at it"),
        ("Release", "not marked as already public; restricted by actor-7f3a, on the authority of the giver's letter, until 2032-01-01"),
        ("Consent", "the giver agreed to: store, contact again; to nothing else; form: paper form 4; recorded on 6 March 2031, 12:00 UTC"),
    ):
        assert f"{label} {value}" in card
        assert f"{label}: {value}." in origin
    assert card.count("Release") == 1


def test_what_nobody_decided_is_not_shown_as_decided(case: CaseView) -> None:
    files = pages(case)
    card = words(files["index.html"].get_element_by_id(f"item-{case.items[0].public_id}"))
    assert "Release not marked as already public; withheld (nobody has decided otherwise)" in card
    assert not {"Protection", "Sensitivity", "Consent"} & set(card.split())
    assert "Consent" not in words(files[f"claim-{case.claims[0].public_id}.html"])


def test_the_limits_count_what_is_protected_and_say_that_the_draft_holds_its_words(case: CaseView) -> None:
    view = decided(decided(case, "I1", protection=Protection.SEALED), "I4", protection=Protection.SENSITIVE)
    limits = words(pages(view)["index.html"].get_element_by_id("section-limits"))
    assert "People have marked 1 item as sealed and 1 item as sensitive; of 4 items nobody has said whom it would endanger" in limits
    assert "This draft holds the names and the words of what is marked" in limits
