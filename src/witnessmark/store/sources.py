"""Sources as they stand: entered, with what people decided of each; and every name that documents and claims have for whoever speaks or acts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from witnessmark.model.decision import Decision
from witnessmark.model.item import Protection, SourceKind
from witnessmark.model.source import (
    ALIAS,
    DERIVES_FROM,
    KIND,
    NOT,
    ON,
    POSITION,
    PROTECTION,
    RELIABILITY,
    Grade,
    Position,
    Reliability,
    Source,
)
from witnessmark.store import schema
from witnessmark.store.queries import claims, decisions, documents


def sources(connection: Connection) -> list[Source]:
    """All sources in the order of their numbers."""
    rows = connection.execute(select(schema.source).order_by(schema.source.c.number)).all()
    if not rows:
        return []
    made: dict[str, list[Decision]] = {row.id: [] for row in rows}
    for decision in decisions(connection):
        if not decision.undone and decision.subject in made:
            made[decision.subject].append(decision)
    return [_standing(row.id, f"S{row.number}", row.name, made[row.id]) for row in rows]


def canonical_names(entered: Iterable[Source]) -> dict[str, str]:
    """The name of the source for each of its other names."""
    return {alias: source.name for source in entered for alias in source.aliases}


def protections(entered: Iterable[Source]) -> dict[str, Protection]:
    """The protection of sources that have one, by each of their names."""
    return {
        name: source.protection
        for source in entered
        if source.protection is not Protection.UNSET
        for name in (source.name, *source.aliases)
    }


def grades_of(entered: Iterable[Source]) -> dict[str, str]:
    """The reliability of bodies that have one on everything, by name."""
    return {source.name: grade.reliability.value for source in entered for grade in source.grades if grade.topic is None}


def names_in_use(connection: Connection) -> Counter[str]:
    """Every name of a speaker, relay, party or publisher, and how often it occurs."""
    found: Counter[str] = Counter()
    for stored in claims(connection):
        claim = stored.claim
        if claim.speaker is not None:
            found.update([claim.speaker.name] if claim.speaker.name else [])
            found.update(claim.speaker.via)
        found.update(party.name for party in claim.parties if party.name)
    found.update(document.publisher.value for stored in documents(connection) if (document := stored.document).publisher is not None)
    return found


def _standing(source: str, number: str, name: str, made: Sequence[Decision]) -> Source:
    latest = {one.field: one.value for one in made}
    aliases: dict[str, None] = {}
    grades: dict[str | None, Grade] = {}
    for one in made:
        if one.field == ALIAS and one.value.startswith(NOT):
            aliases.pop(one.value.removeprefix(NOT), None)
        elif one.field == ALIAS:
            aliases[one.value] = None
        elif one.field == RELIABILITY:
            letter, _, topic = one.value.partition(ON)
            grades[topic or None] = Grade(Reliability(letter), topic or None, one.why)
    derives = latest.get(DERIVES_FROM)
    return Source(
        id=source,
        number=number,
        name=name,
        aliases=tuple(aliases),
        kind=SourceKind(latest[KIND]) if KIND in latest else None,
        position=Position(latest[POSITION]) if POSITION in latest else None,
        grades=tuple(grades.values()),
        derives_from=derives if derives != "none" else None,
        protection=Protection(latest.get(PROTECTION, Protection.UNSET)),
    )
