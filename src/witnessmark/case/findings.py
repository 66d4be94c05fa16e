"""Findings of the whole case: answers and incidents as corroboration derives them from everything read and decided so far."""

from __future__ import annotations

from collections.abc import Callable, Collection

from witnessmark.corroborate import PlacedClaim, find_answers, group_incidents
from witnessmark.model.decision import Status
from witnessmark.model.incident import Answer, Incident
from witnessmark.store import queries
from witnessmark.store.database import Connection


def derive_findings(
    connection: Connection, *, without: Collection[str] = (), tell: Callable[[str], None] = lambda _: None
) -> tuple[list[Answer], list[Incident]]:
    """Answers and incidents of all claims but those a person called misread, and those of the items `without`, as if these were not held."""
    published = {s.document.id: s.document.published.value if s.document.published else None for s in queries.documents(connection)}
    decided = {d.subject for d in queries.decisions(connection) if d.field == "answers" and not d.undone}
    placed = [
        PlacedClaim(stored.claim, stored.item, published.get(stored.document), stored.claim.id in decided)
        for stored in queries.claims(connection)
        if stored.status is not Status.REJECTED and stored.item not in without
    ]
    tell(f"Setting {len(placed):,} claims beside what they answer")
    answers = find_answers(placed)
    tell(f"Grouping {len(placed):,} claims about one happening")
    return answers, group_incidents(placed, answers)
