"""Which parts of a page show an item that a person sealed or called sensitive: whatever cites such an item carries a mark that names it.

The mark is found from the citations, which every part of a page must have, so no section can forget it. In a list or a paragraph the same
mark is shown once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from witnessmark.model.item import Protection
from witnessmark.model.view import CaseView, HeldItem
from witnessmark.publish.block import Block, Card, Diagram, Figure, Grid, Map, Parallel, Passage, PicturePair, Row, cited_units
from witnessmark.publish.citation import Citation, Cites, of_claim, of_entry, of_failure, of_item
from witnessmark.publish.prose import Inline, Ref, Sentence

GUARDED = (Protection.SEALED, Protection.SENSITIVE)
"""The protections that are marked, the stricter first."""

MOST_NAMED = 6
"""Items named in one mark; the rest are counted."""


class Guards:
    """The items of a case that are marked, and what shows them."""

    def __init__(self, view: CaseView) -> None:
        self._held = [held for held in view.items if held.item.protection in GUARDED]
        self._shows: dict[Citation, list[HeldItem]] = {}
        by_id = {held.item.id: held for held in self._held}
        for held in self._held:
            for citation in _of_item(held):
                self._shows.setdefault(citation, []).append(held)
        for read in view.claims:
            if (item := by_id.get(read.item)) is not None:
                for citation in (of_claim(read), *(Citation(Cites.DECISION, made.id) for made in read.decisions)):
                    self._shows.setdefault(citation, []).append(item)

    def of(self, protection: Protection) -> list[HeldItem]:
        """The items with this protection, in the order of their numbers."""
        return [held for held in self._held if held.item.protection is protection]

    def marks(self, part: Block | Row | Sentence) -> tuple[str, ...]:
        """The marks of a part of a page: "sealed: I4", then "sensitive: I2, I7"; empty where it shows none of these items."""
        if not self._shows:
            return ()
        shown = {held.item.id for citation in _cited(part) for held in self._shows.get(citation, ())}
        return tuple(
            f"{protection.value}: {_named(numbers)}"
            for protection in GUARDED
            if (numbers := [held.item.number for held in self.of(protection) if held.item.id in shown])
        )


def _of_item(held: HeldItem) -> Iterator[Citation]:
    yield of_item(held)
    yield from map(of_entry, held.custody)
    yield from map(of_failure, held.failures)


def _named(numbers: list[str]) -> str:
    more = f" and {len(numbers) - MOST_NAMED:,} more" if len(numbers) > MOST_NAMED else ""
    return ", ".join(numbers[:MOST_NAMED]) + more


def _cited(part: Block | Row | Sentence) -> Iterator[Citation]:
    """Every record a part of a page rests on or links to in its words."""
    match part:
        case Sentence():
            yield from (*part.citations, *_linked((part.parts,)))
        case Row():
            yield from (*part.citations, *_linked(part.cells))
        case Card():
            yield from (*part.citations, *_linked((part.title, *(fact.value for fact in part.facts))))
        case Passage() | Grid() | Parallel() | Diagram() | PicturePair():
            yield from part.citations
        case Figure() | Map():
            yield from (citation for _, citations in cited_units(part) for citation in citations)
        case _:
            return


def _linked(lines: Iterable[Inline]) -> Iterator[Citation]:
    return (part.citation for line in lines for part in line if isinstance(part, Ref))
