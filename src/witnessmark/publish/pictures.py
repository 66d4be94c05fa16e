"""Pictures that a finding rests on, each with what its verification sheet says in a line."""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.model.sheet_words import summary
from witnessmark.model.view import HeldItem
from witnessmark.publish.attribution import short_name
from witnessmark.publish.block import Block, Bullets, Fact, Heading
from witnessmark.publish.casebook import Casebook, sheet_anchor
from witnessmark.publish.citation import of_item
from witnessmark.publish.finding import Finding
from witnessmark.publish.prose import Jump, sentence

PICTURES = ("image/", "video/")
NO_SHEET = "no verification sheet is begun"


def sheet_fact(held: HeldItem, casebook: Casebook) -> Iterator[Fact]:
    """The line of an item's card that leads to its sheet, where it has one."""
    if (sheet := casebook.sheet_of(held)) is not None:
        yield Fact("Verification sheet", (Jump("sheet", sheet_anchor(held)), f": {summary(sheet)}"))


def pictures(found: Finding, casebook: Casebook) -> Iterator[Block]:
    """The photographs, videos and scenes among what the claims of a finding stand in or rest on, and every other item of these with a sheet."""
    held = [each for each in _rested_on(found, casebook) if _is_picture(each) or casebook.sheet_of(each) is not None]
    if not held:
        return
    yield Heading(sentence("Pictures it rests on, and how far they were verified", cites=found.alleging[:1]))
    yield Bullets(tuple(sentence(short_name(each.item), ": ", *_verified(each, casebook), ".", cites=(of_item(each),)) for each in held))


def _verified(held: HeldItem, casebook: Casebook) -> tuple[str | Jump, ...]:
    sheet = casebook.sheet_of(held)
    return (NO_SHEET,) if sheet is None else (f"{summary(sheet)} (", Jump("its sheet", sheet_anchor(held)), ")")


def _is_picture(held: HeldItem) -> bool:
    return held.item.media_type.startswith(PICTURES)


def _rested_on(found: Finding, casebook: Casebook) -> list[HeldItem]:
    ids: dict[str, None] = {}
    for _, read in found.members:
        ids.update(dict.fromkeys(each.held for each in read.claim.basis if each.held is not None))
        ids[read.item] = None
    ids.update(dict.fromkeys(line.line.held for line in found.lines if line.line.held is not None))
    return [casebook.items[item] for item in ids if item in casebook.items]
