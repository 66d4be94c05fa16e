"""Claims as W3C Web Annotations (Recommendation of 23 February 2017): each claim points at its very characters in the text that was read from an item.

A position counts code points, as the model asks and as our spans do; the quotation with what stands around it finds the same words in another copy of the text.
Items are named by their random ids: nothing here lets the owner of a file see that it is held.
"""

from __future__ import annotations

from witnessmark.model.decision import STATUS_WORDS
from witnessmark.model.span import Span
from witnessmark.model.view import HeldItem, ReadClaim
from witnessmark.publish.casebook import Casebook, stands
from witnessmark.publish.exports.naming import URN, claim_urn, item_urn, json_file, stated, who_says
from witnessmark.publish.visible import direction
from witnessmark.publish.words import POLARITY_WORDS, act_words

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

AROUND = 32
"""Characters before and after a quotation that tell it from the same words elsewhere."""


def web_annotations(book: Casebook) -> bytes:
    """An AnnotationCollection of one page: an annotation for each claim whose words stand in the text, in the order of the evidence."""
    found = [(read, held) for read in book.claims.values() if (held := book.item_of(read)) is not None and _stands(read, held)]
    page = {
        "id": f"{URN}annotations:1",
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": [_annotation(read, held, book) for read, held in found],
    }
    collection = {
        "@context": CONTEXT,
        "id": f"{URN}annotations",
        "type": "AnnotationCollection",
        "label": "Claims as they were read: what somebody is reported to have said, and nothing of what happened",
        "total": len(found),
        "first": page,
    }
    return json_file(collection, book)


def _stands(read: ReadClaim, held: HeldItem) -> bool:
    return held.document is not None and stands(read, held.document.text)


def _annotation(read: ReadClaim, held: HeldItem, book: Casebook) -> dict[str, object]:
    targets = [_target(span, held, book) for span in read.claim.content]
    made_by = {"creator": {"type": "Person"}} if read.as_read is None else {"generator": {"type": "Software", "name": read.reader}}
    return {
        "id": claim_urn(read),
        "type": "Annotation",
        "motivation": "describing",
        **made_by,
        "body": _bodies(read, book),
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _bodies(read: ReadClaim, book: Casebook) -> list[dict[str, object]]:
    claim = read.claim
    said = [f"Claim {read.number}, {who_says(read, book)}", f"Reading: {STATUS_WORDS[read.status]}"]
    if claim.polarity is not None:
        said.append(POLARITY_WORDS[claim.polarity])
    bodies: list[dict[str, object]] = [_body("describing", ". ".join(said) + ".")]
    if claim.act is not None:
        bodies.append(_body("tagging", f"alleged act: {act_words(claim.act)}"))
    bodies.append(_body("tagging", f"stance: {claim.stance.value}"))
    return bodies


def _body(purpose: str, value: str) -> dict[str, object]:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "language": "en", "value": value}


def _target(span: Span, held: HeldItem, book: Casebook) -> dict[str, object]:
    text, language = book.text(held), held.document.language if held.document else None
    quotation = {
        "type": "TextQuoteSelector",
        "exact": text[span.start : span.end],
        "prefix": text[max(0, span.start - AROUND) : span.start],
        "suffix": text[span.end : span.end + AROUND],
    }
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    source = stated(
        id=item_urn(held),
        type="Text",
        format="text/plain",
        language=language,
        textDirection=direction(language),
        **{"dcterms:identifier": held.item.number},
    )
    return {"type": "SpecificResource", "source": source, "selector": [quotation, position]}
