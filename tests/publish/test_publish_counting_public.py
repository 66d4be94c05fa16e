"""What a public dossier says of numbers of people: released questions only, lists that are not released as letters, and no way back to what is held."""

from __future__ import annotations

import lxml.html
import pytest
from msgspec.structs import replace
from tests.publish.publish_counting import (
    LISTS,
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

from witnessmark.model.counting import CountedQuestion
from witnessmark.model.view import CaseView
from witnessmark.publish.coarse import Discretion
from witnessmark.publish.public import public_pages
from witnessmark.publish.public_view import Derived, public_view
from witnessmark.publish.sections.public import RELEASE
from witnessmark.publish.visibility import RULE_WORDS, Rule, Selection, select
from witnessmark.text.masking import Mask


def pages(case: CaseView, *questions: CountedQuestion, hidden: tuple[str, ...] = ()) -> dict[str, str]:
    """The public dossier in which the first item is shown and no other, with these names covered."""
    view = with_questions(case, *questions)
    chosen = Selection(frozenset([case.items[0].item.id]), frozenset(), select(view, "2031-04-01").held_back)
    shown = public_view(view, chosen, Derived((), ()), Mask(hidden), methods=(RELEASE, *case.methods))
    made = public_pages(shown, Discretion.of_public(view), {}, chosen.banded())
    return {path: content.decode() for path, content in made.items() if path.endswith(".html")}


def text(made: dict[str, str]) -> str:
    return " ".join(word for page in made.values() for word in str(lxml.html.document_fromstring(page).xpath("string()")).split())


def public(number: int, **fields: object) -> CountedQuestion:
    return replace(asked(number, released=True), **fields)


def test_a_question_that_nobody_released_is_not_in_a_public_dossier_and_is_told_of_in_a_band(case: CaseView) -> None:
    told = text(pages(case, asked(1)))
    assert "How many people were killed" not in told
    assert f"{RULE_WORDS[Rule.QUESTION]} none, or fewer than 10".replace(" ", "") in told.replace(" ", "")


def test_the_newest_answer_of_a_released_question_stands_there_with_every_run(case: CaseView) -> None:
    told = text(pages(case, asked(1), public(2)))
    assert "How many people were killed (2)?" in told
    assert "2,103 to 3,392" in told
    assert "Q1 run 1" in told
    assert "Q2" not in told


def test_only_lists_whose_item_is_shown_are_named_and_told_of(case: CaseView) -> None:
    names = {"church": "church", "مستشفى": "list A", "observers": "list B"}
    given = result(
        {
            "lcmcr": estimate(2451, 2103, 3017),
            "loglinear": refused(f"Only these share anyone: {LISTS[0]} with {LISTS[2]}."),
        },
        "one estimate",
        sentence=f"Without anyone on: {LISTS[1]} with {LISTS[2]}.",
    )
    made = pages(case, with_result(1, given, released=True))
    told = text(made)
    assert "Only these share anyone: church with list B." in told
    assert "Without anyone on: list A with list B." in told
    assert "list A, a list that is not released" in told
    assert "Body of church" in told
    for name, shown in names.items():
        assert shown in told
        if shown != name:
            assert name not in told, name
            assert not [path for path, page in made.items() if name in page]


def test_a_list_whose_name_is_part_of_another_is_not_taken_for_it(case: CaseView) -> None:
    names = ("union of lawyers", "union", "lawyers")
    question = with_result(
        1, result(overlaps=overlaps(lists=names), sentence="On union of lawyers and on union and lawyers."), released=True
    )
    lists = tuple(replace(each, name=name) for each, name in zip(question.plan.lists, names, strict=True))
    question = replace(question, plan=replace(question.plan, lists=lists))
    assert "On union of lawyers and on list A and list B." in text(pages(case, question))


def test_names_that_are_covered_elsewhere_are_covered_in_questions_labels_and_list_names(case: CaseView) -> None:
    given = result(strata={"lcmcr": strata(stratum(("Dara Ilin street",), 40), stratum(("Orvan",), 1251))})
    question = with_result(1, given, released=True)
    plan = replace(
        question.plan,
        question="Who was killed with Dara Ilin?",
        population="Kin of Dara Ilin",
        lists=(replace(question.plan.lists[0], name="list of Dara Ilin"), *question.plan.lists[1:]),
    )
    told = text(pages(case, replace(question, plan=plan), hidden=("Dara Ilin",)))
    assert "Ilin" not in told
    assert "Who was killed with █████?" in told
    assert "list A" in told


def test_a_method_keeps_its_name_where_a_person_has_it(case: CaseView) -> None:
    given = result({"chao": estimate(1999, 1903, 2111, "chao/1", lower_bound=True), "lcmcr": estimate(2451, 2103, 3017)})
    assert "Chao's lower bound (chao)" in text(pages(case, with_result(1, given, released=True), hidden=("Chao",)))


def test_questions_are_numbered_anew_and_one_that_is_not_released_is_said_to_be_known(case: CaseView) -> None:
    later = public(3, takes_place_of="Q1", known=("Q1", "Q2"))
    later = replace(later, plan=replace(later.plan, why="A list was a copy.", known=("q-1", "q-2")))
    told = text(pages(case, asked(1), public(2), later))
    assert "It takes the place of a question that is not released, because: A list was a copy." in told
    assert "those of a question that is not released and Q1" in told
    assert "Q3" not in told


def test_rows_pairs_mappings_warnings_and_places_in_the_log_stay_behind(case: CaseView) -> None:
    made = pages(case, public(1))
    for page in made.values():
        for word in ("I4:12", "I5:8", "mapping of columns", "analysis log", "entry 4", "09:12", "11:00"):
            assert word not in page, word
    assert "Recorded on 6 March 2031, before any result of it." in text(made)


@pytest.mark.parametrize("which", [1, 2], ids=["second list", "third list"])
def test_no_hash_of_an_item_that_is_not_shown_is_on_a_page(case: CaseView, which: int) -> None:
    sha256 = case.items[which].item.id
    assert all(sha256[:12] not in page for page in pages(case, public(1)).values())


def test_small_numbers_are_held_back_in_public_as_in_the_draft(case: CaseView) -> None:
    question = with_result(1, result(overlaps=overlaps((410, 377, 268, 3, 61, 58, 22))), released=True, linkages=(linked(),))
    told = text(pages(case, question))
    assert "more combinations of lists" in told
    assert "not shown" in told


def test_a_released_question_is_held_back_by_no_rule(case: CaseView) -> None:
    held = select(with_questions(case, asked(1), public(2)), "2031-04-01").held_back
    assert held["q-1"] is Rule.QUESTION
    assert "q-2" not in held
