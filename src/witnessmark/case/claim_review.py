"""One claim with all that a person needs to judge how it was read: its words in the text, each field in words, what is in doubt, and who decided what of it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.correcting import CORRECTIONS
from witnessmark.case.lit_text import Cell, layers_of, runs_of
from witnessmark.case.reader import Beside, Field, clipped, fields_of, original_of
from witnessmark.case.review_words import HOW
from witnessmark.case.reviewing import Shown, show_claim
from witnessmark.case.showing_originals import Look, Showable, showable
from witnessmark.claims.doubts import DOUBT_WORDS
from witnessmark.model.correction import CORRECTABLE, is_optional, words_of
from witnessmark.model.decision import Decision, Status
from witnessmark.model.ocr_names import OcrName
from witnessmark.publish.claim_fields import decided_words
from witnessmark.store import queries, reviewing

AROUND = 900
"""Characters of the text shown before and after what the claim's own paragraph holds."""
MOST_DECISIONS = 60


class Decided(msgspec.Struct, frozen=True):
    """A standing decision on the claim: of which field, the value in words, why, by whose key and when. `field` is "claim" where it was added by hand."""

    id: str
    field: str
    value: str
    why: str
    by: str
    at: str


class Edit(msgspec.Struct, frozen=True):
    """How a field is corrected: what it holds now, the values to choose from (none: words are typed), and how they are typed."""

    field: str
    now: str
    options: tuple[str, ...]
    how: str


class ClaimReview(msgspec.Struct, frozen=True):
    """A claim to judge. `text` is False where its item is graphic and nobody asked to see it; then nothing of what it says is here."""

    number: str
    status: Status
    item: str
    name: str
    language: str | None
    publisher: str | None
    published: str | None
    part: str
    page: int | None
    graphic: bool
    text: bool
    runs: Cell = ()
    cut: tuple[bool, bool] = (False, False)
    original: Beside | None = None
    original_runs: Cell = ()
    fields: tuple[Field, ...] = ()
    by_hand: bool = False
    answers: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    by_ocr: tuple[OcrName, ...] = ()
    decided: tuple[Decided, ...] = ()
    edits: tuple[Edit, ...] = ()
    look: Look | None = None
    withheld: str = ""


class Line(msgspec.Struct, frozen=True):
    """A claim in a list of those to look at; of a graphic item nothing of what it says."""

    number: str
    status: Status
    item: str
    words: str
    source: str
    stance: str
    act: str
    graphic: bool


def review_of(case: Case, claim_id: str, *, opened: bool, trusted: bool) -> ClaimReview:
    """One claim; `opened` shows it though its item is graphic, `trusted` are those who may see the originals of sealed items. Raises UsageError."""
    shown = show_claim(case, claim_id)
    page = int(shown.part.removeprefix("page ")) if shown.part.removeprefix("page ").isdecimal() else None
    head = ClaimReview(
        shown.number,
        shown.status,
        shown.item,
        shown.name,
        shown.language,
        shown.publisher,
        shown.published,
        shown.part,
        page,
        shown.graphic,
        text=opened or not shown.graphic,
    )
    if not head.text:
        return head
    with case.asking() as connection:
        item = queries.subject_of(connection, shown.item)
        document = queries.document_of(connection, item) if item else None
        stored = queries.item(connection, item) if item else None
        sight = showable(connection, stored, document, trusted=trusted) if stored else Showable()
        original = original_of(connection, shown.claim, document) if document else None
    start, end = _around(shown.text, *shown.context)
    fields = fields_of(shown.claim, shown.as_read)
    return msgspec.structs.replace(
        head,
        runs=tuple(runs_of(shown.text, start, end, layers_of(shown.claim, shown.number, shown.text))),
        cut=(start > 0, end < len(shown.text)),
        original=original[0] if original else None,
        original_runs=original[1] if original else (),
        fields=fields,
        by_hand=shown.as_read is None,
        answers=shown.answers,
        doubts=tuple(DOUBT_WORDS[doubt] for doubt in shown.doubts),
        by_ocr=shown.by_ocr,
        decided=tuple(map(_decided, shown.decisions[-MOST_DECISIONS:])),
        edits=tuple(_edit(field, fields, shown) for field in CORRECTIONS),
        look=sight.look,
        withheld=sight.withheld,
    )


def lines_of(case: Case, ids: Sequence[str]) -> tuple[Line, ...]:
    """The claims with these ids as a list shows them, in the order given; those that are not read any more are left out."""
    with case.asking() as connection:
        rows = reviewing.rows_of(connection, ids)
        claims = reviewing.claims_by_id(connection, ids)
        graphic = reviewing.graphic_items(connection)
        numbers = queries.numbers_of(connection, sorted({row.item for row in rows.values()}))
    found = []
    for claim_id in ids:
        row, claim = rows.get(claim_id), claims.get(claim_id)
        if row is not None and claim is not None:
            hidden = row.item in graphic
            found.append(
                Line(
                    f"C{row.number}",
                    row.status,
                    numbers[row.item],
                    "" if hidden else clipped(claim.quote),
                    "" if hidden else row.source or "",
                    claim.stance.value,
                    claim.act.value if claim.act else "",
                    hidden,
                )
            )
    return tuple(found)


def numbers_of(case: Case, ids: Sequence[str]) -> list[str]:
    """The short numbers of claims, in the order given."""
    with case.asking() as connection:
        numbers = queries.numbers_of(connection, ids)
    return [numbers[one] for one in ids if one in numbers]


def _around(text: str, first: int, last: int) -> tuple[int, int]:
    """What is shown around the claim's own paragraph: whole paragraphs as far as there are any, else whole words."""
    start, end = max(first - AROUND, 0), min(last + AROUND, len(text))
    if start > 0:
        blank = text.find("\n\n", start, first)
        space = text.find(" ", start, first)
        start = blank + 2 if blank >= 0 else space + 1 if space >= 0 else start
    if end < len(text):
        blank = text.rfind("\n\n", last, end)
        space = text.rfind(" ", last, end)
        end = blank if blank >= 0 else space if space >= 0 else end
    return start, end


def _decided(decision: Decision) -> Decided:
    return Decided(decision.id, decision.field, clipped(decided_words(decision)), clipped(decision.why), decision.by, decision.at)


_SHOWN_UNDER = {"content": "words"}
"""Fields whose value stands under another name."""


def _edit(field: str, fields: Sequence[Field], shown: Shown) -> Edit:
    words = words_of(field) if field in CORRECTABLE else None
    if words is None:
        now = next((one.value for one in fields if one.label == _SHOWN_UNDER.get(field, field)), "")
        return Edit(field, ", ".join(shown.answers) if field == "answers" else now, (), HOW[field])
    value = getattr(shown.claim, field)
    options = (*(word.value for word in words), *(("none",) if is_optional(field) else ()))
    return Edit(field, value.value if value is not None else "none", options, "")
