"""Words are cut alike from what is looked for and what is looked in, and lead back to the exact characters."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.text.fold import folded
from witnessmark.text.words import FoldedText, words_by_block, words_in


def cut(text: str) -> list[tuple[str, str]]:
    """Each word with the characters of the text that it stands for."""
    found = FoldedText(text)
    return [(word, text[found.word(n).start : found.word(n).end]) for n, word in enumerate(found.words)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Guards at al-Sarn, 40 of them_all", ["guards", "at", "al", "sarn", "40", "of", "them", "all"]),
        ("Sana’a and Dar'a", ["sanaa", "and", "dara"]),
        ("Brecht’s report; the guards' keys; it's", ["brecht", "report", "the", "guards", "keys", "it"]),
        ("l’armée d'Ornay, O'Neill", ["l", "armee", "d", "ornay", "o", "neill"]),
        ("قال مُحَمَّدٌ: إنَّ الأســرى", ["قال", "محمد", "ان", "الاسري"]),
        ("北京大学", ["北", "京", "大", "学"]),
        ("ไทย 2 คน", ["ไ", "ท", "ย", "2", "ค", "น"]),
        ("हिंदी में", ["हिंदी", "में"]),
        ("ℌello ﬁnd", ["hello", "find"]),
        ("… — ' _ '' ·", []),
    ],
)
def test_words_are_cut_as_people_look_for_them(text: str, words: list[str]) -> None:
    assert words_in(text) == words


def test_a_word_leads_back_to_its_exact_characters() -> None:
    assert cut("قال مُحَمَّدٌ اليوم") == [("قال", "قال"), ("محمد", "مُحَمَّدٌ"), ("اليوم", "اليوم")]
    assert cut("Brecht’s l’armée") == [("brecht", "Brecht"), ("l", "l"), ("armee", "armée")]


def test_places_hold_far_into_a_long_text() -> None:
    text = "مُحَمَّدٌ “said” ﬁnally " * 2000
    found = FoldedText(text)
    assert {text[found.word(n).start : found.word(n).end] for n in range(len(found.words))} == {"مُحَمَّدٌ", "said", "ﬁnally"}


def test_a_long_text_is_cut_the_same_in_blocks() -> None:
    text = "مُحَمَّدٌ “said” Ta'izz's l'armée 京大 " * 500
    by_block = words_by_block(text)
    assert len(by_block) > 1
    assert [word for block in by_block for word in block] == words_in(text)
    kept = FoldedText(text, words_in(text), [len(block) for block in by_block])
    assert [kept.word(n) for n in range(len(kept.words))] == [FoldedText(text).word(n) for n in range(len(kept.words))]


@settings(deadline=None)
@given(st.text(max_size=200) | st.text(alphabet="aB'’ _\u0301١京\nﬁ", max_size=60))
def test_both_ways_of_cutting_agree_and_no_word_is_made_up(text: str) -> None:
    found = FoldedText(text)
    assert found.words == words_in(text)
    end = 0
    for index, word in enumerate(found.words):
        place = found.word(index)
        assert place.text == word
        assert end <= place.end
        assert 0 <= place.start < place.end <= len(text)
        assert word in folded(text[place.start : place.end]).casefold().replace("'", "")
        end = place.end


@settings(deadline=None)
@given(st.text(max_size=100))
def test_a_word_holds_nothing_that_a_database_could_take_for_syntax(text: str) -> None:
    for word in words_in(text):
        assert not any(c.isspace() or (c.isascii() and not c.isalnum()) for c in word)
