"""Findings of the whole case: answers and incidents as corroboration derives them from everything read and decided so far."""

from __future__ import annotations

from collections.abc import Callable, Collection

from witnessmark.case.judged_incidents import judged_of
from witnessmark.corroborate import PlacedClaim, PlacedDocument, corroborate
from witnessmark.model.decision import Status
from witnessmark.model.document import Document
from witnessmark.model.incident import Answer, Incident
from witnessmark.model.item import SourceKind
from witnessmark.store import queries
from witnessmark.store.database import Connection


def derive_findings(
    connection: Connection, *, without: Collection[str] = (), tell: Callable[[str], None] = lambda _: None
) -> tuple[list[Answer], list[Incident]]:
    """Answers and incidents of all claims but those a person called misread, and those of the items `without`, as if these were not held."""
    documents = [stored.document for stored in queries.documents(connection) if stored.document.item not in without]
    published = {document.id: document.published.value if document.published else None for document in documents}
    decisions = [decision for decision in queries.decisions(connection) if not decision.undone]
    decided = {decision.subject for decision in decisions if decision.field == "answers"}
    kinds = {decision.subject: SourceKind(decision.value) for decision in decisions if decision.field == "source_kind"}
    placed = [
        PlacedClaim(stored.claim, stored.item, published.get(stored.document), stored.claim.id in decided)
        for stored in queries.claims(connection)
        if stored.status is not Status.REJECTED and stored.item not in without
    ]
    tell(f"Setting {len(placed):,} claims beside what they answer, and weighing what they tell of")
    found = corroborate(placed, [placed_document(document, kinds.get(document.item)) for document in documents], judged_of(decisions, {}))
    return list(found.answers), list(found.incidents)


def placed_document(document: Document, kind: SourceKind | None) -> PlacedDocument:
    """What corroboration looks at of a document; `kind` is what a person said of its source."""
    return PlacedDocument(
        document.item,
        document.text,
        document.published.value if document.published else None,
        document.publisher.value if document.publisher else None,
        kind,
        document.translates.item if document.translates else None,
    )
