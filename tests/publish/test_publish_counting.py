"""How many people: the minimum first, no middle by itself, no figure where methods disagree, nobody to be found in a small number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import product

import lxml.html
import msgspec
import pytest
from msgspec.structs import replace
from tests.publish.publish_counting import (
    APART,
    DISAGREE,
    LISTS,
    TWO,
    WHOLE,
    asked,
    estimate,
    linked,
    overlaps,
    refused,
    result,
    strata,
    stratum,
    with_questions,
    with_result,
)

from witnessmark.errors import UncitedSentenceError
from witnessmark.model.counting import CountedQuestion, CountResult, Run
from witnessmark.model.estimate import Chains, Diagnostic
from witnessmark.model.view import CaseView
from witnessmark.publish import SECTIONS, draft
from witnessmark.publish.block import Block, Paragraph
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.citation import of_run
from witnessmark.publish.counts import shown_overlaps, shown_people
from witnessmark.publish.prose import sentence
from witnessmark.publish.sections.counting import HowManyPeople

PEOPLE_COLUMNS = ("People", "Documented", "People documented", "On both")


def section(case: CaseView, *questions: CountedQuestion) -> lxml.html.HtmlElement:
    """The section whole, wherever it stands."""
    files = draft(with_questions(case, *questions))
    page = lxml.html.document_fromstring(files.get("counting.html", files["index.html"]))
    return next(each for each in page.iter("section") if "counting" in each.get("class", ""))


def front(case: CaseView, *questions: CountedQuestion) -> lxml.html.HtmlElement:
    """What the front page says where the section stands elsewhere."""
    filler = [asked(number) for number in range(20, 26)]
    page = lxml.html.document_fromstring(draft(with_questions(case, *questions, *filler))["index.html"])
    return next(each for each in page.iter("section") if words(next(each.iter("h2"))) == "How many people")


def words(element: lxml.html.HtmlElement) -> str:
    copied = deepcopy(element)
    for cell in copied.iter("td", "th", "dt", "dd", "li", "text", "title"):
        cell.tail = f" {cell.tail or ''}"
    return " ".join(copied.text_content().split())


def rows(element: lxml.html.HtmlElement, caption: str) -> list[list[str]]:
    table = next(each for each in element.iter("table") if each.find("caption").text_content() == caption)
    return [[words(cell) for cell in row] for row in table.find("tbody")]


def test_minimum_interval_and_assumptions_come_in_this_order_before_any_other_figure(case: CaseView) -> None:
    (card,) = section(case, asked(1)).xpath(".//article")
    labels = [each.text_content() for each in card.iter("dt")]
    assert labels == ["Documented minimum", "Interval", "Assumption (latent classes)", "Assumption (averaged graphs)"]
    minimum, interval, *assumptions = [words(each) for each in card.iter("dd")]
    assert minimum.startswith("1,279 people at the least")
    assert interval.startswith("2,103 to 3,392")
    assert assumptions[0] == "Nobody is out of reach of lcmcr/1."
    whole = words(section(case, asked(1)))
    assert whole.index("1,279") < whole.index("2,103 to 3,392") < whole.index("Nobody is out of reach") < whole.index("2,451")


def test_a_middle_never_stands_without_its_interval(case: CaseView) -> None:
    text = words(section(case, asked(1))) + words(front(case, asked(1)))
    middles = {f"{total:,}" for total in (2451, 2618, 2711, 1999)}
    for middle in middles:
        alone = re.sub(rf"[\d,]+ to [\d,]+ \(middle {middle}\)", "", text)
        assert middle not in alone
    assert text.count("(middle 2,451)") >= 2


def test_where_methods_disagree_no_figure_stands_for_the_whole(case: CaseView) -> None:
    question = with_result(1, result(APART, "disagree"))
    (card,) = section(case, question).xpath(".//article")
    assert "These lists do not determine the total" in words(card)
    assert DISAGREE in words(section(case, question))
    for place in (words(card), words(front(case, question)).partition("(20)")[0]):
        assert set(re.findall(r"\d[\d,]{2,}", place)) == {"1,279"}
    (logged,) = [row for row in rows(section(case, question), "All that was done about it, in order") if row[1].startswith("run")]
    assert logged[3] == "none"


def test_the_front_page_gives_the_minimum_then_the_interval_then_what_it_rests_on_and_no_middle(case: CaseView) -> None:
    text = words(front(case, asked(1))).partition("(20)")[0]
    assert text.index("Documented minimum: 1,279") < text.index("Interval: 2,103 to 3,392") < text.index("Assumption (latent classes)")
    assert "middle" not in text


def test_methods_stand_in_the_order_of_the_plan_whatever_order_they_are_on_record_in(case: CaseView) -> None:
    question = with_result(1, result({"chao": estimate(1999, 1903, 2111, "chao/1", lower_bound=True), **TWO}))
    question = replace(question, plan=replace(question.plan, methods=("decomposable", "lcmcr", "chao")))
    order = ["averaged graphs", "latent classes", "Chao's lower bound"]
    shown = section(case, question)
    assert [row[0].partition(" (")[0] for row in rows(shown, "Each method by itself")] == order
    (card,) = shown.xpath(".//article")
    assert [words(each) for each in card.iter("dt")][2:] == [f"Assumption ({name})" for name in order]


def test_a_question_that_was_never_run_says_so(case: CaseView) -> None:
    text = words(section(case, asked(1, linkages=(), runs=())))
    assert "It has not been run: there is no result." in text
    assert "not read yet" in text
    assert "Documented minimum" not in text


def test_every_run_is_listed_in_order_of_time_with_its_figures(case: CaseView) -> None:
    question = asked(1)
    first, last = result({"lcmcr": estimate(9001, 8001, 9901)}, "one estimate"), result()
    runs = (Run(42, "2031-03-06T11:00:00Z", "count@1", 41, first), Run(52, "2031-03-07T11:00:00Z", "count@1", 51, last))
    question = replace(question, runs=runs, linkages=(linked(), linked(51, "2031-03-07T10:00:00Z")))
    shown = section(case, question)
    log = rows(shown, "All that was done about it, in order")
    assert [row[1].split(":")[0] for row in log] == ["linked", "run 1, of linkage 1", "linked", "run 2, of linkage 2"]
    assert log[1][4] == "latent classes: 8,001 to 9,901 (middle 9,001)"
    assert log[3][3] == "2,103 to 3,392"
    assert "run 2 of 2" in words(shown)


def test_what_was_planned_when_and_what_was_known_by_then_is_said(case: CaseView) -> None:
    second = asked(2, takes_place_of="Q1", known=("Q1",))
    second = replace(second, plan=replace(second.plan, why="One list was a copy.", by=("place",), once=("church",)))
    shown = section(case, asked(1), second)
    text = words(shown)
    assert "Recorded on 6 March 2031, 09:12 UTC, as entry 40 of the analysis log, before any result of it." in text
    assert "no result of another question of this case about any of these lists was known" in text
    assert "results about some of the same lists were known already: those of Q1" in text
    assert "It takes the place of Q1, because: One list was a copy." in text
    assert "Another question took its place: Q2" in text
    assert "Planned: 3 lists, by place; latent classes, averaged graphs; 20 plausible linkages; intervals at 95 %; seed 1." in text


def test_with_two_lists_there_are_only_overlaps_and_why_there_is_no_estimate(case: CaseView) -> None:
    two = LISTS[:2]
    given = result(
        {"chao": refused("2 lists hold anyone; at least three are needed.")}, "no estimate", overlaps=overlaps((300, 200, 50), two)
    )
    question = with_result(1, given)
    question = replace(question, plan=replace(question.plan, lists=question.plan.lists[:2]))
    shown = section(case, question)
    text = words(shown)
    assert "There is no estimate" in text
    assert "there are 2 lists, and an estimate takes 3 at the least" in text
    assert "2 lists hold anyone; at least three are needed." in text
    titles = [each.text_content() for each in shown.xpath(".//figure//figcaption/bdi")]
    assert titles == ["How the lists overlap"]
    captions = {each.text_content() for each in shown.iter("caption")}
    assert not captions & {"Each method by itself", "Whether the methods agree", "The same methods with other settings"}


def test_lists_say_who_compiled_them_how_and_what_was_met_in_them(case: CaseView) -> None:
    first, *_ = rows(section(case, asked(1)), "Where the lists come from")
    assert first == [
        "church I1", "Body of church", "How church came about", "dead", "640", "7", "9 × a date no calendar has", "Q1 linkage 1 I1",
    ]  # fmt: skip


def test_a_list_whose_item_is_sealed_carries_the_mark(case: CaseView) -> None:
    from witnessmark.model.item import Protection

    item = replace(case.items[1], item=replace(case.items[1].item, protection=Protection.SEALED))
    sealed = replace(case, items=(case.items[0], item, *case.items[2:]))
    shown = section(sealed, asked(1))
    assert "sealed: I2" in words(next(each for each in shown.iter("li") if "Planned:" in words(each)))
    rows_of = rows(shown, "Where the lists come from")
    assert ["sealed: I2" in row[0] for row in rows_of] == [False, True, False]


SMALL = (410, 377, 268, 3, 61, 58, 22)


def test_a_small_overlap_is_not_shown_and_no_sum_gives_it_away(case: CaseView) -> None:
    shown = shown_overlaps(overlaps(SMALL))
    cells = dict(shown.intersections)
    assert LISTS[:2] not in cells
    hidden = 7 - len(cells)
    assert hidden == shown.left_out >= 4
    assert {(a, b): n for a, b, n in shown.pairs}[LISTS[:2]] is None
    text = section(case, with_result(1, result(overlaps=overlaps(SMALL))))
    assert f"{hidden} more combinations of lists" in words(text)
    assert_no_small_number(text)


def assert_no_small_number(shown: lxml.html.HtmlElement) -> None:
    for cell in shown.iter("td"):
        if cell.get("data-label") in PEOPLE_COLUMNS:
            assert words(cell).split(" ")[0] not in {"1", "2", "3", "4"}, words(cell)


def test_small_strata_and_years_are_not_shown_and_neither_is_what_an_estimate_says_of_them(case: CaseView) -> None:
    small = stratum(("Tessel",), 3, refused("No estimate for 3 people of Tessel."))
    given = strata(small, stratum(("Orvan",), 31), stratum(("Kelmar",), WHOLE - 34 - 50), stratum(("Darrow",), 50))
    by_year = (("2029", 2), ("2030", 700), ("2031", WHOLE - 702))
    question = with_result(1, result(strata={"lcmcr": given}), linkages=(linked(by_year=by_year),))
    shown = section(case, question)
    table = {row[0]: row[1:3] for row in rows(shown, "By place: latent classes")}
    assert table["2 more strata"] == ["not shown", "not shown"]
    assert table["Darrow"][0] == "50"
    years = {row[0]: row[1] for row in rows(shown, "Documented people by year")}
    assert years == {"2029": "not shown", "2030": "700", "2031": "not shown"}
    assert_no_small_number(shown)
    assert "3 people" not in words(shown)
    assert "Tessel" not in words(shown)


def test_a_small_stratum_by_date_or_sex_keeps_its_label_which_is_nobodys_words(case: CaseView) -> None:
    given = strata(stratum(("2029",), 3), stratum(("2030",), 31), stratum(("2031",), WHOLE - 34), by=("year",))
    table = {row[0]: row[1] for row in rows(section(case, with_result(1, result(strata={"lcmcr": given}))), "By year: latent classes")}
    assert (table["2029"], table["2030"]) == ("not shown", "not shown")


def test_a_stratum_without_an_estimate_is_shown_with_the_reason(case: CaseView) -> None:
    given = strata(stratum(("Tessel",), 40, refused("No three lists overlap.")), stratum(("Orvan",), WHOLE - 40))
    shown = section(case, with_result(1, result(strata={"lcmcr": given})))
    table = {row[0]: row[1:3] for row in rows(shown, "By place: latent classes")}
    assert table["Tessel"] == ["40", "no estimate: No three lists overlap."]


def test_years_do_not_give_away_a_stratum_of_that_year() -> None:
    """Whoever tries every table of strata and years that agrees with what is shown finds five values at the least for a small stratum."""
    counted = strata(
        stratum(("Tessel", "2030"), 3), stratum(("Orvan", "2030"), 12), stratum(("Tessel", "2031"), 14), stratum(("Orvan", "2031"), 21),
        by=("place", "year"),
    )  # fmt: skip
    years = (("2030", 15), ("2031", 35))

    shown = shown_people(counted, years, 50)

    people = [each.documented for each in counted.strata]
    ranges = [(n,) if n is not None else range(1, 51) for n in shown.strata]
    agreeing = [
        some
        for some in product(*ranges)
        if sum(some) == 50 and all(n is None or n == sum(some[at : at + 2]) for at, (_, n) in zip((0, 2), shown.years, strict=True))
    ]
    assert shown.strata[0] is None
    assert tuple(people) in agreeing
    assert len({some[0] for some in agreeing}) >= 5


def test_who_has_no_label_protects_a_small_stratum_unless_a_warning_tells_how_many_they_are() -> None:
    counted = strata(stratum(("Tessel",), 3), stratum(("Orvan",), 500))
    assert shown_people(counted, (), 544).strata == (None, 500)
    assert shown_people(counted, (), 544).unplaced is None
    told = shown_people(counted, (), 544, ["The records of 41 people state more than one place."])
    assert told.strata == (None, None)
    assert told.unplaced == 41


def test_the_warnings_that_a_page_tells_are_reckoned_with(case: CaseView) -> None:
    given = result(strata={"lcmcr": strata(stratum(("Tessel",), 3), stratum(("Orvan",), 500), stratum(("Kelmar",), WHOLE - 503 - 41))})
    warning = "The records of 41 people state more than one place; theirs counts as not known."
    for warnings, orvan in (((), "500"), ((warning,), "not shown")):
        shown = section(case, with_result(1, given, linkages=(linked(warnings=warnings),)))
        table = {row[0]: row[1] for row in rows(shown, "By place: latent classes")}
        assert "Tessel" not in words(shown)
        assert table.get("Orvan", "not shown") == orvan


def test_a_warning_about_two_lists_keeps_its_figures_back_where_they_tell_of_few_people(case: CaseView) -> None:
    detail = "3 of the 3 people on church stand on observers too."
    warning = Diagnostic("list within another", 1.0, 0.95, kept=False, detail=detail)
    few = replace(overlaps(SMALL), warnings=(warning,))
    many = replace(overlaps(), warnings=(replace(warning, detail="98 of the 100 people on church stand on observers too."),))
    text = words(section(case, with_result(1, result(overlaps=few))))
    assert detail not in text
    assert "Nearly all people on a list stand on another too" in text
    assert "98 of the 100 people on church" in words(section(case, with_result(1, result(overlaps=many))))


def test_figures_of_checks_that_count_people_are_not_in_the_table_of_checks(case: CaseView) -> None:
    check = Diagnostic("lists alike", 0.9666, 0.9, kept=False, detail="lists alike from 0.9666 (limit 0.9)")
    twice = Diagnostic("on two lists", 8771.0, 1.0, kept=True, detail="on two lists from 8771 to 8802")
    found = replace(TWO["lcmcr"], diagnostics=(*TWO["lcmcr"].diagnostics, check, twice))
    text = words(section(case, with_result(1, result({**TWO, "lcmcr": found}))))
    assert "split R-hat 1.003 1.01 kept Chains agree." in text
    assert "0.9666" not in text
    assert "8,771" not in text
    assert "8771" not in text


def test_a_rising_number_may_show_reporting(case: CaseView) -> None:
    by_year = (("2030", 700), ("2031", WHOLE - 700))
    assert "may show reporting, not killing" in words(section(case, asked(1, linkages=(linked(by_year=by_year),))))


def test_a_rate_is_shown_as_it_was_said_with_its_claim_and_multiplied_nowhere(case: CaseView) -> None:
    shown = section(case, asked(1))
    (row,) = rows(shown, "Rates, each as it was claimed")
    assert "at most 40 killed a day, as written: as many as 40 detainees a day" in row[1].replace(" (detainees)", "")
    assert row[3] == "C1"
    assert row[2] == "by Press Office (the document's own statement) in I1"
    without = section(replace(case, claims=tuple(each for each in case.claims if each.number != "C1"), incidents=(), answers=()), asked(1))
    assert set(numbers(shown)) - set(numbers(without)) <= {"40"}
    assert [words(each) for each in shown.iter("figure")] == [words(each) for each in without.iter("figure")]


def numbers(element: lxml.html.HtmlElement) -> list[str]:
    return re.findall(r"(?<![\d,A-Z])\d[\d,]*", words(element))


def test_nothing_is_divided_by_perpetrator_and_the_page_says_so(case: CaseView) -> None:
    shown = section(case, asked(1))
    assert "No number is divided by alleged perpetrator" in words(shown)
    assert "Darrow Mill guards" not in words(shown)


def test_every_sentence_row_card_and_drawing_leads_to_a_record(case: CaseView) -> None:
    given = result(strata={"lcmcr": strata(stratum(("Tessel",), 40), stratum(("Orvan",), WHOLE - 40))})
    shown = section(case, with_result(1, given, linkages=(linked(by_year=(("2030", 700), ("2031", WHOLE - 700))),)))
    for each in shown.xpath("./p | .//li | .//figcaption | .//article | .//h3 | .//h4 | .//tbody/tr"):
        assert each.xpath(".//a[@class='ref']"), words(each)
    assert len(shown.xpath(".//figure")) == 6


def test_a_run_that_the_case_does_not_hold_carries_no_sentence(case: CaseView) -> None:
    class Careless:
        slug, title, noun = "careless", "Careless", "page"

        def blocks(self, _: Casebook) -> Iterator[Block]:
            question = asked(7)
            yield Paragraph((sentence("Twelve thousand died.", cites=(of_run(question, question.runs[0]),)),))

        def digest(self, _: Casebook) -> Iterator[Block]:
            return iter(())

    with pytest.raises(UncitedSentenceError, match="Twelve thousand died"):
        draft(with_questions(case, asked(1)), sections=(*SECTIONS, Careless()))


def test_each_drawing_has_words_for_who_cannot_see_it_a_form_for_phones_and_a_table(case: CaseView) -> None:
    given = result(strata={"lcmcr": strata(stratum(("Tessel",), 40), stratum(("Orvan",), WHOLE - 40))})
    shown = section(case, with_result(1, given, linkages=(linked(by_year=(("2030", 700), ("2031", WHOLE - 700))),)))
    for figure in shown.iter("figure"):
        wide, narrow = figure.iter("svg")
        assert (wide.get("class"), narrow.get("class")) == ("wide", "narrow")
        assert float(narrow.get("width")) <= 420
        assert all(each.find("title").text and each.find("desc").text for each in (wide, narrow))
        assert figure.xpath("following-sibling::*[descendant-or-self::table]")


HOSTILE = "<script>alert('x')</script> & \u202egnp.exe"


def test_markup_in_questions_list_names_and_labels_is_inert(case: CaseView) -> None:
    plain = asked(1)
    lists = (replace(plain.plan.lists[0], name=HOSTILE), *plain.plan.lists[1:])
    given = result(
        overlaps=overlaps(lists=(HOSTILE, *LISTS[1:])),
        strata={"lcmcr": strata(stratum((HOSTILE,), 40), stratum(("Orvan",), WHOLE - 40))},
        sentence=HOSTILE,
    )
    question = replace(with_result(1, given), plan=replace(plain.plan, question=HOSTILE, population=HOSTILE, lists=lists))
    files = draft(with_questions(case, question))
    for path, content in files.items():
        assert b"<script" not in content, path
        assert "\u202e" not in content.decode(), path
    assert "&lt;script&gt;" in files["counting.html" if "counting.html" in files else "index.html"].decode()


def test_anchors_are_made_of_random_ids_only(case: CaseView) -> None:
    shown = section(case, asked(1))
    anchors = [each.get("id") for each in shown.xpath(".//*[@id]")]
    assert anchors == ["question-0000000000000001", "question-0000000000000001-linkage-1", "question-0000000000000001-run-1"]


def test_a_case_without_questions_has_no_such_section(case: CaseView) -> None:
    assert b"How many people" not in draft(case)["index.html"]
    assert list(HowManyPeople().blocks(Casebook(case))) == []


def test_the_same_view_gives_the_same_bytes(case: CaseView) -> None:
    given = with_questions(case, with_result(1, result(overlaps=overlaps(SMALL))))
    assert draft(given) == draft(deepcopy(given))


def test_chains_are_drawn_with_the_figures_of_their_agreement(case: CaseView) -> None:
    chains = Chains(tuple(tuple(range(2000 + k, 2600 + k, 3)) for k in range(4)), 100, 100, 1.0031, 912.0, 1.4)
    sampled = replace(TWO["lcmcr"], chains=chains)
    page = section(case, with_result(1, result({**TWO, "lcmcr": sampled})))
    figure = next(each for each in page.iter("figure") if "Whether the chains came to one place" in each.text_content())
    words = figure.text_content()
    for said in ("R-hat 1.0031", "912 independent draws", "1.4 of their standard errors", "the one whose chains agree least"):
        assert said in words
    wide = next(svg for svg in figure.iter("svg") if "wide" in svg.get("class", ""))
    assert len(wide.xpath('.//*[contains(@class, "trace")]')) == 4
    assert "chain 4: middle 2,45" in lxml.html.tostring(wide, encoding="unicode")


def test_chains_that_did_not_settle_are_drawn_and_no_middle_of_them_is_told(case: CaseView) -> None:
    chains = Chains(tuple(tuple([place * 10_000] * 50) for place in range(1, 5)), 400, 25, 3.2, 4.0, None)
    unsettled = replace(refused("The sampler has not settled.", "lcmcr/1"), chains=chains)
    page = section(case, with_result(1, result({"lcmcr": unsettled, "decomposable": TWO["decomposable"]}, "one estimate")))
    figure = next(each for each in page.iter("figure") if "Whether the chains came to one place" in each.text_content())
    assert "no height of these may be quoted" in figure.text_content()
    assert "medians of two chains not finite" in figure.text_content()
    assert "middle" not in lxml.html.tostring(figure, encoding="unicode").replace('"middle"', "")


def test_a_run_from_before_chains_were_kept_is_shown_as_it_was_recorded(case: CaseView) -> None:
    recorded = msgspec.to_builtins(result())
    for found in recorded["estimates"].values():
        del found["chains"]
    older = msgspec.json.decode(msgspec.json.encode(recorded), type=CountResult)
    assert older == result()
    words = section(case, with_result(1, older)).text_content()
    assert "Whether the chains came to one place" not in words
    assert "split R-hat" in words


def test_which_methods_strata_were_to_be_estimated_by_is_said_where_they_are_not_all(case: CaseView) -> None:
    question = asked(1)
    by_place = replace(question, plan=replace(question.plan, by=("place",), strata_methods=("decomposable",)))
    assert "by place (strata only by averaged graphs)" in section(case, by_place).text_content()
