from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from witnessmark.case.case import Case, open_case, rebuild_case
from witnessmark.case.deciding import decide, undo, undo_all
from witnessmark.case.pipeline import read
from witnessmark.case.verifying import verify_case
from witnessmark.case.viewing import view_case
from witnessmark.errors import UsageError
from witnessmark.model.claim import Act, Stance
from witnessmark.model.decision import Status
from witnessmark.model.deed import DocumentRead, Step
from witnessmark.model.verdict import Verdict
from witnessmark.model.view import ReadClaim
from witnessmark.store import queries


def claim(case: Path, number: str) -> ReadClaim:
    with open_case(case) as opened:
        return next(read for read in view_case(opened).claims if read.number == number)


def numbers(case: Path) -> set[str]:
    with open_case(case) as opened:
        return {read.number for read in view_case(opened).claims}


def decided(case: Path, *typed: tuple[str, str, str]) -> None:
    with open_case(case, write="test", member="Ilse") as opened:
        for number, field, value in typed:
            decide(opened, number, field, value, why="as the text has it")


def test_a_correction_stands_in_the_place_of_what_was_read_and_both_are_kept(case: Path) -> None:
    before = claim(case, "C1")
    assert before.as_read == before.claim
    decided(case, ("C1", "stance", "doubts"), ("C1", "act", "torture"), ("C1", "when", "March 2031 = 2031-03-04"))
    after = claim(case, "C1")
    assert (after.claim.stance, after.claim.act, after.claim.when and after.claim.when.earliest) == (
        Stance.DOUBTS,
        Act.TORTURE,
        "2031-03-04",
    )
    assert (after.as_read, after.claim.id, after.status) == (before.claim, before.claim.id, Status.PROPOSED)
    assert [decision.field for decision in after.decisions] == ["stance", "act", "when"]
    with open_case(case, write="test") as opened:
        undo(opened)
    assert claim(case, "C1").claim.when == before.claim.when


def test_a_corrected_denial_keeps_no_polarity_when_it_is_none(case: Path) -> None:
    decided(case, ("C1", "stance", "denies"), ("C1", "polarity", "negated"))
    assert claim(case, "C1").claim.polarity == "negated"
    decided(case, ("C1", "stance", "asserts"))
    assert claim(case, "C1").claim.polarity is None


def add_by_hand(case: Path, item: str, words: str) -> str:
    before = numbers(case)
    decided(case, (item, "claim", words))
    (number,) = numbers(case) - before
    return number


def item_with(case: Path, words: str) -> str:
    with open_case(case) as opened:
        return next(held.item.number for held in view_case(opened).items if held.document and words in held.document.text)


def test_a_claim_by_hand_is_read_correctly_by_who_added_it_and_can_be_corrected_and_taken_back(case: Path) -> None:
    number = add_by_hand(case, item_with(case, "photographs of the graves"), "photographs of the graves")
    added = claim(case, number)
    assert (added.as_read, added.reader, added.status, added.claim.quote) == (None, "by hand", Status.ACCEPTED, "photographs of the graves")
    decided(case, (number, "speaker", "Brecht = Ana Brecht"))
    speaker = claim(case, number).claim.speaker
    assert speaker is not None
    assert speaker.name == "Ana Brecht"
    with open_case(case, write="test") as opened:
        undo(opened)
        undo(opened)
    assert number not in numbers(case)
    assert add_by_hand(case, item_with(case, "photographs of the graves"), "photographs of the graves") == number


def test_other_words_make_another_claim_and_the_old_one_misread(case: Path) -> None:
    before = numbers(case)
    words = claim(case, "C1").claim.quote.split()[0]
    decided(case, ("C1", "content", words))
    (number,) = numbers(case) - before
    assert (claim(case, number).claim.quote, claim(case, "C1").status) == (words, Status.REJECTED)


def test_taking_back_other_words_brings_the_old_claim_back_whichever_half_is_named(case: Path) -> None:
    before = numbers(case)
    for chosen in (None, "decision-3"):
        decided(case, ("C1", "content", claim(case, "C1").claim.quote.split()[0]))
        with open_case(case, write="test") as opened:
            assert {one.field for one in undo_all(opened, chosen)} == {"claim", "status"}
        assert (numbers(case), claim(case, "C1").status) == (before, Status.PROPOSED)


def test_what_answered_a_claim_answers_it_with_its_words_corrected(case: Path) -> None:
    answered = next(read for read in everything_of(case) if read.claim.answers)
    about = next(read for read in everything_of(case) if read.claim.id == answered.claim.answers[0])
    before = numbers(case)
    decided(case, (about.number, "content", " ".join(about.claim.quote.split()[:3])))
    (number,) = numbers(case) - before
    assert claim(case, number).claim.id in claim(case, answered.number).claim.answers
    assert about.claim.id not in claim(case, answered.number).claim.answers


def read_another_text(case: Path, number: str, old: str, new: str) -> None:
    """The item of a claim is read anew into a text in which something else stands."""
    with open_case(case, write="test") as opened:
        item = claim(case, number).item
        with opened.asking() as connection:
            document = queries.document_of(connection, item)
        assert document is not None
        changed = msgspec.structs.replace(document, text=document.text.replace(old, new), published=None, publisher=None)
        opened.record([DocumentRead(Step("read", "other", "", item), changed)])


def test_a_claim_by_hand_keeps_only_what_still_stands_when_its_original_is_read_into_another_text(case: Path) -> None:
    number = add_by_hand(case, item_with(case, "photographs of the graves"), "photographs of the graves")
    decided(case, (number, "speaker", "Brecht = Ana Brecht"), (number, "when", "March 2031"))
    read_another_text(case, number, "March 2031", "April 2031")
    left = claim(case, number)
    assert (left.claim.when, left.claim.speaker and left.claim.speaker.name, left.status) == (None, "Ana Brecht", Status.PROPOSED)


def test_a_claim_by_hand_whose_words_moved_is_named_and_not_forgotten(case: Path) -> None:
    number = add_by_hand(case, item_with(case, "photographs of the graves"), "photographs of the graves")
    read_another_text(case, number, "KORRIN, 15 May", "At KORRIN, 15 May")
    with open_case(case) as opened:
        view = view_case(opened)
    assert number not in {read.number for read in view.claims}
    assert any(number in warning and "left out" in warning for warning in view.warnings)


def everything_of(case: Path) -> list[ReadClaim]:
    with open_case(case) as opened:
        return everything(opened)


def everything(opened: Case) -> list[ReadClaim]:
    return list(view_case(opened).claims)


def test_corrections_and_claims_by_hand_survive_a_second_reading_and_a_rebuild_and_verify(case: Path) -> None:
    add_by_hand(case, item_with(case, "fabrication"), "The allegations are a fabrication")
    decided(case, ("C2", "stance", "concedes"), ("C1", "status", "accepted"))
    with open_case(case) as opened:
        before = everything(opened)
    with open_case(case, write="test") as opened:
        read(opened, again=True)
        assert everything(opened) == before
    rebuild_case(case)
    with open_case(case) as opened:
        assert everything(opened) == before
    assert not [check for check in verify_case(case) if check.verdict is Verdict.FAIL]


@pytest.mark.parametrize(
    ("number", "field", "value", "message"),
    [
        ("C1", "speaker", "Nobody Here", "does not stand in the document"),
        ("I1", "claim", "words that nobody wrote", "does not stand|no words to select"),
        ("C1", "where", "", "No words were given"),
        ("I1", "translation_of", "I1", "cannot be a translation of itself"),
        ("I1", "translation_of", "C1", "There is no item C1"),
    ],
)
def test_what_does_not_fit_records_nothing(case: Path, number: str, field: str, value: str, message: str) -> None:
    log = (case / "ledger/analysis/log.jsonl").read_bytes()
    with open_case(case, write="test") as opened, pytest.raises(UsageError, match=message):
        decide(opened, number, field, value, why="x")
    assert (case / "ledger/analysis/log.jsonl").read_bytes() == log


def test_the_same_words_are_not_added_twice(case: Path) -> None:
    item = item_with(case, "fabrication")
    number = add_by_hand(case, item, "a fabrication")
    with open_case(case, write="test") as opened, pytest.raises(UsageError, match=f"{number} says just these words"):
        decide(opened, item, "claim", "a fabrication", why="x")
