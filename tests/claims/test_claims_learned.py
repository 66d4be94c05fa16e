"""The learned part of the reader: what it is shown, how probabilities become spans, and what rules still add."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from witnessmark.claims import ClaimReader
from witnessmark.claims.attributions import Quotes
from witnessmark.claims.learned.decoding import cue_spans, link
from witnessmark.claims.learned.features import LONGEST_WINDOW, cue_features, head_of, token_features, windows_of
from witnessmark.model.claim import Stance
from witnessmark.text.quotations import find_quotations

TEXT = """The governor let it be known that nobody would be punished for the fire at Sarn.

“We found nine bodies,” said Ilse Vandt, a nurse. She reckoned that two more lay under the stones."""


def log_probabilities(rows: int) -> st.SearchStrategy[np.ndarray]:
    return arrays(np.float32, (rows, 3), elements=st.floats(-8, 0, width=32))


def test_every_token_is_shown_once_and_in_order(reader: ClaimReader) -> None:
    long = TEXT + "\n\n" + "He said that the road was closed and that nobody passed. " * 60
    (passages,) = reader.parser.parse_all([long])
    windows = list(windows_of(passages))
    starts = [parsed.start(token) for window in windows for token, parsed in zip(window.tokens, window.passages, strict=True)]
    wanted = [parsed.start(token) for parsed in passages for token in parsed.doc if not token.is_space]
    assert starts == wanted
    assert max(len(window.tokens) for window in windows) <= LONGEST_WINDOW


def test_features_have_a_row_for_each_token(reader: ClaimReader) -> None:
    (passages,) = reader.parser.parse_all([TEXT])
    (window,) = windows_of(passages)
    quotes = Quotes(TEXT, find_quotations(TEXT))
    features = token_features(window, quotes)
    assert features.shape == (len(window.tokens), 6)
    quoted = [token.text for token, row in zip(window.tokens, features, strict=True) if row[3]]
    assert "bodies" in quoted
    assert "nurse" not in quoted
    said = next(i for i, token in enumerate(window.tokens) if token.text == "said")
    seen = cue_features(window, range(said, said + 1))
    assert seen.shape == (len(window.tokens), 3)
    assert [token.text for token, row in zip(window.tokens, seen, strict=True) if row[2]] == ["said"]


def test_the_head_of_a_cue_is_the_word_that_hangs_from_outside_it(reader: ClaimReader) -> None:
    (passages,) = reader.parser.parse_all(["The mayor has been heard saying that it burned."])
    (window,) = windows_of(passages)
    assert window.tokens[head_of(window, range(2, 5))].text == "heard"


@given(st.integers(1, 30).flatmap(lambda n: st.tuples(log_probabilities(n), st.lists(st.booleans(), min_size=n, max_size=n))), st.data())
@settings(max_examples=200, deadline=None)
def test_whatever_the_probabilities_sources_and_contents_are_runs_of_words_apart(
    drawn: tuple[np.ndarray, list[bool]], data: st.DataObject
) -> None:
    roles, words = drawn[0], np.array(drawn[1])
    start = data.draw(st.integers(0, len(words) - 1))
    source, content, sure = link(roles, words, range(start, start + 1))
    runs = [*content, *([source] if source is not None else [])]
    places = [i for run in runs for i in run]
    assert len(places) == len(set(places))
    assert all(words[run[0]] and words[run[-1]] for run in runs)
    assert 0.0 <= sure <= 1.0
    assert source is None or start not in source


@given(st.integers(1, 30).flatmap(lambda n: st.tuples(log_probabilities(n), st.lists(st.booleans(), min_size=n, max_size=n))))
@settings(max_examples=200, deadline=None)
def test_cues_are_runs_of_words_that_do_not_overlap(drawn: tuple[np.ndarray, list[bool]]) -> None:
    probabilities, words = np.exp(drawn[0]), np.array(drawn[1])
    found = [run for run, _ in cue_spans(probabilities, words, 0.3)]
    assert all(words[run[0]] and words[run[-1]] for run in found)
    assert all(one.stop <= other.start for one, other in pairwise(found))


def test_a_cue_that_no_lexicon_holds_is_read_and_rules_alone_miss_it(reader: ClaimReader) -> None:
    sentence = "The warden was adamant that nobody would be punished for the fire."
    alone = ClaimReader(reader.parser, None)
    (claim,) = [c for c in reader.read(sentence) if c.speaker is not None]
    assert claim.speaker is not None
    assert claim.speaker.mention is not None
    assert claim.speaker.mention.text == "The warden"
    assert [c for c in alone.read(sentence) if c.speaker is not None] == []


def test_what_the_network_read_says_how_sure_it_is_and_the_documents_own_voice_does_not(reader: ClaimReader) -> None:
    claims = reader.read("Soldiers burned the mill at Sarn on Monday. The mayor said that nine people were killed.")
    by_cue = {bool(claim.cue): claim.confidence for claim in claims}
    assert by_cue[False] is None
    assert 0.0 < (by_cue[True] or 0.0) <= 1.0


def test_the_same_text_is_read_the_same_alone_and_among_others(reader: ClaimReader) -> None:
    others = ["The mayor said that nine people were killed. " * 5, TEXT, "Nothing was said."]
    alone = [reader.read(text) for text in others]
    assert list(reader.read_all((text, None, None) for text in others)) == alone


def test_a_relay_is_read_with_what_it_relays(reader: ClaimReader) -> None:
    claims = reader.read("The ministry called the report a fabrication, according to the state news agency ORNA.")
    (speaker,) = [
        c.speaker for c in claims if c.speaker is not None and c.speaker.mention is not None and c.speaker.mention.text == "The ministry"
    ]
    assert any("ORNA" in relay for relay in speaker.via)


@pytest.mark.parametrize(
    ("sentence", "denied"),
    [
        ("The governor went on television and brushed aside the reports of a massacre.", True),
        ("The general withdrew all of his forces from the hill.", False),
        ("All candidates are contesting the northern seat this year.", False),
        ("Anybody who could deny the flood has not seen the valley.", False),
    ],
)
def test_what_rules_alone_take_for_a_denial_has_to_gainsay_something_said(reader: ClaimReader, sentence: str, *, denied: bool) -> None:
    stances = {claim.stance for claim in reader.read(sentence) if claim.cue}
    assert bool(stances & {Stance.DENIES, Stance.RETRACTS}) is denied
