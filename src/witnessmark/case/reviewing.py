"""Review: which claims a person is to look at, in which order, and one of them in the text it was read from.

A person judges the reading, never the truth. What the learned reader was unsure of comes first, and more that looks doubtful can be asked for;
items marked graphic come last, so that nobody meets them unprepared at the top of a list.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.disposed import refuse_disposed
from witnessmark.case.search_question import named_sources
from witnessmark.case.telling import typed
from witnessmark.case.voices import called
from witnessmark.claims.doubts import ABSTAIN, Doubt, doubts_of
from witnessmark.errors import UsageError
from witnessmark.model.claim import Claim
from witnessmark.model.decision import Decision, Status
from witnessmark.model.document import Anchor, AnchorKind, Document
from witnessmark.model.item import Sensitivity
from witnessmark.model.ocr_names import OcrName, names_by_ocr
from witnessmark.store import queries, reviewing
from witnessmark.store.batches import batches
from witnessmark.store.database import Connection
from witnessmark.store.search import publishers as publishers_of

CONTEXT = 320
"""Characters of the document shown on either side of a claim."""

UNSURE = "unsure"
ANY = "any"


class Asked(msgspec.Struct, frozen=True):
    """Which claims to look at; None leaves a filter out. `doubt` is a `Doubt`, "unsure" or "any"; no `statuses` are all."""

    item: str | None = None
    source: str | None = None
    stance: str | None = None
    act: str | None = None
    doubt: str | None = None
    statuses: tuple[Status, ...] = (Status.PROPOSED,)


class Shown(msgspec.Struct, frozen=True):
    """One claim with all a person needs to judge how it was read. `context` is where the shown stretch of `text` begins and ends."""

    claim: Claim
    as_read: Claim | None
    number: str
    item: str
    name: str
    language: str | None
    publisher: str | None
    published: str | None
    part: str
    graphic: bool
    status: Status
    decisions: tuple[Decision, ...]
    doubts: tuple[Doubt, ...]
    answers: tuple[str, ...]
    text: str
    context: tuple[int, int]
    by_ocr: tuple[OcrName, ...] = ()


class ShownItem(msgspec.Struct, frozen=True):
    """The text of an item, for selecting words in it."""

    number: str
    name: str
    language: str | None
    text: str


def show_item(case: Case, number: str) -> ShownItem:
    """The text read from an item. Raises UsageError where the case has no such item, or nothing was read from it."""
    with case.asking() as connection:
        item = _item(connection, number)
        document = queries.document_of(connection, item)
        name = queries.receipts(connection, item)[item][0].name
    if document is None:
        raise UsageError(f"Nothing was read from {number.upper()} {name}. `witnessmark status {typed(case.folder.root)}` tells why.")
    return ShownItem(number.upper(), name, document.language, document.text)


def claims_to_review(case: Case, asked: Asked) -> list[str]:
    """The ids of the claims asked for, in the order to look at them. Raises UsageError where the item or source is not in the case."""
    with case.asking() as connection:
        item = _item(connection, asked.item) if asked.item else None
        statuses = (Status.UNSURE,) if asked.doubt == UNSURE else asked.statuses
        doubt = asked.doubt if asked.doubt != UNSURE else None
        fits = reviewing.Fits(item, statuses, asked.stance, asked.act, ABSTAIN)
        if not asked.source and not doubt:
            return reviewing.waiting_ids(connection, fits)
        rows = reviewing.waiting(connection, fits)
        if asked.source:
            rows = _of_source(connection, rows, asked.source)
        if doubt:
            rows = _doubtful(connection, rows, doubt)
    return [row.id for row in rows]


def show_claim(case: Case, claim_id: str) -> Shown:
    """One claim in its text. Raises UsageError where it is not read any more."""
    with case.asking() as connection:
        stored = queries.claim(connection, claim_id)
        document = queries.document_of(connection, stored.item) if stored else None
        if stored is None or document is None:
            raise UsageError("This claim is not read any more: its document was read anew without it, or its entry by hand was taken back.")
        claim, decisions = stored.claim, queries.decisions_on(connection, claim_id)
        answers = _answers(connection, claim, decisions)
        numbers = queries.numbers_of(connection, [stored.item, *answers])
        return Shown(
            claim=claim,
            as_read=queries.machine_readings(connection, [claim_id]).get(claim_id),
            number=f"C{stored.number}",
            item=numbers[stored.item],
            name=queries.receipts(connection, stored.item)[stored.item][0].name,
            language=document.language,
            publisher=document.publisher.value if document.publisher else None,
            published=document.published.value if document.published else None,
            part=_part(document, claim),
            graphic=_is_graphic(queries.decisions_on(connection, stored.item)),
            status=stored.status,
            decisions=tuple(decisions),
            doubts=doubts_of(claim, from_image=_from_image(document, claim), answers_something=bool(answers)),
            answers=tuple(numbers.get(about, about) for about in answers),
            text=document.text,
            context=_context(document.text, claim),
            by_ocr=names_by_ocr(claim, document),
        )


def _item(connection: Connection, number: str) -> str:
    refuse_disposed(connection, number)
    item = queries.subject_of(connection, number)
    if item is None or not number.upper().startswith("I"):
        raise UsageError(
            f"There is no item {number} in this case. Items have short numbers such as I3; `witnessmark status CASE --all` lists them."
        )
    return item


def _of_source(connection: Connection, rows: list[queries.ClaimRow], source: str) -> list[queries.ClaimRow]:
    """Claims whose speaker, or whose document's publisher, is named so; names are matched as search matches them."""
    publishers = publishers_of(connection)
    named = named_sources(connection, (source,), publishers) or frozenset()
    return [row for row in rows if called(row.source) in named or publishers.get(row.item) in named]


def _doubtful(connection: Connection, rows: list[queries.ClaimRow], doubt: str) -> list[queries.ClaimRow]:
    """Those of the rows that leave this in doubt, in the order they come in."""
    answering, decided = reviewing.answering(connection), reviewing.answers_decided(connection)
    by_picture = reviewing.items_with_pictures_read(connection)
    documents = {item: queries.document_of(connection, item) for item in by_picture & {row.item for row in rows}}
    found = []
    for some in batches(rows):
        claims = reviewing.claims_by_id(connection, [row.id for row in some])
        for row in some:
            claim, document = claims[row.id], documents.get(row.item)
            answers = bool(claim.answers) or (row.id in answering and row.id not in decided)
            doubts = doubts_of(claim, from_image=document is not None and _from_image(document, claim), answers_something=answers)
            if doubt in doubts or (doubt == ANY and doubts):
                found.append(row)
    return found


def _answers(connection: Connection, claim: Claim, decisions: list[Decision]) -> list[str]:
    """What the claim answers in its own document and what weighing set it beside; what a person decided of it counts alone."""
    if any(decision.field == "answers" for decision in decisions):
        return list(claim.answers)
    return list(dict.fromkeys([*claim.answers, *queries.answered_by(connection, claim.id)]))


def _is_graphic(decisions: Iterable[Decision]) -> bool:
    """Whether an item is marked graphic by the latest of its standing decisions."""
    graded = [decision.value for decision in decisions if decision.field == "sensitivity"]
    return bool(graded) and graded[-1] == Sensitivity.GRAPHIC


def _anchors_of(document: Document, claim: Claim) -> list[Anchor]:
    start, end = claim.content[0].start, claim.content[-1].end
    return [anchor for anchor in document.anchors if anchor.start < end and start < anchor.end]


def _from_image(document: Document, claim: Claim) -> bool:
    return any(anchor.kind is AnchorKind.IMAGE for anchor in _anchors_of(document, claim))


def _part(document: Document, claim: Claim) -> str:
    return next((f"{anchor.kind} {anchor.label}" for anchor in _anchors_of(document, claim)), "")


def _context(text: str, claim: Claim) -> tuple[int, int]:
    """The claim's spans with what is around them, cut at blank lines where there are any and else between words."""
    mention = claim.speaker.mention if claim.speaker else None
    near = [
        span
        for span in (*claim.content, *claim.cue, *((mention,) if mention else ()))
        if abs(span.start - claim.content[0].start) < 3 * CONTEXT
    ]
    first, last = min(span.start for span in near), max(span.end for span in near)
    before, after = text[max(first - CONTEXT, 0) : first], text[last : last + CONTEXT]
    if "\n\n" in before:
        before = before[before.rindex("\n\n") + 2 :]
    elif len(before) == CONTEXT:
        before = before.partition(" ")[2] or before
    if "\n\n" in after:
        after = after[: after.index("\n\n")]
    elif len(after) == CONTEXT:
        after = after.rpartition(" ")[0] or after
    return first - len(before), last + len(after)
