"""Canonical JSON: one byte string for one value, so that a hash of it means something.

Log entries (strings and integers under ASCII keys) are RFC 8785 to the byte. Bodies are in the same form but for two things the
RFC would write otherwise: a whole-number float keeps its ".0", and keys that are not ASCII are sorted by UTF-8. Nothing depends
on re-encoding a body: its commitment is over the bytes as they are stored. Property tests hold it against an independent
implementation.
"""

from __future__ import annotations

import msgspec

_ENCODER = msgspec.json.Encoder(order="sorted")


def canonical_json(value: object) -> bytes:
    """`value` (structs, dicts, lists, strings, numbers) as canonical UTF-8 JSON without insignificant space."""
    return _ENCODER.encode(value)
