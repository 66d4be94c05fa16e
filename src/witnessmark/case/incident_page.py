"""One incident as a screen shows it: drawn by what draws the dossier, with what a person may decide of it and who decided what before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.drawn import Drawer, Drawn
from witnessmark.case.histories import Decided, told
from witnessmark.case.incident_rows import IncidentRow, rows_of
from witnessmark.case.seen import mark_of
from witnessmark.case.viewing import view_case
from witnessmark.case.viewing_part import decisions_on_incident, view_incident
from witnessmark.model.decision import STATUS_WORDS, Decision
from witnessmark.model.deed import INCIDENT_MARK
from witnessmark.model.incident import Incident
from witnessmark.model.view import AsOf, CaseView
from witnessmark.model.work import WORK, Work
from witnessmark.publish.attribution import who
from witnessmark.publish.block import Block
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.finding import Finding, finding_of
from witnessmark.publish.finding_lines import TIE_WORDS
from witnessmark.publish.prose import clip, plain
from witnessmark.publish.sections.incidents import ROLE_WORDS, parts
from witnessmark.publish.sections.map import WhereMap
from witnessmark.publish.words import cut_words
from witnessmark.store import parts as stored_parts
from witnessmark.store import queries

T = TypeVar("T")

Remember = Callable[[str, Callable[[], T]], T]
"""Keeps what was made under a key until anything in the case changes."""

MOST_TOLD = 60
"""Decisions told on the page."""

MOST_LISTED = 100
"""Claims and ties that are offered to be chosen; of more, the numbers are typed."""

LONGEST_QUOTE = 140
APART = frozenset({"lines", "claims"})
"""Parts with pages of their own."""


class MemberShown(msgspec.Struct, frozen=True):
    """A claim of the incident: what it does in it, who says it, its words cut short, and whether a person has checked the reading."""

    number: str
    role: str
    who: str
    words: str
    language: str | None
    checked: str


class TieShown(msgspec.Struct, frozen=True):
    """That a claim is held to repeat another (`of`, None where that is not held here), by what and why."""

    claim: str
    of: str | None
    kind: str
    why: str


class IncidentDrawn(msgspec.Struct, frozen=True):
    """What was derived of an incident, drawn: parts by what they are, those with pages of their own page by page."""

    row: IncidentRow
    parts: dict[str, Drawn]
    lines: tuple[Drawn, ...]
    claims: tuple[Drawn, ...]
    members: tuple[MemberShown, ...]
    ties: tuple[TieShown, ...]
    more_members: int
    more_ties: int


class IncidentPage(msgspec.Struct, frozen=True):
    """An incident as it stands. `seen` marks its decisions; `subject` and `seen` are empty for an earlier day, of which nothing can be decided."""

    drawn: IncidentDrawn
    seen: str
    history: tuple[Decided, ...]
    decided: int
    before: str | None = None
    after: str | None = None
    state: Work | None = None
    cut: str = ""


def found_incident(case: Case, number: str) -> tuple[str, Incident] | None:
    """The incident with this number and the number it goes by now: another one where it was merged since. None where there is none."""
    with case.asking() as connection:
        subject = queries.subject_of(connection, number) if number[:1].upper() == "N" else None
        incident = stored_parts.incident_at(connection, subject) if subject is not None else None
        if incident is None:
            return None
        labels = stored_parts.labels_of(connection, [incident.id + INCIDENT_MARK])
        label = labels.get(incident.id + INCIDENT_MARK)
        return (label.number, incident) if label is not None else None


def incident_page(
    case: Case, incident: Incident, *, reader: str, names: bool, remember: Remember[IncidentDrawn | None]
) -> IncidentPage | None:
    """The page of an incident; None where no claim of it is shown any more."""
    drawn = remember(f"incident {incident.id}", lambda: _drawn(view_incident(case, incident), incident.id))
    if drawn is None:
        return None
    with case.asking() as connection:
        made = decisions_on_incident(connection, incident)
        seen = mark_of(connection, incident.id + INCIDENT_MARK)
        numbers = stored_parts.numbers_of_incidents(connection)
    at = numbers.index(drawn.row.number)
    before, after = numbers[at - 1] if at else None, numbers[at + 1] if at + 1 < len(numbers) else None
    return IncidentPage(
        drawn, seen, told(case, made[-MOST_TOLD:], reader=reader, names=names), len(made), before, after, _state(made, incident)
    )


def _state(made: Sequence[Decision], incident: Incident) -> Work | None:
    """How far people have come with it, None where nobody said."""
    said = [one.value for one in made if one.field == WORK and one.subject == incident.id + INCIDENT_MARK and not one.undone]
    return Work(said[-1]) if said else None


def incident_then(case: Case, number: str, asked: AsOf, remember: Remember[Casebook]) -> IncidentPage | None:
    """The same as of an earlier day, with what was there then and nothing else; None where there was no such incident."""
    casebook = casebook_then(case, asked, remember)
    found = next((each for each in casebook.view.incidents if each.number == number), None)
    drawn = _of_casebook(casebook, found.incident.id) if found is not None else None
    return IncidentPage(drawn, "", (), 0, cut=cut_words(casebook.view.cut, handed_out=False)) if drawn and casebook.view.cut else None


def casebook_then(case: Case, asked: AsOf, remember: Remember[Casebook]) -> Casebook:
    """The case as of an earlier day: all derived from what was there then."""
    return remember(f"as of {asked.day} {asked.known_to_us}", lambda: Casebook(view_case(case, asked)))


def _drawn(view: CaseView, incident: str) -> IncidentDrawn | None:
    return _of_casebook(Casebook(view), incident)


def _of_casebook(casebook: Casebook, incident: str) -> IncidentDrawn | None:
    numbered = next(each for each in casebook.view.incidents if each.incident.id == incident)
    found = finding_of(numbered, casebook)
    if found is None:
        return None
    drawer = Drawer(casebook)
    blocks: dict[str, Iterable[Block]] = dict(parts(found, casebook))
    apart = {name: drawer.pages(blocks.pop(name)) for name in APART}
    shown = {name: drawer.draw(each) for name, each in blocks.items()}
    own = Casebook(msgspec.structs.replace(casebook.view, claims=tuple(read for _, read in found.members), incidents=(numbered,)))
    shown["map"] = Drawer(own).draw(WhereMap().blocks(own))
    members, ties = list(_members(found, casebook)), list(_ties(found, casebook))
    return IncidentDrawn(
        row=next(row for row in rows_of(own.view) if row.number == numbered.number),
        parts={name: each for name, each in shown.items() if each},
        lines=apart["lines"],
        claims=apart["claims"],
        members=tuple(members[:MOST_LISTED]),
        ties=tuple(ties[:MOST_LISTED]),
        more_members=max(len(members) - MOST_LISTED, 0),
        more_ties=max(len(ties) - MOST_LISTED, 0),
    )


def _members(found: Finding, casebook: Casebook) -> Iterator[MemberShown]:
    for role, read in found.members:
        yield MemberShown(
            number=read.number,
            role=ROLE_WORDS[role],
            who=plain(who(read)),
            words=clip(casebook.quote(read), LONGEST_QUOTE),
            language=casebook.language_of(read),
            checked=STATUS_WORDS[read.status],
        )


def _ties(found: Finding, casebook: Casebook) -> Iterator[TieShown]:
    """What ties each repeat to its origin, as far as the claims are shown."""
    for line in found.lines:
        for tie in line.line.ties:
            read, of = casebook.standing_by_id.get(tie.claim), casebook.standing_by_id.get(tie.of or "")
            if read is not None:
                yield TieShown(read.number, of.number if of else None, TIE_WORDS[tie.kind], clip(casebook.withheld.cover(tie.why), 240))
