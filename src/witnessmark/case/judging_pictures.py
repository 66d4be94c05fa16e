"""Deciding whether two items show one picture: a match confirmed or rejected, or one that no program found put on record. Kept by the ids of both."""

from __future__ import annotations

from witnessmark.case.case import Case
from witnessmark.case.looking_at_pictures import is_picture
from witnessmark.errors import UsageError
from witnessmark.model.decision import Decision
from witnessmark.model.matching import NOT, SAME_PICTURE
from witnessmark.store import queries


def recorded(case: Case, subject: str, value: str) -> str:
    """What is kept of "I4" or "not I4" as said of the picture `subject`. Raises UsageError where either is no picture of the case."""
    words = " ".join(value.split())
    away = NOT if words.startswith(NOT) else ""
    number = words.removeprefix(NOT)
    with case.asking() as connection:
        other = queries.subject_of(connection, number)
        pictures = {item.id for item in queries.items(connection) if is_picture(item.media_type)}
    if other not in pictures or subject not in pictures or other is None:
        raise UsageError(
            f'{number if subject in pictures else "This item"} is no picture or film of this case. Write {SAME_PICTURE}=I4 of a picture, or "{SAME_PICTURE}=not I4".'
        )
    if other == subject:
        raise UsageError("A picture cannot be compared with itself.")
    return away + other


def in_words(case: Case, decision: Decision) -> str:
    """What was decided as a person would type it."""
    away = NOT if decision.value.startswith(NOT) else ""
    other = decision.value.removeprefix(NOT)
    with case.asking() as connection:
        return away + queries.numbers_of(connection, [other]).get(other, "an item that is no longer held")
