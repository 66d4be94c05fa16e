"""Evidence: every item with how it came to us, what is known of where it comes from, and its custody entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from witnessmark.model.entry import Entry
from witnessmark.model.item import Receipt
from witnessmark.model.view import HeldItem
from witnessmark.publish.attribution import LONGEST_PHRASE, publisher_line, short_name
from witnessmark.publish.block import Block, Card, Fact, Paragraph, Row, Table
from witnessmark.publish.casebook import Casebook, document_anchor, item_anchor
from witnessmark.publish.citation import Citation, of_entry, of_item
from witnessmark.publish.custody import arrivals
from witnessmark.publish.handling import decided_handling, release_line
from witnessmark.publish.media_card import media_facts
from witnessmark.publish.pictures import sheet_fact
from witnessmark.publish.prose import Code, FileName, Given, Inline, Jump, Ref, clip, sentence, some
from witnessmark.publish.translations import translation_line
from witnessmark.publish.words import ORIGIN_WORDS, counted, day_words, moment_words, size_words

COMMITMENT_DIGITS = 12
COMMITMENT_MEANS = (
    "A commitment is a salted hash that binds an entry of the log to the record behind it: "
    "whoever is later shown that record can check that it was not changed, and nobody can guess it from the hash."
)
MOST_CHILDREN = 60


class Evidence:
    """A card, the receipts and the custody of each item."""

    slug = "evidence"
    title = "Evidence"
    noun = "page"

    def blocks(self, casebook: Casebook) -> Iterator[Block]:
        """The items in the order of their numbers."""
        if not casebook.view.items and casebook.heads:
            yield Paragraph((sentence("This case holds no item.", cites=casebook.heads),))
        if casebook.view.items:
            yield Paragraph((sentence(COMMITMENT_MEANS, cites=casebook.heads or (of_item(casebook.view.items[0]),)),))
        children = _children(casebook)
        anchored: set[Citation] = set()
        for held in casebook.view.items:
            yield _card(held, casebook, children.get(held.item.id, []))
            if held.receipts or held.custody:
                yield _history(held, anchored)

    def digest(self, casebook: Casebook) -> Iterator[Block]:
        """How many items there are, of which kinds."""
        kinds = Counter(held.item.media_type for held in casebook.view.items)
        if kinds and casebook.heads:
            named = some(
                [(Given(kind), f" ({number:,})") for kind, number in sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))], ", ", 12
            )
            yield Paragraph((sentence(f"{counted(len(casebook.view.items), 'item').capitalize()}: ", *named, ".", cites=casebook.heads),))


def _children(casebook: Casebook) -> dict[str, list[HeldItem]]:
    found: dict[str, list[HeldItem]] = {}
    for held in casebook.view.items:
        if held.item.parent is not None:
            found.setdefault(held.item.parent, []).append(held)
    return found


def _card(held: HeldItem, casebook: Casebook, children: list[HeldItem]) -> Card:
    return Card(
        title=(short_name(held.item),),
        citations=(of_item(held),),
        facts=tuple(_facts(held, casebook, children)),
        anchor=item_anchor(held),
        level=3,
        tone="item",
    )


def _facts(held: HeldItem, casebook: Casebook, children: list[HeldItem]) -> Iterator[Fact]:
    item = held.item
    yield Fact("Kind", (Given(item.media_type), f", {size_words(item.size)}"))
    yield from _document_facts(held, casebook)
    yield Fact("Source", publisher_line(held) or ("not known",))
    yield Fact("Published", _published(held))
    parent = casebook.items.get(item.parent) if item.parent is not None else None
    if parent is not None:
        yield Fact("Found in", (Ref(of_item(parent)), " ", short_name(parent.item)))
    if (translated := translation_line(held, casebook)) and held.document:
        yield Fact("Translation", translated)
    yield from media_facts(held, casebook)
    if children:
        lines: list[Inline] = [(Ref(of_item(child)), " ", FileName(clip(child.item.name, 80))) for child in children]
        yield Fact("Holds", some(lines, ", ", MOST_CHILDREN))
    handling = tuple(decided_handling(item))
    yield from handling
    if not any(fact.label == "Release" for fact in handling):
        yield Fact("Release", release_line(item))
    yield from sheet_fact(held, casebook)
    yield Fact("sha256", _hash(held))


def _document_facts(held: HeldItem, casebook: Casebook) -> Iterator[Fact]:
    document = held.document
    if document is None:
        yield Fact("Read as", ("not read; see ", Jump("limits", "section-limits")))
        return
    claims = counted(len(casebook.claims_of(held)), "claim")
    yield Fact("Read as", (Jump("document", document_anchor(held)), " by ", Given(document.reader), f"; {claims}"))
    if document.title:
        yield Fact("Title", (Given(clip(document.title, LONGEST_PHRASE)),))
    if document.author:
        yield Fact("Author", (Given(clip(document.author, LONGEST_PHRASE)),))
    yield Fact("Language", (Given(document.language),) if document.language else ("not determined",))


def _published(held: HeldItem) -> Inline:
    if held.document and held.document.published:
        stated = held.document.published
        return (Given(day_words(stated.value)), f" ({ORIGIN_WORDS[stated.origin]})")
    if held.item.published:
        return (Given(day_words(held.item.published)), " (given when it was added)")
    return ("not known",)


def _hash(held: HeldItem) -> Inline:
    """The plain hash only of what is already public: of a leaked file it would tell its owner that we hold it."""
    if held.item.already_public:
        return (Code(held.item.id),)
    return ("hash not shown in the draft",)


def _history(held: HeldItem, anchored: set[Citation]) -> Table:
    """Each receipt once, with the entry of the log that records it, then the other entries."""
    came = list(arrivals(held))
    shown = {entry for _, entry in came if entry is not None}
    rows = [_receipt(held, receipt, entry, anchored) for receipt, entry in came]
    rows += [_row(entry, (Given(entry.action),), (), anchored) for entry in held.custody if entry not in shown]
    return Table(f"How {held.item.number} came to us, and its custody", ("When", "What", "Who", "Commitment", "Rests on"), tuple(rows))


def _row(entry: Entry, what: Inline, giver: Inline, anchored: set[Citation]) -> Row:
    """One entry of the log; it carries its anchor the first time it is shown, because an entry can be about several items."""
    citation = of_entry(entry)
    anchor = None if citation in anchored else f"entry-{entry.stream}-{entry.seq}"
    anchored.add(citation)
    commitment = (Code(f"{entry.commitment[:COMMITMENT_DIGITS]}…"),)
    actor: Inline = (*giver, "; " if giver else "", "by ", Given(clip(entry.actor, 40)))
    return Row(((moment_words(entry.at),), what, actor, commitment), (citation,), anchor)


def _receipt(held: HeldItem, receipt: Receipt, entry: Entry | None, anchored: set[Citation]) -> Row:
    what: Inline = ("received as ", FileName(clip(receipt.name, LONGEST_PHRASE)), ", ", Given(clip(receipt.how, LONGEST_PHRASE)))
    giver: Inline = ("from ", Given(clip(receipt.received_from, LONGEST_PHRASE))) if receipt.received_from else ("giver not recorded",)
    told = [f"{label} given: {clip(value, 80)}" for label, value in (("source", receipt.source), ("date", receipt.published)) if value]
    note: Inline = (", ", Given("; ".join(told))) if told else ()
    if entry is None:
        return Row(((moment_words(receipt.at),), (*what, *note), giver, ()), (of_item(held),))
    return _row(entry, (*what, *note), giver, anchored)
