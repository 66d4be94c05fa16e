"""Why a field has its value: reasons that point at the text and name what read them."""

from __future__ import annotations

from witnessmark.claims import ClaimReader
from witnessmark.claims.reasons import Reason
from witnessmark.model.claim import Claim

TEXT = (
    "The mayor of Brae said on Monday that soldiers had killed at least 12 prisoners, citing hospital records. "
    "The ministry denied that anybody had been killed. A nurse said the men may have been shot."
)
DAY = "2024-05-08"


def explained(reader: ClaimReader, words: str) -> tuple[Claim, dict[str, Reason]]:
    found = [(claim, reasons) for claim, reasons in reader.explain(TEXT, DAY) if words in claim.quote]
    assert len(found) == 1
    return found[0][0], {reason.field: reason for reason in found[0][1]}


def test_explained_claims_are_the_claims_that_are_read(reader: ClaimReader) -> None:
    assert [claim for claim, _ in reader.explain(TEXT, DAY)] == reader.read(TEXT, DAY)


def test_every_reasons_words_stand_in_the_text(reader: ClaimReader) -> None:
    spans = [reason.words for _, reasons in reader.explain(TEXT, DAY) for reason in reasons if reason.words is not None]
    assert spans
    assert all(span.holds_in(TEXT) for span in spans)


def test_the_learned_reader_is_named_with_how_sure_it_is(reader: ClaimReader) -> None:
    claim, reasons = explained(reader, "at least 12")
    assert claim.confidence is not None
    assert f"right {100 * claim.confidence:.0f} times in 100" in reasons["content"].by
    assert reasons["cue"].by == "list of cues: “say” is a word to say"


def test_without_the_network_the_rule_is_named(reader: ClaimReader) -> None:
    alone = ClaimReader(reader.parser, None)
    _, reasons = explained(alone, "at least 12")
    assert reasons["content"].by.startswith("rule: ")


def test_a_denial_by_its_cue_and_a_hedge_by_its_word_are_told(reader: ClaimReader) -> None:
    _, denial = explained(reader, "anybody had been killed")
    assert denial["stance"].value == "denies"
    assert denial["stance"].by == "the cue"
    assert denial["stance"].words is not None
    assert denial["stance"].words.text == "denied"
    _, hedged = explained(reader, "may have been shot")
    assert (hedged["certainty"].value, hedged["certainty"].by) == ("possible", "a hedge: may")


def test_numbers_dates_and_grounds_are_told_with_their_words(reader: ClaimReader) -> None:
    _, reasons = explained(reader, "at least 12")
    assert reasons["victims"].words is not None
    assert reasons["victims"].words.text == "at least 12 prisoners"
    assert reasons["said"].value == "2024-05-06 to 2024-05-06"
    assert reasons["basis"].words is not None
    assert reasons["basis"].words.text == "hospital records"


def test_the_documents_own_voice_says_that_nobody_else_speaks(reader: ClaimReader) -> None:
    ((_, reasons),) = reader.explain("Soldiers burned the mill at Brae on Monday.", DAY)
    (speaker,) = [reason for reason in reasons if reason.field == "speaker"]
    assert (speaker.value, speaker.words) == ("the document itself", None)
