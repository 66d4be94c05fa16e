"""A document's text in parts short enough for one page, cut into blocks, cells and runs with the claims that stand on each.

Offsets are code points of the document's text; no character of it is changed, and the runs of a block put together are the block.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec

from witnessmark.model.claim import Claim
from witnessmark.model.document import Anchor, AnchorKind, Document

MOST_CHARACTERS = 12_000
"""Characters of one part: some four screens."""
MOST_CLAIMS = 60
"""Claims that begin in one part."""
CELL_JOIN = " | "
"""What the reader of tables puts between the cells of a row."""

_OWN_BLOCK = frozenset({AnchorKind.ROW, AnchorKind.PARAGRAPH, AnchorKind.PART})


class Part(msgspec.Struct, frozen=True):
    """From where to where one part of a text reaches. `label` says which page or row it begins with; empty where the text has neither."""

    number: int
    start: int
    end: int
    label: str = ""
    page: int | None = None


class Run(msgspec.Struct, frozen=True):
    """A stretch that begins at `at` with the same on all of it: the claims whose words these are, by number, and whether somebody is named as their
    speaker, or a word of saying stands there.
    """

    at: int
    text: str
    claims: tuple[str, ...] = ()
    speaker: bool = False
    cue: bool = False
    begins: tuple[str, ...] = ()


Cell = tuple[Run, ...]


class Block(msgspec.Struct, frozen=True):
    """A paragraph, message or row, in one cell or several. `beside` is what stands in its place in a translation or the original of one."""

    label: str
    cells: tuple[Cell, ...]
    beside: Cell = ()


class Layer(msgspec.Struct, frozen=True):
    """A stretch to mark: `claim` is the number of the claim whose words it is, None where it is a `kind` "speaker" or "cue"."""

    start: int
    end: int
    kind: str
    claim: str | None = None
    first: bool = False


def parts_of(document: Document, starts: Sequence[int]) -> list[Part]:
    """The parts of a text: a page of a paged document is one, unless it is long. `starts` says where claims begin, in rising order."""
    bounds = _pages(document) or [(0, len(document.text), "", None)]
    parts: list[Part] = []
    for start, end, label, page in bounds:
        for first, last in _stretches(document.text, start, end, starts):
            parts.append(Part(len(parts) + 1, first, last, label or _row_label(document, first), page))
    return parts or [Part(1, 0, 0)]


def part_at(parts: Sequence[Part], at: int) -> Part:
    """The part in which a place of the text stands."""
    return parts[max(bisect_right(parts, at, key=lambda part: part.start) - 1, 0)]


def blocks_of(document: Document, start: int, end: int, layers: Iterable[Layer], cuts: Iterable[int] = ()) -> list[Block]:
    """The text from `start` to `end` in blocks as the document is built, cut at `cuts` besides."""
    inside = [layer for layer in layers if layer.start < end and start < layer.end]
    labels = {anchor.start: anchor for anchor in document.anchors if anchor.kind in _OWN_BLOCK and start <= anchor.start < end}
    edges = sorted({start, end, *labels, *(cut for cut in cuts if start < cut < end)})
    found = []
    for first, last in pairwise(edges):
        anchor = labels.get(first)
        runs = tuple(_cells(document.text, first, last, inside, anchor))
        if any(run.text.strip() for cell in runs for run in cell):
            found.append(Block(_shown_label(anchor), runs))
    return found


def layers_of(claim: Claim, number: str, text: str) -> list[Layer]:
    """Where a claim's words, its speaker and its word of saying stand, as far as the text has them there."""
    if not all(span.holds_in(text) for span in claim.content):
        return []
    layers = [Layer(span.start, span.end, "content", number, place == 0) for place, span in enumerate(claim.content)]
    layers += [Layer(span.start, span.end, "cue") for span in claim.cue if span.holds_in(text)]
    mention = claim.speaker.mention if claim.speaker else None
    return [*layers, Layer(mention.start, mention.end, "speaker")] if mention and mention.holds_in(text) else layers


def runs_of(text: str, start: int, end: int, layers: Iterable[Layer]) -> Iterator[Run]:
    """The text from `start` to `end`, cut wherever something to mark begins or ends."""
    inside = [layer for layer in layers if layer.start < end and start < layer.end]
    edges = sorted({start, end, *(edge for layer in inside for edge in (layer.start, layer.end) if start < edge < end)})
    for first, last in pairwise(edges):
        on = [layer for layer in inside if layer.start <= first and last <= layer.end]
        yield Run(
            first,
            text[first:last],
            tuple(dict.fromkeys(layer.claim for layer in on if layer.claim)),
            any(layer.kind == "speaker" for layer in on),
            any(layer.kind == "cue" for layer in on),
            tuple(layer.claim for layer in on if layer.claim and layer.first and max(layer.start, start) == first),
        )


def _pages(document: Document) -> list[tuple[int, int, str, int | None]]:
    pages = [anchor for anchor in document.anchors if anchor.kind is AnchorKind.PAGE]
    ends = [*(anchor.start for anchor in pages[1:]), len(document.text)][: len(pages)]
    return [
        (0 if place == 0 else anchor.start, end, f"{anchor.kind} {anchor.label}", int(anchor.label) if anchor.label.isdecimal() else None)
        for place, (anchor, end) in enumerate(zip(pages, ends, strict=True))
    ]


def _stretches(text: str, start: int, last: int, starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Stretches of at most `MOST_CHARACTERS` in which at most `MOST_CLAIMS` begin, cut at a line end where there is one."""
    while start < last:
        end = min(start + MOST_CHARACTERS, last)
        beyond = bisect_left(starts, start) + MOST_CLAIMS
        if beyond < len(starts):
            end = min(end, max(starts[beyond], start + 1))
        line = text.rfind("\n", start + (end - start) // 2, end) if end < last else -1
        end = end if line < 0 else line + 1
        yield start, end
        start = end


def _row_label(document: Document, first: int) -> str:
    place = bisect_right(document.anchors, first, key=lambda anchor: anchor.start) - 1
    if place < 0 or document.anchors[place].kind is not AnchorKind.ROW:
        return ""
    return f"row {document.anchors[place].label.rpartition(' ')[2]}"


def _shown_label(anchor: Anchor | None) -> str:
    """What stands beside a block: who wrote a message and when, or the number of a row; a paragraph's own number says nothing."""
    if anchor is None or (anchor.kind is AnchorKind.PARAGRAPH and anchor.label.isdecimal()):
        return ""
    return anchor.label


def _cells(text: str, start: int, end: int, layers: list[Layer], anchor: Anchor | None) -> Iterator[Cell]:
    if anchor is None or anchor.kind is not AnchorKind.ROW:
        yield tuple(runs_of(text, start, end, layers))
        return
    last = min(anchor.end, end)
    while start <= last:
        at = text.find(CELL_JOIN, start, last)
        stop = last if at < 0 else at
        yield tuple(runs_of(text, start, stop, layers)) if stop > start else ()
        start = stop + len(CELL_JOIN)
