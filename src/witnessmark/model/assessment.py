"""What people decide of an incident: what is one happening and what is not, how incidents hang together, and what the analyst thinks, apart from what was computed."""

from __future__ import annotations

from enum import StrEnum

import msgspec

MERGED, APART, REJECTED_TIE, LINKED, REPLY = "merged", "apart", "rejected_tie", "linked", "reply"
LIKELIHOOD, CONFIDENCE = "likelihood", "confidence"
NOT = "not "
"""Before what is taken away again."""


class Likelihood(StrEnum):
    """How likely the analyst holds it, in the seven terms of ICD 203 (Office of the Director of National Intelligence, 2015)."""

    ALMOST_NO_CHANCE = "almost no chance"
    VERY_UNLIKELY = "very unlikely"
    UNLIKELY = "unlikely"
    ROUGHLY_EVEN_CHANCE = "roughly even chance"
    LIKELY = "likely"
    VERY_LIKELY = "very likely"
    ALMOST_CERTAIN = "almost certain"


class Confidence(StrEnum):
    """How much the analyst relies on that judgement, given the evidence behind it; another question than how likely it is."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class LinkKind(StrEnum):
    """How one incident hangs together with another, in a person's judgement."""

    PART_OF = "part of"
    FOLLOWS = "follows"
    RETALIATION_FOR = "retaliation for"
    SAME_PERPETRATOR = "same perpetrator"


class IncidentLink(msgspec.Struct, frozen=True):
    """That an incident is part of, follows, ... another, by the other's short number; `why` is the reason given."""

    kind: LinkKind
    other: str
    why: str


class Assessment(msgspec.Struct, frozen=True):
    """What people decided of one incident. Nothing here is ever computed. `replies` are what was asked of those it is alleged of, and what they answered, as it was written down, with the date of the entry (ISO)."""

    likelihood: Likelihood | None = None
    confidence: Confidence | None = None
    why: str | None = None
    links: tuple[IncidentLink, ...] = ()
    replies: tuple[tuple[str, str], ...] = ()
