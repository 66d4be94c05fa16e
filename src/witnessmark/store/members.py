"""The roster, `members.db`: which pseudonymous key is whom. The logs hold the key alone; this file is never rebuilt.

It is apart from everything that is handed over, so that the names of staff stay behind.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import Column, MetaData, Table, Text, insert, select

_METADATA = MetaData()
_MEMBER: Table[Any] = Table(
    "member",
    _METADATA,
    Column("key", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("since", Text, nullable=False),
    sqlite_strict=True,
)


def key_of(roster: Path, name: str, *, at: str) -> str:
    """The key of the member called `name`, drawn at random and entered at the time `at` where there is none yet."""
    engine = sqlalchemy.create_engine(sqlalchemy.URL.create("sqlite", database=str(roster)))
    try:
        _METADATA.create_all(engine)
        with engine.begin() as connection:
            known = connection.execute(select(_MEMBER.c.key).where(_MEMBER.c.name == name)).scalar_one_or_none()
            if known is not None:
                return str(known)
            key = "k-" + secrets.token_hex(8)
            connection.execute(insert(_MEMBER).values(key=key, name=name, since=at))
            return key
    finally:
        engine.dispose()
