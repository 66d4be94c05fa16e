"""What a person ordered to be hidden, held against the item: which words, at which places, on which pages, and what cannot be looked at."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.persons import standing_persons
from witnessmark.case.telling import typed
from witnessmark.case.viewing import held_items
from witnessmark.errors import UsageError
from witnessmark.model.document import AnchorKind, Document
from witnessmark.model.item import Item
from witnessmark.protect.leaks import Secret
from witnessmark.protect.redaction import Box, Form, Target, derives_from
from witnessmark.protect.redaction_text import Cut
from witnessmark.protect.spellings import occurrences, squeezed
from witnessmark.read import ReadParams, tools

FEWEST_LETTERS = 2


class Order(msgspec.Struct, frozen=True):
    """As typed: terms (with the pseudonym shown in their place, or none), spans of the document's text, boxes."""

    terms: tuple[Target, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    boxes: tuple[Box, ...] = ()


class Taken(msgspec.Struct, frozen=True):
    """The order for one item. `names` call the targets without their words; `targets` and `cuts` are the spans as words on pages and as characters.

    `secrets` must stand nowhere in the copy; `quotes` are the spans' words, which may stand elsewhere by right. `sealed` are the names of those under seal, which a
    text covers already and a page that is drawn from the original does not: they are hidden there unasked.
    """

    item: Item
    number: str
    document: Document | None
    terms: tuple[Target, ...]
    targets: tuple[Target, ...]
    cuts: tuple[Cut, ...]
    boxes: tuple[Box, ...]
    secrets: tuple[Secret, ...]
    quotes: tuple[Secret, ...]
    limits: tuple[str, ...]
    sealed: tuple[Target, ...] = ()

    @property
    def names(self) -> list[str]:
        """What to call each target in a message: the terms, then the spans."""
        return [*(secret.what for secret in self.secrets), *(f"the words of {quote.what}" for quote in self.quotes)]


def take(case: Case, number: str, order: Order, form: Form) -> Taken:
    """The order, fit for the item. Raises UsageError where it does not fit."""
    with case.asking() as connection:
        held = next((held for held in held_items(connection) if held.item.number == number.upper()), None)
        persons = standing_persons(connection)
    if held is None:
        raise UsageError(f"There is no item {number} in this case. `witnessmark status {typed(case.folder.root)} --all` lists them.")
    _refuse_unfit(held.item, held.document, order, form)
    for term in order.terms:
        _refuse_unfit_term(term)
    return Taken(
        item=held.item,
        number=held.item.number,
        document=held.document,
        terms=order.terms,
        targets=tuple(_on_pages(held.document, order.spans)),
        cuts=tuple(Cut(*span) for span in order.spans),
        boxes=order.boxes,
        secrets=tuple(Secret(f"term {place}", term.words) for place, term in enumerate(order.terms, 1)),
        quotes=_quotes(held.document, order.spans),
        limits=tuple(_limits(order, form)),
        sealed=tuple(
            Target(words)
            for person in persons
            if person.is_sealed
            for words in (person.name, *person.forms)
            if len(squeezed(words)) >= FEWEST_LETTERS
        ),
    )


def _refuse_unfit(item: Item, document: Document | None, order: Order, form: Form) -> None:
    number, pages = item.number, item.media_type == "application/pdf"
    pictures = item.media_type.startswith("image/")
    if not (order.terms or order.spans or order.boxes):
        raise UsageError("Nothing to hide was given. Add --term TEXT, --span START-END or --box PAGE:x,y,w,h.")
    if (form is Form.PDF and not (pages or pictures)) or (form in {Form.PNG, Form.JPEG} and not pictures):
        fitting = ".pdf, .txt or .html" if pages else ".txt or .html"
        raise UsageError(f"{number} is {item.media_type}: its redacted copy can end in {fitting}.")
    if document is None and (order.spans or form in {Form.TEXT, Form.HTML}):
        raise UsageError(
            f"{number} has no text: it was not read. A PDF or image can still be redacted with --term and --box into a .pdf or .png."
        )
    if order.boxes and form in {Form.TEXT, Form.HTML}:
        raise UsageError("A box hides a place on a page, and a text has none. Name the copy .pdf or .png, or leave --box out.")
    size = len(document.text) if document else 0
    beyond = next((span for span in order.spans if not 0 <= span[0] < span[1] <= size), None)
    if beyond is not None:
        raise UsageError(f"The span {beyond[0]}-{beyond[1]} is not inside the text of {number}, which has {size} characters.")


def _refuse_unfit_term(term: Target) -> None:
    if len(squeezed(term.words)) < FEWEST_LETTERS:
        raise UsageError(
            f"A term needs at least {FEWEST_LETTERS} letters or digits; one alone would hide half the text. Use --span for its places."
        )
    if term.shown is not None and derives_from(term.words, term.shown):
        raise UsageError(
            "A pseudonym shares letters with the name it stands for (a word of it, or its initials). Choose one that does not."
        )


def _quotes(document: Document | None, spans: Sequence[tuple[int, int]]) -> tuple[Secret, ...]:
    return tuple(Secret(f"span {start}-{end}", document.text[start:end]) for start, end in spans) if document else ()


def _on_pages(document: Document | None, spans: Sequence[tuple[int, int]]) -> list[Target]:
    """Each span as words on their page, counted among the same words there; a span across pages gives one for each."""
    if document is None:
        return []
    targets = []
    for start, end in spans:
        parts = [
            (max(start, a.start), min(end, a.end), a.start, a.end, a.label) for a in document.anchors if a.start < end and start < a.end
        ]
        for first, last, page_start, page_end, label in parts or [(start, end, 0, len(document.text), "")]:
            words = document.text[first:last]
            places = occurrences(document.text[page_start:page_end], words)
            nth = next((place for place, (at, to) in enumerate(places) if at <= first - page_start < to), None)
            numbered = label.isdigit() and any(a.kind in {AnchorKind.PAGE, AnchorKind.IMAGE} for a in document.anchors)
            if squeezed(words):
                targets.append(Target(words, page=int(label) if numbered else None, nth=nth, of=len(places)))
    return targets


def _limits(order: Order, form: Form) -> list[str]:
    if form in {Form.TEXT, Form.HTML}:
        return []
    said = [
        "Only text that a machine can read was looked for: handwriting, faces, signs at an angle and voices of place are for a person to find. Look at every page."
    ]
    if not ReadParams().can_ocr:
        install = next(tool.install for tool in tools() if tool.name == "tesseract")
        what = (
            "only the boxes given by hand and words of a text layer were hidden"
            if order.terms or order.spans
            else "only the boxes given by hand were applied"
        )
        said.append(
            f"Words in pictures were not looked for: OCR is not installed here, so {what}, and the copy was not checked by OCR. Install it with `{install}`."
        )
    return said
