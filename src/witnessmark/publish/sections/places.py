"""Places: a file of each facility or other place, with all claims, incidents, items, pictures and watched sites of it, wherever else in the dossier they stand.

A place is what claims name. Nothing here says that anything happened there, and no page tells more of where it lies than the map does.
"""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.publish.attribution import LONGEST_PHRASE
from witnessmark.publish.block import Block, NewPage, Paragraph, Row, Table
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.citation import of_claim
from witnessmark.publish.place_file import PlaceFile
from witnessmark.publish.prose import Given, Inline, Jump, Sentence, clip, joined, sentence
from witnessmark.publish.site_files import SiteFile, SiteFiles
from witnessmark.publish.small_map import SmallMaps
from witnessmark.publish.words import counted

MOST_LED = 8
"""Places in the digest: those with most claims."""

REFS_A_ROW = 12

WHAT_IT_IS = (
    "Each place that claims name has a page with everything here that speaks of it. A claim is listed under the place its own words name: what is said of"
    " a wider place that holds it, or under a name not known to be its own, is not."
)


class Places:
    """A list of the places, then a page for each."""

    slug = "places"
    title = "Places"
    noun = "place"

    def blocks(self, casebook: Casebook) -> Iterator[Block]:
        """The list, then the pages."""
        maps = SmallMaps(casebook)
        if not maps.files.files:
            return
        yield Paragraph(tuple(_how_many(maps.files)))
        yield _list(maps.files.files, casebook)
        for file in maps.files.files:
            yield NewPage(file.anchor, clip(file.name, LONGEST_PHRASE))
            yield from PlaceFile(file, casebook, maps).blocks()

    def digest(self, casebook: Casebook) -> Iterator[Block]:
        """The places that most claims name."""
        files = SiteFiles(casebook)
        if files.files:
            yield Paragraph(tuple(_how_many(files)))
            yield _list(sorted(files.files, key=lambda file: -len(file.reads))[:MOST_LED], casebook)


def _how_many(files: SiteFiles) -> Iterator[Sentence]:
    cites = tuple(of_claim(file.reads[0]) for file in files.files[:REFS_A_ROW])
    yield sentence(WHAT_IT_IS, cites=cites)
    if files.without_page:
        yield sentence(
            f"{counted(files.without_page, 'further place')}, named by the fewest claims, have none; the map's table has them.", cites=cites
        )


def _list(files: tuple[SiteFile, ...] | list[SiteFile], casebook: Casebook) -> Table:
    return Table(
        "Places that claims name", ("Place", "Claims", "Incidents", "Items", "First"), tuple(_row(file, casebook) for file in files)
    )


def _row(file: SiteFile, casebook: Casebook) -> Row:
    incidents = {numbered.number for read in file.reads for numbered in casebook.incidents_of(read)}
    items = {read.item for read in file.reads}
    return Row(
        (_named(file), (f"{len(file.reads):,}",), (f"{len(incidents):,}" if incidents else "none",), (f"{len(items):,}",)),
        (of_claim(file.reads[0]),),
    )


def _named(file: SiteFile) -> Inline:
    others: list[Inline] = [(Given(clip(name, LONGEST_PHRASE)),) for name in file.names[1:4]]
    return (Jump(clip(file.name, LONGEST_PHRASE), file.anchor), *((" (also ", *joined(others), ")") if others else ()))
