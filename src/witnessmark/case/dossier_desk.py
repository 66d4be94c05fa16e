"""What stands between a case and its dossiers: what holds each thing back and how that is resolved, the sentences of the findings with what they rest on, and how the draft stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.clock import now
from witnessmark.case.incident_page import found_incident
from witnessmark.case.persons import persons_of
from witnessmark.case.seen import mark_of
from witnessmark.case.viewing import held_items
from witnessmark.case.viewing_part import view_incident
from witnessmark.case.waiting import dossier_behind, what_a_dossier_lacks
from witnessmark.case.watching_sites import watched_sites
from witnessmark.errors import UsageError
from witnessmark.model.consent import Refused
from witnessmark.model.decision import Status
from witnessmark.model.view import CaseView
from witnessmark.protect.permission import naming
from witnessmark.publish.block import Paragraph
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.citation import Cites
from witnessmark.publish.finding import finding_of
from witnessmark.publish.prose import plain
from witnessmark.publish.sections.incidents import parts
from witnessmark.publish.visibility import RULE_WORDS, Rule, claim_rule, select
from witnessmark.store import parts as stored_parts
from witnessmark.store import queries
from witnessmark.store.counting import questions
from witnessmark.store.decided import judgements

MOST_NAMED = 60
"""Things named under one rule; the rest are counted."""

RELEASE, BOUND = "release", "bound_by_consent"
RESOLVED_BY = {
    Rule.NOT_RELEASED: RELEASE,
    Rule.RELEASE_ENDED: RELEASE,
    Rule.QUESTION: RELEASE,
    Rule.SITE: RELEASE,
    Rule.NO_CONSENT: BOUND,
}
"""Rules that a decision on this field resolves. The others ask for a look at the thing itself."""

WHAT_TO_DO = {
    Rule.SEALED: "They stay behind. Only who sealed them should say otherwise.",
    Rule.SENSITIVE: "They stay behind unless nobody could be endangered: look at each.",
    Rule.NOT_RELEASED: "Release them, where nothing speaks against it.",
    Rule.RELEASE_ENDED: "Release them again, where that is right.",
    Rule.WITHDRAWN: "They stay behind: consent was withdrawn.",
    Rule.NO_CONSENT: "Ask whoever gave them, and record the consent on each item's own page. Where consent does not bind, because officials act as such or nobody gave it in confidence, say so here.",
    Rule.DERIVED: "Resolve what they were made from first.",
    Rule.LISTS: "Resolve what they list, or publish a redacted copy instead.",
    Rule.UNREAD: "Read each beside its original.",
    Rule.SECOND: "A second person has to read each, without knowing what the first one said.",
    Rule.MISREAD: "Nothing to do: what was misread is not published.",
    Rule.QUESTION: "Release them, where the estimate may be told.",
    Rule.SITE: "Release them, where what was observed may be told.",
}


class Thing(msgspec.Struct, frozen=True):
    """Something held back, by its short number; `seen` marks how it stood, for a decision on it."""

    number: str
    seen: str


class Blocked(msgspec.Struct, frozen=True):
    """What one rule holds back: in whose words, what to do, and the first of the things. `field` is what a decision of would resolve it, empty where none would."""

    rule: str
    words: str
    what_to_do: str
    things: tuple[Thing, ...]
    number: int
    field: str


class Desk(msgspec.Struct, frozen=True):
    """What holds things back, whose names are covered for want of consent, and what no command has done yet."""

    items: int
    shown_items: int
    claims: int
    shown_claims: int
    blocked: tuple[Blocked, ...]
    masked: tuple[str, ...]
    lacks: tuple[str, ...]


class DraftState(msgspec.Struct, frozen=True):
    """When the working draft was written last (UTC, None where never), and what came since."""

    written: str | None
    current: bool
    items: int = 0
    documents: int = 0
    decisions: int = 0


class SaidSentence(msgspec.Struct, frozen=True):
    """A sentence of a finding, the records it rests on by number, and those of them that may not be shown, each with the rule that holds it back."""

    text: str
    rests_on: tuple[str, ...]
    held_back: tuple[tuple[str, str], ...]


class Findings(msgspec.Struct, frozen=True):
    """The sentences of one incident."""

    number: str
    sentences: tuple[SaidSentence, ...]


class HeldBack(msgspec.Struct, frozen=True):
    """Which rule holds back each thing in its own right, and each claim for the item it stands in; the short number of each, all by id."""

    own: dict[str, Rule]
    inherited: dict[str, Rule]
    numbers: dict[str, str]

    @property
    def all_rules(self) -> dict[str, Rule]:
        """The rule that holds back each thing, in its own right or not."""
        return self.inherited | self.own


def desk_of(case: Case, held: HeldBack) -> Desk:
    """How much may be shown, and what holds back the rest."""
    by_rule: dict[Rule, list[str]] = {}
    for subject, rule in held.own.items():
        by_rule.setdefault(rule, []).append(subject)
    with case.asking() as connection:
        items, statuses = len(queries.items(connection)), stored_parts.statuses_of_claims(connection)
        blocked = tuple(
            Blocked(
                rule=rule.name.lower(),
                words=RULE_WORDS[rule],
                what_to_do=WHAT_TO_DO[rule],
                things=tuple(
                    Thing(held.numbers[each], mark_of(connection, each) if rule in RESOLVED_BY else "")
                    for each in by_rule[rule][:MOST_NAMED]
                ),
                number=len(by_rule[rule]),
                field=RESOLVED_BY.get(rule, ""),
            )
            for rule in Rule
            if rule in by_rule
        )
    hidden = held.all_rules
    return Desk(
        items=items,
        shown_items=items - sum(1 for each in held.own if held.numbers[each].startswith("I")),
        claims=len(statuses),
        shown_claims=sum(1 for each, status in statuses.items() if status is Status.ACCEPTED and each not in hidden),
        blocked=blocked,
        masked=tuple(person.number for person in persons_of(case) if isinstance(naming(person), Refused)),
        lacks=tuple(lack.what for lack in what_a_dossier_lacks(case)),
    )


def held_back(case: Case) -> HeldBack:
    """What of the case a public dossier may not show today."""
    with case.asking() as connection:
        items = held_items(connection)
        asked, sites = tuple(questions(connection)), watched_sites(connection)
        view = CaseView("", 0, "", "", items, (), (), (), (), (), (), counting=asked, sites=sites)
        own = dict(select(view, now()[:10]).held_back)
        inherited: dict[str, Rule] = {}
        readers = 2 if case.settings.second_reader else 1
        said = stored_parts.by_subject(judgements(connection)) if readers > 1 else {}
        numbers = {held.item.id: held.item.number for held in items}
        numbers |= {one.id: one.number for one in asked} | {site.id: site.number for site in sites}
        for claim in queries.claim_rows(connection):
            numbers[claim.id] = f"C{claim.number}"
            if claim.item in own:
                inherited[claim.id] = own[claim.item]
            elif (rule := claim_rule(claim.status, said.get(claim.id, ()), readers)) is not None:
                own[claim.id] = rule
    return HeldBack(own, inherited, numbers)


def draft_state(case: Case) -> DraftState:
    """How the working draft stands."""
    behind = dossier_behind(case)
    if behind is None:
        return DraftState(None, current=False)
    return DraftState(behind.published, behind.current, behind.items, behind.documents, behind.decisions)


def sentences_of(case: Case, numbers: Sequence[str], rules: Mapping[str, Rule]) -> tuple[Findings, ...]:
    """The sentences of these incidents as the working draft says them. A public dossier says what is left when the findings are derived anew from what may be shown."""
    found = (found_incident(case, number) for number in numbers)
    return tuple(Findings(one[0], _sentences(Casebook(view_incident(case, one[1])), rules)) for one in found if one is not None)


def _sentences(casebook: Casebook, rules: Mapping[str, Rule]) -> tuple[SaidSentence, ...]:
    finding = finding_of(casebook.view.incidents[0], casebook)
    if finding is None:
        return ()
    said = []
    for block in parts(finding, casebook)["told"]:
        for sentence in block.sentences if isinstance(block, Paragraph) else ():
            labels = {each: target.label for each in sentence.citations if (target := casebook.target(each)) is not None}
            held = [
                (labels[each], RULE_WORDS[rules[each.key]])
                for each in labels
                if each.kind in {Cites.CLAIM, Cites.ITEM} and each.key in rules
            ]
            said.append(SaidSentence(casebook.withheld.cover(plain(sentence.parts)), tuple(labels.values()), tuple(held)))
    return tuple(said)


def resolving_value(field: str, value: str, until: str) -> str:
    """What is decided: of a release withheld, released, or released until a day; of consent that it does not bind. Raises UsageError."""
    if field == BOUND and value == "no":
        return value
    if field != RELEASE:
        raise UsageError(f"Nothing called {field[:40]!r} is decided here.")
    if value not in {"released", "withheld"} or (until and value != "released"):
        raise UsageError(f"A release is released (until a day, if you like) or withheld; not {value[:40]!r}.")
    if not until:
        return value
    try:
        return f"released until {date.fromisoformat(until).isoformat()}"
    except ValueError:
        raise UsageError(f"{until[:40]!r} is no day. Write it as 2031-05-04: year-month-day.") from None
