from __future__ import annotations

import json

import msgspec

from witnessmark.model.claim import Certainty, Claim, Form, Kind, Speaker, Stance, attribution_id, claim_id
from witnessmark.model.span import Span

CONTENT = (Span(10, 20, "0123456789"),)
CUE = (Span(5, 9, "said"),)


def claim(**fields: object) -> Claim:
    return msgspec.structs.replace(
        Claim(
            id=claim_id("ab", CONTENT, CUE, None),
            attribution=attribution_id("ab", CONTENT, CUE, None),
            form=Form.INDIRECT,
            kind=Kind.FACTUAL,
            polarity=None,
            content=CONTENT,
            cue=CUE,
            speaker=Speaker(name="Mara Tolen"),
            stance=Stance.ASSERTS,
            certainty=Certainty.CERTAIN,
        ),
        **fields,
    )


def test_a_claims_id_depends_on_where_it_stands_and_on_nothing_a_better_reader_changes() -> None:
    first = claim_id("ab", CONTENT, CUE, None)
    assert first == claim_id("ab", (Span(10, 20, "other text"),), CUE, None)
    assert first != claim_id("ac", CONTENT, CUE, None)
    assert first != claim_id("ab", (Span(10, 21, "0123456789a"),), CUE, None)
    assert first != claim_id("ab", CONTENT, (), None)
    assert first != claim_id("ab", CONTENT, CUE, Span(0, 4, "Mara"))


def test_a_claim_survives_its_own_json() -> None:
    written = msgspec.json.encode(claim(stance=Stance.DENIES))
    assert msgspec.json.decode(written, type=Claim) == claim(stance=Stance.DENIES)


def test_the_contracts_fields_are_all_there_and_in_its_words() -> None:
    line = json.loads(msgspec.json.encode(claim()))
    assert list(line) == [
        "id", "attribution", "form", "kind", "polarity", "content", "cue", "speaker", "stance", "certainty", "relay_certainty", "act",
        "parties", "addressee", "purpose", "victims", "when", "said", "due", "where", "basis", "answers",
        "original", "confidence",
    ]  # fmt: skip
    assert line["speaker"] == {"name": "Mara Tolen", "mention": None, "role": None, "anonymous": False, "via": []}
    assert line["content"] == [{"start": 10, "end": 20, "text": "0123456789"}]
