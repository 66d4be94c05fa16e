"""Findings first: each incident in one or two sentences, and a page of its own with everything they rest on.

Nothing is ever called confirmed: how well supported an incident is was derived by a named rule, and its page says why and what would change it.
"""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.model.incident import Role
from witnessmark.model.view import ReadClaim
from witnessmark.publish.attribution import headline
from witnessmark.publish.block import Block, Bullets, Heading, NewPage, Paragraph, Row, Table
from witnessmark.publish.casebook import Casebook, incident_anchor
from witnessmark.publish.citation import Citation, Cites, of_claim
from witnessmark.publish.facts import victims_line
from witnessmark.publish.finding import Finding, assessed, findings, flags, lines_and_victims, resting_on, title, what
from witnessmark.publish.finding_answers import answers
from witnessmark.publish.finding_grid import drift, grid
from witnessmark.publish.finding_lines import lines
from witnessmark.publish.pictures import pictures
from witnessmark.publish.prose import Given, Jump, Ref, clip, plain, sentence
from witnessmark.publish.sections.timeline import incident_timeline
from witnessmark.publish.sections.weighing import MEASURED
from witnessmark.publish.small_map import SmallMaps
from witnessmark.publish.words import counted, interval_words

ROLE_WORDS = {
    Role.SUPPORTS: "says that it happened",
    Role.CONTRADICTS: "says otherwise",
    Role.DENIES: "denies or doubts it",
    Role.CONTEXT: "speaks around it",
}

MOST_LED = 8
"""Incidents on the front page of a dossier too large to open with them all."""

MOST_REASONS = 40
LONGEST_REASON = 400
LONGEST_TITLE = 120

NOT_HELD = "asserted, not held here"
NOT_SHOWN = "asserted, not shown here"


class Incidents:
    """What is alleged and how well supported it is, with a page for each incident."""

    slug = "incidents"
    title = "Findings"
    noun = "incident"

    def blocks(self, casebook: Casebook) -> Iterator[Block]:
        """The sentences of every incident, then their pages."""
        found = list(findings(casebook))
        if not found and casebook.heads:
            yield Paragraph((sentence("No claims were grouped into an incident.", cites=casebook.heads),))
        yield from _proposals(found)
        for each in found:
            yield from _in_short(each, casebook)
        maps = SmallMaps(casebook)
        for each in found:
            yield from _page(each, casebook, maps)

    def digest(self, casebook: Casebook) -> Iterator[Block]:
        """The best supported incidents, and of equals those with most lines and claims."""
        found = list(findings(casebook))
        ranked = sorted(found, key=lambda each: (-(each.incident.level or 0), -(each.incident.independent_lines or 0), -len(each.members)))
        yield from _proposals(ranked)
        for each in ranked[:MOST_LED]:
            yield from _in_short(each, casebook)
        if len(found) > MOST_LED:
            yield Paragraph((sentence(f"These are {MOST_LED} of {counted(len(found), 'incident')}.", cites=ranked[0].alleging),))


def _proposals(found: list[Finding]) -> Iterator[Block]:
    """What these are while readings are unchecked: proposals, and how good they have been found to be."""
    unchecked = [each for each in found if each.unread]
    if unchecked:
        yield Paragraph(
            (
                sentence(
                    "What is marked as proposed was derived by a rule from readings that nobody has checked. ",
                    MEASURED,
                    " Before any of it is used, check the readings, merge and part incidents, and look at what denies what (",
                    Jump("how it is weighed", "section-weighing"),
                    ").",
                    cites=unchecked[0].alleging[:1],
                ),
            )
        )


def _in_short(found: Finding, casebook: Casebook) -> Iterator[Block]:
    yield Heading(sentence(Jump(found.numbered.number, incident_anchor(found.numbered)), ": ", *title(found), cites=found.alleging[:1]))
    yield from _told(found, casebook)


def _told(found: Finding, casebook: Casebook) -> Iterator[Block]:
    """What is alleged, how well supported, and the two flags, each on a line of its own."""
    yield Paragraph((what(found), lines_and_victims(found)))
    yield from (Paragraph((flag,)) for flag in flags(found, casebook))
    yield from (Paragraph((said,)) for said in assessed(found))


def _page(found: Finding, casebook: Casebook, maps: SmallMaps) -> Iterator[Block]:
    numbered = found.numbered
    yield NewPage(incident_anchor(numbered), f"{numbered.number}: {clip(plain(title(found)), LONGEST_TITLE)}")
    for blocks in parts(found, casebook, maps).values():
        yield from blocks


def parts(found: Finding, casebook: Casebook, maps: SmallMaps | None = None) -> dict[str, Iterator[Block]]:
    """What is shown of an incident, by what each part is, in the order in which it is read; with `maps`, its map too."""
    about = [read for role, read in found.members if role is not Role.CONTEXT]
    return {
        "told": _told(found, casebook),
        "why": _why(found, casebook),
        "grid": grid(found, casebook),
        "map": maps.blocks(about) if maps is not None else iter(()),
        "timeline": incident_timeline(about, casebook),
        "lines": lines(found, casebook),
        "drift": drift(found, casebook),
        "answers": answers(found, casebook),
        "pictures": pictures(found, casebook),
        "wanted": _wanted(found, casebook),
        "pivots": _pivots(found, casebook),
        "claims": iter((_table(found, casebook),)),
    }


def _why(found: Finding, casebook: Casebook) -> Iterator[Block]:
    reasons = found.incident.reasons[:MOST_REASONS]
    if reasons:
        yield Heading(sentence("Why: the reasons of the rule", cites=found.alleging[:1]))
        yield Bullets(tuple(sentence(Given(clip(each, LONGEST_REASON)), cites=resting_on(found, each, casebook)) for each in reasons))


def _wanted(found: Finding, casebook: Casebook) -> Iterator[Block]:
    """What is said to exist and is not here: the next requests."""
    wanted = found.incident.asked_for[:MOST_REASONS]
    if wanted:
        yield Heading(sentence("What to ask for next", cites=found.alleging[:1]))
        shown = [each.replace(NOT_HELD, NOT_SHOWN, 1) if casebook.handed_out else each for each in wanted]
        yield Bullets(tuple(sentence(Given(clip(each, LONGEST_REASON)), ".", cites=resting_on(found, each, casebook)) for each in shown))


def _pivots(found: Finding, casebook: Casebook) -> Iterator[Block]:
    """The single items without which the finding would be another."""
    pivots = [pivot for pivot in found.incident.pivots if pivot.item in casebook.items]
    if not pivots:
        return
    cites = [Citation(Cites.ITEM, pivot.item) for pivot in pivots]
    yield Heading(sentence("What single pieces it rests on", cites=tuple(cites[:1])))
    yield Bullets(
        tuple(
            sentence(
                "Without ", Ref(cite), " it would be: ", Given(clip(pivot.support, 80)), f" (level {pivot.level} of 6).", cites=(cite,)
            )
            for pivot, cite in zip(pivots, cites, strict=True)
        )
    )


def _table(found: Finding, casebook: Casebook) -> Table:
    return Table(
        f"All claims of {found.numbered.number}, figures as stated and not combined",
        ("Role", "Who", "Victims", "When", "Claim"),
        tuple(_row(role, read, casebook) for role, read in found.members),
        folded=True,
    )


def _row(role: Role, read: ReadClaim, casebook: Casebook) -> Row:
    cells = ((ROLE_WORDS[role],), headline(read, casebook), victims_line(read, casebook), (interval_words(read.claim.when),))
    return Row(cells=cells, citations=(of_claim(read),))
