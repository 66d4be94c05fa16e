"""Questions about a number of people, with everything done about them, as they stand in the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select

from witnessmark.model.counting import CountedQuestion, Linked, Plan, Run
from witnessmark.model.deed import CountRun, ListsLinked
from witnessmark.store import schema
from witnessmark.store.meta import get_meta
from witnessmark.store.projection import COUNTED
from witnessmark.store.queries import decisions, labels

RELEASED = "released"


def counted_state(connection: Connection) -> str:
    """What of counting is on record: the newest entry about it, empty where there is none."""
    return get_meta(connection, COUNTED) or ""


def questions(connection: Connection) -> list[CountedQuestion]:
    """All questions in the order they were planned, each with its linkages and runs."""
    rows = connection.execute(select(schema.question).order_by(schema.question.c.seq)).all()
    if not rows:
        return []
    labelled = labels(connection)
    released = {made.subject: made.value == RELEASED for made in decisions(connection) if made.field == "release" and not made.undone}
    linkages, runs = _linkages(connection), _runs(connection)
    found = []
    for row in rows:
        plan = msgspec.json.decode(row.body, type=Plan)
        found.append(
            CountedQuestion(
                id=row.id,
                number=labelled[row.id].number,
                public_id=labelled[row.id].public_id,
                seq=row.seq,
                at=row.at,
                plan=plan,
                linkages=tuple(linkages.get(row.id, ())),
                runs=tuple(runs.get(row.id, ())),
                takes_place_of=labelled[plan.instead_of].number if plan.instead_of in labelled else None,
                known=tuple(labelled[one].number for one in plan.known if one in labelled),
                released=released.get(row.id, False),
            )
        )
    return found


def _linkages(connection: Connection) -> dict[str, list[Linked]]:
    found: dict[str, list[Linked]] = {}
    for row in _counted(connection, "linked"):
        deed = msgspec.json.decode(row.body, type=ListsLinked)
        found.setdefault(deed.question, []).append(Linked(row.seq, row.at, deed.step.version, deed.linkage, deed.step.input))
    return found


def _runs(connection: Connection) -> dict[str, list[Run]]:
    found: dict[str, list[Run]] = {}
    for row in _counted(connection, "run"):
        deed = msgspec.json.decode(row.body, type=CountRun)
        found.setdefault(deed.question, []).append(Run(row.seq, row.at, deed.step.version, deed.linked, deed.result))
    return found


def _counted(connection: Connection, kind: str) -> Sequence[Row[Any]]:
    table = schema.counted
    return connection.execute(select(table).where(table.c.kind == kind).order_by(table.c.seq)).all()
