"""Saved searches: questions to the case kept under a name, for everybody who works in it.

Each is a decision on a subject of its own, so that who saved it and when is on record, a rebuild brings it back, names of sealed persons in it are masked,
and taking it back is undoing it. No incident is derived from one, so nothing is weighed again.
"""

from __future__ import annotations

import secrets

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.correcting import Prepared
from witnessmark.case.deciding import record_decisions, undo_all
from witnessmark.case.search_question import Question, what_to_search
from witnessmark.errors import UsageError
from witnessmark.model.canonical import canonical_json
from witnessmark.model.decision import SAVED_SEARCH, SEARCH
from witnessmark.store import queries
from witnessmark.text.query import parse_query

LONGEST_NAME = 100
_ID_BYTES = 8


class _Kept(msgspec.Struct, frozen=True):
    name: str
    question: Question


class SavedSearch(msgspec.Struct, frozen=True):
    """A question under a name, with the decision that says so and when it was made (UTC)."""

    name: str
    question: Question
    decision: str
    at: str


def saved_searches(case: Case) -> tuple[SavedSearch, ...]:
    """All that stand, by their names."""
    with case.asking() as connection:
        made = queries.decisions_in(connection, SAVED_SEARCH)
    found = []
    for decision in made:
        kept = msgspec.json.decode(decision.value, type=_Kept)
        found.append(SavedSearch(kept.name, kept.question, decision.id, decision.at))
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.at)))


def save_search(case: Case, name: str, question: Question) -> str:
    """Keep a question, from its first page on, under a name; the id of the decision. Raises UsageError where it has none, is taken or asks nothing."""
    words = " ".join(name.split())
    if not words or len(words) > LONGEST_NAME:
        raise UsageError(f"A saved search has a name of at most {LONGEST_NAME} letters. Nothing was saved.")
    if any(one.name.casefold() == words.casefold() for one in saved_searches(case)):
        raise UsageError(f"There is a saved search {words!r} already. Choose another name, or take that one back first.")
    what_to_search(question)
    if question.query is not None:
        parse_query(question.query)
    value = canonical_json(_Kept(words, msgspec.structs.replace(question, page=1, limit=Question().limit))).decode()
    return record_decisions(case, [Prepared(f"{SEARCH}{secrets.token_hex(_ID_BYTES)}", SAVED_SEARCH, value)], why="saved for later")[0].id


def forget_search(case: Case, decision: str) -> None:
    """Take a saved search back. Raises UsageError where it is none."""
    if decision not in {one.decision for one in saved_searches(case)}:
        raise UsageError("That is no saved search, or it was taken back already.")
    undo_all(case, decision)
