"""Sources of a case: entered, with other names proposed and decided, and what people say of how they stand and how reliable they are."""

from __future__ import annotations

import secrets

from witnessmark.case.case import Case
from witnessmark.case.labels import new_labels
from witnessmark.case.telling import typed
from witnessmark.corroborate.aliases import AliasProposal, propose_aliases
from witnessmark.errors import UsageError
from witnessmark.model.deed import SourceAdded
from witnessmark.model.item import SourceKind
from witnessmark.model.source import ALIAS, DERIVES_FROM, NOT, ON, RELIABILITY, Reliability, Source
from witnessmark.store import queries
from witnessmark.store.sources import names_in_use, sources

SOURCE = "s-"
"""What the id of a source begins with."""
SOURCE_BYTES = 16


def sources_of(case: Case) -> list[Source]:
    """All sources in the order of their numbers."""
    with case.asking() as connection:
        return sources(connection)


def add_source(case: Case, name: str) -> Source:
    """Enter a source under the name that stands for it. Raises UsageError for a name without letters, or one that is entered already."""
    words = " ".join(name.split())
    if not any(letter.isalpha() for letter in words):
        raise UsageError("A source needs a name with a letter in it.")
    _refuse_taken(sources_of(case), words, None)
    subject = f"{SOURCE}{secrets.token_hex(SOURCE_BYTES)}"
    with case.asking() as connection:
        (label,) = new_labels(connection, "S", [subject])
    case.record([SourceAdded(subject, words, label)])
    return next(source for source in sources_of(case) if source.id == subject)


def names_of(case: Case) -> dict[str, int]:
    """Every name of a speaker, relay, party or publisher, and how often it occurs."""
    with case.asking() as connection:
        return names_in_use(connection)


def proposed_aliases(case: Case) -> list[AliasProposal]:
    """Names in use that may be of one source and are not said to be yet, each with what it rests on."""
    with case.asking() as connection:
        entered, names = sources(connection), names_in_use(connection)
        texts = {stored.document.item: stored.document.text for stored in queries.documents(connection)}
        numbers = {item: label.number for item, label in queries.labels(connection).items() if item in texts}
    settled = {frozenset((source.name, alias)) for source in entered for alias in source.aliases}
    found = propose_aliases([*names, *(source.name for source in entered)], texts)
    return [
        AliasProposal(one.name, one.alias, one.why, numbers[one.item] if one.item else None, one.start, one.end)
        for one in found
        if frozenset((one.name, one.alias)) not in settled
    ]


def source_value(case: Case, subject: str, field: str, value: str) -> str:
    """The value of a decision on a source as it is kept. Raises UsageError where it does not fit."""
    value = " ".join(value.split())
    entered = sources_of(case)
    (source,) = (one for one in entered if one.id == subject)
    if field == ALIAS:
        return _alias(case, entered, source, value)
    if field == RELIABILITY:
        return _reliability(source, value)
    if field == DERIVES_FROM and value != "none":
        return _origin(entered, source, value.upper())
    return value


def _alias(case: Case, entered: list[Source], source: Source, value: str) -> str:
    name = value.removeprefix(NOT)
    if value.startswith(NOT):
        if name not in source.aliases:
            raise UsageError(f"{name!r} is not said to be another name of {source.number}.")
        return value
    _refuse_taken(entered, name, source)
    with case.asking() as connection:
        used = names_in_use(connection)
    if name not in used:
        raise UsageError(
            f"Nobody is called {name!r} in what was read. Names are listed by: witnessmark source {typed(case.folder.root)} names"
        )
    return name


def _refuse_taken(entered: list[Source], name: str, by: Source | None) -> None:
    for source in entered:
        if name == source.name or name in source.aliases:
            said = "That is its own name" if source is by else f"{name!r} is a name of {source.number} ({source.name}) already"
            raise UsageError(f"{said}.")


def _reliability(source: Source, value: str) -> str:
    letter, _, topic = value.partition(ON)
    if letter.upper() not in set(Reliability):
        raise UsageError(
            f'Reliability is a letter from A to F, where F is that it cannot be judged, such as "B" or "B on casualty figures"; here it is {value!r}.'
        )
    if source.kind is None or source.kind is SourceKind.WITNESS:
        why = "is a witness" if source.kind else "is not said to be a body yet"
        raise UsageError(
            f"{source.number} {why}, and a person's testimony is never graded. For a body, say first what it is: source_kind=state, ngo, press, hospital, court, sensor or other."
        )
    return letter.upper() + (f"{ON}{topic}" if topic else "")


def _origin(entered: list[Source], source: Source, number: str) -> str:
    origins = {one.number: one.derives_from for one in entered}
    if number not in origins:
        raise UsageError(f"There is no source {number} in this case.")
    at: str | None = number
    while at is not None:
        if at == source.number:
            raise UsageError(f"{number} would then have its matter from itself, by way of {source.number}.")
        at = origins.get(at)
    return number
