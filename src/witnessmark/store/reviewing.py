"""Questions of whoever reviews readings: which claims are to be looked at and in which order, and what is known of many of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, case, func, select

from witnessmark.model.claim import Claim
from witnessmark.model.decision import Decision, Status
from witnessmark.model.item import Sensitivity
from witnessmark.model.work import HIDDEN
from witnessmark.store import schema
from witnessmark.store.batches import batches
from witnessmark.store.decided import decided_of
from witnessmark.store.queries import ClaimRow


class Placed(msgspec.Struct, frozen=True):
    """A claim of a document: its id and number, how it was judged, and from where to where each of its content spans reaches."""

    id: str
    number: int
    status: Status
    content: tuple[tuple[int, int], ...]


class Fits(msgspec.Struct, frozen=True):
    """Which claims are asked for; None leaves a filter out (what is kept out of lists is then left out, too), no `statuses` are all. What the reader was less sure of than `unsure_below` comes first."""

    item: str | None = None
    statuses: tuple[Status, ...] = ()
    stance: str | None = None
    act: str | None = None
    unsure_below: float = 0.0


def waiting(connection: Connection, fits: Fits) -> list[ClaimRow]:
    """The claims that fit, in the order to look at them: items marked graphic last, then what the reader was less sure of first, then by number."""
    c = schema.claim.c
    rows = connection.execute(_in_order(connection, select(c.id, c.number, c.item, c.status, c.source), fits))
    return [ClaimRow(row.id, row.number, row.item, Status(row.status), row.source) for row in rows]


def waiting_ids(connection: Connection, fits: Fits) -> list[str]:
    """The same, their ids alone."""
    return list(connection.execute(_in_order(connection, select(schema.claim.c.id), fits)).scalars())


def _in_order(connection: Connection, query: Select[Any], fits: Fits) -> Select[Any]:
    c, graphic = schema.claim.c, graphic_items(connection)
    for column, value in ((c.item, fits.item), (c.stance, fits.stance), (c.act, fits.act)):
        query = query if value is None else query.where(column == value)
    if fits.item is None and (hidden := hidden_items(connection)):
        query = query.where(c.item.not_in(sorted(hidden)))
    if fits.statuses:
        query = query.where(c.status.in_([status.value for status in fits.statuses]))
    if graphic:
        query = query.order_by(case((c.item.in_(sorted(graphic)), 1), else_=0))
    return query.order_by(func.coalesce(c.confidence, 1.0) >= fits.unsure_below, c.number)


def graphic_items(connection: Connection) -> frozenset[str]:
    """The items that the latest standing decision of each marks as graphic."""
    graded = {decision.subject: decision.value for decision in decided_of(connection, "sensitivity")}
    return frozenset(item for item, value in graded.items() if value == Sensitivity.GRAPHIC)


def hidden_items(connection: Connection) -> frozenset[str]:
    """The items that the latest standing decision of each keeps out of lists."""
    said = {decision.subject: decision.value for decision in decided_of(connection, HIDDEN)}
    return frozenset(item for item, value in said.items() if value == "yes")


class _Reach(msgspec.Struct, frozen=True):
    start: int
    end: int


class _Content(msgspec.Struct, frozen=True):
    """Of a claim's body, only where its words stand."""

    content: tuple[_Reach, ...]


def placed_in(connection: Connection, item: str) -> list[Placed]:
    """The claims of a document, in the order of its text."""
    c, body = schema.claim.c, schema.claim_body.c
    query = select(c.id, c.number, c.status, body.body).join(schema.claim_body, body.number == c.number).where(c.item == item)
    decoder = msgspec.json.Decoder(_Content)
    found = [
        Placed(row.id, row.number, Status(row.status), tuple((each.start, each.end) for each in decoder.decode(row.body).content))
        for row in connection.execute(query)
    ]
    return sorted(found, key=lambda one: (one.content[0], one.number))


def claims_by_id(connection: Connection, ids: Sequence[str]) -> dict[str, Claim]:
    """These claims as they stand."""
    decoder, found = msgspec.json.Decoder(Claim), {}
    for batch in batches(ids):
        query = select(schema.claim.c.id, schema.claim_body.c.body).join(
            schema.claim_body, schema.claim_body.c.number == schema.claim.c.number
        )
        found.update({row.id: decoder.decode(row.body) for row in connection.execute(query.where(schema.claim.c.id.in_(batch)))})
    return found


def answering(connection: Connection) -> frozenset[str]:
    """The claims that weighing set beside one they answer."""
    return frozenset(connection.execute(select(schema.answer.c.claim).distinct()).scalars())


def answers_decided(connection: Connection) -> frozenset[str]:
    """The claims of which a person decided what they answer."""
    made = schema.decision.c
    return frozenset(connection.execute(select(made.subject).where(made.field == "answers", made.undone == 0)).scalars())


def items_with_pictures_read(connection: Connection) -> frozenset[str]:
    """The items whose document was read off a picture, at least in part."""
    body = schema.document.c.body
    return frozenset(connection.execute(select(schema.document.c.item).where(func.instr(body, '"kind":"image"') > 0)).scalars())


def subjects_decided(connection: Connection, field: str, value: str) -> list[str]:
    """The subjects of which a standing decision says just this, in order of time."""
    return [decision.subject for decision in decided_of(connection, field) if decision.value == value]


def rows_of(connection: Connection, ids: Sequence[str]) -> dict[str, ClaimRow]:
    """What lists ask of these claims."""
    c, found = schema.claim.c, {}
    for batch in batches(ids):
        rows = connection.execute(select(c.id, c.number, c.item, c.status, c.source).where(c.id.in_(batch)))
        found.update({row.id: ClaimRow(row.id, row.number, row.item, Status(row.status), row.source) for row in rows})
    return found


def may_be_graphic(connection: Connection, item: str) -> bool:
    """Whether nobody has said that an item is fit to be looked at unprepared."""
    made = schema.decision.c
    query = select(made.body).where(made.subject == item, made.field == "sensitivity", made.undone == 0).order_by(made.seq.desc()).limit(1)
    body = connection.execute(query).scalar_one_or_none()
    return body is None or msgspec.json.decode(body, type=Decision).value != Sensitivity.ORDINARY
