"""Pictures that recur: which items show one picture, what shows it, and which pictures were not compared. Checked and not checked are told apart."""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.model.matching import Match, MatchedPictures, MatchStage, NotCompared
from witnessmark.model.view import HeldItem
from witnessmark.publish.block import Block, Paragraph, Row, Table
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.citation import of_item
from witnessmark.publish.prose import FileName, Given, Inline, Ref, clip, sentence
from witnessmark.publish.words import counted

LONGEST = 300
MOST_CITED = 12

UNCHECKED = "Whether pictures of this case are one picture printed again was not checked: none was compared."
CHECKED = (
    "Pictures were compared as wholes and by keypoints, mirrored ones as well. That none was found to match does not show that pictures have nothing to do with each other;"
    " what was photographed again at a slant, or cut to a small part, is mostly missed. Pictures of one place from one spot match though they are of different days: look at both."
)
ONE_LINE_OF_ORIGIN = "What rests on one picture is one line of origin, however many documents show it."
ONE_LINE = f"{ONE_LINE_OF_ORIGIN} A match is a proposal until a person has looked at both."
STAGES = {
    MatchStage.SAME_BYTES: "the same bytes",
    MatchStage.FINE: "a hash of the whole (PDQ)",
    MatchStage.COARSE: "a coarse hash of the whole",
    MatchStage.KEYPOINTS: "keypoints that lie to each other as in the other",
}


class PicturesThatRecur:
    """Matches in the order of their items, then what was not compared."""

    slug = "pictures"
    title = "Pictures that recur"
    noun = "page"

    def blocks(self, casebook: Casebook) -> Iterator[Block]:
        """How much was compared, each match, and what was not compared with the reason."""
        found, held = casebook.view.pictures, {each.item.id: each for each in casebook.view.items}
        pictures = [held[item] for item in (*found.compared, *(one.item for one in found.not_compared)) if item in held]
        if not pictures:
            return
        yield from self.digest(casebook)
        matches = [one for one in found.matches if one.match.one in held and one.match.other in held]
        if matches:
            columns = ("Pictures", "Shown by", "How one lies in the other", "What a person said", "Rests on")
            yield Table("Pictures that match", columns, tuple(_row(one, held) for one in matches))
        left = [one for one in found.not_compared if one.item in held]
        if left:
            yield Table("Pictures that were not compared", ("Picture", "Why", "Rests on"), tuple(_left(one, held) for one in left))

    def digest(self, casebook: Casebook) -> Iterator[Block]:
        """How many were compared, and how many pairs match."""
        found, held = casebook.view.pictures, {each.item.id: each for each in casebook.view.items}
        pictures = [held[item] for item in (*found.compared, *(one.item for one in found.not_compared)) if item in held]
        if not pictures:
            return
        cites = tuple(of_item(each) for each in pictures[:MOST_CITED])
        if not found.compared:
            yield Paragraph((sentence(UNCHECKED, cites=cites),))
            return
        rejected = sum(one.confirmed is False for one in found.matches)
        words = f"Checked: {counted(len(found.compared), 'picture')} and films were compared with each other, {counted(len(found.matches), 'pair')} match"
        words += f", of which people rejected {rejected:,}." if rejected else "."
        if found.not_compared:
            words += f" Not checked: {counted(len(found.not_compared), 'picture')}."
        yield Paragraph((sentence(words, cites=cites), sentence(CHECKED, cites=cites[:1]), sentence(ONE_LINE, cites=cites[:1])))


def _row(one: MatchedPictures, held: dict[str, HeldItem]) -> Row:
    match = one.match
    both = (held[match.one], held[match.other])
    named: list[object] = []
    for place, each in enumerate(both):
        named += [" and " if place else "", Ref(of_item(each)), " ", FileName(clip(each.item.name, LONGEST))]
        if match.seconds[place] is not None:
            named.append(f" at {match.seconds[place]:g} s")
    cells = (tuple(named), (shown_by(match),), (how_it_lies(match),), _said(one))
    return Row(cells, tuple(of_item(each) for each in both))  # type: ignore[arg-type]


def shown_by(match: Match) -> str:
    """What shows that two pictures are one."""
    return STAGES[match.stage] + ("" if match.differing is None else f", {match.differing} bits differ")


def how_it_lies(match: Match) -> str:
    """How the first lies in the second, as far as keypoints tell."""
    if match.agreeing is None:
        return "mirrored" if match.mirrored else "as a whole"
    words = [f"{match.agreeing} keypoints agree"]
    if match.covers is not None:
        words.append(f"over {match.covers[0]:.0%} of the first and {match.covers[1]:.0%} of the second")
    if match.scale is not None and round(match.scale, 2) != 1:
        words.append(f"scale {match.scale:.2f}")
    if match.turned is not None and abs(match.turned) >= 1:
        words.append(f"turned {match.turned:.0f}°")
    if match.mirrored:
        words.append("mirrored")
    return ", ".join(words)


def _said(one: MatchedPictures) -> Inline:
    if one.confirmed is None:
        return (one.told_apart or "nothing yet",)
    return ("one picture: " if one.confirmed else "not one picture: ", Given(clip(one.why or "", LONGEST)))


def _left(one: NotCompared, held: dict[str, HeldItem]) -> Row:
    each = held[one.item]
    return Row(((Ref(of_item(each)), " ", FileName(clip(each.item.name, LONGEST))), (Given(clip(one.reason, LONGEST)),)), (of_item(each),))
