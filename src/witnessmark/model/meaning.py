"""What the paragraph around a claim is about, as a vector made when the claim was read (`text/meaning`)."""

from __future__ import annotations

import msgspec

DIMENSIONS = 384
"""Length of a vector in bytes."""


class Meaning(msgspec.Struct, frozen=True):
    """The vector of one paragraph, `DIMENSIONS` signed bytes of which 127 stands for 1, and the ids of the claims that begin in it."""

    claims: tuple[str, ...]
    vector: bytes
