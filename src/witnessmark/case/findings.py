"""Findings of the whole case: answers and incidents as corroboration derives them from everything read and decided so far."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

import msgspec

from witnessmark.case.comparing_pictures import pictures_compared, shared_pictures
from witnessmark.case.judged_incidents import judged_of
from witnessmark.case.one_name import OneName
from witnessmark.corroborate import Before, Corroboration, Judged, PlacedClaim, PlacedDocument, corroborate
from witnessmark.corroborate.keeping import Kept
from witnessmark.model.decision import Status
from witnessmark.model.incident import Answer, Incident
from witnessmark.model.item import SourceKind
from witnessmark.store import queries
from witnessmark.store.database import Connection
from witnessmark.store.findings import kept
from witnessmark.store.sources import sources


def derive_findings(
    connection: Connection, *, without: Collection[str] = (), tell: Callable[[str], None] = lambda _: None
) -> tuple[list[Answer], list[Incident]]:
    """Answers and incidents of all claims but those a person called misread, and those of the items `without`, as if these were not held."""
    evidence = _evidence(connection, without, tell)
    found = corroborate(evidence.claims, evidence.documents, evidence.judged)
    return list(found.answers), list(found.incidents)


def weigh_on(
    connection: Connection, *, tell: Callable[[str], None] = lambda _: None
) -> tuple[tuple[Answer, ...], tuple[Incident, ...], Kept]:
    """The same of the whole case, soon where a weighing before kept what it worked out, and what the next one can go on from."""
    evidence, known = _evidence(connection, (), tell), kept(connection)
    corroboration = Corroboration(evidence.judged, Before(queries.incidents(connection), known) if known else None)
    corroboration.change(evidence.claims, evidence.documents)
    found = corroboration.result()
    return found.answers, found.incidents, corroboration.kept()


class _Evidence(NamedTuple):
    """What is weighed."""

    claims: list[PlacedClaim]
    documents: list[PlacedDocument]
    judged: Judged


def _evidence(connection: Connection, without: Collection[str], tell: Callable[[str], None]) -> _Evidence:
    documents = [stored.document for stored in queries.documents(connection) if stored.document.item not in without]
    published = {document.id: document.published.value if document.published else None for document in documents}
    decisions = [decision for decision in queries.decisions(connection) if not decision.undone]
    decided = {decision.subject for decision in decisions if decision.field == "answers"}
    kinds = {decision.subject: SourceKind(decision.value) for decision in decisions if decision.field == "source_kind"}
    names = OneName(sources(connection))
    meanings = queries.meanings(connection)
    placed = [
        names.claim(
            PlacedClaim(
                stored.claim, stored.item, published.get(stored.document), stored.claim.id in decided, meanings.get(stored.claim.id, b"")
            )
        )
        for stored in queries.claims(connection)
        if stored.status is not Status.REJECTED and stored.item not in without
    ]
    tell(f"Setting {len(placed):,} claims beside what they answer, and weighing what they tell of")
    pictures = shared_pictures(connection, pictures_compared(connection), without)
    compared = [
        msgspec.structs.replace(names.document(document, kinds.get(document.item)), pictures=pictures.get(document.item, ()))
        for document in documents
    ]
    return _Evidence(placed, compared, judged_of(decisions, names.grades))
