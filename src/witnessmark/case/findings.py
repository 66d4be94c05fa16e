"""Findings of the whole case: answers and incidents as corroboration derives them from everything read and decided so far."""

from __future__ import annotations

from collections.abc import Callable, Collection

import msgspec

from witnessmark.case.comparing_pictures import pictures_compared, shared_pictures
from witnessmark.case.judged_incidents import judged_of
from witnessmark.case.one_name import OneName
from witnessmark.corroborate import PlacedClaim, corroborate
from witnessmark.model.decision import Status
from witnessmark.model.incident import Answer, Incident
from witnessmark.model.item import SourceKind
from witnessmark.store import queries
from witnessmark.store.database import Connection
from witnessmark.store.sources import sources


def derive_findings(
    connection: Connection, *, without: Collection[str] = (), tell: Callable[[str], None] = lambda _: None
) -> tuple[list[Answer], list[Incident]]:
    """Answers and incidents of all claims but those a person called misread, and those of the items `without`, as if these were not held."""
    documents = [stored.document for stored in queries.documents(connection) if stored.document.item not in without]
    published = {document.id: document.published.value if document.published else None for document in documents}
    decisions = [decision for decision in queries.decisions(connection) if not decision.undone]
    decided = {decision.subject for decision in decisions if decision.field == "answers"}
    kinds = {decision.subject: SourceKind(decision.value) for decision in decisions if decision.field == "source_kind"}
    names = OneName(sources(connection))
    placed = [
        names.claim(PlacedClaim(stored.claim, stored.item, published.get(stored.document), stored.claim.id in decided))
        for stored in queries.claims(connection)
        if stored.status is not Status.REJECTED and stored.item not in without
    ]
    tell(f"Setting {len(placed):,} claims beside what they answer, and weighing what they tell of")
    pictures = shared_pictures(connection, pictures_compared(connection), without)
    compared = [
        msgspec.structs.replace(names.document(document, kinds.get(document.item)), pictures=pictures.get(document.item, ()))
        for document in documents
    ]
    found = corroborate(placed, compared, judged_of(decisions, names.grades))
    return list(found.answers), list(found.incidents)
