"""Limits: what was not read and why, what no person has checked, with which methods, and up to which entries of the logs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from witnessmark.model.decision import STATUS_WORDS, Status
from witnessmark.model.item import Protection
from witnessmark.publish.block import Block, Bullets, Paragraph, Row, Table
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.citation import of_claim, of_failure, of_head, of_item, of_judgement, of_method
from witnessmark.publish.guards import GUARDED
from witnessmark.publish.prose import Code, FileName, Given, Ref, clip, sentence
from witnessmark.publish.words import counted

LONGEST_REASON = 600

MOST_CITED = 12
"""Protected items linked after the sentence that counts them."""

COARSE = (
    "Positions of places where people are said to be held, hidden, buried or cared for, and positions that photographs carry, are given to the nearest"
    " ~10 km wherever this draft gives them. A document's own text is shown as it was preserved and is not altered: it may contain exact positions,"
    " and so may a note that gives one as a grid reference or a code instead of degrees."
)


class Limits:
    """Everything a reader must know before relying on the rest."""

    slug = "limits"
    title = "Limits"
    noun = "page"

    def blocks(self, casebook: Casebook) -> Iterator[Block]:
        """What is protected, failures, doubts, unchecked readings, warnings, methods and log heads."""
        yield from _protected(casebook)
        yield from _not_read(casebook)
        yield from _unchecked(casebook)
        yield from _positions(casebook)
        yield from _warnings(casebook)
        yield from _methods(casebook)
        yield from _heads(casebook)

    def digest(self, casebook: Casebook) -> Iterator[Block]:
        """What is protected, what nobody has checked, and what is coarse."""
        yield from _protected(casebook)
        yield from _unchecked(casebook)
        yield from _positions(casebook)


def _protected(casebook: Casebook) -> Iterator[Block]:
    """How many items are sealed or sensitive: this draft holds their words, so it must be kept as they are."""
    items = casebook.view.items
    if not items:
        return
    guarded = {protection: casebook.guards.of(protection) for protection in GUARDED}
    counts = " and ".join(f"{counted(len(held), 'item')} as {protection.value}" for protection, held in guarded.items())
    open_ = sum(1 for held in items if held.item.protection is Protection.UNSET)
    unsaid = f"; of {counted(open_, 'item')} nobody has said whom it would endanger if it became known that we hold it" if open_ else ""
    words = f"People have marked {counts}{unsaid}."
    if any(guarded.values()):
        words += " This draft holds the names and the words of what is marked: whoever has the draft has them. Each part of a page that shows such an item says so."
    marked = tuple(of_item(each) for held in guarded.values() for each in held)
    yield Paragraph((sentence(words, cites=marked[:MOST_CITED] or casebook.heads or (of_item(items[0]),)),))


def _not_read(casebook: Casebook) -> Iterator[Block]:
    rows: list[Row] = []
    for held in casebook.view.items:
        who = (Ref(of_item(held)), " ", FileName(clip(held.item.name, 120)))
        for place, failure in enumerate(held.failures):
            cells = (who, (Given(failure.stage),), (Given(clip(failure.reason, LONGEST_REASON)),))
            rows.append(Row(cells, (of_failure(failure),), f"failure-{held.public_id}-{place + 1}"))
        if held.document is None and not held.failures:
            rows.append(Row((who, ("",), ("not read, and no reason is recorded",)), (of_item(held),)))
        problems = held.document.problems if held.document else ()
        reader = held.document.reader if held.document else ""
        rows.extend(Row((who, (Given(reader),), (Given(clip(problem, LONGEST_REASON)),)), (of_item(held),)) for problem in problems)
    if rows:
        yield Table("What was not read, or read with doubt", ("Item", "Stage", "Reason"), tuple(rows))
    elif casebook.heads:
        yield Paragraph((sentence("No failure and no doubt is on record for the items of this case.", cites=casebook.heads),))


def _unchecked(casebook: Casebook) -> Iterator[Block]:
    claims = list(casebook.claims.values())
    if not claims:
        return
    counts = Counter(read.status for read in claims)
    rows: list[Row] = []
    for status in Status:
        reads = [read for read in claims if read.status is status]
        cites = tuple(of_judgement(read) or of_claim(read) for read in reads[:5])
        if cites:
            rows.append(Row(((STATUS_WORDS[status],), (f"{counts[status]:,} of {len(claims):,}",)), cites))
    yield Table("What people have said of the machine's readings", ("Reading", "Claims", "For example"), tuple(rows))


def _positions(casebook: Casebook) -> Iterator[Block]:
    cites = casebook.heads or tuple(of_item(held) for held in casebook.view.items[:1])
    if cites:
        yield Paragraph((sentence(COARSE, cites=cites),))


def _warnings(casebook: Casebook) -> Iterator[Block]:
    cites = casebook.heads or tuple(of_method(method) for method in casebook.view.methods[:1])
    if casebook.view.warnings and cites:
        yield Bullets(tuple(sentence("Warning: ", Given(clip(each, LONGEST_REASON)), cites=cites) for each in casebook.view.warnings))


def _methods(casebook: Casebook) -> Iterator[Block]:
    rows = tuple(
        Row(
            ((Given(method.stage),), (Code(method.version),), (Given(clip(method.note, LONGEST_REASON)),)),
            (of_method(method),),
            f"method-{at + 1}",
        )
        for at, method in enumerate(casebook.view.methods)
    )
    if rows:
        yield Table("Methods", ("Stage", "Version", "What it does and cannot do"), rows)


def _heads(casebook: Casebook) -> Iterator[Block]:
    rows = tuple(
        Row(((Given(head.stream),), (counted(head.size, "entry", "entries"),), (Code(head.root),)), (of_head(head),), f"head-{head.stream}")
        for head in casebook.view.heads
    )
    if rows:
        yield Table("The logs this draft was built from", ("Log", "Length", "Root (RFC 6962)"), rows)
