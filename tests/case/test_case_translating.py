"""Translations: what a claim read in one points at, and what a decision taken back changes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from witnessmark.case.case import open_case, rebuild_case
from witnessmark.case.deciding import decide, undo
from witnessmark.case.intake import Given, add
from witnessmark.case.pipeline import build, read
from witnessmark.case.translating import is_circle, refuse_circle, standing_originals
from witnessmark.errors import UsageError
from witnessmark.model.decision import Decision, Status
from witnessmark.model.document import Document
from witnessmark.store import queries
from witnessmark.store.queries import StoredClaim

ORIGINAL = """تولفار، ١٦ أيار ٢٠٣١

قالت رابطة أهالي كورين يوم الجمعة إن حراس السجن قتلوا ٤٣ سجينا في سجن كورين في آذار ٢٠٣١.

وأضافت الرابطة أن إدارة السجن أحرقت جثامينهم في شباط ٢٠٣١ لإخفاء عمليات القتل عن لجنة التحقيق وعن ذوي الضحايا.
"""

TRANSLATION = """TOLVAR, 16 May 2031

The Association of the Families of Korrin said on Friday that prison guards killed 43 detainees at Korrin prison in March 2031.

The Association added that the prison administration burned the bodies in February 2031 to hide the killings from the commission of inquiry and the families of the victims.
"""


@pytest.fixture(scope="module")
def _translated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("translated")
    folder = root / "evidence"
    folder.mkdir()
    (folder / "a-original.txt").write_text(ORIGINAL, encoding="utf-8")
    (folder / "b-translation.txt").write_text(TRANSLATION, encoding="utf-8")
    build(folder, root / "case", Given(source="Association of the Families of Korrin", published="2031-05-16"))
    with open_case(root / "case", write="decide") as case:
        decide(case, "I2", "translation_of", "I1", why="our own translation")
        read(case)
    return root / "case"


@pytest.fixture
def translated(_translated: Path, tmp_path: Path) -> Path:
    """A case of an Arabic statement (I1) and its translation (I2), decided to be one and read."""
    return shutil.copytree(_translated, tmp_path / "case")


def _held(root: Path) -> tuple[dict[str, Document], list[StoredClaim], str]:
    with open_case(root) as case, case.asking() as connection:
        documents = {stored.document.item: stored.document for stored in queries.documents(connection)}
        labels = queries.labels(connection)
        claims = queries.claims(connection)
        failures = " ".join(failure.reason for found in queries.failures(connection).values() for failure in found)
    return {labels[item].number: document for item, document in documents.items()}, claims, failures


def test_a_claim_in_a_translation_points_at_the_words_of_the_original(translated: Path) -> None:
    documents, claims, _ = _held(translated)
    (killing,) = [stored.claim for stored in claims if "killed 43 detainees" in stored.claim.quote]
    assert killing.original is not None
    assert killing.original.document == documents["I1"].id
    stretch = documents["I1"].text[killing.original.start : killing.original.end]
    assert stretch == ORIGINAL.split("\n\n")[1]
    assert documents["I2"].translates is not None
    assert documents["I2"].translates.item == documents["I1"].item
    assert all(stored.claim.original is not None for stored in claims)


def test_undoing_the_decision_takes_the_originals_back_and_keeps_what_was_decided_of_claims(translated: Path) -> None:
    _, claims, _ = _held(translated)
    with open_case(translated, write="decide") as case:
        decide(case, f"C{claims[0].number}", "status", "accepted", why="compared")
        decided = decide(case, "I2", "translation_of", "none", why="it is not")
        assert read(case)[1].done == 1
        with case.asking() as connection:
            assert all(stored.claim.original is None for stored in queries.claims(connection))
        undo(case, decided.id)
        assert read(case)[1].done == 1
    documents, after, _ = _held(translated)
    assert [stored.claim for stored in after] == [stored.claim for stored in claims]
    assert after[0].status is Status.ACCEPTED
    with open_case(translated, write="undo") as case:
        undo(case, "decision-1")
        read(case)
    documents, last, _ = _held(translated)
    assert documents["I2"].translates is None
    assert all(stored.claim.original is None for stored in last)
    assert last[0].status is Status.ACCEPTED


def test_a_translation_is_aligned_once(translated: Path) -> None:
    with open_case(translated, write="read") as case:
        size = case.logs["analysis"].size  # type: ignore[index]  # the streams are strings
        documents, claims = read(case)
        assert (documents.done, claims.done) == (0, 0)
        assert case.logs["analysis"].size == size  # type: ignore[index]  # the streams are strings


def test_the_record_of_a_translation_holds_nothing_that_was_only_given(translated: Path) -> None:
    with open_case(translated) as case, case.asking() as connection:
        body = str(connection.exec_driver_sql("SELECT group_concat(body) FROM document").scalar_one())
    assert "Families of Korrin" in body
    assert '"given"' not in body


def test_reading_everything_again_and_rebuilding_give_the_same_originals(translated: Path) -> None:
    before = _held(translated)
    with open_case(translated, write="read") as case:
        read(case, again=True)
    again = _held(translated)
    rebuild_case(translated)
    assert [stored.claim for stored in before[1]] == [stored.claim for stored in again[1]]
    assert _held(translated) == again


def test_both_in_one_language_is_a_warning(translated: Path, tmp_path: Path) -> None:
    same = tmp_path / "same.txt"
    same.write_text(TRANSLATION.replace("43", "forty-three"), encoding="utf-8")
    with open_case(translated, write="add") as case:
        add(case, [same], Given())
        decide(case, "I3", "translation_of", "I2", why="by mistake")
        read(case)
    documents, _, failures = _held(translated)
    assert documents["I3"].translates is not None
    assert "translation of I2, but both seem to be in the same language (en)" in documents["I3"].translates.problems[0]
    assert "same language (en)" in failures


def test_what_has_no_sure_place_points_at_no_original_and_says_so(translated: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("\n\n".join([TRANSLATION.split("\n\n")[1], *["It rained. " * n for n in (30, 1, 22, 3, 41, 2, 17)]]), encoding="utf-8")
    with open_case(translated, write="add") as case:
        add(case, [other], Given())
        decide(case, "I3", "translation_of", "I1", why="said to be one")
        read(case)
    documents, claims, failures = _held(translated)
    (claim,) = [stored.claim for stored in claims if stored.item == documents["I3"].item and "43" in stored.claim.quote]
    assert claim.original is None
    assert "no sure place in I1" in failures


def test_a_paragraph_the_translator_added_points_at_no_original_and_says_so(translated: Path, tmp_path: Path) -> None:
    numbers = (217, 384, 551, 608)
    original, noted = tmp_path / "long-original.txt", tmp_path / "long-translation.txt"
    asked = "\n\n".join(f"وفي اليوم نفسه طلبت الرابطة من إدارة السجن نسخة من السجل رقم {n} ولم تتلق أي جواب على طلبها." for n in numbers)
    original.write_text(f"{ORIGINAL}\n{asked}\n", encoding="utf-8")
    request = "Register no. {}: on the same day the Association wanted a copy of it from the prison administration, without any answer to its request."
    note = "The translator, Dara Ilin, said on Sunday that two families had asked her to leave out the names of their sons and of the street they live in."
    noted.write_text("\n\n".join([TRANSLATION.strip(), *map(request.format, numbers), note]), encoding="utf-8")
    with open_case(translated, write="add") as case:
        add(case, [original, noted], Given())
        decide(case, "I4", "translation_of", "I3", why="with a note")
        read(case)
    documents, claims, failures = _held(translated)
    mine = [stored.claim for stored in claims if stored.item == documents["I4"].item]
    assert [claim.original is None for claim in mine if "families had asked" in claim.quote] == [True]
    assert [claim.original is None for claim in mine if "killed 43" in claim.quote] == [False]
    unplaced = sum(claim.original is None for claim in mine)
    assert f"{unplaced} of its {len(mine)} claims stand in paragraphs whose place in the original is not sure" in failures


def test_an_original_that_cannot_be_read_leaves_the_translation_without_one(translated: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnot much of a file")
    with open_case(translated, write="add") as case:
        add(case, [broken], Given())
        decide(case, "I2", "translation_of", "I3", why="the signed copy")
        read(case)
    documents, claims, failures = _held(translated)
    assert "translation of I3, which could not be read" in failures
    assert all(stored.claim.original is None for stored in claims)
    assert documents["I2"].translates is not None
    assert documents["I2"].translates.document is None


def test_a_circle_that_an_undone_decision_leaves_behind_is_said_and_harms_nothing(translated: Path) -> None:
    with open_case(translated, write="decide") as case:
        away = decide(case, "I2", "translation_of", "none", why="the other way round")
        decide(case, "I1", "translation_of", "I2", why="the other way round")
        read(case)
        undo(case, away.id)
        read(case)
        assert read(case)[1].done == 0
    _, claims, failures = _held(translated)
    assert "and that one of it, so nothing was aligned" in failures
    assert all(stored.claim.original is None for stored in claims)


def test_deciding_that_an_original_translates_its_translation_is_refused(translated: Path) -> None:
    with open_case(translated, write="decide") as case:
        with pytest.raises(UsageError, match="itself a translation of this item"):
            decide(case, "I1", "translation_of", "I2", why="the other way round")
        with pytest.raises(UsageError, match="of itself"):
            decide(case, "I1", "translation_of", "I1", why="by mistake")


def test_circles_are_refused_over_any_number_of_steps() -> None:
    chain = {"a": "b", "b": "c"}
    refuse_circle(chain, "c", "d")
    with pytest.raises(UsageError, match="itself a translation of this item"):
        refuse_circle(chain, "c", "a")
    with pytest.raises(UsageError, match="of itself"):
        refuse_circle(chain, "a", "a")
    assert not is_circle({"x": "a", "a": "b", "b": "a"}, "x")


def test_the_latest_decision_that_stands_says_which_item_is_translated() -> None:
    def decision(n: int, value: str, *, undone: bool = False) -> Decision:
        return Decision(f"decision-{n}", "i", "translation_of", value, "why", "by", "at", undone)

    assert standing_originals([decision(1, "x"), decision(2, "y"), decision(3, "z", undone=True)]) == {"i": "y"}
    assert standing_originals([decision(1, "x"), decision(2, "none")]) == {}
