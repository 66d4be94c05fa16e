"""Checks of photographs, film and recordings, as they stand in the database."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, select

from witnessmark.model.deed import MediaChecked
from witnessmark.model.media import CheckedMedia, FrameSheet
from witnessmark.store import schema
from witnessmark.store.meta import get_meta
from witnessmark.store.projection import MEDIA


def media_state(connection: Connection) -> str:
    """What of checks of media is on record: the newest entry about them, empty where there is none."""
    return get_meta(connection, MEDIA) or ""


def checks(connection: Connection) -> dict[str, CheckedMedia]:
    """The newest check of each item that was checked, by item, with the sheets of frames that were drawn of it; what the check shows is worked out elsewhere."""
    rows = connection.execute(select(schema.media_check).order_by(schema.media_check.c.seq)).all()
    drawn = sheets(connection)
    found: dict[str, CheckedMedia] = {}
    for row in rows:
        deed = msgspec.json.decode(row.body, type=MediaChecked)
        found[row.item] = CheckedMedia(row.seq, row.at, deed.step.version, deed.check, sheets=tuple(drawn.get(row.item, ())))
    return found


def sheets(connection: Connection) -> dict[str, list[FrameSheet]]:
    """The sheets of frames drawn of each item, in the order in which they were drawn."""
    found: dict[str, list[FrameSheet]] = {}
    for row in connection.execute(select(schema.frame_sheet).order_by(schema.frame_sheet.c.seq)):
        found.setdefault(row.item, []).append(msgspec.json.decode(row.body, type=FrameSheet))
    return found
