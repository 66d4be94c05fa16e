"""What the sections say: attributed, cited, and never more than the record holds."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING

import lxml.html
import msgspec
import pytest

from witnessmark.errors import UncitedSentenceError
from witnessmark.model.claim import Act, Form, Polarity, Speaker, Stance
from witnessmark.model.document import Origin, Stated
from witnessmark.model.incident import Answer
from witnessmark.model.view import CaseView
from witnessmark.publish import SECTIONS, draft
from witnessmark.publish.attribution import PARAPHRASE
from witnessmark.publish.block import Block, Card, Heading, Paragraph, Row, Table
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.citation import Citation, Cites
from witnessmark.publish.prose import Jump, sentence

if TYPE_CHECKING:
    from tests.publish.conftest import Pile


@cache
def files_of(encoded: bytes) -> dict[str, bytes]:
    return draft(msgspec.json.decode(encoded, type=CaseView))


def page(case: CaseView, path: str = "index.html") -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(files_of(msgspec.json.encode(case))[path])


def words(element: lxml.html.HtmlElement) -> str:
    """The words of an element, cells and labels kept apart."""
    copied = deepcopy(element)
    for cell in copied.iter("td", "th", "dt", "dd"):
        cell.tail = f" {cell.tail or ''}"
    return " ".join(copied.text_content().split())


def section(case: CaseView, slug: str) -> lxml.html.HtmlElement:
    return page(case).get_element_by_id(f"section-{slug}")


def card(case: CaseView, number: str) -> lxml.html.HtmlElement:
    """The claim's own page."""
    read = next(read for read in case.claims if read.number == number)
    (main,) = page(case, f"claim-{read.public_id}.html").iter("main")
    return main


class Said:
    """A section that yields the blocks it was given."""

    slug = "said"
    title = "Said"
    noun = "page"

    def __init__(self, *blocks: object) -> None:
        self._blocks = blocks

    def blocks(self, casebook: Casebook) -> Iterator[Block]:
        """Whatever it is, if there is a case to speak of."""
        if casebook.view.items:
            yield from self._blocks  # type: ignore[misc]  # what a careless section might yield is the point

    def digest(self, _: Casebook) -> Iterator[Block]:
        """Nothing."""
        return iter(())


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (Paragraph((sentence("Somebody knows everything.", cites=()),)), "Somebody knows everything."),
        (Heading(sentence("A massacre", cites=())), "A massacre"),
        (Table("Counts", ("What", "How many"), (Row((("dead",), ("12",)), ()),)), "dead | 12"),
        (Card(("A card",), ()), "A card"),
        ("plain words", "plain words"),
        (Paragraph((sentence("It is so.", cites=(Citation(Cites.CLAIM, "c-nowhere"),)),)), "It is so."),
    ],
)
def test_a_sentence_that_rests_on_nothing_is_refused_by_name(case: CaseView, block: object, said: str) -> None:
    with pytest.raises(UncitedSentenceError, match="Said") as refused:
        draft(case, sections=(*SECTIONS, Said(block)))
    assert said in str(refused.value)


def test_a_citation_that_no_section_shows_is_refused(case: CaseView) -> None:
    citation = Citation(Cites.CLAIM, case.claims[0].claim.id)
    with pytest.raises(UncitedSentenceError, match="claim-"):
        draft(case, sections=(Said(Paragraph((sentence("It was said.", cites=(citation,)),))),))
    with pytest.raises(UncitedSentenceError, match="nowhere"):
        draft(case, sections=(*SECTIONS, Said(Paragraph((sentence(Jump("here", "nowhere"), cites=(citation,)),)))))


def test_a_further_section_plugs_in(case: CaseView) -> None:
    citation = Citation(Cites.CLAIM, case.claims[0].claim.id)
    files = draft(case, sections=(*SECTIONS, Said(Paragraph((sentence("Six lists were compared.", cites=(citation,)),)))))
    assert "Six lists were compared." in files["index.html"].decode()


def test_a_paraphrase_is_never_in_quotation_marks(case: CaseView) -> None:
    direct = {f"“{' '.join(read.claim.quote.split())}”" for read in case.claims if read.claim.form is Form.DIRECT}
    assert len(direct) == 3
    quoted = {words(q) for path in draft(case) if path.endswith(".html") for q in page(case, path).iter("q")}
    assert quoted == direct
    outside = page(case)
    for evidence in outside.xpath("//blockquote | //q | //*[contains(@class, 'passage')]"):
        evidence.text = None
        for child in list(evidence):
            evidence.remove(child)
    assert "“" not in words(outside)
    assert '"' not in words(outside)


def test_a_paraphrase_says_whose_words_it_is_not(case: CaseView) -> None:
    for read in case.claims:
        if read.claim.speaker is not None:
            first, *_ = card(case, read.number).iter("article")
            assert (PARAPHRASE in words(first)) == (read.claim.form is not Form.DIRECT)


def test_a_claim_in_the_documents_own_voice_is_stated_by_the_document(case: CaseView) -> None:
    own = words(card(case, "C10"))
    assert "C10 Stated by the document itself" in own
    assert "stated by the document itself: field note.pdf, publisher not known" in own


@pytest.mark.parametrize(
    ("stance", "lead"),
    [
        (Stance.ASSERTS, "Said by former guards"),
        (Stance.DENIES, "Denied by former guards"),
        (Stance.DOUBTS, "Doubted by former guards"),
        (Stance.CONCEDES, "Conceded by former guards"),
        (Stance.RETRACTS, "Retracted by former guards"),
        (Stance.CORRECTS, "Corrected by former guards"),
        (Stance.DEMANDS, "Demanded by former guards"),
        (Stance.PLEDGES, "Pledged by former guards"),
        (Stance.PREDICTS, "Predicted by former guards"),
    ],
)
def test_a_headline_is_right_for_one_speaker_and_for_many(pile: Pile, stance: Stance, lead: str) -> None:
    text = "The cells were opened at noon.\n"
    item = pile.hold(text.encode(), "note.txt", text=text)
    pile.say(item, "The cells were opened", speaker=Speaker("former guards"), stance=stance)
    assert f"C1 {lead} The cells" in words(card(pile.view(), "C1"))


@pytest.mark.parametrize(
    ("polarity", "lead", "note", "field"),
    [
        (Polarity.REJECTED, "Denied by the army", "the words are what is denied", "killing — denied by the army"),
        (Polarity.NEGATED, "Said in denial by the army", "the words are the denial itself", "killing — in a denial by the army"),
        (None, "Denied by the army", "", "killing — denied by the army"),
    ],
)
def test_a_denial_says_whether_its_words_are_what_is_denied_or_the_denial(
    pile: Pile, polarity: Polarity | None, lead: str, note: str, field: str
) -> None:
    text = "The army said her daughter was not killed.\n"
    item = pile.hold(text.encode(), "note.txt", text=text)
    army = Speaker("the army")
    pile.say(item, "her daughter was not killed", speaker=army, stance=Stance.DENIES, polarity=polarity, act=Act.KILLING)
    view = pile.view()
    said, read, *_ = (words(each) for each in card(view, "C1").iter("article"))
    assert f"C1 {lead} her daughter" in said
    assert (note or PARAPHRASE) in said
    assert field in read
    assert (note or "whether the words are what is denied or the denial itself is not settled") in read
    assert f"her daughter was not killed {lead[:1].lower()}{lead[1:]}" in words(section(view, "claims"))


@pytest.mark.parametrize(
    ("polarity", "lead"),
    [(Polarity.REJECTED, "Denied in the document itself"), (Polarity.NEGATED, "Stated in denial by the document itself")],
)
def test_a_denial_in_the_documents_own_voice_says_so_too(pile: Pile, polarity: Polarity, lead: str) -> None:
    text = "Nobody was hurt.\n"
    item = pile.hold(text.encode(), "note.txt", text=text)
    pile.say(item, "Nobody was hurt", stance=Stance.DENIES, polarity=polarity)
    assert f"C1 {lead} Nobody" in words(card(pile.view(), "C1"))


def test_a_name_keeps_its_letters_where_it_opens_a_headline(pile: Pile) -> None:
    text = "There was no attack, the ministry said.\n"
    item = pile.hold(text.encode(), "note.txt", text=text)
    pile.say(item, "There was no attack", speaker=Speaker("ministry"), stance=Stance.DENIES)
    assert "Denied by ministry" in words(card(pile.view(), "C1"))
    assert "Ministry" not in words(page(pile.view()))


@pytest.mark.parametrize(
    ("document", "name", "reached"),
    [
        ({"author": "Press Office"}, ", by Press Office", "by Press Office (the document's own statement) in I1"),
        ({"author": "Press Office", "publisher": Stated("KNA", Origin.METADATA)}, ", by KNA", "published by KNA (from the document's own metadata) in I1"),
        ({"author": "Nadja Orlec <n@example.org>"}, ", by Nadja Orlec", "by Nadja Orlec <n@example.org> (the document's own statement) in I1"),
        ({}, "", "publisher not known in I1"),
    ],
)  # fmt: skip
def test_the_documents_own_voice_names_who_published_or_else_wrote_it(
    pile: Pile, document: dict[str, object], name: str, reached: str
) -> None:
    text = "The cells were opened at noon. Nobody was hurt.\n"
    item = pile.hold(text.encode(), "note.txt", text=text, document=document)
    pile.say(item, "The cells were opened")
    pile.say(item, "Nobody was hurt", stance=Stance.DENIES)
    view = pile.view()
    assert f"C1 Stated by the document itself{name} The cells" in words(card(view, "C1"))
    assert f"C2 Denied in the document itself{name} Nobody" in words(card(view, "C2"))
    assert f"Reached us {reached}" in words(card(view, "C1"))


def test_a_lone_quotation_mark_is_left_out_of_a_paraphrase_and_lit_all_the_same(pile: Pile) -> None:
    text = 'The envoy said the camp was "empty for weeks" and later "emptied again.\n'
    item = pile.hold(text.encode(), "note.txt", text=text)
    pile.say(item, 'empty for weeks"', cue="said", speaker=Speaker("the envoy"), form=Form.MIXED)
    shown = card(pile.view(), "C1")
    assert [words(each) for each in shown.xpath(".//span[@class='paraphrase']")] == ["empty for weeks"]
    assert [words(each) for each in shown.iter("mark")] == ['empty for weeks"']


def test_a_document_with_claims_explains_how_they_are_marked(case: CaseView) -> None:
    marked = words(page(case, f"document-{case.items[0].public_id}.html"))
    assert marked.count("yellow is what is claimed") == 1
    unmarked = words(page(case, f"document-{case.items[4].public_id}.html"))
    assert "yellow" not in unmarked


def test_roots_are_short_under_the_title_and_whole_in_the_limits(case: CaseView) -> None:
    header = words(page(case).xpath("//header")[0])
    for head in case.heads:
        assert f"{head.root[:16]}…" in header
        assert head.root not in header
        assert head.root in words(section(case, "limits"))


def test_a_claim_shows_speaker_relay_basis_and_its_words_in_context(case: CaseView) -> None:
    claim = card(case, "C2")
    text = words(claim)
    assert "C2 Said by Lena Marsk" in text
    assert "named here as She" in text
    assert "an image: newly released photographs (asserted, not held in this case)" in text
    assert "worded as probable" in text
    assert [words(mark) for mark in claim.iter("mark")] == ["a furnace was built behind the store"]
    assert "to get rid of the bodies" in words(claim.xpath(".//blockquote")[0])
    assert "relayed by Kelmar News Agency; published by Kelmar News Agency (from the document's own metadata) in I2" in words(
        card(case, "C6")
    )
    assert "hedged by whoever relays it (possible)" in words(card(case, "C8"))


def test_fields_are_framed_by_their_speaker_and_a_denial_by_its_denier(case: CaseView) -> None:
    assert "Darrow Mill guards (the guards) — said by Lena Marsk to have been the perpetrator" in words(card(case, "C1"))
    assert "at most 40 killed a day (detainees), as written: as many as 40 detainees a day — said by Lena Marsk" in words(card(case, "C1"))
    assert "killing — denied by Kelmar Ministry of Justice" in words(card(case, "C5"))


def test_what_is_not_stated_is_shown_as_not_stated(case: CaseView) -> None:
    assert "Not stated who did it or suffered it, number of victims, place, date of the statement" in words(card(case, "C3"))
    assert "Not stated parties, date of the event, place" in words(card(case, "C9"))
    assert "no basis given" in words(card(case, "C5"))
    assert "Said by an unnamed source" in words(card(case, "C9"))


def test_screens_never_say_confirmed(case: CaseView) -> None:
    for path, content in draft(case).items():
        assert "confirmed" not in content.decode().lower(), path


def test_denials_stand_beside_what_they_deny(case: CaseView) -> None:
    first, second, *alone = section(case, "denials").xpath(".//div[@class='beside']")
    left, right = first.xpath("./div")
    assert [words(each)[:2] for each in left.iter("h4")] == ["C1", "C8"]
    assert [words(each) for each in right.iter("h4")] == ["C5 Denied by Kelmar Ministry of Justice"]
    assert "about these claims in particular" in words(right)
    assert "a general answer" in words(second)
    assert [words(each.xpath("./div")[1].xpath(".//h4")[0])[:2] for each in alone] == ["C4", "C7"]
    assert all("No claim that this answers is shown here." in words(each) for each in alone)


def test_cards_beside_each_other_show_only_what_is_stated(case: CaseView) -> None:
    text = words(section(case, "denials"))
    assert "no basis given" not in text
    assert "worded as certain" not in text
    assert "publisher not known" not in text
    assert "an image: newly released photographs" in text
    assert "worded as probable" in text
    assert "hedged by whoever relays it (possible)" in text


def test_particular_answers_come_first_then_those_to_most_claims_and_unmatched_ones_last(pile: Pile) -> None:
    text = "Lies. Untrue. Nonsense. Never. A burnt. B burnt. C burnt.\n"
    item = pile.hold(text.encode(), "note.txt", text=text)
    denials = [pile.say(item, each, speaker=Speaker("the army"), stance=Stance.DENIES) for each in ("Lies", "Untrue", "Nonsense", "Never")]
    a, b, c = (pile.say(item, f"{each} burnt", speaker=Speaker("a nurse")) for each in "ABC")
    answers = [Answer(denials[1], each, general=True, why="all") for each in (a, b, c)]
    answers += [
        Answer(denials[2], a, general=False, why="place"),
        *(Answer(denials[3], each, general=False, why="place") for each in (b, c)),
    ]
    shown = section(pile.view(answers=tuple(answers)), "denials")
    right = [words(each)[:2] for each in shown.xpath(".//div[@class='side answer']//h4")]
    assert right == ["C4", "C3", "C2", "C1"]
    (heading,) = (each for each in shown.iter("h3") if "Answers to something not shown here" in words(each))
    assert len(heading.xpath("following-sibling::div[@class='beside']")) == 1


def test_what_one_claim_answers_in_particular_and_in_general_is_kept_apart(pile: Pile) -> None:
    text = "Lies. A burnt. B burnt.\n"
    item = pile.hold(text.encode(), "note.txt", text=text)
    denial = pile.say(item, "Lies", speaker=Speaker("the army"), stance=Stance.DENIES)
    a, b = (pile.say(item, f"{each} burnt", speaker=Speaker("a nurse")) for each in "AB")
    view = pile.view(answers=(Answer(denial, a, general=False, why="place"), Answer(denial, b, general=True, why="all")))
    first, second = section(view, "denials").xpath(".//div[@class='beside']")
    assert "about this claim in particular" in words(first)
    assert "C2" in words(first)
    assert "C3" not in words(first)
    assert "a general answer" in words(second)


def test_each_reason_of_an_answer_names_the_claims_it_is_for(pile: Pile) -> None:
    text = "Lies. A burnt. B burnt. C burnt.\n"
    item = pile.hold(text.encode(), "note.txt", text=text)
    denial = pile.say(item, "Lies", speaker=Speaker("the army"), stance=Stance.DENIES)
    a, b, c = (pile.say(item, f"{each} burnt", speaker=Speaker("a nurse")) for each in "ABC")
    beside, place = "The document sets them beside each other.", "A denial at Tessel, 1 day after the allegation."
    answers = tuple(Answer(denial, each, general=False, why=why) for each, why in ((a, beside), (c, place), (b, place)))
    view = pile.view(answers=answers)
    told = f"Scope about these claims in particular. For C2: {beside} For C3, C4: {place}"
    assert told in words(section(view, "denials"))
    assert told in words(card(view, "C1"))
    assert f"Scope about this claim in particular. {place}" in words(card(view, "C3"))
    assert beside not in words(card(view, "C3"))


def test_a_claims_page_keeps_what_it_answers_in_general_from_passing_for_particular(pile: Pile) -> None:
    text = "Lies. A burnt. B burnt.\n"
    item = pile.hold(text.encode(), "note.txt", text=text)
    denial = pile.say(item, "Lies", speaker=Speaker("the army"), stance=Stance.DENIES)
    a, b = (pile.say(item, f"{each} burnt", speaker=Speaker("a nurse")) for each in "AB")
    view = pile.view(answers=(Answer(denial, b, general=True, why="all"), Answer(denial, a, general=False, why="place")))
    particular, general = card(view, "C1").xpath(".//div[@class='beside']")
    assert "about this claim in particular. Place" in words(particular)
    assert "a general answer, naming no particular claim. All" in words(general)


def test_claims_that_are_not_laid_out_are_linked_once_each(pile: Pile) -> None:
    text = "".join(f"House {at} burnt.\n" for at in range(16)) + "Lies.\n"
    item = pile.hold(text.encode(), "note.txt", text=text)
    about = [pile.say(item, f"House {at} burnt", speaker=Speaker("a nurse")) for at in range(16)]
    denial = pile.say(item, "Lies", speaker=Speaker("the army"), stance=Stance.DENIES)
    shown = section(pile.view(answers=tuple(Answer(denial, each, general=True, why="all") for each in about)), "denials")
    (rest,) = shown.xpath(".//article[contains(@class, 'rest')]")
    assert words(rest) == "And 4 further claims C13 C14 C15 C16"


def test_the_sentence_on_all_denials_rests_on_the_logs(case: CaseView) -> None:
    first = section(case, "denials").xpath("./p")[0]
    assert [words(link) for link in first.iter("a")] == ["custody log", "analysis log"]


def test_a_claim_called_misread_is_shown_as_such_and_counted_nowhere(case: CaseView, pile: Pile) -> None:
    assert "misread" in words(card(case, "C10"))
    assert "Machines read 9 claims" in words(section(case, "summary"))
    assert "C10" not in words(section(case, "timeline"))


def test_the_summary_counts_what_was_read_said_denied_and_checked(case: CaseView) -> None:
    text = words(section(case, "summary"))
    assert "The case holds 6 items of evidence" in text
    assert "5 documents were read in it" in text
    assert "1 item could not be read" in text
    assert "Most claims are by Lena Marsk (4)" in text
    assert "Something is denied by Ilya Brandt and Kelmar Ministry of Justice in 3 claims" in text
    assert "People have checked the reading of 2 of 10 claims: 8 not checked by a person, 1 read correctly, 1 misread." in text
    assert all(item.xpath(".//span[@class='cites']/a") for item in section(case, "summary").xpath(".//li"))


def test_the_timeline_draws_intervals_and_gives_undated_claims_no_date(case: CaseView) -> None:
    timeline = section(case, "timeline")
    rows = {words(row.xpath(".//a")[0]): row for row in timeline.xpath(".//g[starts-with(@class, 'row')]")}
    assert rows["C1"].xpath("./rect[contains(@class, 'open')]")
    fades = [each for each in rows["C1"].xpath("./rect") if "fade" in each.get("class")]
    assert [each.get("class").split()[2] for each in fades] == ["fade1", "fade2", "fade3", "fade4"]
    assert rows["C8"].xpath("./path[@class='day']")
    (unknown,) = [p for p in timeline.xpath(".//p") if "no date at all" in words(p)]
    assert "C2" in [words(link) for link in unknown.xpath(".//a")]
    assert not rows["C5"].xpath("./rect | ./line")
    assert "date not stated" in words(timeline)
    assert "6 of them state no date" in words(timeline)
    table = {words(row[-1]): [words(cell) for cell in row] for row in timeline.xpath(".//tbody/tr")}
    assert table["C1"][2:4] == ["1 November 2030 or later", "4 March 2031"]
    undrawn = {words(link) for link in unknown.xpath(".//a")}
    assert not undrawn & rows.keys()
    assert table.keys() == rows.keys()
    assert len(rows.keys() | undrawn) == 9


def test_evidence_lists_receipt_custody_and_family_of_every_item(case: CaseView) -> None:
    text = words(section(case, "evidence"))
    assert "received as briefing.txt, added from a folder" in text
    assert "by actor-7f3a" in text
    assert f"{case.items[0].custody[0].commitment[:12]}…" in text
    assert "Found in I5 forwarded.eml" in text
    assert "5 March 2031 (from its dateline)" in text
    assert text.count("hash not shown in the draft") == 5
    assert text.count("A commitment is a salted hash") == 1
    assert "Leaf" not in text


def test_a_receipt_is_listed_once_with_the_entry_that_records_it(case: CaseView) -> None:
    rows = [[words(cell) for cell in row] for row in section(case, "evidence").xpath(".//table")[0].xpath(".//tbody/tr")]
    assert [row[1] for row in rows] == ["received as briefing.txt, added from a folder", "item.checked"]
    assert rows[0][2] == "from a courier; by actor-7f3a"
    assert [row[4] for row in rows] == ["custody 2", "custody 3"]
    assert "item.received" not in words(section(case, "evidence"))


def test_receipts_that_the_log_does_not_match_are_not_given_an_entry(case: CaseView) -> None:
    held = msgspec.structs.replace(case.items[0], receipts=case.items[0].receipts * 2)
    view = msgspec.structs.replace(case, items=(held, *case.items[1:]))
    rows = [[words(cell) for cell in row] for row in section(view, "evidence").xpath(".//table")[0].xpath(".//tbody/tr")]
    assert [row[4] for row in rows] == ["I1", "I1", "custody 2", "custody 3"]


def test_a_sentence_names_the_decision_on_a_claim_once(case: CaseView) -> None:
    read = case.claims[1]
    correction = msgspec.structs.replace(read.decisions[0], id="decision-act", field="act", value="killing")
    read = msgspec.structs.replace(read, decisions=(correction, *read.decisions, msgspec.structs.replace(correction, id="d-when")))
    view = msgspec.structs.replace(case, claims=(case.claims[0], read, *case.claims[2:]))
    *_, checked = section(view, "summary").xpath(".//li")
    assert [words(link) for link in checked.iter("a")] == ["decision on C10", "decision on C2"][::-1]
    (link,) = (link for link in checked.iter("a") if words(link) == "decision on C2")
    assert str(link.get("href")).endswith("-2")


def test_limits_say_what_was_not_read_and_with_what_the_rest_was(case: CaseView) -> None:
    text = words(section(case, "limits"))
    assert "The file is not a PDF: it begins with 'junk'." in text
    assert "The encoding was guessed." in text
    assert "not checked by a person 8 of 10" in text
    assert "rules@1 Finds statements by their cue words; misses what is implied." in text
    assert case.heads[0].root in text
    assert "tesseract is not installed" in text


def test_right_to_left_text_has_its_language_and_direction(case: CaseView) -> None:
    arabic, *_ = card(case, "C8").iter("article")
    assert {(each.get("lang"), each.get("dir")) for each in arabic.xpath(".//blockquote | .//span[@class='paraphrase']")} == {("ar", "rtl")}
    whole = page(case, f"document-{case.items[2].public_id}.html").xpath("//div[@class='passage']")
    assert [(each.get("lang"), each.get("dir")) for each in whole] == [("ar", "rtl")]
    assert [(each.get("lang"), each.get("dir")) for each in card(case, "C1").iter("blockquote")] == [("en", "ltr")]
    assert [(each.get("lang"), each.get("dir")) for each in card(case, "C9").iter("blockquote")] == [("", "auto")]


def test_a_document_shows_its_whole_text_with_every_claim_lit(case: CaseView) -> None:
    held = case.items[0]
    assert held.document is not None
    whole = page(case, f"document-{held.public_id}.html")
    marks = {mark.get("id"): mark for mark in whole.iter("mark")}
    for read in case.claims:
        if read.item == held.item.id:
            assert words(marks[f"mark-{read.public_id}"]) == " ".join(read.claim.quote.split())
    for number in whole.xpath("//sup"):
        number.drop_tree()
    assert whole.xpath("//div[@class='passage']")[0].text_content() == held.document.text


def test_claims_that_overlap_each_keep_their_anchor(pile: Pile) -> None:
    text = "The mayor said the school and the clinic were shelled.\n"
    item = pile.hold(text.encode(), "note.txt", text=text)
    mayor = Speaker("the mayor")
    pile.say(item, "the school and the clinic were shelled", speaker=mayor)
    pile.say(item, "the school and the clinic were shelled", cue="said", speaker=mayor)
    pile.say(item, "the clinic were shelled", speaker=mayor)
    view = pile.view()
    whole = page(view, f"document-{view.items[0].public_id}.html")
    assert all(whole.get_element_by_id(f"mark-{read.public_id}") is not None for read in view.claims)


def test_a_claim_whose_span_is_not_in_the_document_is_not_lit_and_says_so(pile: Pile) -> None:
    text = "The mayor said the school was shelled.\n"
    item = pile.hold(text.encode(), "note.txt", text=text)
    pile.say(item, "the school was shelled", speaker=Speaker("the mayor"))
    view = pile.view()
    shifted = msgspec.structs.replace(view.claims[0].claim.content[0], start=3, end=25)
    claim = msgspec.structs.replace(view.claims[0].claim, content=(shifted,))
    view = msgspec.structs.replace(view, claims=(msgspec.structs.replace(view.claims[0], claim=claim),))
    assert "the quoted characters are not what the document holds there" in words(card(view, "C1"))
    assert not list(page(view, f"document-{view.items[0].public_id}.html").iter("mark"))


def test_an_answer_named_only_by_the_claim_is_shown_with_its_scope_not_recorded(pile: Pile) -> None:
    text = "The guard said cells were full. The warden denied it.\n"
    item = pile.hold(text.encode(), "note.txt", text=text)
    first = pile.say(item, "cells were full", speaker=Speaker("a guard"))
    pile.say(item, "denied it", speaker=Speaker("the warden"), stance=Stance.DENIES, answers=(first,))
    assert "general or particular: not recorded" in words(section(pile.view(), "denials"))


def test_a_general_denial_of_hundreds_of_claims_links_what_it_does_not_lay_out(pile: Pile) -> None:
    text = "".join(f"Witness {at} said house {at} was burnt.\n" for at in range(300)) + "The army denied everything.\n"
    item = pile.hold(text.encode(), "note.txt", text=text)
    about = [pile.say(item, f"house {at} was burnt", speaker=Speaker(f"Witness {at}")) for at in range(300)]
    denial = pile.say(item, "everything", cue="denied", speaker=Speaker("the army"), stance=Stance.DENIES)
    view = pile.view(answers=tuple(Answer(denial, each, general=True, why="denies everything") for each in about))
    files = draft(view)
    whole = " ".join(words(lxml.html.document_fromstring(content)) for path, content in files.items() if path.endswith(".html"))
    assert "And 288 further claims" in whole
    assert max(map(len, files.values())) < 300_000
