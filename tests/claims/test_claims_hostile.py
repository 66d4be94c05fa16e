from __future__ import annotations

import pytest

from witnessmark.claims import ClaimReader
from witnessmark.claims.attributions import MOST_CUES, Quotes, find_attributions
from witnessmark.claims.parse import LONGEST, LONGEST_SENTENCE
from witnessmark.text.quotations import find_quotations

HOSTILE = {
    "nested saying": "He said that " * 8000,
    "quotation marks": '"' * 100_000,
    "one verb": "said " * 20_000,
    "commas": "," * 100_000,
    "one word": "a" * 100_000,
    "nested quotations": "“‘" * 50_000,
    "joined killings": "The army killed ten men and " * 3600,
    "according": ", according to him" * 5500,
    "quoted": "“We killed them,” he said. " * 3700,
    "absolute participles": "with fifty men a day killed " * 3600,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_gives_exact_spans_and_unique_ids(reader: ClaimReader, name: str) -> None:
    text = HOSTILE[name]
    claims = reader.read(text)
    spans = [span for claim in claims for span in (*claim.content, *claim.cue)]
    assert all(span.text == text[span.start : span.end] for span in spans)
    assert len({claim.id for claim in claims}) == len(claims)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_passage_or_sentence_is_longer_than_its_bound(reader: ClaimReader, name: str) -> None:
    (parsed,) = reader.parser.parse_all([HOSTILE[name][:20_000]])
    assert all(len(passage.doc.text) <= LONGEST for passage in parsed)
    assert all(len(sentence) <= LONGEST_SENTENCE for passage in parsed for sentence in passage.doc.sents)


def test_one_sentence_holds_a_bounded_number_of_attributions(reader: ClaimReader) -> None:
    text = "He said that " * 80
    (parsed,) = reader.parser.parse_all([text])
    found = find_attributions(text, parsed, Quotes(text, find_quotations(text)))
    assert 0 < len(found) <= MOST_CUES * sum(len(list(passage.doc.sents)) for passage in parsed)


def test_a_long_unbroken_run_is_cut_and_what_follows_is_still_read(reader: ClaimReader) -> None:
    text = "x" * 1500 + " The mayor said that soldiers had burned three houses."
    assert [claim.quote for claim in reader.read(text)] == ["that soldiers had burned three houses"]


def test_a_passage_without_a_letter_is_not_parsed(reader: ClaimReader) -> None:
    (parsed,) = reader.parser.parse_all(["1 2 3 --- 4\n\nThe mayor spoke."])
    assert [passage.doc.text for passage in parsed] == ["The mayor spoke."]
