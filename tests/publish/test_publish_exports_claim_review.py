"""ClaimReview: how well something is supported, in words; never a number, never true or false, and no rating where nobody weighed."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import msgspec
from tests.publish.exported import hostile_case, weighed

from witnessmark.model.decision import Status
from witnessmark.model.view import CaseView
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.exports.claim_review import NO_VERDICT, NOT_WEIGHED, claim_review

if TYPE_CHECKING:
    from tests.publish.conftest import Pile


def reviews(book: Casebook) -> list[dict[str, Any]]:
    told = json.loads(claim_review(book))
    assert told["@context"] == "https://schema.org"
    graph: list[dict[str, Any]] = told["@graph"]
    return graph


def members(value: object) -> set[str]:
    """The names of all members, however deep."""
    if isinstance(value, dict):
        return {*value, *(name for each in value.values() for name in members(each))}
    return {name for each in value for name in members(each)} if isinstance(value, list) else set()


def test_a_review_says_what_is_claimed_where_it_stands_and_who_denies_it(case: CaseView) -> None:
    (review,) = reviews(Casebook(case))
    assert review["@type"] == "ClaimReview"
    assert review["claimReviewed"] == "Alleged killing, Darrow Mill, 1 November 2030 or later"
    assert review["itemReviewed"]["@type"] == "Claim"
    assert [each["name"] for each in review["itemReviewed"]["appearance"]] == [
        "said by Lena Marsk",
        "said by لينا مارسك",
        "denied by Kelmar Ministry of Justice",
    ]
    assert review["author"]["@type"] == "Organization"
    assert "Denied by: Kelmar Ministry of Justice." in review["reviewBody"]


def test_an_incident_that_nobody_weighed_has_no_rating_and_says_so(case: CaseView) -> None:
    (review,) = reviews(weighed(case, None))
    assert "reviewRating" not in review
    assert NOT_WEIGHED in review["reviewBody"]


def test_a_rating_is_words_about_support_and_never_a_value_or_a_verdict(case: CaseView) -> None:
    (review,) = reviews(weighed(case, "supported at first hand"))
    assert review["reviewRating"]["alternateName"] == "supported at first hand"
    assert review["reviewRating"]["ratingExplanation"] == f"One line is established. {NO_VERDICT}"
    assert not members(review) & {"ratingValue", "bestRating", "worstRating"}
    said = json.dumps(review).replace(NO_VERDICT, "")
    assert not re.search(r"\b(true|false|confirmed|verified|debunked|proven|misleading)\b", said, re.IGNORECASE)


def test_a_review_says_how_many_readings_a_person_has_checked(case: CaseView) -> None:
    (review,) = reviews(Casebook(case))
    assert "Of 3 claims a person has compared 0 with the text" in review["reviewBody"]
    accepted = tuple(msgspec.structs.replace(read, status=Status.ACCEPTED) for read in case.claims[:1])
    (review,) = reviews(Casebook(msgspec.structs.replace(case, claims=(*accepted, *case.claims[1:]))))
    assert "Of 3 claims a person has compared 1 with the text and called it read correctly." in review["reviewBody"]


def test_an_incident_without_act_place_or_day_is_still_a_claim(pile: Pile) -> None:
    view = hostile_case(pile)
    (review,) = reviews(Casebook(view))
    assert "date not stated" in review["claimReviewed"]
    assert "temporalCoverage" not in review["itemReviewed"]


def test_a_script_in_the_evidence_cannot_end_the_script_it_is_pasted_into(pile: Pile) -> None:
    content = claim_review(Casebook(hostile_case(pile)))
    assert b"<" not in content
    assert b"&" not in content
    assert "</script>" in json.loads(content)["@graph"][0]["reviewBody"]


def test_a_misread_claim_is_no_appearance(case: CaseView) -> None:
    shown = {each["identifier"] for review in reviews(Casebook(case)) for each in review["itemReviewed"]["appearance"]}
    assert "C10" not in shown


def test_a_case_without_incidents_gives_an_empty_graph(pile: Pile) -> None:
    assert reviews(Casebook(pile.view())) == []
