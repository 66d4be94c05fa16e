"""Setting claims beside each other: denials with what they deny, and claims about one happening as an incident."""

from __future__ import annotations

from witnessmark.corroborate.answers import find_answers
from witnessmark.corroborate.incidents import group_incidents
from witnessmark.corroborate.placed import VERSION, PlacedClaim

__all__ = ["VERSION", "PlacedClaim", "find_answers", "group_incidents"]
