"""Labels: the short number people use (I12, C143, N4) and the random id that stands for a subject in a dossier.

Both are drawn once and recorded, so they survive every rebuild and every better reader.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from witnessmark.model.deed import Label
from witnessmark.store import queries
from witnessmark.store.database import Connection

PUBLIC_ID_BYTES = 6
"""48 random bits: among 100,000 subjects two meet with a chance below 1 in 50,000, and the database refuses that."""


def new_labels(connection: Connection, letter: str, subjects: Iterable[str]) -> tuple[Label, ...]:
    """Labels for those subjects that have none yet, numbered on from the highest of their letter."""
    asked = list(dict.fromkeys(subjects))
    known = queries.labelled(connection, asked)
    fresh = [subject for subject in asked if subject not in known]
    first = queries.highest_number(connection, letter) + 1
    digits, drawn = 2 * PUBLIC_ID_BYTES, secrets.token_hex(PUBLIC_ID_BYTES * len(fresh))
    return tuple(Label(subject, f"{letter}{first + n}", drawn[n * digits : (n + 1) * digits]) for n, subject in enumerate(fresh))
