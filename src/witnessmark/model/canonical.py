"""Canonical JSON: one byte string for one value, so that a hash of it means something.

The form is RFC 8785 for what this project stores (strings, integers, booleans, null, lists, objects with ASCII keys, and
coordinates as short decimals); a property test holds it against an independent implementation of the RFC.
"""

from __future__ import annotations

import msgspec

_ENCODER = msgspec.json.Encoder(order="sorted")


def canonical_json(value: object) -> bytes:
    """`value` (structs, dicts, lists, strings, numbers) as canonical UTF-8 JSON without insignificant space."""
    return _ENCODER.encode(value)
