"""Incidents, first cut: claims about one happening side by side. Nothing is weighed and no figure is combined."""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.model.decision import Status
from witnessmark.model.incident import Incident, Role
from witnessmark.model.view import NumberedIncident, ReadClaim
from witnessmark.publish.attribution import LONGEST_PHRASE, answers_back, headline
from witnessmark.publish.block import Block, Card, Fact, Paragraph, Row, Table
from witnessmark.publish.casebook import Casebook, incident_anchor
from witnessmark.publish.citation import of_claim
from witnessmark.publish.facts import victims_line
from witnessmark.publish.prose import Given, Inline, Jump, Part, Ref, clip, sentence, some
from witnessmark.publish.words import act_words, dates_words, interval_words

ROLE_WORDS = {
    Role.SUPPORTS: "says that it happened",
    Role.CONTRADICTS: "says otherwise",
    Role.DENIES: "denies or doubts it",
    Role.CONTEXT: "speaks around it",
}


MOST_LED = 8
"""Incidents named on the front page of a dossier too large to open with them all."""


class Incidents:
    """A card and a table of claims for each incident."""

    slug = "incidents"
    title = "Incidents"
    noun = "page"

    def blocks(self, casebook: Casebook) -> Iterator[Block]:
        """Each incident as the claims give it."""
        shown = False
        for numbered in casebook.view.incidents:
            members = _members(numbered.incident, casebook)
            if members:
                shown = True
                yield _card(numbered, members, casebook)
                yield _table(numbered, members, casebook)
        if not shown and casebook.heads:
            yield Paragraph((sentence("No claims were grouped into an incident.", cites=casebook.heads),))

    def digest(self, casebook: Casebook) -> Iterator[Block]:
        """The incidents with most claims."""
        found = [(numbered, members) for numbered in casebook.view.incidents if (members := _members(numbered.incident, casebook))]
        ranked = sorted(found, key=lambda pair: -len(pair[1]))[:MOST_LED]
        rows = tuple(
            Row(
                cells=(
                    (Jump(numbered.number, incident_anchor(numbered)), " ", *_title(numbered)),
                    (
                        dates_words(numbered.incident.when.earliest, numbered.incident.when.latest)
                        if numbered.incident.when
                        else "not stated",
                    ),
                    (f"{len(members):,}, of which {sum(1 for role, _ in members if role is Role.DENIES):,} deny or doubt",),
                ),
                citations=(of_claim(members[0][1]),),
            )
            for numbered, members in ranked
        )
        if rows:
            yield Table(
                f"The incidents with most claims, {len(rows):,} of {len(found):,}", ("Incident", "When", "Claims", "For example"), rows
            )


def _members(incident: Incident, casebook: Casebook) -> list[tuple[Role, ReadClaim]]:
    """The claims of the incident by role; a denial counts as one whatever role it was given."""
    found = [
        (Role.DENIES if answers_back(read) and member.role is Role.SUPPORTS else member.role, read)
        for member in incident.claims
        if (read := casebook.claims.get(member.id)) is not None and read.status is not Status.REJECTED
    ]
    return sorted(found, key=lambda pair: list(Role).index(pair[0]))


def _card(numbered: NumberedIncident, members: list[tuple[Role, ReadClaim]], casebook: Casebook) -> Card:
    incident = numbered.incident
    facts = [
        Fact("Act", (f"alleged: {act_words(incident.act)}",) if incident.act else ("not stated",)),
        Fact("Where", _where(incident)),
        Fact("When", (dates_words(incident.when.earliest, incident.when.latest),) if incident.when else ("not stated",)),
        Fact("Independent lines", (_lines(incident),)),
        Fact("How well supported", (Given(incident.support),) if incident.support else ("not weighed yet",)),
    ]
    facts += [
        Fact(label, _named(names, casebook))
        for label, names in (("Denied by", incident.denied_by), ("Disputed by", incident.disputed_by), ("Asked for", incident.asked_for))
        if names
    ]
    facts += [Fact("Note", (Given(clip(reason, 400)),)) for reason in incident.reasons[:20]]
    return Card(
        title=(f"{numbered.number}: ", *_title(numbered)),
        citations=(of_claim(members[0][1]),),
        facts=tuple(facts),
        anchor=incident_anchor(numbered),
        level=3,
        tone="incident",
    )


def _title(numbered: NumberedIncident) -> Inline:
    incident = numbered.incident
    place: Inline = (", ", *_where(incident)) if incident.where and incident.where.name else ()
    return (f"alleged {act_words(incident.act)}" if incident.act else "no act stated", *place)


def _where(incident: Incident) -> Inline:
    return (Given(clip(incident.where.name, LONGEST_PHRASE)),) if incident.where and incident.where.name else ("not stated",)


def _lines(incident: Incident) -> str:
    if incident.independent_lines is None:
        return "not established yet"
    most = incident.independent_lines_max
    return f"{incident.independent_lines} established" + (f", at most {most} possible" if most is not None else "")


def _named(names: tuple[str, ...], casebook: Casebook) -> Inline:
    """Names as they are; a claim named by its id becomes its link."""
    lines: list[Inline] = []
    for name in names:
        read = casebook.claims.get(name)
        part: Part = Ref(of_claim(read)) if read else Given(clip(name, LONGEST_PHRASE))
        lines.append((part,))
    return some(lines, ", ", 50)


def _table(numbered: NumberedIncident, members: list[tuple[Role, ReadClaim]], casebook: Casebook) -> Table:
    rows = tuple(
        Row(
            cells=((ROLE_WORDS[role],), headline(read, casebook), victims_line(read, casebook), (interval_words(read.claim.when),)),
            citations=(of_claim(read),),
        )
        for role, read in members
    )
    return Table(f"Claims of {numbered.number}, figures as stated and not combined", ("Role", "Who", "Victims", "When", "Claim"), rows)
