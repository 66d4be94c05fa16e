"""Spans count code points: a quote is the document's own characters, in every script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.model.span import Span

texts = st.one_of(st.text(min_size=1), st.text(alphabet="a😀𐤀e\u0301مُؤَ\r\n\ufeff\u200f", min_size=1))


@given(texts, st.data())
def test_a_span_equals_the_characters_it_was_cut_from(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = Span.of(text, start, end)
    assert span.text == text[start:end]
    assert span.holds_in(text)
    assert Span.of("\ufeff" + text, start + 1, end + 1).text == span.text


@given(texts, st.integers(-3, 50), st.integers(-3, 50))
def test_a_span_outside_the_text_is_refused(text: str, start: int, end: int) -> None:
    if 0 <= start < end <= len(text):
        assert Span.of(text, start, end).text
    else:
        with pytest.raises(ValueError, match="is not inside"):
            Span.of(text, start, end)


@given(texts, texts)
def test_a_span_does_not_hold_where_other_characters_stand(text: str, other: str) -> None:
    span = Span.of(text, 0, len(text))
    assert span.holds_in(other) == other.startswith(text)
