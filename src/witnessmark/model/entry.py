"""An entry: one leaf of an append-only log. It says that something was done, and commits to a body without holding it.

The leaf's hash is RFC 6962's: SHA-256(0x00 || the canonical JSON of the entry). The commitment is
SHA-256(salt || body) with 32 random bytes of salt kept beside the body in `records/`, so an entry betrays nothing of
a short body that could be guessed.
"""

from __future__ import annotations

import re
from enum import StrEnum

import msgspec

ACTOR_KEY = re.compile(r"k-[0-9a-f]{16}")
"""The pseudonymous key of a person; whose it is stands in `members.db` alone."""


class Stream(StrEnum):
    """What happened to the evidence, and what we thought of it: two logs, because only the first is handed over."""

    CUSTODY = "custody"
    ANALYSIS = "analysis"


class Entry(msgspec.Struct, frozen=True, gc=False):
    """`seq` counts from 0 in its stream; `at` is UTC, ISO 8601; `actor` a pseudonymous key; `commitment` 64 hex digits."""

    stream: Stream
    seq: int
    at: str
    actor: str
    action: str
    commitment: str
