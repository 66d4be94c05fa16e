"""Names in a claim that OCR read in a picture: a machine's guess, which is nobody's name until a person has compared it with the picture."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from witnessmark.model.claim import Claim
from witnessmark.model.document import Document, least_sure


class OcrName(msgspec.Struct, frozen=True):
    """A name as it stands in the text, and the confidence (0 to 100) of the word in it that OCR was least sure of."""

    text: str
    confidence: float


def names_by_ocr(claim: Claim, document: Document) -> tuple[OcrName, ...]:
    """The words by which the claim names its speaker, its parties and whom it is addressed to, as far as OCR read them; empty for a text that is none of OCR's."""
    if not document.guesses:
        return ()
    found: dict[str, float] = {}
    for start, end, text in _names(claim):
        sure = least_sure(document, start, end)
        if sure is not None:
            found[text] = min(sure, found.get(text, sure))
    return tuple(OcrName(text, sure) for text, sure in found.items())


def _names(claim: Claim) -> Iterator[tuple[int, int, str]]:
    if claim.speaker is not None and claim.speaker.mention is not None:
        yield claim.speaker.mention.start, claim.speaker.mention.end, claim.speaker.mention.text
    for party in claim.parties:
        yield party.start, party.end, party.text
    if claim.addressee is not None:
        yield claim.addressee.start, claim.addressee.end, claim.addressee.text
