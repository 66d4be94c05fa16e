"""The blocks a section is built of. Each is made of sentences, or of rows and cards that carry citations of their own.

There is no block for free text: what a section can say, it can only say with a citation (`cited_units`), and a
section that yields anything else is refused.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from witnessmark.publish.chart import Drawing
from witnessmark.publish.citation import Citation
from witnessmark.publish.map_drawing import MapDrawing
from witnessmark.publish.plot import Plot
from witnessmark.publish.prose import Inline, Sentence, plain


class Heading(msgspec.Struct, frozen=True):
    """A heading inside a section; `level` is 3 or 4."""

    sentence: Sentence
    level: int = 3
    anchor: str | None = None


class Paragraph(msgspec.Struct, frozen=True):
    """Sentences that belong together."""

    sentences: tuple[Sentence, ...]


class Bullets(msgspec.Struct, frozen=True):
    """Sentences, one a line."""

    sentences: tuple[Sentence, ...]


class Row(msgspec.Struct, frozen=True):
    """One row of a table, resting on its citations; `tone` as a card's."""

    cells: tuple[Inline, ...]
    citations: tuple[Citation, ...]
    anchor: str | None = None
    tone: str | None = None


class Table(msgspec.Struct, frozen=True):
    """Rows under named columns; one column more than the cells shows the citations. `folded` shows it only when opened, `kind` styles it."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    folded: bool = False
    kind: str | None = None


class Fact(msgspec.Struct, frozen=True):
    """A labelled line of a card; `was` says what stood there before a person corrected it."""

    label: str
    value: Inline
    anchor: str | None = None
    was: Inline = ()


class Statement(msgspec.Struct, frozen=True):
    """What was said. `own_words` only where the document quotes the speaker; otherwise `note` says whose words these are."""

    text: str
    own_words: bool
    language: str | None
    note: str


class Run(msgspec.Struct, frozen=True):
    """A stretch of a document's text with the same spans on all of it. `starts` are the anchors of claims that begin here."""

    text: str
    content: bool = False
    cue: bool = False
    speaker: bool = False
    starts: tuple[Start, ...] = ()
    label: str | None = None


class Start(msgspec.Struct, frozen=True):
    """A claim that begins at a run: the anchor of the mark, and the claim it leads back to."""

    anchor: str
    claim: Citation


class Excerpt(msgspec.Struct, frozen=True):
    """The quoted span in its surroundings; `anchor` is the same place in the whole document."""

    runs: tuple[Run, ...]
    language: str | None
    anchor: str
    source: Inline


class Card(msgspec.Struct, frozen=True):
    """One record laid out: a headline, what was said, where it stands, and labelled facts, all resting on `citations`."""

    title: Inline
    citations: tuple[Citation, ...]
    facts: tuple[Fact, ...] = ()
    statement: Statement | None = None
    excerpt: Excerpt | None = None
    anchor: str | None = None
    level: int = 4
    tone: str = "plain"
    chip: str | None = None


class Beside(msgspec.Struct, frozen=True):
    """Two columns that answer each other, left and right; `missing` and `unanswered` say that the left or the right one is empty."""

    left_label: str
    left: tuple[Card, ...]
    right_label: str
    right: tuple[Card, ...]
    citations: tuple[Citation, ...]
    missing: str = ""
    unanswered: str = ""


class Figure(msgspec.Struct, frozen=True):
    """A drawing with its words: `title` and `description` for who cannot see it; the section puts the same data in a table.

    `narrow` is the same for a phone; `notes` are sentences of ours on how to read it, resting on the same citations.
    """

    title: str
    description: str
    notes: str
    drawing: Drawing
    narrow: Drawing
    citations: tuple[Citation, ...]


class Map(msgspec.Struct, frozen=True):
    """A map with its words, as a figure is: `caption` says how to read it, the section puts the same places in a table."""

    title: str
    description: str
    caption: str
    drawing: MapDrawing
    citations: tuple[Citation, ...]


class Diagram(msgspec.Struct, frozen=True):
    """A statistical drawing with its words, as a figure is: `caption` says how to read it, the section puts the same numbers in a table."""

    title: str
    description: str
    caption: str
    drawing: Plot
    narrow: Plot
    citations: tuple[Citation, ...]


class Picture(msgspec.Struct, frozen=True):
    """A picture that is a file of the dossier, with others like it (`twins`: words and file) that stand beside it without a mark on them."""

    title: str
    caption: str
    file: str
    twins: tuple[tuple[str, str], ...]
    citations: tuple[Citation, ...]


class PictureSide(msgspec.Struct, frozen=True):
    """One of two pictures: what it is, `title` for who cannot see it, and its file; None where it is not shown, and then `why`."""

    words: Inline
    title: str
    file: str | None
    why: str


class PicturePair(msgspec.Struct, frozen=True):
    """Two pictures beside each other; `outline` is where the corners of the first lie in the second, as shares of its width and height."""

    title: str
    sides: tuple[PictureSide, ...]
    outline: tuple[tuple[float, float], ...]
    caption: str
    citations: tuple[Citation, ...]


class Passage(msgspec.Struct, frozen=True):
    """A stretch of a document's text as it stands, with spans lit."""

    runs: tuple[Run, ...]
    language: str | None
    citations: tuple[Citation, ...]


class GridRow(msgspec.Struct, frozen=True):
    """A row of a preserved table: its `label` in the original, and its cells with spans lit."""

    label: str
    cells: tuple[tuple[Run, ...], ...]


class Grid(msgspec.Struct, frozen=True):
    """Rows of a preserved table as they stand, each resting on `citations`."""

    caption: str
    rows: tuple[GridRow, ...]
    language: str | None
    citations: tuple[Citation, ...]


class Pair(msgspec.Struct, frozen=True):
    """A stretch of an original and what translates it; `note` says, in our words, why one of the two is empty."""

    original: tuple[Run, ...]
    translation: tuple[Run, ...]
    note: str = ""


class Parallel(msgspec.Struct, frozen=True):
    """An original and its translation in two columns, stretch by stretch, both as they stand; `languages` are those of the two, in that order."""

    caption: str
    rows: tuple[Pair, ...]
    languages: tuple[str | None, str | None]
    citations: tuple[Citation, ...]


class NewPage(msgspec.Struct, frozen=True):
    """What follows stands on pages of its own; `slug` names the file and the anchor of its first heading, `title` the page."""

    slug: str
    title: str


Block = (
    Heading
    | Paragraph
    | Bullets
    | Table
    | Card
    | Beside
    | Figure
    | Map
    | Diagram
    | Picture
    | PicturePair
    | Passage
    | Grid
    | Parallel
    | NewPage
)


def cited_units(block: Block) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    """Each thing in `block` that must rest on evidence: its words, and its citations."""
    match block:
        case Heading():
            yield plain(block.sentence.parts), block.sentence.citations
        case Paragraph() | Bullets():
            yield from ((plain(each.parts), each.citations) for each in block.sentences)
        case Table():
            yield from ((" | ".join(map(plain, row.cells)), row.citations) for row in block.rows)
        case Card():
            yield plain(block.title), block.citations
        case Beside():
            yield f"{block.left_label} / {block.right_label}", block.citations
            yield from ((plain(card.title), card.citations) for card in block.left + block.right)
        case Figure() | Map() | Diagram() | Picture() | PicturePair():
            yield block.title, block.citations
            yield from _drawn(block)
        case Passage():
            yield "".join(run.text for run in block.runs)[:80], block.citations
        case Grid() | Parallel():
            yield block.caption, block.citations
        case NewPage():
            return


def _drawn(block: Figure | Map | Diagram | Picture | PicturePair) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    """Each mark of a drawing: its words, and what it rests on."""
    if isinstance(block, Figure):
        yield from ((row.label, (row.citation,)) for row in block.drawing.rows)
    if not isinstance(block, Map):
        return
    yield from ((mark.words, (mark.citation,)) for mark in block.drawing.marks)
    yield from ((tint.words, (tint.citation,)) for tint in block.drawing.tints)
