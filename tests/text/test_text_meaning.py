"""What stretches of text are about, as vectors."""

from __future__ import annotations

import numpy as np
import pytest

from witnessmark.model.meaning import DIMENSIONS
from witnessmark.text.meaning import MOST_PIECES, Encoder, vectors_of_paragraphs

SHELLING = "Shells fell on the market in Orvane on Tuesday morning and killed nine traders."
SAME = "Nine stallholders died when artillery struck the bazaar of Orvane."
OTHER = "The council raised the price of bus tickets by two crowns from January."


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load()


def near(one: bytes, other: bytes) -> float:
    mine, theirs = (np.frombuffer(each, dtype=np.int8).astype(float) for each in (one, other))
    return float(mine @ theirs / (np.linalg.norm(mine) * np.linalg.norm(theirs)))


def test_texts_of_one_happening_lie_nearer_than_texts_of_two_though_they_share_few_words(encoder: Encoder) -> None:
    first, same, other = encoder.encode([SHELLING, SAME, OTHER])
    assert near(first, same) > 0.5
    assert near(first, other) < 0.2


def test_a_vector_has_as_many_bytes_as_it_says(encoder: Encoder) -> None:
    assert [len(vector) for vector in encoder.encode([SHELLING, ""])] == [DIMENSIONS, DIMENSIONS]


def test_a_text_gets_the_same_vector_alone_and_among_others(encoder: Encoder) -> None:
    (alone,) = encoder.encode([SHELLING])
    assert near(alone, encoder.encode([OTHER * 3, SHELLING, SAME])[1]) > 0.999


def test_a_text_without_words_lies_near_nothing(encoder: Encoder) -> None:
    assert not any(encoder.encode(["   "])[0])


def test_of_a_text_too_long_to_be_looked_at_whole_the_beginning_counts(encoder: Encoder) -> None:
    long = SHELLING * MOST_PIECES
    one, other = encoder.encode([long, long + OTHER])
    assert one == other


def test_no_text_gives_no_vector(encoder: Encoder) -> None:
    assert encoder.encode([]) == []
    assert vectors_of_paragraphs(SHELLING, [], encoder) == {}


def test_places_of_one_paragraph_share_its_vector(encoder: Encoder) -> None:
    text = f"{SHELLING} {SAME}\n\n{OTHER}"
    found = vectors_of_paragraphs(text, [0, len(SHELLING) + 1, text.index(OTHER)], encoder)
    assert found[0] == found[len(SHELLING) + 1] != found[text.index(OTHER)]
