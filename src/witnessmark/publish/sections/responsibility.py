"""Responsibility as alleged: who is said by whom, and on what basis, to have done, ordered, supported, let happen or gained from what; denials beside it.

Nothing here is in the dossier's own voice, and no legal class is given to anything. A drawing shows the parts told of most, a table all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from witnessmark.model.claim import PartyRole
from witnessmark.model.decision import Status
from witnessmark.model.responsibility import AllegedPart
from witnessmark.model.view import ReadClaim
from witnessmark.publish.attribution import stated_basis, whose
from witnessmark.publish.block import Block, Diagram, Paragraph, Row, Table
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.citation import Citation, of_claim
from witnessmark.publish.facts import NOT_COMPARED, by_ocr
from witnessmark.publish.parties import part_line, part_words, party_line, party_name
from witnessmark.publish.plot import NARROW, WIDE
from witnessmark.publish.plot_parties import Strand, draw_parties
from witnessmark.publish.prose import Flag, Inline, Ref, Sentence, sentence, some
from witnessmark.publish.words import STANCE_PASSIVES, act_words, counted

HOW = (
    "This section states nothing of its own: each line is a part that somebody is said to have had, by whom it is said and on what basis, and who denies it."
    " No answer is never an admission. Names are taken for one party only where they are written alike, so the same party can stand here more than once."
)
PEOPLE = (
    " A person is shown by name only where two people who work on the case decided so, each for themselves; else by office, or withheld."
)
CAPTION = "A line is what somebody is said to have done; a broken one is denied by somebody. The table below has the same in words, with who says it."

MOST_DRAWN = 24
MOST_CITED = 24
MOST_SAYING = 8
MOST_LED = 8

DRAWN = {
    PartyRole.PERPETRATOR: "did",
    PartyRole.COMMANDER: "commanded",
    PartyRole.SUPPORTER: "helped",
    PartyRole.ACQUIESCING: "let",
    PartyRole.BENEFICIARY: "gained",
}


class ResponsibilityAsAlleged:
    """The drawing, then every part in a table."""

    slug = "responsibility"
    title = "Responsibility as alleged"
    noun = "page"

    def blocks(self, casebook: Casebook) -> Iterator[Block]:
        """All parts, those in the doing first."""
        parts = casebook.view.responsibility.parts
        if not parts:
            return
        yield Paragraph(tuple(_how(parts, casebook)))
        yield _drawing(parts, casebook)
        yield _table("Parts that somebody is said to have had", parts, casebook)

    def digest(self, casebook: Casebook) -> Iterator[Block]:
        """The parts told of most."""
        parts = casebook.view.responsibility.parts
        if parts:
            yield Paragraph(tuple(_how(parts, casebook)))
            led = most_told(parts, MOST_LED)
            yield _table(f"The parts told of most, {len(led):,} of {len(parts):,}", led, casebook)


def most_told(parts: Iterable[AllegedPart], most: int) -> list[AllegedPart]:
    """The parts most claims tell of, in their order; those of who commanded, supported or let happen before those of who did it, which are many."""
    ordered = list(parts)
    chosen = sorted(ordered, key=lambda part: (part.role is PartyRole.PERPETRATOR, -len(part.said)))[:most]
    return [part for part in ordered if part in chosen]


def _how(parts: tuple[AllegedPart, ...], casebook: Casebook) -> Iterator[Sentence]:
    cites = casebook.heads or (Citation(of_claim(casebook.claims[parts[0].said[0]]).kind, parts[0].said[0]),)
    yield sentence(HOW + PEOPLE, cites=cites)
    if nameless := casebook.view.responsibility.nameless:
        reads = _reads(nameless, casebook)
        it, does, stands = ("it", "does", "stands") if len(reads) == 1 else ("they", "do", "stand")
        yield sentence(
            f"{counted(len(reads), 'claim gives', 'claims give').capitalize()} a part to somebody whom {it} {does} not name; {it} {stands} in no line here.",
            cites=tuple(map(of_claim, reads[:MOST_CITED])),
        )


def _drawing(parts: tuple[AllegedPart, ...], casebook: Casebook) -> Diagram:
    drawn = most_told(parts, MOST_DRAWN)
    strands = [_strand(part, casebook) for part in drawn]
    less = f" The {len(drawn)} parts told of most are drawn, of {len(parts):,}." if len(drawn) < len(parts) else ""
    return Diagram(
        title="Who is said to have had a part in what",
        description="One line a part that somebody is said to have had. The table below says the same in words.",
        caption=f"{CAPTION}{less}",
        drawing=draw_parties(strands, WIDE),
        narrow=draw_parties(strands, NARROW),
        citations=tuple(of_claim(casebook.claims[part.said[0]]) for part in drawn[:3]),
    )


def _strand(part: AllegedPart, casebook: Casebook) -> Strand:
    target = (f"act {part.act}", f"alleged {act_words(part.act)}" if part.act else "an act not stated")
    if part.of is not None:
        target = (part.of, party_name(part.of, casebook))
    denied = f", denied in {counted(len(part.denied), 'claim')}" if part.denied else ""
    words = f"{part_words(part, casebook)}, in {counted(len(part.said), 'claim')}{denied}"
    return Strand((part.party, party_name(part.party, casebook)), target, DRAWN[part.role], bool(part.denied), words)


def _table(caption: str, parts: Iterable[AllegedPart], casebook: Casebook) -> Table:
    rows = tuple(_row(part, casebook) for part in parts)
    return Table(caption, ("Who", "Is said", "By whom, and on what basis", "Denied, doubted or conceded", "Claims"), rows, kind="parts")


def _row(part: AllegedPart, casebook: Casebook) -> Row:
    said, against = _reads(part.said, casebook), _reads((*part.denied, *part.answered), casebook)
    return Row(
        (
            (*party_line(part.party, casebook), *_by_ocr(said, casebook)),
            part_line(part, casebook),
            some([_said(read, casebook) for read in said], "; ", MOST_SAYING),
            some([_against(read, casebook) for read in against], "; ", MOST_SAYING) or ("no answer shown here",),
        ),
        tuple(map(of_claim, (*said, *against)[:MOST_CITED])),
    )


def _by_ocr(said: list[ReadClaim], casebook: Casebook) -> Inline:
    """A mark where every claim that gives the name its part was read by OCR, and nobody has compared one with the picture."""
    guessed = [read.status is not Status.ACCEPTED and any(by_ocr(read, casebook)) for read in said]
    return (" ", Flag(f"name by OCR, {NOT_COMPARED}", "ocr")) if guessed and all(guessed) else ()


def _said(read: ReadClaim, casebook: Casebook) -> Inline:
    return (*whose(read, casebook), " (", *(stated_basis(read, casebook) or ("no basis given",)), ") ", Ref(of_claim(read)))


def _against(read: ReadClaim, casebook: Casebook) -> Inline:
    return (f"{STANCE_PASSIVES[read.claim.stance]} by ", *whose(read, casebook), " ", Ref(of_claim(read)))


def _reads(claims: Iterable[str], casebook: Casebook) -> list[ReadClaim]:
    return [casebook.claims[each] for each in claims if each in casebook.claims]
