"""Translations: people decide which item translates which, and the paragraphs of the two are then aligned, by structure alone.

The translation's document is recorded anew, knowing its original and what stands where; its claims are read anew after that. A
decision that is undone, or an original that is read with another text, does the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.stages import split_stage, step_of
from witnessmark.case.telling import Tell, told
from witnessmark.errors import UsageError
from witnessmark.model.correction import NONE
from witnessmark.model.decision import Decision
from witnessmark.model.deed import DocumentRead
from witnessmark.model.document import Document, Origin, Translation
from witnessmark.store import queries
from witnessmark.text.aligning import METHOD, TooLongError, align

ALIGN, VERSION = split_stage(METHOD)
TRANSLATION_OF = "translation_of"


def align_translations(case: Case, *, tell: Tell = lambda _: None) -> int:
    """Align each translation that is new, or whose original was read anew or is another now; how many documents changed."""
    with case.asking() as connection:
        decided = [decision for decision in queries.decisions(connection) if decision.field == TRANSLATION_OF]
        if not decided:
            return 0
        originals = standing_originals(decided)
        documents = {stored.document.item: stored.document for stored in queries.documents(connection)}
        numbers = {
            item: label.number for item, label in queries.labels(connection).items() if item in documents or item in originals.values()
        }
    changed = [
        (document, original)
        for item, document in documents.items()
        if _key(document.translates) != _wanted(document, original := originals.get(item), documents, originals)
    ]
    for document, original in told(changed, "translations aligned", len(changed), tell):
        translates = None if original is None else _translation(document, original, documents, numbers, originals)
        step = step_of(ALIGN, VERSION, None, f"{document.id}:{original or ''}:{(translates and translates.text) or ''}")
        case.record([DocumentRead(step, msgspec.structs.replace(_as_read(document), translates=translates))])
    return len(changed)


def standing_originals(decisions: Iterable[Decision]) -> dict[str, str]:
    """The item each item is a translation of, by the latest decisions that stand."""
    latest = {d.subject: d.value for d in decisions if d.field == TRANSLATION_OF and not d.undone}
    return {item: original for item, original in latest.items() if original != NONE}


def refuse_circle(originals: Mapping[str, str], item: str, original: str) -> None:
    """Raise UsageError where `original` is the item itself, or a translation of it over any number of steps."""
    if item == original:
        raise UsageError("An item cannot be a translation of itself.")
    if is_circle({**originals, item: original}, item):
        raise UsageError(
            "The original named is itself a translation of this item. Undo that decision first, or name the item both were made from."
        )


def is_circle(originals: Mapping[str, str], item: str) -> bool:
    """Whether going from translation to original leads from `item` back to it."""
    seen: set[str] = set()
    at = originals.get(item)
    while at is not None and at != item and at not in seen:
        seen.add(at)
        at = originals.get(at)
    return at == item


_Key = tuple[str, str | None, str | None] | None
"""The original's item, its document and the hash of the text aligned with: where these are the same, nothing is to be done."""


def _key(translation: Translation | None) -> _Key:
    return (translation.item, translation.document, translation.text) if translation is not None else None


def _wanted(document: Document, original: str | None, documents: Mapping[str, Document], originals: Mapping[str, str]) -> _Key:
    if original is None:
        return None
    source = documents.get(original)
    text = None if source is None or is_circle(originals, document.item) else _hash(source.text)
    return original, source.id if source is not None else None, text


def _translation(
    document: Document, original: str, documents: Mapping[str, Document], numbers: Mapping[str, str], originals: Mapping[str, str]
) -> Translation:
    source = documents.get(original)
    if source is None:
        problem = f"It is a translation of {numbers[original]}, which could not be read, so no paragraph was aligned."
        return Translation(original, None, None, METHOD, problems=(problem,))
    if is_circle(originals, document.item):
        problem = f"By the decisions that stand it is a translation of {numbers[original]} and that one of it, so nothing was aligned. Undo one of them."
        return Translation(original, source.id, None, METHOD, problems=(problem,))
    text = _hash(source.text)
    problems = [_same_language(document, source, numbers[original])]
    try:
        aligned = align(source.text, document.text)
    except TooLongError as error:
        return Translation(original, source.id, text, METHOD, problems=(*filter(None, problems), f"Too long to be aligned ({error})."))
    if not aligned:
        problems.append(
            f"Its paragraphs have no sure place in {numbers[original]}: the two differ too much in structure, so nothing was aligned."
        )
    return Translation(original, source.id, text, METHOD, aligned, tuple(filter(None, problems)))


def _same_language(document: Document, source: Document, number: str) -> str:
    if document.language is None or document.language != source.language:
        return ""
    return f"It is decided to be a translation of {number}, but both seem to be in the same language ({document.language}). Check that decision."


def _as_read(document: Document) -> Document:
    """The document as its reader gave it: what was said of it on a receipt is not the reader's and is not recorded as such."""
    return msgspec.structs.replace(
        document,
        published=document.published if document.published and document.published.origin is not Origin.GIVEN else None,
        publisher=document.publisher if document.publisher and document.publisher.origin is not Origin.GIVEN else None,
    )


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
