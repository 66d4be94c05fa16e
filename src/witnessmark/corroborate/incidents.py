"""One incident: a group of tellings and what answers them, its lines of origin, its values and how well supported it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from witnessmark.corroborate.access import ACCESS
from witnessmark.corroborate.days import UNKNOWN
from witnessmark.corroborate.judged import Judged
from witnessmark.corroborate.lines import Known, Traced, trace_lines
from witnessmark.corroborate.passages import SharedPassage
from witnessmark.corroborate.telling import Telling
from witnessmark.corroborate.values import stated_values, victim_ranges
from witnessmark.corroborate.weighing import RULE, Against, Weight, weigh
from witnessmark.model.claim import ANSWERING, Basis, Stance
from witnessmark.model.incident import Answer, Incident, IncidentClaim, IncidentPlace, IncidentTime, Pivot, Role

ROLE_OF_ANSWER = {
    Stance.DENIES: Role.DENIES,
    Stance.CORRECTS: Role.CONTRADICTS,
    Stance.RETRACTS: Role.CONTRADICTS,
    Stance.DOUBTS: Role.CONTEXT,
    Stance.CONCEDES: Role.CONTEXT,
}
"""A doubt or concession is shown with the incident but counts on neither side; a denial never counts as support. What answers without a word that denies keeps the role it has by itself: it is never called a denial."""

NOT_HELD = "asserted, not held here"

MOST_PIVOTS = 12
"""Items that are taken away one after another to see what the finding rests on: those of the roots, oldest first."""

Passages = Mapping[str, Sequence[SharedPassage]]


def is_incident(group: Iterable[Telling]) -> bool:
    """Whether a group alleges anything; what only speaks around something makes no incident."""
    return any(telling.is_allegation for telling in group)


def incident_of(
    group: Sequence[Telling], answering: Sequence[Telling], answers: Sequence[Answer], passages: Passages, judged: Judged
) -> Incident:
    """Weigh a group of tellings, oldest first. `answering` are the claims that answer some of them, `answers` how."""
    everyone = list({one.id: one for one in (*group, *answering)}.values())
    answered_by = {one.id for one in answering}
    roles = {one.id: role_of(one, answers=one.id in answered_by) for one in everyone}
    bearing = [one for one in group if one.is_factual]
    withdrawn = _withdrawn(answers, {one.id: one for one in everyone})
    standing = [one for one in bearing if one.id not in withdrawn]
    known = Known.of(bearing)
    traced = trace_lines(standing, passages, judged.rejected, known)
    against = _against(answering)

    def weighed(tellings: Sequence[Telling]) -> Weight:
        return weigh(trace_lines(tellings, passages, judged.rejected, known), against, judged.grades)

    weight = weigh(traced, against, judged.grades)
    oldest = next(one for one in group if one.is_allegation)
    return Incident(
        id=oldest.id,
        act=oldest.placed.claim.act,
        where=_place(group),
        when=_time(group),
        claims=tuple(IncidentClaim(one.id, roles[one.id]) for one in everyone),
        independent_lines=sum(1 for each in traced if each.line.established),
        independent_lines_max=len(traced),
        lines=tuple(each.line for each in traced),
        victims=victim_ranges(traced, withdrawn),
        support=weight.support,
        reasons=weight.reasons,
        denied_by=against.denied_by,
        disputed_by=against.disputed_by,
        asked_for=_asked_for(traced, answering),
        rule=RULE,
        level=weight.level,
        stated=stated_values(trace_lines(bearing, passages, judged.rejected, known) if withdrawn else traced, withdrawn),
        pivots=tuple(_pivots(standing, traced, weight.level, weighed)),
    )


def role_of(telling: Telling, *, answers: bool) -> Role:
    """What a claim does in an incident; what is worded as a denial and `answers` nothing here only speaks around it."""
    claim = telling.placed.claim
    if claim.stance in ANSWERING:
        return ROLE_OF_ANSWER[claim.stance] if answers else Role.CONTEXT
    return Role.SUPPORTS if telling.supports else Role.CONTEXT


def _withdrawn(answers: Iterable[Answer], known: Mapping[str, Telling]) -> frozenset[str]:
    """The claims that their own source took back or corrected."""
    found = set()
    for answer in answers:
        by, about = known.get(answer.claim), known.get(answer.about)
        if (
            by is not None
            and about is not None
            and by.placed.claim.stance in {Stance.RETRACTS, Stance.CORRECTS}
            and _is_of_one_source(by, about)
        ):
            found.add(about.id)
    return frozenset(found)


def _is_of_one_source(by: Telling, about: Telling) -> bool:
    if by.compared.speaker and by.compared.speaker == about.compared.speaker:
        return True
    publishers = {one.document.publisher for one in (by, about) if one.document}
    return by.item != about.item and len(publishers) == 1 and None not in publishers and not by.compared.speaker


def _against(answering: Sequence[Telling]) -> Against:
    denied: list[str] = []
    disputed: list[str] = []
    contradicted: list[str] = []
    for one in answering:
        role = ROLE_OF_ANSWER.get(one.placed.claim.stance)
        if role is Role.DENIES:
            (disputed if _basis_of_denial(one) else denied).append(name_of(one))
        elif role is Role.CONTRADICTS:
            contradicted.append(name_of(one))
    return Against(*(tuple(dict.fromkeys(names)) for names in (denied, disputed, contradicted)))


def _basis_of_denial(telling: Telling) -> Basis | None:
    """What a denial says it rests on; that nothing was seen is no basis."""
    return next((basis for basis in telling.placed.claim.basis if basis.kind in ACCESS), None)


def name_of(telling: Telling) -> str:
    """Who says it, as far as that is known."""
    speaker = telling.placed.claim.speaker
    if speaker is None:
        return (telling.document.publisher if telling.document else None) or "the document itself"
    return speaker.name or (speaker.mention.text if speaker.mention else "a source that is not named")


def _asked_for(traced: Sequence[Traced], answering: Sequence[Telling]) -> tuple[str, ...]:
    """What is said to exist and is not held here: what an investigator asks for next."""
    wanted = []
    for each in traced:
        name = each.line.name or "the source"
        bases = [basis for telling in each.own for basis in telling.placed.claim.basis if basis.kind in ACCESS and basis.held is None]
        words = [basis.text for basis in bases]
        if not bases and each.access is not None and each.access.held is None:
            words.append(each.access.words.text)
        wanted += [f"{NOT_HELD}: ask {name} for “{text}”" for text in words]
    for one in answering:
        basis = _basis_of_denial(one) if one.placed.claim.stance is Stance.DENIES else None
        if basis is not None and basis.held is None:
            wanted.append(f"{NOT_HELD}: ask {name_of(one)} for “{basis.text}”, on which the denial rests")
    return tuple(dict.fromkeys(wanted))


def _pivots(
    standing: Sequence[Telling], traced: Sequence[Traced], level: int, weighed: Callable[[Sequence[Telling]], Weight]
) -> Iterable[Pivot]:
    """The single items without which the level would be another."""
    roots = dict.fromkeys(telling.item for each in traced if each.line.identified for telling in each.own)
    for item in list(roots)[:MOST_PIVOTS]:
        other = weighed([one for one in standing if one.item != item])
        if other.level != level:
            yield Pivot(item, other.level, other.support)


def _place(group: Sequence[Telling]) -> IncidentPlace | None:
    where = next((one.placed.claim.where for one in group if one.is_allegation and one.placed.claim.where), None)
    return IncidentPlace(where.name or where.text, where.id) if where else None


def _time(group: Sequence[Telling]) -> IncidentTime | None:
    stated = [one.compared.when for one in group if one.supports and one.compared.when != UNKNOWN]
    if not stated:
        return None
    starts, ends = [when.first for when in stated], [when.last for when in stated]
    return IncidentTime(
        None if None in starts else _iso(min(each for each in starts if each is not None)),
        None if None in ends else _iso(max(each for each in ends if each is not None)),
    )


def _iso(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
