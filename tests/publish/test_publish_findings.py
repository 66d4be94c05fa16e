"""Findings: what the front page and the page of an incident say of it, each word with its evidence."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

import lxml.html
import msgspec
import pytest

from witnessmark.corroborate.weighing import RULE, SUPPORT_WORDS
from witnessmark.model.assessment import Assessment, Confidence, IncidentLink, Likelihood, LinkKind
from witnessmark.model.claim import Act, Basis, BasisKind, Harm, Per, Polarity, Speaker, Stance, VictimCount
from witnessmark.model.decision import Status
from witnessmark.model.document import Origin, Stated
from witnessmark.model.incident import (
    Answer,
    Change,
    Drift,
    Incident,
    IncidentClaim,
    IncidentPlace,
    IncidentTime,
    Line,
    Pivot,
    Role,
    Tie,
    TieKind,
    Use,
    VictimRange,
)
from witnessmark.model.incident import Stated as Value
from witnessmark.model.span import Span
from witnessmark.model.view import CaseView, NumberedIncident
from witnessmark.publish import SECTIONS, draft
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.draft import pages_of
from witnessmark.publish.edition import PUBLIC
from witnessmark.publish.plot import Box, Words
from witnessmark.publish.plot_lines import NARROW, WIDE, Frame, Telling, draw_lines
from witnessmark.publish.plot_lines import Origin as Root
from witnessmark.publish.sections.weighing import LEVELS
from witnessmark.publish.sections.weighing import RULE as RULE_SHOWN

if TYPE_CHECKING:
    from tests.publish.conftest import Pile

PAGE = "incident-drawn.html"

REPORT = "The Tessel Group saw that 40 people were killed at Darrow Mill in May. Three of them were children.\n"
WIRE = "KNA. According to the Tessel Group, at least 40 people were killed at Darrow Mill.\n"
ARABIC = "قالت سارة إن تسعة أشخاص قتلوا في طاحونة دارو.\n"
DENIAL = "The ministry denied the killings. The army's log shows no sortie, the general said. Lies, all lies, the ministry added.\n"


def words(element: lxml.html.HtmlElement) -> str:
    """The words of an element, cells kept apart."""
    copied = deepcopy(element)
    for cell in copied.iter("td", "th"):
        cell.tail = f" {cell.tail or ''}"
    return " ".join(copied.text_content().split())


def count(text: str, phrase: str, low: int | None, high: int | None, includes: int | None = None) -> VictimCount:
    start = text.index(phrase)
    return VictimCount(
        min=low, max=high, per=None, harm=Harm.KILLED, group=None, includes=includes, approximate=False, derived=False,
        start=start, end=start + len(phrase), text=phrase,
    )  # fmt: skip


def span(text: str, phrase: str) -> Span:
    start = text.index(phrase)
    return Span.of(text, start, start + len(phrase))


def weighed(pile: Pile, *, reason: str = "Tessel Group saw or heard it, repeated by 1 other claim, which add no line.") -> CaseView:
    """One incident of two lines: a report that a wire repeats and changes, an Arabic witness, a bare denial and one with a basis."""
    report, wire, arabic, denial = (
        pile.hold(text.encode(), name, text=text, document={"language": language, "publisher": Stated(source, Origin.METADATA)})
        for text, name, language, source in (
            (REPORT, "report.txt", "en", "Tessel Group"),
            (WIRE, "wire.txt", "en", "Kelmar News Agency"),
            (ARABIC, "تقرير.txt", "ar", "صحيفة"),
            (DENIAL, "denial.txt", "en", "Ministry of Order"),
        )
    )
    group, sara, ministry = Speaker("Tessel Group"), Speaker("سارة"), Speaker("Ministry of Order", via=("Kelmar News Agency",))
    root = pile.say(
        report, "40 people were killed at Darrow Mill in May", speaker=group, act=Act.KILLING, victims=(count(REPORT, "40 people", 40, 40),)
    )
    part = pile.say(
        report, "Three of them were children", speaker=group, act=Act.KILLING, victims=(count(REPORT, "Three of them", 3, 3, 0),)
    )
    repeat = pile.say(
        wire,
        "at least 40 people were killed at Darrow Mill",
        speaker=group,
        act=Act.KILLING,
        victims=(count(WIRE, "at least 40 people", 40, None),),
    )
    nine = pile.say(arabic, "تسعة أشخاص قتلوا في طاحونة دارو", speaker=sara, act=Act.KILLING, victims=(count(ARABIC, "تسعة أشخاص", 9, 9),))
    bare = pile.say(denial, "the killings", speaker=ministry, stance=Stance.DENIES, polarity=Polarity.REJECTED)
    again = pile.say(denial, "Lies, all lies", speaker=ministry, stance=Stance.DENIES, polarity=Polarity.REJECTED)
    log = span(DENIAL, "The army's log")
    disputed = pile.say(
        denial, "no sortie", speaker=Speaker("General Orn"), stance=Stance.DENIES,
        basis=(Basis(BasisKind.DOCUMENT, None, log.start, log.end, log.text),),
    )  # fmt: skip
    credit, own = span(WIRE, "According to the Tessel Group"), span(REPORT, "40 people were killed at Darrow Mill in May")
    tie = Tie("e-1", TieKind.CREDIT, repeat, root, None, wire, credit, report, own, "The document credits Tessel Group.")
    lines = (
        Line(
            root, (part, repeat), (repeat,), "Tessel Group", identified=True, access=BasisKind.SAW, held=report, established=True, ties=(tie,),
            changes=(Drift(repeat, root, Change.FIGURE, "40 people", "at least 40 people"),),
        ),
        Line(nine, (), (), "سارة", identified=True),
    )  # fmt: skip
    incident = Incident(
        id=root,
        act=Act.KILLING,
        where=IncidentPlace("Darrow Mill", None),
        when=IncidentTime("2031-05-01", "2031-05-31"),
        claims=(
            *(IncidentClaim(each, Role.SUPPORTS) for each in (root, part, repeat, nine)),
            *(IncidentClaim(each, Role.DENIES) for each in (bare, again, disputed)),
        ),
        independent_lines=1,
        independent_lines_max=2,
        lines=lines,
        victims=(VictimRange(9, 40, None, Harm.KILLED, "min-max"), VictimRange(None, 7, Per.DAY, Harm.KILLED, "as stated")),
        support="supported at first hand",
        reasons=(reason,),
        denied_by=("Ministry of Order",),
        disputed_by=("General Orn",),
        asked_for=("asserted, not held here: ask General Orn for “The army's log”, on which the denial rests",),
        rule=RULE,
        level=4,
        stated=(
            Value("victims", "40 people", root, root, Use.SUPERSEDED),
            Value("victims", "Three of them", part, root, Use.SUBTOTAL),
            Value("victims", "تسعة أشخاص", nine, nine, Use.COUNTED),
        ),
        pivots=(Pivot(report, 1, "of unknown origin"),),
    )
    answers = (
        Answer(bare, root, general=False, why="same act and place"),
        Answer(bare, nine, general=False, why="same act and place"),
        Answer(again, root, general=True, why="it answers the report it names"),
        Answer(disputed, root, general=False, why="same act"),
    )
    return pile.view(answers=answers, incidents=(NumberedIncident(incident, "N1", "drawn"),))


@pytest.fixture
def files(pile: Pile) -> dict[str, bytes]:
    return draft(weighed(pile))


@pytest.fixture
def page(files: dict[str, bytes]) -> lxml.html.HtmlElement:
    (main,) = lxml.html.document_fromstring(files[PAGE]).iter("main")
    return main


def section(files: dict[str, bytes]) -> lxml.html.HtmlElement:
    """The first section of the front page."""
    (main,) = lxml.html.document_fromstring(files["index.html"]).iter("main")
    return next(each for each in main.iter("section"))


def under(page: lxml.html.HtmlElement, heading: str) -> str:
    """What stands under a heading, up to the next of its level."""
    (start,) = [each for each in page.iter("h3") if words(each).startswith(heading)]
    found: list[str] = []
    for each in start.itersiblings():
        if each.tag == "h3":
            break
        found.append(words(each))
    return " ".join(found)


def table(page: lxml.html.HtmlElement, caption: str) -> lxml.html.HtmlElement:
    return next(each for each in page.iter("table") if words(each.find("caption")).startswith(caption))


def test_the_front_page_opens_with_what_is_alleged_how_well_supported_and_the_rules(files: dict[str, bytes]) -> None:
    said = words(section(files))
    assert said.startswith("Findings What is marked as proposed was derived by a rule from readings that nobody has checked.")
    assert "N1: alleged killing, Darrow Mill" in said
    assert "Killing is alleged (where: Darrow Mill; when: 1 May 2031 to 31 May 2031)." in said
    assert "How well supported: proposed: supported at first hand, level 4 of 6 by the rule weigh/1; of the " in said
    assert " it rests on, nobody has checked " in said
    assert (
        "1 independent line of origin established, at most 2 possible; victims: 9 to 40 killed (rule: min-max); at most 7 killed a day (rule: as stated)."
        in said
    )
    assert "confirmed" not in said.casefold()


def test_a_finding_is_no_proposal_any_more_once_people_have_checked_what_it_rests_on(pile: Pile) -> None:
    view = weighed(pile)
    checked = tuple(msgspec.structs.replace(read, status=Status.ACCEPTED) for read in view.claims)
    said = words(section(draft(msgspec.structs.replace(view, claims=checked))))
    assert said.startswith("Findings N1: alleged killing")
    assert "proposed" not in said
    assert "How well supported: supported at first hand, level 4 of 6 by the rule weigh/1. C1 C4" in said


def test_what_people_decided_of_an_incident_stands_beside_what_was_computed(pile: Pile) -> None:
    view = weighed(pile)
    decided = Assessment(
        Likelihood.VERY_LIKELY,
        Confidence.LOW,
        "two accounts <b>agree</b>",
        (IncidentLink(LinkKind.PART_OF, "N7", "one raid"),),
        (("2031-06-01", "asked the ministry; no answer"),),
    )
    incidents = tuple(msgspec.structs.replace(one, assessment=decided) for one in view.incidents)
    said = words(section(draft(msgspec.structs.replace(view, incidents=incidents))))
    assert "The analyst's judgement, computed by nothing: very likely, with low confidence ( two accounts <b>agree</b> )." in said.replace(
        "(two", "( two"
    ).replace("</b>)", "</b> )")
    assert "In a person's judgement: part of N7" in said
    assert "Right of reply, noted on 2031-06-01: asked the ministry; no answer" in said


def test_denied_by_and_disputed_on_evidence_are_two_flags_with_their_own_evidence(files: dict[str, bytes]) -> None:
    flags = {words(flag): words(flag.getparent()) for flag in section(files).xpath(".//strong[contains(@class, 'flag')]")}
    assert flags["denied by"].startswith("denied by Ministry of Order (no basis named")
    assert flags["denied by"].endswith("C5 C6")
    assert flags["disputed on evidence"] == "disputed on evidence by General Orn. C7"


def test_every_sentence_of_an_incident_has_its_evidence(files: dict[str, bytes], page: lxml.html.HtmlElement) -> None:
    for said in (*section(files).iter("p", "h3"), *page.xpath("./section/p | ./section/h3 | .//li")):
        assert said.xpath(".//span[@class='cites']/a"), words(said)


def test_the_grid_keeps_every_value_of_a_root_and_marks_what_is_not_counted(page: lxml.html.HtmlElement) -> None:
    grid = table(page, "Fields by lines of origin")
    assert [words(head) for head in grid.iter("th")] == ["Field", "1. Tessel Group", "2. سارة"]
    victims = [words(cell) for cell in next(row for row in grid.iter("tr") if words(row).startswith("Victims")).iter("td")]
    assert "40 people, read as 40 killed superseded by a later count C1" in victims[1]
    assert "Three of them, read as 3 killed a part, no total C2" in victims[1]
    assert victims[2] == "تسعة أشخاص, read as 9 killed C4"
    assert "at least 40" not in words(grid)


def test_a_value_in_arabic_is_laid_out_from_right_to_left(page: lxml.html.HtmlElement) -> None:
    (value,) = table(page, "Fields by lines of origin").xpath(".//bdi[@lang='ar']")
    assert value.get("dir") == "rtl"


def test_repeats_are_folded_under_their_origin_with_the_reason_and_both_passages(page: lxml.html.HtmlElement) -> None:
    (folded,) = [each for each in page.iter("details") if "of line 1" in words(each.find("summary"))]
    assert words(folded.find("summary")) == "1 repeat of line 1 (Tessel Group), which adds no line"
    wire = next(row for row in folded.iter("tr") if "Kelmar News Agency" in words(row))
    told, why, own, origin, cites = (words(cell) for cell in wire.iter("td"))
    assert told == "Kelmar News Agency: Tessel Group"
    assert why == "credit: The document credits Tessel Group. changed by a relay"
    assert own == "at least 40 people were killed at Darrow Mill — shown by: According to the Tessel Group"
    assert origin == "40 people were killed at Darrow Mill in May — in I1"
    assert cites == "C3 C1"
    assert words(table(page, "Lines of origin").xpath(".//tbody/tr")[0][-1]) == "C1 C2", "what the origin says itself is no repeat"
    assert "echo" not in words(page).casefold()


def test_what_a_relay_changed_stands_with_both_texts_and_is_called_no_value(page: lxml.html.HtmlElement) -> None:
    said = under(page, "Changed by a relay")
    assert "is no value of its own" in said
    row = words(table(page, "What relays changed").xpath(".//tbody/tr")[0])
    assert "40 people, read as 40 killed — in: 40 people were killed" in row
    assert "at least 40 people, read as at least 40 killed — in: at least 40 people" in row


def test_each_source_that_denies_is_shown_once_beside_what_it_denies(page: lxml.html.HtmlElement) -> None:
    answers = [words(side) for side in page.xpath(".//div[@class='side answer']")]
    assert len(answers) == 2
    ministry = next(each for each in answers if "Ministry of Order" in each)
    assert "relayed by Kelmar News Agency" in ministry
    assert "none given" in ministry
    assert "And 1 further claim C6" in ministry
    assert "a document: The army's log" in next(each for each in answers if "General Orn" in each)


def test_a_general_denial_is_called_general(pile: Pile) -> None:
    view = weighed(pile)
    general = msgspec.structs.replace(view, answers=view.answers[2:3])
    (main,) = lxml.html.document_fromstring(draft(general)[PAGE]).iter("main")
    assert "a general answer, naming no particular claim" in under(main, "Denied")


def test_the_page_says_what_to_ask_for_and_which_single_piece_it_rests_on(page: lxml.html.HtmlElement) -> None:
    assert "asserted, not held here: ask General Orn for" in under(page, "What to ask for next")
    assert under(page, "What single pieces it rests on").startswith("Without I1 it would be: of unknown origin (level 1 of 6). I1")


def test_what_is_handed_out_does_not_say_what_the_case_holds(pile: Pile) -> None:
    pages = pages_of(Casebook(weighed(pile), handed_out=True), PUBLIC, SECTIONS)
    (main,) = lxml.html.document_fromstring(pages[PAGE]).iter("main")
    assert "asserted, not shown here: ask General Orn" in words(main)
    assert "not held here" not in words(main)


def test_a_finding_leaves_out_what_a_person_called_misread(pile: Pile) -> None:
    view = weighed(pile)
    claims = tuple(msgspec.structs.replace(read, status=Status.REJECTED) if read.number in {"C3", "C4"} else read for read in view.claims)
    (main,) = lxml.html.document_fromstring(draft(msgspec.structs.replace(view, claims=claims))[PAGE]).iter("main")
    assert "سارة" not in words(main)
    assert "Changed by a relay" not in words(main)


def test_markup_in_a_derived_sentence_is_inert(pile: Pile) -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(2)>\u202e"
    content = draft(weighed(pile, reason=attack))[PAGE].decode()
    assert "<script" not in content
    assert "<img" not in content
    assert "\u202e" not in content


def test_one_root_with_a_thousand_copies_stays_on_small_pages(pile: Pile) -> None:
    view = weighed(pile)
    copies = []
    for at in range(1_000):
        text = f"Paper {at}. {REPORT}"
        item = pile.hold(text.encode(), f"copy {at}.txt", text=text)
        copies.append(pile.say(item, "40 people were killed at Darrow Mill in May", act=Act.KILLING))
    incident = view.incidents[0].incident
    lines = (msgspec.structs.replace(incident.lines[0], members=(*incident.lines[0].members, *copies)), *incident.lines[1:])
    claims = (*incident.claims, *(IncidentClaim(each, Role.SUPPORTS) for each in copies))
    large = NumberedIncident(msgspec.structs.replace(incident, lines=lines, claims=claims), "N1", "drawn")
    files = draft(pile.view(answers=view.answers, incidents=(large,)))
    sizes = {path: len(content) for path, content in files.items()}
    assert {path: size for path, size in sizes.items() if size >= 300_000} == {}
    assert "1,001 repeats of line 1" in files[PAGE].decode()


@pytest.mark.parametrize("frame", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_drawing_of_lines_stays_within_its_frame_and_nothing_overlaps(frame: Frame) -> None:
    tellings = tuple(Telling(f"I{at} a paper with a rather long name of its own", "shared passage", f"I{at}") for at in range(3))
    plot = draw_lines(
        [
            Root("1. A source", established=True, words="line 1", tellings=tellings, more=4),
            Root("2. سارة", established=False, words="line 2", tellings=tellings[:1]),
        ],
        frame,
    )
    boxes = [mark for group in plot.groups for mark in group.marks if isinstance(mark, Box)]
    assert len(boxes) == 7
    assert all(box.x >= 0 and box.x + box.width <= plot.width and box.y + box.height <= plot.height for box in boxes)
    assert not any(
        one is not other and one.x < other.x + other.width and other.x < one.x + one.width and abs(one.y - other.y) < one.height
        for one in boxes
        for other in boxes
    )
    assert "and 4 more, in the table" in {mark.text for group in plot.groups for mark in group.marks if isinstance(mark, Words)}


def test_the_page_on_weighing_has_the_words_of_the_rule(files: dict[str, bytes]) -> None:
    assert tuple(level for level, _ in LEVELS) == tuple(SUPPORT_WORDS.values())
    assert RULE_SHOWN == RULE
    (main,) = lxml.html.document_fromstring(files["how-it-is-weighed.html"]).iter("main")
    assert "What would change our mind" in words(main)
    assert all(each.xpath(".//span[@class='cites']/a") for each in main.iter("li"))


def test_a_denial_never_appears_as_support_whatever_role_it_was_given(case: CaseView) -> None:
    public = case.incidents[0].public_id
    (main,) = lxml.html.document_fromstring(draft(case)[f"incident-{public}.html"]).iter("main")
    rows = table(main, "All claims of N1").xpath(".//tbody/tr")
    assert {words(row[-1]): words(row[0]) for row in rows} == {
        "C1": "says that it happened", "C8": "says that it happened", "C5": "denies or doubts it",
    }  # fmt: skip


def test_figures_stand_side_by_side_and_are_not_combined(case: CaseView) -> None:
    public = case.incidents[0].public_id
    (main,) = lxml.html.document_fromstring(draft(case)[f"incident-{public}.html"]).iter("main")
    figures = [words(row[2]) for row in table(main, "All claims of N1").xpath(".//tbody/tr")]
    assert figures[0].startswith("at most 40 killed a day")
    assert figures[1].startswith("at least 13 killed")
    assert "13 to 40" not in words(main)
    assert "Lines of origin: not worked out yet" in words(main)
