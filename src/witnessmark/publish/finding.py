"""An incident as a dossier may show it: of its claims and lines only what is shown and no person has called misread."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from witnessmark.model.claim import ANSWERING, Stance
from witnessmark.model.decision import Status
from witnessmark.model.incident import Incident, Line, Role, VictimRange
from witnessmark.model.span import Span
from witnessmark.model.view import NumberedIncident, ReadClaim
from witnessmark.publish.attribution import LONGEST_PHRASE, answers_back, speaker_name
from witnessmark.publish.beside import Reply, replies
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.citation import Citation, of_claim
from witnessmark.publish.prose import Flag, Given, Inline, Sentence, clip, joined, sentence, some
from witnessmark.publish.words import HARM_WORDS, act_words, counted, dates_words

MOST_CITED = 6
"""Records linked after one sentence of a finding; its page has them all."""

MOST_NAMED = 6
MOST_RANGES = 3
"""Ranges of victims in the headline; the grid has every value."""


class ShownLine(msgspec.Struct, frozen=True):
    """A line of origin as far as it is shown: its root's claim, what the origin itself says beside it, and the claims that repeat it elsewhere."""

    line: Line
    number: int
    root: ReadClaim
    beside: tuple[ReadClaim, ...]
    repeats: tuple[ReadClaim, ...]

    @property
    def name(self) -> Inline:
        """Whose line it is."""
        return (Given(clip(self.line.name, LONGEST_PHRASE)),) if self.line.name else ("a source without a name",)


class Finding(msgspec.Struct, frozen=True):
    """An incident with its shown claims by role and its shown lines; `answers` are what answers them, each claim's together."""

    numbered: NumberedIncident
    members: tuple[tuple[Role, ReadClaim], ...]
    lines: tuple[ShownLine, ...]
    answers: tuple[Reply, ...]

    @property
    def incident(self) -> Incident:
        """What was derived."""
        return self.numbered.incident

    @property
    def readings(self) -> int:
        """How many claims its lines hold."""
        return sum(1 + len(line.beside) + len(line.repeats) for line in self.lines)

    @property
    def unread(self) -> int:
        """How many of them no person has compared with the original."""
        held = (read for line in self.lines for read in (line.root, *line.beside, *line.repeats))
        return sum(1 for read in held if read.status is Status.PROPOSED)

    @property
    def alleging(self) -> tuple[Citation, ...]:
        """The claims that put it forward; where none is shown, any of its claims."""
        roots = [line.root for line in self.lines] or [read for role, read in self.members if role is Role.SUPPORTS]
        return tuple(of_claim(read) for read in (roots or [self.members[0][1]])[:MOST_CITED])


def finding_of(numbered: NumberedIncident, casebook: Casebook) -> Finding | None:
    """The finding, or None where none of its claims is shown."""
    standing = casebook.standing_by_id
    members = tuple(_members(numbered.incident, standing))
    if not members:
        return None
    ids = {read.claim.id for _, read in members}
    answers = {
        (answer.claim, answer.about): answer
        for _, read in members
        for answer in casebook.answers_of(read)
        if answer.about in ids and answer.claim in standing and answer.claim != answer.about
    }
    return Finding(numbered, members, tuple(_lines(numbered.incident, standing)), tuple(replies(answers.values())))


def findings(casebook: Casebook) -> Iterator[Finding]:
    """All that can be shown, in the order of their numbers."""
    for numbered in casebook.view.incidents:
        found = finding_of(numbered, casebook)
        if found is not None:
            yield found


def _members(incident: Incident, standing: dict[str, ReadClaim]) -> list[tuple[Role, ReadClaim]]:
    """The claims of the incident by role; a denial counts as one whatever role it was given."""
    order = list(Role)
    found = [
        (Role.DENIES if answers_back(read) and member.role is Role.SUPPORTS else member.role, read)
        for member in incident.claims
        if (read := standing.get(member.id)) is not None
    ]
    return sorted(found, key=lambda pair: order.index(pair[0]))


def _lines(incident: Incident, standing: dict[str, ReadClaim]) -> Iterator[ShownLine]:
    for number, line in enumerate(incident.lines, 1):
        told = [standing[each] for each in (line.root, *line.members) if each in standing]
        if told:
            tied = {tie.claim for tie in line.ties}
            root, *others = told
            own = [read.item == root.item and read.claim.id not in tied for read in others]
            beside = tuple(read for read, is_own in zip(others, own, strict=True) if is_own)
            yield ShownLine(line, number, root, beside, tuple(read for read, is_own in zip(others, own, strict=True) if not is_own))


def title(found: Finding) -> Inline:
    """What is alleged and where, in a few words; nothing is stated in our own voice."""
    incident = found.incident
    place: Inline = (", ", Given(clip(incident.where.name, LONGEST_PHRASE))) if incident.where and incident.where.name else ()
    return (f"alleged {act_words(incident.act)}" if incident.act else "no act stated", *place)


def what(found: Finding) -> Sentence:
    """What is alleged, where, when and how well supported."""
    incident = found.incident
    act = act_words(incident.act)
    alleged = f"{act[:1].upper()}{act[1:]} is alleged" if incident.act else "Something is alleged, with no act stated"
    place: Inline = (Given(clip(incident.where.name, LONGEST_PHRASE)),) if incident.where and incident.where.name else ("not stated",)
    when = dates_words(incident.when.earliest, incident.when.latest) if incident.when else "not stated"
    return sentence(alleged, " (where: ", *place, f"; when: {when}). ", *support(found), ".", cites=found.alleging)


def support(found: Finding) -> Inline:
    """How well supported it is, by which rule; a proposal as long as it rests on a reading that nobody has checked."""
    incident = found.incident
    if incident.support is None:
        return ("How well supported: not weighed yet",)
    words = clip(incident.support, 80)
    scale = f", level {incident.level} of 6" if incident.level is not None else ""
    rule: Inline = (" by the rule ", Given(incident.rule)) if incident.rule else ()
    if not found.unread:
        return ("How well supported: ", Flag(words, "support"), scale, *rule)
    read = counted(found.readings, "reading")
    return (
        "How well supported: ",
        Flag(f"proposed: {words}", "support"),
        scale,
        *rule,
        f"; of the {read} it rests on, nobody has checked {found.unread:,}",
    )


def lines_and_victims(found: Finding) -> Sentence:
    """Lines of origin, established and most possible, and the headline range of victims with its rule."""
    incident = found.incident
    if incident.independent_lines is None:
        lines = "Lines of origin: not worked out yet"
    else:
        most = incident.independent_lines_max
        upto = f", at most {most:,} possible" if most is not None else ""
        lines = f"{counted(incident.independent_lines, 'independent line').capitalize()} of origin established{upto}"
    values = [each for each in incident.stated if each.field == "victims"]
    ids = dict.fromkeys(each.claim for each in values)
    known = {read.claim.id: read for _, read in found.members}
    cites = tuple(of_claim(known[each]) for each in ids if each in known)[:MOST_CITED]
    return sentence(lines, "; victims: ", *victims(incident), ".", cites=tuple(dict.fromkeys((*cites, *found.alleging)))[: MOST_CITED * 2])


def victims(incident: Incident, most: int = MOST_RANGES) -> Inline:
    """The ranges with the rule that made each; figures of one root beside each other are not combined."""
    ranges = sorted(incident.victims, key=lambda each: each.rule == "as stated")
    if not ranges:
        return ("no figure stated",)
    return some([(f"{_range_words(each)} (rule: {each.rule})",) for each in ranges], "; ", most)


def assessed(found: Finding) -> Iterator[Sentence]:
    """What people decided of it, in their words: likelihood and confidence, other incidents, what those it is alleged of were asked."""
    said, cites = found.numbered.assessment, found.alleging
    judged = [f"{said.likelihood}"] if said.likelihood else []
    judged += [f"{said.confidence} confidence"] if said.confidence else []
    if judged:
        why: Inline = (" (", Given(clip(said.why, LONGEST_PHRASE * 2)), ")") if said.why else ()
        yield sentence(f"The analyst's judgement, computed by nothing: {', with '.join(judged)}", *why, ".", cites=cites)
    for link in said.links:
        yield sentence(f"In a person's judgement: {link.kind} {link.other} (", Given(clip(link.why, LONGEST_PHRASE * 2)), ").", cites=cites)
    for day, reply in said.replies:
        yield sentence(f"Right of reply, noted on {day}: ", Given(clip(reply, LONGEST_PHRASE * 2)), ".", cites=cites)


def _range_words(each: VictimRange) -> str:
    low, high = each.min, each.max
    if low is None and high is None:
        number = "a number not stated"
    elif high is None:
        number = f"at least {low:,}"
    elif low is None:
        number = f"at most {high:,}"
    else:
        number = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    harm = HARM_WORDS[each.harm] if each.harm else "(what befell them is not stated)"
    unit = "" if each.per is None else f" an {each.per}" if each.per == "hour" else f" a {each.per}"
    return f"{number} {harm}{unit}"


def flags(found: Finding, casebook: Casebook) -> Iterator[Sentence]:
    """Two different flags: who denies it barely, and who disputes it and names a basis."""
    incident = found.incident
    for names, words, kind in (
        (incident.denied_by, "denied by", "denied"),
        (incident.disputed_by, "disputed on evidence", "disputed"),
    ):
        if names:
            by: Inline = (" ",) if kind == "denied" else (" by ",)
            rest = " (no basis named, which moves nothing either way)." if kind == "denied" else "."
            named = joined([(Given(clip(name, LONGEST_PHRASE)),) for name in names[:MOST_NAMED]])
            more = f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else ""
            yield sentence(Flag(words, kind), *by, *named, more, rest, cites=_by(found, names, casebook) or found.alleging)


def _by(found: Finding, names: tuple[str, ...], casebook: Casebook) -> tuple[Citation, ...]:
    """The denials of these; all denials where a name is not that of a speaker."""
    denials = [read for reply in found.answers if (read := casebook.standing_by_id[reply.claim]).claim.stance is Stance.DENIES]
    own = [read for read in denials if _named(read, casebook) in names]
    return tuple(dict.fromkeys(of_claim(read) for read in (own or denials)))[:MOST_CITED]


def resting_on(found: Finding, words: str, casebook: Casebook) -> tuple[Citation, ...]:
    """The claims a derived sentence is about: the roots and the answering speakers that it names, or all roots."""
    named = [line.root for line in found.lines if line.line.name and line.line.name in words]
    answering = [casebook.standing_by_id[reply.claim] for reply in found.answers]
    named += [read for read in answering if read.claim.stance in ANSWERING and (name := _named(read, casebook)) and name in words]
    return tuple(dict.fromkeys(of_claim(read) for read in named))[:MOST_CITED] or found.alleging


def _named(read: ReadClaim, casebook: Casebook) -> str | None:
    """The speaker or, of a document's own voice, its publisher."""
    held = casebook.item_of(read)
    published = held.document.publisher if held and held.document else None
    return speaker_name(read) if read.claim.speaker is not None or published is None else published.value


def words_at(item: str | None, span: Span | None, casebook: Casebook, longest: int) -> str | None:
    """The characters of a shown document at a span, as the dossier shows them; None where it is not shown."""
    held = casebook.items.get(item or "")
    if held is None or held.document is None or span is None or not 0 <= span.start < span.end <= len(held.document.text):
        return None
    if not casebook.handed_out and not span.holds_in(held.document.text):  # what is handed out is covered, character for character
        return None
    return clip(casebook.text(held)[span.start : span.end], longest)
