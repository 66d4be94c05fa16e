"""A decision: what a person decided of a subject. One shape for review, merge, grade, release and consent.

A decision on a claim's status judges the reading ("read correctly", "misread", "unsure"), never the truth. Decisions
are never edited: a later one of the same subject and field takes its place, and each can be undone.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec


class Status(StrEnum):
    """What a person said of a machine's reading."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNSURE = "unsure"


STATUS_WORDS = {
    Status.PROPOSED: "not checked by a person",
    Status.ACCEPTED: "read correctly",
    Status.REJECTED: "misread",
    Status.UNSURE: "unsure",
}
"""The words a screen uses; never "confirmed" or "true"."""


SAME_PERSON = "same_person"
"""Whether two records are of one person: the field, of a subject that names both ("pair I4:12 I5:3")."""
PAIR = "pair "


SAVED_SEARCH = "saved_search"
"""That a question to the case is kept under a name: the field, of a subject of its own ("search 1f0c...")."""
SEARCH = "search "


class Decision(msgspec.Struct, frozen=True):
    """`value` of `field` of `subject` (a claim id, an item's sha256, ...), by whom (a pseudonymous key), when (UTC) and why."""

    id: str
    subject: str
    field: str
    value: str
    why: str
    by: str
    at: str
    undone: bool = False


def standing_of_each(decisions: Iterable[Decision]) -> dict[str, str]:
    """What each person (by key) last said of how one claim was read, from the decisions on it in order of time; who took "not checked" up again said nothing."""
    said: dict[str, str] = {}
    for decision in decisions:
        if decision.field == "status" and not decision.undone:
            said[decision.by] = decision.value
    return {key: value for key, value in said.items() if value != Status.PROPOSED}
