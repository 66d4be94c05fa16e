"""Who says what: a list of all claims by the item they stand in, and a page for each; in a very large case a card each instead.

A claim's page shows the original's text with its words lit, the reading field by field, who checked it, what answers it, its incident and
how its original came to us.
"""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.model.claim import Act
from witnessmark.model.decision import STATUS_WORDS, Status
from witnessmark.model.view import HeldItem, ReadClaim
from witnessmark.publish.attribution import LONGEST_PHRASE, headline, lead, short_name, statement
from witnessmark.publish.block import Block, Card, Fact, Heading, Paragraph, Row, Table
from witnessmark.publish.casebook import Casebook, claim_anchor, claims_anchor
from witnessmark.publish.citation import of_claim, of_item
from witnessmark.publish.claim_page import claim_page, excerpt_of
from witnessmark.publish.excerpt import CONTEXT
from witnessmark.publish.facts import answer_facts, decision_fact, reader_line, reading
from witnessmark.publish.prose import AsWritten, Given, Inline, Jump, Ref, clip, sentence
from witnessmark.publish.words import act_words, counted

MOST_PAGES = 2_000
"""Claims up to which each has a page of its own; a folder of more files would be a burden to copy and to mail."""

REFS_A_ROW = 60
"""Claims linked in one row of the contents; more make further rows."""

LONGEST_LISTED = 220
"""Characters of a statement in the list; its page has all."""


class WhoSaysWhat:
    """Contents by item and by act, every claim in the order of the evidence, then a page for each."""

    slug = "claims"
    title = "Who says what"
    noun = "claim"

    def blocks(self, casebook: Casebook) -> Iterator[Block]:
        """The contents, then for each item its claims; then the pages of the claims."""
        groups = _groups(casebook)
        if not groups:
            if casebook.heads:
                yield Paragraph((sentence("No claim was read in this case.", cites=casebook.heads),))
            return
        yield _contents_by_item(groups)
        yield _contents_by_act(casebook)
        with_pages = len(casebook.claims) <= MOST_PAGES
        for held, claims in groups:
            yield _item_heading(held, len(claims))
            if with_pages:
                yield _list(held, claims, casebook)
            else:
                yield from (claim_card(read, casebook) for read in claims)
        if with_pages:
            for _, claims in groups:
                for read in claims:
                    yield from claim_page(read, casebook)

    def digest(self, casebook: Casebook) -> Iterator[Block]:
        """How many claims there are, by what they speak of."""
        if casebook.claims:
            yield _contents_by_act(casebook, most_linked=6)


def claim_card(read: ReadClaim, casebook: Casebook) -> Card:
    """All of a claim on one card, for cases too large for a page each."""
    facts = [
        *reading(read, casebook),
        *answer_facts(read, casebook, casebook.answers_of(read)),
        Fact("Reading", reader_line(read, casebook)),
    ]
    facts += [decision_fact(read, place, decision) for place, decision in enumerate(read.decisions)]
    return Card(
        title=headline(read, casebook),
        citations=(of_claim(read),),
        facts=tuple(facts),
        statement=statement(read, casebook),
        excerpt=excerpt_of(read, casebook, CONTEXT),
        anchor=claim_anchor(read),
        level=4,
        tone="misread" if read.status is Status.REJECTED else read.claim.stance.value,
        chip=STATUS_WORDS[read.status],
    )


def _groups(casebook: Casebook) -> list[tuple[HeldItem, list[ReadClaim]]]:
    return [(held, claims) for held in casebook.view.items if (claims := casebook.claims_of(held))]


def _contents_by_item(groups: list[tuple[HeldItem, list[ReadClaim]]]) -> Table:
    rows = tuple(
        Row(
            cells=((Ref(of_item(held)), " ", short_name(held.item)), (Jump(counted(len(claims), "claim"), claims_anchor(held)),)),
            citations=(of_claim(claims[0]), *((of_claim(claims[-1]),) if len(claims) > 1 else ())),
        )
        for held, claims in groups
    )
    return Table("Claims by item", ("Item", "Claims", "First and last"), rows)


def _contents_by_act(casebook: Casebook, most_linked: int | None = None) -> Table:
    by_act: dict[Act | None, list[ReadClaim]] = {}
    for read in casebook.claims.values():
        by_act.setdefault(read.claim.act, []).append(read)
    order = [*Act, None]
    rows = [
        Row(
            cells=((act_words(act), " (continued)" if at else ""), (f"{len(by_act[act]):,}",)),
            citations=tuple(of_claim(read) for read in by_act[act][at : at + (most_linked or REFS_A_ROW)]),
        )
        for act in order
        if act in by_act
        for at in range(0, most_linked or len(by_act[act]), REFS_A_ROW)
    ]
    which = "For example" if most_linked else "Which"
    folded = most_linked is None and len(casebook.claims) > REFS_A_ROW
    return Table("Claims by what is said to have been done", ("Act", "Claims", which), tuple(rows), folded=folded)


def _item_heading(held: HeldItem, number: int) -> Heading:
    title = clip(held.document.title, LONGEST_PHRASE) if held.document and held.document.title else None
    named: Inline = (Given(title),) if title else (short_name(held.item),)
    return Heading(sentence("In ", *named, f" ({number:,})", cites=(of_item(held),)), level=3, anchor=claims_anchor(held))


def _list(held: HeldItem, claims: list[ReadClaim], casebook: Casebook) -> Table:
    rows = tuple(
        Row(
            cells=(
                (Ref(of_claim(read)),),
                (AsWritten(clip(casebook.quote(read), LONGEST_LISTED), casebook.language_of(read)),),
                lead(read, casebook),
                (act_words(read.claim.act) if read.claim.act else "",),
                (STATUS_WORDS[read.status],),
            ),
            citations=(of_claim(read),),
            tone="misread" if read.status is Status.REJECTED else read.claim.stance.value,
        )
        for read in claims
    )
    return Table(
        f"Claims in {held.item.number}", ("Claim", "What, as it stands in the document", "Who", "Act", "Reading"), rows, kind="claims"
    )
