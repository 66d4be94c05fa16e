"""What of verification sheets is on record."""

from __future__ import annotations

from sqlalchemy import Connection

from witnessmark.store.meta import get_meta
from witnessmark.store.projection import SHEETS


def sheets_state(connection: Connection) -> str:
    """The newest entry about a sheet, empty where there is none."""
    return get_meta(connection, SHEETS) or ""
