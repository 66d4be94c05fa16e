"""Setting claims beside each other: denials with what they deny, claims about one happening as an incident, and how well supported it is."""

from __future__ import annotations

from witnessmark.corroborate.answers import find_answers
from witnessmark.corroborate.corroborated import Before, Corroborated, Corroboration, corroborate
from witnessmark.corroborate.documents import PlacedDocument
from witnessmark.corroborate.judged import Judged
from witnessmark.corroborate.placed import VERSION, PlacedClaim

__all__ = ["VERSION", "Before", "Corroborated", "Corroboration", "Judged", "PlacedClaim", "PlacedDocument", "corroborate", "find_answers"]
