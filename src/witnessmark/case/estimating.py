"""Where estimates run: beside each other on every processor where a slow method is asked for, else right here."""

from __future__ import annotations

from collections.abc import Collection

from witnessmark.count.linkages import Over
from witnessmark.engines.local import spread

SLOW = frozenset({"lcmcr"})
"""Methods that take many seconds a table."""


def estimating(methods: Collection[str]) -> Over:
    """Something that runs jobs by any of these methods, in their order."""
    return spread if SLOW.intersection(methods) else map
