"""Where paragraphs begin and end."""

from __future__ import annotations

from witnessmark.text.paragraphs import LONGEST_PARAGRAPH, paragraph_of, paragraphs_before

TEXT = "First one.\n\nSecond one,\nwith two lines.\n \nThird."


def test_a_place_stands_in_its_paragraph() -> None:
    start, end = paragraph_of(TEXT, TEXT.index("two"))
    assert TEXT[start:end].strip() == "Second one,\nwith two lines."


def test_a_paragraph_is_counted_from_the_one_before() -> None:
    assert [paragraphs_before(TEXT, TEXT.index(word)) for word in ("First", "two", "Third")] == [0, 1, 2]


def test_of_an_article_on_one_line_only_what_stands_near_is_its_paragraph() -> None:
    text = "word " * 4000
    start, end = paragraph_of(text, 10_000)
    assert (start, end) == (10_000 - LONGEST_PARAGRAPH // 2, 10_000 + LONGEST_PARAGRAPH // 2)
