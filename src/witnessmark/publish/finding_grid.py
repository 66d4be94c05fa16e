"""The contradiction grid of an incident, fields by lines of origin, and what relays changed.

Every value a root states is kept with its claim; nothing is intersected, and what was superseded, withdrawn or is only a part is marked. What a
relay made of a value stands in a table of its own and is no value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from witnessmark.model.claim import PartyRole
from witnessmark.model.incident import Change, Drift, Stated, Use
from witnessmark.model.view import ReadClaim
from witnessmark.publish.attribution import speaker_name, who
from witnessmark.publish.block import Block, Heading, Paragraph, Row, Table
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.citation import of_claim
from witnessmark.publish.finding import Finding
from witnessmark.publish.prose import AsWritten, Flag, Given, Inline, Part, Ref, clip, sentence, some
from witnessmark.publish.words import act_words, count_words, interval_words

LINES_A_TABLE = 4
"""Lines beside each other in one table; more make further tables with the same rows."""

MOST_VALUES = 30
LONGEST_VALUE = 160
LONGEST_NAME = 60
LONGEST_CHANGE = 500

FIELDS = {
    "victims": "Victims",
    "act": "Act",
    "where": "Place",
    "when": "Time",
    "said to have done it": "Said to have done it",
}

USE_WORDS = {Use.SUBTOTAL: "a part, no total", Use.SUPERSEDED: "superseded by a later count", Use.WITHDRAWN: "withdrawn"}

CHANGE_WORDS = {
    Change.FIGURE: "the figure",
    Change.UNIT: "the unit",
    Change.HEDGE: "the hedge is gone",
    Change.ATTRIBUTION: "who says it is gone",
    Change.TIME: "the time",
}

HOW = (
    "One column a line of origin, one row a field. Each value is what a root itself states, with its claim; values are set beside each other and never"
    " combined into one, except in the range that names its rule."
)
DRIFT = "A relay changed these words of its root. What it made of them is shown, and is no value of its own: it enters no range, no grid and no finding."


def grid(found: Finding, casebook: Casebook) -> Iterator[Block]:
    """What each line states, field by field."""
    columns = _columns(found, casebook)
    if not columns:
        return
    yield Heading(sentence("What each line states", cites=found.alleging[:1]))
    yield Paragraph((sentence(HOW, cites=found.alleging),))
    values = _values(found, casebook)
    for at in range(0, len(columns), LINES_A_TABLE):
        shown = columns[at : at + LINES_A_TABLE]
        upto = f"s {at + 1} to {at + len(shown)}" if len(shown) > 1 else f" {at + 1}"
        part = f", line{upto} of {len(columns)}" if len(columns) > LINES_A_TABLE else ""
        yield Table(
            f"Fields by lines of origin{part}",
            ("Field", *(name for _, name in shown)),
            tuple(
                Row(
                    ((label,), *(_cell(values.get((field, root), [])) for root, _ in shown)),
                    tuple(of_claim(casebook.standing_by_id[root]) for root, _ in shown),
                )
                for field, label in FIELDS.items()
            ),
            kind="across",
        )


def _columns(found: Finding, casebook: Casebook) -> list[tuple[str, str]]:
    """The root's claim and the heading of each column: the lines, then those of which only withdrawn values are left."""
    shown = [(line.root.claim.id, line.line.root, line.line.name) for line in found.lines]
    known = {root for _, root, _ in shown}
    left = [each.line for each in found.incident.stated if each.line not in known and each.line in casebook.standing_by_id]
    shown += [(root, root, None) for root in dict.fromkeys(left)]
    return [
        (root, f"{number}. {clip(name or _name(casebook.standing_by_id[root]), LONGEST_NAME)}")
        for number, (root, _, name) in enumerate(shown, 1)
    ]


def _name(read: ReadClaim) -> str:
    return "".join(part.text if isinstance(part, Given) else str(part) for part in who(read))


def _values(found: Finding, casebook: Casebook) -> dict[tuple[str, str], list[Inline]]:
    """The cells, by field and the claim at the head of the column."""
    head = {line.line.root: line.root.claim.id for line in found.lines}
    cells: dict[tuple[str, str], list[Inline]] = defaultdict(list)
    acts: dict[str, dict[str, list[ReadClaim]]] = defaultdict(lambda: defaultdict(list))
    for each in found.incident.stated:
        read = casebook.standing_by_id.get(each.claim)
        if read is None:
            continue
        root = head.get(each.line, each.line)
        cells[each.field, root].append(_value(each, read, casebook))
        acts[root][act_words(read.claim.act)].append(read)
    for line in found.lines:
        acts[line.root.claim.id][act_words(line.root.claim.act)].append(line.root)
    for root, by_act in acts.items():
        for words, reads in by_act.items():
            refs: list[Part] = [part for each in {read.claim.id: read for read in reads}.values() for part in (" ", Ref(of_claim(each)))]
            cells["act", root].append((f"alleged {words}" if words != act_words(None) else words, *refs[: 2 * MOST_VALUES]))
    return cells


def _value(each: Stated, read: ReadClaim, casebook: Casebook) -> Inline:
    """A value as written, as it was read, and what became of it."""
    text, reading = stated_as(each.field, each.value, read)
    if text is None and casebook.handed_out:
        words: Inline = ("words that are covered here",)
    else:
        words = (AsWritten(clip(text or each.value, LONGEST_VALUE), casebook.language_of(read)),)
    read_as: Inline = (", read as ", Given(reading)) if reading and reading != text else ()
    use: Inline = (" ", Flag(USE_WORDS[each.use], each.use.value)) if each.use in USE_WORDS else ()
    return (*words, *read_as, *use, " ", Ref(of_claim(read)))


def stated_as(field: str, value: str, read: ReadClaim) -> tuple[str | None, str]:
    """The words of the claim's own field that give this value, and how they were read; None where the claim shown has no such words."""
    claim = read.claim
    if field == "victims":
        return next(((count.text, count_words(count)) for count in claim.victims if count.text == value), (None, ""))
    if field == "where" and claim.where is not None and claim.where.text == value:
        return value, claim.where.name or ""
    if field == "when" and claim.when is not None and claim.when.text == value:
        return value, interval_words(claim.when)
    parties = (party for party in claim.parties if party.role is PartyRole.PERPETRATOR and party.text == value)
    return next(((value, party.name or "") for party in parties), (None, ""))


def _cell(values: list[Inline]) -> Inline:
    return some(values, "; ", MOST_VALUES)


def drift(found: Finding, casebook: Casebook) -> Iterator[Block]:
    """Both texts of each change side by side."""
    changes = [
        (change, casebook.standing_by_id[change.of], casebook.standing_by_id[change.claim])
        for line in found.lines
        for change in line.line.changes
        if change.of in casebook.standing_by_id and change.claim in casebook.standing_by_id
    ]
    if not changes:
        return
    first = (of_claim(changes[0][1]), of_claim(changes[0][2]))
    yield Heading(sentence("Changed by a relay", cites=first[:1]))
    yield Paragraph((sentence(DRIFT, cites=first),))
    yield Table(
        "What relays changed: both texts",
        ("Changed by", "What changed", "Was", "Became", "Claims"),
        tuple(_change(change, of, by, casebook) for change, of, by in changes),
        kind="drift",
    )


def _change(change: Drift, of: ReadClaim, by: ReadClaim, casebook: Casebook) -> Row:
    return Row(
        (
            told_by(by, casebook),
            (CHANGE_WORDS[change.what],),
            _said(change, change.was, of, casebook),
            _said(change, change.became, by, casebook),
        ),
        (of_claim(of), of_claim(by)),
    )


def told_by(read: ReadClaim, casebook: Casebook) -> Inline:
    """Who says it, and in which document."""
    held = casebook.item_of(read)
    publisher = held.document.publisher.value if held and held.document and held.document.publisher else held.item.source if held else None
    said: Inline = (Given(clip(publisher, LONGEST_NAME)), ": ") if publisher and publisher != speaker_name(read) else ()
    return (*said, *who(read))


def _said(change: Drift, words: str, read: ReadClaim, casebook: Casebook) -> Inline:
    """The words on one side: a figure in the sentence it stands in, else the sentence."""
    language = casebook.language_of(read)
    quote: Inline = (AsWritten(clip(casebook.quote(read), LONGEST_CHANGE), language),)
    if change.what not in {Change.FIGURE, Change.UNIT, Change.TIME}:
        return quote
    text, reading = stated_as("victims", words, read)
    if text is None and casebook.handed_out:
        return quote
    figure: Inline = (AsWritten(clip(text or words, LONGEST_VALUE), language), *((", read as ", Given(reading)) if reading else ()))
    return (*figure, " — in: ", *quote)
