"""Answers tie a denial, doubt or concession to the claims it is about; an incident groups claims about one happening.

The incident struct is an outward contract (`export --to incidents-jsonl`). What the first cut of corroboration does not
establish is None, with the reason in `reasons`.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from witnessmark.model.claim import Act, Harm, Per


class Role(StrEnum):
    """What a claim does in an incident."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    DENIES = "denies"
    CONTEXT = "context"


class Answer(msgspec.Struct, frozen=True):
    """`claim` (a denial, doubt, concession, correction or retraction) is about `about`; `general` where it names no particular one.

    `why` says in words what tied them together.
    """

    claim: str
    about: str
    general: bool
    why: str


class IncidentClaim(msgspec.Struct, frozen=True):
    """A claim's part in an incident."""

    id: str
    role: Role


class IncidentPlace(msgspec.Struct, frozen=True):
    """The place shared by the claims of an incident."""

    name: str | None
    id: str | None


class IncidentTime(msgspec.Struct, frozen=True):
    """The hull of the stated dates, ISO, both included; None where open or not stated."""

    earliest: str | None
    latest: str | None


class VictimRange(msgspec.Struct, frozen=True):
    """One figure as stated by one claim; `rule` names how figures were combined ("as stated": not at all)."""

    min: int | None
    max: int | None
    per: Per | None
    harm: Harm | None
    rule: str


class Line(msgspec.Struct, frozen=True):
    """One line of origin: its root, the claims that repeat it, and where they changed it."""

    root: str
    members: tuple[str, ...]
    drift: tuple[str, ...]


class Incident(msgspec.Struct, frozen=True):
    """Claims about one happening. The id is that of its oldest claim."""

    id: str
    act: Act | None
    where: IncidentPlace | None
    when: IncidentTime | None
    claims: tuple[IncidentClaim, ...]
    independent_lines: int | None
    independent_lines_max: int | None
    lines: tuple[Line, ...]
    victims: tuple[VictimRange, ...]
    support: str | None
    reasons: tuple[str, ...]
    denied_by: tuple[str, ...]
    disputed_by: tuple[str, ...]
    asked_for: tuple[str, ...]
