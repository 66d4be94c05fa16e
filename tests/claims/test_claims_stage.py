from __future__ import annotations

from witnessmark.claims import VERSION
from witnessmark.claims.language import not_english
from witnessmark.claims.stage import STAGE, ClaimParams, ClaimRequest, ClaimsRead, run
from witnessmark.model.meaning import DIMENSIONS

ENGLISH = "The mayor said on Monday that police had beaten two men in the yard."
ARABIC = "قال الوزير إن القوات لم تدخل المدينة يوم الاثنين ولم تقتل أحدا من السكان."
GERMAN = "Der Bürgermeister sagte am Montag, die Polizei habe zwei Männer auf dem Hof geschlagen und einen dritten verhaftet."


def read(*texts: str, language: str | None = None) -> list[ClaimsRead]:
    requests = [ClaimRequest(f"d-{n}", "0" * 64, text, "2024-05-08", language) for n, text in enumerate(texts)]
    results = list(run(requests, ClaimParams()))
    return [result for result in results if isinstance(result, ClaimsRead)]


def test_every_document_gets_one_result_in_order() -> None:
    results = read(ENGLISH, ARABIC, "", ENGLISH)
    assert [result.document for result in results] == ["d-0", "d-1", "d-2", "d-3"]
    assert [len(result.claims) for result in results] == [1, 0, 0, 1]


def test_another_language_gives_no_claims_and_says_so() -> None:
    for text in (ARABIC, GERMAN):
        (result,) = read(text)
        assert result.claims == ()
        assert "English" in result.problems[0]


def test_a_stated_language_is_believed() -> None:
    (result,) = read(ENGLISH, language="ar")
    assert result.claims == ()
    assert "(ar)" in result.problems[0]
    assert read(ENGLISH, language="en-GB")[0].problems == ()


def test_numbers_only_hold_no_claims() -> None:
    (result,) = read("12 44 1987\n\n3,5 0 -- 17")
    assert result.claims == ()
    assert result.problems


def test_a_short_english_line_is_english() -> None:
    assert not_english("Troops shot Ana Orlo.", None) is None


def test_the_stage_is_the_readers_version() -> None:
    assert STAGE == VERSION
    assert STAGE.count("@") == 1


def test_what_the_paragraphs_around_claims_are_about_is_kept_for_each_claim_once() -> None:
    text = "Soldiers shot nine men in Orvane on Monday, a nurse said.\n\nThe army denied it on Tuesday."
    (found,) = read(text)
    told = [claim for meaning in found.meanings for claim in meaning.claims]
    assert sorted(told) == sorted(claim.id for claim in found.claims)
    assert {len(meaning.vector) for meaning in found.meanings} == {DIMENSIONS}
