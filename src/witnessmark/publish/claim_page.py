"""A claim's own page: what was said, where it stands in the original, how it was read, who checked it, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.model.correction import ADDED
from witnessmark.model.decision import STATUS_WORDS, Status
from witnessmark.model.incident import IncidentPlace
from witnessmark.model.view import HeldItem, NumberedIncident, ReadClaim
from witnessmark.publish.attribution import LONGEST_PHRASE, headline, published_by, short_name, statement
from witnessmark.publish.beside import answers_beside
from witnessmark.publish.block import Block, Bullets, Card, Excerpt, Fact, Heading, NewPage, Paragraph, Row, Table
from witnessmark.publish.casebook import (
    Casebook,
    claim_anchor,
    claims_anchor,
    decision_anchor,
    document_anchor,
    incident_anchor,
    mark_anchor,
    stands,
)
from witnessmark.publish.citation import Citation, Cites, of_claim, of_entry, of_item
from witnessmark.publish.custody import arrivals
from witnessmark.publish.excerpt import in_context, layers_of
from witnessmark.publish.facts import decided, reader_line, reading
from witnessmark.publish.handling import decided_handling
from witnessmark.publish.prose import Given, Inline, Jump, Ref, Sentence, clip, sentence
from witnessmark.publish.translations import claim_beside_original, translation_line
from witnessmark.publish.words import act_words, counted, moment_words

WIDE = 700
"""Characters of the original shown on either side of the claim's words."""


_CHECKED_BY = {
    False: "Nobody has checked this reading yet.",
    True: "A person compared this reading with the original and called it read correctly; who, and when, stays in the case.",
}
"""What is said where no decision stands in the view: by whether the dossier leaves the case, with none but readings that a person called right."""


def claim_page(read: ReadClaim, casebook: Casebook) -> Iterator[Block]:
    """The blocks of one page."""
    yield NewPage(claim_anchor(read), f"Claim {read.number}")
    yield Card(
        title=headline(read, casebook),
        citations=(of_claim(read),),
        statement=statement(read, casebook),
        excerpt=excerpt_of(read, casebook, WIDE),
        level=3,
        tone="misread" if read.status is Status.REJECTED else read.claim.stance.value,
        chip=STATUS_WORDS[read.status],
    )
    yield from _in_the_original(read, casebook)
    facts = (*reading(read, casebook), Fact("Reading", reader_line(read, casebook)))
    yield Card(title=("How it was read, field by field",), citations=(of_claim(read),), facts=facts, level=3, tone="fields")
    yield from _checked(read, casebook)
    yield from answers_beside(read, casebook)
    yield from _incidents(read, casebook)
    held = casebook.item_of(read)
    if held is not None:
        yield Heading(sentence("Where the original came from", cites=(of_item(held),)))
        yield Bullets(tuple(_origin(held)))


def excerpt_of(read: ReadClaim, casebook: Casebook, context: int) -> Excerpt | None:
    """The claim's words in the original's text; None where they are not what it holds there."""
    held = casebook.item_of(read)
    if held is None or held.document is None or not stands(read, held.document.text):
        return None
    source: Inline = ("As it stands in ", Ref(of_item(held)), " ", short_name(held.item), _part_of(read, held))
    runs = in_context(casebook.text(held), read, layers_of(read, held.document.text), context)
    return Excerpt(runs, held.document.language, mark_anchor(read), source)


def _part_of(read: ReadClaim, held: HeldItem) -> str:
    """Which page, paragraph or row of the original the claim's first span stands in."""
    first = read.claim.content[0].start if read.claim.content else 0
    anchors = held.document.anchors if held.document else ()
    return next((f", {anchor.kind} {anchor.label}" for anchor in anchors if anchor.start <= first < anchor.end), "")


def _in_the_original(read: ReadClaim, casebook: Casebook) -> Iterator[Block]:
    """Of a claim read in a translation, by whom it was made, and the paragraphs it stands in beside those they were translated from."""
    held = casebook.item_of(read)
    line = translation_line(held, casebook)
    if held is None or not line:
        return
    yield Heading(sentence("Read in a translation", cites=(of_item(held),)))
    beside = claim_beside_original(read, held, casebook)
    unsure = () if beside else ("; what stands for it in the original is not sure",)
    yield Paragraph((sentence("A translation ", *line, *unsure, ".", cites=(of_item(held),)),))
    if beside is not None:
        yield beside


def _checked(read: ReadClaim, casebook: Casebook) -> Iterator[Block]:
    """Who looked at the reading, and what they decided."""
    if not read.decisions:
        words = f"{_CHECKED_BY[casebook.handed_out]} Checking it says nothing about whether the claim is true."
        yield Heading(sentence("Who checked it", cites=(of_claim(read),)))
        yield Bullets((sentence(words, cites=(of_claim(read),)),))
        return
    rows = tuple(
        Row(
            cells=(
                (moment_words(made.at),),
                (*decided(made), " (undone since)" if made.undone else ""),
                (Given(made.by),),
                (Given(clip(made.why, LONGEST_PHRASE)),),
            ),
            citations=(Citation(Cites.DECISION, made.id),),
            anchor=decision_anchor(read, place),
        )
        for place, made in enumerate(read.decisions)
    )
    added = any(made.field == ADDED for made in read.decisions)
    yield Heading(sentence("Who added and checked it" if added else "Who checked it", cites=(of_claim(read),)))
    yield Table("Decisions on the reading; none is about whether the claim is true", ("When", "What", "Who", "Why", "Decision"), rows)


def _incidents(read: ReadClaim, casebook: Casebook) -> Iterator[Block]:
    lines = [_incident_line(numbered, read, casebook) for numbered in casebook.incidents_of(read) if read.status is not Status.REJECTED]
    if lines:
        yield Heading(sentence("Its incident" if len(lines) == 1 else "Its incidents", cites=(of_claim(read),)))
        yield Bullets(tuple(lines))


def _incident_line(numbered: NumberedIncident, read: ReadClaim, casebook: Casebook) -> Sentence:
    incident = numbered.incident
    others = [casebook.claims[each.id] for each in incident.claims if each.id != read.claim.id and each.id in casebook.claims]
    place: Inline = _at(incident.where)
    what = f"alleged {act_words(incident.act)}" if incident.act else "no act stated"
    beside = f"; with {counted(len(others), 'other claim')}." if others else "; no other claim is grouped with it."
    return sentence(
        Jump(numbered.number, incident_anchor(numbered)),
        f": {what}",
        *place,
        beside,
        cites=tuple(of_claim(each) for each in (others or [read])[:12]),
    )


def _at(where: IncidentPlace | None) -> Inline:
    return (", ", Given(clip(where.name, LONGEST_PHRASE))) if where and where.name else ()


def _origin(held: HeldItem) -> Iterator[Sentence]:
    """How the original came to us and what was done with it, in short."""
    item = held.item
    yield sentence(
        short_name(item),
        ", ",
        Given(item.media_type),
        ", ",
        *published_by(held),
        "; ",
        Jump("its whole text", document_anchor(held)),
        ", ",
        Jump("all claims read in it", claims_anchor(held)),
        ".",
        cites=(of_item(held),),
    )
    yield from (sentence(f"{fact.label}: ", *fact.value, ".", cites=(of_item(held),)) for fact in decided_handling(item))
    for receipt, entry in list(arrivals(held))[:3]:
        giver: Inline = (
            (" from ", Given(clip(receipt.received_from, LONGEST_PHRASE))) if receipt.received_from else (", giver not recorded",)
        )
        yield sentence(
            f"Received on {moment_words(receipt.at)}",
            *giver,
            ", ",
            Given(clip(receipt.how, LONGEST_PHRASE)),
            ".",
            cites=(of_item(held) if entry is None else of_entry(entry),),
        )
    if held.custody:
        yield sentence(
            f"{counted(len(held.custody), 'entry', 'entries').capitalize()} on it in the log, the last on {moment_words(held.custody[-1].at)}:"
            " all that was done with it, by whom and when, is listed with the evidence.",
            cites=tuple(of_entry(entry) for entry in held.custody[:6]),
        )
