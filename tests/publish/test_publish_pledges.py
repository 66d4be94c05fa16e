"""Pledges, responsibility and notice on the page: always as said, denials beside, and no name that may not be shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import lxml.html
import msgspec
import pytest

from witnessmark.case.tracking import with_tracked
from witnessmark.corroborate.responsibility import UNDECIDED
from witnessmark.model.claim import Act, ClaimParty, Interval, PartyRole, Polarity, Speaker, Stance
from witnessmark.model.responsibility import AllegedPart, AllegedParty, PartyKind, Responsibility
from witnessmark.model.view import AsOf, CaseView, Cut
from witnessmark.publish import draft
from witnessmark.publish.plot import NARROW, WIDE, Shape
from witnessmark.publish.plot_parties import Strand, draw_parties
from witnessmark.publish.public_parties import WITHHELD_NAME, public_responsibility
from witnessmark.text.masking import Covers, Mask

if TYPE_CHECKING:
    from tests.publish.conftest import Pile

TEXT = """Marsk said that Orvania armed the army. Marsk said that Corvel armed the army. The Orvanian embassy denied that Orvania armed the army.
The truce of 4 March was signed in Tessel. Marsk doubts that the truce signed in Tessel will last. Brandt said that the truce signed in Tessel was violated.
Brandt promised to admit observers by the end of March.
"""
HOSTILE = "<script>alert(1)</script>"
DAY = Interval("2031-03-04", "2031-03-04", 0, 1, "4 March")


def party(name: str, role: PartyRole) -> ClaimParty:
    return ClaimParty(name, role, 0, 1, name)


def supporting(name: str) -> tuple[ClaimParty, ...]:
    return party(name, PartyRole.SUPPORTER), party("army", PartyRole.RECIPIENT)


@pytest.fixture
def view(pile: Pile) -> CaseView:
    item = pile.hold(TEXT.encode(), "notes.txt", text=TEXT)
    marsk, brandt = Speaker("Lena Marsk"), Speaker("Ilya Brandt")
    pile.say(item, "Orvania armed the army", speaker=marsk, act=Act.SUPPORT, parties=supporting("Orvania"))
    pile.say(item, "Corvel armed the army", speaker=marsk, act=Act.SUPPORT, parties=supporting("Corvel"))
    denied, embassy = Stance.DENIES, Speaker("Orvanian embassy")
    pile.say(
        item,
        "that Orvania armed the army",
        speaker=embassy,
        stance=denied,
        polarity=Polarity.REJECTED,
        act=Act.SUPPORT,
        parties=supporting("Orvania"),
    )
    pile.say(item, "The truce of 4 March was signed in Tessel", act=Act.AGREEMENT, when=DAY)
    pile.say(item, "that the truce signed in Tessel will last", speaker=marsk, stance=Stance.DOUBTS, act=Act.AGREEMENT, when=DAY)
    pile.say(item, "that the truce signed in Tessel was violated", speaker=brandt, when=DAY)
    pile.say(
        item,
        "to admit observers by the end of March",
        speaker=brandt,
        stance=Stance.PLEDGES,
        due=Interval(None, "2031-03-31", 0, 1, "March"),
    )
    return with_tracked(pile.view(), UNDECIDED)


def section(view: CaseView, slug: str) -> lxml.html.HtmlElement:
    page: lxml.html.HtmlElement = lxml.html.document_fromstring(draft(view)["index.html"])
    return page.get_element_by_id(f"section-{slug}")


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def test_a_state_is_shown_as_said_by_somebody_on_a_day_with_its_doubt(view: CaseView) -> None:
    shown = words(section(view, "pledges"))
    assert "By 7 March 2031 it is said to have been broken, by Ilya Brandt ." in shown
    assert "It is doubted by Lena Marsk ." in shown


def test_a_promise_whose_day_has_not_come_says_so_and_that_nothing_is_said_of_it(view: CaseView) -> None:
    shown = words(section(view, "pledges"))
    assert "It is given as due by 31 March 2031." in shown
    assert "On 7 March 2031 that day has not come." in shown
    assert "No claim shown here speaks of it later." in shown


def test_each_part_is_said_by_somebody_and_denied_by_somebody_in_one_row(view: CaseView) -> None:
    rows = [words(row) for row in section(view, "responsibility").iter("tr")]
    (row,) = [row for row in rows if row.startswith("Orvania")]
    assert "to have supported army" in row
    assert "Lena Marsk (no basis given)" in row
    assert "denied by Orvanian embassy" in row


def test_a_draft_says_what_a_public_dossier_shows_in_place_of_a_name(view: CaseView) -> None:
    rows = [words(row) for row in section(view, "responsibility").iter("tr")]
    (row,) = [row for row in rows if row.startswith("Corvel")]
    assert "it is not settled whether this is a body or a person; in a public dossier: “ a name withheld, of a person or a body ”" in row


def test_no_legal_class_stands_in_these_sections(view: CaseView) -> None:
    for slug in ("pledges", "responsibility"):
        assert not re.search(
            r"war crime|crimes? against humanity|genocide|complicit|Rome Statute|guilty", words(section(view, slug)), re.IGNORECASE
        )


def test_every_line_of_the_drawing_is_in_the_table_and_has_its_words(view: CaseView) -> None:
    titles = [words(title) for title in section(view, "responsibility").iter("title")]
    assert "Orvania is said to have supported army, in 1 claim, denied in 1 claim" in titles
    assert "Corvel is said to have supported army, in 1 claim" in titles


def test_a_view_of_an_earlier_day_says_so_on_every_page(view: CaseView) -> None:
    cut = msgspec.structs.replace(view, cut=Cut(AsOf("2031-03-05"), 2, 1))
    for name, page in draft(cut).items():
        if name.endswith(".html"):
            assert "Shown as of 5 March 2031" in page.decode(), name
            assert "2 of a later day, 1 of no known day" in page.decode(), name


def test_hostile_names_are_inert_in_rows_and_drawings(view: CaseView) -> None:
    parties = tuple(msgspec.structs.replace(each, names=(HOSTILE,)) for each in view.responsibility.parties)
    hostile = msgspec.structs.replace(view, responsibility=msgspec.structs.replace(view.responsibility, parties=parties))
    assert all(HOSTILE.encode() not in page for page in draft(hostile).values())


def many(view: CaseView, number: int) -> CaseView:
    parties = tuple(
        AllegedParty(f"p{n}", (f"Unit {n} of the Northern Command",), PartyKind.BODY, None, may_be_named=True) for n in range(number)
    )
    parts = tuple(AllegedPart(each.key, PartyRole.PERPETRATOR, Act.KILLING, None, (view.claims[0].claim.id,)) for each in parties)
    return msgspec.structs.replace(view, responsibility=Responsibility(parties, parts))


def test_thousands_of_parts_make_pages_of_bearable_size(view: CaseView) -> None:
    pages = {name: len(page) for name, page in draft(many(view, 3000)).items() if name.endswith(".html")}
    assert max(pages.values()) < 300_000
    assert sum("responsibility" in name for name in pages) > 1


def test_a_drawing_keeps_two_parties_of_one_shown_name_apart() -> None:
    strands = [Strand((key, WITHHELD_NAME), ("act", "alleged killing"), "did", denied=False, words="") for key in ("a", "b")]
    for layout in (WIDE, NARROW):
        paths = {mark.path for group in draw_parties(strands, layout).groups for mark in group.marks if isinstance(mark, Shape)}
        assert len(paths) == 2


def graph(*parties: AllegedParty) -> Responsibility:
    return Responsibility(parties, tuple(AllegedPart(each.key, PartyRole.COMMANDER, Act.KILLING, None, ("c-1",)) for each in parties))


def test_in_public_a_person_stands_by_office_or_withheld_and_no_key_tells_the_name() -> None:
    vale = AllegedParty("oren vale", ("Oren Vale", "General Vale"), PartyKind.PERSON, "deputy director of prisons", may_be_named=False)
    ilin = AllegedParty("dara ilin", ("Dara Ilin",), PartyKind.PERSON, None, may_be_named=False)
    army = AllegedParty("army", ("the army",), PartyKind.BODY, None, may_be_named=True)
    shown = public_responsibility(graph(vale, ilin, army), Covers())
    assert [each.names for each in shown.parties] == [("deputy director of prisons",), (WITHHELD_NAME,), ("the army",)]
    assert not re.search("vale|ilin", msgspec.json.encode(shown).decode(), re.IGNORECASE)


def test_a_name_that_two_people_let_stand_is_still_covered_where_a_record_forbids_it() -> None:
    vale = AllegedParty("oren vale", ("Oren Vale",), PartyKind.PERSON, None, may_be_named=True)
    assert public_responsibility(graph(vale), Covers()).parties[0].names == ("Oren Vale",)
    assert "Vale" not in public_responsibility(graph(vale), Mask(["Oren Vale"])).parties[0].names[0]
