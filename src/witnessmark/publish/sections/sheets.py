"""Verification sheets: for each picture where it was found first, where and when it was taken and by which evidence, who wrote that and who checked it.

What disagrees stands side by side, and what all times are consistent with is said as a remark on them. Where a camera stood is coarse here, as everywhere in a dossier.
"""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.model.sheet import Asked, Compared, Line, Placed, Seen, Sheet, Timed
from witnessmark.model.sheet_words import BASIS_OF_TIME, moments_words, summary
from witnessmark.publish import sheet_cells as cells
from witnessmark.publish.attribution import short_name
from witnessmark.publish.block import Block, Bullets, Heading, Paragraph, Row, Table
from witnessmark.publish.casebook import Casebook, line_anchor, sheet_anchor
from witnessmark.publish.citation import Citation, of_item, of_line
from witnessmark.publish.prose import Inline, Sentence, sentence

HOW = (
    "Each line is what somebody wrote down, under a key, and says who besides looked at it from the picture. Times are intervals, each with what it rests on. None is narrowed by another:"
    " two of them may go back to one clock or one mistake."
)
NOT_A_TIME = "That is a remark on those lines, and no time of its own."
AGREEMENT = {
    True: " can both be right.",
    False: " cannot both be right.",
    None: " cannot be compared: the shadow was not looked for on those days.",
}


class VerificationSheets:
    """The sheets in the order of the items."""

    slug = "sheets"
    title = "Verification sheets of photos, video and scenes"
    noun = "page"

    def blocks(self, casebook: Casebook) -> Iterator[Block]:
        """Each sheet whole."""
        sheets = list(_shown(casebook))
        if not sheets:
            return
        yield Paragraph((sentence(HOW, cites=tuple(of_item(casebook.items[sheet.item]) for sheet in sheets[:12])),))
        for sheet in sheets:
            yield from _sheet(sheet, casebook)

    def digest(self, casebook: Casebook) -> Iterator[Block]:
        """Each sheet in a line."""
        found = tuple(_in_short(sheet, casebook) for sheet in _shown(casebook))
        if found:
            yield Bullets(found)


def _shown(casebook: Casebook) -> Iterator[Sheet]:
    order = {item: place for place, item in enumerate(casebook.items)}
    yield from sorted((sheet for sheet in casebook.view.sheets if sheet.item in order), key=lambda sheet: order[sheet.item])


def _in_short(sheet: Sheet, casebook: Casebook) -> Sentence:
    held = casebook.items[sheet.item]
    return sentence(short_name(held.item), f": {summary(sheet)}.", cites=(of_item(held),))


def _sheet(sheet: Sheet, casebook: Casebook) -> Iterator[Block]:
    held = casebook.items[sheet.item]
    item = of_item(held)
    yield Heading(sentence(short_name(held.item), cites=(item,)), level=3, anchor=sheet_anchor(held))
    yield Paragraph((sentence(f"{summary(sheet).capitalize()}.", cites=(item,)),))
    for caption, columns, kind in (
        ("First upload found", ("Found", "How it was looked for", "Written and checked"), Seen),
        ("The original, asked of its source", ("Asked", "Answer", "Written and checked"), Asked),
        ("Place", ("Of what", "Position", "How near", "Written and checked"), Placed),
        ("Time, each basis for itself (UTC)", ("Rests on", "What it says", "Interval", "Written and checked"), Timed),
    ):
        lines = sheet.standing(kind)
        if lines:
            rows = tuple(_row(line, sheet, casebook) for line in lines)
            yield Table(f"{caption}: {held.item.number}", (*columns, "Line"), rows, kind="sheet")
    yield from _points(sheet, casebook)
    if remarks := tuple(_remarks(sheet, casebook)):
        yield Bullets(remarks)
    yield from _gone(sheet, casebook)


def _row(line: Line, sheet: Sheet, casebook: Casebook) -> Row:
    own = tuple(cells.cells_of(line.body, casebook))
    return Row((*own, cells.people(line)), (_line(line, sheet),), line_anchor(casebook.items[sheet.item], sheet, line))


def _line(line: Line, sheet: Sheet) -> Citation:
    return of_line(sheet, line)


def _points(sheet: Sheet, casebook: Casebook) -> Iterator[Block]:
    """Pairs of points; none of a position that is coarse, which they would give away."""
    rows = tuple(
        Row(cells.pair(pair, casebook), (_line(line, sheet),))
        for line in sheet.standing(Placed)
        if isinstance(line.body, Placed) and cells.is_exact(line.body, casebook)
        for pair in line.body.points
    )
    if rows:
        number = casebook.items[sheet.item].item.number
        yield Table(f"Pairs of points: {number}", ("What it is", "In the frame (column, row)", "On the map", "Line"), rows, folded=True)


def _remarks(sheet: Sheet, casebook: Casebook) -> Iterator[Sentence]:
    by_id = {line.id: line for line in sheet.lines}
    for each in sorted(sheet.compared, key=lambda pair: pair.agree is not False):
        yield _compared(each, by_id, sheet)
    if sheet.consistent:
        timed = tuple(_line(line, sheet) for line in sheet.standing(Timed) if cells.is_evidence(line))
        yield sentence(
            f"All times but captions are consistent with: {moments_words(sheet.consistent)}. {NOT_A_TIME}",
            cites=timed or _cites(sheet, casebook),
        )
    if sheet.distance:
        placed = tuple(_line(line, sheet) for line in sheet.standing(Placed))
        apart = cells.apart(sheet.distance)
        yield sentence(
            f"Positions written for one thing lie up to {apart} apart; which of them is right is not decided here.", cites=placed
        )


def _cites(sheet: Sheet, casebook: Casebook) -> tuple[Citation, ...]:
    return (of_item(casebook.items[sheet.item]),)


def _compared(each: Compared, by_id: dict[str, Line], sheet: Sheet) -> Sentence:
    one, other = by_id[each.one], by_id[each.other]
    words: Inline = ("The ", _basis(one), " and the ", _basis(other), AGREEMENT[each.agree])
    return sentence(*words, cites=(_line(one, sheet), _line(other, sheet)))


def _basis(line: Line) -> str:
    return BASIS_OF_TIME[line.body.basis] if isinstance(line.body, Timed) else "line"


def _gone(sheet: Sheet, casebook: Casebook) -> Iterator[Block]:
    """What was replaced or taken back: it stays on record."""
    gone = [line for line in sheet.lines if not line.stands]
    if gone:
        number = casebook.items[sheet.item].item.number
        rows = tuple(
            Row(
                (cells.told(line.body, casebook), cells.why_gone(line, sheet, casebook), cells.people(line)),
                (_line(line, sheet),),
                line_anchor(casebook.items[sheet.item], sheet, line),
            )
            for line in gone
        )
        yield Table(
            f"Replaced or taken back: {number}", ("What it said", "What became of it", "Written and checked", "Line"), rows, folded=True
        )
