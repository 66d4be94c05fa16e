# ruff: noqa: S608 -- statements are put together from pieces written in this file; whatever was typed goes in as a value
"""Which claims and documents a search counts, as people narrow it, and the same as conditions of SQL: pieces written here, whatever was typed as values."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import msgspec

from witnessmark.model.decision import Status


class ClaimFilter(msgspec.Struct, frozen=True):
    """Which claims count. None means all; names are as stored, None among them for claims that have none.

    A claim is of a source where its speaker is among `speakers` or its item among `source_items`. A date matches where the event may have
    fallen between `earliest` and `latest` (ISO days, both included), so an end that is not known matches; no date at all does not.
    `statuses` None leaves out what a person called misread. A claim of several parties passes by any; `languages` are of the documents.
    """

    speakers: tuple[str | None, ...] | None = None
    source_items: tuple[str, ...] = ()
    acts: tuple[str | None, ...] | None = None
    places: tuple[str | None, ...] | None = None
    stances: tuple[str | None, ...] | None = None
    statuses: tuple[str | None, ...] | None = None
    items: tuple[str, ...] | None = None
    earliest: str | None = None
    latest: str | None = None
    parties: tuple[str | None, ...] | None = None
    languages: tuple[str | None, ...] | None = None
    without_items: tuple[str, ...] = ()


class DocumentFilter(msgspec.Struct, frozen=True):
    """Which documents count, as of claims: by their items, less some, and by their languages."""

    items: tuple[str, ...] | None = None
    languages: tuple[str | None, ...] | None = None
    without_items: tuple[str, ...] = ()


def of_documents(chosen: DocumentFilter) -> tuple[str, list[Any]]:
    """The filter of documents as SQL with its values."""
    conditions, values = _of_items("a.item", chosen.without_items, None)
    for column, names in (("a.item", chosen.items), ("a.language", chosen.languages)):
        if names is not None:
            condition, given = among(column, names)
            conditions.append(condition)
            values += given
    return " AND ".join(conditions), values


def _of_items(column: str, without: Sequence[str], languages: Sequence[str | None] | None) -> tuple[list[str], list[Any]]:
    """That an item is none of `without`, and what was read in it is in one of `languages`."""
    conditions: list[str] = ["TRUE"]
    values: list[Any] = []
    if without:
        condition, values = among(column, without)
        conditions.append(f"NOT {condition}")
    if languages is not None:
        condition, given = among("language", languages)
        conditions.append(f"{column} IN (SELECT item FROM document_about WHERE {condition})")
        values += given
    return conditions, values


def _of_parties(parties: Sequence[str | None]) -> tuple[str, list[Any]]:
    """That a claim names one of these parties, or none where None is among them."""
    condition, values = among("party", [party for party in parties if party is not None])
    named = f"c.number IN (SELECT number FROM claim_party WHERE {condition})"
    return (f"({named} OR NOT EXISTS (SELECT 1 FROM claim_party p WHERE p.number = c.number))" if None in parties else named), values


def of_claims(chosen: ClaimFilter, *, misread: bool) -> tuple[str, list[Any]]:
    """The filter as SQL with its values; `misread` keeps what is left out by default."""
    conditions, values = _of_items("c.item", chosen.without_items, chosen.languages)
    columns = (("c.act", chosen.acts), ("c.place", chosen.places), ("c.stance", chosen.stances), ("c.status", chosen.statuses))
    for column, names in (*columns, ("c.item", chosen.items)):
        if names is not None:
            condition, given = among(column, names)
            conditions.append(condition)
            values += given
    if chosen.parties is not None:
        condition, given = _of_parties(chosen.parties)
        conditions.append(condition)
        values += given
    if chosen.statuses is None and not misread:
        conditions.append("c.status <> ?")
        values.append(Status.REJECTED.value)
    if chosen.speakers is not None:
        (by_speaker, names_given), (by_item, items_given) = among("c.source", chosen.speakers), among("c.item", chosen.source_items)
        conditions.append(f"({by_speaker} OR {by_item})")
        values += [*names_given, *items_given]
    if chosen.earliest or chosen.latest:
        conditions.append(
            "coalesce(c.earliest, c.latest) IS NOT NULL AND coalesce(c.latest >= ?, TRUE) AND coalesce(c.earliest <= ?, TRUE)"
        )
        values += [chosen.earliest, chosen.latest]
    return " AND ".join(conditions), values


def among(column: str, values: Sequence[object]) -> tuple[str, list[Any]]:
    """That a column has one of these values, carried as one JSON list, for there is a limit to single ones."""
    listed = f"{column} IN (SELECT value FROM json_each(?))"
    return (f"({listed} OR {column} IS NULL)" if None in values else listed), [json.dumps(list(values), ensure_ascii=False)]
