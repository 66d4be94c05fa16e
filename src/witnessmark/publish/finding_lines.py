"""The lines of origin of an incident: a drawing, the same in a table, and the repeats of each folded beneath with what ties them to their root."""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.model.claim import BasisKind
from witnessmark.model.incident import Tie, TieKind
from witnessmark.model.view import HeldItem, ReadClaim
from witnessmark.publish.attribution import LONGEST_PHRASE
from witnessmark.publish.block import Block, Diagram, Heading, Paragraph, Row, Table
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.citation import Citation, Cites, of_claim, of_item
from witnessmark.publish.finding import Finding, ShownLine, words_at
from witnessmark.publish.finding_grid import told_by
from witnessmark.publish.plot_lines import NARROW, WIDE, Origin, Telling, draw_lines
from witnessmark.publish.prose import AsWritten, Flag, Given, Inline, Ref, clip, plain, sentence
from witnessmark.publish.words import BASIS_WORDS, counted

MOST_DRAWN = 16
"""Lines drawn; the table has all."""

MOST_TOLD = 10
"""Documents drawn of one line."""

MOST_BESIDE = 19
"""Further claims of an origin linked beside its first."""

LONGEST_PASSAGE = 400
LONGEST_EVIDENCE = 160

TIE_WORDS = {
    TieKind.PASSAGE: "shared passage",
    TieKind.CREDIT: "credit",
    TieKind.RELAY: "relays it",
    TieKind.CITED: "cites it",
    TieKind.SPEAKER: "same speaker",
    TieKind.REWORDED: "reworded",
    TieKind.TRANSLATION: "translation",
    TieKind.HEADLINE: "headline or lead",
    TieKind.RETOLD: "likely retold",
    TieKind.PICTURE: "shared picture",
}

HOW = (
    "A line of origin is a source that nothing here shows to have it from another. It is established where that source is identified and says how it has"
    " access to the facts. That no copying was found does not show independence: so the most possible lines stand beside the established ones."
)
SAME_SOURCE = "same source: it is told as that source's words"
NO_PASSAGE = "not tied to one passage of it"


def lines(found: Finding, casebook: Casebook) -> Iterator[Block]:
    """Drawing, table, and the repeats of each line."""
    if not found.lines:
        return
    yield Heading(sentence("Where it comes from", cites=found.alleging[:1]))
    yield Paragraph((sentence(HOW, cites=found.alleging),))
    yield _drawing(found, casebook)
    yield _table(found, casebook)
    for line in found.lines:
        if line.repeats:
            yield _repeats(line, casebook)


def _table(found: Finding, casebook: Casebook) -> Table:
    rows = tuple(
        Row(
            (
                (f"{line.number}. ", *line.name),
                (Flag("established", "established"),) if line.line.established else (_why_not(line),),
                _access(line, casebook),
                (f"{len(line.repeats):,}" if line.repeats else "none", *_changed(line)),
            ),
            tuple(of_claim(read) for read in (line.root, *line.beside[:MOST_BESIDE])),
        )
        for line in found.lines
    )
    return Table("Lines of origin", ("Whose", "Established", "Access to the facts", "Repeats", "Its own words"), rows)


def _changed(line: ShownLine) -> Inline:
    changed = len(set(line.line.drift) & {read.claim.id for read in line.repeats})
    return (f", {changed:,} of which changed its words",) if changed else ()


def _why_not(line: ShownLine) -> str:
    if not line.line.identified:
        return "no: of unknown origin"
    return "no: how this source knows is not stated"


def _access(line: ShownLine, casebook: Casebook) -> Inline:
    access = line.line.access
    if access is None or access is BasisKind.UNSTATED:
        return ("not stated",)
    if line.line.held is not None and line.line.held in casebook.items:
        return (f"{BASIS_WORDS[access]}; held as ", Ref(Citation(Cites.ITEM, line.line.held)))
    return (f"{BASIS_WORDS[access]}; asserted, not {'shown' if casebook.handed_out else 'held'} here",)


def _repeats(line: ShownLine, casebook: Casebook) -> Table:
    """Every telling that goes back to the root, with what ties it there and both passages side by side."""
    ties = {tie.claim: tie for tie in line.line.ties}
    number = len(line.repeats)
    return Table(
        f"{counted(number, 'repeat').capitalize()} of line {line.number} ({plain(line.name)}), which {'adds' if number == 1 else 'add'} no line",
        ("Told by", "Why it is a repeat", "Its words", "What it goes back to", "Claims"),
        tuple(_repeat(read, ties.get(read.claim.id), line, casebook) for read in line.repeats),
        folded=True,
        kind="repeats",
    )


def _repeat(read: ReadClaim, tie: Tie | None, line: ShownLine, casebook: Casebook) -> Row:
    of = casebook.standing_by_id.get(tie.of) if tie and tie.of else None
    cites = (of_claim(read), *((of_claim(of),) if of else ()))
    changed: Inline = (" ", Flag("changed by a relay", "drift")) if read.claim.id in line.line.drift else ()
    if tie is None:
        return Row((told_by(read, casebook), (SAME_SOURCE, *changed), _quote(read, casebook), (NO_PASSAGE,)), cites)
    return Row(
        (
            told_by(read, casebook),
            (f"{TIE_WORDS[tie.kind]}: ", Given(clip(tie.why, LONGEST_PHRASE)), *changed),
            (*_quote(read, casebook), *_evidence(read, tie, casebook)),
            _origin(tie, of, casebook),
        ),
        cites,
    )


def _quote(read: ReadClaim, casebook: Casebook) -> Inline:
    return (AsWritten(clip(casebook.quote(read), LONGEST_PASSAGE), casebook.language_of(read)),)


def _evidence(read: ReadClaim, tie: Tie, casebook: Casebook) -> Inline:
    """The words that show the tie, where they are not among those of the claim."""
    words = words_at(tie.item, tie.span, casebook, LONGEST_EVIDENCE)
    if words is None or any(span.start <= tie.span.start and tie.span.end <= span.end for span in read.claim.content):
        return ()
    return (" — shown by: ", AsWritten(words, casebook.language_of(read)))


def _origin(tie: Tie, of: ReadClaim | None, casebook: Casebook) -> Inline:
    passage = words_at(tie.of_item, tie.of_span, casebook, LONGEST_PASSAGE)
    if passage is not None:
        held = casebook.items[tie.of_item or ""]
        return (AsWritten(passage, held.document.language if held.document else None), " — in ", Ref(of_item(held)))
    if of is not None:
        return _quote(of, casebook)
    named: Inline = (Given(clip(tie.name, LONGEST_PHRASE)),) if tie.name else ("a source that is not named",)
    return (*named, ", whose own telling is not shown here" if casebook.handed_out else ", whose own telling is not held here")


def _drawing(found: Finding, casebook: Casebook) -> Diagram:
    origins = [_drawn(line, casebook) for line in found.lines[:MOST_DRAWN]]
    left = len(found.lines) - len(origins)
    more = f" {counted(left, 'further line')} not drawn." if left > 0 else ""
    return Diagram(
        title=f"Independent lines and repeats of {found.numbered.number}",
        description="Each origin with the documents that tell it and what ties each to it. The table below holds the same lines in words, and the tables under it each repeat.",
        caption="A filled box is an established line, a broken outline one that is not; a curve leads to each document that tells it, with what shows the tie."
        f"{more}",
        drawing=draw_lines(origins, WIDE),
        narrow=draw_lines(origins, NARROW),
        citations=found.alleging,
    )


def _drawn(line: ShownLine, casebook: Casebook) -> Origin:
    ties = {tie.claim: tie for tie in line.line.ties}
    told: dict[str, Telling] = {}
    for read in (line.root, *line.repeats):
        held = casebook.item_of(read)
        if held is not None and held.item.id not in told:
            told[held.item.id] = _telling(held, ties.get(read.claim.id), read is line.root)
    tellings = tuple(told.values())
    name = plain(line.name)
    status = "established" if line.line.established else _why_not(line).removeprefix("no: ")
    return Origin(
        f"{line.number}. {name}",
        line.line.established,
        f"line {line.number}, {name}: {status}; told in {counted(len(tellings), 'document')}",
        tellings[:MOST_TOLD],
        max(len(tellings) - MOST_TOLD, 0),
    )


def _telling(held: HeldItem, tie: Tie | None, is_root: bool) -> Telling:  # noqa: FBT001 -- one call, by place
    publisher = held.document.publisher.value if held.document and held.document.publisher else held.item.source
    label = f"{held.item.number} {clip(publisher, 60)}" if publisher else held.item.number
    why = TIE_WORDS[tie.kind] if tie else "" if is_root else "same source"
    words = f"{label}: {why or 'the origin itself'}"
    return Telling(label, why, words)
