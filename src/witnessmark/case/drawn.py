"""Blocks of the dossier drawn for a screen inside the case: by the same templates, with links that lead to the rooms of the workbench and nobody's key."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from witnessmark.case.histories import without_keys
from witnessmark.publish.block import Block
from witnessmark.publish.casebook import (
    Casebook,
    claim_anchor,
    claims_anchor,
    document_anchor,
    incident_anchor,
    item_anchor,
    mark_anchor,
    question_anchor,
    sheet_anchor,
)
from witnessmark.publish.paging import Chapter, anchors_in, compose, sheets
from witnessmark.publish.render import Renderer

_LINK = re.compile(r' href="#([^"]+)"')


class Drawn(msgspec.Struct, frozen=True):
    """HTML made by the dossier's templates, every value of the case in it escaped; nothing else is ever put in here."""

    html: str

    def __bool__(self) -> bool:
        return bool(self.html)


class Drawer:
    """Draws blocks of one casebook."""

    def __init__(self, casebook: Casebook) -> None:
        self._casebook = casebook
        self._renderer = Renderer(casebook)
        self._rooms = dict(_rooms(casebook))

    def draw(self, blocks: Iterable[Block]) -> Drawn:
        """The blocks in order. A link to what stands neither here nor in a room becomes plain words."""
        return self._led(compose([piece for block in blocks for piece in self._renderer.pieces(block)]))

    def pages(self, blocks: Iterable[Block]) -> tuple[Drawn, ...]:
        """The same on as many pages as it takes, none much above the budget of a page of the dossier."""
        pieces = tuple(piece for block in blocks for piece in self._renderer.pieces(block))
        return tuple(self._led(sheet.html) for sheet in sheets(Chapter("part", "", ()), pieces))

    def _led(self, html: str) -> Drawn:
        here = set(anchors_in(html))

        def lead(match: re.Match[str]) -> str:
            anchor = match.group(1)
            if anchor in here:
                return match.group()
            return f' href="{self._rooms[anchor]}"' if anchor in self._rooms else ""

        return Drawn(without_keys(self._casebook.withheld.cover(_LINK.sub(lead, html))))


def _rooms(casebook: Casebook) -> Iterable[tuple[str, str]]:
    """The address of each thing by its anchor."""
    view = casebook.view
    for held in view.items:
        anchors = (item_anchor(held), document_anchor(held), claims_anchor(held), sheet_anchor(held))
        yield from ((anchor, f"/{held.item.number}") for anchor in anchors)
    for read in view.claims:
        yield from ((anchor, f"/{read.number}") for anchor in (claim_anchor(read), mark_anchor(read)))
    for numbered in view.incidents:
        yield incident_anchor(numbered), f"/{numbered.number}"
    for asked in view.counting:
        yield question_anchor(asked), f"/{asked.number}"
