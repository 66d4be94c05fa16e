"""Names are masked however they are spelt, character for character, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.model.document import Document
from witnessmark.model.span import Span
from witnessmark.text.masking import COVER, Mask, covered

FORMS = ("Dara Ilin", "Ilin", "محمد الدغيم", "الدغيم", "Ольга Вереск")


@pytest.mark.parametrize(
    "written",
    [
        "Dara Ilin",
        "DARA ILIN",
        "dara\nilin",
        "Dara_Ilin",
        "DaraIlin",
        "Dära Ílin",
        "Ilin's",
        "مُحَمَّد الدُّغيم",
        "محمّـد الدغيم",
        "والدغيم",
        "ОЛЬГА ВЕРЕСК",
        "dara-ilin",
        "dara.ilin.2031",
    ],
)
def test_a_name_is_found_however_it_is_spelt(written: str) -> None:
    text = f"It was said, {written}, that day."
    masked = Mask(FORMS).cover(text)
    assert len(masked) == len(text)
    assert masked.startswith("It was said, ")
    assert COVER in masked
    assert not {"ilin", "الدغيم", "вереск"} & set(masked.casefold().split())


@pytest.mark.parametrize("written", ["Ilinsky", "Darah Ilina", "millin", "Велина Верескова"])
def test_another_word_is_left_alone(written: str) -> None:
    assert Mask(FORMS).cover(written) == written


@given(st.text(), st.lists(st.text(min_size=1, max_size=12), max_size=4))
def test_masking_never_changes_the_length_of_a_text_and_masks_once_for_all(text: str, forms: list[str]) -> None:
    mask = Mask(forms)
    once = mask.cover(text)
    assert len(once) == len(text)
    assert mask.cover(once) == once
    assert mask.spans(once) == []


@given(st.text(alphabet="ab ", max_size=30), st.integers(0, 30), st.integers(1, 8))
def test_a_span_cut_from_a_masked_text_holds_in_it_wherever_it_is_cut(around: str, start: int, length: int) -> None:
    text = f"{around} Dara Ilin {around}"
    end = min(start + length, len(text))
    if start >= end:
        return
    mask = Mask(FORMS)
    masked = mask.cover(text)
    assert covered(Span.of(text, start, end), mask, masked).holds_in(masked)


def test_ids_and_hashes_are_left_alone_and_every_word_of_a_noun_is_not() -> None:
    document = Document("d-1", "ada" * 8, "ada@1", "text/plain", "Ada went.", title="Ada", metadata={"Author": "Ada"}, problems=("Ada",))
    masked = covered(document, Mask(["Ada"]))
    assert (masked.id, masked.item, masked.reader) == (document.id, document.item, document.reader)
    assert "Ada" not in f"{masked.text}{masked.title}{masked.metadata}{masked.problems}"
