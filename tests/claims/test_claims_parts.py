from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from witnessmark.claims import ClaimReader
from witnessmark.claims.cased import sentence_case
from witnessmark.claims.phrases import trimmed
from witnessmark.claims.propositions import split_at_that


@given(st.text())
def test_recasing_never_moves_a_character(text: str) -> None:
    assert len(sentence_case(text)) == len(text)
    assert [c.lower() for c in sentence_case(text)] == [c.lower() for c in text]


def test_text_in_small_letters_is_left_alone() -> None:
    assert sentence_case("NATO said the UN was told.") == "NATO said the UN was told."


def test_in_capitals_what_no_dictionary_holds_is_a_name_and_a_new_line_is_no_new_sentence() -> None:
    words = {"the", "governor", "of", "province", "told", "that", "two", "soldier", "had", "be", "seen", "near", "old", "bridge", "been"}
    text = "THE GOVERNOR OF BRAVENA TOLD ODIL MARR THAT TWO\nSOLDIERS HAD BEEN SEEN NEAR THE OLD BRIDGE."
    read = sentence_case(text, words.__contains__)
    assert read == "The governor of Bravena told Odil Marr that two\nsoldiers had been seen near the old bridge."


@given(st.text(), st.data())
def test_trimming_stays_inside(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    extent = trimmed(text, start, end)
    if extent is not None:
        assert start <= extent[0] < extent[1] <= end


def test_trimming_keeps_the_point_of_an_abbreviation() -> None:
    text = "“the U.S.,” he said"
    assert trimmed(text, 0, 11) == (1, 9)


def test_a_second_that_starts_a_second_content() -> None:
    text = "claims that they looted shops and that ninety were driven out"
    start = text.index("they")
    parts = split_at_that(text, ((start, len(text)),))
    assert [text[a:b] for part in parts for a, b in part] == ["they looted shops", "ninety were driven out"]


def test_a_footnotes_mark_is_no_word_of_whoever_speaks(reader: ClaimReader) -> None:
    (claim,) = reader.read("The envoy said that ten men were hanged at Korrin.[42] The figure is old.", "2031-05-15")[:1]
    assert claim.quote == "that ten men were hanged at Korrin"
