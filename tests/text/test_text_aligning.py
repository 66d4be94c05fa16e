"""Paragraphs of a translation beside those of the original: what is aligned is right, what is not sure is left out."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.text.aligning import TooLongError, align, original_of
from witnessmark.text.segmentation import paragraph_bounds

ORIGINAL = """بيان رابطة أهالي كورين

تولفار، ١٦ أيار ٢٠٣١

قالت الرابطة إن ٤٣ سجينا ماتوا في سجن كورين خلال شهر آذار ٢٠٣١، وإن إدارة السجن لم تسلم جثامينهم إلى ذويهم حتى اليوم.

وأضافت: «نريد أن نعرف أين دُفن أبناؤنا».

وطلبت الرابطة من لجنة التحقيق أن تزور السجن قبل ١ تموز ٢٠٣١ وأن تستمع إلى ١٢ شاهدا تعرف أسماءهم وعناوينهم، وأن تنشر ما تجده كاملا.
"""

TRANSLATION = """Statement of the Association of the Families of Korrin

Tolvar, 16 May 2031

The Association said that 43 prisoners died in Korrin prison in March 2031, and that the prison administration has not handed their bodies to the families to this day.

It added: “We want to know where our sons were buried.”

The Association asked the commission of inquiry to visit the prison before 1 July 2031, to hear 12 witnesses whose names and addresses it knows, and to publish what it finds in full.
"""

_WORDS = st.lists(
    st.sampled_from(["stone", "river", "14", "gate", "winter", "3,000", "seventeen", "“salt”", "glass"]), min_size=1, max_size=40
).map(lambda words: " ".join(words).capitalize() + ".")
_TEXTS = st.lists(_WORDS, min_size=1, max_size=12).map("\n\n".join)


def _pairs(original: str, translation: str) -> list[tuple[str, str]]:
    return [(translation[one.start : one.end], original[one.original_start : one.original_end]) for one in align(original, translation)]


@given(_TEXTS)
def test_a_text_is_aligned_with_itself_one_to_one(text: str) -> None:
    assert [(one.start, one.end, one.original_start, one.original_end) for one in align(text, text)] == [
        (start, end, start, end) for start, end in paragraph_bounds(text)
    ]


@given(_TEXTS, _TEXTS)
def test_offsets_are_whole_paragraphs_in_order_on_both_sides(original: str, translation: str) -> None:
    aligned = align(original, translation)
    starts, ends = zip(*paragraph_bounds(translation), strict=True)
    original_starts, original_ends = zip(*paragraph_bounds(original), strict=True)
    for one in aligned:
        assert one.start in starts
        assert one.end in ends
        assert one.original_start in original_starts
        assert one.original_end in original_ends
    for before, after in itertools.pairwise(aligned):
        assert before.end <= after.start
        assert before.original_end <= after.original_start


def test_an_arabic_statement_and_its_translation_stand_paragraph_by_paragraph() -> None:
    assert _pairs(ORIGINAL, TRANSLATION) == list(zip(TRANSLATION.strip().split("\n\n"), ORIGINAL.strip().split("\n\n"), strict=True))


def test_vocalised_arabic_is_no_longer_than_bare_arabic() -> None:
    vocalised = re.sub(r"([\u0621-\u064a])", "\\1\u064e", ORIGINAL)
    assert [one[0] for one in _pairs(vocalised, TRANSLATION)] == TRANSLATION.strip().split("\n\n")


def test_a_paragraph_left_out_moves_no_other() -> None:
    shorter = "\n\n".join(part for part in TRANSLATION.strip().split("\n\n") if not part.startswith("Tolvar"))
    truth = dict(zip(TRANSLATION.strip().split("\n\n"), ORIGINAL.strip().split("\n\n"), strict=True))
    found = _pairs(ORIGINAL, shorter)
    assert all(truth[translated] == original for translated, original in found)
    assert any("12 witnesses" in translated for translated, _ in found)


def test_two_paragraphs_made_one_are_aligned_together_or_not_at_all() -> None:
    parts = TRANSLATION.strip().split("\n\n")
    joined = "\n\n".join([parts[0], parts[1], parts[2] + " " + parts[3], parts[4]])
    originals = ORIGINAL.strip().split("\n\n")
    for translated, original in _pairs(ORIGINAL, joined):
        if "43 prisoners" in translated:
            assert original == originals[2] + "\n\n" + originals[3]


def test_texts_that_have_nothing_to_do_with_each_other_are_not_aligned() -> None:
    other = "\n\n".join(["The harvest of 1998 was good."] + ["Rain fell. " * n for n in (40, 2, 31, 1, 55, 3, 22)])
    assert align(ORIGINAL, other) == ()


def test_an_empty_text_is_aligned_with_nothing() -> None:
    assert align("", TRANSLATION) == ()
    assert align(ORIGINAL, " \n") == ()


def test_texts_too_long_to_compare_say_so() -> None:
    with pytest.raises(TooLongError, match="3000 and 1000 paragraphs"):
        align("Rain fell.\n\n" * 3000, "Rain fell.\n\n" * 1000)


def test_words_outside_what_is_aligned_have_no_original() -> None:
    aligned = align(ORIGINAL, TRANSLATION)
    third = aligned[2]
    assert original_of(aligned, third.start + 4, third.end - 3) == (third.original_start, third.original_end)
    assert original_of(aligned, third.start, aligned[3].end) == (third.original_start, aligned[3].original_end)
    without_third = (*aligned[:2], *aligned[3:])
    assert original_of(without_third, third.start + 4, third.end - 3) is None
    assert original_of(without_third, third.start + 4, aligned[3].end) is None
    assert original_of((), 0, 3) is None
