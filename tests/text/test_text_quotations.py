"""Quotations are found by their marks, whatever the family, and a lost mark costs one paragraph at most."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.text.quotations import find_quotations


def quoted(text: str) -> list[str]:
    return [text[q.inner_start : q.inner_end] for q in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“We were held,” she said, “for a month.”", ["We were held,", "for a month."]),
        ('He said "it is over" and left.', ["it is over"]),
        ("„Wir gehen“, sagte er.", ["Wir gehen"]),
        ("Il a dit «oui» hier.", ["oui"]),
        ("Er sagte »nein« dazu.", ["nein"]),
        ("``Well,'' he said.", ["Well,"]),
        ("قال ”نعم“ ثم «لا» و “ربما”.", ["نعم", "لا", "ربما"]),
        ("‘Nobody came,’ the guard said.", ["Nobody came,"]),
        ("'Nobody came,' the guard said.", ["Nobody came,"]),
    ],
)
def test_every_family_of_marks_is_read(text: str, inner: list[str]) -> None:
    assert quoted(text) == inner


@pytest.mark.parametrize(
    "text", ["the detainees' rights since the '80s", "It’s the guards’ room, isn’t it?", 'a 5"x7" photo 6" tall', "rock 'n' roll"]
)
def test_apostrophes_and_inches_are_not_quotations(text: str) -> None:
    assert quoted(text) == []


def test_a_possessive_inside_single_marks_does_not_end_the_quotation() -> None:
    assert quoted("'We saw the detainees' cell,' he said.") == ["We saw the detainees' cell,"]


def test_a_quotation_inside_a_quotation_belongs_to_it() -> None:
    assert quoted("“He told me ‘go’ and “run” again,” she said.") == ["He told me ‘go’ and “run” again,"]


def test_a_speech_of_several_paragraphs_is_one_quotation() -> None:
    text = "“They came at night.\n\n“They took my son.\r\n\r\n“He has not returned,” she said. “Never.”"
    first, second = find_quotations(text)
    assert (first.start, first.closed) == (0, True)
    assert text[first.start : first.end].endswith("returned,”")
    assert text[second.start : second.end] == "“Never.”"


def test_a_lost_closing_mark_ends_with_its_paragraph() -> None:
    text = "He said “we will see.\n\nThe ministry denied it. “Lies,” it said."
    first, second = find_quotations(text)
    assert text[first.start : first.end] == "“we will see."
    assert not first.closed
    assert text[second.start : second.end] == "“Lies,”"


def test_a_lost_inner_mark_does_not_swallow_the_paragraph() -> None:
    assert quoted("“He shouted “stop to them,” she said to the court.") == ["He shouted “stop to them,"]


@given(st.text(alphabet=st.sampled_from("ab .\n\r\t,s“”\"'‘’«»„`ع😀́\ufeff\x0c"), max_size=200))
def test_quotations_are_ordered_disjoint_and_inside_the_text(text: str) -> None:
    position = 0
    for quotation in find_quotations(text):
        assert position <= quotation.start < quotation.inner_start <= quotation.inner_end <= quotation.end <= len(text)
        assert quotation.closed == (quotation.inner_end < quotation.end)
        assert text[quotation.inner_start : quotation.inner_end]
        position = quotation.end


@given(st.text())
def test_any_text_can_be_searched(text: str) -> None:
    assert all(text[q.start : q.end] for q in find_quotations(text))


def test_a_million_marks_in_one_line_are_read_in_one_pass() -> None:
    assert len(find_quotations("“a” " * 50_000)) == 50_000
    assert len(find_quotations("“" * 100_000)) == 1
