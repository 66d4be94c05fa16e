"""How far people have come with an item, an incident or anything else that is worked on, and what is kept out of the way."""

from __future__ import annotations

from enum import StrEnum

WORK = "work"
"""The field of a decision that says so."""

HIDDEN = "hidden"
"""The field of a decision that keeps an item out of lists ("yes") or puts it back ("no"). It stays in the case, in what is published and in every export."""


class Work(StrEnum):
    """States of work. `completed` seals the record: nothing more is decided of it until somebody opens it again."""

    TO_DO = "to_do"
    IN_PROGRESS = "in_progress"
    HELP_NEEDED = "help_needed"
    READY = "ready_for_review"
    COMPLETED = "completed"


WORK_WORDS = {
    Work.TO_DO: "to do",
    Work.IN_PROGRESS: "in progress",
    Work.HELP_NEEDED: "help needed",
    Work.READY: "ready for review",
    Work.COMPLETED: "completed",
}
"""How the states are called on screens."""
