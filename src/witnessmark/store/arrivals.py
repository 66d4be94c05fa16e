"""Questions about what came in lately: receipts and refusals from the newest back, how far each item was read, and what is nearly the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection

from witnessmark.model.document import Failure
from witnessmark.model.item import Receipt

STRETCHES, STRETCH_WORDS = 8, 8
"""How many stretches of a text are looked for in others, and how long each is: eight words in a row hardly come up twice by chance."""
NEAR_SHARE = 0.75
"""From this share of the stretches on, word for word, two texts are nearly the same."""
_MOST_NEAR = 3


class ReceivedRow(msgspec.Struct, frozen=True):
    """A receipt by its entry of the custody log, with its item: `is_first` where these bytes were new to the case with it."""

    seq: int
    number: str
    item: str
    size: int
    media_type: str
    receipt: Receipt
    is_first: bool


class ReadRow(msgspec.Struct, frozen=True):
    """How an item was read: in which language, with which problems, and how many claims stand in it."""

    language: str | None
    problems: tuple[str, ...]
    claims: int


class NearCopy(msgspec.Struct, frozen=True):
    """An item received earlier whose text holds `held` of `looked_for` stretches of another's, word for word."""

    number: str
    held: int
    looked_for: int


class _Problems(msgspec.Struct, frozen=True):
    problems: tuple[str, ...] = ()


def last_seq(connection: Connection) -> int:
    """The newest entry by which anything was received or refused; -1 where nothing was."""
    newest = "SELECT max(seq) FROM (SELECT max(seq) AS seq FROM receipt UNION ALL SELECT max(seq) FROM refusal)"
    found = connection.exec_driver_sql(newest).scalar_one()
    return -1 if found is None else int(found)


def count_received(connection: Connection, after: int) -> int:
    """How many receipts there are after an entry of the custody log."""
    return int(connection.exec_driver_sql("SELECT count(*) FROM receipt WHERE seq > ?", (after,)).scalar_one())


def received(connection: Connection, after: int, limit: int, offset: int) -> list[ReceivedRow]:
    """Receipts after an entry of the custody log, the newest first."""
    statement = (
        "SELECT r.seq, l.number, r.item, i.size, i.media_type, r.body, NOT EXISTS (SELECT 1 FROM receipt o WHERE o.item = r.item AND o.seq < r.seq) "
        "FROM receipt r JOIN item i ON i.id = r.item JOIN label l ON l.subject = r.item WHERE r.seq > ? ORDER BY r.seq DESC LIMIT ? OFFSET ?"
    )
    rows = connection.exec_driver_sql(statement, (after, limit, offset)).fetchall()
    decoder = msgspec.json.Decoder(Receipt)
    return [ReceivedRow(row[0], row[1], row[2], row[3], row[4], decoder.decode(row[5]), bool(row[6])) for row in rows]


def refused(connection: Connection, after: int, limit: int) -> list[tuple[str, str]]:
    """Name and reason of what was refused after an entry of the custody log, the newest first."""
    statement = "SELECT json_extract(body, '$.name'), json_extract(body, '$.reason') FROM refusal WHERE seq > ? ORDER BY seq DESC LIMIT ?"
    return [(str(name), str(reason)) for name, reason in connection.exec_driver_sql(statement, (after, limit)).fetchall()]


def read(connection: Connection, items: Sequence[str]) -> dict[str, ReadRow]:
    """How these items were read, of those that were."""
    statement = (
        "SELECT d.item, a.language, d.body, (SELECT count(*) FROM claim c WHERE c.item = d.item) FROM document d "
        "JOIN document_about a ON a.item = d.item WHERE d.item IN (SELECT value FROM json_each(?))"
    )
    decoder = msgspec.json.Decoder(_Problems)
    rows: list[Any] = list(connection.exec_driver_sql(statement, (json.dumps(list(items)),)).fetchall())
    return {row[0]: ReadRow(row[1], decoder.decode(row[2]).problems, row[3]) for row in rows}


def failed(connection: Connection, items: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Why these items could not be read, of those of which that is on record."""
    rows = connection.exec_driver_sql(
        "SELECT body FROM failure WHERE item IN (SELECT value FROM json_each(?)) ORDER BY item, stage", (json.dumps(list(items)),)
    ).scalars()
    found: dict[str, tuple[str, ...]] = {}
    for body in rows:
        failure = msgspec.json.decode(body, type=Failure)
        found[failure.item] = (*found.get(failure.item, ()), failure.reason)
    return found


def near_copies(connection: Connection, number: str) -> tuple[NearCopy, ...]:
    """Items received earlier whose text is nearly that of the item with this short number, the nearest first; none for a text of a few words."""
    row = int(number[1:])
    text = connection.exec_driver_sql("SELECT text FROM document_text WHERE rowid = ?", (row,)).scalar_one_or_none()
    stretches = _stretches((text or "").split())
    if not stretches:
        return ()
    asked = " OR ".join(f'"{stretch}"' for stretch in stretches)
    statement = "SELECT rowid, text FROM document_text WHERE document_text MATCH ? AND rowid < ? LIMIT 50"
    counted = [
        (sum(f" {stretch} " in f" {other} " for stretch in stretches), found)
        for found, other in connection.exec_driver_sql(statement, (f"text : ({asked})", row)).fetchall()
    ]
    near = sorted(((held, found) for held, found in counted if held >= NEAR_SHARE * len(stretches)), key=lambda pair: (-pair[0], pair[1]))
    return tuple(NearCopy(f"I{found}", held, len(stretches)) for held, found in near[:_MOST_NEAR])


def _stretches(words: list[str]) -> list[str]:
    """Words in a row, spread evenly over a text; none where it is hardly longer than two of them."""
    if len(words) < 2 * STRETCH_WORDS:
        return []
    several = min(STRETCHES, len(words) // STRETCH_WORDS)
    starts = [round(place * (len(words) - STRETCH_WORDS) / (several - 1)) for place in range(several)]
    return list(dict.fromkeys(" ".join(words[start : start + STRETCH_WORDS]) for start in starts))
