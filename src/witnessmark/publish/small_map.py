"""A map of some claims alone, for the page of an incident or of a place: the spots that these claims name, drawn as on the map of the whole case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from witnessmark.model.view import ReadClaim
from witnessmark.publish.attribution import LONGEST_PHRASE
from witnessmark.publish.block import Block, Heading, Map, Paragraph
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.citation import of_claim
from witnessmark.publish.frame import shared_frame_of
from witnessmark.publish.map_words import BORDERS, caption, discreet
from witnessmark.publish.mapping import draw_map
from witnessmark.publish.prose import Given, Inline, Jump, clip, sentence, some
from witnessmark.publish.shapes import Shapes
from witnessmark.publish.site_files import SiteFiles
from witnessmark.publish.spots import Spot, denied_claims, names_of, narrowed, places_of

HEAVIEST = 15_000
"""Characters of its paths: a dossier may hold a thousand of these maps."""

MOST_NAMED = 12


class SmallMaps:
    """The spots of a case by the claims that name them."""

    def __init__(self, casebook: Casebook) -> None:
        """Places the claims of the case once, for all maps drawn of some of them."""
        self._shapes = Shapes.load()
        places = places_of(casebook, self._shapes.with_shape())
        self._spots = {read.claim.id: spot for spot in places.spots for read in spot.reads}
        self._reasons = {read.claim.id: each.reason for each in places.unplaced for read in each.reads}
        self._denied = denied_claims(casebook)
        self.files = SiteFiles(casebook)

    def spots(self, reads: Sequence[ReadClaim]) -> tuple[Spot, ...]:
        """The spots these claims name, each as these claims name it."""
        piles: dict[int, list[ReadClaim]] = {}
        for read in reads:
            if (spot := self._spots.get(read.claim.id)) is not None:
                piles.setdefault(spot.number, []).append(read)
        return tuple(narrowed(self._spots[pile[0].claim.id], tuple(pile), self._denied) for pile in piles.values())

    def blocks(self, reads: Sequence[ReadClaim]) -> Iterator[Block]:
        """A heading, the map, and what is named and not drawn; nothing where the claims name no place."""
        spots = self.spots(reads)
        beside = tuple(read for read in reads if read.claim.id in self._reasons)
        if not spots and not beside:
            return
        yield Heading(sentence("Where it is said to have been", cites=(of_claim((spots[0].reads if spots else beside)[0]),)))
        if spots:
            yield from self.drawn(spots)
        if beside:
            yield Paragraph(
                (sentence("Named and not drawn: ", *self._not_drawn(beside), ".", cites=tuple(map(of_claim, beside[:MOST_NAMED]))),)
            )
        if files := self.files.of(reads):
            links = some([(Jump(clip(file.name, LONGEST_PHRASE), file.anchor),) for file in files], ", ", MOST_NAMED)
            yield Paragraph(
                (sentence("All that is said of each place: ", *links, ".", cites=tuple(of_claim(file.reads[0]) for file in files)),)
            )

    def drawn(self, spots: Sequence[Spot]) -> Iterator[Block]:
        """The map of these spots, whose borders it shows and what in it is coarse."""
        frame = shared_frame_of(spots, self._shapes)
        drawing = draw_map(frame, self._shapes, HEAVIEST)
        cites = tuple(of_claim(spot.reads[0]) for spot in spots[:MOST_NAMED])
        yield Map(
            title="Where it is said to have been",
            description="One mark a place, a link to its row in the table of all places, which says the same in words.",
            caption=f"{caption(frame, drawing)} {BORDERS}",
            drawing=drawing,
            citations=cites[:3],
        )
        if coarse := tuple(discreet(spots)):
            yield Paragraph(coarse)

    def _not_drawn(self, beside: tuple[ReadClaim, ...]) -> Inline:
        by_reason: dict[str, list[ReadClaim]] = {}
        for read in beside:
            by_reason.setdefault(self._reasons[read.claim.id], []).append(read)
        lines: list[Inline] = []
        for reason, reads in by_reason.items():
            names = some([(Given(clip(name, LONGEST_PHRASE)),) for name in names_of(tuple(reads))], ", ", MOST_NAMED)
            lines.append((*names, f" ({reason})"))
        return some(lines)
