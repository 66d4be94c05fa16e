"""Map: where things are said to have happened, each place as wide as it is vaguely known, with a table of the same places.

What has no position here is listed beside the map and never drawn. Nothing in this section says that anything happened.
"""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.model.view import ReadClaim
from witnessmark.publish.attribution import LONGEST_PHRASE
from witnessmark.publish.block import Block, Bullets, Heading, Map, Paragraph, Row, Table
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.citation import Citation, of_claim
from witnessmark.publish.frame import Frame, frames
from witnessmark.publish.map_words import BORDERS, caption, discreet, known, position
from witnessmark.publish.mapping import claims_of, draw_map, place_anchor
from witnessmark.publish.prose import Given, Inline, Jump, Sentence, clip, joined, sentence
from witnessmark.publish.shapes import Shapes
from witnessmark.publish.site_files import SiteFiles
from witnessmark.publish.spots import Places, Spot, places_of
from witnessmark.publish.words import counted

REFS_A_ROW = 60
"""Claims linked in one row; more make further rows."""

MOST_LISTED = 100
"""Places without a position that are listed one by one."""


class WhereMap:
    """Maps of the places, what could not be drawn, and the table."""

    slug = "map"
    title = "Map"
    noun = "page"

    def blocks(self, casebook: Casebook) -> Iterator[Block]:
        """Maps from near to far, notes, then the places in the order of the evidence."""
        if not casebook.standing:
            if casebook.heads:
                yield Paragraph((sentence("There is no claim to place on a map.", cites=casebook.heads),))
            return
        shapes = Shapes.load()
        places = places_of(casebook, shapes.with_shape())
        yield Paragraph((_how_many(places),))
        drawn = frames(places.spots, shapes)
        for number, frame in enumerate(drawn, start=1):
            yield _map(frame, shapes, number, len(drawn))
        if drawn:
            first = (of_claim(places.spots[0].reads[0]),)
            yield Paragraph((sentence(BORDERS, cites=first), *discreet(places.spots)))
            yield _table(places.spots, SiteFiles(casebook))
        if places.unplaced:
            yield from _beside(places, SiteFiles(casebook))

    def digest(self, casebook: Casebook) -> Iterator[Block]:
        """How many places there are, and the first map."""
        if casebook.standing:
            shapes = Shapes.load()
            places = places_of(casebook, shapes.with_shape())
            yield Paragraph((_how_many(places),))
            for frame in frames(places.spots, shapes)[:1]:
                yield _map(frame, shapes, 1, 1)
                yield Paragraph((sentence(BORDERS, cites=(of_claim(places.spots[0].reads[0]),)), *discreet(places.spots)))


def _how_many(places: Places) -> Sentence:
    spotted = [read for spot in places.spots for read in spot.reads]
    listed = [read for each in places.unplaced for read in each.reads]
    words = [
        f"{counted(len(spotted), 'claim names', 'claims name')} {counted(len(places.spots), 'place')} drawn here",
        f"{counted(len(listed), 'claim names', 'claims name')} a place whose position is not known",
        f"{counted(len(places.nowhere), 'claim states', 'claims state')} no place",
    ]
    line = "; ".join(each for each, reads in zip(words, (spotted, listed, places.nowhere), strict=True) if reads)
    nothing = "" if spotted else " Nothing can be drawn on a map."
    return sentence(f"{line}.{nothing}", cites=_first([*spotted, *listed, *places.nowhere]))


def _first(reads: list[ReadClaim]) -> tuple[Citation, ...]:
    return tuple(of_claim(read) for read in reads[:3])


def _map(frame: Frame, shapes: Shapes, number: int, of: int) -> Map:
    drawing = draw_map(frame, shapes)
    all_of_them = number == of
    together = f"{counted(len(frame.spots), 'place')} that lie together" if len(frame.spots) > 1 else "the place named most"
    which = "all places" if all_of_them else together
    return Map(
        title=f"Where things are said to have happened: {which}" if of > 1 else "Where things are said to have happened",
        description="One mark a place, a link to its row in the table below, which says the same in words.",
        caption=caption(frame, drawing),
        drawing=drawing,
        citations=tuple(of_claim(spot.reads[0]) for spot in frame.spots[:3]),
    )


def _table(spots: tuple[Spot, ...], files: SiteFiles) -> Table:
    rows = tuple(
        Row(
            cells=(_named(spot.names, spot.reads, files), known(spot), position(spot), _counts(spot, first=at == 0)),
            citations=tuple(of_claim(read) for read in spot.reads[at : at + REFS_A_ROW]),
            anchor=place_anchor(spot) if at == 0 else None,
        )
        for spot in spots
        for at in range(0, len(spot.reads), REFS_A_ROW)
    )
    return Table(
        "The same places in words (positions: degrees of latitude and longitude, WGS 84)",
        ("Place", "Known as", "Position", "Claims", "Which"),
        rows,
    )


def _named(names: tuple[str, ...], reads: tuple[ReadClaim, ...], files: SiteFiles) -> Inline:
    """The names of a place, each leading to the file of what has that name."""
    anchors = {name: file.anchor for file in files.of(reads) for name in file.names}
    shown = [(clip(name, LONGEST_PHRASE), anchors.get(name)) for name in names]
    return joined([(Given(name) if anchor is None else Jump(name, anchor),) for name, anchor in shown], "; ")


def _counts(spot: Spot, *, first: bool) -> Inline:
    if not first:
        return ("(continued)",)
    return (claims_of(spot),)


def _beside(places: Places, files: SiteFiles) -> Iterator[Block]:
    """Places that are named and have no position, with their claims."""
    lines = [
        sentence(
            *_named((each.words,), each.reads, files), f": {each.reason}.", cites=tuple(of_claim(read) for read in each.reads[:REFS_A_ROW])
        )
        for each in places.unplaced[:MOST_LISTED]
    ]
    head = "Places that are named and not drawn"
    more = len(places.unplaced) - MOST_LISTED
    yield Heading(sentence(head, cites=_first(list(places.unplaced[0].reads))))
    yield Bullets(tuple(lines))
    if more > 0:
        rest = [each.reads[0] for each in places.unplaced[MOST_LISTED:]]
        yield Paragraph(
            (sentence(f"And {counted(more, 'other place')} without a position; the claims that name them say so.", cites=_first(rest)),)
        )
