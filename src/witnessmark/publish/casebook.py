"""The case as sections look things up in it: by id, by item, by what answers what, and where a citation leads.

Texts handed out here already have withheld hashes covered; anchors are made of the random public ids only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from witnessmark.model.claim import ANSWERING
from witnessmark.model.counting import CountedQuestion
from witnessmark.model.decision import Status
from witnessmark.model.sheet import Line, Sheet
from witnessmark.model.view import CaseView, HeldItem, NumberedIncident, ReadClaim
from witnessmark.model.watching import WatchedSite
from witnessmark.publish.citation import (
    Citation,
    Cites,
    Target,
    of_claim,
    of_entry,
    of_failure,
    of_head,
    of_item,
    of_line,
    of_linkage,
    of_method,
    of_observation,
    of_question,
    of_run,
    of_site,
)
from witnessmark.publish.coarse import Discretion
from witnessmark.publish.guards import Guards
from witnessmark.publish.withheld import Withheld

_SAFE_ID = re.compile(r"[A-Za-z0-9_-]{1,80}")


class Answering(msgspec.Struct, frozen=True):
    """The claim `claim` answers the claim `about`; `general` is None where nobody has recorded whether it names it."""

    claim: str
    about: str
    general: bool | None
    why: str


class Casebook:
    """A case view with its lookups.

    `claims` are in the order of the items they stand in, and of the text; `standing` (and `standing_by_id`) are those that no person
    has called misread: what is counted, drawn and set side by side.
    """

    def __init__(
        self, view: CaseView, *, discretion: Discretion | None = None, withheld: Withheld | None = None, handed_out: bool = False
    ) -> None:
        """`discretion` and `withheld` are those of the view, unless more is to be kept; `handed_out` says that readers must not learn what else is held."""
        self.view = view
        self.handed_out = handed_out
        self.items = {held.item.id: held for held in view.items}
        self.claims = {read.claim.id: read for read in _in_reading_order(view)}
        self.answers = _answers(view)
        self.parties = {party.key: party for party in view.responsibility.parties}
        self.withheld = withheld or Withheld.of_case(view)
        self.guards = Guards(view)
        self.discretion = discretion or Discretion.of_case(view)
        self.standing = [read for read in self.claims.values() if read.status is not Status.REJECTED]
        self.standing_by_id = {read.claim.id: read for read in self.standing}
        self._by_item: dict[str, list[ReadClaim]] = {}
        for read in self.claims.values():
            self._by_item.setdefault(read.item, []).append(read)
        self._answers: dict[str, list[Answering]] = {}
        for answer in self.answers:
            for subject in {answer.claim, answer.about}:
                self._answers.setdefault(subject, []).append(answer)
        self._incidents: dict[str, list[NumberedIncident]] = {}
        for numbered in view.incidents:
            for member in numbered.incident.claims:
                self._incidents.setdefault(member.id, []).append(numbered)
        self._read_as = {held.document.id: held for held in view.items if held.document is not None}
        self._translations: dict[str, list[HeldItem]] = {}
        for held in view.items:
            if held.document is not None and held.document.translates is not None:
                self._translations.setdefault(held.document.translates.item, []).append(held)
        self._texts: dict[str, str] = {}
        self._sheets = {sheet.item: sheet for sheet in view.sheets}
        self._targets = dict(_targets(view))

    def target(self, citation: Citation) -> Target | None:
        """Where the citation leads, or None where the case holds no such record."""
        return self._targets.get(citation)

    def text(self, held: HeldItem) -> str:
        """The text read from an item, withheld hashes covered; empty where nothing was read."""
        if held.document is None:
            return ""
        if held.item.id not in self._texts:
            self._texts[held.item.id] = self.withheld.cover(held.document.text)
        return self._texts[held.item.id]

    def quote(self, read: ReadClaim) -> str:
        """The claim's content with withheld hashes covered: cut from the covered text, so that part of a hash is too."""
        held = self.item_of(read)
        if held is None or held.document is None or not stands(read, held.document.text):
            return self.withheld.cover(read.claim.quote)
        text = self.text(held)
        return " … ".join(text[span.start : span.end] for span in read.claim.content)

    def item_of(self, read: ReadClaim) -> HeldItem | None:
        """The item a claim stands in, where the view holds it."""
        return self.items.get(read.item)

    def item_of_document(self, document: str | None) -> HeldItem | None:
        """The item that was read as this document, where the view holds it."""
        return self._read_as.get(document) if document else None

    def translations_of(self, held: HeldItem) -> list[HeldItem]:
        """The items read as translations of an item, in the order of their numbers."""
        return self._translations.get(held.item.id, [])

    def language_of(self, read: ReadClaim) -> str | None:
        """The language of the document a claim stands in, where it was determined."""
        held = self.item_of(read)
        return held.document.language if held and held.document else None

    def claims_of(self, held: HeldItem) -> list[ReadClaim]:
        """The claims read in an item, in the order of the text."""
        return self._by_item.get(held.item.id, [])

    def answers_of(self, read: ReadClaim) -> list[Answering]:
        """The answers a claim gives or gets."""
        return self._answers.get(read.claim.id, [])

    def sheet_of(self, held: HeldItem) -> Sheet | None:
        """The verification sheet of an item, where one is begun."""
        return self._sheets.get(held.item.id)

    def incidents_of(self, read: ReadClaim) -> list[NumberedIncident]:
        """The incidents a claim is part of."""
        return self._incidents.get(read.claim.id, [])

    @property
    def heads(self) -> tuple[Citation, ...]:
        """The logs as they stood: what a sentence about the whole case rests on."""
        return tuple(of_head(head) for head in self.view.heads)


def stands(read: ReadClaim, document_text: str) -> bool:
    """Whether every quoted span is what the document has at that place; only then is it lit."""
    return bool(read.claim.content) and all(span.holds_in(document_text) for span in read.claim.content)


def claim_anchor(read: ReadClaim) -> str:
    """The anchor of the claim's card."""
    return f"claim-{_safe(read.public_id)}"


def mark_anchor(read: ReadClaim) -> str:
    """The anchor of the claim's first characters in its document."""
    return f"mark-{_safe(read.public_id)}"


def item_anchor(held: HeldItem) -> str:
    """The anchor of the item's entry in the list of evidence."""
    return f"item-{_safe(held.public_id)}"


def claims_anchor(held: HeldItem) -> str:
    """The anchor of the list of claims read in the item."""
    return f"claims-of-{item_anchor(held)}"


def document_anchor(held: HeldItem) -> str:
    """The anchor at the head of the document read from the item; also the name of its page."""
    return f"document-{_safe(held.public_id)}"


def decision_anchor(read: ReadClaim, place: int) -> str:
    """The anchor of the decision at `place` among those on the claim."""
    return f"decision-{_safe(read.public_id)}-{place + 1}"


def incident_anchor(numbered: NumberedIncident) -> str:
    """The anchor of the incident's card."""
    return f"incident-{_safe(numbered.public_id)}"


def pledge_anchor(read: ReadClaim) -> str:
    """The anchor of the pledge that this claim is the oldest to tell of."""
    return f"pledge-{_safe(read.public_id)}"


def place_file_anchor(read: ReadClaim) -> str:
    """The anchor of the place that this claim is the first to name."""
    return f"place-file-{_safe(read.public_id)}"


def sheet_anchor(held: HeldItem) -> str:
    """The anchor of the item's verification sheet."""
    return f"sheet-{_safe(held.public_id)}"


def line_anchor(held: HeldItem, sheet: Sheet, line: Line) -> str:
    """The anchor of a line, by its place on the sheet."""
    return f"{sheet_anchor(held)}-{sheet.lines.index(line) + 1}"


def question_anchor(asked: CountedQuestion, step: str = "") -> str:
    """The anchor of a question or, with `step`, of something done about it."""
    return f"question-{_safe(asked.public_id)}{step}"


def site_anchor(site: WatchedSite) -> str:
    """The anchor of a watched site."""
    return f"site-{_safe(site.public_id)}"


def observation_anchor(site: WatchedSite, place: int) -> str:
    """The anchor of the comparison at `place`, those before the tests."""
    return f"{site_anchor(site)}-observation-{place + 1}"


def _safe(public_id: str) -> str:
    """A public id, which names files and anchors, so it must be plain letters and digits."""
    if _SAFE_ID.fullmatch(public_id) is None:
        raise ValueError(f"public id {public_id!r} is not made of letters, digits, - and _")
    return public_id


def _in_reading_order(view: CaseView) -> list[ReadClaim]:
    order = {held.item.id: place for place, held in enumerate(view.items)}

    def key(read: ReadClaim) -> tuple[int, int, str]:
        first = min((span.start for span in read.claim.content), default=0)
        return order.get(read.item, len(order)), first, read.claim.id

    return sorted(view.claims, key=key)


def _answers(view: CaseView) -> tuple[Answering, ...]:
    """The answers on record, and those a claim names itself where the record does not repeat them."""
    known = {(answer.claim, answer.about) for answer in view.answers}
    recorded = (Answering(answer.claim, answer.about, answer.general, answer.why) for answer in view.answers)
    own = (
        Answering(read.claim.id, about, None, "named by the reading of the same document")
        for read in view.claims
        if read.claim.stance in ANSWERING
        for about in read.claim.answers
        if (read.claim.id, about) not in known
    )
    return (*recorded, *own)


def _targets(view: CaseView) -> list[tuple[Citation, Target]]:
    found: list[tuple[Citation, Target]] = []
    for held in view.items:
        found.append((of_item(held), Target(held.item.number, item_anchor(held))))
        found.extend((of_entry(e), Target(f"{e.stream} {e.seq}", f"entry-{e.stream}-{e.seq}")) for e in held.custody)
        found.extend(
            (of_failure(failure), Target(f"{held.item.number} not read", f"failure-{held.public_id}-{place + 1}"))
            for place, failure in enumerate(held.failures)
        )
    for read in view.claims:
        found.append((of_claim(read), Target(read.number, claim_anchor(read))))
        found.extend(
            (Citation(Cites.DECISION, made.id), Target(f"decision on {read.number}", decision_anchor(read, place)))
            for place, made in enumerate(read.decisions)
        )
    found.extend((of_method(m), Target(f"{m.stage}@{m.version}", f"method-{n + 1}")) for n, m in enumerate(view.methods))
    found.extend(target for asked in view.counting for target in _counted(asked))
    found.extend(target for site in view.sites for target in _observed(site))
    found.extend(target for sheet in view.sheets for target in _of_sheet(sheet, view))
    found.extend((of_head(head), Target(f"{head.stream} log", f"head-{head.stream}")) for head in view.heads)
    return found


def _of_sheet(sheet: Sheet, view: CaseView) -> Iterator[tuple[Citation, Target]]:
    """Each line of a sheet by its place on it."""
    for held in view.items:
        if held.item.id == sheet.item:
            yield from (
                (of_line(sheet, line), Target(f"{held.item.number} line {place}", line_anchor(held, sheet, line)))
                for place, line in enumerate(sheet.lines, 1)
            )


def _counted(asked: CountedQuestion) -> Iterator[tuple[Citation, Target]]:
    """A question, and each linkage and run of it by its place among those."""
    yield of_question(asked), Target(asked.number, question_anchor(asked))
    for place, linked in enumerate(asked.linkages, 1):
        yield of_linkage(asked, linked), Target(f"{asked.number} linkage {place}", question_anchor(asked, f"-linkage-{place}"))
    for place, run in enumerate(asked.runs, 1):
        yield of_run(asked, run), Target(f"{asked.number} run {place}", question_anchor(asked, f"-run-{place}"))


def _observed(site: WatchedSite) -> Iterator[tuple[Citation, Target]]:
    """A site, and each comparison and test of it by its place among those."""
    yield of_site(site), Target(site.number, site_anchor(site))
    for place, seq in enumerate((*(each.seq for each in site.compared), *(each.seq for each in site.tested))):
        yield of_observation(site, seq), Target(f"{site.number} observation {place + 1}", observation_anchor(site, place))
