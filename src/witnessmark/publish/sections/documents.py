"""Documents: the text of each, as it stands, with every claim's spans lit; on pages of their own.

A translation stands beside its original, paragraph by paragraph. A document too long to be read whole on pages is shown around its claims only, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.model.document import Anchor, AnchorKind, Document
from witnessmark.model.view import HeldItem
from witnessmark.publish.attribution import LONGEST_PHRASE, published_by, short_name
from witnessmark.publish.block import Block, Grid, GridRow, NewPage, Paragraph, Passage, Row, Run, Start, Table
from witnessmark.publish.casebook import Casebook, document_anchor, mark_anchor
from witnessmark.publish.citation import of_claim, of_item
from witnessmark.publish.coarse import told
from witnessmark.publish.excerpt import Layer, chunks, layers_of, lit
from witnessmark.publish.guards import GUARDED
from witnessmark.publish.prose import Given, Inline, Ref, Sentence, clip, sentence
from witnessmark.publish.translations import capitalised, made_of, original_beside, side_by_side, translator_line
from witnessmark.publish.words import counted

WHOLE = 400_000
"""Characters up to which a document is shown whole."""

AROUND = 1_500
"""Characters shown before and after the claims of a longer one."""

CELL_JOIN = " | "
"""What the reader of tables puts between the cells of a row."""

MOST_TRANSLATIONS = 20
"""Translations of a document that its page leads to."""

MOST_FIELDS = 80
"""Fields of a file's own metadata that are shown."""

LONGEST_VALUE = 400

LEGEND = "In the text, yellow is what is claimed, an underline marks who says it, and a dotted underline the word of saying."

_LABELLED = frozenset({AnchorKind.PAGE, AnchorKind.PART, AnchorKind.IMAGE})


class Documents:
    """One page (or a row of pages) a document."""

    slug = "documents"
    title = "Documents"
    noun = "document"

    def blocks(self, casebook: Casebook) -> Iterator[Block]:
        """For each document a new page, a heading, what was read with doubt, and its text."""
        for held in casebook.view.items:
            if held.document is not None:
                yield from _document(held, casebook)

    def digest(self, casebook: Casebook) -> Iterator[Block]:  # noqa: ARG002 -- every page of it is listed
        """Nothing but the list of its pages."""
        return iter(())


def _document(held: HeldItem, casebook: Casebook) -> Iterator[Block]:
    document = held.document
    if document is None:
        return
    title = clip(document.title or held.item.name, LONGEST_PHRASE)
    marked = f" ({held.item.protection.value})" if held.item.protection in GUARDED else ""
    yield NewPage(document_anchor(held), f"{held.item.number}{marked}: {title}")
    yield Paragraph(tuple(_notes(held, casebook)))
    if casebook.claims_of(held):
        yield Paragraph((sentence(LEGEND, cites=(of_item(held),)),))
    if document.metadata:
        yield _says_of_itself(held)
    text = casebook.text(held)
    layers = _layers(held, casebook)
    if _is_table(document) and len(text) <= WHOLE:
        yield _grid(held, text, layers)
        return
    labels = tuple(anchor for anchor in document.anchors if anchor.kind in _LABELLED)
    original = original_beside(held, casebook)
    if original is not None and max(len(text), len(casebook.text(original))) <= WHOLE:
        yield side_by_side(held, original, casebook, layers, labels)
        return
    for start, end in _windows(text, layers):
        yield from _passages(held, text, (start, end), layers, labels)


def _notes(held: HeldItem, casebook: Casebook) -> Iterator[Sentence]:
    cites = (of_item(held),)
    number = counted(len(casebook.claims_of(held)), "claim")
    name: Inline = ("The text read from ", short_name(held.item), ", ", *published_by(held))
    yield sentence(*name, f"; {number} lit in it.", cites=cites)
    yield from _translation(held, casebook)
    yield from (
        sentence(*made_of(each), cites=(of_item(held), of_item(each))) for each in casebook.translations_of(held)[:MOST_TRANSLATIONS]
    )
    length = len(held.document.text) if held.document else 0
    if length > WHOLE:
        yield sentence(f"It has {length:,} characters: only what stands around its claims is shown here.", cites=cites)
    for problem in held.document.problems[:50] if held.document else ():
        yield sentence(Given(clip(problem, 400)), cites=cites)


def _translation(held: HeldItem, casebook: Casebook) -> Iterator[Sentence]:
    """Of what it is a translation, and how far the two were laid beside each other."""
    made = held.document.translates if held.document else None
    original = casebook.items.get(made.item) if made else None
    if made is None or original is None:
        return
    number = counted(len(made.aligned), "stretch", "stretches")
    cites = (of_item(held), of_item(original))
    yield sentence(
        "It is a translation of ",
        Ref(of_item(original)),
        " ",
        short_name(original.item),
        f"; {number} of it laid beside the original.",
        cites=cites,
    )
    yield sentence(*capitalised(translator_line(held.item)), ".", cites=(of_item(held),))
    for problem in made.problems[:20]:
        yield sentence(Given(clip(problem, 400)), cites=cites)


def _says_of_itself(held: HeldItem) -> Table:
    """What the file's own fields say: as written, but for positions, which are coarse."""
    fields = list(told(held.document.metadata if held.document else {}))
    rows = tuple(
        Row(((Given(clip(key, LONGEST_PHRASE)),), (Given(clip(value, LONGEST_VALUE)),)), (of_item(held),))
        for key, value in fields[:MOST_FIELDS]
    )
    more = f" ({counted(len(fields) - MOST_FIELDS, 'field')} more not shown)" if len(fields) > MOST_FIELDS else ""
    return Table(f"What the file says of itself, as its maker or its program wrote it{more}", ("Field", "Value", "Item"), rows, folded=True)


def _layers(held: HeldItem, casebook: Casebook) -> list[Layer]:
    text = held.document.text if held.document else ""
    reads = casebook.claims_of(held)
    return [layer for read in reads for layer in layers_of(read, text, Start(mark_anchor(read), of_claim(read)))]


def _is_table(document: Document) -> bool:
    """Whether the document was read row by row, from a table."""
    return bool(document.anchors) and all(anchor.kind is AnchorKind.ROW for anchor in document.anchors)


def _grid(held: HeldItem, text: str, layers: list[Layer]) -> Grid:
    """The rows as they stand, cut where the reader joined the cells."""
    anchors = held.document.anchors if held.document else ()
    rows = tuple(GridRow(anchor.label.rpartition(" ")[2], tuple(_cells(text, anchor, layers))) for anchor in anchors)
    return Grid("The table as it was read, row by row", rows, held.document.language if held.document else None, (of_item(held),))


def _cells(text: str, row: Anchor, layers: list[Layer]) -> Iterator[tuple[Run, ...]]:
    start = row.start
    while start <= row.end:
        at = text.find(CELL_JOIN, start, row.end)
        end = row.end if at < 0 else at
        yield tuple(lit(text, start, end, layers)) if end > start else ()
        start = end + len(CELL_JOIN) if at >= 0 else row.end + 1


def _windows(text: str, layers: list[Layer]) -> list[tuple[int, int]]:
    """What is shown: everything, or in a long document the beginning and the surroundings of each claim."""
    if len(text) <= WHOLE:
        return [(0, len(text))] if text else []
    windows = [(0, AROUND)]
    for layer in sorted(layers, key=lambda each: each.start):
        start, end = max(0, layer.start - AROUND), min(len(text), layer.end + AROUND)
        if start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(windows[-1][1], end))
        else:
            windows.append((start, end))
    return windows


def _passages(held: HeldItem, text: str, window: tuple[int, int], layers: list[Layer], labels: tuple[Anchor, ...]) -> Iterator[Passage]:
    language = held.document.language if held.document else None
    for start, end in chunks(text, *window):
        yield Passage(tuple(lit(text, start, end, layers, labels)), language, (of_item(held),))
