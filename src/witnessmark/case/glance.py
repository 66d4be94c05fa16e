"""A case at a glance: its name and how much there is of everything, asked in a few small questions."""

from __future__ import annotations

import msgspec

from witnessmark.case.case import Case
from witnessmark.store import queries
from witnessmark.store.glance import Counted, counted


class Glance(msgspec.Struct, frozen=True):
    """The title, when the case was opened (UTC), and how much there is of each noun."""

    title: str
    opened: str
    counted: Counted


def glance_at(case: Case) -> Glance:
    """The case now."""
    with case.asking() as connection:
        return Glance(queries.title(connection), queries.opened(connection), counted(connection))
