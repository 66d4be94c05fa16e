"""A paragraph of a document with a vector of what it is about, made when its claims were read."""

from __future__ import annotations

import msgspec

DIMENSIONS = 384
"""Length of a vector in bytes."""


class PassageVector(msgspec.Struct, frozen=True):
    """Characters `start` to `end` (code points) of a document, and their vector: `DIMENSIONS` signed bytes, 127 standing for 1."""

    start: int
    end: int
    vector: bytes
