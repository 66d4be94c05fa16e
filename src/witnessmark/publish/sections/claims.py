"""Who says what: each claim with its speaker, the way it reached us, its basis and its quoted span in context."""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.model.claim import Act, ClaimParty, ClaimPlace, Form, Interval, VictimCount
from witnessmark.model.decision import STATUS_WORDS, Decision, Status
from witnessmark.model.view import HeldItem, ReadClaim
from witnessmark.publish.attribution import (
    LONGEST_PHRASE,
    basis_line,
    certainty_line,
    framed,
    headline,
    lead,
    relay_line,
    short_name,
    speaker_line,
    statement,
)
from witnessmark.publish.block import Block, Card, Excerpt, Fact, Heading, Paragraph, Row, Table
from witnessmark.publish.casebook import (
    Answering,
    Casebook,
    claim_anchor,
    decision_anchor,
    document_anchor,
    item_anchor,
    mark_anchor,
    stands,
)
from witnessmark.publish.citation import Citation, Cites, of_claim, of_item
from witnessmark.publish.excerpt import in_context, layers_of
from witnessmark.publish.prose import AsWritten, Given, Inline, Jump, Part, Ref, clip, sentence, some
from witnessmark.publish.words import ROLE_WORDS, act_words, count_words, counted, interval_words, moment_words

REFS_A_ROW = 60
"""Claims linked in one row of the contents; more make further rows."""


class WhoSaysWhat:
    """Contents by item and by act, then every claim in the order of the evidence."""

    slug = "claims"
    title = "Who says what"
    apart = False

    def blocks(self, casebook: Casebook) -> Iterator[Block]:
        """The contents, then a heading for each item and a card for each claim."""
        groups = [(held, claims) for held in casebook.view.items if (claims := casebook.claims_of(held))]
        if not groups:
            if casebook.heads:
                yield Paragraph((sentence("No claim was read in this case.", cites=casebook.heads),))
            return
        yield _contents_by_item(groups)
        yield _contents_by_act(casebook)
        answered = _answers_by_claim(casebook)
        for held, claims in groups:
            yield _item_heading(held, len(claims))
            for read in claims:
                yield claim_card(read, casebook, answered.get(read.claim.id, []))


def claim_card(read: ReadClaim, casebook: Casebook, answered_by: list[Answering]) -> Card:
    """Everything the case holds of one claim, each field framed by its speaker and every unknown shown as unknown."""
    return Card(
        title=headline(read, casebook),
        citations=(of_claim(read),),
        facts=tuple(_facts(read, casebook, answered_by)),
        statement=statement(read, casebook),
        excerpt=_excerpt(read, casebook),
        anchor=claim_anchor(read),
        level=4,
        tone="misread" if read.status is Status.REJECTED else read.claim.stance.value,
        chip=STATUS_WORDS[read.status],
    )


def _contents_by_item(groups: list[tuple[HeldItem, list[ReadClaim]]]) -> Table:
    rows = tuple(
        Row(
            cells=((Ref(of_item(held)), " ", short_name(held.item)), (Jump(counted(len(claims), "claim"), _group_anchor(held)),)),
            citations=(of_claim(claims[0]), *((of_claim(claims[-1]),) if len(claims) > 1 else ())),
        )
        for held, claims in groups
    )
    return Table("Claims by item", ("Item", "Claims", "First and last"), rows)


def _contents_by_act(casebook: Casebook) -> Table:
    by_act: dict[Act | None, list[ReadClaim]] = {}
    for read in casebook.claims.values():
        by_act.setdefault(read.claim.act, []).append(read)
    order = [*Act, None]
    rows = [
        Row(
            cells=((act_words(act), " (continued)" if at else ""), (f"{len(by_act[act]):,}",)),
            citations=tuple(of_claim(read) for read in by_act[act][at : at + REFS_A_ROW]),
        )
        for act in order
        if act in by_act
        for at in range(0, len(by_act[act]), REFS_A_ROW)
    ]
    return Table("Claims by what is said to have been done", ("Act", "Claims", "Which"), tuple(rows))


def _group_anchor(held: HeldItem) -> str:
    return f"claims-of-{item_anchor(held)}"


def _item_heading(held: HeldItem, number: int) -> Heading:
    title = clip(held.document.title, LONGEST_PHRASE) if held.document and held.document.title else None
    named: Inline = (Given(title),) if title else (short_name(held.item),)
    return Heading(sentence("In ", *named, f" ({number:,})", cites=(of_item(held),)), level=3, anchor=_group_anchor(held))


def _answers_by_claim(casebook: Casebook) -> dict[str, list[Answering]]:
    found: dict[str, list[Answering]] = {}
    for answer in casebook.answers:
        for subject in (answer.claim, answer.about):
            found.setdefault(subject, []).append(answer)
    return found


def _excerpt(read: ReadClaim, casebook: Casebook) -> Excerpt | None:
    held = casebook.item_of(read)
    if held is None or held.document is None or not stands(read, held.document.text):
        return None
    source: Inline = ("As it stands in ", Ref(of_item(held)), _part_of(read, held))
    return Excerpt(
        in_context(casebook.text(held), read, layers_of(read, held.document.text)), held.document.language, mark_anchor(read), source
    )


def _part_of(read: ReadClaim, held: HeldItem) -> str:
    """Which page, paragraph or row of the original the claim's first span stands in."""
    first = read.claim.content[0].start if read.claim.content else 0
    anchors = held.document.anchors if held.document else ()
    return next((f", {anchor.kind} {anchor.label}" for anchor in anchors if anchor.start <= first < anchor.end), "")


def _facts(read: ReadClaim, casebook: Casebook, answers: list[Answering]) -> Iterator[Fact]:
    claim = read.claim
    yield Fact("Speaker", speaker_line(read, casebook))
    yield Fact("Reached us", relay_line(read, casebook))
    yield Fact("Certainty", certainty_line(read))
    yield Fact("Basis", basis_line(read, casebook))
    if claim.act:
        yield Fact("Act", framed(read, act_words(claim.act)))
    if claim.parties:
        yield Fact("Parties", some([_party(read, party, casebook) for party in claim.parties]))
    if claim.victims:
        yield Fact("Victims", victims_line(read, casebook))
    yield from _times_and_places(read, casebook)
    if missing := _not_stated(read):
        yield Fact("Not stated", (missing,))
    yield from _answer_facts(read, casebook, answers)
    yield Fact("Reading", _reading(read, casebook))
    for place, decision in enumerate(read.decisions):
        yield _decision(read, place, decision)


def _party(read: ReadClaim, party: ClaimParty, casebook: Casebook) -> Inline:
    words = AsWritten(clip(party.text, LONGEST_PHRASE), casebook.language_of(read))
    named: Inline = (Given(clip(party.name, LONGEST_PHRASE)), " (", words, ")") if party.name and party.name != party.text else (words,)
    return framed(read, *named, then=ROLE_WORDS[party.role])


def victims_line(read: ReadClaim, casebook: Casebook) -> Inline:
    """The stated numbers with the words they were read from; never combined."""
    if not read.claim.victims:
        return ("no number stated",)
    return framed(read, *some([_count(count, read, casebook) for count in read.claim.victims]))


def _count(count: VictimCount, read: ReadClaim, casebook: Casebook) -> Inline:
    part_of = "of these, " if count.includes is not None else ""
    group: Inline = (" (", Given(clip(count.group, LONGEST_PHRASE)), ")") if count.group else ()
    written = AsWritten(clip(count.text, LONGEST_PHRASE), casebook.language_of(read))
    return (f"{part_of}{count_words(count)}", *group, ", as written: ", written)


def _dated(interval: Interval, read: ReadClaim, casebook: Casebook) -> Inline:
    return (f"{interval_words(interval)}, as written: ", AsWritten(clip(interval.text, LONGEST_PHRASE), casebook.language_of(read)))


def _times_and_places(read: ReadClaim, casebook: Casebook) -> Iterator[Fact]:
    claim = read.claim
    for label, interval in (("When", claim.when), ("Said on", claim.said), ("Due", claim.due)):
        if interval is not None:
            yield Fact(label, _dated(interval, read, casebook))
    if claim.where is not None:
        yield Fact("Where", _where(claim.where, read, casebook))
    yield from _further(read, casebook)


def _where(place: ClaimPlace, read: ReadClaim, casebook: Casebook) -> Inline:
    named: Part = Given(clip(place.name, LONGEST_PHRASE)) if place.name else "place not identified"
    precision = f" (known as a {place.precision.value})" if place.precision else ""
    return (named, precision, ", as written: ", AsWritten(clip(place.text, LONGEST_PHRASE), casebook.language_of(read)))


def _not_stated(read: ReadClaim) -> str:
    """What the text does not settle, so that a gap is seen as one."""
    claim = read.claim
    gaps = {"act": claim.act, "who did it or suffered it": claim.parties, "number of victims": claim.victims, "date of the event": claim.when,
            "place": claim.where, "date of the statement": claim.said}  # fmt: skip
    return ", ".join(name for name, value in gaps.items() if not value)


def _further(read: ReadClaim, casebook: Casebook) -> Iterator[Fact]:
    claim = read.claim
    language = casebook.language_of(read)
    if claim.addressee:
        yield Fact("Addressed to", (AsWritten(clip(claim.addressee.text, LONGEST_PHRASE), language),))
    if claim.purpose:
        yield Fact("Aim", framed(read, AsWritten(clip(claim.purpose.text, LONGEST_PHRASE), language)))


def _answer_facts(read: ReadClaim, casebook: Casebook, answers: list[Answering]) -> Iterator[Fact]:
    about = [casebook.claims[each.about] for each in answers if each.claim == read.claim.id and each.about in casebook.claims]
    by = [casebook.claims[each.claim] for each in answers if each.about == read.claim.id and each.claim in casebook.claims]
    if about:
        yield Fact("Answers", _who_and_which(about, casebook))
    if by:
        yield Fact("Answered by", _who_and_which(by, casebook))


def _who_and_which(reads: list[ReadClaim], casebook: Casebook) -> Inline:
    lines: list[Inline] = [(Ref(of_claim(read)), " (", *lead(read, casebook), ")") for read in reads]
    return some(lines, ", ")


def _reading(read: ReadClaim, casebook: Casebook) -> Inline:
    held = casebook.item_of(read)
    words: list[Part] = [f"{STATUS_WORDS[read.status]}; {_form(read)}, {read.claim.kind.value}; read by ", Given(read.reader)]
    if held is None or held.document is None:
        words.append("; the document is not in this view")
    elif not stands(read, held.document.text):
        words.append("; the quoted characters are not what the document holds there: do not rely on this claim")
    else:
        words += [" in ", Jump("the document", document_anchor(held))]
    return tuple(words)


def _form(read: ReadClaim) -> str:
    if read.claim.speaker is None:
        return "the document's own voice"
    return {Form.DIRECT: "direct quotation", Form.INDIRECT: "paraphrase", Form.MIXED: "part quotation, part paraphrase"}[read.claim.form]


def _decision(read: ReadClaim, place: int, decision: Decision) -> Fact:
    undone = " (undone since)" if decision.undone else ""
    value = STATUS_WORDS[Status(decision.value)] if decision.field == "status" and decision.value in set(Status) else decision.value
    return Fact(
        "Decided",
        (
            f"{decision.field}: ",
            Given(clip(value, LONGEST_PHRASE)),
            f"{undone}, on {moment_words(decision.at)}, by ",
            Given(decision.by),
            ", because: ",
            Given(clip(decision.why, LONGEST_PHRASE)),
            " ",
            Ref(Citation(Cites.DECISION, decision.id)),
        ),
        anchor=decision_anchor(read, place),
    )
