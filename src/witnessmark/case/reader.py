"""The reader: an original's text, a part at a time, with the claims read in it beside it; and what it was translated from, or into, beside that.

Only what a page needs is asked of the database: the text, where the claims of the document stand, and the claims of one part whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.disposed import refuse_disposed
from witnessmark.case.lit_text import Block, Cell, Layer, Part, blocks_of, layers_of, part_at, parts_of, runs_of
from witnessmark.case.showing_originals import Look, showable
from witnessmark.case.translating import TRANSLATION_OF
from witnessmark.errors import UsageError
from witnessmark.model.claim import Claim
from witnessmark.model.decision import Status
from witnessmark.model.document import AnchorKind, Document
from witnessmark.publish.claim_fields import field_values
from witnessmark.store import queries, reviewing
from witnessmark.store.database import Connection

LONGEST_VALUE = 400
MOST_PROBLEMS = 30


class Field(msgspec.Struct, frozen=True):
    """A field of a claim in words; `machine` is what the program read, where a person put something else in its place."""

    label: str
    value: str
    machine: str | None = None


class Card(msgspec.Struct, frozen=True):
    """A claim as it is listed beside its text. `at` is where its words begin; `elsewhere` where they stand in the text beside this one."""

    number: str
    status: Status
    at: int
    fields: tuple[Field, ...]
    elsewhere: bool = False


class Beside(msgspec.Struct, frozen=True):
    """The item whose text stands beside this one: the original of a translation, or a translation."""

    number: str
    name: str
    language: str | None
    is_original: bool


class ReaderPage(msgspec.Struct, frozen=True):
    """One part of an item's text with its claims, of so many parts. `text` is False where nothing was read, or where it is graphic and nobody asked to see it;
    `veiled` where its picture is blurred until somebody does.
    """

    number: str
    name: str
    media_type: str
    made: str
    language: str | None
    publisher: str | None
    published: str | None
    title: str | None
    graphic: bool
    text: bool
    problems: tuple[str, ...]
    look: Look | None
    withheld: str
    veiled: bool
    part: Part
    of: int
    blocks: tuple[Block, ...]
    is_table: bool
    beside: Beside | None
    claims: tuple[Card, ...]
    in_all: int


class _Pair(msgspec.Struct, frozen=True):
    start: int
    end: int
    other_start: int
    other_end: int


class _Other(msgspec.Struct, frozen=True):
    document: Document
    pairs: tuple[_Pair, ...]
    is_original: bool


def item_seen(connection: Connection, number: str) -> str:
    """The item with a short number. Raises UsageError where the case has none."""
    refuse_disposed(connection, number)
    item = queries.subject_of(connection, number) if number.upper().startswith("I") else None
    if item is None:
        raise UsageError(f"There is no item {number[:40]!r} in this case.")
    return item


def open_reader(  # noqa: PLR0913 -- what of it is shown, and to whom
    case: Case,
    number: str,
    *,
    part: int | None = None,
    claim: str | None = None,
    page: int | None = None,
    opened: bool = False,
    trusted: bool = False,
) -> ReaderPage:
    """A part of an item's text: the one with this number, or with this claim or page, else the first.

    `opened` shows what is graphic, `trusted` are those who may see the originals of sealed items. Raises UsageError where there is no such item.
    """
    with case.asking() as connection:
        item = item_seen(connection, number)
        stored, receipt = queries.item(connection, item), queries.receipts(connection, item)[item][0]
        if stored is None:
            raise UsageError(f"There is no item {number[:40]!r} in this case.")
        document = queries.document_of(connection, item)
        graphic = item in reviewing.graphic_items(connection)
        sight = showable(connection, stored, document, trusted=trusted)
        shown = document is not None and (opened or not graphic)
        text = document if shown and document is not None else Document("", item, "", stored.media_type, "")
        placed = reviewing.placed_in(connection, item) if shown else []
        parts = parts_of(text, [one.content[0][0] for one in placed])
        at = _chosen(parts, placed, part, claim, page)
        other = _other(connection, text) if shown else None
        blocks, cards = _lit(connection, text, at, placed, other)
        return ReaderPage(
            number=number.upper(),
            name=receipt.name,
            media_type=stored.media_type,
            made=document.reader if document else "",
            language=document.language if document else None,
            publisher=document.publisher.value if document and document.publisher else None,
            published=document.published.value if document and document.published else None,
            title=document.title if shown and document else None,
            graphic=graphic,
            text=shown,
            problems=document.problems[:MOST_PROBLEMS] if document else (),
            look=sight.look,
            withheld=sight.withheld,
            veiled=not opened and (graphic or (sight.look is Look.PICTURE and reviewing.may_be_graphic(connection, item))),
            part=at,
            of=len(parts),
            blocks=tuple(blocks),
            is_table=bool(text.anchors) and all(anchor.kind is AnchorKind.ROW for anchor in text.anchors),
            beside=_named(connection, other),
            claims=tuple(cards),
            in_all=len(placed),
        )


def fields_of(claim: Claim, as_read: Claim | None) -> tuple[Field, ...]:
    """Each field that says something, in words, and what the program read where that was something else."""
    before = dict(field_values(as_read)) if as_read else {}
    return tuple(
        Field(label, clipped(value), clipped(before.get(label, "nothing")) if as_read is not None and before.get(label) != value else None)
        for label, value in field_values(claim)
    )


def clipped(value: str) -> str:
    """A value in one line of bounded length."""
    line = " ".join(value.split())
    return line if len(line) <= LONGEST_VALUE else line[: LONGEST_VALUE - 1] + "…"


def original_of(connection: Connection, claim: Claim, document: Document) -> tuple[Beside, Cell] | None:
    """The stretch of the original that a claim read in a translation stands for; None where there is none, or its place is not sure."""
    other = _other(connection, document)
    place = claim.original
    if other is None or not other.is_original or place is None or place.document != other.document.id:
        return None
    named = _named(connection, other)
    return (named, tuple(runs_of(other.document.text, place.start, place.end, ()))) if named else None


def _chosen(parts: Sequence[Part], placed: Sequence[reviewing.Placed], part: int | None, claim: str | None, page: int | None) -> Part:
    if claim is not None:
        at = next((one.content[0][0] for one in placed if f"C{one.number}" == claim.upper()), None)
        if at is not None:
            return part_at(parts, at)
    if page is not None:
        return next((one for one in parts if one.page == page), parts[0])
    return parts[min(max(part or 1, 1), len(parts)) - 1]


def _lit(
    connection: Connection, document: Document, at: Part, placed: Sequence[reviewing.Placed], other: _Other | None
) -> tuple[list[Block], list[Card]]:
    """The blocks of a part, each with what stands beside it, and the cards of the claims that begin in it."""
    here = [one for one in placed if any(start < at.end and at.start < end for start, end in one.content)]
    claims = reviewing.claims_by_id(connection, [one.id for one in here])
    layers = [layer for one in here for layer in layers_of(claims[one.id], f"C{one.number}", document.text)]
    beginning = [one for one in here if at.start <= one.content[0][0] < at.end]
    cards = _cards(connection, beginning, claims)
    if other is None:
        return blocks_of(document, at.start, at.end, layers), cards
    pairs = [pair for pair in other.pairs if pair.start < at.end and at.start < pair.end]
    there = _claims_beside(connection, other, pairs)
    bodies = reviewing.claims_by_id(connection, [one.id for one in there])
    theirs = [layer for one in there for layer in layers_of(bodies[one.id], f"C{one.number}", other.document.text)]
    if not other.is_original:
        layers += _in_original(document, there, bodies)
        cards += _cards(connection, there, bodies, elsewhere=True)
    cuts = [edge for pair in pairs for edge in (pair.start, pair.end)]
    blocks = [_with_beside(block, pairs, other.document, theirs) for block in blocks_of(document, at.start, at.end, layers, cuts)]
    return blocks, cards


def _cards(connection: Connection, placed: Sequence[reviewing.Placed], claims: dict[str, Claim], *, elsewhere: bool = False) -> list[Card]:
    read = queries.machine_readings(connection, [one.id for one in placed])
    return [Card(f"C{one.number}", one.status, one.content[0][0], fields_of(claims[one.id], read.get(one.id)), elsewhere) for one in placed]


def _claims_beside(connection: Connection, other: _Other, pairs: Sequence[_Pair]) -> list[reviewing.Placed]:
    reach = [(pair.other_start, pair.other_end) for pair in pairs]
    return [
        one for one in reviewing.placed_in(connection, other.document.item) if any(start <= one.content[0][0] < end for start, end in reach)
    ]


def _in_original(document: Document, placed: Iterable[reviewing.Placed], claims: dict[str, Claim]) -> list[Layer]:
    """Claims read in the translation, at the stretch of the original each stands for."""
    return [
        Layer(place.start, place.end, "content", f"C{one.number}", first=True)
        for one in placed
        if (place := claims[one.id].original) is not None and place.document == document.id
    ]


def _with_beside(block: Block, pairs: Iterable[_Pair], document: Document, layers: Iterable[Layer]) -> Block:
    first = next((run.at for cell in block.cells for run in cell), None)
    pair = next((pair for pair in pairs if pair.start == first), None)
    if pair is None:
        return block
    return msgspec.structs.replace(block, beside=tuple(runs_of(document.text, pair.other_start, pair.other_end, layers)))


def _other(connection: Connection, document: Document) -> _Other | None:
    """The text to show beside this one, laid beside it as the two stand now."""
    made = document.translates
    if made is not None and made.aligned:
        original = queries.document_of(connection, made.item)
        if original is not None and (original.id, _hash(original.text)) == (made.document, made.text):
            pairs = tuple(_Pair(one.start, one.end, one.original_start, one.original_end) for one in made.aligned)
            return _Other(original, pairs, is_original=True)
        return None
    for item in reviewing.subjects_decided(connection, TRANSLATION_OF, document.item):
        translation = queries.document_of(connection, item)
        made = translation.translates if translation else None
        if translation and made and made.item == document.item and (made.document, made.text) == (document.id, _hash(document.text)):
            pairs = tuple(_Pair(one.original_start, one.original_end, one.start, one.end) for one in made.aligned)
            return _Other(translation, pairs, is_original=False)
    return None


def _named(connection: Connection, other: _Other | None) -> Beside | None:
    if other is None:
        return None
    item = other.document.item
    number = queries.numbers_of(connection, [item])[item]
    return Beside(number, queries.receipts(connection, item)[item][0].name, other.document.language, other.is_original)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
