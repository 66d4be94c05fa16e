"""Folding makes spellings comparable and never loses the way back to the exact characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.text.fold import fold, folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("مُؤَسَّسَة", "موسسه"),
        ("الأســد", "الاسد"),
        ("Sana’a", "SANA'A"),
        ("Ṣaydnāyā", "Saydnaya"),
        ("ﬁnd", "find"),
        ("Łódź", "lodz"),
        ("١٥", "15"),
    ],
)
def test_spellings_of_one_word_fold_to_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_a_match_in_the_folded_text_is_shown_with_its_harakat() -> None:
    text = "قالت مُؤَسَّسَةٌ اليوم"
    found = fold(text)
    start = found.text.index("موسسه")
    begin, end = found.original(start, start + 5)
    assert text[begin:end] == "مُؤَسَّسَةٌ"


@given(st.text())
def test_every_folded_character_comes_from_one_of_the_original(text: str) -> None:
    found = fold(text)
    assert len(found.offsets) == len(found.text) + 1
    assert list(found.offsets) == sorted(found.offsets)
    assert found.offsets[-1] == len(text)
    assert found.text == folded(text)
    for position in range(len(found.text)):
        start, end = found.original(position, position + 1)
        assert 0 <= start < end <= len(text)
        assert found.text[position] in folded(text[start:end])


@given(st.text(), st.text())
def test_folding_goes_character_by_character(one: str, other: str) -> None:
    assert folded(one + other) == folded(one) + folded(other)


def test_a_footnotes_number_and_a_phrase_written_as_one_sign_are_no_part_of_the_word_before() -> None:
    assert fold("detainees¹ and 40² women").text.split() == ["detainees", "1", "and", "40", "2", "women"]
    assert fold("محمدﷺ").text.split()[0] == "محمد"
    assert "h" in fold("ℌ").text
