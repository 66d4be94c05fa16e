"""Pictures that recur, for everybody: each match that a person confirmed between two items of the dossier, with both pictures where they may be seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from witnessmark.model.matching import MatchedPictures
from witnessmark.publish.block import Block, Paragraph, PicturePair, PictureSide
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.citation import of_item
from witnessmark.publish.prose import Given, Inline, Ref, clip, sentence
from witnessmark.publish.sections.pictures import LONGEST, ONE_LINE_OF_ORIGIN, how_it_lies, shown_by
from witnessmark.publish.words import day_words

LOOKED_AT = (
    "Each of these was found by a program and confirmed by a person. Matches that nobody confirmed, and those with pictures that this dossier does not hold, are not listed:"
    " that two pictures are not listed does not show that they have nothing to do with each other."
)
WITHHELD = "The picture itself is withheld. One is shown only where somebody released it and said that it endangers nobody, and it can be drawn again."
OUTLINED = "The outline is where the first lies in the second."

Sides = Mapping[tuple[str, float | None], bytes]
"""By item and second of a film, the picture to show."""


class ConfirmedPictures:
    """Matches in the order of their items."""

    slug = "pictures"
    title = "Pictures that recur"
    noun = "page"

    def __init__(self, drawn: Sides) -> None:
        """The pictures that may be seen."""
        self._drawn = drawn

    def blocks(self, casebook: Casebook) -> Iterator[Block]:
        """Each match with both pictures, or that they are withheld; nothing where there is none."""
        matches = casebook.view.pictures.matches
        yield from self.digest(casebook)
        for each in matches:
            both = tuple(of_item(casebook.items[item]) for item in (each.match.one, each.match.other))
            sides = tuple(self._side(each, place, casebook) for place in (0, 1))
            outline = each.match.outline if all(side.file for side in sides) else ()
            caption = f"Shown by {shown_by(each.match)}; {how_it_lies(each.match)}." + (f" {OUTLINED}" if outline else "")
            yield PicturePair(" and ".join(each.numbers), sides, outline, caption, both)

    def digest(self, casebook: Casebook) -> Iterator[Block]:
        """What a match means."""
        matches = casebook.view.pictures.matches
        if matches:
            cites = tuple(of_item(casebook.items[item]) for item in dict.fromkeys((matches[0].match.one, matches[0].match.other)))
            yield Paragraph((sentence(LOOKED_AT, cites=cites), sentence(ONE_LINE_OF_ORIGIN, cites=cites)))

    def files(self, casebook: Casebook) -> dict[str, bytes]:
        """The pictures as files of the dossier, named by random public ids."""
        return {_file(side, casebook): content for side, content in self._drawn.items()}

    def _side(self, each: MatchedPictures, place: int, casebook: Casebook) -> PictureSide:
        side = ((each.match.one, each.match.other)[place], each.match.seconds[place])
        held = casebook.items[side[0]]
        words: Inline = (Ref(of_item(held)), "" if side[1] is None else f" at {side[1]:g} s")
        if held.item.source:
            words = (*words, ", ", Given(clip(held.item.source, LONGEST)))
        if held.item.published:
            words = (*words, f", {day_words(held.item.published)}")
        by_number = {other.item.number: other for other in casebook.items.values()}
        for position, number in enumerate(each.documents[place]):
            words = (*words, ", in " if position == 0 else " and ", Ref(of_item(by_number[number])))
        return PictureSide(words, f"Picture of {held.item.number}", _file(side, casebook) if side in self._drawn else None, WITHHELD)


def _file(side: tuple[str, float | None], casebook: Casebook) -> str:
    item, seconds = side
    at = "" if seconds is None else f"-{round(seconds * 1000)}"
    return f"picture-{casebook.items[item].public_id}{at}.jpg"
