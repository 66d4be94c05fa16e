"""A translation in the dossier: beside its original, right to left where that is, with who made it and without a person's name."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import lxml.html
import msgspec
import pytest

from witnessmark.model.claim import Form, OriginalSpan, Speaker
from witnessmark.model.document import Aligned, Anchor, AnchorKind, Translation
from witnessmark.model.item import Protection
from witnessmark.model.translator import Translator
from witnessmark.model.view import CaseView
from witnessmark.publish import draft
from witnessmark.publish.excerpt import CHUNK
from witnessmark.publish.translations import NO_ORIGINAL, NO_TRANSLATION

if TYPE_CHECKING:
    from tests.publish.conftest import Pile

ARABIC = """تولفار، ١٦ أيار ٢٠٣١

قالت الشاهدة سلمى إنها رأت القبور في كورين.

وختمت بقولها إنها ستعود.

ثم غادرت المدينة.
"""
ENGLISH = """TOLVAR, 16 May 2031

The witness Salma said "I saw the graves" at Korrin.

Then she left the town.

(The translator left out one sentence.)
"""
KEY = "k-0123456789abcdef"
PERSON, MACHINE = Translator(key=KEY), Translator(machine="Lingua <3.2>")


def at(text: str, paragraph: str) -> tuple[int, int]:
    start = text.index(paragraph)
    return start, text.index("\n", start)


PAIRS = (("تولفار", "TOLVAR"), ("قالت", "The witness"), ("ثم", "Then"))
ALIGNED = tuple(Aligned(*at(ENGLISH, english), *at(ARABIC, arabic)) for arabic, english in PAIRS)


def hold(pile: Pile, translator: Translator | None = None, *, aligned: tuple[Aligned, ...] = ALIGNED, text: str = ENGLISH) -> CaseView:
    """An Arabic statement (I1), its English translation (I2), and a claim read in that (C1)."""
    original = pile.hold(ARABIC.encode(), "statement-ar.txt", text=ARABIC, document={"language": "ar"})
    document = pile.items[0].document
    assert document is not None
    hashed = hashlib.sha256(ARABIC.encode()).hexdigest() if aligned else None
    translation = Translation(original, document.id, hashed, "paragraphs@1", aligned, ("One paragraph is not aligned.",))
    item = pile.hold(text.encode(), "statement-en.txt", text=text, document={"language": "en", "translates": translation})
    held = pile.items[1]
    pile.items[1] = msgspec.structs.replace(held, item=msgspec.structs.replace(held.item, translator=translator))
    place = OriginalSpan(document.id, *at(ARABIC, "قالت")) if aligned else None
    pile.say(item, "I saw the graves", cue="said", form=Form.DIRECT, speaker=Speaker("Salma"), original=place)
    return pile.view()


def page(view: CaseView, name: str) -> lxml.html.HtmlElement:
    (main,) = lxml.html.document_fromstring(draft(view)[name]).iter("main")
    return main


def claim_page(view: CaseView) -> lxml.html.HtmlElement:
    return page(view, f"claim-{view.claims[0].public_id}.html")


def document_page(view: CaseView, place: int) -> lxml.html.HtmlElement:
    return page(view, f"document-{view.items[place].public_id}.html")


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def cells(main: lxml.html.HtmlElement) -> list[list[tuple[str | None, str | None, str]]]:
    """Each row's two cells: language, direction and words; the first two are None for words of ours, and the last empty for an empty cell."""
    return [
        [
            (div[0].get("lang"), div[0].get("dir"), div[0].text_content()) if (div := cell.xpath("./div")) else (None, None, words(cell))
            for cell in row.xpath("./td")
        ]
        for row in main.xpath(".//div[contains(@class, 'parallel')]//tbody/tr")
    ]


def test_a_claim_read_in_a_translation_shows_the_original_beside_it_right_to_left(pile: Pile) -> None:
    main = claim_page(hold(pile, PERSON))
    assert cells(main) == [
        [
            ("ar", "rtl", "قالت الشاهدة سلمى إنها رأت القبور في كورين."),
            ("en", "ltr", 'The witness Salma said "I saw the graves" at Korrin.'),
        ]
    ]
    (lit,) = main.xpath(".//div[contains(@class, 'parallel')]//mark")
    assert words(lit) == "I saw the graves"
    assert "A translation of I1 statement-ar.txt, translated by a person on record as k-0123456789abcdef." in words(main)
    assert "C1 I1 I2" in words(main.xpath(".//div[contains(@class, 'parallel')]//caption")[0])


def test_words_quoted_in_a_translation_are_said_to_be_in_translation(pile: Pile) -> None:
    assert "quoted in the document, in translation" in words(claim_page(hold(pile, PERSON)))


@pytest.mark.parametrize(
    ("translator", "said"),
    [
        (PERSON, "translated by a person on record as k-0123456789abcdef"),
        (MACHINE, "translated by a machine (Lingua <3.2>); no person has checked it"),
        (Translator(), "translated by a person on record"),
        (None, "nobody has said who translated it"),
    ],
)
def test_every_page_of_a_translation_says_by_whom_it_was_made(pile: Pile, translator: Translator | None, said: str) -> None:
    view = hold(pile, translator)
    assert f"A translation of I1 statement-ar.txt, {said}." in words(claim_page(view))
    assert f"read in a translation of I1 statement-ar.txt, {said}" in words(claim_page(view))
    assert f"{said[:1].upper()}{said[1:]}. I2" in words(document_page(view, 1))
    assert f"A translation of it is held as I2 statement-en.txt, {said}." in words(document_page(view, 0))
    assert f"of I1 statement-ar.txt, {said}" in words(page(view, "index.html"))


def test_both_texts_stand_side_by_side_whole_and_what_is_not_aligned_is_marked(pile: Pile) -> None:
    main = document_page(hold(pile, PERSON), 1)
    rows = cells(main)
    assert [[cell[2].replace("C1", "") for cell in row] for row in rows] == [
        ["تولفار، ١٦ أيار ٢٠٣١", "TOLVAR, 16 May 2031"],
        ["قالت الشاهدة سلمى إنها رأت القبور في كورين.", 'The witness Salma said "I saw the graves" at Korrin.'],
        ["وختمت بقولها إنها ستعود.", NO_TRANSLATION],
        ["ثم غادرت المدينة.", "Then she left the town."],
        [NO_ORIGINAL, "(The translator left out one sentence.)"],
    ]
    assert {cell[:2] for row in rows for cell in row} == {("ar", "rtl"), ("en", "ltr"), (None, None)}
    assert [row.get("class") for row in main.xpath(".//tbody/tr")] == [None, None, "unaligned", None, "unaligned"]
    assert main.xpath(".//div[@class='passage']") == []
    assert "It is a translation of I1 statement-ar.txt; 3 stretches of it laid beside the original." in words(main)
    assert "One paragraph is not aligned." in words(main)


def test_a_translation_that_was_not_aligned_stands_alone_and_its_claims_say_so(pile: Pile) -> None:
    view = hold(pile, MACHINE, aligned=())
    assert (
        "".join(passage.text_content() for passage in document_page(view, 1).xpath(".//div[@class='passage']")).replace("C1", "") == ENGLISH
    )
    main = claim_page(view)
    assert cells(main) == []
    assert "no person has checked it; what stands for it in the original is not sure." in words(main)


def test_paragraphs_are_not_set_beside_a_text_they_were_not_aligned_with(pile: Pile) -> None:
    view = hold(pile, PERSON)
    original = view.items[0]
    assert original.document is not None
    read_anew = msgspec.structs.replace(original, document=msgspec.structs.replace(original.document, text="عنوان\n\n" + ARABIC))
    view = msgspec.structs.replace(view, items=(read_anew, view.items[1]))
    assert cells(document_page(view, 1)) == []
    assert cells(claim_page(view)) == []


def test_a_protected_original_is_marked_where_its_translation_shows_it(pile: Pile) -> None:
    view = hold(pile, PERSON)
    sealed = msgspec.structs.replace(view.items[0], item=msgspec.structs.replace(view.items[0].item, protection=Protection.SEALED))
    view = msgspec.structs.replace(view, items=(sealed, view.items[1]))
    for main in (claim_page(view), document_page(view, 1)):
        assert "sealed: I1" in words(main.xpath(".//div[contains(@class, 'parallel')]//caption")[0])


def test_a_paragraph_too_long_for_a_row_goes_on_in_the_next_and_nothing_is_lost(pile: Pile) -> None:
    sentence = "The witness Salma named one more cell of the prison at Korrin. "
    text = ENGLISH.replace("Then she left the town.", (sentence * 400).strip() + " Then she left the town.")
    aligned = tuple(Aligned(*at(text, english), *at(ARABIC, arabic)) for arabic, english in (*PAIRS[:2], ("ثم", sentence[:40])))
    view = hold(pile, PERSON, aligned=aligned, text=text)
    rows = cells(document_page(view, 1))
    assert max(len(cell[2]) for row in rows for cell in row) <= CHUNK
    shown = "".join(row[1][2] for row in rows if row[1][0] == "en")
    assert "".join(shown.replace("C1", "").split()) == "".join(text.split())


def test_a_page_of_the_translation_keeps_its_name_beside_its_text(pile: Pile) -> None:
    view = hold(pile, PERSON)
    held = view.items[1]
    assert held.document is not None
    anchors = (Anchor(0, ENGLISH.index("Then"), AnchorKind.PAGE, "1"), Anchor(ENGLISH.index("Then"), len(ENGLISH), AnchorKind.PAGE, "2"))
    paged = msgspec.structs.replace(held, document=msgspec.structs.replace(held.document, anchors=anchors))
    main = document_page(msgspec.structs.replace(view, items=(view.items[0], paged)), 1)
    assert [words(label) for label in main.xpath(".//span[@class='label']")] == ["page 1", "page 2"]


def test_nothing_but_a_key_of_a_person_can_come_into_the_dossier(pile: Pile) -> None:
    files = draft(hold(pile, PERSON))
    assert any(KEY.encode() in content for content in files.values())
    assert [name for name, content in draft(hold(type(pile)(), Translator())).items() if b"on record as" in content] == []
